"""Texts that stand in two languages where a standard has room for one."""

from __future__ import annotations

_BETWEEN = " / "


def both(zh: str, en: str) -> str:
    """A text in two languages on one line."""
    return f"{zh}{_BETWEEN}{en}"


def apart(text: str) -> tuple[str, str]:
    """The two languages of lines that ``both`` made, each joined again; a line in one language stands in both."""
    lines = [line.split(_BETWEEN, 1) for line in text.split("\n")]
    return "\n".join(line[0] for line in lines), "\n".join(line[-1] for line in lines)
