"""The places that a figure may belong to, and what speaks for each: what ``place`` weighs (see `rank`)."""

from __future__ import annotations

from collections.abc import Iterator

from fangzhi.place.govern import carried, governor, may_govern, within
from fangzhi.place.scene import Scene
from fangzhi.rank.weights import Option

CHOICE = "place"
#: How far back in its paragraph a figure's place is looked for, in characters.
_FAR = 1000
#: How many places that the paragraph before spoke of last may go on.
_LAST = 3


def place_options(position: int, scene: Scene) -> list[Option[str]]:
    """The places that compete for a figure at a position, with their features, the nearest first."""
    start = scene.paragraph_start(position)
    near = [t for t in scene.between(max(start, position - _FAR), position) if may_govern(t, position, scene)]
    told = scene.between(max(0, start - _FAR), start)
    before = (carried(scene, start) if scene.article else [t for t in told if t.governs and t.code])[-_LAST:]
    governs = governor(position, scene)
    places = dict.fromkeys(t.place_id for t in (*near[::-1], *before[::-1]))
    wide = (governs, scene.article, *sorted(scene.headline), scene.page)
    places.update(dict.fromkeys(filter(None, wide)))
    return [Option(place, frozenset(_features(place, scene, governs))) for place in places]


def _features(place: str, scene: Scene, governs: str | None) -> Iterator[str]:
    """What speaks for a place or against it, beside the one that governs by the order of the sentence."""
    if place == governs:
        yield "governs"
    if place == scene.article:
        yield "article's" if governs else "article's, nothing governs"
    elif scene.article and within(scene.article, place):
        yield "above article's"
