"""Pages of many kinds, damaged in ordinary ways: their articles, dates and numbers of figures."""

from __future__ import annotations

import csv
import html
import json
import re
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fangzhi.model.codes import RepairKind
from fangzhi.model.tables import Article, Observation, Source
from fangzhi.page.articles import read_page
from fangzhi.page.kinds import line_kind
from fangzhi.pipeline import extract
from fangzhi.text.repair import repair
from fangzhi.text.source import Document
from fangzhi.text.spans import whole

PAGES = Path(__file__).parent / "pages"
CASE_FILES = Path(__file__).parent / "cases"
with (CASE_FILES / "page_lines.csv").open(encoding="utf-8", newline="") as _file:
    LINES = [(row["line"], row["kind"]) for row in csv.DictReader(_file)]
EXPECTED: dict[str, Any] = json.loads((PAGES / "expected.json").read_text("utf-8"))


@pytest.mark.parametrize("name", EXPECTED)
def test_page(name: str) -> None:
    rows = extract(Document(name, (PAGES / name).read_bytes()))
    articles = rows.rows(Article)
    figures = Counter(row.article_id for row in rows.rows(Observation))
    found = {
        "titles": [article.title for article in articles],
        "figures": [figures[article.article_id] for article in articles],
        "published_on": rows.rows(Source)[0].published_on,
    }
    assert found == EXPECTED[name]


def test_every_repair_has_its_words() -> None:
    pages = [*PAGES.glob("*.*"), *(Path(__file__).parent.parent / "seeds").glob("*.txt")]
    found = [row for page in pages for row in extract(Document(page.name, page.read_bytes())).rows(Source)]
    names = {name for row in found for name in row.repairs}
    assert len(names) > 5
    assert names <= set(RepairKind)


CASES: list[dict[str, Any]] = json.loads((CASE_FILES / "articles.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_articles(case: dict[str, Any]) -> None:
    articles = extract(Document("page", case["page"].encode())).rows(Article)
    found = [
        {"title": article.title, "first": article.text[:8], "last": article.text[-8:]} for article in articles
    ]
    assert found == case["articles"]


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_every_character_stands_in_its_page(case: dict[str, Any]) -> None:
    for article in extract(Document("page", case["page"].encode())).rows(Article):
        kept = "".join(case["page"][start:end] for start, end in article.source_spans)
        assert not Counter(re.sub(r"\s", "", article.text)) - Counter(html.unescape(kept))


@pytest.mark.parametrize(("line", "kind"), LINES)
def test_line(line: str, kind: str) -> None:
    assert line_kind(line).value == kind


LONG: dict[str, str] = json.loads((CASE_FILES / "long_pages.json").read_text("utf-8"))


def seconds(page: str) -> float:
    """Processor time that reading a page takes, at best of two."""
    times = []
    for _ in range(2):
        start = time.process_time()
        read_page(repair(whole(page)).page)
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize("unit", LONG.values(), ids=LONG)
def test_time_grows_with_the_page(unit: str) -> None:
    """Four times the page takes about four times as long; sixteen times would be the square."""
    short, long = (seconds((unit * length)[:length]) for length in (10_000, 40_000))
    assert long < 9 * short + 0.2


CUT = """宁远县企业复工

本报讯 截至3月底，宁远县规模以上企业复工率
达到95.6%，比上月提高12
.5个百分点，其中煤炭企业28
家；返岗员工1.2
万人，发放补贴3
50万元，投资完成4.2
亿元。
"""
CELLS = """<h1>一季度经济运行</h1><table>
<tr><td>指标</td><td>单位</td><td>总量</td><td>增速</td></tr>
<tr><td><p>投资</p></td><td><p>亿元</p></td><td><p>21.4</p></td><td><p>7.2%</p></td></tr>
<tr><td>消费</td><td></td><td>18.9亿元</td><td>6.5%</td></tr></table>"""
APART = "<h1>企业复工</h1><p>来源：融媒体中心 阅读：12</p>\n<p>34家企业复工，投资5亿元，新增就业200人。</p>"


@pytest.mark.parametrize(
    ("page", "values"),
    [
        (CUT, "12.5 12000 28 3500000 420000000 95.6"),
        (APART, "200 34 500000000"),
        (CELLS, "7.2 1890000000 6.5 2140000000"),
    ],
    ids=["lines that cut a quantity", "paragraphs that do not", "cells that stay apart"],
)
def test_where_lines_end_within_a_quantity(page: str, values: str) -> None:
    found = extract(Document("page.html", page.encode())).rows(Observation)
    assert {row.value for row in found} == {Decimal(value) for value in values.split()}


def test_every_page_is_expected() -> None:
    assert {path.name for path in PAGES.iterdir()} - {"expected.json"} == set(EXPECTED)
