"""Applying corrections to a dataset: each is applied, found stale, or rejected, and says so in the data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from fangzhi.correct.entry import Entry
from fangzhi.correct.row import Outcome, correct_row
from fangzhi.correct.withdraw import key_text, withdraw
from fangzhi.model.codes import CorrectionState, IssueKind
from fangzhi.model.dataset import Dataset
from fangzhi.model.table import Row
from fangzhi.model.tables import Article, Correction, Issue, Observation, Source, System
from fangzhi.rows.issues import correction_issue

Name = tuple[str, str]  # a row: table and key
Corrected = Mapping[Name, tuple[Row | None, list[Outcome]]]
_KINDS = {
    CorrectionState.STALE: IssueKind.STALE_CORRECTION,
    CorrectionState.REJECTED: IssueKind.REJECTED_CORRECTION,
}


def apply_corrections(
    dataset: Dataset, entries: Sequence[Entry]
) -> tuple[Dataset, list[Correction], list[Issue]]:
    """The dataset as corrected, the record of every correction, and an issue for each that was not applied.

    Keys must be unique already. Corrections of the same row are applied together, in the order given. The
    places that corrected rows name are for the caller to add.
    """
    if not entries:
        return dataset, [], []
    named: dict[Name, list[Entry]] = defaultdict(list)
    for entry in entries:
        named[entry.row].append(entry)
    before = _find(dataset, named)
    pages = {row.source_id for row in dataset.rows(Source)}
    corrected = {name: correct_row(before.get(name), together, pages) for name, together in named.items()}
    after = withdraw(_replaced(dataset, corrected), _withdrawn(corrected))
    outcomes = [outcome for _, found in corrected.values() for outcome in found]
    articles = _articles(dataset, before, after)
    records = [_record(outcome, articles.get(outcome.entry.row)) for outcome in outcomes]
    issues = [_issue(outcome, articles.get(outcome.entry.row)) for outcome in outcomes if outcome.why]
    return after, records, issues


def _find(dataset: Dataset, names: Iterable[Name]) -> dict[Name, Row]:
    """The rows of these names."""
    wanted = set(names)
    tables = {table for table, _ in wanted}
    rows = {(table, key_text(row)): row for table in tables for row in dataset.tables[table]}
    return {name: rows[name] for name in wanted & rows.keys()}


def _replaced(dataset: Dataset, corrected: Corrected) -> Dataset:
    """The dataset with corrected rows in their places, and without the issues that these answer."""
    touched = {table for table, _ in corrected}
    rows = {name: row for name, (row, _) in corrected.items() if row is not None}
    tables = {
        table: [rows.get((table, key_text(row)), row) for row in found] if table in touched else list(found)
        for table, found in dataset.tables.items()
    }
    withdrawn = _withdrawn(corrected).get("observations", set())
    answered = {
        (row.article_id, row.source_start)
        for row in dataset.rows(Observation)
        if row.observation_id in withdrawn or _is_dated(rows.get(("observations", row.observation_id)))
    }
    tables["issues"] = [issue for issue in dataset.rows(Issue) if not _is_answered(issue, answered)]
    return Dataset(tables)


def _is_dated(row: Row | None) -> bool:
    return isinstance(row, Observation) and (row.period_start or row.period_end) is not None


def _is_answered(issue: Issue, answered: set[tuple[str, int]]) -> bool:
    return issue.kind is IssueKind.UNRESOLVED_PERIOD and (issue.article_id, issue.source_start) in answered


def _withdrawn(corrected: Corrected) -> dict[str, set[str]]:
    """Keys of the rows that were withdrawn, by table."""
    gone: dict[str, set[str]] = defaultdict(set)
    for (table, key), (row, outcomes) in corrected.items():
        if row is None and outcomes[-1].state is CorrectionState.APPLIED:
            gone[table].add(key)
    return gone


def _articles(dataset: Dataset, rows: Mapping[Name, Row], after: Dataset) -> dict[Name, str]:
    """The article of each row named, where it is still there."""
    systems = {row.system_id: row.article_id for row in dataset.rows(System)}
    kept = {row.article_id for row in after.rows(Article)}
    found = {
        name: getattr(row, "article_id", None) or systems.get(getattr(row, "system_id", ""), "")
        for name, row in rows.items()
    }
    return {name: article for name, article in found.items() if article in kept}


def _record(outcome: Outcome, article: str | None) -> Correction:
    entry = outcome.entry
    return Correction(
        correction_id=entry.correction_id,
        table_name=entry.table,
        row_key=entry.key,
        field=entry.field,
        article_id=article,
        old_value=(outcome.old or None) if entry.field else None,  # a quote is not repeated here
        new_value=(entry.value or None) if entry.field else None,
        reason=entry.reason,
        author=entry.author,
        corrected_on=entry.date,
        state=outcome.state,
    )


def _issue(outcome: Outcome, article: str | None) -> Issue:
    entry, why = outcome.entry, outcome.why
    assert why is not None
    where = f"{entry.table} {entry.key} {entry.field or ''}".rstrip()
    return correction_issue(
        _KINDS[outcome.state], entry.correction_id, entry.path, entry.line, where, *why,
        article=article, reading=outcome.old or None,
    )  # fmt: skip
