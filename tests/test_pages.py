"""Pages of many kinds, damaged in ordinary ways: their articles, dates and numbers of figures."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from fangzhi.model.tables import Article, Observation, Source
from fangzhi.pipeline import extract
from fangzhi.text.source import Document

PAGES = Path(__file__).parent / "pages"
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


def test_every_page_is_expected() -> None:
    assert {path.name for path in PAGES.iterdir()} - {"expected.json"} == set(EXPECTED)
