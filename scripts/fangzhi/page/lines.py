"""Lines of a page and the paragraphs they were wrapped from."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from statistics import median

from fangzhi.lexicons import read_lexicon
from fangzhi.text.fold import fold
from fangzhi.text.spans import Mapped, join
from fangzhi.text.words import words

# An indent inside a line is a paragraph that lost its line end.
_BREAK = re.compile(r"\n|(?<=\S)(?:\u3000{2,}|[ \u00a0]{4,})(?=\S)")
_TAIL = re.compile(r"[\s|｜]+$")
_TERMINAL = re.compile(r"[。！？!?…][”’』」）)》]*(?:\s*[（(][^（）()]{1,20}[)）])?$|[;；]$")
_SIGNATURE = re.compile(
    r"(?<=[。！？…”])\s*(?:本报|本刊|本台)?(?:实习|特约|首席|全媒体|见习)?(?:记者|通讯员)\s+[\u4e00-\u9fff\s·、]{2,40}$"
)
_CONTINUED = re.compile(r"(?:下转|上接|紧接)\S{0,6}版\S{0,6}$")
_CLAUSE = re.compile(r"[，。；：、,;:！？!?]")
# What opens a new line in any case: a mark, the name of a field, a dash before a subtitle.
_FRESH = re.compile(r"[■□●○◆◇▲△★【]|——|本报讯|本報訊")


@cache
def _rest_of_quantity() -> re.Pattern[str]:
    """Digits, or a unit with or without a multiplier."""
    rows = read_lexicon("units")
    written = {word for row in rows for word in (row["name"], *row["written"].split())}
    units = "|".join(re.escape(fold(word)) for word in sorted(written))
    return re.compile(rf"[0-9.%]|[百千万亿]{{0,2}}(?:{units})")


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
    """Width in full-width characters: ASCII counts half, spaces nothing."""
    return sum(0.0 if c.isspace() else 0.5 if ord(c) < 0x80 else 1.0 for c in text)


def runs_on(before: str, after: str) -> bool:
    """Whether a word is cut in two where one line ends and the next begins; digits make no word."""
    head, tail = before[-6:], after[:6]
    cut = (word for word in words(head + tail) if word.start < len(head) < word.end)
    return any(word.tag != "x" and not word.text[0].isdigit() for word in cut)


def cuts_number(before: str, after: str) -> bool:
    """Whether a line ends within a quantity: 12 | .5个百分点, 4.2 | 万吨, 全县28 | 家."""
    if not re.search(r"[0-9][.,]?$", before) or not (has_clauses(before) or has_clauses(after)):
        return False
    return _rest_of_quantity().match(fold(after)) is not None


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


def split_signatures(paragraphs: list[Line]) -> list[Line]:
    """Paragraphs with the byline that closes one as a line of its own."""
    found: list[Line] = []
    for line in paragraphs:
        if match := _SIGNATURE.search(line.text):
            found.append(replace(line, body=line.body[: match.start()]))
            found.append(Line(line.body[match.start() :].strip(), 0, indented=True))
        else:
            found.append(line)
    return found


def _wraps(lines: list[Line], widths: list[float], i: int) -> bool:
    """Whether line i runs on into line i + 1."""
    following = lines[i + 1]
    if (
        _CONTINUED.search(lines[i].text)
        or following.indented
        or following.blanks > lines[i].blanks + 2
        or _FRESH.match(following.text)
    ):
        return False
    close = following.blanks <= (0 if following.text[0].isdigit() else lines[i].blanks)
    if close and cuts_number(lines[i].text, following.text):
        return True
    for column in (_column(widths[max(0, i - 3) : i + 2]), _column(widths[i : i + 5])):
        if column and widths[i] >= 0.8 * column and max(widths[i : i + 2]) <= 1.15 * column:
            full = widths[i] >= column - 0.5 and (
                has_clauses(following.text) or widths[i + 1] >= 0.8 * column
            )
            return full or not ends_sentence(lines[i].text)
    return False


def _column(widths: list[float]) -> float | None:
    """The width that most of a few neighbouring lines share; None where they are of all widths."""
    near = sorted(w for w in widths if w <= WRAPPED)
    if len(near) < 3:
        return None
    middle = median(near[len(near) // 3 :])
    alike = [w for w in near if abs(w - middle) <= 0.12 * middle + 0.5]
    return middle if len(alike) >= 3 and middle >= 8 else None
