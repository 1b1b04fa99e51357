"""The vocabulary of indicators as the lexicons hold it, and by which words a measure is looked up in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from fangzhi.lexicons import FOLDER, read_lexicon, words
from fangzhi.model.codes import Kind, Statistic

_LEVELS = "level total cumulative"
_STATISTICS = {"ratio": "share ratio", "rate": "rate_of_change", "age": "level mean"}
"""What an indicator of a kind may be a figure of, where its line does not say more."""
GROWTH = "_growth"
"""Ending of the id of an indicator's growth, which has no line of its own."""


@dataclass(frozen=True)
class Indicator:
    """A line of the vocabulary: what a figure must be to be linked to it."""

    indicator_id: str
    kinds: frozenset[str]
    units: frozenset[str]
    statistics: frozenset[str]
    per: bool
    """Whether it is told per person, household or area: a price, a yield, a subsidy rate."""
    without: tuple[str, ...]
    grows: bool


@dataclass(frozen=True)
class Ending:
    """How a measure ends that may be an indicator: 房屋 with 倒塌 before it, or nothing but 人口."""

    indicator: Indicator
    needs: str
    whole: bool
    acts: bool
    """Whether it is an act or a fate, behind which its bearer may stand: 受伤学生."""


def indicator_rows() -> Iterator[dict[str, str]]:
    """Every line of every room of the vocabulary with its theme, and the growth of those that grow."""
    for path in sorted((FOLDER / "indicators").glob("*.csv")):
        for row in read_lexicon(f"indicators/{path.stem}"):
            full = {**row, "theme_id": path.stem, "dimension": row["kinds"].split()[0]}
            full["statistics"] = statistics_of(row)
            full["units"] = " ".join(sorted(_units(row["units"])))
            yield full
            if row["growth"]:
                yield _growth_row(full)


def statistics_of(row: dict[str, str]) -> str:
    """The statistics that an indicator may be told in."""
    return row["statistics"] or _STATISTICS.get(row["kinds"].split()[0], _LEVELS)


def _growth_row(row: dict[str, str]) -> dict[str, str]:
    """The growth of an indicator, as a percentage of what it was in the period that it is compared with."""
    return {
        **row,
        "indicator_id": row["indicator_id"] + GROWTH,
        "parent_id": row["indicator_id"],
        "name": row["name"] + "增速",
        "name_en": "Growth: " + row["name_en"],
        "definition": f"{row['name']}比基期（多为上年同期）增减的百分比",
        "definition_en": f"Change on the base period, mostly the year before, in per cent: {row['name_en']}",
        "dimension": "rate",
        "units": "%",
        "statistics": "rate_of_change",
    }


@cache
def indicator_ids() -> frozenset[str]:
    """The ids of all indicators."""
    return frozenset(row["indicator_id"] for row in indicator_rows())


@cache
def _groups() -> dict[str, frozenset[str]]:
    found = {row["group"]: frozenset(row["units"].split()) for row in read_lexicon("indicator_units")}
    return {**found, "@people": found["@people"] | frozenset(words("person_nouns"))}


@cache
def _units(written: str) -> frozenset[str]:
    """Units as a line lists them, groups resolved."""
    return frozenset(unit for name in written.split() for unit in _groups().get(name, (name,)))


@cache
def endings() -> dict[str, tuple[Ending, ...]]:
    """The words of all indicators by the ending of a measure that they are looked up with."""
    found: dict[str, list[Ending]] = defaultdict(list)
    for row in (row for path in _rooms() for row in read_lexicon(path)):
        indicator = _indicator(row)
        for word in row["words"].split():
            needs, _, ending = word.lstrip("=~").rpartition("…")
            found[ending].append(Ending(indicator, needs, word[0] == "=", word[0] == "~"))
    return {ending: tuple(entries) for ending, entries in found.items()}


def _rooms() -> list[str]:
    return [f"indicators/{path.stem}" for path in sorted((FOLDER / "indicators").glob("*.csv"))]


def _indicator(row: dict[str, str]) -> Indicator:
    statistics = statistics_of(row).split()
    return Indicator(
        row["indicator_id"],
        frozenset(row["kinds"].split()),
        _units(row["units"]),
        frozenset(statistics),
        "per" in statistics,
        tuple(row["without"].split()),
        bool(row["growth"]),
    )


def may_be(indicator: Indicator, unit: str, kind: Kind, statistic: Statistic, *, per_thing: bool) -> bool:
    """Whether a figure of a unit, kind and statistic can be of an indicator."""
    if kind is Kind.RATE:
        return indicator.grows and statistic is Statistic.RATE_OF_CHANGE
    return (
        kind.value in indicator.kinds
        and (not indicator.units or unit in indicator.units)
        and statistic.value in indicator.statistics
        and (indicator.per or not per_thing)
    )


def of_kind(indicator: Indicator, kind: Kind) -> bool:
    """Whether an indicator is of a figure's kind, whatever its unit: then no shorter ending may win."""
    return indicator.grows if kind is Kind.RATE else kind.value in indicator.kinds
