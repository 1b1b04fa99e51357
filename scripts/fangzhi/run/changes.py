"""The history of an output folder at the edge: the file, the clock, and the version before."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from fangzhi import __version__
from fangzhi.model.dataset import Dataset
from fangzhi.model.table import Row
from fangzhi.model.tables import TABLES, Correction, Source
from fangzhi.package.build import Manifest
from fangzhi.package.errors import PackageError
from fangzhi.package.files import write_json
from fangzhi.package.layout import CHANGES, DESCRIPTOR
from fangzhi.package.reader import read_rows
from fangzhi.quality.history import Entry, History, corrections_changed, page_changes, row_counts
from fangzhi.quality.report import Changes


def read_history(out: Path) -> History:
    """What was published in an output folder; PackageError where the file cannot be read."""
    path = out / CHANGES
    if not path.exists():
        return History()
    try:
        return History.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise PackageError(
            f"{path} 无法读取，请改正或移开 / cannot be read; mend it or move it away: {error}"
        ) from error


def write_history(
    dataset: Dataset, manifest: Manifest, changes: Changes | None, out: Path, staging: Path
) -> History:
    """Write the history with the build that is about to be published in ``out``."""
    history = read_history(out).with_entry(_entry(dataset, manifest, changes, out))
    write_json(history.model_dump(mode="json"), staging / CHANGES)
    return history


def _entry(dataset: Dataset, manifest: Manifest, changes: Changes | None, out: Path) -> Entry:
    now, last = manifest.descriptor["version"], _descriptor(out) or {}
    version = last.get("version") if last.get("version") != now else None
    return Entry(
        version=now,
        published=_now(),
        program=__version__,
        text_policy=manifest.descriptor["text_policy"],
        last=version,
        last_program=version.partition("+")[0] if version else None,
        last_text_policy=last.get("text_policy"),
        pages=page_changes(dataset.rows(Source), _rows(out, "sources") if last else ()),
        corrections=corrections_changed(dataset.rows(Correction), _rows(out, "corrections") if last else ()),
        tables=row_counts(dataset, changes),
    )


def _now() -> datetime:
    """The time, to the second; that of SOURCE_DATE_EPOCH where builds are to be repeated to the byte."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(given) if given.isascii() and given.isdigit() else datetime.now(UTC).timestamp()
    return datetime.fromtimestamp(int(seconds), UTC)


def _descriptor(out: Path) -> dict[str, Any] | None:
    try:
        found = json.loads((out / DESCRIPTOR).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("version"), str) else None


def _rows(out: Path, name: str) -> list[Row]:
    """The rows published of a table; none where it is not there or of another form."""
    try:
        return list(read_rows(TABLES[name], out / "data" / f"{name}.csv"))
    except (PackageError, OSError):
        return []
