"""The history of what was published: one entry a version, what changed in it, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from fangzhi.model.dataset import Dataset
from fangzhi.model.table import Row
from fangzhi.model.tables import Correction, Source
from fangzhi.quality.report import Changes, Keys, Part

LISTED = 20  # pages that are named


class RowCounts(Part):
    """A table of a version: how many rows it has, and how many are new, changed, gone; None: not compared."""

    table: str
    rows: int
    added: int | None
    changed: int | None
    gone: int | None


class PageChanges(Part):
    """Pages by their path: new, of another content, gone."""

    added: Keys
    changed: Keys
    gone: Keys


class Entry(Part):
    """A version that was published: when, by which program, what changed since the one before, and why."""

    version: str
    published: datetime
    program: str
    text_policy: str
    last: str | None = None
    last_program: str | None = None
    last_text_policy: str | None = None
    pages: PageChanges
    corrections: int
    tables: tuple[RowCounts, ...]

    @property
    def has_other_pages(self) -> bool:
        """Whether pages were added, changed or taken away."""
        return bool(self.pages.added.count or self.pages.changed.count or self.pages.gone.count)


class History(Part):
    """All versions, the newest first."""

    entries: tuple[Entry, ...] = ()

    @property
    def newest(self) -> Entry | None:
        """The version that was published last."""
        return self.entries[0] if self.entries else None

    def with_entry(self, entry: Entry) -> History:
        """The history with one more; the same version twice in a row is one."""
        if self.newest and self.newest.version == entry.version:
            return self
        return History(entries=(entry, *self.entries))


def row_counts(now: Dataset, changes: Changes | None) -> tuple[RowCounts, ...]:
    """The tables of a build with what changed in them; all is new where nothing was published before."""
    if changes is None:
        return tuple(
            RowCounts(table=name, rows=len(rows), added=len(rows), changed=0, gone=0)
            for name, rows in now.tables.items()
        )
    return tuple(_counts(name, len(rows), changes) for name, rows in now.tables.items())


def _counts(name: str, rows: int, changes: Changes) -> RowCounts:
    if name in changes.not_compared:
        return RowCounts(table=name, rows=rows, added=None, changed=None, gone=None)
    change = next((each for each in changes.tables if each.table == name), None)
    if change is None:
        return RowCounts(table=name, rows=rows, added=0, changed=0, gone=0)
    counts = {"added": change.added.count, "changed": change.changed.count, "gone": change.gone.count}
    return RowCounts(table=name, rows=rows, **counts)


def page_changes(now: Iterable[Row], last: Iterable[Row]) -> PageChanges:
    """Pages that came, changed or went; a page is known by its path, its content by its source id."""
    new, old = dict(_pages(now)), dict(_pages(last))
    return PageChanges(
        added=_keys(new.keys() - old.keys()),
        changed=_keys({path for path in new.keys() & old.keys() if new[path] != old[path]}),
        gone=_keys(old.keys() - new.keys()),
    )


def corrections_changed(now: Iterable[Row], last: Iterable[Row]) -> int:
    """How many corrections are new, changed or withdrawn."""
    new, old = (
        {row.model_dump_json() for row in rows if isinstance(row, Correction)} for rows in (now, last)
    )
    return len(new ^ old)


def _pages(rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    return ((row.path, row.source_id) for row in rows if isinstance(row, Source))


def _keys(paths: set[str]) -> Keys:
    return Keys(count=len(paths), keys=tuple(sorted(paths)[:LISTED]))


def reasons(entry: Entry) -> list[tuple[str, str]]:
    """Why a version differs from the one before, in Chinese and English."""
    pages = entry.pages
    found = [
        (pages.added.count, "新增版面 {} 个", "{} pages added"),
        (pages.changed.count, "版面内容有变 {} 个", "{} pages changed"),
        (pages.gone.count, "撤下版面 {} 个", "{} pages taken away"),
        (entry.corrections, "编者更正有变 {} 条", "{} corrections added, changed or withdrawn"),
    ]
    told = [(zh.format(count), en.format(count)) for count, zh, en in found if count]
    if entry.last is None:
        return [("首次发布", "First version published here"), *told]
    if entry.last_program and entry.last_program != entry.program:
        words = f"{entry.last_program} → {entry.program}"
        told.append((f"程序版本 {words}", f"Program version {words}"))
    if entry.last_text_policy and entry.last_text_policy != entry.text_policy:
        words = f"{entry.last_text_policy} → {entry.text_policy}"
        told.append((f"原文发布方式 {words}", f"Text policy {words}"))
    return told or [
        (
            "版面与更正未变；抽取规则或词表有变",
            "Same pages and corrections; the rules or words of extraction changed",
        )
    ]
