"""The pages in a real browser: accessible, at home on a phone, in the dark, and quiet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from sample import SOURCE

ARTICLE = f"/article/{SOURCE}-a4"
PATHS = {
    "home": "/",
    "article": ARTICLE,
    "figure": f"/figure/{SOURCE}-o33",
    "figure with indicator": f"/figure/{SOURCE}-o83",
    "system": f"/system/{SOURCE}-s16",
    "source": f"/source/{SOURCE}",
    "table": "/fangzhi/observations?kind=count&_search=券",
    "articles": "/fangzhi/articles",
    "view": "/fangzhi/figures",
    "row": "/fangzhi/places/cn130534",
    "place": "/place/cn130534",
    "indicator": "/indicator/water_mains_built",
    "theme": "/theme/employment",
    "queries": "/queries",
    "map": "/map",
    "query": "/fangzhi/figures_of_a_place",
    "query with chart": "/fangzhi/indicator_by_place",
    "sql": "/fangzhi?sql=select+*+from+figures",
    "sql error": "/fangzhi?sql=select+nonsense",
    "tables": "/fangzhi",
    "search": "/search?q=培训券",
    "how to search": "/search",
    "search of a table": "/search?q=券&table=observations&place=cn130000&year=2021",
    "search for a number": "/search?q=3.1万",
    "quality": "/quality",
    "nothing found": "/search?q=清河培训卷&year=2021",
    "error": "/nope",
    "downloads": "/downloads",
    "changes": "/changes",
    "developers": "/developers",
}


PAGES = {
    f"{name} {language}": f"/{language}{path}" for name, path in PATHS.items() for language in ("zh", "en")
}


@pytest.fixture(scope="module", params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(
        base_url=site, color_scheme=request.param, viewport={"width": 1280, "height": 900}
    )
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def phone(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=site, viewport={"width": 320, "height": 640})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_is_accessible(page: Page, path: str) -> None:
    page.goto(path)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_fits_a_phone(phone: Page, path: str) -> None:
    phone.goto(path)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    outside = """[...document.querySelectorAll('main *')].filter(e =>
        e.getBoundingClientRect().right > 321 && !e.closest('.scroll, pre, select')).map(e => e.outerHTML)"""
    assert phone.evaluate(outside) == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_asks_nobody_else_and_breaks_no_rule(phone: Page, site: str, path: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.on("console", lambda message: said.append(message.text))
    phone.on("pageerror", lambda error: said.append(str(error)))
    phone.goto(path)
    assert asked
    assert [url for url in asked if not url.startswith((site, "data:"))] == []
    assert [text for text in said if "Failed to load resource" not in text] == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", ["", "downloads", "changes", "developers"])
def test_the_pages_of_a_whole_build_are_so_too(
    page: Page, phone: Page, portal: str, language: str, path: str
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{portal}/{language}/{path}")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert said == []
    phone.goto(f"{portal}/{language}/{path}")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_mark_leads_to_its_row_and_back(page: Page) -> None:
    page.goto(ARTICLE)
    page.click("mark.figure >> text=442张")
    row = page.locator("tr:target")
    assert "封闭券" in row.inner_text()
    row.locator("a", has_text="442张").click()
    assert page.locator("mark:target").inner_text() == "442张"


def test_marks_differ_by_more_than_colour(page: Page) -> None:
    page.goto(ARTICLE)
    kinds = ["figure", "system", "place", "period", "organization", "person"]
    marks = "".join(f'<mark class="{kind}">志</mark>' for kind in kinds)
    page.locator(".legend").evaluate("(e, marks) => { e.innerHTML = marks }", marks)
    lines = [
        page.locator(f".legend mark.{kind}").evaluate(
            "e => { const s = getComputedStyle(e); return s.borderBottomStyle + s.borderBottomWidth }"
        )
        for kind in kinds
    ]
    assert len(set(lines)) == len(kinds)


def test_search_by_typing(page: Page) -> None:
    page.goto("/")
    page.get_by_role("combobox").fill("管網")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    assert page.locator("main mark").first.inner_text() == "管网"


def test_the_keyboard_reaches_the_text_first(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
