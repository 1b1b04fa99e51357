"""The arithmetic between figures: cases kept as data, read through the whole pipeline."""

from __future__ import annotations

import json
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TypedDict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fangzhi.audit.judge import judged
from fangzhi.audit.ledger import ledger
from fangzhi.audit.restated import check_across, corroborate
from fangzhi.audit.rules import RULES, Rule
from fangzhi.model.codes import CheckKind, Verdict
from fangzhi.model.dataset import Dataset
from fangzhi.model.tables import Article, Check, Observation, Period
from fangzhi.pipeline import combine, extract
from fangzhi.text.source import Document, Given


class Case(TypedDict):
    """A text, what it tries, and the checks to be made: ``kind inputs -> reported verdict``."""

    note: str
    text: str
    checks: list[str]


CASES: list[Case] = json.loads((Path(__file__).parent / "cases" / "checks.json").read_text(encoding="utf-8"))
HUNDREDTH = Decimal("0.01")


def build(*texts: str, days: int = 0) -> Dataset:
    """Pages of one article each, of one paper, so many days apart."""
    pages = [f"清河县发展稳步向好\n\n本报讯 {text}\n" for text in texts]
    return combine([extract(document(n, page, 20 + n * days)) for n, page in enumerate(pages)])


def document(number: int, page: str, day: int) -> Document:
    given = Given(published_on=f"2021-12-{day}", publisher="清河日报")
    return Document(f"{number}.txt", page.encode(), given)


def said(data: Dataset) -> list[str]:
    values = {row.observation_id: f"{row.value:f}" for row in data.rows(Observation)}
    inputs = {check.check_id: " ".join(values[key] for key in check.inputs) for check in data.rows(Check)}
    return sorted(
        f"{c.kind} {inputs[c.check_id]} -> {values[c.reported]} {c.verdict}" for c in data.rows(Check)
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["note"])
def test_checks(case: Case) -> None:
    assert said(build(case["text"])) == sorted(case["checks"])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.find.__name__)
def test_each_rule_makes_the_check_of_its_example(rule: Rule) -> None:
    data = build(rule.example)
    (article,) = data.rows(Article)
    page = ledger(article.text or "", data.rows(Observation), data.rows(Period))
    values = {row.observation_id: f"{row.value:f}" for row in data.rows(Observation)}
    made = [
        f"{c.kind} {' '.join(values[key] for key in c.inputs)} -> {values[c.reported]} {c.verdict}"
        for c in judged(rule.find(page))
    ]
    assert made == [rule.check]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["note"])
def test_tolerance_and_verdict_agree(case: Case) -> None:
    for check in build(case["text"]).rows(Check):
        within = abs(check.difference) <= check.tolerance
        assert within == (check.verdict is not Verdict.CONTRADICTS), check


@pytest.mark.parametrize(
    ("text", "formula", "expected", "difference", "tolerance"),
    [
        (
            "全市共完成培训231679人，占全年目标任务200000人的115.83%。",
            "231679 人 ÷ 200000 人 = 115.84 %", "115.8395", "-0.0095", "0.01",
        ),
        (
            "农民人均收入从2013年的4875元增长到2020年的10352元，年均增长11.4%。",
            "(10352 元 ÷ 4875 元)^(1/7) − 1 = 11.36 %", "11.358", "0.042", "0.0524",
        ),
        (
            "共发放培训券31348张，其中开放券30906张，封闭券442张。",
            "30906 张 + 442 张 = 31348 张", "31348", "0", "0",
        ),
        (
            "项目总投资1058.5万元，其中中央651万元，省级354.5万元，自筹53万元。",
            "651 万元 + 354.5 万元 + 53 万元 = 1058.5 万元", "10585000", "0", "11000",
        ),
        (
            "全县贫困户从2016年的8000户减少到2019年的500户，减少了93.75%。",
            "1 − 500 户 ÷ 8000 户 = 93.75 %", "93.75", "0", "0.005",
        ),
    ],
)  # fmt: skip
def test_how_a_check_reads(text: str, formula: str, expected: str, difference: str, tolerance: str) -> None:
    (check,) = build(text).rows(Check)
    assert check.formula == formula
    assert (check.expected, check.difference, check.tolerance) == tuple(
        map(Decimal, (expected, difference, tolerance))
    )


def share_verdict(part: int, whole: int, printed: Decimal) -> Verdict:
    (check,) = build(f"全县完成培训{part}人，占全年目标任务{whole}人的{printed}%。").rows(Check)
    return check.verdict


@settings(max_examples=25, deadline=None)
@given(st.integers(1000, 99999), st.integers(1000, 99999), st.integers(2, 500))
def test_a_share_is_held_to_its_printed_digits(part: int, whole: int, off: int) -> None:
    share = Decimal(part) * 100 / whole
    assert share_verdict(part, whole, share.quantize(HUNDREDTH, ROUND_HALF_UP)) is Verdict.HOLDS
    cut = share.quantize(HUNDREDTH, ROUND_DOWN)
    assert share_verdict(part, whole, cut) is not Verdict.CONTRADICTS
    assert share_verdict(part, whole, cut + off * HUNDREDTH) is Verdict.CONTRADICTS


TOTAL = "暴雨造成清河县受灾户数120户，受灾群众363人，倒塌房屋45间。"
TOWNS = "葛仙庄镇受灾70户，受灾群众213人，倒塌房屋{}间。连庄镇受灾50户，受灾群众150人，倒塌房屋15间。"


def test_a_column_that_does_not_add_up_where_the_others_do() -> None:
    (wrong,) = [
        check for check in build(TOTAL + TOWNS.format(33)).rows(Check) if check.verdict is not Verdict.HOLDS
    ]
    assert wrong.verdict is Verdict.CONTRADICTS
    assert wrong.formula == "33 间 + 15 间 = 48 间"
    assert wrong.difference == -3


STATED = "截至目前，清河县共建成农村供水工程1386处，惠及农村群众28.45万人。"


def restated(data: Dataset) -> list[tuple[str, Verdict]]:
    return [(check.formula, check.verdict) for check in data.rows(Check) if check.kind is CheckKind.RESTATED]


def test_a_figure_stated_on_two_pages() -> None:
    data = build(STATED, f"日前，记者来到清河县水务局。{STATED}", days=1)
    rows = {row.observation_id: row for row in data.rows(Observation)}
    later = [row for row in rows.values() if row.corroborates]
    assert sorted(restated(data)) == [
        ("1386 处 = 1386 处", Verdict.HOLDS),
        ("28.45 万人 = 28.45 万人", Verdict.HOLDS),
    ]
    assert {row.value: rows[row.corroborates or ""].value for row in later} == {1386: 1386, 284500: 284500}
    days = {article.article_id: article.published_on for article in data.rows(Article)}
    assert all(
        (days[rows[row.corroborates or ""].article_id] or "") < (days[row.article_id] or "") for row in later
    )


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (
            STATED.replace("28.45", "24.85"),
            [("1386 处 = 1386 处", Verdict.HOLDS), ("24.85 万人 ≠ 28.45 万人", Verdict.CONTRADICTS)],
        ),
        (STATED.replace("28.45", "24.85").replace("1386", "1402"), []),
        (STATED.replace("清河县", "威县"), []),
        (STATED.replace("截至目前", "2019年"), []),
        ("清河县改造农村危房1386处，惠及企业职工28.45万人次。", []),
    ],
    ids=["one figure differs", "all figures differ", "another county", "another year", "other things"],
)  # fmt: skip
def test_two_pages_that_differ(second: str, expected: list[tuple[str, Verdict]]) -> None:
    first = STATED.replace("截至目前", "2020年") if "2019年" in second else STATED
    assert sorted(restated(build(first, second))) == sorted(expected)


def test_small_figures_and_set_amounts_are_not_restatements() -> None:
    text = "对一类乡镇的创业者，一次性给予6.5万元补贴。对二类乡镇的创业者，一次性给予6.5万元补贴。"
    assert restated(build(text, "清河县新建学校3所。", "清河县新建学校3所。")) == []


def test_checks_are_the_same_in_any_order() -> None:
    data = build(STATED, STATED.replace("28.45", "24.85"), STATED, days=1)
    articles, observations = data.rows(Article), data.rows(Observation)
    assert check_across(articles[::-1], observations[::-1]) == check_across(articles, observations)
    assert corroborate(observations[::-1], articles)[::-1] == corroborate(observations, articles)


def test_ids_are_unique_and_point_to_figures_of_the_article() -> None:
    data = build(TOTAL + TOWNS.format(30), CASES[0]["text"], CASES[0]["text"])
    checks = data.rows(Check)
    rows = {row.observation_id: row for row in data.rows(Observation)}
    assert len({check.check_id for check in checks}) == len(checks) > 3
    for check in checks:
        source, _, end = check.check_id.partition("-c")
        assert check.reported.startswith(source)
        assert end.split("-")[0] == str(rows[check.reported].source_start)
        assert rows[check.reported].article_id == check.article_id
        assert set(check.inputs) <= set(rows)
