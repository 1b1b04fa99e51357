"""One bad row never costs the rest: it becomes an issue, and what else the page says is published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from fangzhi import pipeline
from fangzhi.model.codes import IssueKind
from fangzhi.model.dataset import Dataset
from fangzhi.model.soundness import flaws
from fangzhi.model.table import Row
from fangzhi.model.tables import Article, Event, Issue, Observation, System, SystemComponent
from fangzhi.pipeline import extract
from fangzhi.rows.reading import Reading
from fangzhi.text.source import Document

PAGE = "2021年3月5日，清河县培训农民1200人，建成水库3座。县里推行“一户一策”帮扶机制，包括产业帮扶、就业帮扶。"


def read() -> Dataset:
    return extract(Document("page.txt", PAGE.encode()))


def of_kind(data: Dataset, kind: IssueKind) -> list[Issue]:
    return [issue for issue in data.rows(Issue) if issue.kind is kind]


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"period_start": date(1990, 1, 1), "period_end": date(1909, 1, 1)}, "period_end"),
        ({"text_end": 0}, "text_end"),
        ({"quote": "1201人"}, "quote"),
        ({"place_id": "nowhere"}, "place_id"),
        ({"value_max": 3}, "value_max"),
    ],
)
def test_a_row_knows_its_flaws(change: dict[str, object], column: str) -> None:
    data = read()
    row = next(row for row in data.rows(Observation) if row.quote == "1200人")
    text = data.rows(Article)[0].text
    assert flaws(row, text) == []
    assert column in flaws(row.model_copy(update=change), text)


def test_a_bad_row_becomes_an_issue(monkeypatch: pytest.MonkeyPatch) -> None:
    def spoiled(reading: Reading) -> Iterator[Row]:
        for row in good(reading):
            bad = {"period_start": date(2021, 1, 1), "period_end": date(1999, 1, 1)}
            yield row.model_copy(update=bad) if row.quote == "3座" else row

    good = pipeline.observations
    monkeypatch.setattr(pipeline, "BUILDERS", (spoiled, *pipeline.BUILDERS[1:]))
    data = read()
    assert [row.quote for row in data.rows(Observation)] == ["1200人"]
    (issue,) = of_kind(data, IssueKind.UNSOUND)
    assert issue.quote == "3座"
    assert "period_end" in issue.reason
    assert "period_end" in (issue.reason_en or "")


def test_what_refers_to_a_bad_row_goes_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def spoiled(reading: Reading) -> Iterator[Row]:
        for row in pipeline.system_rows(reading):
            yield row.model_copy(update={"quote": "别的话"}) if isinstance(row, System) else row

    assert read().rows(SystemComponent)
    monkeypatch.setattr(pipeline, "BUILDERS", (pipeline.observations, spoiled))
    data = read()
    assert not data.rows(System)
    assert not data.rows(SystemComponent)
    assert len(data.rows(Observation)) == 2


def test_a_builder_that_fails_costs_its_own_rows_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(reading: Reading) -> Iterator[Row]:
        raise ValueError(f"no such day in {reading.article_id}")

    monkeypatch.setattr(pipeline, "BUILDERS", (*pipeline.BUILDERS[:-1], broken))
    data = read()
    assert len(data.rows(Observation)) == 2
    assert not data.rows(Event)
    (issue,) = of_kind(data, IssueKind.FAILED)
    assert "no such day" in issue.reason
