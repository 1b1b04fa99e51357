"""What the scrape left in a page, taken out: line ends, mark-up, control characters, pinyin brackets.

Every step keeps the map into the source and says how often it acted; nothing is put in that the page
does not print. Line wraps and stray spaces are left to the page layer, which knows what a line is.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from fangzhi.text.spans import Mapped, join, substitute

HANZI = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TONED = "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹḿ"
_LETTERS = f"a-z{_TONED}ü"
_SYLLABLE = rf"(?=[{_LETTERS}]{{0,6}}[{_TONED}])[{_LETTERS}]{{1,7}}"
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2064\u00ad\ufeff\ufffd-\uffff]"
)
_BLOCK_TAG = re.compile(r"</?(?:p|div|br|h[1-6]|li|ul|ol|tr|table|section|article|title|td)\b", re.IGNORECASE)


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


def _tag(match: re.Match[str]) -> str:
    return "\n" if _BLOCK_TAG.match(match[0]) else ""


def _entity(match: re.Match[str]) -> str:
    return html.unescape(match[0]).replace("\xa0", " ")


_STEPS = (
    _Step("carriage_return", re.compile(r"\r\n?"), _newline),
    _Step("line_separator", re.compile(r"[\x0b\x0c\x85\u2028\u2029]"), _newline),
    _Step("html_tag", re.compile(r"</?[a-zA-Z][^<>\n]{0,400}>"), _tag),
    _Step("html_entity", re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});"), _entity),
    _Step("control_character", _CONTROL, _nothing),
    _Step("pinyin_bracket", re.compile(rf"[(（]{_SYLLABLE}[)）]"), _nothing),
    _Step("pinyin_debris", re.compile(rf"\?{_SYLLABLE}\)"), _nothing),
)  # fmt: skip
# A neutral tone bears no mark; it is only pinyin on a page whose other brackets are.
_NEUTRAL = _Step(
    "pinyin_bracket", re.compile(rf"(?<=[{HANZI}])[(（](?:de|le|zhe|zi|ma|ne|ba|me|men)[)）]"), _nothing
)
# Where pinyin follows no character, the one it explained is lost, and often its neighbours with it.
_DAMAGE = re.compile(rf"\?{_SYLLABLE}\)|[^{HANZI}\s]{{0,3}}(?<![{HANZI}])[(（]{_SYLLABLE}[)）]")


def is_control(character: str) -> bool:
    """Whether a character steers instead of being seen; a line feed and a tab do not count."""
    return bool(_CONTROL.match(character))


def repair(page: Mapped) -> Repaired:
    """The page without the debris of the scrape."""
    repairs: dict[str, int] = {}
    damaged = tuple(page.source_span(*match.span()) for match in _DAMAGE.finditer(page.text))
    page = _without_blocks(page, repairs)
    for step in _STEPS:
        page = _apply(step, page, repairs)
    if repairs.get("pinyin_bracket", 0) >= 5:
        page = _apply(_NEUTRAL, page, repairs)
    return Repaired(page, repairs, damaged)


def _apply(step: _Step, page: Mapped, repairs: dict[str, int]) -> Mapped:
    count = sum(1 for match in step.pattern.finditer(page.text) if step.replace(match) != match[0])
    if count:
        repairs[step.name] = repairs.get(step.name, 0) + count
    return substitute(page, step.pattern, step.replace)


_BLOCK_EDGE = re.compile(
    r"<(?P<open>(?:script|style|head|noscript|iframe)\b|!--)|(?P<close></(?:script|style|head|noscript|iframe)\s*>|-->)",
    re.IGNORECASE,
)


def _without_blocks(page: Mapped, repairs: dict[str, int]) -> Mapped:
    """Scripts, styles and comments taken out with what is in them; one that is never closed is left alone."""
    kept, done = [], 0
    for start, end in _blocks(page.text):
        kept.append(page[done:start])
        done = end
    if not kept:
        return page
    repairs["html_block"] = len(kept)
    return join([*kept, page[done:]])


def _blocks(text: str) -> list[tuple[int, int]]:
    """Start and end of each block, in one pass over their edges: a regular expression would go back."""
    edges = [(match["open"], match["close"], match.span()) for match in _BLOCK_EDGE.finditer(text)]
    left = Counter(_block_name(close) for _, close, _ in edges if close)
    found: list[tuple[int, int]] = []
    inside: tuple[str, int] | None = None
    for opening, closing, (start, end) in edges:
        name = _block_name(closing or opening)
        left[name] -= bool(closing)
        if inside is None and opening and left[name]:
            inside = name, start
        elif inside and closing and name == inside[0]:
            found.append((inside[1], end))
            inside = None
    return found


def _block_name(edge: str) -> str:
    return edge.lower().strip("</!-> \t\r\n") or "comment"


# Between two Latin words or a word and a number a space is meant; everywhere else it was put in
# to fill a line. Digits apart are one number torn.
_STRAY_SPACE = re.compile(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z0-9])|(?<=[A-Za-z])\s+(?=\d)", re.ASCII)
_WIDE_SPACE = re.compile(r"[\u00a0\u2000-\u200a\u202f\u3000]")


def close_spaces(body: Mapped) -> tuple[Mapped, int]:
    """Running text without the spaces that fill its lines, and how many were taken out."""
    plain = substitute(body, _WIDE_SPACE, lambda _: " ")
    closed = substitute(plain, _STRAY_SPACE, _nothing)
    return closed, len(plain) - len(closed)


def single_spaces(headline: Mapped) -> Mapped:
    """A headline with each run of white space as one space."""
    return substitute(headline, re.compile(r"\s+"), lambda _: " ").strip()
