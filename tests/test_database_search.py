"""Chinese full-text search: whatever is printed is found, by any part of it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from sample import SOURCE, TEXT, dataset

from fangzhi.database.search import SEARCHED, match_query, term_pattern, tokens
from fangzhi.database.write import write_database
from fangzhi.text.fold import fold

ARTICLE = f"{SOURCE}-a4"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("search") / "fangzhi.db"
    write_database(dataset(), path)
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def count(db: sqlite3.Connection, table: str, query: str) -> int:
    matching = f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ?"
    sql = f"SELECT count(*) FROM {table} WHERE rowid IN ({matching})"
    found: int = db.execute(sql, (match_query(query),)).fetchone()[0]
    return found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("管网42公里", ["管", "网", "42", "公", "里"]),
        ("１１９０７２元", ["119072", "元"]),
        ("1,100.9亿", ["1100", "9", "亿"]),
        ("12,3,4567", ["12", "3", "4567"]),
        ("兩個乡镇", ["两", "个", "乡", "镇"]),
        ("App2.0版", ["app", "2", "0", "版"]),
        ("二〇二一年", ["二", "〇", "二", "一", "年"]),
        ("“三个一”", ["三", "个", "一"]),
        ("_<b>&", ["b"]),
        ("", []),
    ],
)
def test_tokens(text: str, words: list[str]) -> None:
    assert tokens(text) == words


@pytest.mark.parametrize(
    ("table", "query", "expected"),
    [
        ("articles", "券", 1),
        ("articles", "管网", 1),
        ("articles", "培训券", 1),
        ("articles", "电子培训券", 1),
        ("articles", "两个乡镇", 1),
        ("articles", "兩個鄉鎮", 1),
        ("articles", "清河 管網", 1),
        ("articles", "清河 火星", 0),
        ("articles", "31348", 1),
        ("articles", "31,348", 1),
        ("articles", "３１３４８", 1),
        ("articles", "3134", 0),
        ("articles", "3013.5", 1),
        ("articles", "网管", 0),
        ("articles", "SCRIPT", 1),
        ("observations", "领取培训券", 3),
        ("observations", "培训券", 3),
        ("observations", "42公里", 2),
        ("systems", "三个一", 1),
        ("systems", "清河", 1),
        ("places", "河北", 2),
        ("places", "河北省清河縣", 1),
        ("organizations", "人社局", 1),
        ("people", "張三", 1),
        ("people", "李四", 0),
    ],
)
def test_search_finds(db: sqlite3.Connection, table: str, query: str, expected: int) -> None:
    assert count(db, table, query) == expected


def test_every_part_of_the_text_of_one_to_four_characters_is_found(db: sqlite3.Connection) -> None:
    runs = re.findall(r"[\u4e00-\u9fff]+", TEXT)
    parts = {run[i : i + n] for run in runs for n in (1, 2, 3, 4) for i in range(len(run) - n + 1)}
    assert len(parts) > 150
    assert [part for part in parts if count(db, "articles", part) != 1] == []


@pytest.mark.parametrize(
    "query",
    ['"', "AND", "NOT 管网", "管*", "NEAR(管 网)", "title:管", "(", "-", "", "  ", "，。", "^管", "\x00"],
)
def test_operators_are_plain_text(db: sqlite3.Connection, query: str) -> None:
    assert count(db, "articles", query) in (0, 1)


def test_a_query_without_words_finds_nothing(db: sqlite3.Connection) -> None:
    assert [count(db, "articles", query) for query in ("", " ", "，", '""')] == [0, 0, 0, 0]


def test_a_very_long_query_is_cut(db: sqlite3.Connection) -> None:
    assert count(db, "articles", "券 " * 100_000) == 1


@pytest.mark.parametrize("table", SEARCHED)
def test_every_row_of_every_index_is_found_by_its_own_words(db: sqlite3.Connection, table: str) -> None:
    column = SEARCHED[table][0]
    for rowid, text in db.execute(f"SELECT rowid, {column} FROM {table}").fetchall():
        sql = f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ?"
        assert (rowid,) in db.execute(sql, (match_query(text),)).fetchall()


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("管网", "新建管网42公里", ["管网"]),
        ("管網", "管网，管网", ["管网", "管网"]),
        ("119072", "共119,072元", ["119,072"]),
        ("42", "142公里，42公里", ["42"]),
        ("app", "Apple App", ["App"]),
        ("一户一档一村", "一户一档、一村一策", ["一户一档、一村"]),
        ("公里 管网", "管网42公里", ["管网", "公里"]),
        ("。", "管网。", []),
    ],
)
def test_what_is_marked(query: str, text: str, marked: list[str]) -> None:
    pattern = term_pattern(query)
    spans = [match.span() for match in pattern.finditer(fold(text))] if pattern else []
    assert [text[start:end] for start, end in spans] == marked
