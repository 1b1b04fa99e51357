"""Articles that a page holds twice, taken once."""

from __future__ import annotations

from collections import defaultdict

from fangzhi.page.draft import Draft
from fangzhi.text.fold import letters

_SHORTEST = 40
"""Letters; two shorter pieces may say the same and be two."""


def without_repeats(drafts: list[Draft]) -> list[Draft]:
    """Articles without those whose whole text stands in another; a headline only one of them has is kept."""
    texts = [letters(draft.body.text) for draft in drafts]
    kept: list[int] = []
    holders: dict[str, list[int]] = defaultdict(list)
    for i in sorted(range(len(drafts)), key=lambda i: -len(texts[i])):
        paragraphs = [letters(paragraph.text) for paragraph in drafts[i].paragraphs]
        alike = holders[paragraphs[0]] if paragraphs and len(texts[i]) >= _SHORTEST else []
        whole = next((k for k in alike if texts[i] in texts[k]), None)
        if whole is not None:
            if drafts[whole].headline.title is None:
                drafts[whole].headline = drafts[i].headline
            continue
        kept.append(i)
        for paragraph in paragraphs:
            holders[paragraph].append(i)
    return [drafts[i] for i in sorted(kept)]
