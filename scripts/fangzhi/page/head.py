"""What stands over the first text of a page: its headline, and what is none.

Single lines do not tell: a headline may hold commas and questions, a name under it may be the writer's
or a picture's. Their places do: a headline is the first thing said, or is said twice; a long line of text
stands below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from fangzhi.lexicons import words as lexicon_words
from fangzhi.page.bylines import find_lead
from fangzhi.page.items import is_button
from fangzhi.page.kinds import HEADLINE, is_list_item, kind_of, line_kind
from fangzhi.page.line import Line, LineKind
from fangzhi.page.lines import ends_sentence, ends_statement, has_clauses, width
from fangzhi.text.fold import fold, letters

_REACH = 14
"""Lines from the top among which the head of a page ends."""
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
_NOTE = re.compile(r"[\[【(]编者?[按注][:：][^\n]*[\]】)]")
_NUMBER = re.compile(r"[\d,]{1,9}")
_NAME = re.compile(r"[■□●○◆◇▲△★☆▪·•]?\s*(?P<name>[\u4e00-\u9fff]{2,4})(?:\s{2,}\S[^，。！？；]{0,40})?")


def read_head(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, those over its first text with what they are by their place."""
    found = list(lines)
    titles = _titles(found)
    if not titles:
        return found
    body = _first_text(found, titles[-1] + 1)
    twice = _drop_repeats(found, titles, body)
    for i in titles:
        found[i] = replace(found[i], kind=LineKind.HEADLINE)
    _name_the_rest(found, titles[-1] + 1, body, said=twice)
    return found


def _titles(lines: Sequence[Line]) -> list[int]:
    """The lines of the first headline: marked as one, said twice, or first of the page and over a text."""
    top = range(min(_REACH, len(lines)))
    for i in top:
        if lines[i].kind is LineKind.HEADLINE or _said_later(lines, i) is not None:
            return [i]
    first = next((i for i in top if kind_of(lines[i]) not in _ABOVE), None)
    if first is None:
        return []
    last = first
    while (
        last + 1 - first < _LINES and _can_head(lines[last + 1 : last + 2]) and not _is_text(lines, last + 1)
    ):
        last += 1
    run = list(range(first, last + 1))
    stands = _stands_over_text(lines, last) and all(_can_head([lines[i]]) for i in run)
    return run if stands else []


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
    if kind_of(lines[i]) is not LineKind.BODY:
        return False
    long = width(text) > HEADLINE and has_clauses(text) and (ends_sentence(text) or width(text) > _WIDEST)
    return long or text.endswith("。") or find_lead(text) is not None


def _stands_over_text(lines: Sequence[Line], i: int) -> bool:
    """Whether text, or a date or source and then text, stands below line i, more than it holds."""
    below = next((k for k in range(i + 1, min(len(lines), i + 4)) if kind_of(lines[k]) not in _ABOVE), None)
    if below is None or not _is_text(lines, below):
        return False
    told = sum(width(line.text) for line in lines[below : below + 3])
    least = 0 if line_kind(lines[i].text) is LineKind.HEADLINE else HEADLINE
    return width(lines[below].text) > least and told > 1.5 * width(lines[i].text)


def _said_later(lines: Sequence[Line], i: int) -> int | None:
    """The line near below that says the same, to the end or cut short."""
    text = letters(_CUT.sub("", lines[i].text))
    if len(text) < _TOLD or kind_of(lines[i]) not in _WORDS or width(lines[i].text) > _WIDEST:
        return None
    for k in range(i + 1, min(len(lines), i + 9)):
        other = letters(_CUT.sub("", lines[k].text))
        if other == text or (len(text) >= 2 * _TOLD and _cut_short(lines[i].text, lines[k].text)):
            return k
    return None


def _cut_short(text: str, other: str) -> bool:
    """Whether one of two lines is the other, broken off with dots."""
    short, whole = (text, other) if _CUT.search(text) else (other, text)
    return bool(_CUT.search(short)) and letters(whole).startswith(letters(_CUT.sub("", short)))


def _drop_repeats(lines: list[Line], titles: Sequence[int], body: int) -> bool:
    """Set aside what says a headline again; whether there was any."""
    twice = False
    for i in titles:
        text = letters(lines[i].text)
        for k in range(body):
            if k not in titles and letters(lines[k].text) == text:
                lines[k] = replace(lines[k], kind=LineKind.FURNITURE)
                twice = True
    return twice


def _first_text(lines: Sequence[Line], start: int) -> int:
    """The first line of running text behind a headline."""
    return next((i for i in range(start, min(len(lines), start + _REACH)) if _is_text(lines, i)), start)


def _name_the_rest(lines: list[Line], start: int, body: int, *, said: bool) -> None:
    """Between headline and text: buttons and counters are furniture, a name alone is the writer's.

    Below a date, or a headline said twice, other short lines are labels and captions of the page.
    """
    dated = said
    for i in range(start, body):
        kind = kind_of(lines[i])
        dated = dated or kind in _DATED
        text = fold(lines[i].text)
        if _NOTE.fullmatch(text):
            lines[i] = replace(lines[i], kind=LineKind.ASIDE)
        elif is_button(text) or _NUMBER.fullmatch(text):
            lines[i] = replace(lines[i], kind=LineKind.FURNITURE)
        elif lines[i].kind is None and kind in _WORDS and _names_writer(lines, i, body):
            lines[i] = replace(lines[i], kind=LineKind.BYLINE)
        elif lines[i].kind is None and kind is LineKind.HEADLINE and dated and width(text) <= _SHORT:
            lines[i] = replace(lines[i], kind=LineKind.ASIDE)


def _names_writer(lines: Sequence[Line], i: int, body: int) -> bool:
    """Whether a line directly over the text is a name, with or without where its bearer is from."""
    named = _NAME.fullmatch(lines[i].text)
    return named is not None and i + 1 == body and named["name"].startswith(_surnames())


@cache
def _surnames() -> tuple[str, ...]:
    return lexicon_words("person_surnames", "surname")
