"""Lines of a page and the paragraphs they were wrapped from."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from statistics import median

from fangzhi.text.spans import Mapped, join

# An indent inside a line is a paragraph that lost its line end.
_BREAK = re.compile(r"\n|(?<=\S)(?:\u3000{2,}|[ \u00a0]{4,})(?=\S)")
_TAIL = re.compile(r"[\s|｜]+$")
_TERMINAL = re.compile(r"[。！？!?…][”’』」）)》]*$|[;；]$")
_CLAUSE = re.compile(r"[，。；：、,;:！？!?]")
WRAPPED = 80
"""A line wider than this (in full-width characters) was never wrapped to a newspaper's column."""


@dataclass(frozen=True)
class Line:
    """A line or paragraph: its characters, the empty lines before it, whether it was indented."""

    body: Mapped
    blanks: int
    indented: bool = False

    @property
    def text(self) -> str:
        """The characters of the line."""
        return self.body.text


def width(text: str) -> float:
    """Width in full-width characters: ASCII counts half."""
    return sum(0.5 if ord(c) < 0x80 else 1.0 for c in text)


def ends_sentence(text: str) -> bool:
    """Whether a line ends where a sentence does, with no quotation left open."""
    return bool(_TERMINAL.search(text.rstrip())) and text.count("“") <= text.count("”")


def has_clauses(text: str) -> bool:
    """Whether a line is punctuated as running text."""
    return bool(_CLAUSE.search(text))


def split_lines(page: Mapped) -> list[Line]:
    """The lines of a page that are not empty."""
    lines: list[Line] = []
    start, blanks = 0, 0
    for match in [*_BREAK.finditer(page.text), None]:
        end = match.start() if match else len(page)
        raw = page[start:end]
        body = raw[: len(_TAIL.sub("", raw.text))].strip()
        if len(body):
            inner = start > 0 and page.text[start - 1] != "\n"
            lines.append(Line(body, blanks, inner or raw.text[:1].isspace()))
            blanks = 0
        else:
            blanks += 1
        start = match.end() if match else end
    return lines


def unwrap(lines: list[Line]) -> tuple[list[Line], int]:
    """Paragraphs from lines that were wrapped to a column, and how many line ends were taken out."""
    widths = [width(line.text) for line in lines]
    paragraphs: list[Line] = []
    joined = 0
    for i, line in enumerate(lines):
        if i and paragraphs and _wraps(lines, widths, i - 1):
            paragraphs[-1] = replace(paragraphs[-1], body=join([paragraphs[-1].body, line.body]))
            joined += 1
        else:
            paragraphs.append(line)
    return paragraphs, joined


def _wraps(lines: list[Line], widths: list[float], i: int) -> bool:
    """Whether line i runs on into line i + 1."""
    if lines[i + 1].indented or lines[i + 1].blanks > lines[i].blanks + 2:
        return False
    column = _column(widths, i)
    if column is None or widths[i] < 0.8 * column or widths[i + 1] > 1.15 * column:
        return False
    return not ends_sentence(lines[i].text) or widths[i] >= column - 0.5


def _column(widths: list[float], i: int) -> float | None:
    """Width of the column around line i; None where the lines near it are of all widths."""
    near = [w for w in widths[max(0, i - 3) : i + 4] if w <= WRAPPED]
    if len(near) < 3:
        return None
    middle = median(sorted(near)[len(near) // 3 :])
    alike = [w for w in near if abs(w - middle) <= 0.12 * middle + 0.5]
    return middle if len(alike) >= 3 and middle >= 8 else None
