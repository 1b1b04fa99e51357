"""A paragraph added to an article: as its next, as the rest of its last, or not again."""

from __future__ import annotations

from fangzhi.page.draft import Draft
from fangzhi.page.mend import goes_on, is_torn
from fangzhi.text.spans import Mapped, join

_TELLING_LENGTH = 40
"""Characters of a paragraph that is not printed twice by chance."""
_REMEMBERED = 400
"""Paragraphs among which one printed again is looked for."""


def add_paragraph(draft: Draft, body: Mapped) -> list[str]:
    """Add a paragraph, if it holds anything; the names of the repairs this took."""
    if not len(body):
        return []
    first = _first_print(draft, body)
    repeated = [] if first is None else ["repeated_paragraph"]
    if first is not None:
        if first == len(draft.paragraphs) - 1 or not is_torn(draft.paragraphs[-1].text):
            return repeated
        del draft.paragraphs[first]
    last = draft.paragraphs[-1] if draft.paragraphs else None
    if last is not None and goes_on(last.text, body.text):
        draft.paragraphs[-1] = join([last, body])
        return [*repeated, "torn_paragraph"]
    draft.paragraphs.append(body)
    return repeated


def _first_print(draft: Draft, body: Mapped) -> int | None:
    """Where a paragraph of some length stands already.

    It is taken once: behind one that is torn off, else where it first stood.
    """
    if len(body) < _TELLING_LENGTH:
        return None
    before = enumerate(draft.paragraphs[-_REMEMBERED:], max(0, len(draft.paragraphs) - _REMEMBERED))
    return next((i for i, p in before if p.text == body.text), None)
