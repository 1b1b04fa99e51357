"""What is known of the pages beside their text: ``sources.csv``, and what is wrong in it.

A mistake in a list costs what the mistaken cell would have said, never the page.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path

from fangzhi.model.codes import Basis, IssueKind
from fangzhi.model.tables import Issue
from fangzhi.package.findings import shown
from fangzhi.period.calendar import partial
from fangzhi.rows.issues import file_issue
from fangzhi.run.inputs import MANIFEST, InputFile, printable, real_path
from fangzhi.text.repair import is_control
from fangzhi.text.source import MAX_BYTES, Given, NotTextError, decode

_COLUMNS = tuple(field.name for field in fields(Given))
_LONGEST = 5000
"""Characters of a cell: a title or a name has fewer."""
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_KNOWN = ", ".join(("path", *_COLUMNS))
_BASES = ", ".join(basis.value for basis in Basis)
Known = dict[Path, Given]


def manifests(files: Iterable[InputFile]) -> dict[Path, str]:
    """The lists of sources beside the files and, up to the folder given, above them; each with its name.

    The nearest to the files come last.
    """
    found: dict[Path, str] = {}
    for item in files:
        folders = item.file.parents[: item.path.count("/") + 1]
        for folder in reversed(folders):
            found.setdefault(folder / MANIFEST, (folder / MANIFEST).relative_to(folders[-1]).as_posix())
    return {
        path: found[path]
        for path in sorted(found, key=lambda path: (len(path.parts), path))
        if path.is_file()
    }


def read_given(files: Iterable[InputFile]) -> tuple[Known, list[Issue]]:
    """What the lists say of the files, and an issue for every mistake in them."""
    known: Known = {}
    issues: list[Issue] = []
    for manifest, name in manifests(files).items():
        mistakes = _Mistakes(printable(name))
        known |= _read(manifest, mistakes)
        issues += mistakes.issues
    return known, issues


class _Mistakes:
    """The issues of one list, each told apart by its row and column."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.issues: list[Issue] = []

    def add(self, zh: str, en: str, row: int = 0, column: str = "") -> None:
        """A mistake; rows are numbered as a spreadsheet does, 0 for the list as a whole."""
        at_zh = f"第 {row} 行 {column}".rstrip() + "：" if row else ""
        at_en = ", ".join(filter(None, (f"row {row}", column))) + ": " if row else ""
        told = f"{at_zh}{zh}。", f"{at_en}{en}."
        part = f"{row}-{column or 'row'}" if row else str(len(self.issues))
        self.issues.append(file_issue(IssueKind.LIST_MISTAKE, self.path, *told, part=part))


def _read(manifest: Path, mistakes: _Mistakes) -> Known:
    known: Known = {}
    for number, row in _rows(manifest, mistakes):
        page = _page(manifest, number, row.get("path", ""), mistakes)
        if page is not None and page in known:
            mistakes.add(
                "此文件前面已列，此行未采用",
                "this file is listed above; the row was not used",
                number,
                "path",
            )
        elif page is not None:
            known[page] = _given(number, row, mistakes)
    return known


def _rows(manifest: Path, mistakes: _Mistakes) -> Iterator[tuple[int, dict[str, str]]]:
    """The records of a list, numbered as a spreadsheet does; cells without what steers and outer spaces."""
    text = _text(manifest, mistakes)
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        names = [_clean(name) for name in next(reader, [])]
        if text and not _header(names, mistakes):
            return
        for number, record in enumerate(reader, 2):
            if len(record) > len(names):
                mistakes.add(
                    "格数多于表头，此行未采用；含逗号的内容请加双引号",
                    "more cells than the header, so the row was not used; "
                    "put double quotes around what holds a comma",
                    number,
                )
            elif any(len(cell) > _LONGEST for cell in record):
                mistakes.add(
                    f"有一格超过 {_LONGEST} 字，不像 CSV；此行未采用",
                    f"a cell of more than {_LONGEST} characters does not look like CSV; the row was not used",
                    number,
                )
            elif record:
                yield number, dict(zip(names, map(_clean, record), strict=False))
    except csv.Error as error:
        mistakes.add(f"不是有效的 CSV（{error}）", f"it is no valid CSV ({error})")


def _text(manifest: Path, mistakes: _Mistakes) -> str:
    try:
        if manifest.stat().st_size > MAX_BYTES:
            raise NotTextError("过大", "it is too large")
        decoded = decode(manifest.read_bytes())
    except NotTextError as error:
        mistakes.add(f"{error.zh}；请存为 UTF-8 的 CSV", f"{error.en}; save it as CSV in UTF-8")
        return ""
    except OSError as error:
        mistakes.add(f"{error.strerror}，请检查权限", f"{error.strerror}; check its permissions")
        return ""
    if decoded.replaced:
        mistakes.add(
            f"有 {decoded.replaced} 个字符无法解码；请存为 UTF-8 的 CSV",
            f"{decoded.replaced} characters could not be decoded; save it as CSV in UTF-8",
        )
    return decoded.text


def _clean(cell: str) -> str:
    return " ".join("".join(c for c in cell if not is_control(c)).split())


def _header(names: list[str], mistakes: _Mistakes) -> bool:
    """Whether the columns can be used; those not known are named and left aside."""
    unknown = ", ".join(sorted(set(names) - {"path", *_COLUMNS})) or "-"
    if "path" not in names:
        found = shown(",".join(names))
        mistakes.add(
            f"首行没有 path 列，整表未采用；首行为 {found}；可用的列：{_KNOWN}，以逗号分隔",
            f"the first line has no column path, so the list was not used; it is {found}; "
            f"columns, with commas between: {_KNOWN}",
        )
    elif unknown != "-":
        mistakes.add(
            f"有不识别的列 {unknown}，未采用；可用的列：{_KNOWN}",
            f"unknown columns, not used: {unknown}; columns: {_KNOWN}",
        )
    return "path" in names


def _page(manifest: Path, number: int, path: str, mistakes: _Mistakes) -> Path | None:
    """The file that a row is about; None where there is none in the folder."""
    folder = real_path(manifest.parent)
    page = real_path(folder / path)
    if not path or not os.path.isfile(page):  # noqa: PTH113 - false, not an error, for a name of any kind
        mistakes.add(
            f"所列的文件不存在：{path or '（空）'}；请改正或删去此行",
            f"there is no such file: {path or '(empty)'}; correct the row or take it out",
            number,
            "path",
        )
    elif not page.is_relative_to(folder) and not (folder / path).is_symlink():
        mistakes.add(
            f"所列的文件不在此文件夹内：{path}", f"the file is not in this folder: {path}", number, "path"
        )
    else:
        return page
    return None


def _given(number: int, row: Mapping[str, str], mistakes: _Mistakes) -> Given:
    """The cells of a row that are in order."""
    cells = {name: row.get(name) or None for name in _COLUMNS}
    if (day := cells["published_on"]) and not is_date(day):
        mistakes.add(
            f"“{day}” 不是日期，未采用；应如 2022-08-16、2022-08 或 2022",
            f"{day} is no date and was not used; write 2022-08-16, 2022-08 or 2022",
            number,
            "published_on",
        )
        cells["published_on"] = None
    for name in ("publisher_basis", "published_on_basis"):
        if (basis := cells[name]) and basis not in tuple(Basis):
            mistakes.add(
                f"“{basis}” 不是依据的代码，未采用；应为 {_BASES} 之一",
                f"{basis} is no basis and was not used; write one of {_BASES}",
                number,
                name,
            )
            cells[name] = None
    return Given(**cells)


def is_date(text: str) -> bool:
    """Whether a text is an ISO 8601 date, month or year."""
    try:
        partial(text)
    except ValueError:
        return False
    return bool(_DATE.fullmatch(text))
