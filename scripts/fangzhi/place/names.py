"""All names of all units, for looking up what stands at a position of a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from fangzhi.lexicons import read_lexicon, words
from fangzhi.model.codes import PlaceLevel
from fangzhi.place.abroad import is_abroad
from fangzhi.place.gazetteer import Gazetteer, level_of, load_gazetteer, villages

#: What a township may have been called before it changed its kind.
_FORMER_TOWNSHIP = {"镇": ("乡",), "街道": ("镇", "乡"), "乡": ("镇",), "地区": ("乡", "镇")}
_FORMER_COUNTY = ("县", "市")
_VILLAGE = ("村", "社区", "嘎查")


#: A regiment of the Xinjiang corps, 兵团一五二团, and how its number is written: 152团.
_REGIMENT = re.compile(r"(?<=[团师])[一二三四五六七八九零〇]{2,3}团$")
_DIGITS = str.maketrans("一二三四五六七八九零〇", "12345678900")


class Form(Enum):
    """How a name is written: with its suffix, as it was before a change of kind, or short; or a village's."""

    FULL = 1
    FORMER = 2
    SHORT = 3
    VILLAGE = 4


@dataclass(frozen=True)
class Name:
    """A way of writing one or several units."""

    text: str
    form: Form
    codes: tuple[str, ...]


@cache
def _peoples() -> re.Pattern[str]:
    return re.compile(rf"(?<=..)(?:{'|'.join(words('place_peoples'))})+乡$")


@cache
def _abbreviations() -> Mapping[str, tuple[str, ...]]:
    """Customary short forms of long names, by the full name."""
    found: dict[str, tuple[str, ...]] = {}
    for row in read_lexicon("place_abbreviations"):
        found[row["name"]] = (*found.get(row["name"], ()), row["abbreviation"])
    return found


def _official(code: str, row: Mapping[str, str]) -> Iterator[str]:
    """The name in full, and without the peoples: 恩施州, 大通县, 宁夏自治区; a regiment's by its number."""
    name, short = row["name"], row["short"]
    yield name
    yield from _abbreviations().get(name, ())
    if regiment := _REGIMENT.search(name):
        yield from (regiment[0], regiment[0].translate(_DIGITS))
    if len(code) > 6:
        if (bare := _peoples().sub("乡", name)) != name:
            yield bare
    elif "自治" in name and (brief := short + ("自治区" if name.endswith("区") else name[-1])) != name:
        yield brief


def _former(code: str, row: Mapping[str, str]) -> Iterator[str]:
    """What the unit may have been called before: 铜山县 for 铜山区, 宋家沟乡 for 宋家沟镇."""
    name, short = row["name"], row["short"]
    if len(code) > 6:
        for suffix, older in _FORMER_TOWNSHIP.items():
            if name.endswith(suffix):
                yield from (name.removesuffix(suffix) + old for old in older)
    elif not code.endswith("00") and name[-1] in "区市" and len(short) > 1:
        yield from (short + old for old in _FORMER_COUNTY if not name.endswith(old))


class NameIndex:
    """Names by their first two characters."""

    def __init__(self, forms: Mapping[Form, Mapping[str, Sequence[str]]]) -> None:
        self._forms = forms
        self._lengths = _lengths(name for table in forms.values() for name in table)

    @classmethod
    def of_units(cls, gazetteer: Gazetteer) -> NameIndex:
        """Official, former and short names of all units down to townships."""
        full: dict[str, list[str]] = defaultdict(list)
        former: dict[str, list[str]] = defaultdict(list)
        short: dict[str, list[str]] = defaultdict(list)
        for code, row in gazetteer.rows.items():
            if is_abroad(code):
                into = short if level_of(code) is PlaceLevel.CITY else full
                for name in filter(None, (row["name"], *row["also"].split("|"))):
                    into[name].append(code)
                continue
            for name in _official(code, row):
                full[name].append(code)
            for name in _former(code, row):
                former[name].append(code)
            if len(row["short"]) > 1:
                short[row["short"]].append(code)
        return cls({Form.FULL: full, Form.FORMER: former, Form.SHORT: short})

    @classmethod
    def of_villages(cls, counties: frozenset[str]) -> NameIndex:
        """The villages and neighbourhoods of some counties."""
        found: dict[str, list[str]] = defaultdict(list)
        for county in sorted(counties):
            for code, name in _villages_by_county(county[:2]).get(county, ()):
                found[name].append(code)
        return cls({Form.VILLAGE: found})

    def __contains__(self, pair: str) -> bool:
        """Whether any name begins with two characters."""
        return pair in self._lengths

    def at(self, text: str, start: int) -> Iterator[Name]:
        """Names that stand at a position, the longest first, official before former before short."""
        for length in self._lengths.get(text[start : start + 2], ()):
            written = text[start : start + length]
            if len(written) == length:
                for form, table in self._forms.items():
                    if codes := table.get(written):
                        yield Name(written, form, tuple(codes))


def _lengths(names: Iterator[str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = defaultdict(set)
    for name in names:
        if len(name) > 1:
            found[name[:2]].add(len(name))
    return {start: tuple(sorted(lengths, reverse=True)) for start, lengths in found.items()}


@cache
def _villages_by_county(province: str) -> Mapping[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for code, name in villages(province).items():
        if name.endswith(_VILLAGE) and 1 < len(name) < 9:
            found[load_gazetteer().parent(code[:9])].append((code, name))
    return found


@lru_cache(maxsize=64)
def load_villages(counties: frozenset[str]) -> NameIndex:
    """The index over the villages of some counties."""
    return NameIndex.of_villages(counties)


@cache
def load_names() -> NameIndex:
    """The index over the gazetteer of the lexicons, made once."""
    return NameIndex.of_units(load_gazetteer())
