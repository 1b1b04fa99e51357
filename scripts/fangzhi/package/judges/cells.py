"""Judge three, the files: bytes, line ends, the form of every cell, order and uniqueness of keys."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from fangzhi.model.cells import compact_json
from fangzhi.package.csv_files import read_cells
from fangzhi.package.findings import Finding, finding
from fangzhi.package.opened import JsonObject, Opened, Part, as_list

LIMIT = 1000
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufeff\ufffe\uffff]")
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NO_NUMBER = frozenset({"nan", "inf", "-inf", "+inf", "infinity", "-infinity"})
Sheet = tuple[list[str], list[list[str]]]


def _string_kind(cell: str) -> str | None:
    if cell != cell.strip():
        return "white-space"
    return "control-character" if _CONTROL.search(cell) else None


def _number_kind(cell: str, form: re.Pattern[str]) -> str | None:
    if cell.lower() in _NO_NUMBER:
        return "not-a-number"
    if form.fullmatch(cell):
        return None
    return "exponent" if re.fullmatch(r"[-+]?[0-9.]+[eE][-+]?[0-9]+", cell) else "number-form"


def _date_kind(cell: str) -> str | None:
    try:
        date.fromisoformat(cell)
    except ValueError:
        return "date-form"
    return None if _DATE.fullmatch(cell) else "date-form"


def _json_kind(cell: str) -> str | None:
    try:
        return None if compact_json(json.loads(cell)) == cell else "json-form"
    except (ValueError, RecursionError):
        return "json-form"


def cell_kind(cell: str, kind: str) -> str | None:
    """What is wrong with the form of a cell of a Table Schema type; None when nothing is."""
    match kind:
        case _ if cell == "":
            return None
        case "integer":
            return _number_kind(cell, _INTEGER)
        case "number":
            return _number_kind(cell, _NUMBER)
        case "date":
            return _date_kind(cell)
        case "array" | "object":
            return _json_kind(cell)
        case "string":
            return _string_kind(cell)
    return None


def byte_findings(path: Path, table: str) -> Iterator[Finding]:
    """Byte order mark, carriage returns outside of cells, last line without an end."""
    content = path.read_bytes()
    if content.startswith(b"\xef\xbb\xbf"):
        yield finding("byte-order-mark", table=table, path=path.name)
    if content and not content.endswith(b"\n"):
        yield finding("last-line", table=table)
    row = 1
    for number, piece in enumerate(content.split(b'"')):
        if number % 2 == 0:  # outside of quotes
            if b"\r" in piece:
                yield finding("line-ending", table=table, row=row + piece[: piece.index(b"\r")].count(b"\n"))
                return
            row += piece.count(b"\n")


def read_sheet(part: Part) -> tuple[Sheet | None, list[Finding]]:
    """Header and records of a CSV file, or None and why it cannot be read."""
    assert part.file is not None
    try:
        header, *records = read_cells(part.file)
    except UnicodeDecodeError:
        return None, [finding("encoding", table=part.name, path=part.file.name)]
    except (csv.Error, OSError) as error:
        return None, [finding("csv-broken", table=part.name, reason=error)]
    except ValueError:
        return None, [finding("csv-broken", table=part.name, reason="empty file / 空文件")]
    # a byte order mark has its own finding and is no part of a name
    return ([name.removeprefix("\ufeff") for name in header], records), []


def _cell_findings(part: Part, sheet: Sheet) -> Iterator[Finding]:
    header, records = sheet
    kinds = {field["name"]: str(field.get("type", "string")) for field in part.fields()}
    typed = [(number, name, kinds[name]) for number, name in enumerate(header) if name in kinds]
    for row, record in enumerate(records, 2):
        for number, name, kind in typed:
            if number < len(record) and (wrong := cell_kind(record[number], kind)):
                yield finding(wrong, table=part.name, row=row, column=name, value=record[number])


def _names(key: object) -> list[str]:
    return [key] if isinstance(key, str) else [name for name in as_list(key) if isinstance(name, str)]


def _comparable(cell: str, kind: object) -> Any:
    if kind != "integer":
        return cell
    return int(cell) if _INTEGER.fullmatch(cell) and len(cell) < 40 else -1


def _values(part: Part, sheet: Sheet, names: list[str]) -> list[tuple[Any, ...]]:
    header, records = sheet
    kinds: dict[str, object] = {field["name"]: field.get("type") for field in part.fields()}
    if not names or not set(names) <= set(header):
        return []
    at = [(header.index(name), kinds.get(name)) for name in names]
    wide = (record + [""] * (len(header) - len(record)) for record in records)
    return [tuple(_comparable(record[number], kind) for number, kind in at) for record in wide]


def _order_findings(part: Part, sheet: Sheet) -> Iterator[Finding]:
    names = _names((part.schema or {}).get("primaryKey"))
    values = _values(part, sheet, names)
    for row, (before, after) in enumerate(pairwise(values), 3):
        if after < before:
            yield finding(
                "unsorted",
                table=part.name,
                row=row,
                column=", ".join(names),
                value=", ".join(map(str, after)),
            )
            return  # one row out of place puts many behind it


def _unique_findings(part: Part, sheet: Sheet) -> Iterator[Finding]:
    """``uniqueKeys`` of version 2, which frictionless accepts and does not check."""
    for names in as_list((part.schema or {}).get("uniqueKeys")):
        seen: set[tuple[Any, ...]] = set()
        wanted = _names(names)
        for row, value in enumerate(_values(part, sheet, wanted), 2):
            if value in seen:
                columns = ", ".join(wanted)
                yield finding("duplicate-key", table=part.name, row=row, column=columns, value=value)
            seen.add(value)


def _bounded(found: Iterator[Finding], table: str) -> Iterator[Finding]:
    for count, item in enumerate(found):
        if count == LIMIT:
            yield finding("too-many", table=table, count=LIMIT)
            return
        yield item


def is_plain_csv(part: Part) -> bool:
    """Whether the resource is a CSV file in the form that the standard takes for granted."""
    resource: JsonObject = part.descriptor
    encoding = str(resource.get("encoding", "utf-8")).lower()
    return (
        part.file is not None
        and part.file.suffix.lower() == ".csv"
        and "dialect" not in resource
        and encoding in ("utf-8", "utf8")
    )


def judge_cells(opened: Opened, part: Part, sheet: Sheet) -> list[Finding]:
    """The strict form that our own files keep; of others', only unique keys and the form of dates."""
    if not opened.ours:
        dates = (item for item in _cell_findings(part, sheet) if item.kind == "date-form")
        plain = {f["name"] for f in part.fields() if f.get("format", "default") == "default"}
        own = (item for item in dates if item.column in plain)
        return [*_bounded(own, part.name), *_unique_findings(part, sheet)]
    found = [*_bounded(_cell_findings(part, sheet), part.name)]
    return [*found, *_order_findings(part, sheet), *_unique_findings(part, sheet)]
