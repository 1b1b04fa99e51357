"""The pages of the site over HTTP: what they say, what they link to, what they never do."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
from conftest import serving
from sample import SOURCE, TEXT, dataset

from fangzhi.database.search import SEARCHED
from fangzhi.database.views import VIEWS
from fangzhi.database.write import write_database
from fangzhi.model.codes import CorrectionState
from fangzhi.model.tables import TABLES, Article, Correction, Observation
from fangzhi.site import article
from fangzhi.site.languages import Language, localized, preferred

ARTICLE = f"{SOURCE}-a4"
FIGURE = f"{SOURCE}-o33"
PAGES = [
    "/",
    "/search",
    "/search?q=管网",
    "/search?q=火星",
    f"/article/{ARTICLE}",
    f"/figure/{FIGURE}",
    f"/system/{SOURCE}-s16",
    f"/source/{SOURCE}",
    "/figure/nope",
    "/system/nope",
    "/source/nope",
    "/quality",
    "/fangzhi",
    "/fangzhi?sql=select+1",
    "/fangzhi?sql=select+nonsense",
    "/fangzhi/places/cn",
    f"/fangzhi/articles/{ARTICLE}",
    "/place/cn130534",
    "/place/cn",
    "/place/nope",
    "/indicator/water_mains_built",
    "/indicator/nope",
    "/theme/employment",
    "/theme/nope",
    "/queries",
    "/map",
    "/nope",
    "/article/nope",
    "/fangzhi/figures_of_a_place?place=清河",
    f"/fangzhi/system_components/{SOURCE}-s16,1",
    *(f"/fangzhi/{name}" for name in (*TABLES, *VIEWS)),
]


class Page(HTMLParser):
    """The elements and the text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, tag: str, name: str) -> list[str]:
        return [
            value for found, attrs in self.elements if found == tag and (value := attrs.get(name)) is not None
        ]

    def ids(self) -> list[str]:
        return [value for _, attrs in self.elements if (value := attrs.get("id")) is not None]


def page(web: httpx.Client, path: str) -> Page:
    return Page(web.get(path).text)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", Language)
def test_a_page_is_whole_and_keeps_to_itself(web: httpx.Client, language: Language, path: str) -> None:
    response = web.get(f"/{language}{path}")
    found = Page(response.text)
    tags = [tag for tag, _ in found.elements]
    assert response.status_code in (200, 400, 404)
    assert response.status_code == 200 or "n" in path.rsplit("/", 1)[-1]
    assert found.values("html", "lang") == [language.say("zh-CN", "en")]
    (there,) = (a["href"] for tag, a in found.elements if tag == "a" and a.get("hreflang"))
    assert web.get(str(there)).status_code == response.status_code
    places = [a["href"] for tag, a in found.elements if tag == "link" and a.get("hreflang")]
    assert len(places) == (3 if response.status_code < 400 or "sql" in path else 0)
    assert {web.get(str(place)).status_code for place in places} <= {200}
    assert tags.count("main") == 1
    assert tags.count("h1") == 1
    assert not {"style", "iframe", "object"} & set(tags)
    scripts = [attrs for tag, attrs in found.elements if tag == "script"]
    assert all((attrs.get("src") or "").startswith("/static/") for attrs in scripts)
    assert not [
        attrs for _, attrs in found.elements if "style" in attrs or any(n.startswith("on") for n in attrs)
    ]
    assert len(found.ids()) == len(set(found.ids()))
    loaded = found.values("link", "href") + found.values("img", "src")
    assert [url for url in loaded if not url.startswith(("/", str(web.base_url)))] == []
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "unsafe" not in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "path",
    [
        "/", f"/article/{ARTICLE}", f"/figure/{FIGURE}", f"/system/{SOURCE}-s16", f"/source/{SOURCE}",
        "/search?q=管网", "/fangzhi/articles", "/fangzhi/places", "/fangzhi",
        "/place/cn130534", "/place/cn130000", "/indicator/water_mains_built", "/theme/employment",
        "/queries", "/quality", "/map",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", Language)
def test_no_link_of_a_page_is_broken(web: httpx.Client, language: Language, path: str) -> None:
    found = page(web, f"/{language}{path}")
    links = {
        link for link in found.values("a", "href") + found.values("link", "href") if link.startswith("/")
    }
    broken = [
        link for link in links if web.head(link.partition("#")[0], follow_redirects=True).status_code >= 400
    ]
    assert broken == []
    here = {link[1:] for link in found.values("a", "href") if link.startswith("#")}
    assert here <= set(found.ids())


def test_home_counts_lists_and_offers_everything(web: httpx.Client) -> None:
    found = page(web, "/")
    links = found.values("a", "href")
    assert {f"/zh/fangzhi/{name}" for name in TABLES} <= set(links)
    assert f"/zh/article/{ARTICLE}" in links
    assert {"/downloads/fangzhi.db", "/downloads/fangzhi.zip"} <= set(links)
    assert sum(re.fullmatch(r"/zh/fangzhi/[a-z_]+", link) is not None for link in links) >= len(TABLES) + 10
    assert "清河县试行<b>电子培训券</b>" in found.text
    assert "CC BY 4.0" in found.text
    assert found.values("form", "action") == ["/zh/search"]


def test_an_article_shows_its_text_as_it_is(web: httpx.Client) -> None:
    html = web.get(f"/article/{ARTICLE}").text
    start = html.index('<div class="prose"')
    prose = html[start : html.index("</div>", start)]
    assert [line for line in Page(prose).text.split("\n") if line] == TEXT.split("\n")


def test_marks_and_rows_lead_to_each_other(web: httpx.Client) -> None:
    found = page(web, f"/article/{ARTICLE}")
    marks = {attrs["id"]: attrs["class"] for tag, attrs in found.elements if tag == "mark" and "id" in attrs}
    assert sorted(marks.values()) == ["figure"] * 5 + ["period", "place", "system"]
    links = found.values("a", "href")
    rows = [link[1:] for link in links if link.startswith("#r-")]
    assert set(rows) <= set(found.ids())
    assert {f"#{anchor}" for anchor in marks} <= set(links)
    assert {f"r-{FIGURE}", f"r-{SOURCE}-s16", f"r-{SOURCE}-d4", "r-cn130534"} <= set(rows)


@pytest.mark.parametrize(
    "words",
    [
        "消息",
        "清河日报",
        "2022年3月",
        "张三",
        "31,348 张",
        "约数",
        "相符",
        "一季一评",
        "[[4,157]]",
        "清河日报社",
        "试行电子培训券",
    ],
)
def test_an_article_tells(web: httpx.Client, words: str) -> None:
    assert words in page(web, f"/article/{ARTICLE}").text


def test_an_article_tells_what_editors_corrected_in_it(tmp_path: Path) -> None:
    data = dataset()
    (record,) = data.rows(Correction)
    changed = {
        "row_key": FIGURE,
        "field": "place_id",
        "old_value": None,
        "new_value": "cn<b>",
        "article_id": ARTICLE,
    }
    gone = {"correction_id": "cor-2", "row_key": "x", "field": None, "old_value": None, "new_value": None}
    data.tables["corrections"] = [
        record.model_copy(update={**changed, "table_name": "observations", "reason": "缘由甲"}),
        record.model_copy(update={**gone, "table_name": "events", "article_id": ARTICLE}),
        record.model_copy(
            update={"correction_id": "cor-3", "reason": "缘由乙", "state": CorrectionState.STALE}
        ),
    ]
    first, *rest = data.rows(Observation)
    data.tables["observations"] = [first.model_copy(update={"method": "corrected"}), *rest]
    write_database(data, tmp_path / "fangzhi.db")
    with serving(tmp_path) as address:
        html = httpx.get(f"{address}/zh/article/{ARTICLE}").text
    assert "<del>（空）</del> → <ins>cn&lt;b&gt;</ins>" in html
    assert html.count('href="#corrections"') == 1
    assert f'<a href="#r-{FIGURE}">数据 · 地点编号</a>' in html
    assert ("缘由甲" in html, "撤下整行" in html, "缘由乙" in html) == (True, True, False)


def test_a_build_without_text_says_so_and_shows_the_facts(tmp_path: Path) -> None:
    bare = dataset()
    bare.tables["articles"] = [row.model_copy(update={"text": None}) for row in bare.rows(Article)]
    write_database(bare, tmp_path / "fangzhi.db")
    with serving(tmp_path) as address:
        found = Page(httpx.get(f"{address}/zh/article/{ARTICLE}").text)
    assert "本数据包不含正文" in found.text
    assert "31,348 张" in found.text
    assert "#t-" not in " ".join(found.values("a", "href"))


def test_lists_and_rows_of_articles_lead_to_the_article(web: httpx.Client) -> None:
    for path in (
        "/fangzhi/articles",
        f"/fangzhi/articles/{ARTICLE}",
        f"/fangzhi/observations/{FIGURE}",
        "/fangzhi/figures",
    ):
        assert f"/zh/article/{ARTICLE}" in page(web, path).values("a", "href"), path


@pytest.mark.parametrize("name", TABLES)
def test_a_table_page_explains_its_columns(web: httpx.Client, name: str) -> None:
    chinese, english = (page(web, f"/{language}/fangzhi/{name}").text for language in Language)
    assert TABLES[name].zh in chinese
    assert TABLES[name].en in english
    for field in TABLES[name].fields:
        assert {field.name in chinese, field.column.zh_text in chinese} == {True}
        assert {field.name in english, field.column.en_text in english} == {True}


def test_references_codes_and_numbers_read_well(web: httpx.Client) -> None:
    text = page(web, "/fangzhi/observations?_sort_desc=value").text
    for words in ("河北省清河县", "金额", "30,135,000", "清河县试行<b>电子培训券</b>", "按列筛选"):
        assert words in text


@pytest.mark.parametrize("name", SEARCHED)
def test_the_search_box_of_a_table_filters(web: httpx.Client, name: str) -> None:
    assert 'name="_search"' in web.get(f"/fangzhi/{name}").text
    everything = web.get(f"/fangzhi/{name}.json").json()["filtered_table_rows_count"]
    nothing = web.get(f"/fangzhi/{name}.json", params={"_search": "火星"}).json()
    assert everything
    assert nothing["filtered_table_rows_count"] == 0


@pytest.mark.parametrize(
    ("name", "query", "count"),
    [
        ("articles", "券", 1),
        ("articles", "管網", 1),
        ("articles", "培训券", 1),
        ("articles", "电子培训券", 1),
        ("observations", "31348", 3),
        ("systems", "三个一", 1),
        ("places", "清河縣", 1),
        ("people", "张", 1),
        ("organizations", "人社", 1),
        ("articles", '"', 0),
        ("articles", "AND OR NOT", 0),
    ],
)
def test_searching_a_table(web: httpx.Client, name: str, query: str, count: int) -> None:
    found = web.get(f"/fangzhi/{name}.json", params={"_search": query}).json()
    assert found["filtered_table_rows_count"] == count


def test_the_search_page_marks_what_it_found(web: httpx.Client) -> None:
    html = web.get("/search", params={"q": "培訓券 開放"}).text
    assert "<mark>培训券</mark>" in html
    assert "<mark>开放</mark>" in html
    links = Page(html).values("a", "href")
    assert f"/zh/article/{ARTICLE}" in links
    assert f"/zh/article/{ARTICLE}#r-{SOURCE}-o45" in links


def test_what_is_searched_for_is_escaped(web: httpx.Client) -> None:
    html = web.get("/search", params={"q": "<script>alert(1)</script>"}).text
    assert "<script>" not in html
    assert "<script>" not in web.get(f"/article/{ARTICLE}").text


def test_places_without_text_are_found_by_their_full_name(web: httpx.Client) -> None:
    found = page(web, "/search?q=河北省清河县")
    assert "/zh/place/cn130534" in found.values("a", "href")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "zh"), ("zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("en-GB,en;q=0.9", "en"), ("de,en;q=0.5", "en"),
        ("en;q=0.2,zh;q=0.8", "zh"), ("fr", "zh"), ("en;q=0", "zh"), ("en;q=x,,;q=", "zh"), ("EN", "en"),
    ],
)  # fmt: skip
def test_a_visitor_gets_the_edition_of_their_language(web: httpx.Client, header: str, language: str) -> None:
    assert preferred(header) == language
    response = web.get("/search?q=管网", headers={"accept-language": header})
    assert response.url.path == f"/{language}/search"
    assert response.url.params["q"] == "管网"


@pytest.mark.parametrize(
    ("path", "accept", "kind"),
    [
        ("/fangzhi/figures", "text/csv", "text/csv"),
        ("/fangzhi/figures", "application/json, text/html", "application/json"),
        ("/fangzhi/figures", "text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("/fangzhi/figures", "*/*", "text/html"),
        ("/fangzhi/figures.csv", "text/html", "text/csv"),
        ("/fangzhi/places/cn", "application/json", "application/json"),
        ("/fangzhi?sql=select+1", "text/csv;q=0.9", "text/csv"),
    ],
)
def test_data_comes_in_the_form_asked_for(web: httpx.Client, path: str, accept: str, kind: str) -> None:
    response = web.get(path, headers={"accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(kind)


def test_data_has_one_address_for_all_languages(web: httpx.Client) -> None:
    for language in Language:
        links = page(web, f"/{language}/fangzhi/places").values("a", "href")
        data = [link for link in links if re.search(r"\.(json|csv)", link) and link != "/openapi.json"]
        assert data
        assert all(link.startswith("/fangzhi/places") for link in data)


TEMPLATES = sorted((Path(article.__file__).parent / "templates").glob("*.html"))
SAID = re.compile(r"""say\((?:"[^"]*"|'[^']*')(?: ~ [\w.]+)?, (?:"[^"]*"|'[^']*')""")
EVERYWHERE = ("志", "《", "》", "“", "”", " · ")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_what_a_template_says_is_said_in_both_languages(path: Path) -> None:
    text = SAID.sub("", path.read_text("utf-8"))
    for word in EVERYWHERE:
        text = text.replace(word, "")
    assert re.findall(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+", text) == []


def test_words_of_editors_come_in_the_language_of_the_edition() -> None:
    words = {
        "title": "问",
        "title_en": "Ask",
        "queries": {"a": {"labels": {"x": "地名"}, "labels_en": {"x": "Place"}}},
    }
    assert localized(words, Language.ZH) == {"title": "问", "queries": {"a": {"labels": {"x": "地名"}}}}
    assert localized(words, Language.EN) == {"title": "Ask", "queries": {"a": {"labels": {"x": "Place"}}}}
