"""A correction as its author wrote it, and what can be wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fangzhi.correct.messages import Words, say

COLUMNS = ("table", "key", "field", "expected", "value", "reason", "author", "date")
WITHDRAW = "delete"


class BadValueError(ValueError):
    """Something does not hold what it may; the message is one of ``messages``."""

    def __init__(self, kind: str, **cells: object) -> None:
        self.words = say(kind, **cells)
        super().__init__(" / ".join(self.words))


@dataclass(frozen=True)
class Problem:
    """What is wrong in a line of a file of corrections."""

    path: str
    line: int
    words: Words

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.words.zh} / {self.words.en}"


class CorrectionError(ValueError):
    """Corrections that cannot be understood; the message names every line and what to do."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Entry:
    """One line of a file of corrections; without a field it withdraws the row."""

    table: str
    key: str
    field: str | None
    expected: str
    value: str
    reason: str
    author: str
    date: date
    path: str
    line: int

    @property
    def row(self) -> tuple[str, str]:
        """The row it is about: table and key."""
        return self.table, self.key

    @property
    def correction_id(self) -> str:
        """A key that stays while the line says the same."""
        day = self.date.isoformat()
        said = "\x1f".join((self.table, self.key, self.field or "", self.expected, self.value, day))
        return f"cor-{hashlib.sha256(said.encode()).hexdigest()[:12]}"
