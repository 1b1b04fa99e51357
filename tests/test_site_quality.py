"""The page of the quality report: what it counts, and that every number leads to the rows it counts."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import httpx
import pytest
from conftest import make_package, report, serving
from sample import SOURCE

from fangzhi.quality.report import QUALITY, Keys, parse_quality
from fangzhi.site.app import create_app
from fangzhi.site.errors import SiteError

NUMBER = re.compile(r'<a href="([^"]+)">([\d,]+)<span class="unseen">')
TOTAL = re.compile(r'<dt><a href="([^"]+)">.*?</dt><dd>([\d,]+)</dd>')


def numbers(html: str) -> list[tuple[str, int]]:
    """The links of the page that say how many rows they lead to."""
    found = [*NUMBER.findall(html), *TOTAL.findall(html)]
    return [(unescape(path), int(count.replace(",", ""))) for path, count in found]


def rows(web: httpx.Client, path: str) -> int:
    table, _, query = path.partition("?")
    assert web.get(path).status_code == 200
    count: int = web.get(f"{table.removeprefix('/zh')}.json?{query}").json()["filtered_table_rows_count"]
    return count


def test_every_number_leads_to_as_many_rows(web: httpx.Client) -> None:
    found = numbers(web.get("/quality").text)
    assert len(found) > 20
    tables = {re.split(r"[/?]", path)[3] for path, _ in found}
    assert tables >= {"sources", "articles", "observations", "systems", "checks", "corrections", "issues"}
    assert [(path, count) for path, count in found if rows(web, path) != count] == []


@pytest.mark.parametrize(
    "words", ["质量报告", "与上次构建相比", "所测 measure 1", "old", "“三个一”机制 3 2", "空文件", "100%"]
)
def test_what_the_page_tells(web: httpx.Client, words: str) -> None:
    html = web.get("/quality").text
    text = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))
    assert words in text


def test_changed_and_added_rows_are_linked_by_their_keys(web: httpx.Client) -> None:
    paths = [path for path, _ in numbers(web.get("/quality").text)]
    assert any(path.startswith("/zh/fangzhi/observations?observation_id__in=") for path in paths)
    (parts,) = [path for path in paths if path.startswith("/zh/fangzhi/system_components")]
    assert f"{SOURCE}-s16" in parts


def test_the_report_is_json_too_and_linked_from_every_page(web: httpx.Client) -> None:
    found = web.get("/quality.json")
    assert found.headers["access-control-allow-origin"] == "*"
    assert parse_quality(found.content) == report()
    assert all('href="/zh/quality"' in web.get(path).text for path in ("/", "/fangzhi", "/nope"))


def test_a_package_without_a_report(tmp_path: Path) -> None:
    (make_package(tmp_path) / QUALITY).unlink()
    with serving(tmp_path) as address:
        assert 'href="/zh/quality"' not in httpx.get(f"{address}/zh/").text
        assert httpx.get(f"{address}/quality.json").json()["status"] == 404
        told = httpx.get(f"{address}/zh/quality")
    assert (told.status_code, "fangzhi build" in told.text) == (404, True)


def test_a_report_of_a_first_build_and_one_of_many_changes(tmp_path: Path) -> None:
    folder = make_package(tmp_path)
    first = report().model_copy(update={"changes": None})
    (folder / QUALITY).write_text(first.model_dump_json(), "utf-8")
    with serving(folder) as address:
        assert "首次构建" in httpx.get(f"{address}/zh/quality").text
    changes = report().changes
    assert changes is not None
    cut = changes.tables[0].model_copy(update={"added": Keys(count=5000, keys=("a", "b"))})
    many = report().model_copy(update={"changes": changes.model_copy(update={"tables": (cut,)})})
    (folder / QUALITY).write_text(many.model_dump_json(), "utf-8")
    with serving(folder) as address:
        html = httpx.get(f"{address}/zh/quality").text
    assert ("5,000" in html, "只通向前" in html) == (True, True)


def test_a_report_that_cannot_be_read_stops_the_site_with_a_reason(tmp_path: Path) -> None:
    (make_package(tmp_path) / QUALITY).write_text('{"pages": 1}', "utf-8")
    with pytest.raises(SiteError, match=r"quality\.json"):
        create_app(tmp_path)
