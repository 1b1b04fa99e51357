"""What a build tells on the terminal: what came of it, how good it is, what needs a look, where to go on."""

from __future__ import annotations

import re
import shlex
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from fangzhi.model.codes import IssueKind, Severity
from fangzhi.model.tables import TABLES, Issue
from fangzhi.package.findings import LANGUAGES, report, shown
from fangzhi.quality.report import QUALITY
from fangzhi.run.build import Built
from fangzhi.run.quality import quality_lines

LISTED = 3  # issues of a kind that are told one by one
_COUNTED = ("sources", "articles", "observations", "places", "systems")
_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}
_DIGITS = re.compile(r"[0-9]+")
_CORRECTIONS = (IssueKind.STALE_CORRECTION, IssueKind.REJECTED_CORRECTION)


class Line(NamedTuple):
    """A line for the terminal and the style it is shown in."""

    text: str
    style: str | None = None


def build_lines(built: Built) -> Iterator[Line]:
    """All that a build tells, in both languages."""
    done = "已构建 built" if built.published else "未发布 not published"
    state = "没有变化 nothing changed" if built.unchanged else done
    counts = " · ".join(f"{TABLES[name].zh} {name} {built.counts[name]}" for name in _COUNTED)
    yield Line(f"{state}: {built.out}/   {counts}")
    yield from (Line(f"  {line}") for line in quality_lines(built.quality))
    yield from issue_lines(built.issues)
    if built.findings:
        yield from (Line(line) for language in LANGUAGES for line in report(built.findings, language))
    else:
        yield from (Line(f"  {line}") for line in _onward(built))


def issue_lines(issues: Iterable[Issue]) -> Iterator[Line]:
    """Issues by kind, the gravest first; errors and warnings one by one, each with its file."""
    found: dict[tuple[Severity, IssueKind], list[Issue]] = defaultdict(list)
    for issue in issues:
        found[issue.severity, issue.kind].append(issue)
    for (severity, kind), same in sorted(found.items(), key=lambda item: _rank(*item[0])):
        style = _STYLES[severity]
        yield Line(f"  {severity.zh} {severity.en}: {kind.zh} {kind.en} × {len(same)}", style)
        if severity is not Severity.NOTE:
            yield from (Line(f"    {line}", style) for line in _listed(same))


def _rank(severity: Severity, kind: IssueKind) -> tuple[int, int]:
    """The gravest first, each kind where its code list has it."""
    return list(Severity).index(severity), list(IssueKind).index(kind)


def _listed(issues: Sequence[Issue]) -> Iterator[str]:
    """The first reasons, each with where it holds, in Chinese and, below it, in English."""
    same: dict[str, list[Issue]] = defaultdict(list)
    for issue in sorted(issues, key=_in_file):
        same[issue.reason].append(issue)
    for found in list(same.values())[:LISTED]:
        more = f" …（共 {len(found)} 处 {len(found)} in all）" if len(found) > LISTED else ""
        yield f"{', '.join(map(_where, found[:LISTED]))}{more}: {found[0].reason}"
        yield f"  {found[0].reason_en}"
    if (rest := sum(map(len, list(same.values())[LISTED:]))) > 0:
        yield f"…（另有 {rest} 处 {rest} more）"


def _in_file(issue: Issue) -> tuple[str, int, list[int]]:
    """Order in a file: by place in it, else by the line that the reason names."""
    return issue.path, issue.source_start or 0, [int(digits) for digits in _DIGITS.findall(issue.reason)]


def _where(issue: Issue) -> str:
    """A file and the words of it that are meant."""
    reading = "现为 now " if issue.kind in _CORRECTIONS else ""
    return shown(issue.path) + (f" {reading}“{shown(issue.quote)}”" if issue.quote else "")


def _onward(built: Built) -> Iterator[str]:
    """Where the report and the rows stand, and how to look at them."""
    if built.issues:
        yield f"问题明细 all issues: {built.out}/data/issues.csv"
    yield f"质量报告 quality report: {built.out}/{QUALITY}"
    yield f"打开站点 open the site: fangzhi serve {shlex.quote(str(built.out))}"
