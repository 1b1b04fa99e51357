"""What the scrape left in a page, taken out: line ends, mark-up, control characters, pinyin brackets.

Every step keeps the map into the source and says how often it acted; nothing is put in that the page
does not print. Line wraps and stray spaces are left to the page layer, which knows what a line is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

from fangzhi.text.markup import CELL, without_markup
from fangzhi.text.spans import Mapped, substitute

HANZI = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TONED = "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹḿ"
_LETTERS = f"a-z{_TONED}ü"
_SYLLABLE = rf"(?=[{_LETTERS}]{{0,6}}[{_TONED}])[{_LETTERS}]{{1,7}}"
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2064\u00ad\ufeff\ufffd-\uffff]"
)


@dataclass(frozen=True)
class Repaired:
    """A page with its repairs counted by kind, and the spans of the source that cannot be mended."""

    page: Mapped
    repairs: dict[str, int]
    damaged: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class _Step:
    """One kind of repair: what it finds and what it puts there instead."""

    name: str
    pattern: re.Pattern[str]
    replace: Callable[[re.Match[str]], str]


def _nothing(_: re.Match[str]) -> str:
    return ""


def _newline(_: re.Match[str]) -> str:
    return "\n"


def _entity(match: re.Match[str]) -> str:
    return html.unescape(match[0]).replace("\xa0", " ")


_LINE_ENDS = (
    _Step("carriage_return", re.compile(r"\r\n?"), _newline),
    _Step("line_separator", re.compile(r"[\x0b\x0c\x85\u2028\u2029]"), _newline),
)


def _within(match: re.Match[str]) -> str:
    """An address alone on its line stays: it is furniture of the page, and may tell its date."""
    line = match.string[match.string.rfind("\n", 0, match.start()) + 1 : match.start()]
    return "" if line.strip() or match.string[match.end() : match.end() + 2].strip() else match[0]


_STEPS = (
    _Step("url", re.compile(r"(?<![!-~])(?:https?://|www\.)[!-~]{3,2000}"), _within),
    _Step("html_entity", re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});"), _entity),
    _Step("control_character", _CONTROL, _nothing),
    _Step("pinyin_bracket", re.compile(rf"[(（]{_SYLLABLE}[)）]"), _nothing),
    _Step("pinyin_debris", re.compile(rf"\?{_SYLLABLE}\)"), _nothing),
)  # fmt: skip
# A neutral tone bears no mark; it is only pinyin on a page whose other brackets are.
_NEUTRAL = _Step(
    "pinyin_bracket", re.compile(rf"(?<=[{HANZI}])[(（](?:de|le|zhe|zi|ma|ne|ba|me|men)[)）]"), _nothing
)
# Where the page has footnotes, the marks that refer to them are no part of the text.
_NOTE = re.compile(r"^[ \t\u3000]*[\[〔]\d{1,2}[\]〕]\s*\S", re.MULTILINE)
_NOTE_MARK = _Step("footnote_mark", re.compile(rf"(?<=[{HANZI}）)”])[\[〔]\d{{1,2}}[\]〕]"), _nothing)
# Where pinyin follows no character, the one it explained is lost, and often its neighbours with it.
_DAMAGE = re.compile(rf"\?{_SYLLABLE}\)|[^{HANZI}\s]{{0,3}}(?<![{HANZI}])[(（]{_SYLLABLE}[)）]")


def is_control(character: str) -> bool:
    """Whether a character steers instead of being seen; a line feed and a tab do not count."""
    return bool(_CONTROL.match(character))


def repair(page: Mapped) -> Repaired:
    """The page without the debris of the scrape."""
    repairs: dict[str, int] = {}
    damaged = tuple(page.source_span(*match.span()) for match in _DAMAGE.finditer(page.text))
    for step in _LINE_ENDS:
        page = _apply(step, page, repairs)
    page = without_markup(page, repairs)
    for step in _STEPS:
        page = _apply(step, page, repairs)
    if repairs.get("pinyin_bracket", 0) >= 5:
        page = _apply(_NEUTRAL, page, repairs)
    if _NOTE.search(page.text):
        page = _apply(_NOTE_MARK, page, repairs)
    return Repaired(page, repairs, damaged)


def _apply(step: _Step, page: Mapped, repairs: dict[str, int]) -> Mapped:
    count = sum(1 for match in step.pattern.finditer(page.text) if step.replace(match) != match[0])
    if count:
        repairs[step.name] = repairs.get(step.name, 0) + count
    return substitute(page, step.pattern, step.replace)


# Between two Latin words or a word and a number a space is meant; everywhere else it was put in
# to fill a line. Digits apart are one number torn.
_STRAY_SPACE = re.compile(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z0-9])|(?<=[A-Za-z])\s+(?=\d)", re.ASCII)
_STRAY_CELL = re.compile(_STRAY_SPACE.pattern.replace(r"\s", r"[^\S\t]"), re.ASCII)
_WIDE_SPACE = re.compile(r"[\u00a0\u2000-\u200a\u202f\u3000]")


_CELLS = re.compile(r"\s*\t\s*")
_ALIGNED = re.compile(r"(?<=\S)[ \u00a0\u3000]{2,}(?=\S)")
_SENTENCE = re.compile(r"[。；，]")


def as_row(line: Mapped, following: str = "") -> Mapped | None:
    """A line of a table with its cells apart by one tab each; None for any other line.

    Cells stand apart by tabs or by wide spaces; without a figure among them it takes three cells, and
    if only by spaces, as many in the line that follows.
    """
    apart = _CELLS if CELL in line.text else _ALIGNED
    cells = apart.split(line.text)
    if len(cells) < 2 or _SENTENCE.search(line.text):
        return None
    figures = any(c.isdigit() for cell in cells[1:] for c in cell)
    if apart is _ALIGNED:
        heads = len(cells) == len(apart.split(following)) and any(map(str.isdigit, following))
        is_row = len(cells) > 2 and max(map(len, cells)) <= 16 and (figures or heads)
    else:
        is_row = figures or len(cells) > 2
    return substitute(line, apart, lambda _: CELL) if is_row else None


def close_letters(line: Mapped) -> Mapped:
    """A line printed with a space between its characters as one without; wider spaces stay as one."""
    parts = line.text.split()
    if len(parts) < 5 or len(line.text.replace(" ", "")) > 1.8 * len(parts) or line.text.isascii():
        return line
    return substitute(line, re.compile(r"[ \u3000]+"), lambda match: " " if len(match[0]) > 1 else "")


def close_spaces(body: Mapped) -> tuple[Mapped, int]:
    """Running text without the spaces that fill its lines, and how many were taken out.

    Tabs between the cells of a table stay.
    """
    plain = substitute(body, _WIDE_SPACE, lambda _: " ")
    closed = substitute(plain, _STRAY_CELL if CELL in body.text and as_row(body) else _STRAY_SPACE, _nothing)
    return closed, len(plain) - len(closed)


def single_spaces(headline: Mapped) -> Mapped:
    """A headline with each run of white space as one space."""
    return substitute(headline, re.compile(r"\s+"), lambda _: " ").strip()
