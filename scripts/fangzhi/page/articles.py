"""Articles of a page, put together as a careful reader would."""

from __future__ import annotations

from dataclasses import dataclass

from fangzhi.page.assemble import assemble
from fangzhi.page.assign import assign_headlines
from fangzhi.page.draft import Draft
from fangzhi.page.items import runs_of_items
from fangzhi.page.kinds import stands_alone
from fangzhi.page.lines import cut_lines, split_lines, split_signatures, unwrap
from fangzhi.page.mend import mend
from fangzhi.text.spans import Mapped


@dataclass(frozen=True)
class PageRead:
    """The articles of a page, what of it stands in none, and what else the page says of itself."""

    articles: list[Draft]
    unassigned: list[Mapped]
    repairs: dict[str, int]
    datelines: list[str]
    page: str | None


def read_page(page: Mapped) -> PageRead:
    """Put the articles of a repaired page together."""
    lines, wraps = unwrap(cut_lines(split_lines(page), runs_of_items), stands_alone)
    found = assemble(split_signatures(lines))
    found.count("line_wrap", wraps)
    for draft in found.drafts:
        draft.paragraphs, mended = mend(draft.paragraphs)
        found.count("torn_paragraph", mended)
    assign_headlines(found)
    articles = [draft for draft in found.drafts if draft.paragraphs]
    return PageRead(articles, found.unassigned, found.repairs, found.datelines, found.page)
