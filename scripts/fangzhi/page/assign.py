"""Which headline belongs to which text: one assignment over the page, by what they share."""

from __future__ import annotations

from itertools import permutations

from fangzhi.page.assemble import Assembly
from fangzhi.page.draft import Draft
from fangzhi.page.headlines import Headline, likeness

_ENOUGH = 0.3
_ALIEN = 0.15
_CONTRAST = 0.1
_MOST = 7


def assign_headlines(found: Assembly) -> None:
    """Give the loose headlines of a page to its articles; cut an article in two where one more must begin."""
    _move_misplaced(found)
    titled = [headline for headline in found.loose if headline.title]
    headless = [headline for headline in found.loose if not headline.title]
    untitled = [draft for draft in found.drafts if draft.headline.title is None]
    for headline, draft in best_pairs(titled, untitled):
        _give(headline, draft)
        titled.remove(headline)
    for headline in list(titled):
        if draft := _cut_for(headline, found.drafts):
            _give(headline, draft)
            titled.remove(headline)
    for headline in list(headless):
        if draft := _unsigned(found.drafts):
            draft.byline.extend(headline.byline)
            headless.remove(headline)
    found.loose = []
    found.unassigned += [part for headline in [*titled, *headless] for part in headline.parts]


def _give(headline: Headline, draft: Draft) -> None:
    draft.headline = headline
    draft.byline.extend(headline.byline)


def _move_misplaced(found: Assembly) -> None:
    """Of two headlines over one text, the one that says more of an untitled text further on belongs there."""
    for draft in found.drafts:
        headline = draft.headline
        if headline.title and likeness(headline, draft.body.text) < _ALIEN and _best(headline, found.drafts) > _ENOUGH:
            found.loose.append(headline)
            draft.headline = Headline()
            draft.byline.writers = [w for w in draft.byline.writers if w not in headline.byline.writers]
            continue
        if headline.title is None or headline.kicker is None or len(headline.parts) < 2:
            continue
        others = [d for d in found.drafts if d.headline.title is None]
        upper, lower = Headline(title=headline.kicker), Headline(title=headline.title)
        for part, rest in ((upper, lower), (lower, upper)):
            elsewhere = max((likeness(part, d.body.text) for d in others), default=0.0)
            if elsewhere >= _ENOUGH and elsewhere > likeness(part, draft.body.text) + 0.1:
                part.parts, rest.parts = _parts_of(headline, part), _parts_of(headline, rest)
                draft.headline = _with_own_kicker(rest)
                found.loose.append(_with_own_kicker(part))
                break


def _best(headline: Headline, drafts: list[Draft]) -> float:
    return max((likeness(headline, d.body.text) for d in drafts if d.headline.title is None or len(d.paragraphs) > 3), default=0.0)


def _parts_of(headline: Headline, part: Headline) -> list:  # type: ignore[type-arg]
    return [p for p in headline.parts if p.text in (part.title or "")]


def _with_own_kicker(headline: Headline) -> Headline:
    from fangzhi.page.headlines import split_kicker

    kicker, title = split_kicker(headline.title or "")
    return Headline(kicker, title, headline.subtitle, headline.byline, headline.parts)


def best_pairs(headlines: list[Headline], drafts: list[Draft]) -> list[tuple[Headline, Draft]]:
    """The pairs of the assignment with the greatest likeness in all; only those that share enough."""
    table = [[likeness(headline, draft.body.text) for draft in drafts] for headline in headlines]
    if max(len(headlines), len(drafts), 1) > _MOST:
        chosen = _greedy(table)
    else:
        chosen = _exact(table, len(headlines), len(drafts))
    return [(headlines[h], drafts[d]) for h, d in chosen if table[h][d] >= _ENOUGH]


def _exact(table: list[list[float]], rows: int, columns: int) -> list[tuple[int, int]]:
    if rows <= columns:
        choices = (list(enumerate(p)) for p in permutations(range(columns), rows))
    else:
        choices = ([(h, d) for d, h in enumerate(p)] for p in permutations(range(rows), columns))
    return max(choices, key=lambda pairs: sum(table[h][d] for h, d in pairs))


def _greedy(table: list[list[float]]) -> list[tuple[int, int]]:
    ranked = sorted(((score, h, d) for h, row in enumerate(table) for d, score in enumerate(row)), reverse=True)
    chosen: list[tuple[int, int]] = []
    for _, h, d in ranked:
        if all(h != other_h and d != other_d for other_h, other_d in chosen):
            chosen.append((h, d))
    return chosen


def _cut_for(headline: Headline, drafts: list[Draft]) -> Draft | None:
    """The part of an article that a headline left over speaks of, cut off as an article of its own."""
    cuts = [(*cut, draft) for draft in drafts if (cut := _best_cut(headline, draft))]
    if not cuts:
        return None
    contrast, at, draft = max(cuts, key=lambda cut: cut[0])
    if contrast < _CONTRAST:
        return None
    rest = draft.split(at)
    drafts.insert(drafts.index(draft) + 1, rest)
    first = likeness(headline, draft.body.text) >= likeness(headline, rest.body.text)
    if first:
        rest.headline, draft.headline = draft.headline, Headline()
        rest.byline.extend(rest.headline.byline)
        draft.byline.writers = [w for w in draft.byline.writers if w not in rest.headline.byline.writers]
        return draft
    return rest


def _unsigned(drafts: list[Draft]) -> Draft | None:
    """The article that a byline left over signs: one without any, or one to be cut off where the headline's words end."""
    for draft in drafts:
        if not draft.byline.is_known and draft.headline.title is None:
            return draft
    cuts = [(*cut, draft) for draft in drafts if draft.headline.title and (cut := _best_cut(draft.headline, draft))]
    if not cuts:
        return None
    contrast, at, draft = max(cuts, key=lambda cut: cut[0])
    if contrast < _CONTRAST:
        return None
    rest = draft.split(at)
    drafts.insert(drafts.index(draft) + 1, rest)
    if likeness(draft.headline, draft.body.text) < likeness(draft.headline, rest.body.text):
        rest.headline, draft.headline = draft.headline, Headline()
        rest.byline, draft.byline = draft.byline, type(draft.byline)()
        return draft
    return rest


def _best_cut(headline: Headline, draft: Draft) -> tuple[float, int] | None:
    """Where the paragraphs that a headline speaks of part best from the others: contrast from 0 to 1, and where."""
    shares = [likeness(headline, paragraph.text) for paragraph in draft.paragraphs]
    if len(shares) < 3:
        return None
    cuts = ((abs(_mean(shares[:at]) - _mean(shares[at:])), at) for at in range(1, len(shares)))
    return max(cuts)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
