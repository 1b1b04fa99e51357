"""Paragraphs torn apart by the columns of a page, put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fangzhi.page.draft import Draft
from fangzhi.page.kinds import is_list_item
from fangzhi.page.lines import ends_sentence, runs_on
from fangzhi.text.markup import CELL
from fangzhi.text.spans import Mapped, join

_SHORTEST = 24
"""Characters; a shorter line without its end may be a headline, if it is no text by its signs."""
_ABREAST = 8
"""Columns that can stand side by side."""
# No sentence begins with these.
_WITHIN = re.compile(r"[，。、；：”’）)%％的]")


def is_torn(text: str) -> bool:
    """Whether a paragraph breaks off inside a sentence."""
    long = len(text) > _SHORTEST or text.endswith(("，", "、")) or "。" in text
    return long and not (ends_sentence(text) or text.endswith(("：", ":")))


def goes_on(before: str, after: str) -> bool:
    """Whether a paragraph is the rest of the one before it; two numbers are not made one."""
    if CELL in before or (before[-1:].isdigit() and after[:1].isdigit()) or is_list_item(after):
        return False
    within = _WITHIN.match(after) or runs_on(before, after)
    return is_torn(before) or (not ends_sentence(before) and bool(within))


def torn_before(drafts: Sequence[Draft], column: Draft | None, text: str) -> Draft | None:
    """The article whose text broke off before that of the column being read began, if here it goes on.

    Columns set side by side are read across: a word is cut in two between its parts, or one opens
    in the middle of a sentence when all others are complete.
    """
    abreast = [draft for draft in drafts[-_ABREAST:] if draft.paragraphs]
    ends = [(draft, draft.paragraphs[-1].text) for draft in abreast]
    torn = [(draft, end) for draft, end in ends if is_torn(end)]
    cut = [draft for draft, end in torn if runs_on(end, text)]
    if not cut and _WITHIN.match(text):
        cut = [draft for draft, _ in torn]
    return cut[-1] if cut and all(draft is not column for draft in cut) else None


def mend(paragraphs: list[Mapped]) -> tuple[list[Mapped], int]:
    """Join a paragraph that breaks off inside a quotation to the one elsewhere that closes it.

    The whole stands where its second half stood: it is the first half that a column carried off.
    """
    found = list(paragraphs)
    joined = 0
    while (pair := _torn_pair(found)) is not None:
        head, tail = pair
        found[tail] = join([found[head], found[tail]])
        del found[head]
        joined += 1
    return found, joined


def _torn_pair(paragraphs: list[Mapped]) -> tuple[int, int] | None:
    """A paragraph left open and one, not the next, that closes a quotation it does not open."""
    heads = [i for i, p in enumerate(paragraphs) if _left_open(p.text)]
    tails = [i for i, p in enumerate(paragraphs) if _closes_another(p.text)]
    return next(((h, t) for h in heads for t in tails if t not in (h, h + 1)), None)


def _left_open(text: str) -> bool:
    return text.rfind("“") > text.rfind("”") and not text.endswith(("。", "！", "？"))


def _closes_another(text: str) -> bool:
    close = text.find("”")
    return close >= 0 and not 0 <= text.find("“") < close
