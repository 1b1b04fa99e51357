"""The pages of a figure, a system and a source, and the marks of an article that answer one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html import escape, unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import serving
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser
from sample import PAGE, SOURCE, TEXT, dataset

from fangzhi.database.write import write_database
from fangzhi.model import codes
from fangzhi.model.dataset import Dataset
from fangzhi.model.tables import Article, Check, Observation, Source, System
from fangzhi.package.policy import TextPolicy, redact
from fangzhi.site.compare import left_out
from fangzhi.site.system import component_tree

ARTICLE = f"{SOURCE}-a4"
TOTAL, OPENED, CLOSED, MONEY, PIPE = (f"{SOURCE}-o{start}" for start in (33, 45, 55, 67, 83))
OTHER = "ba9876543210"


def words(html: str) -> str:
    """The text of a page without its mark-up, white space as single spaces."""
    html = re.sub(r"</?(?:dd|dt|p|li|h\d|div)\b[^>]*>", " ", html)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def rich() -> Dataset:
    """The sample with a second page: the same indicator at another time and place, a figure said again."""
    data = dataset()
    (page,) = data.rows(Source)
    (article,) = data.rows(Article)
    pipe = next(row for row in data.rows(Observation) if row.observation_id == PIPE)
    total = next(row for row in data.rows(Observation) if row.observation_id == TOTAL)
    moved = {"article_id": f"{OTHER}-a4"}
    data.add(
        [
            page.model_copy(update={"source_id": OTHER, "path": "b.txt", "sha256": "0" * 64}),
            article.model_copy(
                update={**moved, "source_id": OTHER, "title": "又一篇", "published_on": "2023-04"}
            ),
            pipe.model_copy(
                update={
                    **moved, "observation_id": f"{OTHER}-o1", "value": Decimal(7), "quote": "7公里",
                    "period_end": date(2022, 12, 31),
                }
            ),
            pipe.model_copy(
                update={
                    **moved, "observation_id": f"{OTHER}-o2", "value": Decimal(9), "quote": "9公里",
                    "place_id": "cn130000",
                }
            ),
            total.model_copy(update={**moved, "observation_id": f"{OTHER}-o3", "corroborates": TOTAL}),
            Check(
                check_id=f"{OTHER}-c3-r", article_id=f"{OTHER}-a4", kind=codes.CheckKind.RESTATED,
                inputs=[TOTAL], reported=f"{OTHER}-o3", expected=Decimal(31348),
                difference=Decimal(0), tolerance=Decimal(0), verdict=codes.Verdict.HOLDS,
                formula="31348 张 = 31348 张",
            ),
            *(row.model_copy(update={**moved, "system_id": f"{OTHER}-s16"}) for row in data.rows(System)),
        ]
    )  # fmt: skip
    return data.sorted()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("rich")
    write_database(rich(), folder / "fangzhi.db")
    with serving(folder) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (f"/zh/figure/{TOTAL}", "31,348 张 3.1万张"),
        (f"/zh/figure/{MONEY}", "约数 30,135,000 元 3,014万元"),
        (f"/en/figure/{MONEY}", "approximately 30,135,000 元 30.1 million 元"),
        (f"/zh/figure/{TOTAL}", "时段 2021年 原文：“去年”"),
        (f"/en/figure/{TOTAL}", "Period 2021 in the text: “去年”"),
        (f"/zh/figure/{TOTAL}", "地点 河北省清河县"),
        (f"/en/figure/{MONEY}", "Unit 元 yuan · CNY"),
        (f"/zh/figure/{TOTAL}", "原页第 33–39 字，正文第 29–35 字"),
        (f"/zh/figure/{TOTAL}", "按数词与单位的语法从正文读出"),
        (f"/en/figure/{PIPE}", "The same indicator, the same place 1"),
        (f"/en/figure/{PIPE}", "The same indicator, other places 1"),
        (f"/zh/figure/{TOTAL}", "别处的同一数据 1"),
        (f"/zh/figure/{OTHER}-o3", "别处的同一数据 1"),
        (f"/zh/figure/{OTHER}-o3", "31348 张 = 31348 张"),
        (f"/zh/system/{SOURCE}-s16", "名称说有 3 项，文中读出 3 项：相符。"),
        (f"/en/system/{SOURCE}-s16", "Systems of the same name 1"),
        (f"/zh/system/{OTHER}-s16", "名称说有 3 项，文中读出 0 项。"),
        (f"/zh/source/{SOURCE}", "2022年3月"),
        (f"/zh/source/{SOURCE}", "正文之外 1"),
    ],
)
def test_a_page_tells(pages: httpx.Client, path: str, said: str) -> None:
    assert said in words(pages.get(path).text)


def test_a_figure_shows_the_checks_it_stands_in(pages: httpx.Client) -> None:
    html = pages.get(f"/zh/figure/{TOTAL}").text
    said = words(html)
    assert "相符 合计 30906 + 442 = 31348" in said
    assert "相符 重述 31348 张 = 31348 张 两处所述相同。" in said
    assert {f'href="/zh/figure/{key}"' for key in (OPENED, CLOSED, f"{OTHER}-o3")} <= set(
        re.findall(r'href="[^"]*"', html)
    )
    assert "30906 + 442 = 31348" in words(pages.get(f"/zh/figure/{OPENED}").text)
    assert "算术核验" not in words(pages.get(f"/zh/figure/{MONEY}").text)


@pytest.mark.parametrize("key", [TOTAL, OPENED, CLOSED, MONEY, PIPE])
def test_a_sentence_stands_in_its_paragraph_with_the_quote_marked(pages: httpx.Client, key: str) -> None:
    html = pages.get(f"/zh/figure/{key}").text
    passage = html[html.index("<blockquote") : html.index("</blockquote>")]
    row = next(row for row in dataset().rows(Observation) if row.observation_id == key)
    (marked,) = re.findall(r'<mark class="figure">(.*?)</mark>', passage)
    assert marked == row.quote
    (paragraph,) = (line for line in TEXT.split("\n") if row.quote and row.quote in line)
    assert words(passage) == words(escape(paragraph))
    assert row.sentence is not None
    assert row.sentence in words(passage)


def test_a_contradiction_says_so(tmp_path: Path) -> None:
    data = dataset()
    (check,) = data.rows(Check)
    wrong = {"verdict": codes.Verdict.CONTRADICTS, "difference": Decimal(-12)}
    data.tables["checks"] = [check.model_copy(update=wrong)]
    write_database(data, tmp_path / "fangzhi.db")
    with serving(tmp_path) as address:
        said = words(httpx.get(f"{address}/zh/figure/{TOTAL}").text)
    assert "报道值与算得的值不符。 算得 31,348，相差 -12，容差 0。" in said


def test_what_is_read_is_escaped(tmp_path: Path) -> None:
    data = dataset()
    hostile = "<img src=x onerror=alert(1)>"
    data.tables["observations"] = [
        row.model_copy(
            update={"measure": hostile, "subject": hostile, "sentence": hostile + (row.quote or "")}
        )
        for row in data.rows(Observation)
    ]
    data.tables["systems"] = [row.model_copy(update={"name": hostile}) for row in data.rows(System)]
    (page,) = data.rows(Source)
    data.tables["sources"] = [
        page.model_copy(update={"title": hostile, "source_lines": [hostile, "\r\n", PAGE]})
    ]
    write_database(data, tmp_path / "fangzhi.db")
    with serving(tmp_path) as address:
        for path in (f"/zh/figure/{TOTAL}", f"/zh/system/{SOURCE}-s16", f"/zh/source/{SOURCE}"):
            html = httpx.get(address + path).text
            assert "<img" not in html
            assert "&lt;img" in html


@pytest.mark.parametrize("policy", [TextPolicy.QUOTES, TextPolicy.NONE])
def test_a_build_without_text_keeps_it_back_everywhere(tmp_path: Path, policy: TextPolicy) -> None:
    write_database(redact(dataset(), policy), tmp_path / "fangzhi.db")
    with serving(tmp_path) as address:
        found = {
            path: httpx.get(f"{address}/zh/{path}")
            for path in (f"figure/{TOTAL}", f"system/{SOURCE}-s16", f"source/{SOURCE}", f"article/{ARTICLE}")
        }
        raw = httpx.get(f"{address}/fangzhi/sources/{SOURCE}.json?_shape=objects").json()["rows"][0]
    assert {response.status_code for response in found.values()} == {200}
    assert raw["source_lines"] is None
    assert all("县里投入资金" not in response.text for response in found.values())
    assert ("领取培训券31348张" in words(found[f"figure/{TOTAL}"].text)) == (policy is TextPolicy.QUOTES)
    assert "本数据包不含原文" in found[f"source/{SOURCE}"].text


def test_a_source_shows_the_whole_page_once(web: httpx.Client) -> None:
    html = web.get(f"/zh/source/{SOURCE}").text
    found = re.findall(r'<div class="found" lang="zh">(.*?)</div>', html, re.DOTALL)
    assert [unescape(re.sub(r"<[^>]*>", "", piece)) for piece in found] == [TEXT, "本报讯"]
    for key in (TOTAL, PIPE):
        assert f'<mark class="figure" id="s-{key}"' in html
        assert f'<mark class="figure" id="t-{key}"' in html
        assert {f'href="#s-{key}"', f'href="#t-{key}"'} <= set(re.findall(r'href="[^"]*"', html))


def test_raw_rows_stay_and_lead_to_their_page(web: httpx.Client) -> None:
    for table, key, page in (
        ("observations", TOTAL, "figure"),
        ("systems", f"{SOURCE}-s16", "system"),
        ("sources", SOURCE, "source"),
    ):
        assert f'href="/zh/{page}/{key}"' in web.get(f"/zh/fangzhi/{table}/{key}").text
        assert f'href="/zh/{page}/{key}"' in web.get(f"/zh/fangzhi/{table}").text
        html = web.get(f"/zh/{page}/{key}").text
        assert f'href="/zh/fangzhi/{table}/{key}"' in html
        assert f'href="/fangzhi/{table}/{key}.json?_shape=objects"' in html


@pytest.mark.parametrize(
    ("found", "kept", "expected"),
    [
        ("", "", []),
        ("甲乙", "甲乙", []),
        ("甲\n 乙", "甲乙", []),
        ("就業(yè)服務(wù)。", "就業服務。", ["(yè)", "(wù)"]),
        ("<p>甲<b>乙</b></p>", "甲乙", ["<p>", "<b>", "</b></p>"]),
        ("一 (注) 二(èr)", "一(注)二", ["(èr)"]),
        ("&#22269;家富强安宁", "国家富强安宁", ["&#22269;"]),
        ("头段说完。头段说完。末段也说完。", "头段说完。末段也说完。", ["头段说完。"]),
        ("甲乙丙丁戊己庚", "", ["甲乙丙丁戊己庚"]),
        ("甲", "甲乙丙", []),
    ],
)
def test_what_a_repair_left_out(found: str, kept: str, expected: list[str]) -> None:
    assert [found[start:end] for start, end in left_out(found, kept)] == expected


@given(st.text("甲乙(a) \n", max_size=60), st.text("甲乙(a) \n", max_size=60))
def test_stretches_left_out_are_in_order_and_inside(found: str, kept: str) -> None:
    stretches = left_out(found, kept)
    places = [place for stretch in stretches for place in stretch]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(found) for start, end in stretches)


def test_a_long_page_is_compared_soon() -> None:
    found, kept = "甲(a)" * 15_000, "甲" * 15_000
    assert len(left_out(found, kept)) == 15_000
    assert left_out("乙" * 30_000, "甲" * 30_000) == [(0, 30_000)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], []),
        ([("甲", None), ("乙", None)], [("甲", []), ("乙", [])]),
        ([("甲", None), ("乙", "甲"), ("丙", "乙")], [("甲", [("乙", [("丙", [])])])]),
        ([("甲", "丁"), ("乙", "甲")], [("甲", [("乙", [])])]),
        ([("甲", "甲")], [("甲", [])]),
        ([("甲", "乙"), ("乙", "甲")], [("甲", [("乙", [])])]),
    ],
)
def test_the_tree_of_a_system(rows: list[tuple[str, str | None]], expected: list[Any]) -> None:
    def outline(parts: list[Any]) -> list[Any]:
        return [(part.row["name"], outline(part.parts)) for part in parts]

    tree = component_tree({"name": name, "parent": parent} for name, parent in rows)
    assert outline(tree) == expected


def test_text_and_table_light_each_other(browser: Browser, site: str) -> None:
    page = browser.new_page(base_url=site)
    page.goto(f"/zh/article/{ARTICLE}")
    page.hover(f"#t-{CLOSED} > a")
    assert page.locator("tr.lit").get_attribute("id") == f"r-{CLOSED}"
    page.hover("h1")
    assert page.locator(".lit").count() == 0
    page.locator(f"#r-{PIPE} a").last.focus()
    assert page.locator(f"mark#t-{PIPE}.lit").count() == 1
    assert page.locator(f"tr#r-{PIPE}.lit").count() == 1
    page.goto(f"/zh/source/{SOURCE}")
    page.hover(f"#s-{CLOSED} > a")
    assert page.locator("mark.lit").evaluate_all("marks => marks.map(mark => mark.id)") == [
        f"s-{CLOSED}", f"t-{CLOSED}",
    ]  # fmt: skip
    page.close()


def test_kinds_of_marks_are_switched_off(browser: Browser, site: str) -> None:
    page = browser.new_page(base_url=site)
    page.goto(f"/zh/article/{ARTICLE}")
    colour = "e => getComputedStyle(e).backgroundColor"
    mark = page.locator(f"#t-{CLOSED}")
    shown = mark.evaluate(colour)
    box = page.get_by_role("checkbox", name="数据")
    box.focus()
    page.keyboard.press("Space")
    assert mark.evaluate(colour) != shown
    assert mark.locator("a").evaluate("e => e.tabIndex") == -1
    box.check()
    assert (mark.evaluate(colour), mark.locator("a").evaluate("e => e.tabIndex")) == (shown, 0)
    page.close()


def test_without_script_all_marks_are_shown(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/zh/article/{ARTICLE}")
    assert page.locator(".legend input:visible").count() == 0
    page.click(f"#t-{CLOSED} > a")
    assert page.url.endswith(f"#r-{CLOSED}")
    context.close()


def test_print_leaves_out_what_is_for_the_screen(browser: Browser, site: str) -> None:
    page = browser.new_page(base_url=site)
    page.goto(f"/zh/article/{ARTICLE}")
    page.emulate_media(media="print")
    assert not page.locator(".top").is_visible()
    assert not page.locator(".legend").is_visible()
    assert page.locator(".prose").is_visible()
    assert page.locator("#figures").is_visible()
    page.close()
