"""Publishing at once or not at all: staged files replace the published ones, whatever interrupts it.

All files are written and synced in a staging folder. Then a journal names every move; from then on the
moves will be made, by this process or, if it is killed, by the next one that calls ``recover``. Only
files of our own names are replaced; whatever else lies in the folder stays.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fangzhi.package.archive import unsafe_path
from fangzhi.package.descriptor import NAME
from fangzhi.package.errors import PackageError
from fangzhi.package.layout import INDEX, output_files

STAGING = ".fangzhi-staging"
JOURNAL = ".fangzhi-journal.json"
_BROKEN = "{} 有误，请删除后重新生成 / is wrong; delete it and build again"
Move = tuple[Path, Path]


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _file_moves(moves: Iterable[Move]) -> list[Move]:
    """Moves of folders as moves of the files in them."""
    found: list[Move] = []
    for staged, target in moves:
        files = sorted(p for p in staged.rglob("*") if p.is_file()) if staged.is_dir() else [staged]
        found += [(file, target / file.relative_to(staged)) for file in files]
    return found


def _check(move: Move) -> None:
    """Refuse before the journal is written what would fail after it."""
    staged, target = move
    if target.is_dir():
        raise PackageError(f"{target} 是文件夹，请移开 / is a folder; move it away")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise PackageError(f"{target.parent} 不是文件夹，请移开 / is not a folder; move it away") from error
    if staged.stat().st_dev != target.parent.stat().st_dev:
        raise PackageError(f"{target.parent} 与 {staged.parent} 不在同一磁盘 / are on different disks")


def _write_journal(journal: Path, moves: Sequence[Move], stale: Iterable[Path]) -> None:
    def relative(path: Path) -> str:
        return os.path.relpath(path, journal.parent)

    plan = {
        "moves": [[relative(staged), relative(target)] for staged, target in moves],
        "stale": [relative(path) for path in stale],
    }
    draft = journal.with_name(journal.name + ".new")
    draft.write_text(json.dumps(plan), encoding="utf-8")
    _sync(draft)
    draft.replace(journal)
    _sync(journal.parent)


def _within(journal: Path, name: object) -> Path:
    """A path of the journal: in its folder or the one above; PackageError for any other."""
    parts = Path(str(name)).parts
    if Path(str(name)).is_absolute() or ".." in parts[1:]:
        raise PackageError(_BROKEN.format(journal))
    return journal.parent / str(name)


def _read_journal(journal: Path) -> tuple[list[Move], list[Path]]:
    try:
        plan = json.loads(journal.read_text(encoding="utf-8"))
        moves = [(_within(journal, staged), _within(journal, target)) for staged, target in plan["moves"]]
        return moves, [_within(journal, name) for name in plan["stale"]]
    except (ValueError, TypeError, KeyError) as error:
        raise PackageError(_BROKEN.format(journal)) from error


def recover(journal: Path) -> bool:
    """Finish a publication that was begun; say whether there was one. Safe to call any number of times."""
    if not journal.exists():
        return False
    moves, stale = _read_journal(journal)
    for staged, target in moves:
        if staged.exists():  # else it was moved before the interruption
            os.replace(staged, target)  # noqa: PTH105 — one call, the step that must not be split
    for path in stale:
        path.unlink(missing_ok=True)
    for folder in {path.parent for path in (*(target for _, target in moves), *stale)}:
        _sync(folder)
    journal.unlink(missing_ok=True)
    _sync(journal.parent)
    return True


def publish(moves: Iterable[Move], journal: Path, stale: Iterable[Path] = ()) -> None:
    """Move staged files and folders to their targets and remove stale files: all, or nothing.

    Killed before the journal is written, nothing happens; after it, ``recover`` does the rest. Folders are
    merged file by file. PackageError, and nothing moved, if a target cannot be replaced.
    """
    files = _file_moves(moves)
    for move in files:
        _check(move)
    for staged, _ in files:
        _sync(staged)
    for folder in {staged.parent for staged, _ in files}:
        _sync(folder)
    _write_journal(journal, files, stale)
    recover(journal)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder for one process; PackageError if another one holds it. The lock ends with the process."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise PackageError(
            f"另一个程序正在写入 {folder}，请等它结束 / another build is writing to it; wait until it ends"
        ) from error
    try:
        yield
    finally:
        os.close(handle)


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def _is_ours(folder: Path) -> bool:
    found = _json(folder / "datapackage.json")
    return isinstance(found, dict) and found.get("name") == NAME


def _foreign(out: Path, more: Iterable[str]) -> str | None:
    """Something in a folder that a build would replace."""
    return next((name for name in (*output_files(), INDEX, *more) if os.path.lexists(out / name)), None)


def check_output(out: Path, repository: Path | None = None, more: Iterable[str] = ()) -> None:
    """PackageError if a folder holds files of the names of ours, or of the ``more`` given, that no build of
    ours made, or is no folder for a package at all.
    """
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 — no home is no error
    if out.resolve() in (Path(out.resolve().anchor), home.resolve()):
        raise PackageError(f"{out} 不宜存放数据包，请另选文件夹 / is no folder for a package; choose another")
    if out.exists() and not out.is_dir():
        raise PackageError(f"{out} 不是文件夹 / is not a folder")
    if repository is not None and (repository / "datapackage.json").exists() and not _is_ours(repository):
        raise PackageError(
            f"{repository}/datapackage.json 属于另一个数据包，请另选文件夹 / "
            "belongs to another package; choose another folder"
        )
    if _is_ours(out) or (repository is not None and _is_ours(repository)) or (out / JOURNAL).exists():
        return
    if taken := _foreign(out, more):
        raise PackageError(
            f"{out} 中已有并非本程序所写的 {taken}，请另选文件夹 / "
            f"holds a {taken} that this program did not write; choose another folder"
        )


def _stale(out: Path, fresh: Path) -> list[Path]:
    """Files that the last build listed and the new one does not have."""
    index = _json(out / INDEX)
    items = index.get("files") if isinstance(index, dict) else None
    names = [item.get("path") for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    safe = [name for name in names if isinstance(name, str) and not unsafe_path(name)]
    return [out / name for name in safe if not (fresh / name).exists() and (out / name).is_file()]


@dataclass(frozen=True)
class Output:
    """An output folder being written: fill the staging folders, judge, then publish."""

    out: Path
    repository: Path | None

    @property
    def package(self) -> Path:
        """Staging folder for what goes into the output folder."""
        return self.out / STAGING

    @property
    def root(self) -> Path | None:
        """Staging folder for what goes to the root of the repository, if that is to be a package too."""
        return self.repository / STAGING if self.repository else None

    def folders(self) -> list[Path]:
        """All staging folders."""
        return [folder for folder in (self.package, self.root) if folder]

    def publish(self) -> None:
        """Replace what is published by what is staged."""
        moves = [(self.package, self.out)]
        if self.repository and self.root:
            moves.append((self.root, self.repository))
        publish(moves, self.out / JOURNAL, _stale(self.out, self.package))


@contextmanager
def open_output(out: Path, repository: Path | None = None, more: Iterable[str] = ()) -> Iterator[Output]:
    """Lock an output folder, finish what an interrupted build began, and give empty staging folders.

    PackageError if the folder holds files that are not ours, or another build holds it. Without a call of
    ``publish`` nothing changes. The staging folders are removed, unless a publication was begun and is to be
    finished by the next call.
    """
    check_output(out, repository, more)
    out.mkdir(parents=True, exist_ok=True)
    output = Output(out, repository)
    with locked(out):
        recover(out / JOURNAL)
        for folder in output.folders():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        try:
            yield output
        finally:
            if not (out / JOURNAL).exists():  # else the staged files are still to be moved, by ``recover``
                for folder in output.folders():
                    shutil.rmtree(folder, ignore_errors=True)
