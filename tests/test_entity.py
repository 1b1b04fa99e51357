"""Organizations and people: which names become rows, and which do not."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fangzhi.entity.organizations import find_organizations
from fangzhi.entity.people import find_people

_FILE = Path(__file__).parent / "cases" / "entities.csv"
CASES = list(csv.DictReader(_FILE.open(encoding="utf-8", newline="")))


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_names(case: dict[str, str]) -> None:
    text = case["text"]
    found = find_organizations(text) if case["kind"] == "organization" else find_people(text)
    assert [mention.name for mention in found] == case["names"].split()
    assert [text[mention.start : mention.end] for mention in found] == case["names"].split()
