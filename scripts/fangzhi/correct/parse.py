"""Reading files of corrections: every line understood, or every mistake named with its line."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from fangzhi.correct.entry import COLUMNS, WITHDRAW, BadValueError, CorrectionError, Entry, Problem
from fangzhi.correct.messages import Words, say
from fangzhi.correct.rules import field_refusal, table_refusal
from fangzhi.correct.values import is_mangled, read_day, typed
from fangzhi.model.table import Field
from fangzhi.model.tables import TABLES
from fangzhi.text.repair import is_control

MOST_LINES = 100_000
LONGEST = 2000  # characters of a cell
Record = dict[str, str]


def parse_corrections(files: Iterable[tuple[str, bytes]]) -> list[Entry]:
    """The corrections of files given by path and content, oldest first; CorrectionError with all mistakes."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for path, data in files:
        for line, record in _records(data, path, problems):
            found = [Problem(path, line, words) for words in _mistakes(record)]
            problems += found
            if not found:
                entries.append(_entry(record, path, line))
    entries.sort(key=lambda entry: entry.date)  # stable: within a day, in the order of the files
    problems += _contradictions(entries)
    if problems:
        raise CorrectionError(problems)
    return entries


def _records(data: bytes, path: str, problems: list[Problem]) -> Iterator[tuple[int, Record]]:
    """Line number and cells of every record, up to the first place where the file is no such table."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Problem(path, 1, say("not-utf-8")))
        return
    lines = _Lines(text)
    try:
        yield from lines.records()
    except BadValueError as error:
        problems.append(Problem(path, lines.line, error.words))
    except csv.Error as error:
        problems.append(Problem(path, lines.line, say("not-csv", line=lines.line, reason=error)))


class _Lines:
    """The records of a CSV text; ``line`` is where the one that is being read begins."""

    def __init__(self, text: str) -> None:
        self.line = 1
        self._reader = csv.reader(io.StringIO(text.replace("\r\n", "\n"), newline=""), strict=True)

    def records(self) -> Iterator[tuple[int, Record]]:
        header = [name.strip() for name in next(self._reader, [])]
        if sorted(header) != sorted(COLUMNS):
            raise BadValueError("header", expected=",".join(COLUMNS), found=",".join(header) or "–")
        self.line = self._reader.line_num + 1
        for number, cells in enumerate(self._reader):
            if number >= MOST_LINES:
                raise BadValueError("too-many-lines", limit=MOST_LINES)
            if any(cell.strip() for cell in cells):
                yield self.line, self._record(header, cells)
            self.line = self._reader.line_num + 1

    def _record(self, header: list[str], cells: list[str]) -> Record:
        if len(cells) != len(header):
            raise BadValueError("cells", found=len(cells), expected=len(header))
        return dict(zip(header, map(str.strip, cells), strict=True))


def _entry(record: Record, path: str, line: int) -> Entry:
    return Entry(
        table=record["table"],
        key=record["key"],
        field=record["field"] or None,
        expected=record["expected"],
        value=record["value"],
        reason=record["reason"],
        author=record["author"],
        date=date.fromisoformat(record["date"]),
        path=path,
        line=line,
    )


def _mistakes(record: Record) -> Iterator[Words]:
    """What is wrong with one line by itself."""
    for name, cell in record.items():
        if len(cell) > LONGEST:
            yield say("too-long", column=name, limit=LONGEST)
        if any(map(is_control, cell)):
            yield say("control", column=name)
    yield from (say("missing", column=name) for name in ("key", "reason", "author") if not record[name])
    yield from _attempt(lambda: read_day(record["date"]))
    if is_mangled(record["key"]):
        yield say("key-mangled", cell=record["key"])
    if refusal := table_refusal(record["table"]):
        yield refusal
    elif record["field"]:
        yield from _cell_mistakes(record)
    elif record["value"] != WITHDRAW:
        yield say("withdraw")


def _cell_mistakes(record: Record) -> Iterator[Words]:
    """What is wrong with a line that changes a cell."""
    if refusal := field_refusal(record["table"], record["field"]):
        yield refusal
        return
    field = next(field for field in TABLES[record["table"]].fields if field.name == record["field"])
    yield from _attempt(lambda: typed(record["value"], field))
    if record["expected"] and _is_exact(field):
        yield from _attempt(lambda: typed(record["expected"], field))
    if record["expected"] == record["value"]:
        yield say("nothing-changed")


def _is_exact(field: Field) -> bool:
    """Whether a spreadsheet may have rewritten the cells of a column."""
    return field.type in (Decimal, int, date)


def _attempt(read: Callable[[], object]) -> Iterator[Words]:
    try:
        read()
    except BadValueError as error:
        yield error.words


def _contradictions(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Lines about the same cell that do not follow from one another, and cells of rows that are withdrawn."""
    rows: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        rows[entry.row].append(entry)
    for together in rows.values():
        withdrawn = next((entry for entry in together if entry.field is None), None)
        if withdrawn:
            yield from (_clash(entry, withdrawn) for entry in together if entry is not withdrawn)
        else:
            yield from _broken_chains(together)


def _broken_chains(together: Sequence[Entry]) -> Iterator[Problem]:
    """A second correction of a cell must start from what the first one made of it."""
    last: dict[str | None, Entry] = {}
    seen: dict[str, Entry] = {}
    for entry in together:
        before = last.get(entry.field)
        same = seen.setdefault(entry.correction_id, entry)
        if same is not entry or (before and entry.expected != before.value):
            yield _clash(entry, before if same is entry and before else same)
        last[entry.field] = entry


def _clash(entry: Entry, other: Entry) -> Problem:
    same = (entry.field, entry.expected, entry.value) == (other.field, other.expected, other.value)
    words = say("repeated" if same else "conflict", where=f"{other.path}:{other.line}")
    return Problem(entry.path, entry.line, words)
