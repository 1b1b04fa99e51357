"""What a page says of itself in short items: date, source, author, desk, counters, buttons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from fangzhi.lexicons import read_lexicon, words
from fangzhi.text.fold import fold

LONGEST = 400
"""Characters of a line made of items alone; what is longer is text."""

_APART = re.compile(r"[\s|·•/,、;:>«»_\[\]【】()<《》—-]*")
_NAVIGATION = re.compile(r"[\s|·•>»/:\[\]【】()]+|(?<=.)-(?=.)")
_WORD = re.compile(r"[^\s|·•/,、;:>«»_\[\]【】()<《》—]+")
_WINDOW_TITLE = re.compile(r"(?P<title>[^\n]{6,50}?)\s?[-_—|][^\n]{2,30}\s(?P<again>(?P=title))")
_CRUMBS = re.compile(
    r"[^，。]{0,8}位置\s*[:：][^，。]{2,60}[>》›→]\s*(?:正文|详情|详细内容|内容|文章)\s+(?P<again>\S)"
)
_CHROME = re.compile(
    r"(?<=[。！？”）)])\s*(?:关键词|标签|分享到|分享至|相关新闻|相关阅读|推荐阅读|上一篇|下一篇|【打印|【关闭|【返回)"
    r"(?=[^，。！？]{0,200}$)"
)
# Said of a web page alone; a date, a page or an issue may be a word of the text.
_TELLING = frozenset({"source", "author", "desk", "counter", "button"})
_OPENING_BRACKET = "([{（【《“"


@dataclass(frozen=True)
class Item:
    """One item: its kind as in the lexicon of page items, where it stands, what it names."""

    kind: str
    start: int
    end: int
    value: str | None = None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["kind"], re.compile(row["pattern"])) for row in read_lexicon("page_items"))


@cache
def _telling() -> re.Pattern[str]:
    rows = (row["pattern"] for row in read_lexicon("page_items") if row["kind"] in (*_TELLING, "date"))
    plain = (re.sub(r"\?P<\w+>", "?:", pattern) for pattern in rows)
    return re.compile(rf"(?<![\u4e00-\u9fff])(?:{'|'.join(plain)})")


@cache
def _buttons() -> frozenset[str]:
    return frozenset(words("page_buttons"))


def is_button(word: str) -> bool:
    """Whether a word is one to click on; signs of a symbol font beside it read as digits and letters."""
    return word in _buttons() or word.strip("0123456789abo+-") in _buttons()


def items_of(text: str) -> list[Item]:
    """The items of a line that is made of nothing else; none for any other line."""
    if len(text) > LONGEST:
        return []
    found = list(_scan(text, fold(text), 0, buttons=True))
    if all(item.kind == "word" for item in found):
        return []
    return found if not fold(text[found[-1].end :]).strip(" \t|·•/,、;:>_[]【】()<》—-") else []


def is_navigation(text: str) -> bool:
    """Whether a line is a row of words to click on, most of them such as every web page has."""
    parts = [part for part in _NAVIGATION.split(fold(text)) if part]
    known = sum(map(is_button, parts))
    return len(parts) > 1 and max(map(len, parts)) <= 12 and known * 2 >= len(parts) and known > 1


def runs_of_items(text: str) -> list[tuple[int, int]]:
    """Where items run together inside a longer line: a page that lost its line ends, start to end."""
    if items_of(text):
        return []
    folded = fold(text)
    found: list[tuple[int, int]] = []
    end = 0
    for match in _telling().finditer(folded):
        start = match.start()
        if start < end or (start and folded[start - 1] in _OPENING_BRACKET):
            continue
        run = list(_scan(text, folded, start))
        end = run[-1].end if run else start
        at_edge = start == 0 or end == len(folded.rstrip())
        if any(item.kind in _TELLING for item in run) and (len(run) > 1 or at_edge):
            found.append((start, end))
    return found


def window_title(text: str) -> list[tuple[int, int]]:
    """The title of the window, or crumbs, where the headline follows on one line: 标题-栏目-网站 标题."""
    match = _WINDOW_TITLE.match(text) or _CRUMBS.match(text)
    return [(0, match.start("again"))] if match else []


def trailing_chrome(text: str) -> list[tuple[int, int]]:
    """What a web page puts behind the last sentence, where the page is one line."""
    match = _CHROME.search(text)
    return [(match.start(), len(text))] if match else []


def _scan(text: str, folded: str, at: int, *, buttons: bool = False) -> Iterator[Item]:
    """Items one behind the other, from a position on, as far as they reach; words to click on among them."""
    while True:
        apart = _APART.match(folded, at)
        at = apart.end() if apart else at
        found = [(match, kind) for kind, pattern in _patterns() if (match := pattern.match(folded, at))]
        if buttons and not found and (word := _WORD.match(folded, at)) and is_button(word[0]):
            found = [(word, "word")]
        if not found:
            return
        match, kind = max(found, key=lambda pair: pair[0].end())
        if match.end() == at:
            return
        named = next((text[slice(*match.span(i))] for i in range(1, (match.lastindex or 0) + 1)), None)
        yield Item(kind, match.start(), match.end(), named)
        at = match.end()
