"""A row is judged when it is born: what breaks a promise becomes an issue, and the rest is published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from fangzhi.model.codes import IssueKind
from fangzhi.model.soundness import flaws
from fangzhi.model.table import Row
from fangzhi.rows.issues import article_issue, printable
from fangzhi.rows.reading import Reading

Builder = Callable[[Reading], Iterable[Row]]


def born(reading: Reading, builders: Iterable[Builder]) -> Iterator[Row]:
    """The rows that several builders make of an article; one that fails costs its own rows alone."""
    lost: set[tuple[str, str]] = set()
    for builder in builders:
        try:
            rows = list(builder(reading))
        except Exception as error:  # noqa: BLE001 - what one builder cannot read must not cost the others
            what = printable(f"{type(error).__name__}: {error}")
            name = getattr(builder, "__name__", "issues")
            yield article_issue(IssueKind.FAILED, reading, 0, len(reading.text), what, part=name)
            continue
        yield from _sound(reading, rows, lost)


def _sound(reading: Reading, rows: Iterable[Row], lost: set[tuple[str, str]]) -> Iterator[Row]:
    """Rows that keep their promises; for others, and those that refer to them, an issue in their place."""
    for row in rows:
        broken = flaws(row, reading.text) or _referring(row, lost)
        if not broken:
            yield row
            continue
        table, key = row.table, str(getattr(row, row.table.key[0]))
        part, names = f"{key}-{table.name}", ", ".join(broken)
        lost.add((table.name, key))
        start, end = (getattr(row, name, None) for name in ("text_start", "text_end"))
        span = (start, end) if start is not None and end and start < end else (0, len(reading.text))
        yield article_issue(IssueKind.UNSOUND, reading, *span, table.zh, table.en, names, part=part)


def _referring(row: Row, lost: set[tuple[str, str]]) -> list[str]:
    keys = row.table.foreign_keys
    return [key.field for key in keys if (key.table, getattr(row, key.field)) in lost] if lost else []
