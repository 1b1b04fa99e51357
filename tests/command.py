"""The command line as a user has it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (
    "清河县新建供水管网\n\n　　本报讯（记者 张三）2021年，清河县新建供水管网42公里，投资约3013.5万元，"
    "惠及31348人。\n　　截至5月17日，全县共发放培训券442张，比去年同期增长5.5%。\n"
)
Ended = subprocess.CompletedProcess[str]


def environment(**changes: str) -> dict[str, str]:
    """The environment of a child process that imports the code under test."""
    source = os.environ.get("PYTHONPATH") or str(ROOT / "scripts")
    return {**os.environ, "PYTHONPATH": source, "COLUMNS": "100", **changes}


def arguments(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "fangzhi", *map(str, words)]


def fangzhi(
    *words: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None, stdin: str | bytes = ""
) -> Ended:
    """Run a command to its end; no user may ever see a traceback."""
    given = stdin.encode() if isinstance(stdin, str) else stdin
    ended = subprocess.run(
        arguments(*words),
        cwd=cwd,
        env=environment(**(env or {})),
        input=given,
        capture_output=True,
        timeout=120,
        check=False,
    )
    told = Ended(
        ended.args,
        ended.returncode,
        ended.stdout.decode(errors="replace"),
        ended.stderr.decode(errors="replace"),
    )
    assert "Traceback" not in told.stdout + told.stderr, told.stderr
    return told
