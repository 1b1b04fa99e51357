"""The documents say what is true: what they show is run, what they name exists, what they list is whole."""

from __future__ import annotations

import ast
import csv
import importlib.util
import re
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click
import httpx
import pytest
import typer
import yaml
from command import ROOT, environment, fangzhi
from conftest import serving

from fangzhi.cli import app
from fangzhi.database.search import MAX_QUERY, SEARCHED
from fangzhi.database.views import VIEWS
from fangzhi.model.tables import TABLES
from fangzhi.package.dictionary import data_dictionary
from fangzhi.package.findings import Language
from fangzhi.package.policy import TextPolicy
from fangzhi.place.gazetteer import load_gazetteer
from fangzhi.run.sentence import parse_sentence
from fangzhi.site import guard
from fangzhi.site.portal import SETTINGS
from fangzhi.text.source import MAX_BYTES

GENERATED: dict[Language, str] = {"en": "docs/data-dictionary.md", "zh": "docs/data-dictionary.zh-CN.md"}
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
ADDRESS = "http://localhost:8001"
COMMANDS: dict[str, click.Command] = dict(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
COLUMNS = {field.name for table in TABLES.values() for field in table.fields}
COLUMNS |= {column for view in VIEWS.values() for column in view.columns}


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


# What is shown with its output is run, and says what is shown.


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the pages of the project, in a folder that looks like the project's."""
    root = tmp_path_factory.mktemp("docs")
    (root / "seeds").symlink_to(ROOT / "seeds")
    assert fangzhi("build", "seeds", cwd=root).returncode == 0
    return root / "build"


@pytest.fixture(scope="module")
def address(build: Path) -> Iterator[str]:
    with serving(build) as found:
        yield found


@dataclass(frozen=True)
class Step:
    """A command as one types it, and what it is said to print; ``…`` stands for anything."""

    command: str
    output: str


def steps(block: Block) -> list[Step]:
    parts = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
    assert not parts[0], f"{block.at}: a transcript begins with $"
    return [Step(*re.fullmatch(r"((?:.*\\\n)*.*\n)(.*)", part, re.DOTALL).groups()) for part in parts[1:]]  # type: ignore[union-attr]


def pattern(output: str) -> str:
    """What is printed, line by line: a line that is only … stands for any lines."""
    lines = (".*\n" * 0 + r"(?:.*\n)*?" if line == "…" else _line(line) for line in output.splitlines())
    return "".join(lines)


def _line(line: str) -> str:
    return r".*".join(map(re.escape, line.split("…"))) + r"[ ]*\n"


@of("console")
def test_a_transcript_is_true(block: Block, build: Path, address: str) -> None:
    tools = {"curl", "sqlite3"} & set(re.findall(r"^\$ (\w+)", block.text, re.MULTILINE))
    if missing := {tool for tool in tools if shutil.which(tool) is None}:
        pytest.skip(f"not installed here: {', '.join(missing)}")
    path = f"{Path(sys.executable).parent}:{environment()['PATH']}"
    for step in steps(block):
        ended = subprocess.run(
            step.command.replace(ADDRESS, address), shell=True, cwd=build.parent, check=False,
            env=environment(PATH=path, COLUMNS="120"), capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        assert (ended.returncode, ended.stderr) == (0, "") or step.command.startswith("fangzhi build"), ended.stderr
        printed = ended.stdout if not ended.stdout or ended.stdout.endswith("\n") else f"{ended.stdout}\n"
        assert re.fullmatch(pattern(step.output), printed), printed


def test_a_wrong_transcript_would_be_seen() -> None:
    block = Block(ROOT / "README.md", 1, "console", "$ one \\\n  two\na…z\n…\nend\n$ three\n")
    assert steps(block) == [Step("one \\\n  two\n", "a…z\n…\nend\n"), Step("three\n", "")]
    shown = pattern("a…z\n…\nend\n")
    assert re.fullmatch(shown, "a to z\nend\n")
    assert re.fullmatch(shown, "az\n1\n2\nend\n")
    assert not re.fullmatch(shown, "a to y\nend\n")
    assert not re.fullmatch(shown, "az\nend\nmore\n")
