"""Numerals, units and quantities: spec cases kept as data."""

from __future__ import annotations

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fangzhi.lexicons import read_lexicon
from fangzhi.model.codes import Status
from fangzhi.quantity.facts import find_quantities
from fangzhi.quantity.numerals import NotANumberError, parse_number
from fangzhi.quantity.units import unit_rows
from fangzhi.run.numerals import all_numerals
from fangzhi.text.text import Text

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict[str, str]]:
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("case", cases("numbers"), ids=lambda case: case["text"])
def test_number(case: dict[str, str]) -> None:
    number = parse_number(case["text"])
    assert number.value == Decimal(case["value"])
    assert number.maximum == (Decimal(case["maximum"]) if case["maximum"] else None)
    assert number.more == bool(case["more"])


@pytest.mark.parametrize("text", ["", "千分", "万人", "余", "十千", "一二三四.", "点五"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(NotANumberError):
        parse_number(text)


@pytest.mark.parametrize("case", cases("quantities"), ids=lambda case: case["text"])
def test_quantity(case: dict[str, str]) -> None:
    found, _ = find_quantities(Text(case["text"]))
    assert [case["text"][q.start : q.end] for q in found] == [case["quote"]]
    quantity = found[0]
    assert quantity.value == Decimal(case["value"])
    assert quantity.maximum == (Decimal(case["maximum"]) if case["maximum"] else None)
    assert quantity.unit.written == case["unit"].replace("％", "%")
    assert (quantity.kind.value, quantity.qualifier.value) == (case["kind"], case["qualifier"])


@pytest.mark.parametrize("case", cases("no_quantities"), ids=lambda case: case["text"])
def test_no_quantity(case: dict[str, str]) -> None:
    found, _ = find_quantities(Text(case["text"]))
    assert [case["text"][q.start : q.end] for q in found] == []


@pytest.mark.parametrize("case", cases("numerals"), ids=lambda case: case["text"])
def test_all_numerals(case: dict[str, str]) -> None:
    found = [
        f"{n['text']}={n['type']} {n['value']}" + (f"-{n['value_max']}" if n["value_max"] else "")
        for n in all_numerals(case["text"])
    ]
    assert ";".join(found) == case["expected"]


def test_numerals_stand_where_they_say() -> None:
    text = "全县 五 千 人，投资 3 万元，去年 3 月开工，打 九 折。"
    for numeral in all_numerals(text):
        assert text[numeral["start"] : numeral["end"]] == numeral["text"]
    assert len(all_numerals(text)) == 4


def test_money_named_before_its_number() -> None:
    found, _ = find_quantities(Text("總經費新臺幣3億5,000萬元，日商出資50億日圓。"))
    assert [(q.unit.code, q.unit.standard(q.value)) for q in found] == [
        ("TWD", Decimal(350000000)), ("JPY", Decimal(5000000000)),
    ]  # fmt: skip


def test_yuan_of_a_text_in_taiwan_dollars() -> None:
    found, _ = find_quantities(Text("總經費新臺幣3億元，每戶補助5萬元，採購電腦1,200元。"))
    assert {q.unit.code for q in found} == {"TWD"}
    found, _ = find_quantities(Text("总投资5亿元，其中台资新台币1亿元。"))
    assert [q.unit.code for q in found] == ["CNY", "TWD"]


@pytest.mark.parametrize(
    ("place", "code"), [("cn810000", "HKD"), ("cn820000", "MOP"), ("cn710000", "TWD"), ("cn440100", "CNY")]
)
def test_yuan_of_a_text_in_traditional_characters_by_its_place(place: str, code: str) -> None:
    found, _ = find_quantities(Text("開支為300元，每次會議約$9.8。"), (), place)
    assert [q.unit.code for q in found] == [code, "USD" if code == "CNY" else code]
    found, _ = find_quantities(Text("开支为300元。"), (), place)
    assert [q.unit.code for q in found] == ["CNY"]


def test_a_fraction_has_a_standard_value() -> None:
    (found, *_), _ = find_quantities(Text("两成农户受益。"))
    assert (found.unit.unit_id, found.unit.standard(found.value)) == (None, Decimal("0.2"))


def spell(number: int) -> str:
    """A number below 10^12 as it is spoken in Chinese."""
    digits = "零一二三四五六七八九"

    def below(n: int) -> str:
        words = ""
        for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, n = divmod(n, scale)
            if digit:
                words += digits[digit] + name
            elif words and not words.endswith("零") and n:
                words += "零"
        return words

    words = ""
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        group, number = divmod(number, scale)
        if group:
            words += ("零" if words and group < 1000 else "") + below(group) + name
        elif words and number and not words.endswith("零"):
            words += "零"
    return words.replace("零零", "零") or "零"


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_a_spelt_number_reads_back(number: int) -> None:
    assert parse_number(spell(number)).value == number


@given(
    st.decimals(min_value=0, max_value=10**9, places=3),
    st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8)]),
)
def test_a_printed_number_reads_back(number: Decimal, scale: tuple[str, int]) -> None:
    assert parse_number(f"{number}{scale[0]}").value == number * scale[1]


def test_factors_are_exact_and_agree_among_each_other() -> None:
    factors = {
        row.unit_id: Fraction(row.factor_numerator, row.factor_denominator or 1)
        for row in unit_rows()
        if row.factor_numerator
    }
    assert factors["亩"] * 15 == factors["公顷"]
    assert factors["公里"] == 2 * factors["里"]
    assert factors["吨"] == 2000 * factors["斤"]
    assert factors["丈"] == 10 * factors["尺"] == 100 * factors["寸"]
    assert factors["小时"] == 60 * factors["分钟"]


def test_every_unit_and_every_way_to_write_it_is_there_once() -> None:
    rows = read_lexicon("units")
    written = [word for row in rows for word in (row["name"], *row["written"].split())]
    assert len({row["unit_id"] for row in rows}) == len(rows)
    assert sorted(written) == sorted(set(written))


@pytest.mark.parametrize(
    ("text", "status"),
    [("补助800元/人。", Status.POLICY), ("白菜卖到1.2元/斤。", None), ("车流均速42公里/小时。", None)],
)
def test_only_money_a_head_is_a_rule_by_its_unit(text: str, status: Status | None) -> None:
    (found,), _ = find_quantities(Text(text))
    assert found.status is status
