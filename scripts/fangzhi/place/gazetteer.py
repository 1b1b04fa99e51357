"""The gazetteer: administrative units with their codes, names, parents and points."""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property

from fangzhi.lexicons import FOLDER, read_lexicon
from fangzhi.model.codes import NameBasis, PlaceLevel
from fangzhi.place.abroad import abroad, code_system, is_abroad, parent_abroad

COUNTRY = "cn"
CODE_SYSTEM = "NBS 2023"
#: Provinces that the statistical list leaves out.
GB_SYSTEM = "GB/T 2260-2007"
_LEVELS = {6: PlaceLevel.COUNTY, 9: PlaceLevel.TOWNSHIP, 12: PlaceLevel.VILLAGE}
#: The first digits of Taiwan, Hong Kong and Macao, of which the statistical list has no parts.
OUTSIDE_NBS = frozenset({"71", "81", "82"})
#: Between the code of a listed unit and the name of a part of it that no list has.
UNLISTED = "-"


@dataclass(frozen=True)
class Unit:
    """An administrative unit; its point may be that of the unit named by ``coordinate_precision``."""

    place_id: str
    name: str
    level: PlaceLevel
    name_basis: NameBasis
    code: str | None
    code_system: str | None
    parent_id: str | None
    latitude: Decimal | None
    longitude: Decimal | None
    coordinate_precision: PlaceLevel | None


def place_id(code: str) -> str:
    """The id of the unit of a code; the empty code is the country. Abroad the code is the id."""
    return code if is_abroad(code) else COUNTRY + code


def level_of(code: str) -> PlaceLevel:
    """The level that the form of a code states; of an unlisted place, the end of its name."""
    if not code:
        return PlaceLevel.COUNTRY
    if is_abroad(code):
        return PlaceLevel(abroad()[code]["level"])
    if UNLISTED in code:
        outside = _outside().get(code)
        return outside or next(level for end, level in locality_suffixes().items() if code.endswith(end))
    if len(code) == 6 and code.endswith("0000"):
        return PlaceLevel.PROVINCE
    if len(code) == 6 and code.endswith("00"):
        return PlaceLevel.PREFECTURE
    return _LEVELS[len(code)]


def unlisted(parent: str, name: str) -> str:
    """The code that stands for a place by its simplified name under the code of the unit it lies in."""
    return f"{parent}{UNLISTED}{name}"


@cache
def _outside() -> Mapping[str, PlaceLevel]:
    """Codes and levels of the units of Taiwan and Hong Kong, which the list leaves out."""
    rows = read_lexicon("place_outside")
    return {unlisted(row["parent"], row["name"]): PlaceLevel(row["level"]) for row in rows}


def is_quarter(code: str) -> bool:
    """Whether a code is that of a township of Taiwan or a quarter of Hong Kong."""
    return code in _outside() and level_of(code) is PlaceLevel.TOWNSHIP


@cache
def locality_suffixes() -> Mapping[str, PlaceLevel]:
    """What names of places below townships end in, the longest first, and the level each says."""
    rows = sorted(read_lexicon("place_localities"), key=lambda row: -len(row["suffix"]))
    return {row["suffix"]: PlaceLevel(row["level"]) for row in rows}


def is_local(level: PlaceLevel | None) -> bool:
    """Whether a level is below townships."""
    return level in (PlaceLevel.VILLAGE, PlaceLevel.LOCALITY)


def _above(code: str) -> Iterator[str]:
    """Codes that may be a parent's, nearest first."""
    if len(code) > 9:
        yield code[:9]
    if len(code) > 6:
        yield code[:6]
    for shorter in (code[:4] + "00", code[:2] + "0000"):
        if shorter != code and len(code) >= 6:
            yield shorter
    yield ""


@cache
def villages(province: str) -> Mapping[str, str]:
    """Codes of twelve digits and names of the villages and neighbourhoods of a province of two digits."""
    path = FOLDER / "villages" / f"{province}.csv.xz"
    lines = lzma.decompress(path.read_bytes()).decode().splitlines() if path.exists() else []
    return {code: name for line in lines for code, name in _villages_of(*line.split(","))}


def _villages_of(township: str, *written: str) -> Iterator[tuple[str, str]]:
    """The villages of one line of the file; a name without a number has the one after the last."""
    number = -1
    for entry in written:
        own = re.match(r"\d{3}", entry)
        number = int(own[0]) if own else number + 1
        yield f"{township}{number:03}", entry[3:] if own else entry


class Gazetteer:
    """Look-ups over all units; ids are ``cn`` and the code, ``cn`` alone is the country."""

    def __init__(self, rows: Mapping[str, Mapping[str, str]]) -> None:
        self.rows = rows
        self._parents: dict[str, str] = {}

    def __contains__(self, place: str) -> bool:
        code = place.removeprefix(COUNTRY)
        above, _, name = code.rpartition(UNLISTED)
        if is_abroad(code):
            return code in self.rows
        if above and name.endswith(tuple(locality_suffixes())):
            return above in self
        return not code or code in self.rows or (len(code) == 12 and code in villages(code[:2]))

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """All codes, in order."""
        return tuple(sorted(self.rows))

    def parent(self, code: str) -> str:
        """The code of the unit above; the empty code above provinces and countries."""
        if is_abroad(code):
            return parent_abroad(code) or ""
        if UNLISTED in code:
            return code.rpartition(UNLISTED)[0]
        if code not in self._parents:
            self._parents[code] = next(above for above in _above(code) if not above or above in self.rows)
        return self._parents[code]

    def lineage(self, code: str) -> Iterator[str]:
        """The code itself and those of the units above it, the country left out."""
        while code:
            yield code
            code = self.parent(code)

    def within(self, code: str, above: str) -> bool:
        """Whether a unit is another one or lies in it; all but what is abroad lies in the country."""
        return above in self.lineage(code) if above else not is_abroad(code)

    def name(self, code: str) -> str:
        """The official name of a unit; of a village what it is called."""
        if is_abroad(code):
            return self.rows[code]["name"]
        if UNLISTED in code:
            return code.rpartition(UNLISTED)[2]
        if len(code) == 12:
            return villages(code[:2])[code]
        return self.rows[code]["name"] if code else "中国"

    def unit(self, place: str) -> Unit:
        """The unit of an id. KeyError if there is none."""
        code = place.removeprefix(COUNTRY)
        if not code:
            listed = NameBasis.LISTED
            return Unit(
                COUNTRY, self.name(""), PlaceLevel.COUNTRY, listed, None, None, None, None, None, None
            )
        if is_abroad(code):
            return _unit_abroad(code, self.rows[code])
        name, printed = self.name(code), UNLISTED in code
        system = GB_SYSTEM if code[:2] in OUTSIDE_NBS else CODE_SYSTEM
        point = next((c for c in self.lineage(code) if c in self.rows and self.rows[c]["latitude"]), None)
        return Unit(
            place_id(code), name, level_of(code), NameBasis.PRINTED if printed else NameBasis.LISTED,
            None if printed else code, None if printed else system, place_id(self.parent(code)),
            Decimal(self.rows[point]["latitude"]) if point else None,
            Decimal(self.rows[point]["longitude"]) if point else None,
            level_of(point) if point else None,
        )  # fmt: skip

    def chain(self, place: str) -> tuple[Unit, ...]:
        """The unit and those above it, province first, the country left out."""
        codes = list(self.lineage(place.removeprefix(COUNTRY)))
        return tuple(self.unit(place_id(code)) for code in reversed(codes))

    def full_name(self, place: str) -> str:
        """The names of the chain one after the other: 山西省忻州市保德县."""
        return "".join(unit.name for unit in self.chain(place)) or f"{self.name('')}（全国）"


def _unit_abroad(code: str, row: Mapping[str, str]) -> Unit:
    """A country, region, state or city abroad; a city has a point of its own."""
    latitude, longitude = (Decimal(row[side]) if row[side] else None for side in ("latitude", "longitude"))
    official, system = code_system(code)
    level, above = level_of(code), parent_abroad(code)
    precision = level if latitude else None
    listed = NameBasis.LISTED
    return Unit(code, row["name"], level, listed, official, system, above, latitude, longitude, precision)


def _outside_row(code: str, level: PlaceLevel) -> dict[str, str]:
    """Name and short name: 屏东 for 屏东县."""
    name = code.rpartition(UNLISTED)[2]
    return {"name": name, "short": name[:-1] if level is PlaceLevel.PREFECTURE else ""}


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer of the lexicons, read once."""
    rows = {row["code"]: row for row in read_lexicon("place_units")}
    bare = {"short": "", "alone": "", "latitude": "", "longitude": ""}
    outside = {code: {**bare, **_outside_row(code, level)} for code, level in _outside().items()}
    return Gazetteer(rows | outside | {code: {**bare, **row} for code, row in abroad().items()})
