"""Evaluation: a page of known score, the spellings that count as the same, and the command."""

from __future__ import annotations

import io
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from command import fangzhi
from package_sample import build, good_dataset
from rich.console import Console
from sample import PAGE, SOURCE

from fangzhi.evaluate.figures import match
from fangzhi.evaluate.gold import AnnotationError, Gold, parse_gold
from fangzhi.evaluate.page import Page, overlap, rows_of
from fangzhi.evaluate.score import score_pages
from fangzhi.evaluate.tally import Score, Tally
from fangzhi.evaluate.words import (
    plain,
    same_end,
    same_name,
    same_number,
    same_phrase,
    same_place,
    same_unit,
    squash,
)
from fangzhi.package.policy import TextPolicy
from fangzhi.run.build import build as run_build
from fangzhi.run.evaluate import evaluate, miss_lines, score_json, score_table
from fangzhi.run.inputs import InputError
from fangzhi.run.progress import Progress

PROGRESS = Progress(Console(stderr=True))
DOCUMENTED = Path(__file__).parent.parent / "docs" / "annotation.md"


def figure(
    quote: str, context: str, value: float, unit: str, indicator: str, **more: object
) -> dict[str, Any]:
    said = {"kind": "count", "place": "河北省清河县", "time": "2021", "subject": None}
    return (
        {"id": 1, "quote": quote, "context": context, "value": value, "unit": unit, "indicator": indicator}
        | said
        | more
    )


def annotations() -> dict[str, Any]:
    """What a reader finds in the page of the sample: everything is read rightly."""
    return {
        "doc": "page",
        "articles": [
            {
                "n": 1,
                "title": "清河县试行<b>电子培训券</b>",
                "kind": "news",
                "reporters": ["张三"],
                "place": "河北省清河县",
                "body_starts": "去年，清河县在两个",
                "body_ends": '& "quoted", comma',
                "published": "2022-03-14",
            }
        ],
        "observations": [
            figure("31348张", "领取培训券31348张", 31348, "张", "领取培训券数"),
            figure("30906张", "其中开放券30906张", 30906, "张", "开放券数"),
            figure("442张", "封闭券442张", 442, "张", "封闭券数"),
            figure(
                "约3013.5万元",
                "投入资金约3013.5万元",
                3013.5,
                "元",
                "投入资金",
                kind="money",
                multiplier=10000,
                qualifier="approx",
            ),
            figure("42公里", "供水管网42公里", 42, "公里", "新建供水管网长度", kind="length"),
        ],
        "systems": [
            {
                "id": 1,
                "name": "“三个一”机制",
                "components": ["一户一档", "一村一策", "一季一评"],
                "core": True,
            }
        ],
        "events": [
            {
                "id": 1,
                "date": "2021",
                "what": "试行电子培训券",
                "evidence": "去年，清河县在两个乡镇试行“电子培训券”。",
            }
        ],
        "checks": [{"kind": "sum", "inputs": [30906, 442], "reported": 31348}],
    }


def scored(gold: dict[str, Any]) -> Score:
    parsed = parse_gold(json.dumps(gold), "page.json")
    return score_pages([Page(parsed, PAGE, rows_of(good_dataset(), SOURCE))])


def test_a_page_read_rightly_has_the_full_score() -> None:
    score = scored(annotations())
    assert {key for key, tally in score.tallies.items() if tally.wanted and tally.recall != 1} == set()
    assert {key for key, tally in score.tallies.items() if tally.given and tally.precision != 1} == set()
    assert score.misses == []
    assert score.tallies["observations", "quantity"].right == 5
    assert score.tallies["observations", "row"].right == 5
    assert {table for table, _ in score.tallies} == {
        "articles", "observations", "systems", "system_components", "events", "checks",
    }  # fmt: skip


CHANGES: list[tuple[str, dict[str, Any], tuple[str, str]]] = [
    ("value", {"value": 42.5}, ("42.5", "42")),
    ("value", {"value_high": 50}, ("42–50", "42")),
    ("unit", {"unit": "里"}, ("里", "公里")),
    ("qualifier", {"qualifier": "more_than"}, ("more_than", "exact")),
    ("kind", {"kind": "count"}, ("count", "length")),
    ("status", {"status": "target"}, ("target", "actual")),
    ("measure", {"indicator": "改造老旧小区"}, ("改造老旧小区", "新建供水管网")),
    ("subject", {"subject": "清河县水务局"}, ("清河县水务局", "")),
    ("place_id", {"place": "河北省南宫市"}, ("河北省南宫市", "河北省清河县")),
    ("period_end", {"time": "2021-11"}, ("2021-11", "2021-12-31")),
]


def test_other_wordings_of_a_measure_count() -> None:
    gold = annotations()
    gold["observations"][4] |= {"indicator": "改造老旧小区", "indicator_also": ["新建供水管网长度"]}
    score = scored(gold)
    assert score.tallies["observations", "measure"].right == score.tallies["observations", "row"].right == 5


@pytest.mark.parametrize(("column", "change", "told"), CHANGES, ids=[f"{c} {list(d)}" for c, d, _ in CHANGES])
def test_one_wrong_column_costs_that_column_alone(
    column: str, change: dict[str, Any], told: tuple[str, str]
) -> None:
    gold = annotations()
    gold["observations"][4] |= change
    score = scored(gold)
    wrong = {
        key[1] for key, tally in score.tallies.items() if tally.compared and tally.right < tally.compared
    }
    whole = {"row"} if column not in ("kind", "subject") else set()
    assert wrong == {column} | whole | ({"quantity"} if column in ("value", "unit", "qualifier") else set())
    (miss,) = score.misses
    assert (miss.what, miss.line, miss.wanted, miss.given) == (f"{column}: 42公里", 2, *told)


def test_missed_and_extra_figures() -> None:
    gold = annotations()
    gold["observations"][4] |= {"quote": "两個", "context": "在两個乡镇"}
    score = scored(gold)
    tally = score.tallies["observations", None]
    assert (tally.wanted, tally.given, tally.right) == (5, 5, 4)
    assert (tally.precision, tally.recall) == (0.8, 0.8)
    assert [miss.what for miss in score.misses] == ["missed: 两個", "extra: 42公里"]
    assert [re.match(r"page:\d", line) is not None for line in miss_lines(score.misses)] == [True, True]


def test_an_annotation_that_is_not_in_the_text_is_told_and_not_counted() -> None:
    gold = annotations()
    gold["observations"][4]["context"] = "排水管网42公里"
    score = scored(gold)
    assert score.tallies["observations", None].wanted == 4
    assert [miss.what for miss in score.misses] == ["extra: 42公里", "not in the text: 42公里"]


def test_what_an_annotator_leaves_open_is_neither_right_nor_wrong() -> None:
    gold = annotations()
    assert scored(gold).tallies["observations", "place_id"].given == 5
    gold["observations"][4] |= {"place": None, "time": None}
    gold["articles"][0] |= {"place": None}
    score = scored(gold)
    for column in ("place_id", "period_end"):
        tally = score.tallies["observations", column]
        assert (tally.wanted, tally.given, tally.precision) == (4, 4, 1.0)
    tally = score.tallies["articles", "place_id"]
    assert (tally.wanted, tally.given, tally.precision) == (0, 0, None)


def test_a_list_left_out_is_not_scored_and_an_empty_one_says_there_is_nothing() -> None:
    gold = annotations()
    gold["systems"] = []
    del gold["checks"]
    score = scored(gold)
    assert (score.tallies["systems", None].wanted, score.tallies["systems", None].given) == (0, 1)
    assert "checks" not in {table for table, _ in score.tallies}


@pytest.mark.parametrize(
    ("table", "change", "tally"),
    [
        ("articles", {"title": "别的题"}, (1, 1, 0)),
        ("articles", {"body_ends": "别的结尾别的结尾"}, (1, 1, 0)),
        ("systems", {"name": "“四个一”机制"}, (1, 1, 0)),
        ("events", {"date": "2020"}, (1, 1, 0)),
        ("events", {"evidence": "别的句子"}, (1, 1, 0)),
        ("checks", {"reported": 31347}, (1, 1, 0)),
        ("checks", {"inputs": [30906, 441]}, (1, 1, 0)),
        ("checks", {"inputs": [3.0907, 442]}, (1, 1, 0)),
    ],
    ids=lambda value: str(value)[:30],
)
def test_other_tables(table: str, change: dict[str, Any], tally: tuple[int, int, int]) -> None:
    gold = annotations()
    gold[table][0] |= change
    score = scored(gold)
    found = score.tallies[table, None]
    assert (found.wanted, found.given, found.right) == tally
    assert table in {miss.table for miss in score.misses}


def test_figures_of_a_check_stand_as_printed() -> None:
    gold = annotations()
    gold["checks"][0] |= {"inputs": [3.0906, 442, 7], "reported": 3.1348}  # 3.0906万 and 442 in 7 years
    assert scored(gold).tallies["checks", None].right == 1


def test_parts_count_where_their_system_is_found() -> None:
    gold = annotations()
    gold["systems"][0]["components"] = ["一户一档", "一村一策", "一月一评"]
    tally = scored(gold).tallies["system_components", None]
    assert (tally.wanted, tally.given, tally.right, tally.good) == (3, 3, 2, 2)
    gold["systems"][0]["name"] = "别的机制"
    assert scored(gold).tallies["system_components", None].right == 0


def test_two_names_of_one_system_are_two_rows_and_one_find() -> None:
    page = Page(Gold.model_validate(annotations()), PAGE, rows_of(good_dataset(), SOURCE))
    page.rows.systems.append(page.rows.systems[0].model_copy(update={"system_id": "again"}))
    page.rows.systems.append(
        page.rows.systems[0].model_copy(update={"system_id": "other", "name": "别的平台"})
    )
    tally = score_pages([page]).tallies["systems", None]
    assert (tally.right, tally.good, tally.recall, tally.precision) == (1, 2, 1.0, 2 / 3)


def test_quotes_are_found_across_line_breaks_and_pinyin() -> None:
    text = "當(dāng)年，全縣新建 供水管\n網42\n公里。\n又新建42公里。"
    page = Page(Gold(doc="x"), text, rows_of(good_dataset(), SOURCE))
    (span,) = page.spans("當年，全縣新建供水管網42公里", "42公里")
    assert text[slice(*span)] == "42\n公里"
    assert page.line(span[0]) == 2
    assert len(page.spans("新建供水管網42公里", "42公里")) == 1
    assert len(page.spans("42公里", "42公里")) == 2
    assert (
        page.spans("新建43公里", "43公里") == page.spans("42公里", "43公里") == page.spans("42公里", "") == []
    )
    assert squash(text)[0] == "當年，全縣新建供水管網42公里。又新建42公里。"


def test_the_closest_row_is_taken_first_and_each_once() -> None:
    assert match([[(0, 4)], [(2, 6)]], [(2, 6), (0, 5)]) == {0: 1, 1: 0}
    assert match([[(0, 4)]], [(0, 4), (0, 4)]) == {0: 0}
    assert match([[(0, 4)]], [(2, 6)]) == {}
    assert match([[(10, 14), (0, 4)]], [(0, 4)]) == {0: 0}
    assert (overlap((0, 4), (2, 4)), overlap((0, 4), (4, 8))) == (0.5, 0.0)


SAME: list[tuple[object, object, object, bool]] = [
    (same_name, "“344”工作机制", "“３４４”工作機制", True),
    (same_name, "积分制", "村民积分制", False),
    (same_name, "积分兑换机制", "村级积分兑换机制", True),
    (same_name, "", "", False),
    (same_phrase, "领取培训券数", "领取培训券", True),
    (same_phrase, "领取培训券数", "全县共领取各类补贴资金数", False),
    (same_phrase, "领取培训券的群众人数", "数", False),
    (same_phrase, None, "培训券", False),
    (same_unit, "平方米", "平米", True),
    (same_unit, "%", "％", True),
    (same_unit, "個", "个", True),
    (same_unit, "人", "人次", False),
    (same_unit, None, None, True),
    (same_place, "山西省忻州市保德县", "山西省忻州市保德县惠民社区", True),
    (same_place, "山西省忻州市", "山西省忻州市保德县", True),
    (same_place, "山西省忻州市保德县", "山西省忻州市", False),
    (same_place, "岢嵐縣", "山西省忻州市岢岚县", True),
    (same_place, "河南省郑州市", "河南省郑州市", True),
    (same_place, "新疆维吾尔自治区和田地区于田县", "新疆维吾尔自治区和田地区于田县", True),
    (same_place, "", "山西省", False),
    (same_end, "2018/2020", "2020-12-31", True),
    (same_end, "2021-03-14", "2021-03-31", True),
    (same_end, "2021-03", "2021-04-30", False),
    (same_end, "2021", "", False),
    (same_number, Decimal("0.666667"), Decimal(2) / 3, True),
    (same_number, Decimal(100), Decimal("100.01"), False),
    (same_number, None, None, True),
    (same_number, None, Decimal(0), False),
]


@pytest.mark.parametrize(("same", "one", "other", "expected"), SAME, ids=[f"{s[1]} {s[2]}" for s in SAME])
def test_what_counts_as_the_same(same: Any, one: object, other: object, expected: bool) -> None:
    assert same(one, other) is expected


def test_nothing_given_has_no_precision() -> None:
    assert (Tally().precision, Tally().recall, Tally().f1, Tally().agreement) == (None, None, None, None)
    assert Tally(wanted=2, given=2).f1 == 0.0
    assert plain(None) == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "JSON"),
        ("[]", "–：应为 JSON 对象 / must be an object"),
        ('{"articles": []}', "doc：缺此键 / is missing"),
        ('{"doc": 7}', "doc：应为文字 / must be a text"),
        ('{"doc": "x", "systems": {}}', "systems：应为列表 / must be a list"),
        ('{"doc": "x", "systems": [{"id": "a", "name": ""}]}', "systems.0.name：不能为空 / may not be empty"),
        (
            '{"doc": "x", "systems": [{"id": "a", "name": ""}]}',
            "systems.0.id：应为整数 / must be a whole number",
        ),
        ('{"doc": "x", "observations": [{"id": 1}]}', "observations.0.quote"),
        ('{"doc": "x", "observations": [{"id": 1, "value": "十"}]}', "value：应为数字 / must be a number"),
        ('{"doc": "x", "observations": [{"id": 1, "status": "done"}]}', "status：应为 'actual', 'target'"),
        ('{"doc": "x", "checks": [{"kind": "guess", "inputs": [], "reported": 1}]}', "checks.0.kind"),
        ("[" * 100_000, "JSON"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_annotations_that_cannot_be_used(text: str, told: str) -> None:
    with pytest.raises(AnnotationError, match=re.escape(told)):
        parse_gold(text, "x.json")


def test_the_documented_example_is_read() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", DOCUMENTED.read_text("utf-8"), re.DOTALL)
    gold = parse_gold(example, "x.json")
    assert (gold.doc, gold.observations[0].value * gold.observations[0].multiplier) == (
        "x",
        Decimal(30135000),
    )
    assert gold.systems[0].core
    assert gold.checks[0].inputs == (30906, 442)


# the command


@pytest.fixture
def annotated(tmp_path: Path) -> Path:
    for folder in ("texts", "gold"):
        (tmp_path / folder).mkdir()
    (tmp_path / "texts" / "page.txt").write_text(PAGE, "utf-8")
    (tmp_path / "gold" / "page.json").write_text(json.dumps(annotations(), ensure_ascii=False), "utf-8")
    return tmp_path


def test_the_score_of_a_package_and_of_its_texts(annotated: Path) -> None:
    texts, gold, out = annotated / "texts", annotated / "gold", annotated / "out"
    ended = fangzhi("evaluate", texts, gold, "--json", "--misses", 3)
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert found["tables"]["observations"]["rows"]["wanted"] == 5
    assert found["tables"]["observations"]["value"]["agreement"] == 1.0
    assert len(found["misses"]) <= 3
    run_build([texts], out, TextPolicy.FULL, PROGRESS)
    assert score_json(evaluate(texts, gold, out, PROGRESS)) == found["tables"]


def test_the_table_fits_a_terminal() -> None:
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(score_table(scored(annotations())))
    shown = console.export_text()
    assert all(
        word in shown for word in ("system_components", "刊发日期 published_on", "precision", "agreement")
    )
    assert "…" not in shown


def test_annotations_that_do_not_stand_in_the_text_are_named_and_end_in_1(annotated: Path) -> None:
    gold = annotations()
    gold["observations"][4]["context"] = "排水管网42公里"
    (annotated / "gold" / "page.json").write_text(json.dumps(gold, ensure_ascii=False), "utf-8")
    ended = fangzhi("evaluate", annotated / "texts", annotated / "gold")
    assert (ended.returncode, "排水管网42公里" in ended.stderr, "排水" in ended.stdout) == (1, True, False)
    assert "--misses" in ended.stdout
    found = fangzhi("evaluate", annotated / "texts", annotated / "gold", "--json")
    assert [miss["wanted"] for miss in json.loads(found.stdout)["not_in_text"]] == ["排水管网42公里"]


def test_a_package_must_hold_the_pages(annotated: Path) -> None:
    build(annotated / "out")  # of a page with another digest
    ended = fangzhi("evaluate", annotated / "texts", annotated / "gold", annotated / "out")
    assert (ended.returncode, "page.txt" in ended.stderr) == (2, True)


@pytest.mark.parametrize("wrong", ["no text", "no annotations", "twice", "broken", "binary", "nothing"])
def test_what_is_missing_or_wrong_is_told(annotated: Path, wrong: str) -> None:
    texts, gold = annotated / "texts", annotated / "gold"
    said = (gold / "page.json").read_text("utf-8")
    if wrong == "no text":
        (texts / "page.txt").rename(texts / "other.txt")
    elif wrong == "no annotations":
        (gold / "page.json").unlink()
    elif wrong == "twice":
        (gold / "again.json").write_text(said, "utf-8")
    elif wrong == "broken":
        (gold / "page.json").write_text(said[:-1], "utf-8")
    elif wrong == "binary":
        (texts / "page.txt").write_bytes(bytes(range(256)))
    else:
        gold = annotated / "nowhere"
    with pytest.raises(InputError) as told:
        evaluate(texts, gold, None, PROGRESS)
    assert re.search("[\u4e00-\u9fff]", str(told.value))


def test_the_score_as_json_names_every_table_and_column() -> None:
    found = score_json(scored(annotations()))
    assert found["observations"]["rows"]["f1"] == found["articles"]["title"]["agreement"] == 1.0
    assert found["systems"]["core"] == {
        "wanted": 1, "given": 0, "right": 1, "compared": 0,
        "precision": None, "recall": 1.0, "f1": None, "agreement": None,
    }  # fmt: skip
