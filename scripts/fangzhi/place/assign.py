"""Which place a figure belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from fangzhi.model.codes import PlaceLevel
from fangzhi.place.gazetteer import COUNTRY
from fangzhi.place.govern import common, receiver, together, within
from fangzhi.place.options import CHOICE, place_options
from fangzhi.place.resolve import depth
from fangzhi.place.scene import Scene
from fangzhi.rank.weights import likeliest

_SENTENCE_END = re.compile(r"[。！？!?\n]")
_COUNTY = list(PlaceLevel).index(PlaceLevel.COUNTY)
_JOINTS = frozenset("、和及与")


def place_at(position: int, scene: Scene) -> str | None:
    """The id of the place that a figure at a position belongs to: the likeliest of those that compete.

    Several places in a list have theirs together: the article's, if they lie in it, else the county of all;
    what is given belongs where it goes.
    """
    if several := together(position, scene):
        return _of_all(several, scene)
    if there := receiver(position, scene):
        return there
    options = place_options(position, scene)
    return likeliest(CHOICE, options) if options else None


def _of_all(several: Sequence[str | None], scene: Scene) -> str | None:
    whole = common(several)
    if whole and depth(whole.removeprefix(COUNTRY)) >= _COUNTY:
        return whole
    return scene.article if all(within(place, scene.article) for place in several) else None


def shared_out(scene: Scene, figures: Sequence[tuple[int, int]]) -> dict[int, str | None]:
    """Places by the start of the figures that 分别 shares out among them: 甲县、乙县分别增长5%和6%."""
    found: dict[int, str | None] = {}
    for word in re.finditer("分别|分別", scene.text):
        places = together(word.start(), scene)
        run = _joined(scene.text, [f for f in figures if word.end() <= f[0]])
        if places and len(run) == len(places) and not _SENTENCE_END.search(scene.text, word.end(), run[0][0]):
            found |= {figure[0]: place for figure, place in zip(run, places, strict=True)}
    return found


def _joined(text: str, figures: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The figures up to the first that does not follow the one before it in a list."""
    run = list(figures[:1])
    for one, other in pairwise(figures):
        if text[one[1] : other[0]] not in _JOINTS:
            break
        run.append(other)
    return run
