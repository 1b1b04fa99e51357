"""Whether a figure was reached, is aimed at, prescribed or a capacity: spec cases kept as data."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fangzhi.quantity.facts import find_quantities
from fangzhi.rows.standing import statuses
from fangzhi.text.text import Text

CASES = list(csv.DictReader((Path(__file__).parent / "cases" / "statuses.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['number']} {case['status']}")
def test_status(case: dict[str, str]) -> None:
    text = case["text"]
    figures, _ = find_quantities(Text(text))
    found = statuses(Text(text), Text(case["headline"]), figures, [None] * len(figures))
    named = zip(figures, found, strict=True)
    assert [s for q, s in named if case["number"] in text[q.start : q.end]] == [case["status"]]
