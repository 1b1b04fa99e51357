"""Which of several units of one name is meant, judged by the units around."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fangzhi.model.codes import PlaceLevel
from fangzhi.place.gazetteer import COUNTRY, Gazetteer, level_of, load_gazetteer, place_id

_ORDER = list(PlaceLevel)


@dataclass(frozen=True)
class PlaceContext:
    """What is known of the place of a page or an article: ids, each possibly unknown."""

    province: str | None = None
    prefecture: str | None = None
    county: str | None = None

    def codes(self) -> list[str]:
        """Codes of the known units, the deepest first."""
        known = (self.county, self.prefecture, self.province)
        return [place.removeprefix(COUNTRY) for place in known if place and place != COUNTRY]


def context_of(code: str) -> PlaceContext:
    """The context that a unit and those above it make."""
    units = {level_of(c): place_id(c) for c in load_gazetteer().lineage(code)}
    levels = (PlaceLevel.PROVINCE, PlaceLevel.PREFECTURE, PlaceLevel.COUNTY)
    return PlaceContext(*(units.get(level) for level in levels))


def depth(code: str) -> int:
    """Levels below the country."""
    return _ORDER.index(level_of(code))


def _scopes(gazetteer: Gazetteer, code: str, level: PlaceLevel) -> Iterator[str]:
    """Units around a unit, down from it, that are of a level; a municipality counts as a prefecture too."""
    for above in gazetteer.lineage(code):
        municipality = level is PlaceLevel.PREFECTURE and gazetteer.name(above).endswith("市")
        if level_of(above) is level or (municipality and level_of(above) is PlaceLevel.PROVINCE):
            yield above


def nearest(gazetteer: Gazetteer, codes: Sequence[str], around: Iterable[str]) -> str | None:
    """The only candidate in the narrowest scope that the units around share with any; nearest unit first."""
    anchors = list(around)
    for level in (PlaceLevel.TOWNSHIP, PlaceLevel.COUNTY, PlaceLevel.PREFECTURE, PlaceLevel.PROVINCE):
        for anchor in anchors:
            for scope in _scopes(gazetteer, anchor, level):
                hits = [code for code in codes if gazetteer.within(code, scope)]
                if hits:
                    return hits[0] if len(hits) == 1 else None
    return None


def highest(codes: Sequence[str]) -> list[str]:
    """The candidates of the highest level among them."""
    top = min(map(depth, codes))
    return [code for code in codes if depth(code) == top]
