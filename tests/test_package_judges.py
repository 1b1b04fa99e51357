"""The judges: a good package passes, and every mutation of it is found by table, row and column."""

from __future__ import annotations

import contextlib
import http.server
import json
import shutil
import threading
import zipfile
from pathlib import Path
from string import Formatter
from typing import Any, ClassVar

import frictionless
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from package_mutations import (
    ART,
    CELLS,
    FIELDS,
    MUTATIONS,
    OBS,
    OTHERS,
    Edit,
    Mutation,
    Place,
    cell,
    edit,
    rewrite,
    unlink,
)  # fmt: skip
from package_sample import build

from fangzhi.package.errors import PackageError
from fangzhi.package.findings import Finding, Language, finding, report
from fangzhi.package.judges import judge
from fangzhi.package.layout import package_files
from fangzhi.package.messages import MESSAGES
from fangzhi.package.policy import TextPolicy
from fangzhi.package.reader import read_package


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("good")
    build(folder)
    return folder


def places(findings: list[Finding]) -> set[Place]:
    return {(item.kind, item.table, item.row, item.column) for item in findings}


def batches(edits: list[Edit]) -> list[list[Edit]]:
    """As few packages as can carry all edits, no two of them in one row."""
    found: list[list[Edit]] = []
    for item in edits:
        free = (batch for batch in found if all(item[1:3] != other[1:3] for other in batch))
        batch = next(free, None)
        if batch is None:
            found.append(batch := [])
        batch.append(item)
    return found


@pytest.mark.parametrize("name", ["", "datapackage.json", "packages/fangzhi.zip"])
def test_good_package(good: Path, name: str) -> None:
    assert report(judge(good / name), "en") == ["The package is valid: three judges found nothing wrong."]


@pytest.mark.parametrize("policy", list(TextPolicy))
def test_every_text_policy_is_valid(tmp_path: Path, policy: TextPolicy) -> None:
    build(tmp_path, policy)
    assert judge(tmp_path) == []


def damaged(good: Path, folder: Path, *mutations: Mutation) -> Path:
    """A copy of the good package after some mutations."""
    for name in ("data", "schemas"):
        shutil.copytree(good / name, folder / name)
    shutil.copy(good / "datapackage.json", folder)
    for mutate in mutations:
        mutate(folder)
    return folder


@pytest.mark.parametrize("edits", batches(CELLS), ids=lambda edits: f"{len(edits)} cells")
def test_damaged_cells_are_found(good: Path, tmp_path: Path, edits: list[Edit]) -> None:
    found = places(judge(damaged(good, tmp_path, *(cell(*item[1:5]) for item in edits))))
    for what, table, row, column, _, kind in edits:
        assert (kind, table, row, column) in found, what


@pytest.mark.parametrize(("mutate", "place"), [m[1:] for m in MUTATIONS], ids=[m[0] for m in MUTATIONS])
def test_mutation_is_found(good: Path, tmp_path: Path, mutate: Mutation, place: Place) -> None:
    found = judge(damaged(good, tmp_path, mutate))
    assert place in places(found), "\n".join(report(found, "en"))


def test_one_damaged_cell_is_one_place(good: Path, tmp_path: Path) -> None:
    """The judges point at the damage and at nothing else."""
    found = judge(damaged(good, tmp_path, cell(OBS, 3, "value", "1e4")))
    named = {(item.table, item.row, item.column) for item in found if item.row}
    assert named == {(OBS, 3, "value")}
    assert {item.kind for item in found if not item.row} == {"hash-count", "byte-count", "version-differs"}


def test_row_number_is_that_of_a_spreadsheet(good: Path, tmp_path: Path) -> None:
    def change(records: list[list[str]]) -> None:
        records.insert(1, ["0" * 12 + "-a0", *records[1][1:]])  # a record of three lines in an editor
        records[2][2] = "x"

    found = places(judge(damaged(good, tmp_path, rewrite(ART, change))))
    assert ("number-form", ART, 3, "position") in found


def test_a_broken_schema_does_not_hide_other_tables(good: Path, tmp_path: Path) -> None:
    broken = edit("schemas/places.json", lambda s: s["fields"][0]["constraints"].update(pattern="("))
    found = places(judge(damaged(good, tmp_path, broken, cell(OBS, 2, "status", "x"))))
    assert ("constraint-error", OBS, 2, "status") in found


def test_many_problems_are_bounded(good: Path, tmp_path: Path) -> None:
    rows = [["a ", "b", "c", "d"]] * 3000
    found = judge(damaged(good, tmp_path, rewrite("codes", lambda records: records.extend(rows))))
    assert len(found) < 3000
    assert {item.judge.value for item in found if item.kind == "too-many"} == {"frictionless", "lint"}


@pytest.mark.parametrize("name", ["datapackage.json", "schemas/observations.json", "data/articles.csv"])
@given(seed=st.randoms(use_true_random=False), count=st.integers(1, 30))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_noise_never_crashes_a_judge(
    good: Path, tmp_path_factory: pytest.TempPathFactory, name: str, seed: Any, count: int
) -> None:
    folder = damaged(good, tmp_path_factory.mktemp("noise"))
    content = bytearray((folder / name).read_bytes())
    for _ in range(count):
        content[seed.randrange(len(content))] = seed.choice(b'"{}[],:\n\r\x00\xff\xe4 19azE.-')
    changed = content != (folder / name).read_bytes()
    (folder / name).write_bytes(content)
    found = judge(folder)
    if name.startswith("data/"):  # the descriptor has its hash; in a description, a letter may be another
        assert bool(found) == changed
    read_or_refuse(folder)


def read_or_refuse(folder: Path) -> None:
    with contextlib.suppress(PackageError):
        read_package(folder)


JUNK: list[object] = [
    None,
    True,
    7,
    1.5,
    "x",
    [],
    {},
    [1],
    [None],
    {"a": 1},
    [[]],
    [{}],
    "../x",
    "",
    {"fields": 7},
]


@pytest.mark.parametrize(
    "where", ["resources", "licenses", "sources", "keywords", "$schema", "name", "version", "created"]
)
def test_junk_in_the_descriptor(good: Path, tmp_path: Path, where: str) -> None:
    package = json.loads((good / "datapackage.json").read_text(encoding="utf-8"))
    for junk in JUNK:
        (tmp_path / "datapackage.json").write_text(json.dumps(package | {where: junk}), encoding="utf-8")
        assert judge(tmp_path)


@pytest.mark.parametrize(
    "where",
    ["name", "path", "schema", "hash", "bytes", "rows", "encoding", "format", "dialect", "licenses", "data"],
)
def test_junk_in_a_resource(tmp_path: Path, where: str) -> None:
    (tmp_path / "t.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    for junk in JUNK:
        part = {
            "name": "t",
            "path": "t.csv",
            "schema": {"fields": [{"name": "a"}, {"name": "b"}]},
            where: junk,
        }
        (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [part]}), encoding="utf-8")
        judge(tmp_path)


# packages that others made


@pytest.mark.parametrize(
    ("change", "content", "expected"), [o[1:] for o in OTHERS], ids=[o[0] for o in OTHERS]
)
def test_package_of_others(
    tmp_path: Path, change: dict[str, Any], content: str, expected: set[Place]
) -> None:
    part = {"name": "t", "path": "t.csv", "schema": {"fields": FIELDS}} | change
    part = {key: value for key, value in part.items() if value is not None}
    descriptor = json.dumps({"name": "other", "resources": [part]})
    (tmp_path / "datapackage.json").write_text(descriptor, encoding="utf-8")
    for name in ("t.csv", "t.xlsx"):
        (tmp_path / name).write_text(content, encoding="utf-8", newline="")
    assert places(judge(tmp_path)) == expected


class Counter(http.server.BaseHTTPRequestHandler):
    """Answers nothing and remembers that it was asked."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)


def test_nothing_is_fetched(tmp_path: Path) -> None:
    """No address in a hostile package makes a judge open a connection."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Counter)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/x.json"
    field: dict[str, Any] = {"name": "a", "type": "array", "arrayItem": url}
    schemas: list[object] = [
        url,
        {"fields": [url]},
        {"fields": [field]},
        {"fields": [{"name": "a"}], "$schema": url},
    ]
    parts = [{"name": f"t{n}", "path": "t.csv", "schema": schema} for n, schema in enumerate(schemas)]
    keys = [
        "path",
        "dialect",
        "profile",
        "$schema",
        "data",
        "type",
        "pipeline",
        "checklist",
        "format",
        "hash",
    ]
    values: list[tuple[str, object]] = [
        ("scheme", "http"),
        ("dialect", {"csv": url}),
        *((key, url) for key in keys),
    ]
    parts += [{"name": f"u{n}", "path": "t.csv", key: value} for n, (key, value) in enumerate(values)]
    (tmp_path / "t.csv").write_text("a\n[]\n", encoding="utf-8")
    package = {"name": "p", "profile": url, "$schema": url, "resources": parts, "licenses": [{"path": url}]}
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    found = judge(tmp_path)
    server.shutdown()
    assert Counter.asked == []
    assert ("not-read", "t0", None, None) in places(found)


def test_link_out_of_the_package_is_not_followed(good: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("place_id\n", encoding="utf-8")
    folder = damaged(good, tmp_path / "package", unlink("data/places.csv"))
    (folder / "data" / "places.csv").symlink_to(secret)
    assert ("unsafe-path", "places", None, None) in places(judge(folder))


# archives


def archive(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members:
            file.writestr(name, content)
    return path


def link(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name)
    member.external_attr = 0o120777 << 16
    return member


@pytest.mark.parametrize(
    ("members", "kind"),
    [
        ([("../evil.txt", b"x")], "unsafe-path"),
        ([("/evil.txt", b"x")], "unsafe-path"),
        ([("a/../../evil.txt", b"x")], "unsafe-path"),
        ([("..\\evil.txt", b"x")], "unsafe-path"),
        ([("C:evil.txt", b"x")], "unsafe-path"),
        ([(link("evil"), b"/etc/passwd")], "unsafe-path"),
        ([("bomb", b"0" * (20 * 1024**2))], "archive-too-large"),
        ([(f"{n}", b"") for n in range(10_001)], "archive-too-large"),
        ([("readme.txt", b"x")], "descriptor-missing"),
    ],
)  # fmt: skip
def test_bad_archive(tmp_path: Path, members: list[tuple[str | zipfile.ZipInfo, bytes]], kind: str) -> None:
    (tmp_path / "inner").mkdir()
    path = archive(tmp_path / "inner" / "a.zip", *members)
    assert [item.kind for item in judge(path)] == [kind]
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["a.zip"]


def test_archive_with_one_folder(good: Path, tmp_path: Path) -> None:
    members = ((f"package-1.0/{name}", (good / name).read_bytes()) for name in package_files())
    path = archive(tmp_path / "a.zip", *members)
    assert judge(path) == []


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04" + b"\0" * 100, b"not a zip"])
def test_what_is_no_archive(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    assert [item.kind for item in judge(tmp_path / "a.zip")] == ["archive-broken"]


def test_cut_archive(good: Path, tmp_path: Path) -> None:
    content = bytearray((good / "packages" / "fangzhi.zip").read_bytes())
    content[200:400] = bytes(200)
    (tmp_path / "a.zip").write_bytes(content)
    assert [item.kind for item in judge(tmp_path / "a.zip")] == ["archive-broken"]


def test_no_package(tmp_path: Path) -> None:
    assert [item.kind for item in judge(tmp_path / "nothing")] == ["package-missing"]
    assert [item.kind for item in judge(tmp_path)] == ["descriptor-missing"]


# the report


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("zh", "  [exponent] observations · 第2行 · value：数值不得用指数写法：1e4"),
        ("en", "  [exponent] observations · row 2 · value: a number must not have an exponent: 1e4"),
    ],
)
def test_report(language: Language, line: str) -> None:
    found = finding("exponent", table=OBS, row=2, column="value", value="1e4")
    heading = {"zh": "细则 (1)", "en": "lint (1)"}[language]
    assert report([found], language)[:2] == [heading, line]
    assert "1" in report([found], language)[2]


def test_report_shows_no_control_characters() -> None:
    lines = report(
        [finding("unknown-key", where="x", key="\x1b[31m\n\r" + "a" * 10_000, table="\x1b]0;")], "en"
    )
    assert all(line.isprintable() for line in lines)
    assert max(map(len, lines)) < 300


@pytest.mark.parametrize("kind", list(MESSAGES))
def test_messages_say_the_same_in_both_languages(kind: str) -> None:
    zh, en = MESSAGES[kind]
    names = [sorted(name for _, name, _, _ in Formatter().parse(text) if name) for text in (zh, en)]
    assert names[0] == names[1]
    assert any("\u4e00" <= c <= "\u9fff" for c in zh)
    assert en.isascii() or "–" in en


def test_frictionless_kinds_are_its_own() -> None:
    types = {getattr(item, "type", None) for item in vars(frictionless.errors).values()}
    ours = list(MESSAGES)[list(MESSAGES).index("package-error") : list(MESSAGES).index("frictionless-other")]
    assert set(ours) <= types
