"""Articles of a page, put together as a careful reader would."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fangzhi.page.assemble import assemble
from fangzhi.page.assign import assign_headlines
from fangzhi.page.bylines import trailing_byline
from fangzhi.page.captions import captions_within
from fangzhi.page.draft import Draft
from fangzhi.page.foot import read_foot
from fangzhi.page.head import read_head
from fangzhi.page.items import runs_of_items, trailing_chrome, window_title
from fangzhi.page.kinds import is_headline, stands_alone
from fangzhi.page.line import Line
from fangzhi.page.lines import cut_lines, join_leads, part_headlines, split_lines, split_signatures, unwrap
from fangzhi.page.markdown import without_markdown
from fangzhi.page.mend import mend
from fangzhi.page.records import read_records
from fangzhi.page.repeats import without_repeats
from fangzhi.page.whole import as_one
from fangzhi.text.spans import Mapped

_LETTER = re.compile(r"[^\W\d_]")


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
    head = read_head(read_records(_lines(without_markdown(page))))
    lines, wraps = unwrap(read_foot(head.lines), stands_alone)
    lines = split_signatures(join_leads(captions_within(lines), is_headline))
    found = assemble(as_one(lines) if head.whole else lines, whole=head.whole)
    found.count("line_wrap", wraps)
    for draft in found.drafts:
        draft.paragraphs, mended = mend(draft.paragraphs)
        found.count("torn_paragraph", mended)
    drafts = without_repeats(found.drafts)
    found.count("repeated_article", len(found.drafts) - len(drafts))
    found.drafts = drafts
    assign_headlines(found)
    for draft in found.drafts:
        draft.use_label()
    articles = [draft for draft in found.drafts if _has_words(draft)]
    unassigned = [text for draft in found.drafts if not _has_words(draft) for text in draft.paragraphs]
    unassigned += found.unassigned
    return PageRead(articles, unassigned, found.repairs, found.datelines, found.page)


def _has_words(draft: Draft) -> bool:
    """Whether there is anything to read but numbers and signs."""
    return any(_LETTER.search(paragraph.text) for paragraph in draft.paragraphs)


def _lines(page: Mapped) -> list[Line]:
    """The lines of a page, with what ran together with them set apart."""
    lines = split_lines(page)
    for cuts in (window_title, trailing_chrome, runs_of_items, trailing_byline):
        lines = cut_lines(lines, cuts)
    return part_headlines(lines)
