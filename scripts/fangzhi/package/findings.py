"""What the judges find: typed, with a stable kind, told in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from fangzhi.model.codes import Code
from fangzhi.package.messages import MESSAGES

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
SHOWN = 100  # characters of a value that a message repeats


class Judge(Code):
    """Who says so."""

    PROFILES = "profiles", "标准规范", "standard profiles"
    FRICTIONLESS = "frictionless", "frictionless", "frictionless"
    LINT = "lint", "细则", "lint"


@dataclass(frozen=True)
class Finding:
    """One thing wrong with a package.

    ``row`` is the row as a spreadsheet numbers it: the header is row 1, a record counts once even
    if its cells hold line breaks. Table, row and column are None where the matter is larger.
    """

    judge: Judge
    kind: str
    table: str | None
    row: int | None
    column: str | None
    message_zh: str
    message_en: str

    def message(self, language: Language) -> str:
        """The message in one language."""
        return self.message_zh if language == "zh" else self.message_en


def shown(value: object) -> str:
    """A value as a message may repeat it: short, one line, no characters that steer a terminal."""
    text = str(value)
    text = text if len(text) <= SHOWN else text[:SHOWN] + "…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def finding(
    kind: str,
    *,
    judge: Judge = Judge.LINT,
    table: str | None = None,
    row: int | None = None,
    column: str | None = None,
    **words: object,
) -> Finding:
    """A finding of a known kind; KeyError for a kind without a message."""
    zh, en = MESSAGES[kind]
    told = {name: shown(word) for name, word in words.items()}
    return Finding(judge, kind, table, row, column, zh.format(**told), en.format(**told))


def _place(found: Finding, language: Language) -> str:
    row = None if found.row is None else f"第{found.row}行" if language == "zh" else f"row {found.row}"
    parts = (found.table, row, found.column)
    return " · ".join(shown(part) for part in parts if part)


def _line(found: Finding, language: Language) -> str:
    colon = "：" if language == "zh" else ": "
    place = _place(found, language)
    return f"[{found.kind}] {place}{colon if place else ''}{found.message(language)}"


def report(findings: Iterable[Finding], language: Language) -> list[str]:
    """Lines for the terminal: judge by judge, then a line that sums up."""
    found = list(findings)
    lines = []
    for judge in Judge:
        own = [item for item in found if item.judge is judge]
        if own:
            lines.append(f"{judge.zh if language == 'zh' else judge.en} ({len(own)})")
            lines.extend(f"  {_line(item, language)}" for item in own)
    return [*lines, _summary(len(found), language)]


def _summary(count: int, language: Language) -> str:
    if language == "zh":
        return f"共发现 {count} 处问题。" if count else "数据包有效：三项检查均未发现问题。"
    return f"{count} problems found." if count else "The package is valid: three judges found nothing wrong."
