"""The SQLite file: what is in it, that it holds together, and that it is the same everywhere."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from sample import SOURCE, dataset, figure, rows

from fangzhi.database.canonical import unused
from fangzhi.database.views import VIEWS
from fangzhi.database.write import BrokenReferenceError, to_sql, write_database
from fangzhi.model.dataset import Dataset
from fangzhi.model.tables import TABLES, Article


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("database") / "fangzhi.db"
    write_database(dataset(), path)
    return path


@pytest.fixture
def db(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as connection:
        yield connection


@pytest.mark.parametrize("name", TABLES)
def test_every_row_is_stored_as_it_was(db: sqlite3.Connection, name: str) -> None:
    fields = [field.name for field in TABLES[name].fields]
    stored = db.execute(f"SELECT {', '.join(fields)} FROM {name} ORDER BY rowid").fetchall()
    given = dataset().tables[name]
    assert given
    assert stored == [tuple(to_sql(getattr(row, field)) for field in fields) for row in given]


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (Decimal("30135000.0"), 30135000), (Decimal("3.14"), 3.14), (Decimal("115.84"), 115.84),
        (Decimal("-0.5"), -0.5), (Decimal(0), 0), (Decimal(9007199254740993), 9007199254740993),
        (Decimal("1E+3"), 1000), (Decimal("1e30"), 1e30), ([1, "二"], '[1,"二"]'), ({}, "{}"), (None, None),
    ],
)  # fmt: skip
def test_values_are_stored_as_sql_can_use_them(value: object, stored: object) -> None:
    assert to_sql(value) == stored
    assert type(to_sql(value)) is type(stored)


def test_decimals_add_and_sort_as_numbers(db: sqlite3.Connection) -> None:
    assert db.execute("SELECT sum(value) FROM observations WHERE unit = '张'").fetchone() == (62696,)
    ordered = [value for (value,) in db.execute("SELECT value FROM observations ORDER BY value")]
    assert ordered == sorted(ordered)
    assert ordered[0] == 42


def test_the_file_is_sound(db: sqlite3.Connection) -> None:
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_every_reference_of_the_models_is_a_foreign_key_with_an_index(db: sqlite3.Connection) -> None:
    for table in TABLES.values():
        keys = {(row[3], row[2]) for row in db.execute(f"PRAGMA foreign_key_list({table.name})")}
        assert keys == {(key.field, key.table) for key in table.foreign_keys}
        first = set()
        for index in db.execute(f"PRAGMA index_list({table.name})").fetchall():
            first.add(db.execute(f"PRAGMA index_info({index[1]})").fetchone()[2])
        assert {key.field for key in table.foreign_keys} <= first


@pytest.mark.parametrize(
    ("change", "table"),
    [
        ({"place_id": "cn999999"}, "places"), ({"indicator_id": "nothing"}, "indicators"),
        ({"corroborates": "nothing"}, "observations"),
    ],
)  # fmt: skip
def test_a_reference_to_nothing_is_named_and_nothing_is_written(
    tmp_path: Path, change: dict[str, str], table: str
) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(b"as it was")
    broken = dataset()
    broken.tables["observations"].append(figure("三个", "个数", "3", "个", **change))
    with pytest.raises(BrokenReferenceError, match=f"observations {SOURCE}-o.*is not in {table}"):
        write_database(broken, path)
    assert path.read_bytes() == b"as it was"
    assert [file.name for file in tmp_path.iterdir()] == ["x.db"]


@pytest.mark.parametrize(
    "change", [{"kind": "bogus"}, {"position": 0}, {"characters": "many"}, {"source_spans": None}]
)
def test_a_row_that_breaks_a_constraint_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    broken = dataset()
    good = broken.rows(Article)[0]
    broken.tables["articles"] = [Article.model_construct(**(dict(good) | change))]
    with pytest.raises(sqlite3.IntegrityError):
        write_database(broken, tmp_path / "x.db")


def test_the_same_rows_in_any_order_give_the_same_bytes(path: Path, tmp_path: Path) -> None:
    shuffled = rows()
    random.Random(1).shuffle(shuffled)
    data = Dataset()
    data.add(shuffled)
    write_database(data, tmp_path / "again.db")
    assert (tmp_path / "again.db").read_bytes() == path.read_bytes()


def test_the_header_does_not_tell_which_library_wrote_it(path: Path) -> None:
    header = path.read_bytes()[:100]
    assert header[96:100] == (3_040_001).to_bytes(4, "big")
    assert header[24:28] == header[92:96]


@pytest.mark.parametrize(
    ("page", "header", "gap"),
    [
        (bytes([13, 0, 0, 0, 2, 0x0F, 0x00, 0]) + bytes(4088), 0, (12, 0x0F00)),
        (bytes([5, 0, 0, 0, 1, 0x0E, 0x00, 0, 0, 0, 0, 9]) + bytes(4084), 0, (14, 0x0E00)),
        (bytes(100) + bytes([13, 0, 0, 0, 1, 0x0D, 0x00, 0]) + bytes(3988), 100, (110, 0x0D00)),
        (bytes([0, 0, 0, 7]) + b"overflowing text" * 255, 0, (0, 0)),
    ],
)
def test_the_gap_of_a_page(page: bytes, header: int, gap: tuple[int, int]) -> None:
    assert unused(page, header) == gap


@pytest.mark.parametrize("name", VIEWS)
def test_views_have_rows_and_the_columns_they_describe(db: sqlite3.Connection, name: str) -> None:
    cursor = db.execute(f"SELECT * FROM {name}")
    assert set(VIEWS[name].columns) <= {column[0] for column in cursor.description}
    assert cursor.fetchall()


def test_figures_has_a_row_for_every_observation(db: sqlite3.Connection) -> None:
    columns = "measure, place, indicator, publisher, published_on, value"
    figures = db.execute(f"SELECT {columns} FROM figures ORDER BY measure").fetchall()
    assert len(figures) == 5
    assert ("新建供水管网", "河北省清河县", "新建供水管网", "清河日报", "2022-03", 42) in figures


def test_lists_are_json(db: sqlite3.Connection) -> None:
    (keywords,) = db.execute("SELECT keywords FROM articles").fetchone()
    assert json.loads(keywords) == ["电子培训券", "供水管网"]
    assert db.execute("SELECT value FROM articles, json_each(reporters)").fetchall() == [("张三",)]


def test_an_empty_dataset_is_a_valid_file(tmp_path: Path) -> None:
    write_database(Dataset(), tmp_path / "empty.db")
    with closing(sqlite3.connect(tmp_path / "empty.db")) as connection:
        assert connection.execute("SELECT count(*) FROM figures").fetchone() == (0,)
