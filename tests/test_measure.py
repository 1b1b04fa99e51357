"""What a figure measures, and the indicator it is linked to: spec cases kept as data."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import pytest

from fangzhi.measure.indicator_words import Ending, endings, indicator_rows
from fangzhi.measure.indicators import indicator_of
from fangzhi.measure.phrase import LONGEST
from fangzhi.measure.reckoning import statistic_of
from fangzhi.model.codes import Kind, Statistic
from fangzhi.model.tables import Observation
from fangzhi.pipeline import extract
from fangzhi.text.source import Document

CASES = list(csv.DictReader((Path(__file__).parent / "cases" / "measures.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['quote']} {case['measure']}")
def test_measure(case: dict[str, str]) -> None:
    rows = extract(Document("case.txt", case["text"].encode())).rows(Observation)
    assert {row.quote: row.measure for row in rows}[case["quote"]] == case["measure"]
    assert all(len(row.measure) <= LONGEST + 6 for row in rows)


@pytest.mark.parametrize(
    ("measure", "unit", "kind", "indicator"),
    [
        ("建成农村排水管网", "公里", Kind.LENGTH, "drains"),
        ("新建供水管网", "公里", Kind.LENGTH, "water_mains"),
        ("农村居民人均可支配收入", "元", Kind.MONEY, "rural_income"),
        ("农村居民人均可支配收入", "%", Kind.RATE, None),
        ("新增公办学位", "个", Kind.COUNT, "school_places"),
        ("会议", "次", Kind.COUNT, "meetings"),
        ("地区生产总值增速", "%", Kind.RATE, "gdp_growth"),
        ("第一产业占地区生产总值比重", "%", Kind.RATIO, "share_of_gdp"),
        ("人均地区生产总值", "元", Kind.MONEY, "gdp_per_head"),
        ("人均一般公共预算收入", "元", Kind.MONEY, None),
        ("地区生产总值下降幅度", "%", Kind.RATE, None),
        ("粮食种植面积", "亩", Kind.AREA, "grain_area"),
        ("粮食种植面积增加", "亩", Kind.AREA, None),
        ("农村低收入家庭人均可支配收入", "元", Kind.MONEY, None),
        ("冲毁道路", "公里", Kind.LENGTH, None),
        ("公路密度", "公里", Kind.LENGTH, None),
        ("发展党员人数", "名", Kind.COUNT, "party_members_new"),
        ("慰问老党员人数", "名", Kind.COUNT, None),
        ("空气质量优良天数", "天", Kind.DURATION, "good_air_days"),
        ("每人每年补贴", "元", Kind.MONEY, "subsidy_rate"),
        ("发放高龄津贴", "元", Kind.MONEY, "subsidies_paid"),
    ],
)
def test_indicator(measure: str, unit: str, kind: Kind, indicator: str | None) -> None:
    statistic = statistic_of(measure, "", unit, kind)
    assert indicator_of(measure, unit, kind, statistic) == indicator


LINKS = list(csv.DictReader((Path(__file__).parent / "cases" / "indicators.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("case", LINKS, ids=lambda case: f"{case['quote']} {case['indicator']}")
def test_link(case: dict[str, str]) -> None:
    rows = extract(Document("case.txt", case["text"].encode())).rows(Observation)
    assert ({row.quote: row.indicator_id for row in rows}[case["quote"]] or "") == case["indicator"]


def test_the_vocabulary_is_whole() -> None:
    rows = list(indicator_rows())
    ids = {row["indicator_id"] for row in rows}
    assert len(ids) == len(rows) >= 600
    for row in rows:
        assert all(row[name] for name in ("name", "name_en", "definition", "definition_en", "kinds")), row
        assert not row["parent_id"] or row["parent_id"] in ids, row
        assert set(row["kinds"].split()) <= set(Kind), row
        assert set(row["statistics"].split()) <= {*Statistic, "per"}, row


def test_no_word_is_claimed_by_two_indicators_alike() -> None:
    def alike(one: Ending, other: Ending) -> bool:
        mine, theirs = one.indicator, other.indicator
        shared = not mine.units or not theirs.units or mine.units & theirs.units
        sized = len(mine.units) == len(theirs.units)
        return bool(
            mine is not theirs
            and mine.kinds & theirs.kinds
            and (one.needs, one.whole) == (other.needs, other.whole)
            and shared
            and sized
        )

    doubtful = [
        (word, one.indicator.indicator_id, other.indicator.indicator_id)
        for word, found in endings().items()
        for one, other in combinations(found, 2)
        if alike(one, other)
    ]
    assert not doubtful
