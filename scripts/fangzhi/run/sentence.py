"""A passage that stands by itself: where it is read from, and what is found in it."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Any, BinaryIO

from fangzhi.errors import UserError
from fangzhi.model.table import Row
from fangzhi.model.tables import Mention, Observation, Period, System
from fangzhi.page.draft import Draft
from fangzhi.period.mention import Anchor
from fangzhi.place.context import page_context
from fangzhi.place.gazetteer import load_gazetteer
from fangzhi.rows.entities import entity_rows
from fangzhi.rows.figures import observations, periods
from fangzhi.rows.reading import Reading
from fangzhi.rows.systems import system_rows
from fangzhi.run.given import is_date
from fangzhi.text.repair import repair
from fangzhi.text.source import MAX_BYTES, Document, NotTextError, decode
from fangzhi.text.spans import whole
from fangzhi.text.text import Text

_FILE_NAME = re.compile(r"[^\s，。；：]+\.(?:txt|html?)", re.IGNORECASE)


def read_passage(given: str, stdin: BinaryIO) -> str:
    """The text itself, that of the file so named, or for ``-`` that of standard input.

    UserError for a folder and for the name of a file that is not there, NotTextError where what is read is
    too long or no text.
    """
    if given == "-":
        data = stdin.read(MAX_BYTES + 1)
    elif os.path.lexists(_as_path(given)):
        data = _content(Path(given))
    elif _FILE_NAME.fullmatch(given):
        raise UserError(f"没有文件 {given}；请检查路径 / there is no such file; check the path")
    else:
        data = os.fsencode(given)
    if len(data) > MAX_BYTES:
        raise NotTextError(f"超过 {MAX_BYTES} 字节", f"more than {MAX_BYTES} bytes")
    return decode(data).text


def _as_path(given: str) -> str:
    """What may be a path; a passage that cannot be one is no path."""
    return "" if "\0" in given else given


def _content(path: Path) -> bytes:
    """The beginning of a file, as far as one may be read."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise UserError(f"{path} 是文件夹，请用 fangzhi build {path} / is a folder: fangzhi build {path}")
    if not stat.S_ISREG(mode):
        raise UserError(f"{path} 不是普通文件 / is not a regular file")
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def parse_sentence(
    written: str, date: str | None = None, publisher: str | None = None
) -> list[dict[str, Any]]:
    """Figures, dates, places, bodies and systems in reading order; offsets into the text without its debris.

    UserError where ``date`` is no ISO date.
    """
    anchor = Anchor(date)
    if date is not None and not is_date(date):
        raise UserError(
            f"--date {date}：不是日期，应如 2022-08-16 / is no date; write 2022-08-16, 2022-08 or 2022"
        )
    body = repair(whole(written)).page
    if not body.text.strip():
        return []
    text = Text(body.text)
    reading = Reading(
        Document("-", written.encode("utf-8", "replace")),
        Draft(paragraphs=[body]),
        1,
        anchor,
        page_context([text], publisher),
        text,
    )
    rows = [*observations(reading), *periods(reading), *entity_rows(reading), *system_rows(reading)]
    found = [described for row in rows if (described := _describe(row))]
    return sorted(found, key=lambda item: (item["start"], item["end"]))


def _describe(row: Row) -> dict[str, Any] | None:
    if not isinstance(row, Observation | Period | Mention | System):
        return None
    fields = row.model_dump(mode="json", exclude_none=True)
    described = {
        "found": row.table.en.lower().rstrip("s"),
        "quote": row.quote,
        "start": row.text_start,
        "end": row.text_end,
    }
    return {**described, "reading": _reading(row), "row": fields}


def _reading(row: Observation | Period | Mention | System) -> str:
    if isinstance(row, Observation):
        high = f"–{row.value_max}" if row.value_max is not None else ""
        dated = row.period_start or row.period_end
        when = f" · {row.period_start or ''}/{row.period_end or ''}" if dated else ""
        where = f" · {load_gazetteer().full_name(row.place_id)}" if row.place_id else ""
        how = f"({row.qualifier.zh} {row.qualifier}, {row.status.zh})"
        return f"{row.measure}: {row.value}{high} {row.unit or ''} {how}{when}{where}"
    if isinstance(row, Period):
        return f"{row.date_start or '?'} / {row.date_end or '?'}"
    if isinstance(row, System):
        return f"{row.kind.zh} {row.kind.en}"
    if row.entity_type == "place":
        return f"{load_gazetteer().full_name(row.entity_id)} {row.entity_id}"
    return f"{row.entity_type.zh} {row.entity_type.en}"
