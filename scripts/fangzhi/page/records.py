"""Records of an archive: the field of the headline, which may go on over several lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fangzhi.page.headlines import SPEAKS
from fangzhi.page.kinds import kind_of
from fangzhi.page.line import Line, LineKind
from fangzhi.text.spans import join

_LINES = 8
"""The most lines of a headline."""


def read_records(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page; those of a headline's field as kicker, title and subtitle, one line each."""
    found: list[Line] = []
    i = 0
    while i < len(lines):
        if kind_of(lines[i]) is LineKind.TITLE_FIELD:
            end = next((k for k in range(i + 1, min(len(lines), i + _LINES)) if _is_field(lines[k])), i + 1)
            found += _headline([_without_name(lines[i]), *lines[i + 1 : end]])
            i = end
        else:
            found.append(lines[i])
            i += 1
    return found


def _is_field(line: Line) -> bool:
    return line.text.startswith("【")


def _without_name(line: Line) -> Line:
    return replace(line, body=line.body[line.text.index("】") + 1 :].strip())


def _headline(lines: list[Line]) -> list[Line]:
    """Lines of a headline: what announces it, what it says, the rest as one."""
    lines = [line for line in lines if line.text]
    title = 1 if len(lines) > 1 and lines[0].text.endswith(SPEAKS) else 0
    kicker, rest = lines[:title], lines[title + 1 :]
    subtitle = [replace(rest[0], body=join([line.body for line in rest]))] if rest else []
    marked = [replace(line, kind=LineKind.TITLE_FIELD) for line in lines[title : title + 1]]
    return (
        [replace(line, kind=LineKind.HEADLINE) for line in kicker]
        + marked
        + [replace(line, kind=LineKind.HEADLINE) for line in subtitle]
    )
