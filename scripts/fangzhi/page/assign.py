"""Which headline belongs to which text: one assignment over the page, by what they share."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, permutations

from fangzhi.model.codes import ArticleKind
from fangzhi.page.bylines import Byline
from fangzhi.page.draft import Assembly, Draft
from fangzhi.page.headlines import ALIEN, ENOUGH, LITTLE, Headline, likeness, split_kicker
from fangzhi.text.spans import Mapped

_CONTRAST = 0.5
_MOST = 7
_NEAR = 40
"""Articles above and below among which the text of a misplaced headline is looked for."""


def assign_headlines(found: Assembly) -> None:
    """Give the loose headlines of a page to its articles; cut an article in two where one more must begin."""
    _move_misplaced(found)
    titled = [headline for headline in found.loose if headline.title]
    headless = [headline for headline in found.loose if not headline.title]
    untitled = [draft for draft in found.drafts if draft.headline.title is None]
    for headline, draft in best_pairs(titled, untitled):
        _give(headline, draft)
        titled.remove(headline)
    for headline, draft in _telling_pairs(titled, untitled):
        _give(headline, draft)
        titled.remove(headline)
    for headline in list(titled):
        if part := _cut_for(headline, found.drafts):
            _give(headline, part)
            titled.remove(headline)
    for headline in list(headless):
        if signed := _unsigned(found.drafts):
            signed.byline.extend(headline.byline)
            headless.remove(headline)
    found.loose = []
    found.unassigned += [part for headline in [*titled, *headless] for part in headline.parts]


def _give(headline: Headline, draft: Draft) -> None:
    draft.headline = headline
    draft.byline.extend(headline.byline)


def _move_misplaced(found: Assembly) -> None:
    """Of two headlines over one text, the one that says more of an untitled text further on belongs there."""
    for i, draft in enumerate(found.drafts):
        headline = draft.headline
        near = found.drafts[max(0, i - _NEAR) : i + _NEAR]
        if headline.title and likeness(headline, draft.body.text) < ALIEN and _best(headline, near) > ENOUGH:
            found.loose.append(headline)
            draft.headline = Headline()
            draft.byline.writers = [w for w in draft.byline.writers if w not in headline.byline.writers]
            continue
        if headline.title is None or headline.kicker is None or len(headline.parts) < 2:
            continue
        others = [d for d in near if d.headline.title is None]
        upper, lower = Headline(title=headline.kicker), Headline(title=headline.title)
        for part, rest in ((upper, lower), (lower, upper)):
            elsewhere = max((likeness(part, d.body.text) for d in others), default=0.0)
            if elsewhere >= ENOUGH and elsewhere > likeness(part, draft.body.text) + 0.1:
                part.parts, rest.parts = _parts_of(headline, part), _parts_of(headline, rest)
                draft.headline = _with_own_kicker(rest)
                found.loose.append(_with_own_kicker(part))
                break


def _best(headline: Headline, drafts: list[Draft]) -> float:
    return max(
        (
            likeness(headline, d.body.text)
            for d in drafts
            if d.headline.title is None or len(d.paragraphs) > 3
        ),
        default=0.0,
    )


def _parts_of(headline: Headline, part: Headline) -> list[Mapped]:
    return [p for p in headline.parts if p.text in (part.title or "")]


def _with_own_kicker(headline: Headline) -> Headline:
    kicker, title = split_kicker(headline.title or "")
    return Headline(kicker, title, headline.subtitle, headline.byline, headline.parts)


def best_pairs(headlines: list[Headline], drafts: list[Draft]) -> list[tuple[Headline, Draft]]:
    """The pairs of the assignment with the greatest likeness in all; only those that share enough."""
    table = [[likeness(headline, draft.body.text) for draft in drafts] for headline in headlines]
    if max(len(headlines), len(drafts), 1) > _MOST:
        chosen = _greedy(table)
    else:
        chosen = _exact(table, len(headlines), len(drafts))
    return [(headlines[h], drafts[d]) for h, d in chosen if table[h][d] >= ENOUGH]


def _telling_pairs(headlines: list[Headline], drafts: list[Draft]) -> list[tuple[Headline, Draft]]:
    """Of what is left, the pairs that share little but share it with nothing else."""
    left = [draft for draft in drafts if draft.headline.title is None]
    text_only = [draft for draft in left if draft.kind is not ArticleKind.PHOTO]
    table = [[likeness(headline, draft.body.text) for draft in drafts] for headline in headlines]
    chosen = _greedy(table) if headlines and left else []
    found = []
    for h, d in chosen:
        others = max((score for i, score in enumerate(table[h]) if i != d), default=0.0)
        last = text_only == [drafts[d]] and len(headlines) == 1 and table[h][d] >= ALIEN
        if drafts[d] in left and (last or table[h][d] >= max(LITTLE, 2 * others)):
            found.append((headlines[h], drafts[d]))
    return found


def _exact(table: list[list[float]], rows: int, columns: int) -> list[tuple[int, int]]:
    if rows <= columns:
        choices = (list(enumerate(p)) for p in permutations(range(columns), rows))
    else:
        choices = ([(h, d) for d, h in enumerate(p)] for p in permutations(range(rows), columns))
    return max(choices, key=lambda pairs: sum(table[h][d] for h, d in pairs))


def _greedy(table: list[list[float]]) -> list[tuple[int, int]]:
    ranked = sorted(
        ((score, h, d) for h, row in enumerate(table) for d, score in enumerate(row)), reverse=True
    )
    chosen: list[tuple[int, int]] = []
    for _, h, d in ranked:
        if all(h != other_h and d != other_d for other_h, other_d in chosen):
            chosen.append((h, d))
    return chosen


def _cut_for(headline: Headline, drafts: list[Draft]) -> Draft | None:
    """The part of an article that a headline left over speaks of, cut off as an article of its own."""
    cut = max(
        (c for draft in drafts if (c := _best_cut(draft, headline))), key=lambda c: c.contrast, default=None
    )
    if cut is None or cut.contrast < _CONTRAST:
        return None
    before, after = _apply(cut, drafts)
    return before if cut.first else after


def _unsigned(drafts: list[Draft]) -> Draft | None:
    """The article that a byline left over signs: one without any, or one cut off where a headline ends."""
    for draft in drafts:
        if not draft.byline.is_known and draft.headline.title is None:
            return draft
    cuts = [c for draft in drafts if draft.headline.title and (c := _best_cut(draft, None))]
    cut = max(cuts, key=lambda c: c.contrast, default=None)
    if cut is None or cut.contrast < _CONTRAST:
        return None
    before, after = _apply(cut, drafts)
    return before if cut.first else after


@dataclass(frozen=True)
class _Cut:
    """Where an article falls in two: how clearly, before which paragraph, and which part is new."""

    contrast: float
    at: int
    first: bool
    draft: Draft


def _best_cut(draft: Draft, new: Headline | None) -> _Cut | None:
    """The cut that best parts what the article's own headline speaks of from what the new one does.

    The place where the cumulative sum of what a paragraph shares more with one than with the other turns.
    """
    own = [likeness(draft.headline, p.text) for p in draft.paragraphs]
    other = [likeness(new, p.text) if new else 0.0 for p in draft.paragraphs]
    if len(own) < 3:
        return None
    lean = [b - a for a, b in zip(own, other, strict=True)]
    middle = sum(lean) / len(lean)
    turns = list(accumulate(value - middle for value in lean))[:-1]
    at, turn = max(enumerate(turns, 1), key=lambda found: abs(found[1]))
    return _Cut(abs(turn), at, turn > 0, draft)


def _apply(cut: _Cut, drafts: list[Draft]) -> tuple[Draft, Draft]:
    """Cut a draft; its headline and writers go with the part that is not new."""
    rest = cut.draft.split(cut.at)
    drafts.insert(drafts.index(cut.draft) + 1, rest)
    if cut.first:
        rest.headline, cut.draft.headline = cut.draft.headline, Headline()
        if rest.headline.byline.is_known:
            rest.byline = rest.headline.byline
            cut.draft.byline = Byline(
                None if rest.byline.credit == cut.draft.byline.credit else cut.draft.byline.credit
            )
            cut.draft.byline.writers = [w for w in cut.draft.byline.writers if w not in rest.byline.writers]
    return cut.draft, rest
