"""What a line of a page is: furniture, headline, byline, running text."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from fangzhi.lexicons import read_lexicon
from fangzhi.page.bylines import is_lead, names_writers, opens_with_lead
from fangzhi.page.items import is_navigation, items_of
from fangzhi.page.line import Line, LineKind
from fangzhi.page.lines import ends_sentence, width
from fangzhi.text.fold import fold
from fangzhi.text.markup import CELL

_SPEAKER = re.compile(r"(?:问|答|記者|记者|主持人|网友|網友)[:：]")
_DAY = re.compile(r"(?:\d{4}\s*年)?\d{1,2}\s*月\s*\d{1,2}\s*日\s*,")
"""How news opens, and no headline."""
_OPEN_ENDS = ("。", "；", "，", "、", ",", ";", "：", ":")
_ADDRESS = re.compile(r"\s*(?:https?://|www\.)\S+\s*", re.IGNORECASE)
_CODE = re.compile(r"[{}]|\)\s*;|=\s*['\"]|;\s*$")
"""Signs of a script that stands in a page without its tags."""
_CAPTION = re.compile(
    r".{4}(?:[(][^()]{0,20}(?:摄影?|供图|图片|资料图)[)]|\s[\u4e00-\u9fff]{2,4}\s?(?:摄影?|供图))$"
)
"""How the caption of a picture ends: who took it."""
_HANZI = re.compile(r"[\u3400-\u9fff]")
_CLAUSES = re.compile(r"[,，。;；:：!！?？]")
HEADLINE = 42
"""The widest headline, in full-width characters."""


@cache
def _patterns() -> tuple[tuple[LineKind, re.Pattern[str]], ...]:
    return tuple((LineKind(row["kind"]), re.compile(row["pattern"])) for row in read_lexicon("page_patterns"))


def match_pattern(text: str) -> tuple[LineKind, re.Match[str]] | None:
    """The first entry of the lexicon of page patterns that a line fits."""
    folded = fold(text)
    if len(folded) > 160:
        return None
    found = ((kind, pattern.match(folded)) for kind, pattern in _patterns())
    return next(((kind, match) for kind, match in found if match), None)


@lru_cache(maxsize=4096)
def line_kind(text: str) -> LineKind:
    """What a line is, by itself."""
    if items_of(text):
        return LineKind.ITEMS
    if found := match_pattern(text):
        return found[0]
    if _ADDRESS.fullmatch(text) or is_navigation(text):
        return LineKind.FURNITURE
    if _CODE.search(text) and not _HANZI.search(text):
        return LineKind.NOISE
    if CELL in text:
        return LineKind.ROW
    if not _like_headline(text) or opens_with_lead(text):
        return LineKind.BODY
    if names_writers(text):
        return LineKind.BYLINE
    return LineKind.CAPTION if _CAPTION.search(fold(text)) else LineKind.HEADLINE


def kind_of(line: Line) -> LineKind:
    """What a line is: by its mark-up or place, if these tell, else by itself."""
    return line.kind or line_kind(line.text)


def is_headline(line: Line) -> bool:
    """Whether a line may be a headline."""
    return kind_of(line) is LineKind.HEADLINE


def is_list_item(text: str) -> bool:
    """Whether a line is numbered or lettered as one of several: it is the rest of no other."""
    found = match_pattern(text)
    return found is not None and found[0] is LineKind.BODY


_RUNNING = frozenset({LineKind.NOISE, LineKind.HEADLINE, LineKind.BODY})


def stands_alone(line: Line) -> bool:
    """Whether a line is complete by what it is: a dateline, a credit, a row of buttons."""
    return line.kind is not None or line_kind(line.text) not in _RUNNING or is_lead(line.text)


def _like_headline(text: str) -> bool:
    if (
        _SPEAKER.match(text)
        or _DAY.match(fold(text))
        or width(text) > HEADLINE
        or text.endswith(_OPEN_ENDS)
        or text.count("“") != text.count("”")
    ):
        return False
    exclaims = text.endswith(("！", "!", "？", "?"))
    clauses = _CLAUSES.findall(text.rstrip("！!？?"))
    return (not ends_sentence(text) or exclaims) and len(clauses) <= 1 and text.count("、") <= 2


_PUBLISHER = re.compile(
    r"(?:^|[^\u4e00-\u9fff])([\u4e00-\u9fff]{2,8}(?:日报|晚报|时报|早报|晨报|都市报|商报|农民报|经济报|日報|晚報|時報))"
    r"(?![\u4e00-\u9fff])"
)


def printed_publisher(line: str) -> str | None:
    """The newspaper named in a line in which a page speaks of itself."""
    match = _PUBLISHER.search(line)
    return match[1] if match else None
