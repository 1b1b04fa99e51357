"""Which files are input, and what is known of each beside its text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from fangzhi.model.codes import IssueKind
from fangzhi.model.tables import Issue
from fangzhi.rows.issues import file_issue
from fangzhi.text.source import MAX_BYTES, Document, Given

MANIFEST = "sources.csv"
_NO_PAGES = frozenset({".md", ".json", ".csv", ".tsv", ".xml", ".yml", ".yaml", ".toml", ".py"})
_COLUMNS = tuple(field.name for field in fields(Given))


class InputError(ValueError):
    """The input as a whole is wrong; the message says what to do."""


@dataclass(frozen=True)
class InputFile:
    """A file to read and the name it goes by in the data: its path below the folder it was given with."""

    file: Path
    path: str


def find_inputs(inputs: Iterable[Path]) -> tuple[list[InputFile], list[Issue]]:
    """Files of the folders and files given, in order of their names, and issues for what is not read.

    In a folder, data and notes (``.json``, ``.md`` …) are no pages; a file given by name always is one.
    Hidden files and the list of sources are passed over.
    """
    found: dict[Path, InputFile] = {}
    unread: list[Issue] = []
    for given in inputs:
        if given.is_dir():
            for file in _walk(given):
                path = file.relative_to(given).as_posix()
                if file.suffix.lower() in _NO_PAGES:
                    unread.append(file_issue(IssueKind.SKIPPED, path, file.suffix))
                else:
                    found.setdefault(file.resolve(), InputFile(file, path))
        elif given.exists():
            found.setdefault(given.resolve(), InputFile(given, given.name))
        else:
            unread.append(file_issue(IssueKind.MISSING, str(given)))
    return sorted(found.values(), key=lambda item: item.path), unread


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and path.name != MANIFEST:
            yield path


def read_given(inputs: Iterable[InputFile]) -> dict[Path, Given]:
    """What ``sources.csv`` beside the files says of them; InputError where it cannot be understood."""
    known: dict[Path, Given] = {}
    for folder in sorted({parent for item in inputs for parent in _folders(item)}):
        manifest = folder / MANIFEST
        if manifest.is_file():
            known |= _read_manifest(manifest)
    return known


def _folders(item: InputFile) -> list[Path]:
    depth = item.path.count("/") + 1
    return list(item.file.parents[:depth])


def _read_manifest(manifest: Path) -> dict[Path, Given]:
    try:
        text = manifest.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{manifest}: 无法读取，请存为 UTF-8 / cannot be read, save it as UTF-8 ({error})") from None
    rows = csv.DictReader(io.StringIO(text, newline=""))
    unknown = set(rows.fieldnames or ()) - {"path", *_COLUMNS}
    if "path" not in (rows.fieldnames or ()) or unknown:
        raise InputError(
            f"{manifest}: 列名应为 path 与 {', '.join(_COLUMNS)} 之中的若干；"
            f"不识别 / columns must be path and some of these; not known: {', '.join(sorted(map(str, unknown))) or '-'}"
        )
    return {(manifest.parent / row["path"]).resolve(): _given(row) for row in rows}


def _given(row: dict[str, str]) -> Given:
    return Given(**{name: (row.get(name) or "").strip() or None for name in _COLUMNS})


def read_documents(files: Iterable[InputFile], given: dict[Path, Given]) -> Iterator[Document | Issue]:
    """Each file's bytes, or the issue that keeps them from us; files with the same bytes are taken once."""
    seen: dict[str, str] = {}
    for item in files:
        try:
            size = item.file.stat().st_size
            if size > MAX_BYTES:
                yield file_issue(IssueKind.TOO_LARGE, item.path, size, MAX_BYTES)
                continue
            document = Document(item.path, item.file.read_bytes(), given.get(item.file.resolve(), Given()))
        except OSError as error:
            yield file_issue(IssueKind.UNREADABLE, item.path, error.strerror or error)
            continue
        first = seen.setdefault(document.sha256, item.path)
        yield document if first == item.path else file_issue(IssueKind.DUPLICATE, item.path, first)
