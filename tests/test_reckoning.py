"""What is told of a figure beside its value: spec cases kept as data."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fangzhi.model.tables import Observation
from fangzhi.pipeline import extract
from fangzhi.text.source import Document, Given

CASES = list(csv.DictReader((Path(__file__).parent / "cases" / "reckoning.csv").open(encoding="utf-8")))


def read(text: str) -> list[Observation]:
    """The figures of a text, read as a page of 2022."""
    given = Given(publisher="忻州日报", published_on="2022-08-16")
    return extract(Document("page.txt", f"本报讯 {text}".encode(), given)).rows(Observation)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["quote"])
def test_reckoning(case: dict[str, str]) -> None:
    row = next(row for row in read(case["text"]) if row.quote == case["quote"])
    told = {name: getattr(row, name) for name in list(case)[2:]}
    assert {name: str(value) if value is not None else "" for name, value in told.items()} == {
        name: case[name] for name in told
    }


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("2021年，全县新建管网42公里。", "stated"),
        ("2021年，全县大力治水。新建管网42公里。", "carried"),
        ("全县新建管网42公里。", "page"),
    ],
)
def test_the_basis_of_a_period(text: str, basis: str) -> None:
    assert [row.period_basis for row in read(text)] == [basis]


def test_the_subject_is_a_body_or_a_place_with_its_key() -> None:
    body, carried, place = read("河曲县第一中学招生600人。今年毕业500人。\n保德县新建桥梁3座。")
    assert (body.subject, body.subject_place_id) == ("河曲县第一中学", None)
    assert body.subject_organization_id == carried.subject_organization_id is not None
    assert (place.subject, place.subject_place_id) == ("保德县", "cn140931")


def test_a_traditional_measure_has_a_simplified_twin() -> None:
    (row,) = read("全縣新建橋樑12座。")
    assert row.measure_simplified is not None
    assert row.measure_simplified != row.measure
