"""The arithmetic between figures: cases kept as data, read through the whole pipeline."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from fangzhi.model.dataset import Dataset
from fangzhi.model.tables import Check, Observation
from fangzhi.pipeline import combine, extract
from fangzhi.text.source import Document, Given

CASES = json.loads((Path(__file__).parent / "cases" / "checks.json").read_text(encoding="utf-8"))


def build(*pages: str) -> Dataset:
    given = Given(published_on="2021-12-20", publisher="清河日报")
    read = (Document(f"{n}.txt", page.encode(), given) for n, page in enumerate(pages))
    return combine([extract(document) for document in read])


def page(text: str) -> str:
    return f"清河县发展稳步向好\n\n本报讯 {text}\n"


def checks(data: Dataset) -> list[Check]:
    return sorted(data.rows(Check), key=lambda check: check.check_id)


def said(check: Check, values: dict[str, Decimal]) -> str:
    inputs = " ".join(f"{values[key]:f}" for key in check.inputs)
    return f"{check.kind} {inputs} -> {values[check.reported]:f} {check.verdict}"


def values(data: Dataset) -> dict[str, Decimal]:
    return {row.observation_id: row.value for row in data.rows(Observation)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["note"])
def test_checks(case: dict[str, object]) -> None:
    data = build(page(str(case["text"])))
    assert sorted(said(check, values(data)) for check in checks(data)) == sorted(case["checks"])  # type: ignore[call-overload]
