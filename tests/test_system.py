"""Named systems and their parts, on passages written for the purpose."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from fangzhi.lexicons import read_lexicon
from fangzhi.model.codes import SystemKind
from fangzhi.system.find import find_systems
from fangzhi.system.formula import declared_count, is_formula
from fangzhi.system.headline import headline_systems
from fangzhi.system.model import Passage
from fangzhi.text.text import Text

_FILE = Path(__file__).parent / "cases/systems.json"
CASES: list[dict[str, Any]] = json.loads(_FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_passage(case: dict[str, Any]) -> None:
    found = {system.name: system for system in find_systems(Text(case["text"]))}
    for want in case["systems"]:
        system = found[want["name"]]
        got = {
            "name": system.name,
            "kind": system.kind.value,
            "declared": system.declared,
            "parts": [part.name for part in system.parts if part.parent is None],
        }
        assert {key: got[key] for key in want} == want
    assert not set(case["not"]) & set(found)


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_offsets_lead_back_to_the_text(case: dict[str, Any]) -> None:
    for system in find_systems(Text(case["text"])):
        assert case["text"][system.start : system.end] == system.name
        assert all(case["text"][part.start : part.end] == part.name for part in system.parts)


def test_parts_are_nested_under_the_part_that_lists_them() -> None:
    text = next(case["text"] for case in CASES if "“234”" in case["text"])
    system = next(s for s in find_systems(Text(text)) if "234" in s.name)
    assert [(part.parent, part.name) for part in system.parts if part.parent] == [
        ("两个平台", "助餐"),
        ("两个平台", "助浴"),
        ("三项制度", "探访"),
        ("三项制度", "结对"),
        ("三项制度", "应急"),
        ("四个坚持", "每日问安"),
        ("四个坚持", "每周理发"),
        ("四个坚持", "每月体检"),
        ("四个坚持", "每季联欢"),
    ]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("四个坚持", 4),
        ("双三级", 6),
        ("双联", 2),
        ("五合一", 5),
        ("一组四会", 5),
        ("三清一改", 4),
        ("2336", 4),
        ("6+4", 10),
        ("六个一批", 6),
        ("一村一品", None),
        ("十五公里", None),
        ("五个一", 5),
        ("四统一", 4),
        ("1+5+N", None),
        ("水乡三宝", 3),
        ("12345", None),
        ("六盘山片区", None),
    ],
)
def test_declared_count(name: str, count: int | None) -> None:
    assert declared_count(name) == count


@pytest.mark.parametrize("name", ["两委", "十四五", "八一", "三公里", "2021", "丰收", "一站式"])
def test_no_formula(name: str) -> None:
    assert not is_formula(name)


def test_a_long_speech_is_read_like_plain_text() -> None:
    praise = "大家都说好，秋收快了不少，老人也不用愁。" * 4
    speech = f"“我们村今年建立农机共享平台。{praise}”老支书说。"
    assert [system.name for system in find_systems(Text(speech))] == ["农机共享平台"]


def test_a_name_is_listed_once_with_the_parts_of_any_mention() -> None:
    text = "镇里推行“四方会商”制度。村民都夸“四方会商”制度好。党员、组长、代表、乡贤“四方会商”制度年底总结。"
    (system,) = find_systems(Text(text))
    assert system.start == text.index("“四方会商”")
    assert [part.name for part in system.parts] == ["党员", "组长", "代表", "乡贤"]


def test_masking_keeps_the_length() -> None:
    text = "推行「甲、乙」與《丙辦法》（試行），“丁。戊”。"
    passage = Passage(Text(text))
    assert len(passage.masked) == len(passage.folded) == len(text)
    assert passage.masked[2:7] == "“□□□”"


@pytest.mark.parametrize("text", ["", "“", "”“", "等", "、", "“”", "《》", "三大", "“一、”、", "一是。"])
def test_scraps_are_no_systems(text: str) -> None:
    assert find_systems(Text(text)) == []


@pytest.mark.parametrize(
    "unit",
    [
        "“三个甲乙”、",
        "通过甲乙、",
        "等平台",
        "“",
        "建立某某机制、",
        "以甲乙,",
        "“四个坚持”。坚持甲乙。",
        "四个优先:",
        "“1+2+N”。“1”即甲,",
        "“两不愁三保障”甲、",
    ],
)
def test_work_is_bounded(unit: str) -> None:
    started = time.process_time()
    find_systems(Text(unit * (20_000 // len(unit))))
    assert time.process_time() - started < 10


def test_kinds_of_the_lexicon_are_codes() -> None:
    rows = read_lexicon("system_kinds")
    assert {row["kind"] for row in rows} <= {kind.value for kind in SystemKind}
    assert {row["use"] for row in rows} == {"name", "named", "subject", "quote", "manner", "inner"}
    assert len({row["word"] for row in rows}) == len(rows)


def test_a_figure_of_speech_in_a_headline_has_the_plan_of_the_article_for_parts() -> None:
    headline = "某县筑牢草原“防火墙”"
    text = "今春，县里多措并举护草原。\n一是织牢“宣传网”。\n二是织牢“巡护网”。\n三是织牢“应急网”。"
    (system,) = headline_systems(Text(headline), Text(text))
    assert system.name == "草原“防火墙”"
    assert [part.name for part in system.parts] == ["宣传网", "巡护网", "应急网"]
    whole = f"{headline}\n{text}"
    assert all(whole[part.start : part.end] == part.name for part in system.parts)


def test_paragraphs_that_open_alike_are_the_plan_of_an_article() -> None:
    text = "县里优化服务。\n减事项，跑腿少了。共减证明60项。\n减时限，办事快了。\n减费用，成本低了。"
    (system,) = headline_systems(Text("打好“组合拳”"), Text(text))
    assert [part.name for part in system.parts] == ["减事项", "减时限", "减费用"]


def test_a_figure_of_speech_without_a_plan_is_no_system() -> None:
    assert headline_systems(Text("村民鼓起“钱袋子”"), Text("今年，村民种瓜增收。\n瓜农都笑了。")) == []
