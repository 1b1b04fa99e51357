"""Being found and harvested: what catalogues, search engines and their programs read of the site."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as Xml

import httpx
import pyshacl
import pytest
import yaml
from conftest import ROOT, serving
from playwright.sync_api import Browser
from rdflib import DCAT, RDF, Graph

from fangzhi.catalog import dcat
from fangzhi.site import found
from fangzhi.site.app import create_app

SHAPES = ROOT.parent / "shared" / "conformance" / "dcat-ap-3.0.1"
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
PAGES = (
    "",
    "downloads",
    "changes",
    "developers",
    "fangzhi",
    "fangzhi/units",
    "fangzhi/growth",
    "search?q=水",
)


@pytest.fixture(scope="module")
def web(portal: str) -> httpx.Client:
    return httpx.Client(base_url=portal, timeout=30)


def article(web: httpx.Client) -> str:
    rows = web.get("/fangzhi/articles.json?_shape=array&_col=article_id").json()
    return f"article/{rows[0]['article_id']}"


@pytest.mark.parametrize("form", dcat.FORMATS)
@pytest.mark.skipif(not SHAPES.is_dir(), reason="the shapes of DCAT-AP are not here")
def test_the_catalogue_conforms_as_served(web: httpx.Client, portal: str, form: str) -> None:
    answer = web.get(f"/catalog.{form}")
    assert answer.headers["content-type"].startswith(dcat.FORMATS[form][1])
    graph = Graph().parse(data=answer.text, format=dcat.FORMATS[form][0])
    conforms, _, text = pyshacl.validate(graph, shacl_graph=str(SHAPES / "shapes.ttl"))
    assert conforms, text
    links = {str(link) for link in graph.objects(None, DCAT.downloadURL)}
    assert len(links) == len(set(graph.subjects(RDF.type, DCAT.Distribution)))
    assert all(link.startswith(f"{portal}/downloads/") for link in links)
    assert {web.head(link).status_code for link in links} == {200}


def test_what_has_not_changed_is_not_sent_again(web: httpx.Client) -> None:
    for path in (
        "/catalog.ttl",
        "/changes.json",
        "/changes.atom",
        "/openapi.json",
        "/sitemap.xml",
        "/robots.txt",
    ):
        tag = web.get(path).headers["etag"]
        again = web.get(path, headers={"if-none-match": f'"other", {tag}'})
        assert (again.status_code, again.content) == (304, b"")
        assert web.get(path, headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example/x", 'a"><script>', "a b", "[::1", ""])
def test_a_host_that_is_none_is_not_repeated(web: httpx.Client, host: str) -> None:
    for path in ("/catalog.ttl", "/robots.txt", "/zh/"):
        answer = web.get(path, headers={"host": host})
        if answer.status_code == 200:
            assert not host or host not in answer.text
            assert "http://localhost/" in answer.text


def test_the_address_of_the_editors_goes_first(built: Path, tmp_path: Path) -> None:
    for name in ("fangzhi.db", "datapackage.json", "schemas", "changes.json"):
        (tmp_path / name).symlink_to(built / name)
    words = yaml.safe_load((ROOT / "metadata.yml").read_text("utf-8")) | {
        "address": "https://data.example.org/f"
    }
    (tmp_path / "metadata.yml").write_text(yaml.safe_dump(words), encoding="utf-8")
    with serving(tmp_path) as address:
        assert "https://data.example.org/f/sitemap.xml" in httpx.get(f"{address}/robots.txt").text
        page = httpx.get(f"{address}/en/changes").text
    assert '<link rel="canonical" href="https://data.example.org/f/en/changes">' in page


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_where_it_stands_in_each_language(
    web: httpx.Client, portal: str, language: str, path: str
) -> None:
    page = web.get(f"/{language}/{path}").text
    bare = path.partition("?")[0]
    assert re.findall(r'<link rel="canonical" href="([^"]+)">', page) == [f"{portal}/{language}/{bare}"]
    assert dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page)) == {
        "zh-CN": f"{portal}/zh/{bare}", "en": f"{portal}/en/{bare}", "x-default": f"{portal}/{bare}",
    }  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", [*PAGES, "article"])
def test_a_page_can_be_shown_by_others(web: httpx.Client, portal: str, language: str, path: str) -> None:
    page = web.get(f"/{language}/{article(web) if path == 'article' else path}").text
    told = dict(re.findall(r'<meta property="(og:[\w:]+)" content="([^"]*)">', page))
    assert told["og:title"]
    assert f"{told['og:title']} · " in page[page.index("<title>") : page.index("</title>")] + " · "
    assert len(told["og:description"]) >= 10
    assert told["og:url"].startswith(f"{portal}/{language}/")
    assert told["og:type"] == ("article" if path == "article" else "website")
    picture = web.get(told["og:image"])
    assert (picture.headers["content-type"], picture.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")


def test_an_error_has_no_place_of_its_own(web: httpx.Client) -> None:
    page = web.get("/zh/nope")
    assert page.status_code == 404
    assert "canonical" not in page.text


@pytest.mark.parametrize("path", ["/zh/", "/en/", "/zh/downloads", "/en/downloads"])
def test_search_engines_find_the_dataset_and_the_policy_lets_it_stand(
    browser: Browser, portal: str, path: str
) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    answer = page.goto(portal + path)
    assert answer
    assert "unsafe" not in answer.headers["content-security-policy"]
    told = json.loads(page.locator('script[type="application/ld+json"]').inner_text())
    page.close()
    assert told["@type"] == "Dataset"
    assert told["url"] == f"{portal}/"
    assert all(httpx.head(file["contentUrl"]).status_code == 200 for file in told["distribution"])
    assert said == []


def locations(text: str, path: str) -> list[str]:
    return [str(each.text) for each in Xml.fromstring(text).iterfind(path, MAP)]


def test_the_site_map_lists_every_page_in_both_languages(web: httpx.Client, portal: str) -> None:
    parts = locations(web.get("/sitemap.xml").text, "s:sitemap/s:loc")
    pages = [page for part in parts for page in locations(web.get(part).text, "s:url/s:loc")]
    assert len(pages) == len(set(pages))
    assert f"{portal}/zh/{article(web)}" in pages
    assert f"{portal}/en/" in pages
    assert {page.replace("/zh/", "/en/") for page in pages if "/zh/" in page} == {
        p for p in pages if "/en/" in p
    }
    assert {page: web.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
    entry = Xml.fromstring(web.get(parts[0]).text)[0]
    assert [link.get("hreflang") for link in entry.iterfind("x:link", MAP)] == ["zh-CN", "en", "x-default"]


def test_the_site_map_comes_in_parts(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found, "PART", 1)
    with serving(built) as address:
        parts = locations(httpx.get(f"{address}/sitemap.xml").text, "s:sitemap/s:loc")
        articles = [part for part in parts if "-article-" in part]
        assert [part[-5:] for part in articles] == ["1.xml", "2.xml"]
        assert all(len(locations(httpx.get(part).text, "s:url/s:loc")) == 2 for part in articles)


@pytest.mark.parametrize(
    "part", ["article-3", "article-0", "article", "pages-1", "nope-1", "article-999999999999"]
)
def test_other_parts_are_not_there(web: httpx.Client, part: str) -> None:
    assert web.get(f"/sitemap-{part}.xml").status_code == 404


def test_robots_are_told_what_to_leave_alone(web: httpx.Client, portal: str) -> None:
    text = web.get("/robots.txt").text
    assert "User-agent: *" in text
    assert "Disallow: /zh/fangzhi?" in text
    assert f"Sitemap: {portal}/sitemap.xml" in text
    assert "Disallow: /\n" not in text


def test_without_a_package_there_is_no_catalogue(site: str) -> None:
    assert httpx.get(f"{site}/catalog.ttl").status_code == 404
    assert "ld+json" not in httpx.get(f"{site}/zh/").text
    assert httpx.get(f"{site}/en/changes").status_code == httpx.get(f"{site}/en/downloads").status_code == 200


def test_a_broken_package_or_history_is_told(tmp_path: Path, built: Path) -> None:
    (tmp_path / "fangzhi.db").symlink_to(built / "fangzhi.db")
    for name in ("datapackage.json", "changes.json"):
        (tmp_path / name).write_text("{", encoding="utf-8")
        with pytest.raises(Exception, match=r"无法读取"):
            create_app(tmp_path)
        (tmp_path / name).unlink()
