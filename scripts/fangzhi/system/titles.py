"""Names that are numbered headings: (一)一次性交通补贴。…(二)社保补贴。… in a notice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fangzhi.model.codes import SystemKind
from fangzhi.system.model import NamedSystem, Passage
from fangzhi.system.vocabulary import closing_kind, opens_name, role
from fangzhi.text.words import words

_NUMERAL = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
_HEADING = re.compile(
    rf"(?:^|(?<=[\n。;:]))[ \u3000]*(?:\({_NUMERAL}\)|{_NUMERAL}[、.])[ \u3000]*"
    r"([\u4e00-\u9fff]{4,16})(?:\([^()\n]{1,40}\))?(?=[。:\n ]|$)"
)


def titled_by_number(passage: Passage) -> Iterator[NamedSystem]:
    """What closes with a word for a benefit and heads a numbered item, two or more of them.

    A heading right above another one is the name of a chapter.
    """
    headings = list(_HEADING.finditer(passage.folded))
    below = {match.start() for match in headings}
    found = [m for m in headings if _is_benefit(m[1]) and not _next_line(passage, m.end()) & below]
    for match in found if len(found) > 1 else ():
        kind = closing_kind(match[1])
        yield NamedSystem(
            *match.span(1), passage.text[slice(*match.span(1))], kind.kind if kind else SystemKind.INSTITUTION
        )


def _is_benefit(name: str) -> bool:
    """Whether a heading is the name of what is given, and no sentence: 发放补贴 says what is done."""
    row = words(name)
    return any(name.endswith(word) for word in role("benefit")) and not (
        len(row[0].text) > 1 and opens_name(row[0].text)
    )


def _next_line(passage: Passage, at: int) -> set[int]:
    """Where a heading may begin that follows an offset with nothing between."""
    return {at, at + 1} if passage.masked[at : at + 1] == "\n" else set()
