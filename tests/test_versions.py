"""Versions stay as they were published, and every one says what changed and why."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import feedparser
import httpx
import pytest
from command import PAGE
from conftest import serving
from rich.console import Console

from fangzhi.model.dataset import Dataset
from fangzhi.package.errors import PackageError
from fangzhi.package.policy import TextPolicy
from fangzhi.package.versions import FOLDER, is_version, kept, stage_version
from fangzhi.quality.history import History, reasons
from fangzhi.run import build as run
from fangzhi.run.build import Built
from fangzhi.run.build import build as run_build
from fangzhi.run.progress import Progress
from fangzhi.text.source import Document

CORRECTION = (
    "table,key,field,expected,value,reason,author,date\n"
    "observations,{key},subject,{subject},清河县水利局,见上文,李四,2022-05-01\n"
)


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def build(
    pages: Path, out: Path, policy: TextPolicy = TextPolicy.FULL, *, allow_fewer: bool = False
) -> Built:
    return run_build([pages], out, policy, Progress(Console(quiet=True)), allow_fewer=allow_fewer)


def history(out: Path) -> History:
    return History.model_validate_json((out / "changes.json").read_bytes())


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "one.txt").write_text(PAGE, encoding="utf-8")
    return folder


def test_a_version_stays_byte_for_byte(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(pages, out)
    (first,) = kept(out)
    before = contents(out / FOLDER / first)
    assert before["data/observations.csv"] == (out / "data" / "observations.csv").read_bytes()
    listed = json.loads(before["downloads.json"])["files"]
    assert {file["path"] for file in listed} | {"downloads.json"} == set(before)
    (pages / "one.txt").write_text(PAGE.replace("42公里", "43公里"), encoding="utf-8")
    build(pages, out)
    assert len(kept(out)) == 2
    assert contents(out / FOLDER / first) == before
    assert before["data/observations.csv"] != (out / "data" / "observations.csv").read_bytes()
    for file in listed:
        assert hashlib.sha256(before[file["path"]]).hexdigest() == file["sha256"]


def test_the_newest_version_takes_no_room_of_its_own(pages: Path, tmp_path: Path) -> None:
    build(pages, tmp_path / "out")
    (version,) = kept(tmp_path / "out")
    table = "data/articles.csv"
    assert (tmp_path / "out" / table).samefile(tmp_path / "out" / FOLDER / version / table)


def test_a_version_that_is_kept_is_not_staged_again(pages: Path, tmp_path: Path) -> None:
    build(pages, tmp_path / "out")
    staging = tmp_path / "staging"
    shutil.copytree(tmp_path / "out", staging, ignore=shutil.ignore_patterns(FOLDER))
    assert stage_version(staging, tmp_path / "out") is None
    assert not (staging / FOLDER).exists()


def test_an_old_version_may_be_removed_and_is_not_missed(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(pages, out)
    shutil.rmtree(out / FOLDER)
    (out / "changes.json").unlink()
    assert build(pages, out).unchanged
    with serving(out) as address:
        newest = httpx.get(f"{address}/data/").json()["latest"]
        assert httpx.get(f"{address}/data/{newest}/data/units.csv").status_code == 200


def test_the_reasons_of_each_change(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(pages, out)
    (first,) = history(out).entries
    assert [zh for zh, _ in reasons(first)] == ["首次发布", "新增版面 1 个"]
    assert all((row.added, row.changed, row.gone) == (row.rows, 0, 0) for row in first.tables)

    (pages / "two.txt").write_text(PAGE.replace("42公里", "17公里"), encoding="utf-8")
    build(pages, out)
    added = history(out).entries[0]
    assert [en for _, en in reasons(added)] == ["1 pages added"]
    assert added.pages.added.keys == ("two.txt",)
    assert next(row.added for row in added.tables if row.table == "articles") == 1
    assert added.last == first.version

    (pages / "two.txt").write_text(PAGE.replace("42公里", "18公里"), encoding="utf-8")
    build(pages, out)
    assert [zh for zh, _ in reasons(history(out).entries[0])] == ["版面内容有变 1 个"]

    (pages / "two.txt").unlink()
    build(pages, out, allow_fewer=True)
    back = history(out).entries[0]
    assert [zh for zh, _ in reasons(back)] == ["撤下版面 1 个"]
    assert back.version == first.version

    build(pages, out, TextPolicy.NONE)
    assert reasons(history(out).entries[0])[0][1] == "Text policy full → none"
    assert len(history(out).entries) == 5


def test_a_correction_is_a_reason(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(pages, out)
    with serving(out) as address:
        rows = httpx.get(f"{address}/fangzhi/observations.json?_shape=array").json()
    text = CORRECTION.format(key=rows[0]["observation_id"], subject=rows[0]["subject"] or "")
    (pages / "corrections.csv").write_text(text, encoding="utf-8")
    build(pages, out)
    assert reasons(history(out).entries[0])[0] == (
        "编者更正有变 1 条", "1 corrections added, changed or withdrawn",
    )  # fmt: skip


def test_other_rules_and_another_program_are_reasons(pages: Path, tmp_path: Path) -> None:
    build(pages, tmp_path / "out")
    (entry,) = history(tmp_path / "out").entries
    nothing = {"count": 0, "keys": ()}
    same = entry.model_dump() | {
        "last": "0.1.0+x",
        "pages": {"added": nothing, "changed": nothing, "gone": nothing},
    }
    rules = type(entry).model_validate(same)
    assert "rules or words" in reasons(rules)[0][1]
    program = type(entry).model_validate(same | {"last_program": "0.0.9"})
    assert reasons(program) == [
        (f"程序版本 0.0.9 → {entry.program}", f"Program version 0.0.9 → {entry.program}")
    ]


def test_the_same_data_are_one_entry(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(pages, out)
    (out / "build.json").unlink()
    build(pages, out)
    assert len(history(out).entries) == 1


def test_a_history_that_cannot_be_read_is_not_thrown_away(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(pages, out)
    (out / "changes.json").write_text("{", encoding="utf-8")
    (pages / "one.txt").write_text(PAGE + "\n", encoding="utf-8")
    with pytest.raises(PackageError, match="mend it or move it away"):
        build(pages, out)
    assert (out / "changes.json").read_text() == "{"


@pytest.mark.parametrize("name", ["..", ".", "", "a/b", ".hidden", "a\x00", "版本", "x" * 101])
def test_names_of_no_version(name: str) -> None:
    assert not is_version(name)


# The site.


@pytest.fixture(scope="module")
def web(portal: str) -> httpx.Client:
    return httpx.Client(base_url=portal, timeout=30)


def test_latest_leads_to_the_newest(web: httpx.Client, built: Path) -> None:
    newest = history(built).entries[0].version
    moved = web.get("/data/latest/data/units.csv")
    assert (moved.status_code, moved.headers["location"]) == (302, f"/data/{newest}/data/units.csv")
    file = web.get(moved.headers["location"])
    assert file.content == (built / "data" / "units.csv").read_bytes()
    assert file.headers["etag"] == f'"{hashlib.sha256(file.content).hexdigest()}"'
    part = web.get(moved.headers["location"], headers={"range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, file.content[:4])


def test_every_file_of_every_version_is_served(web: httpx.Client, built: Path) -> None:
    versions = web.get("/data/").json()["versions"]
    assert [each["version"] for each in versions] == [entry.version for entry in history(built).entries]
    for each in versions:
        for file in web.get(f"{each['path']}downloads.json").json()["files"]:
            content = web.get(each["path"] + file["path"]).content
            assert hashlib.sha256(content).hexdigest() == file["sha256"], file["path"]


@pytest.mark.parametrize(
    "path",
    ["latest/nope", "nope/data/units.csv", "../datapackage.json", "..%2F..%2Fetc/passwd",
     "latest/..%2Fbuild.json", "%2e%2e/fangzhi.db", "latest/build.json"],
)  # fmt: skip
def test_only_what_a_version_lists_is_served(web: httpx.Client, path: str) -> None:
    assert web.get(f"/data/{path}", follow_redirects=True).status_code == 404


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_changes_tells_them(web: httpx.Client, built: Path, language: str) -> None:
    page = web.get(f"/{language}/changes").text
    for entry in history(built).entries:
        assert entry.version in page
        assert all((zh if language == "zh" else en) in page for zh, en in reasons(entry))
    assert "two.txt" in page


@pytest.mark.parametrize(
    ("path", "word"), [("/changes.atom", "新增版面"), ("/en/changes.atom", "pages added")]
)
def test_the_feed_of_changes(web: httpx.Client, built: Path, path: str, word: str) -> None:
    answer = web.get(path)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert [entry.updated_parsed[:6] for entry in feed.entries] == [
        tuple(entry.published.utctimetuple())[:6] for entry in history(built).entries
    ]
    assert len({entry.id for entry in feed.entries}) == 2
    assert word in feed.entries[0].content[0].value
    assert web.get(feed.entries[0].link, follow_redirects=True).status_code == 200


def test_changes_for_programs(web: httpx.Client, built: Path) -> None:
    entries = web.get("/changes.json").json()["entries"]
    assert [entry["version"] for entry in entries] == [entry.version for entry in history(built).entries]
    assert entries[0]["why"] == ["新增版面 1 个", "版面内容有变 1 个"]
    assert web.get(f"{entries[1]['path']}data/articles.csv").status_code == 200


def kinds(built: Built) -> list[str]:
    return [finding.kind for finding in built.findings]


def test_pages_that_vanish_are_not_published_unless_asked(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (pages / "two.txt").write_text(PAGE.replace("42公里", "17公里"), encoding="utf-8")
    build(pages, out)
    before = contents(out)
    (pages / "two.txt").unlink()
    fewer = build(pages, out)
    assert not fewer.published
    assert kinds(fewer) == ["pages-lost", "figures-lost"]
    assert "two.txt" in fewer.findings[0].message_zh
    assert "--allow-fewer" in fewer.findings[0].message_en
    assert contents(out) == before
    assert build(pages, out, allow_fewer=True).published


def test_a_page_that_fails_is_not_published_over_a_good_one(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    (pages / "two.txt").write_text(PAGE.replace("42公里", "17公里"), encoding="utf-8")
    build(pages, out)
    whole = run.extract
    (pages / "three.txt").write_text(PAGE.replace("42公里", "19公里"), encoding="utf-8")

    def failing(document: Document) -> Dataset:
        if document.path == "two.txt":
            raise MemoryError
        return whole(document)

    monkeypatch.setattr(run, "extract", failing)
    assert "pages-lost" in kinds(build(pages, out))
