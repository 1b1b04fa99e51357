"""Corrections in a build: found beside the pages, applied, kept through rebuilds, and never lost in silence."""

from __future__ import annotations

import csv
import hashlib
import json
import os
from pathlib import Path

import pytest
from command import PAGE, Ended, fangzhi

HEADER = "table,key,field,expected,value,reason,author,date\n"
SOURCE = hashlib.sha256(PAGE.encode()).hexdigest()[:12]
PIPE = f"{SOURCE}-o{PAGE.index('42公里')}"
PEOPLE = f"{SOURCE}-o{PAGE.index('31348人')}"


def line(table: str, key: str, field: str, expected: str, value: str, reason: str = "核对版面", author: str = "李四") -> str:
    return f"{table},{key},{field},{expected},{value},{reason},{author},2022-05-01\n"


LONGER = line("observations", PIPE, "value", "42", "43")


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "page.txt").write_text(PAGE, "utf-8")
    return folder


def correct(pages: Path, *lines: str, file: str = "corrections.csv") -> None:
    path = pages / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEADER + "".join(lines), "utf-8")


def build(pages: Path, *options: str | Path) -> Ended:
    return fangzhi("build", pages, "-o", pages.parent / "out", *options)


def rows(pages: Path, table: str) -> list[dict[str, str]]:
    with (pages.parent / "out" / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figure(pages: Path, key: str) -> dict[str, str]:
    return next(row for row in rows(pages, "observations") if row["observation_id"] == key)


def test_a_correction_is_applied_and_survives_every_rebuild(pages: Path) -> None:
    assert build(pages).returncode == 0
    assert figure(pages, PIPE)["value"] == "42"
    correct(pages, LONGER)
    for _ in range(2):
        ended = build(pages)
        assert ended.returncode == 0, ended.stderr
        assert (figure(pages, PIPE)["value"], figure(pages, PIPE)["standard_value"]) == ("43", "43000")
        assert figure(pages, PIPE)["method"] == "corrected"
        (record,) = rows(pages, "corrections")
        assert (record["state"], record["old_value"], record["new_value"]) == ("applied", "42", "43")
        assert not [row for row in rows(pages, "issues") if row["kind"] == "skipped_file"]
        (pages.parent / "out" / "build.json").unlink()
    assert fangzhi("validate", pages.parent / "out").returncode == 0
    (pages / "corrections.csv").unlink()
    assert "没有变化" not in build(pages).stdout
    assert figure(pages, PIPE)["value"] == "42"


def test_an_unchanged_file_of_corrections_needs_no_new_build(pages: Path) -> None:
    correct(pages, LONGER)
    build(pages)
    assert "没有变化 nothing changed" in build(pages).stdout
    correct(pages, line("observations", PIPE, "value", "42", "44"))
    assert "没有变化 nothing changed" not in build(pages).stdout
    assert figure(pages, PIPE)["value"] == "44"


def test_a_corrected_place_brings_its_units_along(pages: Path) -> None:
    build(pages)
    place = figure(pages, PIPE)["place_id"]
    correct(pages, line("observations", PIPE, "place_id", place, "cn140931"))
    assert build(pages).returncode == 0
    assert {"cn140931", "cn140900", "cn140000", "cn"} <= {row["place_id"] for row in rows(pages, "places")}


def test_mistakes_stop_the_build_before_anything_is_published(pages: Path) -> None:
    build(pages)
    before = {path: path.read_bytes() for path in (pages.parent / "out").rglob("*") if path.is_file()}
    correct(pages, LONGER, line("observations", PEOPLE, "value", "31348", "3.13E+04"), line("artikel", "x", "", "", "delete", author=""))
    ended = build(pages)
    assert ended.returncode == 2
    assert "corrections.csv:3: " in ended.stderr
    assert "3.13E+04" in ended.stderr
    assert ended.stderr.count("corrections.csv:4: ") == 2
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ((HEADER + LONGER).encode("utf-16"), "CSV UTF-8"),
        (b"table;key\n", "table,key,field,expected,value,reason,author,date"),
        (b"", "table,key,field,expected,value,reason,author,date"),
        ((HEADER + 'observations,"x').encode(), "corrections.csv:2: "),
    ],
    ids=["UTF-16", "semicolons", "empty", "an open quote"],
)
def test_a_file_that_cannot_be_read_stops_the_build(pages: Path, data: bytes, told: str) -> None:
    (pages / "corrections.csv").write_bytes(data)
    ended = build(pages)
    assert ended.returncode == 2
    assert told in ended.stderr
    assert not (pages.parent / "out").exists()


def test_what_is_no_regular_file_does_not_hang_or_pass_in_silence(pages: Path) -> None:
    os.mkfifo(pages / "corrections.csv")
    assert build(pages).returncode == 2
    (pages / "corrections.csv").unlink()
    (pages / "corrections.csv").symlink_to(pages / "nowhere.csv")
    ended = build(pages)
    assert (ended.returncode, "corrections.csv" in ended.stderr) == (2, True)


def test_a_stale_correction_warns_and_the_page_is_published(pages: Path) -> None:
    correct(pages, LONGER, line("observations", PEOPLE, "value", "31349", "31350"))
    (pages / "page.txt").write_text(PAGE + "\n", "utf-8")  # other bytes: other keys
    ended = build(pages)
    assert ended.returncode == 0
    assert "警告 warning: 更正已不适用 stale correction × 2" in ended.stdout
    assert {row["state"] for row in rows(pages, "corrections")} == {"stale"}
    found = [row for row in rows(pages, "issues") if row["kind"] == "stale_correction"]
    assert {row["path"] for row in found} == {"corrections.csv"}
    assert sum(f"observations {PIPE} value" in row["reason_en"] for row in found) == 1
    assert fangzhi("validate", pages.parent / "out").returncode == 0


def test_a_rejected_correction_is_an_error_in_the_data(pages: Path) -> None:
    correct(pages, line("observations", PIPE, "value_max", "", "1"))
    ended = build(pages)
    assert ended.returncode == 1
    assert "错误 error: 更正未采用 rejected correction × 1" in ended.stdout
    assert figure(pages, PIPE)["value_max"] == ""
    assert rows(pages, "corrections")[0]["state"] == "rejected"


def test_withdrawn_rows_are_gone_from_all_tables(pages: Path) -> None:
    correct(pages, line("observations", PIPE, "", "42公里", "delete"))
    assert build(pages).returncode == 0
    assert PIPE not in {row["observation_id"] for row in rows(pages, "observations")}
    assert PIPE not in json.dumps([row["inputs"] + row["reported"] for row in rows(pages, "checks")])
    assert fangzhi("validate", pages.parent / "out").returncode == 0


def test_a_folder_of_corrections_beside_the_pages(pages: Path) -> None:
    correct(pages, LONGER, file="corrections/张三.csv")
    correct(pages, line("observations", PEOPLE, "subject", "", "清河县居民"), file="corrections/李四.CSV")
    (pages / "corrections" / ".~lock.csv").write_text("x")
    ended = build(pages)
    assert ended.returncode == 0, ended.stderr
    assert figure(pages, PIPE)["value"] == "43"
    assert figure(pages, PEOPLE)["subject"] == "清河县居民"
    assert not [row for row in rows(pages, "issues") if row["kind"] == "skipped_file"]
    correct(pages, line("observations", PIPE, "value", "42", "45"))
    ended = build(pages)
    assert ended.returncode == 2
    assert "corrections/张三.csv:2" in ended.stderr


def test_the_option_names_another_file_or_folder(pages: Path, tmp_path: Path) -> None:
    correct(pages, LONGER)
    correct(tmp_path, line("observations", PIPE, "value", "42", "46"), file="mine.csv")
    correct(tmp_path, line("observations", PIPE, "value", "42", "47"), file="ours/a.csv")
    assert build(pages, "--corrections", tmp_path / "mine.csv").returncode == 0
    assert figure(pages, PIPE)["value"] == "46"
    assert build(pages, "--corrections", tmp_path / "ours").returncode == 0
    assert figure(pages, PIPE)["value"] == "47"
    assert build(pages, "--corrections", tmp_path / "nothing.csv").returncode == 2
    (tmp_path / "none").mkdir()
    assert build(pages, "--corrections", tmp_path / "none").returncode == 2


def test_no_quote_of_the_page_is_told_where_text_is_kept_back(pages: Path) -> None:
    correct(pages, line("observations", PIPE, "", "42公里", "delete"), line("observations", PEOPLE, "", "31349人", "delete"))
    assert build(pages, "--text", "none").returncode == 0
    assert {row["state"] for row in rows(pages, "corrections")} == {"applied", "stale"}
    told = [rows(pages, "corrections"), [row for row in rows(pages, "issues") if "correction" in row["kind"]]]
    assert len(told[1]) == 1
    assert "公里" not in json.dumps(told, ensure_ascii=False)
    assert "31348人" not in json.dumps(told, ensure_ascii=False)
