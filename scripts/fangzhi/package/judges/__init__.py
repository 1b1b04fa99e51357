"""Three judges of a package in one report: the standard's profiles, frictionless, and the house rules."""

from __future__ import annotations

import tempfile
from pathlib import Path

from fangzhi.package.findings import Finding
from fangzhi.package.judges.cells import Sheet, byte_findings, is_plain_csv, judge_cells, read_sheet
from fangzhi.package.judges.invariants import judge_invariants
from fangzhi.package.judges.keys import judge_keys
from fangzhi.package.judges.profiles import judge_profiles
from fangzhi.package.judges.rows import judge_rows
from fangzhi.package.opened import Opened, open_package


def _judge_files(opened: Opened) -> list[Finding]:
    found: list[Finding] = []
    sheets: dict[str, Sheet] = {}
    for part in opened.parts:
        if part.file is None or not is_plain_csv(part):
            continue
        if opened.ours:
            found += byte_findings(part.file, part.name)
        sheet, problems = read_sheet(part)
        found += problems
        if sheet is not None:
            found += judge_cells(opened, part, sheet)
            sheets[part.name] = sheet
    policy = str(opened.descriptor.get("text_policy"))
    return found + judge_invariants(sheets, policy) if opened.ours else found


def judge(path: Path) -> list[Finding]:
    """Everything wrong with the package at a path: a folder, a datapackage.json or a zip."""
    with tempfile.TemporaryDirectory(prefix="fangzhi-") as scratch:
        opened, found = open_package(path, Path(scratch))
        if opened is None:
            return found
        return found + judge_profiles(opened) + judge_rows(opened) + judge_keys(opened) + _judge_files(opened)
