"""Mentions of time, which figures they hold for, and the dates of pages: cases kept as data."""

from __future__ import annotations

import csv
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fangzhi.lexicons import read_lexicon
from fangzhi.period.calendar import partial
from fangzhi.period.datetimes import find_datetimes
from fangzhi.period.find import find_periods
from fangzhi.period.govern import figure_period, period_at
from fangzhi.period.lunar import holiday_extent, holidays
from fangzhi.period.mention import Anchor, PeriodMention
from fangzhi.period.page_date import date_of_page
from fangzhi.period.report import report_span
from fangzhi.period.scan import events
from fangzhi.period.topic import find_topics
from fangzhi.text.text import Text

CASES = Path(__file__).parent / "cases"


def rows(name: str) -> list[dict[str, str]]:
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{k: cell.replace("\\n", "\n") for k, cell in row.items()} for row in csv.DictReader(file)]


def days(value: str) -> tuple[date | None, date | None]:
    """``2021-01/2021-06`` as first and last day; ``..`` is open, ``?`` unresolved."""
    if value == "?":
        return None, None
    first, _, last = value.partition("/")
    last = last or first
    return None if first == ".." else partial(first).start, None if last == ".." else partial(last).end


def said(mention: PeriodMention, with_role: bool) -> tuple[object, ...]:
    found = (mention.text, mention.date_start, mention.date_end)
    return (*found, mention.role.value) if with_role else found


@pytest.mark.parametrize("case", rows("periods"), ids=lambda case: f"{case['text'][:24]} {case['anchor']}")
def test_periods(case: dict[str, str]) -> None:
    found = find_periods(Text(case["text"]), Anchor(case["anchor"] or None))
    want = [entry.rpartition("=") for entry in case["expected"].split(";") if entry]
    roles = [value.partition(" ")[2] for _, _, value in want]
    expected = [
        (text, *days(value.partition(" ")[0]), *([role] if role else []))
        for (text, _, value), role in zip(want, roles, strict=True)
    ]
    padded = roles + [""] * (len(found) - len(roles))
    assert [said(m, bool(role)) for m, role in zip(found, padded, strict=False)] == expected


def interval(mention: PeriodMention | None) -> tuple[date | None, date | None]:
    return (mention.date_start, mention.date_end) if mention else (None, None)


@pytest.mark.parametrize("case", rows("period_at"), ids=lambda case: f"{case['text'][:20]} {case['quote']}")
def test_period_of_a_figure(case: dict[str, str]) -> None:
    anchor = Anchor(case["anchor"] or None)
    mentions = find_periods(Text(case["text"]), anchor)
    found = period_at(case["text"].index(case["quote"]), case["text"], mentions)
    assert interval(found) == days(case["expected"] or "?")


@pytest.mark.parametrize("case", rows("period_topics"), ids=lambda case: case["headline"] + case["text"])
def test_period_of_a_figure_under_a_headline(case: dict[str, str]) -> None:
    text, anchor = case["text"], Anchor(case["anchor"] or None)
    topics = find_topics(Text(text), Text(case["headline"]), anchor)
    mentions = find_periods(Text(text), anchor, topics)
    report = report_span(Text(text).folded, mentions, anchor)
    found = figure_period(text.index(case["quote"]), text, mentions, anchor, topics, report)
    assert interval(found) == days(case["expected"] or "?")


@pytest.mark.parametrize("case", rows("page_dates"), ids=lambda case: case["texts"][:30])
def test_date_of_page(case: dict[str, str]) -> None:
    found = date_of_page(case["texts"].split("|"), case["given"] or None)
    assert (f"{found.published_on} {found.basis}" if found else "") == case["expected"]


@pytest.mark.parametrize("case", rows("datetimes"), ids=lambda case: case["text"])
def test_datetimes(case: dict[str, str]) -> None:
    found = [f"{d.text}={d.value}" for d in find_datetimes(case["text"])]
    assert found == [entry for entry in case["expected"].split(";") if entry]


def test_the_tables_of_years_events_and_holidays_are_whole() -> None:
    years = {int(row["year"]): row for row in read_lexicon("period_lunar")}
    assert set(range(1990, 2036)) <= years.keys()
    for year, row in years.items():
        lengths = [int(n) for n in row["month_days"].split()]
        assert len(lengths) == (13 if row["leap_month"] else 12)
        if following := years.get(year + 1):
            days_between = date.fromisoformat(following["new_year"]) - date.fromisoformat(row["new_year"])
            assert days_between.days == sum(lengths)
    assert all(holiday_extent(h, year) for h in holidays().values() for year in range(1990, 2036))
    assert all(named.whole is None or named.whole.start <= named.whole.end for named in events().values())


DIGITS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """A month or day in Chinese numerals: 5 is 五, 12 is 十二, 20 is 二十."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十") + (DIGITS[ones] if ones else "")


def written(day: date) -> list[str]:
    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    arabic = f"{day.year}年{day.month}月{day.day}日"
    return [
        arabic,
        arabic.translate({48 + i: 0xFF10 + i for i in range(10)}),
        f"{day.year}年{day.month:02}月{day.day:02}日",
        f"{day.year}-{day.month:02}-{day.day:02}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        f"{year}年{chinese(day.month)}月{chinese(day.day)}日",
        f"{year.replace('〇', '零')}年{chinese(day.month)}月{chinese(day.day)}日",
    ]


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_date_reads_back_however_it_is_written(day: date) -> None:
    for form in written(day):
        (found,) = find_periods(Text(f"会议于{form}举行，共30人"), Anchor())
        assert (found.text, found.date_start, found.date_end) == (form, day, day)


@given(st.dates(date(2000, 1, 1), date(2035, 12, 31)))
def test_a_bare_date_up_to_the_page_reads_back(day: date) -> None:
    (found,) = find_periods(Text(f"{day.month}月{day.day}日，仪式举行"), Anchor(day.isoformat()))
    assert (found.date_start, found.date_end) == (day, day)


FRAGMENTS = st.sampled_from([
    *"年月日至到—-、。，\n《》（）“”前后近上下今去明当本每第来内起",
    "2021", "3", "31", "二〇", "十", "年代", "世纪", "以来", "截至", "十三五", "春节", "腊月", "周四", "目前",
    "近日", "个月", "9999", "半", "公元", "2500", "里", "初", "季度", "除夕", "大年", "时间",
])  # fmt: skip


PUBLISHED = st.sampled_from([None, "2021", "2021-03", "2021-03-14"])


@given(st.lists(FRAGMENTS, max_size=30).map("".join), PUBLISHED)
def test_any_text_gives_ordered_mentions(text: str, published: str | None) -> None:
    mentions = find_periods(Text(text), Anchor(published))
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
        assert not (mention.date_start and mention.date_end) or mention.date_start <= mention.date_end
        assert (mention.basis is None) == (mention.date_start is None and mention.date_end is None)
    for position in range(len(text)):
        period_at(position, text, mentions)
    assert [d.text for d in find_datetimes(text)] == [text[d.start : d.end] for d in find_datetimes(text)]
