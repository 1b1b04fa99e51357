"""The order among readings that compete: weights, how they are fitted, and the command that does it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from command import fangzhi
from rich.console import Console

from fangzhi.evaluate.choices import TEACHERS
from fangzhi.lexicons import read_lexicon
from fangzhi.rank.fit import Case, accuracy, cross_validated, fit
from fangzhi.rank.weights import WEIGHTS, Option, likeliest, load_weights
from fangzhi.run.inputs import InputError
from fangzhi.run.progress import Progress
from fangzhi.run.train import train

PAGE = "清河县修路\n\n　　本报讯 去年，清河县修路42公里。油坊镇植树30亩，建房8套。\n"


def case(page: str, *options: str, right: int) -> Case:
    return Case(page, tuple(frozenset(option.split()) for option in options), frozenset({right}))


def test_the_heaviest_option_wins_and_of_equals_the_first() -> None:
    assert likeliest("nothing known of it", [Option("a", frozenset()), Option("b", frozenset({"x"}))]) == "a"
    heavy, weight = max(load_weights("place").items(), key=lambda row: row[1])
    assert weight > 0
    assert likeliest("place", [Option("a", frozenset()), Option("b", frozenset({heavy}))]) == "b"


def test_what_speaks_for_the_right_ones_weighs_more() -> None:
    cases = [case(f"p{i}", "near", "near first", "first", right=1 if i % 5 else 2) for i in range(40)]
    weights = fit(cases)
    assert weights["first"] > weights["near"] > 0
    assert accuracy(cases, weights) == 0.8
    assert cross_validated(cases) == 0.8
    assert fit(cases) == weights


def test_cases_without_a_right_or_a_wrong_option_teach_nothing_but_count() -> None:
    alone = [case("p", "x", right=0), Case("q", (frozenset("x"), frozenset("y")), frozenset())]
    assert fit(alone) == {}
    assert accuracy(alone, {}) == 0.5


def test_one_page_cannot_be_left_out() -> None:
    assert cross_validated([case("p", "x", "y", right=0)]) == 0.0


def test_the_weights_are_those_of_choices_that_are_made() -> None:
    assert {row["choice"] for row in read_lexicon(WEIGHTS)} <= TEACHERS.keys()


@pytest.fixture
def annotated(tmp_path: Path) -> Path:
    figures = [
        ("42公里", "清河县修路42公里", 42, "公里", "河北省邢台市清河县"),
        ("30亩", "植树30亩", 30, "亩", "河北省邢台市清河县油坊镇"),
        ("8套", "建房8套", 8, "套", "河北省邢台市清河县油坊镇"),
    ]
    told = [
        {
            "id": i,
            "quote": q,
            "context": c,
            "value": v,
            "unit": u,
            "kind": "count",
            "indicator": "x",
            "place": p,
        }
        for i, (q, c, v, u, p) in enumerate(figures)
    ]
    for folder in ("texts", "gold"):
        (tmp_path / folder).mkdir()
    for name in ("one", "two"):
        gold = json.dumps({"doc": name, "observations": told}, ensure_ascii=False)
        (tmp_path / "texts" / f"{name}.txt").write_text(f"{PAGE}　　{name}\n", "utf-8")
        (tmp_path / "gold" / f"{name}.json").write_text(gold, "utf-8")
    return tmp_path


def test_the_command_writes_a_lexicon(annotated: Path) -> None:
    out = annotated / "weights.csv"
    ended = fangzhi("train", annotated / "texts", annotated / "gold", "--choice", "place", "--output", out)
    assert ended.returncode == 0, ended.stderr
    assert all(word in ended.stdout for word in ("cross-validated", "place", "1.000", str(out.name)))
    rows = list(csv.DictReader(out.open(encoding="utf-8")))
    assert {row["choice"] for row in rows} >= {"place"}
    assert all(float(row["weight"]) for row in rows)


def test_a_wrong_call_is_told(annotated: Path) -> None:
    texts, progress = annotated / "texts", Progress(Console(stderr=True))
    with pytest.raises(InputError, match="pairs"):
        train([texts], [], progress)
    with pytest.raises(InputError, match="no such choice"):
        train([texts, annotated / "gold"], ["colour"], progress)
