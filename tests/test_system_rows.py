"""Who runs a named system, which figures are its own, and what several articles tell of one programme."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fangzhi.model.codes import SystemEvidence
from fangzhi.model.dataset import Dataset
from fangzhi.model.tables import Observation, Organization, Programme, System, SystemObservation
from fangzhi.pipeline import combine, extract
from fangzhi.text.source import Document, Given

OWNERS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "cases/owners.json").read_text(encoding="utf-8")
)


def read(text: str, day: str = "2021-03-20", publisher: str | None = None, path: str = "a.txt") -> Dataset:
    return extract(Document(path, text.encode(), Given(publisher=publisher, published_on=day)))


def figures(data: Dataset, name: str) -> dict[str, SystemEvidence]:
    """The figures of the system whose name holds a word, each with its evidence."""
    told = {row.observation_id: row.quote for row in data.rows(Observation)}
    keys = {row.system_id for row in data.rows(System) if name in row.name}
    return {
        str(told[row.observation_id]): row.evidence
        for row in data.rows(SystemObservation)
        if row.system_id in keys
    }


@pytest.mark.parametrize("case", OWNERS, ids=[case["names"][0] for case in OWNERS])
def test_owner(case: dict[str, Any]) -> None:
    systems = read(case["text"], publisher=case["publisher"]).rows(System)
    (row,) = (row for row in systems if row.name in case["names"])
    assert row.owner in case["owners"]


def test_an_owner_refers_to_its_row_and_a_system_has_its_sentence() -> None:
    data = read("隆回县公安局推行“警灯闪烁”巡防机制，夜间发案下降三成。")
    (row,) = data.rows(System)
    assert row.owner_organization_id in {body.organization_id for body in data.rows(Organization)}
    assert row.owner_place_id is None
    assert row.sentence == "隆回县公安局推行“警灯闪烁”巡防机制，夜间发案下降三成。"


def test_a_figure_belongs_to_the_system_named_last_before_it() -> None:
    data = read("柞水县建立“田间课堂”培训制度，听课900人，又开通“农事通”服务平台，受理求助300件。")
    assert figures(data, "田间课堂") == {"900人": SystemEvidence.NAMED}
    assert figures(data, "农事通") == {"300件": SystemEvidence.NAMED}


def test_a_sentence_that_goes_on_has_the_system_of_the_one_before() -> None:
    text = "射阳县推出“渔光互补”模式，装机20万千瓦。目前，已发电3亿千瓦时。射阳县小学增加到42所。"
    found = figures(read(text), "渔光互补")
    assert found == {"20万千瓦": SystemEvidence.NAMED, "3亿千瓦时": SystemEvidence.CONTINUED}


def test_a_programme_of_several_articles_is_one_row() -> None:
    first = read("射阳县发放“银龄助餐”消费券3000张。", "2021-03-20")
    second = read("滨海县发放“银龄助餐”消费券5000张。", "2021-06-01", path="b.txt")
    data = combine([first, second])
    (row,) = data.rows(Programme)
    assert (row.article_count, row.first_seen, row.last_seen) == (2, "2021-03-20", "2021-06-01")
    assert row.place_ids == sorted({s.place_id for s in data.rows(System) if s.place_id})
    assert len(row.place_ids) == 2
    assert {s.programme_id for s in data.rows(System)} == {row.programme_id}


def test_what_one_article_tells_of_is_no_programme() -> None:
    data = combine([read("射阳县发放“银龄助餐”消费券3000张。")])
    assert not data.rows(Programme)
