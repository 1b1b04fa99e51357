"""The places that a figure may belong to, and what speaks for each: what ``place`` weighs (see `rank`)."""

from __future__ import annotations

from collections.abc import Iterator

from fangzhi.place.gazetteer import COUNTRY, level_of
from fangzhi.place.govern import governor, may_govern, within
from fangzhi.place.scene import Scene, Told
from fangzhi.rank.weights import Option

CHOICE = "place"
#: How far back in its paragraph a figure's place is looked for, in characters.
_FAR = 1000
#: How many places that the paragraph before spoke of last may go on.
_LAST = 3


def place_options(position: int, scene: Scene) -> list[Option[str]]:
    """The places that compete for a figure at a position, with their features."""
    start = scene.paragraph_start(position)
    near = [t for t in scene.between(max(start, position - _FAR), position) if may_govern(t, position, scene)]
    before = [t for t in scene.between(max(0, start - _FAR), start) if t.governs and t.code][-_LAST:]
    shared = _Shared(scene, position, near, before)
    places = dict.fromkeys(t.place_id for t in (*near[::-1], *before[::-1]))
    wide = (shared.governor, scene.article, *sorted(scene.headline), scene.page)
    places.update(dict.fromkeys(filter(None, wide)))
    return [Option(place, frozenset(shared.features(place))) for place in places]


class _Shared:
    """What the features of all places have in common for one figure."""

    def __init__(self, scene: Scene, position: int, near: list[Told], before: list[Told]) -> None:
        self.scene, self.position, self.near, self.before = scene, position, near, before
        self.clause, self.sentence = scene.clause(position), scene.sentence(position)
        self.last = near[-1].place_id if near else None
        leading = [t for t in near if t.leads]
        self.governor = governor(position, scene)
        self.leading = leading[-1].place_id if leading else None

    def features(self, place: str) -> Iterator[str]:
        """The features of one place."""
        own = [t for t in self.near if t.place_id == place]
        for told in own[-2:]:
            yield f"{'leads' if told.leads else 'inside'} {self.where(told)}"
        if any(t.place_id == place for t in self.before):
            yield "paragraph before"
        if place == self.governor:
            yield "governs"
        elif self.governor is None and place == self.scene.article:
            yield "article's, nothing governs"
        if place == self.last:
            yield "named last"
        if place == self.leading:
            yield "led last"
        elif self.leading and within(place, self.leading):
            yield "part of what led last"
        yield from self.standing(place)

    def where(self, told: Told) -> str:
        """How far from the figure a mention stands."""
        if self.scene.clause(told.start) == self.clause:
            return "clause"
        back = self.sentence - self.scene.sentence(told.start)
        return ("sentence", "sentence before", "two sentences before")[back] if back < 3 else "paragraph"

    def standing(self, place: str) -> Iterator[str]:
        """What a place is to the article and its page."""
        code = place.removeprefix(COUNTRY)
        yield level_of(code).value
        if place in self.scene.headline:
            yield "headline"
        if place == self.scene.page:
            yield "page's"
        if place == self.scene.article:
            yield "article's"
        elif self.scene.article and within(place, self.scene.article):
            yield "part of article's"
        elif self.scene.article and within(self.scene.article, place):
            yield "above article's"
