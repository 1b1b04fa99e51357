"""How the text of an article opens: dateline words, who reports, the headline once more, a mark."""

from __future__ import annotations

import re

from fangzhi.page.bylines import Byline, find_lead, lead_byline, parse_byline
from fangzhi.page.draft import Draft
from fangzhi.page.headlines import MARK, likeness
from fangzhi.text.fold import fold, letters
from fangzhi.text.spans import Mapped

_GENRE = re.compile(r"^(?:题|通讯|特写|综述|述评|专访|消息|简讯|快讯)?\s*[:：]\s*")
"""What kind of piece it is, before its headline."""
_WORD = 4
_SAME = 0.8
"""Likeness of two prints of a headline."""


def told_again(draft: Draft, text: str) -> int | None:
    """Where dateline words end behind which a line only says the headline again; None for any other."""
    lead = find_lead(text)
    said = letters(_GENRE.sub("", text[lead.end() :])) if lead else ""
    title = letters(_GENRE.sub("", draft.headline.title or ""))
    again = lead and len(said) >= _WORD and (said in title or likeness(draft.headline, said) > _SAME)
    return lead.end() if lead and again and len(said) <= len(title) + _WORD else None


def take_lead(draft: Draft, body: Mapped) -> tuple[Mapped, Mapped | None]:
    """The first text without its dateline words, told to the draft, and what stands before them for none."""
    lead = find_lead(body.text)
    subheads = sum(len(lines) for _, lines in draft.subheads)
    if lead is None or len(draft.paragraphs) > subheads:
        return body, None
    draft.byline.credit = body.text[slice(*lead.span("credit"))] if lead["credit"] else draft.byline.credit
    before = parse_byline(body.text[: lead.start()]) if lead.start() else Byline()
    before.extend(lead_byline(body.text, lead))
    draft.byline.extend(before)
    return body[lead.end() :], _left_out(body[: lead.start()], draft)


def _left_out(part: Mapped, draft: Draft) -> Mapped | None:
    """What stands before the dateline and is no byline: text of no article."""
    names = {fold(name) for name, _ in draft.byline.writers}
    words = [
        m
        for m in re.finditer(r"[^\s■□●◆▲]+", part.text)
        if fold(m[0]) not in names and "记者" not in fold(m[0])
    ]
    return part[words[0].start() : words[-1].end()] if words else None


def without_mark(draft: Draft, body: Mapped) -> Mapped:
    """The first text without the mark that opens an item."""
    mark = None if draft.paragraphs else MARK.match(body.text)
    return body[mark.end() :] if mark else body
