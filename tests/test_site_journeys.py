"""What people come for, from beginning to end, on the site over the seeds; and every link followed."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import httpx
import pytest
from command import fangzhi
from conftest import ROOT, serving
from playwright.sync_api import Browser, Page
from rich.console import Console

from fangzhi.package.policy import TextPolicy
from fangzhi.run.build import build
from fangzhi.run.progress import Progress

LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site over the seeds, at its address."""
    out = tmp_path_factory.mktemp("journeys") / "out"
    build([ROOT / "seeds"], out, TextPolicy.FULL, Progress(Console(quiet=True)))
    with serving(out) as address:
        yield address


@pytest.fixture(scope="module")
def web(seeds: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=seeds, timeout=30, follow_redirects=True) as client:
        yield client


@pytest.fixture
def page(browser: Browser, seeds: str) -> Iterator[Page]:
    context = browser.new_context(base_url=seeds, viewport={"width": 1280, "height": 900}, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser: Browser, seeds: str) -> Iterator[Page]:
    context = browser.new_context(
        base_url=seeds, viewport={"width": 320, "height": 640}, locale="zh-CN", has_touch=True
    )
    yield context.new_page()
    context.close()


def rows(web: httpx.Client, sql: str) -> list[dict[str, str]]:
    """The answer to a question in SQL; there is one."""
    found: list[dict[str, str]] = web.get("/fangzhi.json", params={"sql": sql, "_shape": "array"}).json()
    assert found
    return found


def test_a_resident_finds_a_figure_on_a_phone_and_reads_it_in_the_page_as_found(phone: Page) -> None:
    phone.goto("/")
    assert urlsplit(phone.url).path == "/zh/"
    phone.get_by_role("combobox").fill("就业人数")
    phone.get_by_role("button", name="搜索", exact=True).tap()
    phone.wait_for_url("**/search?q=*")
    phone.locator(".hits a[href*='#r-']").first.tap()
    phone.wait_for_url("**/article/*#r-*")
    phone.locator("tr:target th a").tap()
    phone.wait_for_url("**/figure/*")
    said = phone.locator(".passage mark").inner_text()
    assert said[0] in "0123456789"
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320

    phone.locator(".origin a").tap()
    phone.wait_for_url("**/article/*#t-*")
    assert said in phone.locator("mark:target, mark:has(:target)").first.inner_text()

    phone.get_by_role("link", name="与原样对照").tap()
    phone.wait_for_url("**/source/*#a-*")
    assert said in phone.locator(".compared:target .found").inner_text()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320


def test_places_are_compared_in_a_chart_a_table_and_a_file_that_say_the_same(page: Page, seeds: str) -> None:
    page.goto("/zh/queries")
    form = page.locator("form[action$='/compare_places']")
    form.locator("input").fill("就业人数")
    form.get_by_role("button").click()
    page.wait_for_url("**/compare_places?indicator=*")
    picture = page.locator("figure.chart img")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0

    shown = [row.split("\t") for row in page.locator("table.data tbody tr").all_inner_texts()]
    address = page.get_by_role("link", name="CSV", exact=True).get_attribute("href")
    told = list(csv.DictReader(io.StringIO(httpx.get(urljoin(seeds, address)).text)))
    assert len({row["place"] for row in told}) > 2
    values = [f"{float(row['value']):,.10g}" for row in told]
    assert [(cells[1], cells[3]) for cells in shown] == [
        (row["place"], value) for row, value in zip(told, values, strict=True)
    ]

    svg = httpx.get(urljoin(seeds, picture.get_attribute("src")), follow_redirects=True).text
    drawn = {row["place"] for row in told if row["place"] in svg}
    assert drawn
    page.get_by_label("指标").fill("没有这样的指标")
    page.get_by_role("button", name="运行").click()
    assert page.locator(".nothing").inner_text() == "没有结果"


def test_an_archive_takes_the_package_checks_it_and_finds_it_valid(page: Page, tmp_path: Path) -> None:
    page.goto("/en/downloads")
    link = page.locator("a[href='/downloads/packages/fangzhi.zip']")
    with page.expect_download() as started:
        link.click()
    taken = tmp_path / started.value.suggested_filename
    started.value.save_as(taken)
    index = page.request.get("/downloads/downloads.json").json()
    told = {file["path"]: file["sha256"] for file in index["files"]}["packages/fangzhi.zip"]
    assert hashlib.sha256(taken.read_bytes()).hexdigest() == told
    assert told in page.locator("tr", has=link).inner_text().replace("\n", "")
    judged = fangzhi("validate", taken, "--lang", "en")
    assert judged.returncode == 0, judged.stdout + judged.stderr


def kinds(web: httpx.Client) -> dict[str, str]:
    """An address of each kind of page, without its language."""
    figure = rows(
        web,
        "select observation_id, article_id, indicator_id, place_id from observations where indicator_id "
        "in (select indicator_id from indicators) and place_id is not null order by observation_id limit 1",
    )[0]
    article = rows(
        web, f"select source_id, theme_id from articles where article_id = '{figure['article_id']}'"
    )[0]
    return {
        "home": "",
        "article": f"article/{figure['article_id']}",
        "figure": f"figure/{figure['observation_id']}",
        "system": f"system/{rows(web, 'select system_id from systems limit 1')[0]['system_id']}",
        "source": f"source/{article['source_id']}",
        "place": f"place/{figure['place_id']}",
        "indicator": f"indicator/{figure['indicator_id']}",
        "theme": f"theme/{rows(web, 'select theme_id from themes limit 1')[0]['theme_id']}",
        "row": f"fangzhi/places/{figure['place_id']}",
        "table": "fangzhi/observations?kind=money&_sort=value",
        "question": "fangzhi/figures_of_a_place?place=%E5%B1%B1%E8%A5%BF",
        "sql": "fangzhi?sql=select+1+as+n",
        "search": "search?q=%E5%B0%B1%E4%B8%9A&table=observations",
    } | {
        name: name for name in ("fangzhi", "queries", "map", "quality", "downloads", "changes", "developers")
    }


def test_a_visitor_changes_language_and_stays_at_the_same_thing(web: httpx.Client, page: Page) -> None:
    for name, path in kinds(web).items():
        page.goto(f"/zh/{path}")
        assert page.locator("html").get_attribute("lang") == "zh-CN", name
        # What a page states, apart from its words: the numbers and the quotes of its table or its text.
        stated = page.locator("main .value strong, main .passage mark, main .counts dd, main .prose p")
        before = stated.all_inner_texts()
        page.get_by_role("link", name="English", exact=True).click()
        page.wait_for_url(f"**/en/{path}")
        assert page.locator("html").get_attribute("lang") == "en", name
        assert stated.all_inner_texts() == before, name
        page.get_by_role("link", name="中文", exact=True).click()
        page.wait_for_url(f"**/zh/{path}")


@pytest.mark.parametrize(("locale", "language"), [("en-GB", "en"), ("zh-TW", "zh")])
def test_a_first_visit_is_answered_in_the_visitors_language(
    browser: Browser, seeds: str, locale: str, language: str
) -> None:
    context = browser.new_context(base_url=seeds, locale=locale)
    page = context.new_page()
    page.goto("/map")
    assert urlsplit(page.url).path == f"/{language}/map"
    context.close()


def test_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/en/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.type("就业人数")
    page.locator(".suggestions li").first.wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        if page.evaluate("document.activeElement.matches('.hits a')"):
            break
    to = page.evaluate("document.activeElement.href")
    page.keyboard.press("Enter")
    page.wait_for_url(to)
    assert page.locator("h1").is_visible()


def test_an_analyst_copies_an_example_and_finds_its_quotes_in_the_articles(
    page: Page, web: httpx.Client
) -> None:
    page.goto("/en/developers")
    shown = page.locator("#javascript + pre code").inner_text()
    asked = re.search(r'sql: "([^"]+)"', shown)
    assert asked
    found = rows(web, asked[1])
    assert "quote" in found[0]
    for figure in found:
        page.goto(f"/article/{figure['article_id']}")
        assert figure["quote"] in page.locator(".prose").inner_text()


# Links.

LINK = re.compile(r'<(?:a|link|form|img|script|source)\b[^>]*?\b(?:href|action|src|srcset)="([^"]*)"')
ANCHOR = re.compile(r'\bid="([^"]*)"')
OF_A_KIND = 24
"""Addresses that are followed of those which differ in their last part only, or in what is asked."""


def kind(address: str) -> str:
    """What addresses of one kind have in common: the way to them, and whether something is asked."""
    parts = urlsplit(address)
    *way, _ = parts.path.split("/")
    is_row = way[2:3] == ["fangzhi"] and len(way) > 3
    return "/".join(way[:3] if is_row else way) + "/row" * is_row + "?" * bool(parts.query)


def test_every_link_leads_somewhere(seeds: str) -> None:
    """From both home pages, what the site links to within itself, and the very place on the page."""
    start = [f"{seeds}/{language}/" for language in LANGUAGES]
    waiting, seen = deque(start), set(start)
    many = Counter(map(kind, start))
    anchors: dict[str, set[str]] = {}
    wanted: dict[tuple[str, str], str] = {}
    broken: list[str] = []
    with httpx.Client(timeout=30, follow_redirects=True) as client:
        while waiting:
            address = waiting.popleft()
            is_page = urlsplit(address).path.startswith(("/zh/", "/en/"))
            answer = client.get(address) if is_page else client.head(address)
            if answer.status_code >= 400:
                broken.append(f"{answer.status_code} {address}")
            if not (answer.headers.get("content-type", "").startswith("text/html") and answer.text):
                continue
            anchors[address] = {unescape(name) for name in ANCHOR.findall(answer.text)}
            for link in LINK.findall(answer.text):
                to, anchor = urldefrag(urljoin(address, unescape(link)))
                if not to.startswith(seeds):
                    continue
                if anchor:
                    wanted[to, unquote(anchor)] = address
                if to not in seen and many[kind(to)] < OF_A_KIND:
                    seen.add(to)
                    many[kind(to)] += 1
                    waiting.append(to)
    lost = [
        f"{to}#{anchor} from {at}"
        for (to, anchor), at in wanted.items()
        if to in anchors and anchor not in anchors[to]
    ]
    assert broken == []
    assert lost == []
    told = {urlsplit(address).path.split("/")[2] for address in anchors}
    assert told >= {"", "search", "queries", "map", "quality", "downloads", "changes", "developers"}
    assert told >= {"article", "figure", "system", "source", "place", "indicator", "theme", "fangzhi"}


@pytest.mark.parametrize("path", ["nope", "nope/nope", "fangzhi/nope", "fangzhi/places/nope", "map/nope"])
def test_what_is_missing_is_told_in_the_language_of_the_edition(web: httpx.Client, path: str) -> None:
    for language, words in (("zh", "没有这一页。"), ("en", "There is no such page.")):
        answer = web.get(f"/{language}/{path}")
        assert answer.status_code == 404
        assert words in answer.text
