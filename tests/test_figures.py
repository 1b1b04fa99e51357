"""Figures of whole sentences: what is read, what is left aside, and tables; spec cases kept as data."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fangzhi.lexicons import read_lexicon
from fangzhi.quantity.facts import find_quantities
from fangzhi.text.text import Text

CASES = Path(__file__).parent / "cases"
FIGURES: list[dict[str, Any]] = json.loads((CASES / "figures.json").read_text(encoding="utf-8"))
TABLES: list[dict[str, Any]] = json.loads((CASES / "tables.json").read_text(encoding="utf-8"))
REASONS = {row["word"] for row in read_lexicon("numeral_reasons")}


def _any(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("case", FIGURES, ids=lambda case: case["text"][:24])
def test_figures_of_a_sentence(case: dict[str, Any]) -> None:
    text = case["text"]
    found, _ = find_quantities(Text(text))
    for want in case.get("figures", ()):
        rows = [q for q in found if text[q.start : q.end] in _any(want["quote"])]
        assert rows, (want["quote"], [text[q.start : q.end] for q in found])
        row = rows[0]
        if "value" in want:
            assert row.value in [Decimal(str(v)) for v in _any(want["value"])]
        if "value_max" in want:
            assert row.maximum == (None if want["value_max"] is None else Decimal(str(want["value_max"])))
        if "unit" in want:
            printed = text[row.start : row.end]
            units = [unit or "" for unit in _any(want["unit"])]
            assert row.unit.written in units or any(unit and unit in printed for unit in units)
        if "qualifier" in want:
            assert row.qualifier.value in _any(want["qualifier"])
        if "kind" in want:
            assert row.kind.value == want["kind"]
    for quote in case.get("none", ()):
        read = [text[q.start : q.end] for q in found]
        assert not [one for one in read if quote in one and 2 * len(quote) >= len(one)]


@pytest.mark.parametrize("case", TABLES, ids=lambda case: case["text"][:12])
def test_cells_of_a_table(case: dict[str, Any]) -> None:
    text = case["text"]
    taken = [
        (at, at + len(word)) for word in case["taken"] for at in range(len(text)) if text.startswith(word, at)
    ]
    found, _ = find_quantities(Text(text), taken)
    got = [[text[q.start : q.end], str(q.value), q.unit.written, q.measure] for q in found]
    assert got == case["cells"]


def test_a_cell_knows_its_heads() -> None:
    text = "指标\t2020年\t2019年\n财政收入（万元）\t230\t200"
    found, _ = find_quantities(Text(text), [(3, 8), (9, 14)])
    assert [[text[slice(*head)] for head in q.heads] for q in found] == [
        ["财政收入（万元）", "2020年"], ["财政收入（万元）", "2019年"],
    ]  # fmt: skip


def test_every_reason_is_known_in_both_languages() -> None:
    used = {row["reason"] for row in read_lexicon("quantity_exclusions")}
    assert used <= REASONS
    for row in read_lexicon("numeral_reasons"):
        assert row["reason"].isascii() is False
        assert row["reason_en"].isprintable()
    with (CASES / "no_quantities.csv").open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    for text in [*texts, *(case["text"] for case in FIGURES)]:
        assert {aside.reason for aside in find_quantities(Text(text))[1]} <= REASONS
