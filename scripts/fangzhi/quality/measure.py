"""Counting a build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from fangzhi.model.codes import (
    ArticleKind,
    Code,
    CorrectionState,
    IssueKind,
    Kind,
    Qualifier,
    Severity,
    Status,
    Verdict,
)
from fangzhi.model.dataset import Dataset
from fangzhi.model.table import Row
from fangzhi.model.tables import (
    Article,
    Check,
    Correction,
    Issue,
    Observation,
    Source,
    System,
    SystemComponent,
)
from fangzhi.quality.changes import changes
from fangzhi.quality.report import Figures, IssueCount, Quality, Share, SystemGap


def quality(dataset: Dataset, last: Mapping[str, Sequence[Row]] | None) -> Quality:
    """The report of a build; ``last`` are the rows of the one before by table, None where there was none."""
    articles, issues = dataset.rows(Article), dataset.rows(Issue)
    kinds = Counter(issue.kind for issue in issues)
    return Quality(
        pages=len(dataset.rows(Source)),
        articles=len(articles),
        articles_by_kind=_tally(ArticleKind, (row.kind for row in articles)),
        figures=_figures(dataset.rows(Observation)),
        unresolved_places=kinds[IssueKind.UNRESOLVED_PLACE],
        unresolved_periods=kinds[IssueKind.UNRESOLVED_PERIOD],
        issues=_issues(issues),
        checks=_tally(Verdict, (row.verdict for row in dataset.rows(Check))),
        corrections=_tally(CorrectionState, (row.state for row in dataset.rows(Correction))),
        systems=len(dataset.rows(System)),
        system_gaps=_gaps(dataset),
        repairs=_repairs(dataset.rows(Source)),
        changes=None if last is None else changes(dataset, last),
    )


def _tally(kind: type[Code], codes: Iterable[Code]) -> dict[str, int]:
    """Counts by code, in the order of the code list; those that occur."""
    counts = Counter(codes)
    return {code.value: counts[code] for code in kind if counts[code]}


def _figures(rows: Sequence[Observation]) -> Figures:
    def share(has: Iterable[object]) -> Share:
        return Share(count=sum(value is not None for value in has), total=len(rows))

    return Figures(
        total=len(rows),
        by_kind=_tally(Kind, (row.kind for row in rows)),
        by_qualifier=_tally(Qualifier, (row.qualifier for row in rows)),
        by_status=_tally(Status, (row.status for row in rows)),
        with_place=share(row.place_id for row in rows),
        with_period=share(row.period_start or row.period_end for row in rows),
        with_standard_unit=share(row.standard_unit for row in rows),
        with_indicator=share(row.indicator_id for row in rows),
    )


def _issues(issues: Iterable[Issue]) -> tuple[IssueCount, ...]:
    """Counts by severity and kind, the worst first."""
    counts = Counter((issue.severity, issue.kind) for issue in issues)
    order = sorted(counts, key=lambda pair: (list(Severity).index(pair[0]), pair[1].value))
    return tuple(IssueCount(severity=s.value, kind=k.value, count=counts[s, k]) for s, k in order)


def _gaps(dataset: Dataset) -> tuple[SystemGap, ...]:
    """Systems that declare a number of parts and have another, or none; parts of parts do not count."""
    found = Counter(row.system_id for row in dataset.rows(SystemComponent) if row.parent is None)
    return tuple(
        SystemGap(
            system_id=row.system_id,
            name=row.name,
            declared=row.components_declared,
            found=found[row.system_id],
        )
        for row in dataset.rows(System)
        if row.components_declared and row.components_declared != found[row.system_id]
    )


def _repairs(sources: Iterable[Source]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for source in sources:
        total.update(source.repairs)
    return dict(sorted(total.items()))
