"""Search on the site: what is found, in which order, how it is narrowed, and what helps where nothing is."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect
from sample import SOURCE, span
from test_site_pages import page

from fangzhi.model.tables import TABLES
from fangzhi.site.asked import read_query
from fangzhi.site.finding import SHOWN
from fangzhi.site.languages import Language

CASES = list(csv.DictReader((Path(__file__).parent / "cases/amounts.csv").open(encoding="utf-8")))
ARTICLE = f"/article/{SOURCE}-a4"
TOTAL, OPEN, MONEY, PIPE = (
    f"/zh{ARTICLE}#r-{SOURCE}-o{span(quote)['source_start']}"
    for quote in ("31348张", "30906张", "约3013.5万元", "42公里")
)
HOSTILE = [
    '"', "'", "\\", "AND", "NOT 券", "券*", "NEAR(管 网)", "title:券", "{title} : 券", "(", ")", "-", "^券",
    "\0", "券\0券", "' OR 1=1 --", "%", "_", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>",
    "💧", "👩‍👩‍👧", "𠮷", "\u202e券", "\ud7ff", "券" * 5000, "1" * 5000, "一" * 5000,
    "1,000," * 500, "９" * 300,
    "0.0000000001万亿亿", "{{ 7*7 }}", "{% x %}", "../../etc/passwd", "%00", "+", "&q=x", "#", "1至" * 90,
    "万" * 200, "-" * 200, "1/3" * 60,
]  # fmt: skip


def hits(web: httpx.Client, language: str = "zh", **arguments: str) -> list[str]:
    """The addresses of the rows that a search lists."""
    return listed(web.get(f"/{language}/search", params=arguments).text)


def listed(html: str) -> list[str]:
    lists = re.findall(r'(?s)<ol class="plain hits".*?</ol>', html)
    return re.findall(r'<li><a href="([^"]+)"', "".join(lists))


def links(web: httpx.Client, **arguments: str) -> dict[str, str]:
    """The links of a search page by their words."""
    html = web.get("/zh/search", params=arguments).text
    found = re.findall(r'(?s)<a[^>]* href="([^"]+)"[^>]*>(.*?)</a>', html)
    return {
        " ".join(re.sub("<[^>]+>", "", words).split()): href.replace("&amp;", "&") for href, words in found
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["query"])
def test_a_query_is_read(case: dict[str, str]) -> None:
    asked = read_query(case["query"])
    amount = asked.amount
    assert asked.words == case["words"]
    told = amount and (
        amount.value,
        amount.maximum,
        amount.margin,
        amount.unit.written if amount.unit else "",
    )
    numbers = [Decimal(case[name]) if case[name] else None for name in ("value", "maximum", "margin")]
    assert told == ((*numbers, case["unit"]) if case["value"] else None)


def test_what_a_paper_may_print_for_a_number() -> None:
    amount = read_query("119072").amount
    assert amount
    assert amount.rounded() == (Decimal(120000), Decimal(119000), Decimal(119100), Decimal(119070))


@pytest.mark.parametrize(
    "query",
    [
        "31348",
        "31,348",
        "３１３４８",
        "3.1万",
        "3.13万",
        "31348张",
        "3.1萬張",
        "三万一千三百四十八",
        "31348 清河县",
    ],
)
def test_a_figure_is_found_by_its_number_in_any_writing(web: httpx.Client, query: str) -> None:
    assert TOTAL in hits(web, q=query)


@pytest.mark.parametrize(
    "query", ["3013.5万元", "30135000元", "3013.5万", "3014万元", "三千零一十三万五千元", "0.3亿元"]
)
def test_a_sum_of_money_is_found_by_its_number(web: httpx.Client, query: str) -> None:
    assert MONEY in hits(web, q=query)


@pytest.mark.parametrize("query", ["3.2万", "31348元", "31348%", "31348户", "31350", "31300"])
def test_another_number_or_unit_does_not_find_it(web: httpx.Client, query: str) -> None:
    assert TOTAL not in hits(web, q=query)


def test_the_exact_number_comes_first(web: httpx.Client) -> None:
    assert hits(web, q="3.1万", table="observations") == [OPEN, TOTAL]  # 30906 is nearer to 31000 than 31348
    assert hits(web, q="31348", table="observations")[0] == TOTAL


def test_a_rounded_figure_says_so(web: httpx.Client) -> None:
    html = web.get("/zh/search", params={"q": "441.7"}).text
    assert '<span class="rounded">约合</span>' in html
    assert '<span class="rounded">' not in web.get("/zh/search", params={"q": "442"}).text


def test_a_place_and_a_word_find_what_is_of_the_place(web: httpx.Client) -> None:
    assert PIPE in hits(web, q="河北省 供水管网")
    assert PIPE in hits(web, q="清河縣 water")
    assert hits(web, q="山西省 供水管网") == []


@pytest.mark.parametrize("query", ["water mains", "Water main", "WATER"])
def test_indicators_are_found_in_english(web: httpx.Client, query: str) -> None:
    assert hits(web, "en", q=query, table="indicators") == ["/en/indicator/water_mains_built"]
    assert "<mark>Water</mark>" in web.get("/en/search", params={"q": query}).text
    assert PIPE in hits(web, q=query)


@pytest.mark.parametrize("query", ["130534", "CNY", "employment"])
def test_codes_and_themes_are_found(web: httpx.Client, query: str) -> None:
    assert hits(web, q=query)


def test_every_searchable_table_is_shown(web: httpx.Client) -> None:
    found = {
        table
        for table in SHOWN
        for query in ("清河", "就业", "元", "张三", "供水")
        if hits(web, q=query, table=table)
    }
    assert found == set(SHOWN)


def test_facets_narrow_and_are_taken_back(web: httpx.Client) -> None:
    everything = hits(web, q="券")
    offered = links(web, q="券")
    assert {"河北省清河县", "就业", "2021", "2022"} <= set(offered)
    narrowed = page(web, offered["2021"])
    assert f"/zh{ARTICLE}" not in hits(web, q="券", year="2021")
    assert "/zh/search?q=%E5%88%B8" in narrowed.values("a", "href")
    assert hits(web, q="券", year="2022")[0] == f"/zh{ARTICLE}"
    assert hits(web, q="券", place="cn130534", theme="employment") == everything
    assert len(hits(web, q="券", table="observations", kind="count", year="2021", place="cn130000")) == 3
    assert hits(web, q="券", table="observations", kind="money") == []
    assert hits(web, q="券", year="1999") == []


def test_facets_count_what_they_lead_to(web: httpx.Client) -> None:
    html = web.get("/zh/search", params={"q": "清河", "table": "observations"}).text
    offered = re.findall(
        r'<li><a href="(/zh/search\?[^"]+)">[^<]+</a> <span class="count">(\d+)</span>', html
    )
    assert len(offered) >= 4
    for path, count in offered:
        assert len(listed(web.get(path.replace("&amp;", "&")).text)) == int(count)


@pytest.mark.parametrize(
    "arguments",
    [
        {"table": "mentions"}, {"table": "nope"}, {"table": "articles; DROP"}, {"page": "0"}, {"page": "x"},
        {"page": "-1"}, {"page": "51"}, {"page": "9" * 5000}, {"page": "²"}, {"kind": "count"},
        {"year": "x" * 100},
    ],
)  # fmt: skip
def test_an_argument_that_cannot_be_is_an_error(web: httpx.Client, arguments: dict[str, str]) -> None:
    response = web.get("/zh/search", params={"q": "券", **arguments})
    assert response.status_code == 400
    assert '<p class="problem">' in response.text or "有误" in response.text


@pytest.mark.parametrize(
    "arguments",
    [
        {"place": "' OR 1=1"},
        {"theme": "<b>"},
        {"year": "%"},
        {"place": "cn\0"},
        {"table": "units", "kind": "💧"},
    ],
)
def test_a_filter_that_nothing_has_finds_nothing(web: httpx.Client, arguments: dict[str, str]) -> None:
    response = web.get("/zh/search", params={"q": "券", **arguments})
    assert response.status_code == 200
    assert "没有找到" in response.text
    assert "去掉全部条件再找" in response.text


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("path", ["/zh/search", "/en/search", "/zh/search.json"])
def test_any_query_is_answered(web: httpx.Client, path: str, query: str) -> None:
    response = web.get(path, params={"q": query})
    assert response.status_code == (414 if len(query) > 60000 else 200)
    assert response.elapsed.total_seconds() < 3
    assert "<img src=x" not in response.text or path.endswith("json")
    assert "<script>alert" not in response.text or path.endswith("json")


def test_nothing_found_helps(web: httpx.Client) -> None:
    offered = links(web, q="清河培训卷")
    assert any(words.startswith("清河 ") for words in offered)
    assert any(words.startswith("培训 ") for words in offered)
    assert offered["河北省清河县"] == "/zh/place/cn130534"
    assert {"全部地点", "全部指标"} <= set(offered)
    assert "Water mains built" in web.get("/en/search", params={"q": "waterpipes"}).text


def test_the_next_figures_help_where_a_number_is_not_there(web: httpx.Client) -> None:
    assert links(web, q="31999")["领取培训券 31348张"] == TOTAL
    assert "领取培训券 31348张" in links(web, q="31999张")
    assert "领取培训券 31348张" not in links(web, q="31999元")
    assert "投入资金 约3013.5万元" in links(web, q="31999元")


@pytest.mark.parametrize("language", Language)
def test_suggestions_are_few_and_lead_somewhere(web: httpx.Client, language: Language) -> None:
    answer = web.get(f"/{language}/search.json", params={"q": "清"}).json()
    assert answer["query"] == "清"
    assert [offer["table"] for offer in answer["suggestions"]] == ["places", "articles", "organizations"]
    for offer in answer["suggestions"]:
        words = TABLES[offer["table"]]
        assert offer["title"] == language.say(words.zh, words.en)
        assert web.get(offer["url"].partition("#")[0]).status_code == 200
        assert offer["url"].startswith(language.base)


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("wat", "新建供水管网"), ("1305", "河北省清河县"),
        ("31348", "领取培训券 31348张"), ("3.1万", "开放券 30906张"),
        ("機制", "“三个一”机制"), ("人社", "清河县人社局"), ("电子培训券", "清河县试行<b>电子培训券</b>"),
    ],
)  # fmt: skip
def test_a_beginning_is_enough_for_a_suggestion(web: httpx.Client, query: str, label: str) -> None:
    found = web.get("/zh/search.json", params={"q": query}).json()["suggestions"]
    assert label in [offer["label"] for offer in found]
    assert len(found) <= 17


@pytest.mark.parametrize("query", ["", " ", "，", "火星"])
def test_nothing_is_suggested_for_nothing(web: httpx.Client, query: str) -> None:
    assert web.get("/zh/search.json", params={"q": query}).json()["suggestions"] == []


@pytest.mark.parametrize("path", ["/zh/", "/en/search"])
def test_typing_offers_and_the_keyboard_chooses(browser: Browser, site: str, path: str) -> None:
    context = browser.new_context(base_url=site)
    tab = context.new_page()
    tab.goto(path)
    box = tab.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("清河")
    options = tab.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(tab.get_by_role("status")).to_contain_text(str(options.count()))
    assert tab.get_by_role("listbox").locator("b").count() == 0
    box.press("ArrowDown")
    chosen = options.first
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    box.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_have_value("清河")
    box.press("ArrowDown")
    expect(options.first).to_be_visible()
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    tab.wait_for_url(lambda url: not url.endswith(path))
    context.close()


def test_enter_without_a_choice_searches(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site)
    tab = context.new_page()
    tab.goto("/zh/search")
    tab.get_by_role("combobox").press_sequentially("培训券")
    expect(tab.get_by_role("option").first).to_be_visible()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search?q=*")
    assert tab.locator("main mark").first.inner_text() == "培训券"
    context.close()


def test_search_works_without_a_script(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    tab = context.new_page()
    tab.goto("/zh/")
    tab.get_by_role("searchbox").fill("管網")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search?q=*")
    tab.get_by_role("link", name="2021").click()
    tab.wait_for_url("**year=2021*")
    assert tab.get_by_text("取消").count() == 1
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_offers_are_accessible_and_fit_a_phone(browser: Browser, site: str, scheme: str) -> None:
    context = browser.new_context(base_url=site, viewport={"width": 320, "height": 640})
    tab = context.new_page()
    tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    tab.goto("/zh/search")
    tab.get_by_role("combobox").press_sequentially("清河")
    expect(tab.get_by_role("option").first).to_be_visible()
    tab.keyboard.press("ArrowDown")
    found = Axe().run(tab)
    assert found.violations_count == 0, found.generate_report()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
