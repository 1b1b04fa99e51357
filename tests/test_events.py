"""Dated happenings: what they are called and when they were; cases kept as data."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fangzhi.model.tables import Event
from fangzhi.page.draft import Draft
from fangzhi.period.calendar import Extent, partial
from fangzhi.period.mention import Anchor
from fangzhi.place.context import page_context
from fangzhi.rows.events import event_rows
from fangzhi.rows.reading import Reading
from fangzhi.text.source import Document
from fangzhi.text.spans import whole
from fangzhi.text.text import Text

_FILE = Path(__file__).parent / "cases" / "events.csv"
CASES = list(csv.DictReader(_FILE.open(encoding="utf-8", newline="")))


def events(text: str, day: str | None, publisher: str | None = None) -> list[Event]:
    document = Document("-", text.encode())
    draft = Draft(paragraphs=[whole(text)])
    return list(
        event_rows(
            Reading(document, draft, 1, Anchor(day), page_context([Text(text)], publisher), Text(text))
        )
    )


def extent(value: str) -> Extent:
    first, _, last = value.partition("/")
    return Extent(partial(first).start, partial(last or first).end)


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_events(case: dict[str, str]) -> None:
    found = events(case["text"], case["date"] or None, case["publisher"] or None)
    wanted = [entry.rpartition(" ") for entry in case["expected"].split(";") if entry]
    assert [row.name for row in found] == [name for name, _, _ in wanted]
    assert [Extent(row.date_start, row.date_end) for row in found] == [extent(day) for _, _, day in wanted]
    assert all(case["text"][row.text_start : row.text_end] == row.quote for row in found)


def test_the_place_that_opens_a_name_is_the_place_of_the_event() -> None:
    (row,) = events("2019年，全省试点铺开。去年3月，泰安市新泰市启动了发放工作。", "2021-05-01", "大众日报")
    assert row.place_id == "cn370982"


def test_a_date_in_every_clause_is_read_in_time() -> None:
    assert len(events("3月10日，县里启动了普查。" * 3000, "2021-03-14")) == 3000
