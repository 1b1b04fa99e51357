"""Corrections at the edge: which files hold them, and what they say."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from fangzhi.correct.entry import CorrectionError, Entry
from fangzhi.correct.parse import parse_corrections
from fangzhi.run.inputs import CORRECTIONS, CORRECTIONS_FOLDER, InputError, InputFile, printable

MOST_BYTES = 64 * 1024 * 1024
SHOWN = 50  # mistakes that a message lists


def find_corrections(files: Iterable[InputFile], given: Path | None = None) -> dict[Path, str]:
    """The files of corrections with their names: the one or the folder given, else those beside the pages.

    Beside the pages are ``corrections.csv`` and ``corrections/*.csv``, in the folder of a page and, up to
    the folder given, above it. InputError where ``given`` holds none.
    """
    if given:
        paths = _tables(given) if given.is_dir() else [given]
        if not paths or not os.path.lexists(given):
            raise InputError(f"--corrections {given}: 没有 CSV 文件 / there is no CSV file")
        return {path: printable(path.name) for path in paths}
    found = {}
    for item in files:
        folders = item.file.parents[: item.path.count("/") + 1]
        for folder in folders:
            paths = [folder / CORRECTIONS] if os.path.lexists(folder / CORRECTIONS) else []
            for path in (*paths, *_tables(folder / CORRECTIONS_FOLDER)):
                found[path] = printable(path.relative_to(folders[-1]).as_posix())
    return dict(sorted(found.items(), key=lambda item: (item[1], item[0])))


def _tables(folder: Path) -> list[Path]:
    """The CSV files in a folder, if there is one, without those that a spreadsheet keeps while it is open."""
    paths = folder.iterdir() if folder.is_dir() else ()
    shown = (path for path in paths if not path.name.startswith((".", "~")))
    return sorted(path for path in shown if path.suffix.lower() == ".csv")


def read_corrections(found: dict[Path, str]) -> list[Entry]:
    """What the files say, oldest first. InputError, before anything is built, with every mistake in them."""
    try:
        return parse_corrections(_contents(found))
    except CorrectionError as error:
        told = [str(problem) for problem in error.problems[:SHOWN]]
        rest = len(error.problems) - len(told)
        told += [f"…（另有 {rest} 处 {rest} more）"] if rest else []
        head = "更正有误，未构建 the corrections have mistakes, nothing was built:"
        raise InputError("\n  ".join([head, *told])) from None


def _contents(found: dict[Path, str]) -> Iterator[tuple[str, bytes]]:
    for path, name in found.items():
        try:
            if not stat.S_ISREG((facts := path.stat()).st_mode):
                raise InputError(f"{name}: 不是普通文件 / is not a regular file")
            if facts.st_size > MOST_BYTES:
                raise InputError(f"{name}: 文件过大，请分成几个 / is too large, split it")
            yield name, path.read_bytes()
        except OSError as error:
            raise InputError(
                f"{name}: 无法读取（{error.strerror}），请检查 / cannot be read; check it"
            ) from None
