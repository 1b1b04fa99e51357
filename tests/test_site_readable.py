"""Numbers and dates as the pages write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fangzhi.site.languages import Language
from fangzhi.site.readable import dates, day, number, short, spoken

ZH, EN = Language.ZH, Language.EN


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (0, "", ""),
        (9999, "", ""),
        (30000, "3.0万", ""),
        (31348, "3.1万", ""),
        (30135000, "3,014万", "30.1 million"),
        (99950, "10.0万", ""),
        (100000000, "1.0亿", "100.0 million"),
        (2500000000000, "2.5万亿", "2.5 trillion"),
        (-120000, "-12.0万", ""),
        (Decimal("1234567.5"), "123.5万", "1.2 million"),
        (12.5, "", ""),
    ],
)
def test_a_large_number_is_also_said(value: float, zh: str, en: str) -> None:
    assert (spoken(value, ZH), spoken(value, EN)) == (zh, en)


def test_numbers_are_written_with_commas_and_no_needless_zeros() -> None:
    assert [number(value) for value in (0, 1234567, 30135000.0, Decimal("0.10"))] == [
        "0",
        "1,234,567",
        "30,135,000",
        "0.1",
    ]
    assert [short(value, ZH) for value in (442, 11.364, 31348)] == ["442", "11.36", "3.1万"]


@pytest.mark.parametrize(
    ("written", "zh", "en"),
    [
        ("2021", "2021年", "2021"),
        ("2021-03", "2021年3月", "March 2021"),
        ("2021-03-05", "2021年3月5日", "5 March 2021"),
        ("", "", ""),
        ("spring", "spring", "spring"),
        ("2021-03-05-06", "2021-03-05-06", "2021-03-05-06"),
    ],
)
def test_a_day_reads_naturally(written: str, zh: str, en: str) -> None:
    assert (day(written, ZH), day(written, EN)) == (zh, en)


@pytest.mark.parametrize(
    ("start", "end", "zh", "en"),
    [
        ("2021-03-05", "2021-03-05", "2021年3月5日", "5 March 2021"),
        ("2021-01-01", "2021-12-31", "2021年", "2021"),
        ("2016-01-01", "2020-12-31", "2016至2020年", "2016–2020"),
        ("2020-02-01", "2020-02-29", "2020年2月", "February 2020"),
        ("2021-04-01", "2021-06-30", "2021年第二季度", "Q2 2021"),
        ("2021-05-01", "2021-07-31", "2021年5月至2021年7月", "May 2021 to July 2021"),
        ("2021-03-05", "2021-04-06", "2021年3月5日 至 2021年4月6日", "5 March 2021 to 6 April 2021"),
        (None, "2021-03-05", "2021年3月5日", "5 March 2021"),
        (None, None, "未定", "not known"),
        ("9999-01-01", "9999-12-31", "9999年1月1日 至 9999年12月31日", "1 January 9999 to 31 December 9999"),
    ],
)
def test_a_period_reads_naturally(start: str | None, end: str | None, zh: str, en: str) -> None:
    assert (dates(start, end, ZH), dates(start, end, EN)) == (zh, en)
