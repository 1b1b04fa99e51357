"""Bad input beside a good page: each ends in a clear row or message, and the good page is published."""

from __future__ import annotations

import csv
import json
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from command import PAGE, Ended, fangzhi

from fangzhi.model.codes import IssueKind
from fangzhi.run.given import read_given
from fangzhi.run.inputs import InputError, find_inputs, printable
from fangzhi.text.source import MAX_BYTES

OTHER = PAGE.replace("清河县", "武宁县").replace("42公里", "43公里")
BIG5 = (
    "清河縣新建供水管網\n\n　　本報訊　2021年，清河縣新建供水管網42公里，投資約3013萬元，惠及群眾31348人。\n"
)


def table(package: Path, name: str) -> list[dict[str, str]]:
    with (package / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Ended]]:
    """One build of a folder with all sorts of files in it, and how it ended."""
    base = tmp_path_factory.mktemp("crowd")
    pages = base / "版面 pages"
    fill(pages)
    listener = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(pages)  # the path of a socket may have 108 bytes
    listener.bind("socket.txt")
    os.chdir(here)
    ended = fangzhi("build", pages, base / "nowhere.txt", "--output", base / "out")
    yield base / "out", ended
    listener.close()


def fill(pages: Path) -> None:
    (pages / "sub").mkdir(parents=True)
    (pages / ".hidden").mkdir()
    (pages / ".hidden" / "page.txt").write_text("不读", "utf-8")
    files: dict[str, bytes] = {
        "good.txt": PAGE.encode(),
        "copy.txt": PAGE.encode(),
        "empty.txt": b"",
        "blank.txt": b" \n\n\t ",
        "mark only.txt": b"\xef\xbb\xbf",
        "picture.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0",
        "notes.md": b"# notes",
        "no article.txt": b"1\n2\n3\n",
        "gb18030.txt": OTHER.replace("43", "44").encode("gb18030"),
        "mark.txt": OTHER.replace("43", "45").encode("utf-8-sig"),
        "utf-16.txt": OTHER.replace("43", "46").encode("utf-16"),
        "big5.txt": BIG5.encode("big5"),
        "control.txt": OTHER.replace("43", "47").replace("，", "\x07，\x1b[31m").encode(),
        "a name 方志 😀👨‍👩‍👧.txt": OTHER.replace("43", "48").encode(),
        "sub/deep.txt": OTHER.replace("43", "49").encode(),
        "line\nbreak.txt": OTHER.replace("43", "50").encode(),
        " spaces .txt ": OTHER.replace("43", "51").encode(),
        "=1+1.txt": OTHER.replace("43", "52").encode(),
    }
    for name, content in files.items():
        (pages / name).write_bytes(content)
    Path(os.fsdecode(os.fsencode(pages) + b"/\xd6\xd0.txt")).write_text(OTHER.replace("43", "53"), "utf-8")
    with (pages / "large.txt").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    (pages / "dangling.txt").symlink_to("nowhere")
    (pages / "circle.txt").symlink_to("circle.txt")
    (pages / "loop").symlink_to(".")
    os.mkfifo(pages / "pipe.txt")


READ = ["good.txt|copy.txt", "gb18030.txt", "mark.txt", "utf-16.txt", "big5.txt", "control.txt",
        "sub/deep.txt", "a name 方志 😀👨‍👩‍👧.txt", "line\\u000abreak.txt", '" spaces .txt "', "=1+1.txt",
        "\\xd6\\xd0.txt", "no article.txt", "mark only.txt"]  # fmt: skip


@pytest.mark.parametrize("names", READ)
def test_a_page_in_any_clothes_is_read(crowd: tuple[Path, Ended], names: str) -> None:
    rows = [row for row in table(crowd[0], "sources") if row["path"] in names.split("|")]
    assert len(rows) == 1


def test_nothing_else_is_read(crowd: tuple[Path, Ended]) -> None:
    assert len(table(crowd[0], "sources")) == len(READ)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("empty.txt", IssueKind.EMPTY),
        ("blank.txt", IssueKind.EMPTY),
        ("mark only.txt", IssueKind.NO_ARTICLE),
        ("picture.png", IssueKind.BINARY),
        ("notes.md", IssueKind.SKIPPED),
        ("no article.txt", IssueKind.NO_ARTICLE),
        ("control.txt", IssueKind.CONTROL),
        ("large.txt", IssueKind.TOO_LARGE),
        ("dangling.txt", IssueKind.UNREADABLE),
        ("circle.txt", IssueKind.UNREADABLE),
        ("loop", IssueKind.UNREADABLE),
        ("pipe.txt", IssueKind.UNREADABLE),
        ("socket.txt", IssueKind.UNREADABLE),
        ("nowhere.txt", IssueKind.MISSING),
        ("good.txt", IssueKind.DUPLICATE),
    ],
)
def test_what_is_not_read_is_told(crowd: tuple[Path, Ended], path: str, kind: IssueKind) -> None:
    found = [
        row for row in table(crowd[0], "issues") if row["path"].endswith(path) and row["kind"] == kind.value
    ]
    assert len(found) == 1
    assert found[0]["reason"].endswith("。")
    assert found[0]["reason_en"].endswith(".")


def test_every_good_page_has_its_figure(crowd: tuple[Path, Ended]) -> None:
    lengths = {row["value"] for row in table(crowd[0], "observations") if row["unit"] == "公里"}
    assert lengths == {"42", *map(str, range(44, 54))}


def test_errors_in_the_input_end_in_1(crowd: tuple[Path, Ended]) -> None:
    package, ended = crowd
    assert ended.returncode == 1
    assert "无法读取 unreadable file × 5" in ended.stdout
    assert fangzhi("validate", package).returncode == 0


LISTS = {
    "unknown column": ("path,colour,title\ngood.txt,red,题\n".encode(), "colour", "题"),
    "gbk": ("path,title\ngood.txt,清河要闻\n".encode("gbk"), None, "清河要闻"),
    "binary": (b"path\0,title\n", "CSV", None),
    "no path": (b"file,title\ngood.txt,t\n", "path", None),
    "not there": (b"path,title\ngood.txt,t\ngone.txt,u\n", "gone.txt", "t"),
    "outside": (b"path,title\ngood.txt,t\n../outside.txt,u\n", "outside.txt", "t"),
    "empty path": (b"path,title\ngood.txt,t\n,u\n", "row 3", "t"),
    "twice": (b"path,title\ngood.txt,t\n./good.txt,u\n", "row 3", "t"),
    "bad date": (b"path,title,published_on\ngood.txt,t,2022-13-45\n", "2022-13-45", "t"),
    "slashes": (b"path,title,published_on\ngood.txt,t,2022/8/6\n", "2022/8/6", "t"),
    "basis": (b"path,title,publisher,publisher_basis\ngood.txt,t,P,sure\n", "sure", "t"),
    "too many cells": (b"path,title\ngood.txt,a,b\n", "row 2", None),
    "open quote": (b'path,title\ngood.txt,"t\n', None, "t"),
    "control characters": (b"path,title\ngood.txt,\x1b[31mt \x07\n", None, "[31mt"),
    "mark and blank lines": (b"\xef\xbb\xbfpath,title\n\ngood.txt, t \n\n", None, "t"),
    "long cell": (b"path,title\ngood.txt," + b"t" * 200_000 + b"\n", "CSV", None),
    "long name": (b"path,title\ngood.txt,t\n" + b"n" * 5000 + b",u\n", "row 3", "t"),
    "empty": (b"", None, None),
}


@pytest.mark.parametrize(("content", "told", "title"), LISTS.values(), ids=LISTS)
def test_a_mistaken_list_costs_its_mistakes_alone(
    tmp_path: Path, content: bytes, told: str | None, title: str | None
) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "good.txt").write_text(PAGE, "utf-8")
    (tmp_path / "outside.txt").write_text(OTHER, "utf-8")
    (pages / "sources.csv").write_bytes(content)
    known, issues = read_given(find_inputs([pages], tmp_path / "out")[0])
    given = known.get(pages / "good.txt")
    assert (given.title if given else None) == title
    assert [told in issue.reason_en for issue in issues] == ([True] if told else [])
    assert {issue.path for issue in issues} <= {"sources.csv"}


def test_a_mistaken_list_does_not_stop_the_build(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "good.txt").write_text(PAGE, "utf-8")
    lines = (
        "path,publisher,publisher_basis,published_on,colour",
        "good.txt,清河日报,sure,2022-13-45,red",
        "gone.txt",
    )
    (tmp_path / "pages" / "sources.csv").write_text("\n".join(lines), "utf-8")
    ended = fangzhi("build", tmp_path / "pages", "-o", tmp_path / "out")
    assert ended.returncode == 1
    assert [row["publisher"] for row in table(tmp_path / "out", "sources")] == ["清河日报"]
    told = " ".join(
        row["reason"] for row in table(tmp_path / "out", "issues") if row["path"] == "sources.csv"
    )
    assert all(word in told for word in ("sure", "2022-13-45", "colour", "gone.txt", "第 2 行", "第 3 行"))


def test_the_nearest_list_speaks(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "page.txt").write_text(PAGE, "utf-8")
    (tmp_path / "a" / "sources.csv").write_text("path,title\nb/page.txt,far\n", "utf-8")
    (tmp_path / "a" / "b" / "sources.csv").write_text("path,title\npage.txt,near\n", "utf-8")
    known, issues = read_given(find_inputs([tmp_path / "a"], tmp_path / "out")[0])
    assert [given.title for given in known.values()] == ["near"]
    assert not issues


def test_one_file_named_in_many_ways_is_one(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    page, data = tmp_path / "a" / "b" / "page.txt", tmp_path / "a" / "data.csv"
    page.write_text(PAGE, "utf-8")
    data.write_text("a,b\n", "utf-8")
    (tmp_path / "a" / "sources.csv").write_text("path\n", "utf-8")
    ways = [
        tmp_path / "a",
        tmp_path / "a" / "b",
        tmp_path / "a" / "b" / ".." / "b",
        data,
        tmp_path / "a" / "sources.csv",
    ]
    forward, backward = find_inputs(ways, tmp_path / "out"), find_inputs(ways[::-1], tmp_path / "out")
    assert forward == backward
    assert [item.path for item in forward[0]] == ["b/page.txt", "data.csv"]
    assert forward[1] == []  # data named by itself is read, so it is not reported as left aside


def test_the_output_folder_is_never_input(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(PAGE, "utf-8")
    assert fangzhi("build", tmp_path, "-o", tmp_path / "out").returncode == 0
    again = fangzhi("build", tmp_path, "-o", tmp_path / "out")
    assert (again.returncode, again.stdout.split(":")[0]) == (0, "没有变化 nothing changed")
    with pytest.raises(InputError, match="--output"):
        find_inputs([tmp_path], tmp_path / "x" / "..")


def test_a_page_of_the_largest_size_is_read(tmp_path: Path) -> None:
    (tmp_path / "edge.txt").write_bytes(b" " * MAX_BYTES)
    (tmp_path / "beyond.txt").write_bytes(b" " * (MAX_BYTES + 1))
    (tmp_path / "good.txt").write_text(PAGE, "utf-8")
    assert fangzhi("build", tmp_path, "-o", tmp_path / "out").returncode == 1
    kinds = {
        row["path"]: row["kind"]
        for row in table(tmp_path / "out", "issues")
        if row["kind"] != "unresolved_period"
    }
    assert (kinds["edge.txt"], kinds["beyond.txt"]) == ("empty_file", "too_large")


@pytest.mark.parametrize(
    ("make", "code", "told"),
    [
        (lambda folder: None, 2, "no file to read"),
        (
            lambda folder: (folder / "x.txt").symlink_to("gone"),
            2,
            "it is a link to a file that does not exist",
        ),
        (lambda folder: (folder / "x.txt").write_bytes(b""), 1, "The file is empty"),
        (lambda folder: (folder / "x.txt").write_bytes(b"\0"), 1, "The file is not text"),
    ],
    ids=["empty folder", "only a broken link", "only an empty file", "only a binary file"],
)
def test_nothing_to_publish(tmp_path: Path, make: Callable[[Path], object], code: int, told: str) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    make(pages)
    ended = fangzhi("build", pages, "-o", tmp_path / "out")
    assert ended.returncode == code
    assert told in ended.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["no such", "a\x1b[31mb", "x" * 300])
def test_a_call_with_a_wrong_name(tmp_path: Path, name: str) -> None:
    ended = fangzhi("build", tmp_path / name, "-o", tmp_path / "out")
    assert ended.returncode == 2
    assert ended.stderr.startswith(("fangzhi: ", "\x1b[31mfangzhi: "))


def test_a_pipe_given_by_name_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "good.txt").write_text(PAGE, "utf-8")
    ended = fangzhi("build", tmp_path / "pipe", tmp_path / "good.txt", "/dev/zero", "-o", tmp_path / "out")
    assert ended.returncode == 1
    told = {
        row["path"]: row["reason_en"]
        for row in table(tmp_path / "out", "issues")
        if row["kind"] == "unreadable_file"
    }
    assert set(told) == {"pipe", "zero"}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("页 1.txt", "页 1.txt"),
        ("a\tb", "a\\u0009b"),
        ("\u3000x", '"\u3000x"'),
        (os.fsdecode(b"\xd6\xd0"), "\\xd6\\xd0"),
        ("😀", "😀"),
    ],
)
def test_names_as_they_stand_in_tables(name: str, shown: str) -> None:
    assert printable(name) == shown
    json.dumps(shown).encode("utf-8")
