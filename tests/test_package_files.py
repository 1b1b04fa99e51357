"""The files of a package: the same rows give the same bytes, and the reader gives the same rows back."""

from __future__ import annotations

import hashlib
import json
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from package_sample import build, good_dataset
from pyarrow import parquet

from fangzhi.model import codes
from fangzhi.model.cells import plain, to_cell
from fangzhi.model.decimals import rounded
from fangzhi.model.soundness import flaws
from fangzhi.model.tables import TABLES, Article, Check, Observation, Person, UnitRow
from fangzhi.package.build import write_repository
from fangzhi.package.csv_files import write_csv
from fangzhi.package.errors import PackageError
from fangzhi.package.judges import judge
from fangzhi.package.parquet import write_parquet
from fangzhi.package.reader import read_package, read_rows
from fangzhi.package.xlsx import exact_float, write_xlsx


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    build(folder)
    return folder


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


# writers


def test_same_rows_same_bytes(tmp_path: Path) -> None:
    build(tmp_path / "a")
    build(tmp_path / "b")
    first = digests(tmp_path / "a")
    assert first == digests(tmp_path / "b")
    assert {"fangzhi.db", "downloads.json", "downloads/fangzhi.xlsx", "packages/fangzhi.zip"} <= first.keys()


def test_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    table, rows = TABLES["observations"], good_dataset().tables["observations"]
    write_csv(table, rows, tmp_path / "a.csv")
    write_csv(table, rows[::-1], tmp_path / "b.csv")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (Decimal("30135000.0"), "30135000.0"),
        (Decimal("1E+6"), "1000000"),
        (Decimal("1E-10"), "0.0000000001"),
        (Decimal("-0.50"), "-0.50"),
        (date(2021, 1, 2), "2021-01-02"),
        ([], "[]"),
        (["张三", 'a"b'], '["张三","a\\"b"]'),
        ({"b": 1, "a": 2}, '{"a":2,"b":1}'),
        (codes.Kind.MONEY, "money"),
        (7, "7"),
    ],
)
def test_cell(value: object, cell: str) -> None:
    assert to_cell(value) == cell


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_no_cell_for_what_is_no_number(number: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        plain(Decimal(number))


def test_downloads_index_is_true(package: Path) -> None:
    listed = {item["path"]: item for item in load(package / "downloads.json")["files"]}
    assert listed.keys() == digests(package).keys() - {"downloads.json"}
    for path, item in listed.items():
        content = (package / path).read_bytes()
        assert (item["bytes"], item["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
        assert item["title_zh"]
        assert item["title_en"]
        assert "/" in item["media_type"]
    assert listed["data/observations.csv"]["rows"] == listed["downloads/observations.parquet"]["rows"] == 5


def test_parquet_keeps_types_and_digits(package: Path) -> None:
    table = parquet.read_table(package / "downloads" / "observations.parquet")
    written = good_dataset().rows(Observation)
    assert table.column("value").to_pylist() == [row.value for row in written]
    assert table.column("period_start").to_pylist() == [row.period_start for row in written]
    assert table.column("kind").to_pylist() == [str(row.kind) for row in written]
    sources = parquet.read_table(package / "downloads" / "sources.parquet")
    assert sources.column("repairs").to_pylist() == [[("line_break", 3)]]
    places = parquet.read_table(package / "downloads" / "places.parquet")
    assert places.column("code").to_pylist()[1] == "130000"


EXACT = ["0.333333333333333", "50050000000", "123456789012345678901.5", "-0.000000000000001", "1E+22"]


@pytest.mark.parametrize("numbers", [EXACT, ["1", "2.50"], []], ids=["wide", "narrow", "empty"])
def test_parquet_is_read_exactly_by_all(tmp_path: Path, numbers: list[str]) -> None:
    check = good_dataset().rows(Check)[0]
    rows = [
        check.model_copy(update={"check_id": f"c{n}", "expected": Decimal(v)}) for n, v in enumerate(numbers)
    ]
    path = tmp_path / "checks.parquet"
    write_parquet(TABLES["checks"], rows, path)
    column = parquet.read_table(path).column("expected")
    assert str(column.type) == "decimal128(38, 15)"
    wanted = [Decimal(number) for number in numbers]
    assert column.to_pylist() == wanted
    assert polars.read_parquet(path)["expected"].to_list() == wanted
    assert [row[0] for row in duckdb.sql(f"select expected from '{path}'").fetchall()] == wanted


@pytest.mark.parametrize("number", [Decimal(10) ** 23, Decimal("0.0000000000000001"), Decimal("NaN")])
def test_numbers_that_do_not_fit_are_told(number: Decimal) -> None:
    check = good_dataset().rows(Check)[0]
    assert flaws(check.model_copy(update={"expected": number})) == ["expected"]


def test_a_quotient_without_end_is_rounded_half_to_even() -> None:
    assert rounded(Decimal(1) / 3) == Decimal("0.333333333333333")
    assert rounded(Decimal("0.0000000000000025")) == Decimal("0.000000000000002")
    assert str(rounded(Decimal("1.50E+3"))) == "1500"


@pytest.mark.parametrize(
    ("number", "cell"),
    [
        ("31348", 31348.0),
        ("0.1", 0.1),
        ("12345678901234567890", None),
        ("0.12345678901234567", None),
        ("1E+400", None),
    ],
)
def test_spreadsheet_numbers_are_exact_or_text(number: str, cell: float | None) -> None:
    assert exact_float(Decimal(number)) == cell


NASTY = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "http://example.org",
    "{=1}",
    "a\x01b",
    "长" * 40_000,
]


def test_workbook_has_no_formulas_and_explains_itself(tmp_path: Path) -> None:
    data = good_dataset()
    person = data.rows(Person)[0]
    data.tables["people"] = [
        person.model_copy(update={"person_id": f"p{n}", "name": v}) for n, v in enumerate(NASTY)
    ]
    write_xlsx(data, tmp_path / "book.xlsx")
    with zipfile.ZipFile(tmp_path / "book.xlsx") as book:
        names = book.namelist()
        parts = {name: book.read(name).decode() for name in names if name.endswith(".xml")}
    sheets = [text for name, text in parts.items() if name.startswith("xl/worksheets/")]
    assert len(sheets) == len(TABLES) + 1
    assert not any("<f>" in text or "<hyperlink" in text for text in sheets)
    assert all('ySplit="1"' in text for text in sheets)
    assert "=1+1" in parts["xl/sharedStrings.xml"]
    assert "full text in the CSV" in parts["xl/sharedStrings.xml"]
    assert 'sheet name="说明 README"' in parts["xl/workbook.xml"]


def test_zip_is_the_package_and_fixed(package: Path) -> None:
    with zipfile.ZipFile(package / "packages" / "fangzhi.zip") as archive:
        members = archive.infolist()
        assert [m.filename for m in members] == sorted(m.filename for m in members)
        assert {m.date_time for m in members} == {(1980, 1, 1, 0, 0, 0)}
        assert {m.external_attr >> 16 for m in members} == {0o100644}
        for member in members:
            assert archive.read(member) == (package / member.filename).read_bytes()
    assert {m.filename.split("/")[0] for m in members} == {
        "datapackage.json", "data", "schemas", "CITATION.cff", "csv-metadata.json", "ro-crate-metadata.json",
    }  # fmt: skip


def test_repository_is_a_package(tmp_path: Path) -> None:
    manifest = build(tmp_path / "build")
    write_repository(good_dataset(), manifest, tmp_path, "build/data/")
    assert judge(tmp_path) == []
    assert load(tmp_path / "datapackage.json")["version"] == manifest.descriptor["version"]
    assert digests(tmp_path / "schemas") == digests(tmp_path / "build" / "schemas")


# reader


@pytest.mark.parametrize("name", ["", "datapackage.json", "packages/fangzhi.zip"])
def test_round_trip(package: Path, name: str) -> None:
    assert read_package(package / name) == good_dataset()


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20) | st.sampled_from(
    [
        '"',
        '""',
        ",",
        "\r",
        "\n",
        "\r\n",
        " ",
        "\u3000",
        "'",
        "\ufeff",
        "a\rb",
        "\0",
        "=1",
        "NULL",
        "\u2028",
        "\x85",
    ]
)
NUMBER = st.decimals(allow_nan=False, allow_infinity=False)


@given(names=st.lists(TEXT, min_size=1, max_size=5), terms=st.lists(st.text(max_size=5)), number=NUMBER)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_round_trip_of_anything(tmp_path: Path, names: list[str], terms: list[str], number: Decimal) -> None:
    article, figure = good_dataset().rows(Article)[0], good_dataset().rows(Observation)[0]
    safe_terms = [term.encode("utf-8", "replace").decode() for term in terms]
    articles = [
        article.model_copy(
            update={"article_id": f"a{n}", "title": name, "text": name, "keywords": safe_terms}
        )
        for n, name in enumerate(names)
    ]
    figures = [figure.model_copy(update={"value": number, "unit": None})]
    for table, rows in ((TABLES["articles"], articles), (TABLES["observations"], figures)):
        write_csv(table, rows, tmp_path / "t.csv")
        assert list(read_rows(table, tmp_path / "t.csv")) == rows


def test_long_article(tmp_path: Path) -> None:
    row = good_dataset().rows(Article)[0].model_copy(update={"text": "长文" * 200_000})
    write_csv(TABLES["articles"], [row], tmp_path / "a.csv")
    assert list(read_rows(TABLES["articles"], tmp_path / "a.csv")) == [row]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"unit_id,name\n", "header"),
        (b"", "header"),
        (b"\xff\xfe", "cannot read"),
        (None, "row 2"),
    ],
)
def test_reader_says_what_is_wrong(tmp_path: Path, content: bytes | None, says: str) -> None:
    path = tmp_path / "units.csv"
    write_csv(TABLES["units"], good_dataset().rows(UnitRow), path)
    good = path.read_bytes()
    path.write_bytes(good.replace(b"money", b"monex") if content is None else content)
    with pytest.raises(PackageError, match=says):
        list(read_rows(TABLES["units"], path))


def test_reader_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"datapackage\.json"):
        read_package(tmp_path)
