"""Publishing: whatever kills it, and whenever, the next one leaves all of the old or all of the new."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from package_sample import build, good_dataset

from fangzhi.package.build import write_repository
from fangzhi.package.descriptor import NAME
from fangzhi.package.errors import PackageError
from fangzhi.package.judges import judge
from fangzhi.package.layout import output_files
from fangzhi.package.policy import TextPolicy
from fangzhi.package.publish import JOURNAL, STAGING, locked, open_output, publish, recover
from fangzhi.package.subset import themes_of

# a process that publishes the files of staging/ over those of out/, and kills itself at the n-th system call
KILLED = """
import os, pathlib, signal, sys
from fangzhi.package import publish

calls = 0
def watched(name):
    real = getattr(os, name)
    def call(*arguments, **options):
        global calls
        calls += 1
        if calls == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **options)
    setattr(os, name, call)

for name in ("replace", "fsync", "unlink", "mkdir"):
    watched(name)
out = pathlib.Path(sys.argv[1])
publish.publish([(out / "staging", out)], out / "journal", [out / "old" / "stale"])
print(calls)
"""
NEW = {"a": "new a", "sub/b": "new b", "added/c": "new c"}
OLD = {"a": "old a", "sub/b": "old b", "old/stale": "stale", "users": "mine", "sub/users": "mine too"}
PUBLISHED = NEW | {"users": "mine", "sub/users": "mine too"}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def read(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    found = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}
    return {name: text for name, text in found.items() if not name.startswith(("staging/", "journal"))}


def run(out: Path, call: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", KILLED, str(out), str(call)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def prepare(out: Path) -> None:
    write(out, OLD)
    write(out / "staging", NEW)


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many system calls a publication makes when nothing happens to it."""
    out = tmp_path_factory.mktemp("calm")
    prepare(out)
    done = run(out, 0)
    assert read(out) == PUBLISHED
    assert not (out / "journal").exists()
    return int(done.stdout)


def test_killed_at_every_step(tmp_path: Path, calls: int) -> None:
    assert calls > 12
    outcomes = set()
    for call in range(1, calls + 1):
        out = tmp_path / str(call)
        prepare(out)
        assert run(out, call).returncode == -signal.SIGKILL
        begun = recover(out / "journal")
        done = read(out) == PUBLISHED
        assert done or (read(out) == OLD and not begun), f"killed at call {call}"
        assert not recover(out / "journal")
        outcomes.add((begun, done))
        if not done:  # the staged files are still whole, and the next attempt succeeds
            publish([(out / "staging", out)], out / "journal", [out / "old" / "stale"])
            assert read(out) == PUBLISHED
    # before the journal, with the journal, and after its removal
    assert outcomes == {(False, False), (True, True), (False, True)}


def test_recovery_itself_may_be_killed(tmp_path: Path, calls: int, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(tmp_path)
    assert run(tmp_path, calls - 6).returncode == -signal.SIGKILL
    real, count = os.replace, 0

    def stumble(*arguments: str) -> None:
        nonlocal count
        count += 1
        if count > 1:
            raise KeyboardInterrupt
        real(*arguments)

    monkeypatch.setattr(os, "replace", stumble)
    for _ in range(len(NEW) + 1):
        count = 0
        try:
            recover(tmp_path / "journal")
        except KeyboardInterrupt:
            continue
    assert read(tmp_path) == PUBLISHED


def test_publish_twice(tmp_path: Path) -> None:
    for text in ("1", "2"):
        write(tmp_path / "staging", {"a": text})
        publish([(tmp_path / "staging", tmp_path / "out")], tmp_path / "journal")
        assert (tmp_path / "out" / "a").read_text() == text


@pytest.mark.parametrize(("obstacle", "says"), [("a/x", "is a folder"), ("sub", "is not a folder")])
def test_what_cannot_be_replaced_is_refused_before_anything_moves(
    tmp_path: Path, obstacle: str, says: str
) -> None:
    write(tmp_path, {obstacle: "in the way", "added/c": "old"})
    write(tmp_path / "staging", NEW)
    before = read(tmp_path)
    with pytest.raises(PackageError, match=says):
        publish([(tmp_path / "staging", tmp_path)], tmp_path / "journal")
    assert read(tmp_path) == before
    assert not (tmp_path / "journal").exists()


@pytest.mark.parametrize(
    "journal",
    ["", "{", "[]", '{"moves": [["a", "/etc/x"]], "stale": []}', '{"moves": [["../../a", "b"]], "stale": []}',
     '{"moves": [], "stale": ["../x/../../y"]}', '{"moves": [7], "stale": []}'],
)  # fmt: skip
def test_a_journal_that_is_not_ours_moves_nothing(tmp_path: Path, journal: str) -> None:
    write(tmp_path / "out", {"journal": journal, "a": "a", "b": "b"})
    with pytest.raises(PackageError, match="delete it"):
        recover(tmp_path / "out" / "journal")
    assert (tmp_path / "out" / "b").read_text() == "b"


OPEN = """
import os, pathlib, sys
from fangzhi.package.publish import open_output
with open_output(pathlib.Path(sys.argv[1])):
    exec(sys.argv[2])
"""


def open_elsewhere(out: Path, then: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", OPEN, str(out), then]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_two_builds_at_once(tmp_path: Path) -> None:
    with open_output(tmp_path):
        other = open_elsewhere(tmp_path, "pass")
    assert other.returncode == 1
    assert "another build is writing" in other.stderr
    assert "另一个程序正在写入" in other.stderr
    with locked(tmp_path):
        pass


def test_lock_ends_with_its_process(tmp_path: Path) -> None:
    open_elsewhere(tmp_path, "os.kill(os.getpid(), 9)")
    assert (tmp_path / STAGING).is_dir()
    with open_output(tmp_path) as output:
        assert list(output.package.iterdir()) == []
    assert list(tmp_path.iterdir()) == []


def test_whole_build_into_a_repository(tmp_path: Path) -> None:
    out = tmp_path / "build"
    write(tmp_path, {"README.md": "mine", "build/notes.txt": "mine", "build/data/my.csv": "mine"})
    for policy in (TextPolicy.FULL, TextPolicy.NONE):
        with open_output(out, tmp_path) as output:
            manifest = build(output.package, policy)
            assert output.root
            write_repository(good_dataset(), manifest, output.root, "build/data/", policy)
            assert judge(output.package) == []
            output.publish()
        assert judge(out) == judge(tmp_path) == judge(out / "packages" / "fangzhi.zip") == []
        assert f'"text_policy": "{policy}"' in (tmp_path / "datapackage.json").read_text(encoding="utf-8")
    assert {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()} == {
        *output_files(themes_of(good_dataset())), "downloads.json", "notes.txt", "data/my.csv",
    }  # fmt: skip
    assert {p.name for p in tmp_path.iterdir()} == {"README.md", "build", "datapackage.json", "schemas"}
    assert (out / "data" / "my.csv").read_text() == "mine"


def test_nothing_changes_without_publish(tmp_path: Path) -> None:
    with open_output(tmp_path / "out") as output:
        build(output.package)
    assert list((tmp_path / "out").iterdir()) == []


def test_files_of_the_last_build_that_are_no_more_are_removed(tmp_path: Path) -> None:
    listed = '{"files": [{"path": "data/gone.csv"}, {"path": "../outside.csv"}, {"path": 7}, 7]}'
    write(
        tmp_path / "out",
        {"datapackage.json": '{"name": "fangzhi"}', "downloads.json": listed, "data/gone.csv": "x"},
    )
    write(tmp_path, {"outside.csv": "x"})
    with open_output(tmp_path / "out") as output:
        build(output.package)
        output.publish()
    assert not (tmp_path / "out" / "data" / "gone.csv").exists()
    assert (tmp_path / "outside.csv").exists()


@pytest.mark.parametrize("name", ["data/articles.csv", "datapackage.json", "downloads.json", "fangzhi.db"])
def test_files_of_others_are_not_replaced(tmp_path: Path, name: str) -> None:
    write(tmp_path, {name: '{"name": "other"}'})
    with pytest.raises(PackageError, match="did not write"), open_output(tmp_path):
        pass
    assert read(tmp_path) == {name: '{"name": "other"}'}


def test_package_of_others_at_the_root_is_not_replaced(tmp_path: Path) -> None:
    write(tmp_path, {"datapackage.json": '{"name": "other"}'})
    with (
        pytest.raises(PackageError, match="belongs to another package"),
        open_output(tmp_path / "build", tmp_path),
    ):
        pass


def test_a_fresh_clone_may_be_built_in(tmp_path: Path) -> None:
    """Only build/data and the root descriptor are committed."""
    write(tmp_path, {"datapackage.json": '{"name": "fangzhi"}', "build/data/articles.csv": "old"})
    with open_output(tmp_path / "build", tmp_path) as output:
        assert output.package.is_dir()


def test_output_that_is_a_file(tmp_path: Path) -> None:
    write(tmp_path, {"out": "x"})
    with pytest.raises(PackageError, match="is not a folder"), open_output(tmp_path / "out"):
        pass


def test_interrupted_build_is_finished_by_the_next(tmp_path: Path) -> None:
    write(tmp_path, {"a": "old", f"{STAGING}/a": "new"})
    write(tmp_path, {JOURNAL: f'{{"moves": [["{STAGING}/a", "a"]], "stale": []}}'})
    with open_output(tmp_path):
        assert (tmp_path / "a").read_text() == "new"
    assert {p.name for p in tmp_path.iterdir()} == {"a"}


def test_a_stop_by_the_keyboard_amid_the_moves_is_finished_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"a": "old", "b": "old"})
    move, moved = os.replace, []

    def stopped(staged: Path, target: Path) -> None:
        if len(moved) == 2:  # the journal, then the first file
            raise KeyboardInterrupt
        moved.append(target)
        move(staged, target)

    def build() -> None:
        with open_output(tmp_path) as output:
            write(output.package, {"a": "new", "b": "new"})
            output.publish()

    write(tmp_path, {"datapackage.json": json.dumps({"name": NAME})})
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", stopped)
        with pytest.raises(KeyboardInterrupt):
            build()
    assert {(tmp_path / name).read_text() for name in "ab"} == {"old", "new"}
    with open_output(tmp_path):
        assert {(tmp_path / name).read_text() for name in "ab"} == {"new"}


@pytest.mark.parametrize("name", ["quality.json", "metadata.yml"])
def test_other_files_that_a_build_would_write_are_not_replaced(tmp_path: Path, name: str) -> None:
    write(tmp_path, {name: "mine"})
    with (
        pytest.raises(PackageError, match="did not write"),
        open_output(tmp_path, more=("quality.json", "metadata.yml")),
    ):
        pass
    assert (tmp_path / name).read_text() == "mine"


@pytest.mark.parametrize("folder", ["/", "~"])
def test_folders_for_no_package(folder: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(PackageError, match="no folder for a package"), open_output(Path(folder).expanduser()):
        pass
