"""The documents of the project, for the tests that keep them true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from command import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
ADDRESS = "http://localhost:8001"


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@dataclass(frozen=True)
class Block:
    """A fenced block: the document, the line it opens on, its language and text."""

    path: Path
    line: int
    language: str
    text: str

    @property
    def at(self) -> str:
        return f"{name(self.path)}:{self.line}"


def blocks(path: Path) -> Iterator[Block]:
    text = path.read_text("utf-8")
    for match in re.finditer(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield Block(path, text.count("\n", 0, match.start()) + 1, match[1], match[2])


BLOCKS = [block for path in DOCUMENTS for block in blocks(path)]


def of(*languages: str) -> pytest.MarkDecorator:
    """The blocks in some languages; the same text in several documents is tested once."""
    found = {block.text: block for block in reversed(BLOCKS) if block.language in languages}
    return pytest.mark.parametrize("block", list(found.values())[::-1], ids=lambda block: block.at)


def table_of(path: Path, *header: str) -> list[list[str]]:
    """The rows of the tables that begin with these headings, cells without code marks."""
    lines = iter(path.read_text("utf-8").splitlines())
    rows: list[list[str]] = []
    for line in lines:
        if cells(line)[: len(header)] == list(header):
            next(lines)
            for row in lines:
                if not row.startswith("|"):
                    break
                rows.append(cells(row))
    return rows


def cells(line: str) -> list[str]:
    return [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]
