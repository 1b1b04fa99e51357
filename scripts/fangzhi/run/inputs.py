"""Which files are input: what stands in the folders and files given, and their bytes."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fangzhi.database import FILE_NAME as DATABASE_FILE
from fangzhi.errors import UserError
from fangzhi.model.codes import IssueKind
from fangzhi.model.tables import Issue
from fangzhi.rows.issues import file_issue
from fangzhi.text.source import MAX_BYTES, Document, Given

MANIFEST = "sources.csv"
CORRECTIONS, CORRECTIONS_FOLDER = "corrections.csv", "corrections"
_BESIDE = frozenset({MANIFEST, CORRECTIONS})
_NO_PAGES = frozenset({".md", ".json", ".csv", ".tsv", ".xml", ".yml", ".yaml", ".toml", ".py"})
_UNPRINTABLE = frozenset({"Cc", "Cn", "Cs", "Zl", "Zp"})


class InputError(UserError):
    """The input as a whole is wrong; the message says what to do."""


class NoArticleError(InputError):
    """There are files, but not one of them holds an article."""

    exit_code = 1


@dataclass(frozen=True)
class InputFile:
    """A file to read and the name it goes by in the data: its path below the folder it was given with."""

    file: Path
    path: str
    named: bool = False

    @property
    def real(self) -> Path:
        """The file itself, past all links: what tells whether two names mean the same."""
        return real_path(self.file)


def real_path(path: Path) -> Path:
    """A path past all links; one whose links run in a circle as far as it goes."""
    return Path(os.path.realpath(path))


def find_inputs(inputs: Iterable[Path], output: Path) -> tuple[list[InputFile], list[Issue]]:
    """Files of the folders and files given, in order of their names, and issues for what is not read.

    In a folder, data and notes (``.json``, ``.md`` …) are no pages; a file given by name always is one.
    Hidden files, lists of sources, corrections and the output folders of builds are passed over. InputError
    where the output folder is itself an input.
    """
    entries = [item for given in inputs for item in _entries(given, real_path(output))]
    found: dict[Path, InputFile] = {}
    issues: dict[str, Issue] = {}
    for item in sorted(
        entries, key=lambda item: (not item.named, -item.path.count("/"), item.path, item.file)
    ):
        if item.real in found:
            continue
        if issue := _unread(item):
            issues[issue.issue_id] = issue
        else:
            found[item.real] = item
    return sorted(found.values(), key=lambda item: (item.path, item.file)), [
        issues[key] for key in sorted(issues)
    ]


def _entries(given: Path, output: Path) -> Iterator[InputFile]:
    if not given.is_dir():
        if given.name not in _BESIDE:
            yield InputFile(given, printable(given.name), named=True)
        return
    if real_path(given) == output:
        raise InputError(
            f"输出文件夹 {given} 同时是输入文件夹，请用 --output 另选 / "
            f"the output folder {given} is an input folder too; choose another with --output"
        )
    for file in _walk(given, output):
        yield InputFile(file, printable(file.relative_to(given).as_posix()))


def _walk(folder: Path, output: Path) -> Iterator[Path]:
    """What stands in a folder and those below it; of folders, the links and those that cannot be opened."""
    locked: list[OSError] = []
    for where, folders, names in os.walk(folder, onerror=locked.append):
        here = Path(where)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and real_path(here / name) != output and not _is_built(here / name)
        )
        links = [name for name in folders if (here / name).is_symlink()]
        pages = [name for name in names if name not in _BESIDE and not _is_correction(here / name)]
        yield from (here / name for name in [*pages, *links] if not name.startswith("."))
    yield from (Path(error.filename) for error in locked)


def _is_built(folder: Path) -> bool:
    """Whether a folder is the output of a build: a package with its database."""
    return (folder / DATABASE_FILE).is_file() and (folder / "datapackage.json").is_file()


def _is_correction(path: Path) -> bool:
    return path.suffix.lower() == ".csv" and path.parent.name == CORRECTIONS_FOLDER


def printable(name: str) -> str:
    """A file name as it may stand in a table: what is no UTF-8 and what cannot be seen is written out."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    seen = "".join(
        f"\\u{ord(c):04x}" if unicodedata.category(c) in _UNPRINTABLE or c == "\ufeff" else c for c in text
    )
    return seen if seen == seen.strip() else f'"{seen}"'


def _unread(item: InputFile) -> Issue | None:
    """Why something is not read; None where it is a file like any other."""
    try:
        mode = item.file.stat().st_mode
    except FileNotFoundError:
        if item.file.is_symlink():
            return _unreadable(item, "链接所指的文件不存在", "it is a link to a file that does not exist")
        return file_issue(IssueKind.MISSING, printable(str(item.file)))
    except OSError as error:
        return _unreadable(item, *_told(error))
    if stat.S_ISDIR(mode):
        return _unreadable(item, *_folder(item))
    if not stat.S_ISREG(mode):
        return _unreadable(
            item,
            "不是普通文件（管道、套接字或设备）",
            "it is not a regular file but a pipe, a socket or a device",
        )
    if not item.named and item.file.suffix.lower() in _NO_PAGES:
        return file_issue(IssueKind.SKIPPED, item.path, item.file.suffix)
    return None


def _folder(item: InputFile) -> tuple[str, str]:
    if item.file.is_symlink():
        return (
            "是指向文件夹的链接，不跟随；请直接指名该文件夹",
            "it is a link to a folder and not followed; name that folder itself",
        )
    return "没有权限打开此文件夹，请检查权限", "the folder may not be opened; check its permissions"


def _told(error: OSError) -> tuple[str, str]:
    reason = error.strerror or str(error)
    return f"{reason}，请检查路径与权限", f"{reason}; check the path and its permissions"


def _unreadable(item: InputFile, zh: str, en: str) -> Issue:
    return file_issue(IssueKind.UNREADABLE, item.path, zh, en)


def read_documents(files: Iterable[InputFile], given: dict[Path, Given]) -> Iterator[Document | Issue]:
    """Each file's bytes, or the issue that keeps them from us; files with the same bytes are taken once."""
    seen: dict[str, str] = {}
    for item in files:
        try:
            size = item.file.stat().st_size
            if size > MAX_BYTES:
                yield file_issue(IssueKind.TOO_LARGE, item.path, size, MAX_BYTES)
                continue
            document = Document(item.path, item.file.read_bytes(), given.get(item.real, Given()))
        except OSError as error:
            yield _unreadable(item, *_told(error))
            continue
        if document.data and document.sha256 in seen:
            yield file_issue(IssueKind.DUPLICATE, item.path, seen[document.sha256])
            continue
        seen[document.sha256] = item.path
        yield document
