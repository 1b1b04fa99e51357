"""Judge three, across tables: quotes stand in their text, ranges are in order, references hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from fangzhi.model.decimals import fits
from fangzhi.model.soundness import ORDERED
from fangzhi.model.tables import TABLES
from fangzhi.package.findings import Finding, finding
from fangzhi.package.judges.cells import Sheet
from fangzhi.package.policy import KEPT_BACK, TextPolicy

Record = Mapping[str, str]
Records = Mapping[str, list[Record]]
Texts = Mapping[str, str]
ENTITIES = {
    "place": ("places", "place_id"),
    "organization": ("organizations", "organization_id"),
    "person": ("people", "person_id"),
}


def _number(cell: str) -> Decimal | None:
    try:
        value = Decimal(cell)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _text(cell: str) -> str | None:
    return cell or None


_READ: dict[str, Callable[[str], Any]] = {
    "span-order": _number,
    "period-order": _text,
    "range-order": _number,
}


def _order(table: str, row: int, record: Record) -> Iterator[Finding]:
    for kind, first, last, strict in ORDERED:
        read = _READ[kind]
        start, end = read(record.get(first, "")), read(record.get(last, ""))
        if start is not None and end is not None and (start > end or (strict and start == end)):
            yield finding(kind, table=table, row=row, column=last, start=start, end=end)


def _sizes(table: str, row: int, record: Record) -> Iterator[Finding]:
    for field in TABLES[table].fields if table in TABLES else ():
        number = _number(record.get(field.name, "")) if field.type is Decimal else None
        if number is not None and not fits(number):
            yield finding("decimal-size", table=table, row=row, column=field.name, value=number)


def _quote(table: str, row: int, record: Record, text: str) -> Iterator[Finding]:
    start, end = _number(record.get("text_start", "")), _number(record.get("text_end", ""))
    if start is None or end is None:
        return
    if not 0 <= start <= end <= len(text):
        span = f"{start}–{end}"
        yield finding("span-outside", table=table, row=row, column="text_end", span=span, length=len(text))
        return
    there, quote = text[int(start) : int(end)], record.get("quote")
    if quote and quote != there:
        yield finding("quote-differs", table=table, row=row, column="quote", value=quote, text=there)


def _ids(records: Records, table: str, column: str) -> set[str]:
    return {record.get(column, "") for record in records.get(table, ())}


def _reference(table: str, row: int, column: str, value: object, target: str) -> Finding:
    return finding("reference", table=table, row=row, column=column, value=value, name=target)


def _input_findings(records: Records) -> Iterator[Finding]:
    known = _ids(records, "observations", "observation_id")
    for row, record in enumerate(records.get("checks", ()), 2):
        try:
            inputs = json.loads(record.get("inputs", "[]"))
        except (ValueError, RecursionError):
            continue
        for value in inputs if isinstance(inputs, list) else ():
            if str(value) not in known:
                yield _reference("checks", row, "inputs", value, "observations")


def _entity_findings(records: Records) -> Iterator[Finding]:
    known = {kind: _ids(records, *where) for kind, where in ENTITIES.items()}
    for row, record in enumerate(records.get("mentions", ()), 2):
        kind, value = record.get("entity_type", ""), record.get("entity_id", "")
        if kind in known and value not in known[kind]:
            yield _reference("mentions", row, "entity_id", value, ENTITIES[kind][0])


def _policy_findings(table: str, rows: list[Record], policy: str) -> Iterator[Finding]:
    known = policy in TextPolicy._value2member_map_
    kept_back = KEPT_BACK[TextPolicy(policy)] if known else frozenset[str]()
    for row, record in enumerate(rows, 2):
        for column in sorted(kept_back):
            if record.get(column):
                yield finding("text-policy", table=table, row=row, column=column, policy=policy)
                return


def as_records(sheet: Sheet) -> list[Record]:
    """Records by column name; a short record has no entry for the columns it lacks."""
    header, records = sheet
    return [dict(zip(header, record, strict=False)) for record in records]


def _articles(records: Records) -> tuple[Texts, Texts]:
    """The text of each article, and the article of each system."""

    def column(table: str, name: str) -> dict[str, str]:
        key = TABLES[table].key[0]
        return {row[key]: row[name] for row in records.get(table, ()) if row.get(key) and row.get(name)}

    return column("articles", "text"), column("systems", "article_id")


def _table_findings(table: str, rows: list[Record], texts: Texts, systems: Texts) -> Iterator[Finding]:
    for row, record in enumerate(rows, 2):
        yield from _order(table, row, record)
        yield from _sizes(table, row, record)
        article = record.get("article_id") or systems.get(record.get("system_id", ""), "")
        if table != "articles" and article in texts:
            yield from _quote(table, row, record, texts[article])


def judge_invariants(sheets: Mapping[str, Sheet], policy: str) -> list[Finding]:
    """What our own tables promise beyond their schemas; rows as a spreadsheet numbers them."""
    records = {table: as_records(sheets[table]) for table in TABLES if table in sheets}
    texts, systems = _articles(records)
    found: list[Finding] = []
    for table, rows in records.items():
        found += _table_findings(table, rows, texts, systems)
        found += _policy_findings(table, rows, policy)
    return [*found, *_input_findings(records), *_entity_findings(records)]
