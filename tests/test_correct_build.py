"""Corrections in a build: found beside the pages, applied, kept by rebuilds, and never lost in silence."""

from __future__ import annotations

import csv
import hashlib
import os
from pathlib import Path

import pytest
from command import PAGE, Ended, fangzhi
from rich.console import Console

from fangzhi.model.dataset import Dataset
from fangzhi.model.tables import Check, Correction, Issue, Observation, Place
from fangzhi.package.policy import TextPolicy, redact
from fangzhi.pipeline import combine, extract
from fangzhi.run.build import Built
from fangzhi.run.build import build as run_build
from fangzhi.run.corrections import find_corrections, read_corrections
from fangzhi.run.inputs import InputError, find_inputs
from fangzhi.run.progress import Progress
from fangzhi.text.source import Document

HEADER = "table,key,field,expected,value,reason,author,date\n"
SOURCE = hashlib.sha256(PAGE.encode()).hexdigest()[:12]
PIPE = f"{SOURCE}-o{PAGE.index('42公里')}"
PEOPLE = f"{SOURCE}-o{PAGE.index('31348人')}"


def line(table: str, key: str, field: str, expected: str, value: str, author: str = "李四") -> str:
    return f"{table},{key},{field},{expected},{value},核对版面,{author},2022-05-01\n"


LONGER = line("observations", PIPE, "value", "42", "43")
WITHDRAWN = line("observations", PIPE, "", "42公里", "delete")


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


def read(pages: Path, given: Path | None = None) -> Dataset:
    """What a build would publish."""
    files, issues = find_inputs([pages], pages.parent / "out")
    assert not issues, "corrections are no pages"
    entries = read_corrections(find_corrections(files, given))
    return combine([extract(Document(item.path, item.file.read_bytes())) for item in files], entries)


def value(data: Dataset) -> str:
    """How the length of the pipes reads."""
    return str(next(row.value for row in data.rows(Observation) if row.observation_id == PIPE))


# in the flow


def test_a_corrected_place_brings_the_units_above_it_along(pages: Path) -> None:
    (figure,) = (row for row in read(pages).rows(Observation) if row.observation_id == PIPE)
    assert figure.place_id
    correct(pages, line("observations", PIPE, "place_id", figure.place_id, "cn140931"))
    places = {row.place_id for row in read(pages).rows(Place)}
    assert {"cn140931", "cn140900", "cn140000", "cn"} <= places


def test_checks_are_made_of_corrected_figures(pages: Path) -> None:
    text = "　　全县共发放培训券31348张，其中开放券30906张，封闭券442张。\n"
    (pages / "page.txt").write_text(PAGE + text, "utf-8")
    (check,) = read(pages).rows(Check)
    assert check.formula.startswith("30906")
    correct(pages, line("observations", check.inputs[0], "value", "30906", "30900"))
    assert check.formula not in {row.formula for row in read(pages).rows(Check)}
    correct(pages, line("observations", check.reported, "", "31348张", "delete"))
    assert not read(pages).rows(Check)


@pytest.mark.parametrize("policy", [TextPolicy.QUOTES, TextPolicy.NONE])
def test_no_quote_is_told_where_text_is_kept_back(pages: Path, policy: TextPolicy) -> None:
    correct(pages, WITHDRAWN, line("observations", PEOPLE, "", "31349人", "delete"))
    data = redact(read(pages), policy)
    assert {row.state.value for row in data.rows(Correction)} == {"applied", "stale"}
    told = [
        *data.rows(Correction),
        *(row for row in data.rows(Issue) if row.kind.value == "stale_correction"),
    ]
    assert len(told) == 3
    shown = "".join(row.model_dump_json() for row in told)
    assert "42公里" not in shown
    assert ("31348人" in shown) == (policy is TextPolicy.QUOTES)


def test_a_folder_of_corrections_beside_the_pages(pages: Path) -> None:
    correct(pages, LONGER, file="corrections/张三.csv")
    subject = line("observations", PEOPLE, "period_text", "2021年", "去年")
    correct(pages, subject, file="corrections/李四.CSV")
    (pages / "corrections" / ".~lock.csv").write_text("x")
    data = read(pages)
    assert value(data) == "43"
    assert len(data.rows(Correction)) == 2
    correct(pages, line("observations", PIPE, "value", "42", "45"))
    with pytest.raises(InputError, match=r"corrections/张三\.csv:2: "):
        read(pages)


def test_pages_in_folders_are_corrected_in_theirs_or_above(pages: Path) -> None:
    (pages / "2021").mkdir()
    (pages / "page.txt").rename(pages / "2021" / "page.txt")
    correct(pages, LONGER, file="2021/corrections.csv")
    assert value(read(pages)) == "43"
    (pages / "2021" / "corrections.csv").rename(pages / "corrections.csv")
    assert value(read(pages)) == "43"


def test_a_file_or_folder_named_takes_the_place_of_those_beside_the_pages(
    pages: Path, tmp_path: Path
) -> None:
    correct(pages, LONGER)
    correct(tmp_path, line("observations", PIPE, "value", "42", "46"), file="mine.csv")
    correct(tmp_path, line("observations", PIPE, "value", "42", "47"), file="ours/a.csv")
    assert value(read(pages, tmp_path / "mine.csv")) == "46"
    assert value(read(pages, tmp_path / "ours")) == "47"
    (tmp_path / "none").mkdir()
    for nothing in ("nothing.csv", "none"):
        with pytest.raises(InputError, match=nothing):
            read(pages, tmp_path / nothing)


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("nowhere.csv"), Path.mkdir])
def test_what_is_no_regular_file_neither_hangs_nor_passes_in_silence(pages: Path, make: object) -> None:
    assert callable(make)
    make(pages / "corrections.csv")
    files, _ = find_inputs([pages / "page.txt"], pages.parent / "out")
    with pytest.raises(InputError, match=r"corrections\.csv: "):
        read_corrections(find_corrections(files))


# as a user has it


def build(pages: Path) -> Built:
    """Build without a process of its own."""
    return run_build([pages], pages.parent / "out", TextPolicy.FULL, Progress(Console(stderr=True)))


def command(pages: Path, *options: str | Path) -> Ended:
    return fangzhi("build", pages, "-o", pages.parent / "out", *options)


def rows(pages: Path, table: str) -> list[dict[str, str]]:
    with (pages.parent / "out" / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figure(pages: Path, key: str) -> dict[str, str]:
    return next(row for row in rows(pages, "observations") if row["observation_id"] == key)


def test_a_correction_is_applied_and_survives_a_rebuild(pages: Path) -> None:
    correct(pages, LONGER, line("observations", PEOPLE, "", "31348人", "delete"))
    ended = command(pages)
    assert ended.returncode == 0, ended.stderr
    assert "更正 corrections 2: 已采用 applied 2" in ended.stdout
    assert build(pages).unchanged
    (pages / "page2.txt").write_text(PAGE.replace("清河", "临县"), "utf-8")
    again = build(pages)
    assert (again.unchanged, again.published, again.has_errors) == (False, True, False)
    assert {figure(pages, PIPE)[name] for name in ("value", "method")} == {"43", "corrected"}
    assert figure(pages, PIPE)["standard_value"] == "43000"
    assert PEOPLE not in {row["observation_id"] for row in rows(pages, "observations")}
    records = {row["row_key"]: (row["old_value"], row["new_value"]) for row in rows(pages, "corrections")}
    assert records == {PIPE: ("42", "43"), PEOPLE: ("", "")}
    (pages / "corrections.csv").unlink()
    assert not build(pages).unchanged
    assert figure(pages, PIPE)["value"] == "42"


def test_stale_corrections_warn_and_rejected_ones_are_errors(pages: Path, tmp_path: Path) -> None:
    stale = line("observations", PIPE, "value", "41", "43")
    correct(pages, stale)
    assert not build(pages).has_errors
    correct(tmp_path, stale, line("observations", PEOPLE, "value_max", "", "1"), file="mine.csv")
    ended = command(pages, "--corrections", tmp_path / "mine.csv")
    assert ended.returncode == 1
    assert "警告 warning: 更正已不适用 stale correction × 1" in ended.stdout
    assert "错误 error: 更正未采用 rejected correction × 1" in ended.stdout
    assert (figure(pages, PIPE)["value"], figure(pages, PEOPLE)["value_max"]) == ("42", "")
    found = {row["kind"]: row for row in rows(pages, "issues") if row["kind"].endswith("correction")}
    assert {row["path"] for row in found.values()} == {"mine.csv"}
    assert f"observations {PIPE} value" in found["stale_correction"]["reason_en"]


def test_mistakes_stop_the_build_before_anything_is_published(pages: Path) -> None:
    build(pages)
    before = {path: path.read_bytes() for path in (pages.parent / "out").rglob("*") if path.is_file()}
    mangled = line("observations", PEOPLE, "value", "31348", "3.13E+04")
    correct(pages, LONGER, mangled, line("artikel", "x", "", "", "delete", author=""))
    ended = command(pages)
    assert ended.returncode == 2
    assert "corrections.csv:3: " in ended.stderr
    assert "3.13E+04" in ended.stderr
    assert ended.stderr.count("corrections.csv:4: ") == 2
    assert {path: path.read_bytes() for path in before} == before
