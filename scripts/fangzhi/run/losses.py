"""What a build would take from readers: pages gone or failed, and a fall of the figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fangzhi.model.codes import IssueKind
from fangzhi.model.dataset import Dataset
from fangzhi.model.table import Row
from fangzhi.model.tables import Issue, Observation, Source
from fangzhi.package.findings import Finding, finding

LISTED = 5  # pages that are named
_KEPT = 0.9
"""The share of the figures of the last build that a new one must have."""


def losses(now: Dataset, last: Mapping[str, Sequence[Row]] | None) -> list[Finding]:
    """What a new build lacks that the last one, by table, had; nothing where there was none."""
    return [*_pages(now, last), *_figures(now, last)] if last else []


def _pages(now: Dataset, last: Mapping[str, Sequence[Row]]) -> Iterator[Finding]:
    failed = {row.path for row in now.rows(Issue) if row.kind is IssueKind.FAILED and row.article_id is None}
    there = {row.path for row in now.rows(Source)} - failed
    gone = sorted({row.path for row in last.get("sources", ()) if isinstance(row, Source)} - there)
    if gone:
        more = f" … (+{len(gone) - LISTED})" if len(gone) > LISTED else ""
        yield finding("pages-lost", count=len(gone), pages=", ".join(gone[:LISTED]) + more)


def _figures(now: Dataset, last: Mapping[str, Sequence[Row]]) -> Iterator[Finding]:
    before, after = len(last.get("observations", ())), len(now.rows(Observation))
    if after < before * _KEPT:
        yield finding("figures-lost", before=before, after=after)
