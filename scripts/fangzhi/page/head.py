"""What stands over the first text of a page: its headline, and what is none.

Single lines do not tell: a headline may hold commas and questions, a name under it may be the writer's
or a picture's. Their places do: a headline is the first thing said, or is said twice; a long line of text
stands below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fangzhi.page.bylines import find_lead, opens_with_lead, surnames
from fangzhi.page.items import is_button
from fangzhi.page.kinds import HEADLINE, is_list_item, kind_of, line_kind
from fangzhi.page.line import Line, LineKind
from fangzhi.page.lines import ends_sentence, ends_statement, has_clauses, width
from fangzhi.text.fold import fold, letters

_REACH = 14
"""Lines from the top among which the head of a page ends."""
_NEAR = 9
"""Lines below a headline among which it may be said again."""
_WIDEST = 64
"""Width of the widest headline that can be told by its place."""
_LINES = 3
"""Lines of a headline: kicker, title, subtitle."""
_SHORT = 10
"""Width of a label, a name, a counter."""
_TOLD = 4
"""Letters of a headline that are not said twice by chance."""
_ABOVE = frozenset(
    {
        LineKind.FURNITURE, LineKind.NOISE, LineKind.ITEMS, LineKind.DATELINE, LineKind.PAGE,
        LineKind.LINKS, LineKind.RUBRIC, LineKind.CAPTION,
    }
)  # fmt: skip
_DATED = frozenset({LineKind.ITEMS, LineKind.DATELINE})
_WORDS = frozenset({LineKind.HEADLINE, LineKind.BODY})
_OPEN = ("。", "；", "，", "、", ",", ";", "：", ":")
_CUT = re.compile(r"(?:\.{2,}|…+)$")
_ORIGINAL = re.compile(
    r"[(（]?(?:本文)?原(?:标题|標題|题|題)为?\s*[:：]\s*[《“「(（]?(?P<title>.+?)[》”」)）]{0,2}$"
)
"""Under what headline a text was first printed."""
_NOTE = re.compile(r"[\[【(]编者?[按注]:[^\n]*[\]】)]")
_NUMBER = re.compile(r"[\d,]{1,9}")
_CRUMB = re.compile(r"[^，。！？>》›»]{2,12}\s*[>›»]\s*[^，。！？>›»]{2,20}")
_NAME = re.compile(r"[■□●○◆◇▲△★☆▪·•]?\s*(?P<name>[\u4e00-\u9fff]{2,4})(?:\s{2,}\S[^，。！？；]{0,40})?")


@dataclass(frozen=True)
class Head:
    """The lines of a page, and whether the page is one article: its headline is dated or said twice."""

    lines: list[Line]
    whole: bool = False


def read_head(lines: Sequence[Line]) -> Head:
    """The lines of a page, those over its first text with what they are by their place."""
    found = list(lines)
    _original(found)
    titles = _titles(found)
    if not titles:
        return Head(found)
    body = _first_text(found, titles[-1] + 1)
    twice = _drop_repeats(found, titles, body)
    for i in titles:
        found[i] = replace(found[i], kind=found[i].kind or LineKind.HEADLINE)
    if titles[0] and _CRUMB.fullmatch(fold(found[0].text)):
        found[0] = replace(found[0], kind=LineKind.FURNITURE)
    dated = _name_the_rest(found, titles[-1] + 1, body, said=twice)
    return Head(found, whole=twice or dated)


def _original(lines: list[Line]) -> None:
    """The headline under which a text was first printed, where a page's own cuts it short or adds to it."""
    for i in range(min(_REACH, len(lines))):
        named = _ORIGINAL.match(lines[i].text)
        if named is None or width(lines[i].text) > _WIDEST + _SHORT:
            continue
        title = letters(_CUT.sub("", named["title"]))
        own = [k for k in range(i) if _says(lines[k].text, title)]
        for k in own:
            lines[k] = replace(lines[i], body=lines[i].body[slice(*named.span("title"))])
        lines[i] = replace(lines[i], kind=LineKind.FURNITURE)


def _says(text: str, title: str) -> bool:
    """Whether a line holds a headline, or its beginning and then dots."""
    said = letters(_CUT.sub("", text))
    return len(title) >= _TOLD and (
        title in said or bool(_CUT.search(text) and said and title.startswith(said))
    )


def _titles(lines: Sequence[Line]) -> list[int]:
    """The lines of the first headline: marked as one, said twice, or first of the page and over a text."""
    top = range(min(_REACH, len(lines)))
    for i in top:
        if lines[i].kind is LineKind.HEADLINE or _said_later(lines, i):
            return [i]
    first = next((i for i in top if not _is_above(lines, i)), None)
    if first is None:
        return []
    last = first
    while last + 1 - first < _LINES and _can_head(lines[last + 1 : last + 2]):
        if _is_text(lines, last + 1) or _names_writer(lines, last + 1, _first_text(lines, last + 2)):
            break
        last += 1
    run = list(range(first, last + 1))
    stands = _stands_over_text(lines, last) and all(_can_head([lines[i]]) for i in run)
    return run if stands else []


def _is_above(lines: Sequence[Line], i: int) -> bool:
    """Whether a line is none of a headline's; the path to the page, at its top, is furniture."""
    return kind_of(lines[i]) in _ABOVE or (i == 0 and _CRUMB.fullmatch(fold(lines[i].text)) is not None)


def _can_head(lines: Sequence[Line]) -> bool:
    """Whether a line may be of a headline that its place tells."""
    return bool(lines) and (
        kind_of(lines[0]) in _WORDS
        and width(lines[0].text) <= _WIDEST
        and not (lines[0].text.endswith(_OPEN) or ends_statement(lines[0].text))
        and not find_lead(lines[0].text)
        and not is_list_item(lines[0].text)
    )


def _is_text(lines: Sequence[Line], i: int) -> bool:
    """Whether line i is running text: longer than any headline, or opened by dateline words."""
    text = lines[i].text
    if opens_with_lead(text):
        return True
    if kind_of(lines[i]) is not LineKind.BODY or _NOTE.fullmatch(fold(text)):
        return False
    long = width(text) > HEADLINE and has_clauses(text) and (ends_sentence(text) or width(text) > _WIDEST)
    return long or text.endswith("。") or find_lead(text) is not None


def _stands_over_text(lines: Sequence[Line], i: int) -> bool:
    """Whether text, or a date or source and then text, stands below line i, more than it holds."""
    if i + 1 < len(lines) and kind_of(lines[i + 1]) in _DATED:
        return any(_is_text(lines, k) for k in range(i + 2, min(len(lines), i + _REACH)))
    near = range(i + 1, min(len(lines), i + 4))
    below = next((k for k in near if not (_is_above(lines, k) or _names_writer(lines, k, k + 1))), None)
    if below is None or not _is_text(lines, below):
        return False
    told = sum(width(line.text) for line in lines[below : below + 3])
    least = 0 if line_kind(lines[i].text) is LineKind.HEADLINE else HEADLINE
    return width(lines[below].text) > least and told > 1.5 * width(lines[i].text)


def _said_later(lines: Sequence[Line], i: int) -> bool:
    """Whether a line near below says the same."""
    text = letters(lines[i].text)
    if len(text) < _TOLD or kind_of(lines[i]) not in _WORDS or width(lines[i].text) > _WIDEST:
        return False
    return any(letters(line.text) == text for line in lines[i + 1 : i + _NEAR])


def _drop_repeats(lines: list[Line], titles: Sequence[int], body: int) -> bool:
    """Set aside what says a headline again; whether there was any."""
    said = {letters(lines[i].text) for i in titles}
    again = [k for k in range(body) if k not in titles and letters(lines[k].text) in said]
    for k in again:
        lines[k] = replace(lines[k], kind=LineKind.FURNITURE)
    return bool(again)


def _first_text(lines: Sequence[Line], start: int) -> int:
    """The first line of running text behind a headline."""
    return next((i for i in range(start, min(len(lines), start + _REACH)) if _is_text(lines, i)), start)


def _name_the_rest(lines: list[Line], start: int, body: int, *, said: bool) -> bool:
    """Between headline and text: buttons and counters are furniture, a name alone is the writer's.

    Below a date, or a headline said twice, other short lines are labels and captions of the page, and
    longer ones its text. Whether there was a date.
    """
    dated = False
    for i in range(start, body):
        kind = kind_of(lines[i])
        dated = dated or kind in _DATED
        if lines[i].kind is None and (found := _place_tells(lines, i, body, dated=dated, said=said)):
            lines[i] = replace(lines[i], kind=found)
    return dated


def _place_tells(lines: Sequence[Line], i: int, body: int, *, dated: bool, said: bool) -> LineKind | None:
    """What a line between headline and text is by its place; None where its place does not tell."""
    text = fold(lines[i].text)
    kind = kind_of(lines[i])
    if _NOTE.fullmatch(text):
        return LineKind.ASIDE
    if is_button(text) or _NUMBER.fullmatch(text):
        return LineKind.FURNITURE
    if kind in _WORDS and _names_writer(lines, i, body):
        return LineKind.BYLINE
    if kind is LineKind.HEADLINE and (dated or said) and width(text) <= _SHORT:
        return LineKind.ASIDE
    return LineKind.BODY if kind is LineKind.HEADLINE and dated and text.endswith(("!", "?")) else None


def _names_writer(lines: Sequence[Line], i: int, body: int) -> bool:
    """Whether a line directly over the text is a name, with or without where its bearer is from."""
    named = _NAME.fullmatch(lines[i].text)
    return named is not None and i + 1 == body and named["name"].startswith(surnames())
