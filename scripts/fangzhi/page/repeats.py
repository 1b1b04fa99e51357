"""Articles that a page holds twice, taken once."""

from __future__ import annotations

from fangzhi.page.draft import Draft
from fangzhi.text.fold import letters

_SHORTEST = 40
"""Letters; two shorter pieces may say the same and be two."""


def without_repeats(drafts: list[Draft]) -> list[Draft]:
    """Articles without those whose whole text stands in another; a headline only one of them has is kept."""
    texts = [letters(draft.body.text) for draft in drafts]
    kept: list[int] = []
    for i in sorted(range(len(drafts)), key=lambda i: -len(texts[i])):
        whole = next((k for k in kept if len(texts[i]) >= _SHORTEST and texts[i] in texts[k]), None)
        if whole is None:
            kept.append(i)
        elif drafts[whole].headline.title is None:
            drafts[whole].headline = drafts[i].headline
    return [drafts[i] for i in sorted(kept)]
