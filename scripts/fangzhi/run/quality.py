"""The quality report at the edge: the rows of the last build, the file, and lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from fangzhi.model.codes import ArticleKind, Code, CorrectionState, Verdict
from fangzhi.model.dataset import Dataset
from fangzhi.model.table import Row
from fangzhi.model.tables import TABLES
from fangzhi.package.errors import PackageError
from fangzhi.package.files import write_json
from fangzhi.package.reader import read_rows
from fangzhi.quality.measure import quality
from fangzhi.quality.report import QUALITY, Changes, Quality, TableChange


def write_quality(dataset: Dataset, last: Mapping[str, Sequence[Row]] | None, staging: Path) -> Quality:
    """Write the report of a build that is about to replace the one whose rows are ``last``."""
    report = quality(dataset, last)
    write_json(report.model_dump(mode="json"), staging / QUALITY)
    return report


def last_rows(out: Path) -> dict[str, list[Row]] | None:
    """The rows published in an output folder by table; tables of another form are left out.

    None where nothing is published.
    """
    found: dict[str, list[Row]] = {}
    if not (out / "datapackage.json").is_file():
        return None
    for name, table in TABLES.items():
        try:
            found[name] = list(read_rows(table, out / "data" / f"{name}.csv"))
        except PackageError:
            continue
    return found


def quality_lines(report: Quality) -> Iterator[str]:
    """The report in a few lines, in both languages."""
    figures = report.figures
    yield _line("文章 articles", report.articles, _counts(report.articles_by_kind, ArticleKind))
    shares = {
        "有地点 with a place": figures.with_place,
        "有时间 with a period": figures.with_period,
        "已换算 in a standard unit": figures.with_standard_unit,
        "已连指标 linked to an indicator": figures.with_indicator,
    }
    told = [f"{name} {share.percent}" for name, share in shares.items()]
    yield _line("数据 figures", figures.total, told)
    if report.checks:
        yield _line("核验 checks", sum(report.checks.values()), _counts(report.checks, Verdict))
    if report.corrections:
        total = sum(report.corrections.values())
        yield _line("更正 corrections", total, _counts(report.corrections, CorrectionState))
    gaps = f"项数与名称所说不符 with other parts than their names say {len(report.system_gaps)}"
    yield _line("体系 systems", report.systems, [gaps])
    if report.changes:
        yield f"较上次构建 since the last build: {_changes(report.changes)}"


def _line(name: str, total: int, parts: list[str]) -> str:
    return f"{name} {total}: {' · '.join(parts)}"


def _counts(counts: Mapping[str, int], codes: type[Code]) -> list[str]:
    return [f"{codes(code).zh} {codes(code).en} {count}" for code, count in counts.items()]


def _changes(found: Changes) -> str:
    told = [_change(change) for change in found.tables]
    told += [f"{TABLES[name].zh} {name} 未比较 not compared" for name in found.not_compared]
    legend = "（+ 新增 added, ~ 改动 changed, − 不再有 gone）" if found.tables else ""
    return " · ".join(told) + legend or "数据未变 same data"


def _change(change: TableChange) -> str:
    signs = (("+", change.added), ("~", change.changed), ("−", change.gone))
    counts = " ".join(f"{sign}{keys.count}" for sign, keys in signs if keys.count)
    return f"{TABLES[change.table].zh} {change.table} {counts}"
