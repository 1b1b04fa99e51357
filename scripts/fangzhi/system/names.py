"""Named systems in a text: what stands in quotation marks with a word for its kind, formulas, and compounds.

``“344”工作机制``, ``“一约四会”``, ``《暖民心行动方案》``, ``职业技能电子培训券``. Names keep the printed characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from fangzhi.lexicons import read_lexicon
from fangzhi.model.codes import SystemKind
from fangzhi.quantity.numerals import DIGITS
from fangzhi.text.fold import fold
from fangzhi.text.words import Word, words

_QUOTED = re.compile(r"[“‘「]([^“”‘’「」。!?;]{1,40})[”’」]")
_TITLE = re.compile(r"《[^《》\n]{3,60}》")
_FORMULA = re.compile(rf"^[{''.join(DIGITS)}十双\d]+个?[\u4e00-\u9fff]{{1,5}}(?:[{''.join(DIGITS)}十双\d]+[\u4e00-\u9fff]{{1,4}})*$|^\d{{2,5}}$|^\d+\+\d+$")
_COUNT = re.compile(rf"^([{''.join(DIGITS)}十双]|\d)(?:[个项大条种类张支]|(?=[\u4e00-\u9fff]))")
_LINK = re.compile(r"^(?:的|等)?")
_SENTENCE = re.compile(r"[,。!?;:]")


@dataclass(frozen=True)
class NamedSystem:
    """A named system where it stands in a text; offsets into the text."""

    start: int
    end: int
    name: str
    kind: SystemKind
    declared: int | None


@cache
def _kinds() -> tuple[tuple[str, SystemKind], ...]:
    rows = [(row["word"], SystemKind(row["kind"])) for row in read_lexicon("system_kinds")]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def find_systems(text: str) -> list[NamedSystem]:
    """The named systems of a text in reading order, each name once."""
    folded = fold(text)
    found = [*_quoted(text, folded), *_titles(text, folded), *_compounds(text, folded)]
    found.sort(key=lambda s: (s.start, -s.end))
    kept: list[NamedSystem] = []
    seen: set[str] = set()
    for system in found:
        key = re.sub(r"\W", "", fold(system.name))
        inside = any(k.start <= system.start and system.end <= k.end for k in kept)
        if key and key not in seen and not inside:
            seen.add(key)
            kept.append(system)
    return kept


def kind_of(name: str) -> SystemKind | None:
    """The kind that the last word of a name says."""
    folded = fold(name).rstrip("》”’」")
    return next((kind for word, kind in _kinds() if folded.endswith(word)), None)


def _quoted(text: str, folded: str) -> list[NamedSystem]:
    found: list[NamedSystem] = []
    for match in _QUOTED.finditer(folded):
        inner = match[1]
        end, kind = _kind_behind(folded, match.end())
        own = kind_of(inner)
        if kind is None and own is None and not _FORMULA.match(inner):
            continue
        if kind is None and _SENTENCE.search(inner):
            continue
        name = text[match.start() : end]
        found.append(NamedSystem(match.start(), end, name, kind or own or SystemKind.MECHANISM, declared_count(inner)))
    return found


def _kind_behind(folded: str, at: int) -> tuple[int, SystemKind | None]:
    """The word for a kind that follows closing quotation marks, at most a few words later."""
    start = at + len(_LINK.match(folded[at : at + 1])[0])  # type: ignore[index]
    end = start
    for word in words(folded[start : start + 14]):
        if word.tag in ("x", "c", "p", "u", "uj", "d", "m", "r") or len(folded[start : start + word.end]) > 12:
            break
        end = start + word.end
        if kind := next((kind for w, kind in _kinds() if folded[start:end].endswith(w)), None):
            return end, kind
    return at, None


def _titles(text: str, folded: str) -> list[NamedSystem]:
    """Documents by title whose last word names a kind: 《…方案》."""
    return [
        NamedSystem(match.start(), match.end(), text[match.start() : match.end()], kind, None)
        for match in _TITLE.finditer(folded)
        if (kind := kind_of(match[0]))
    ]


def _compounds(text: str, folded: str) -> list[NamedSystem]:
    """Unquoted names that close with a word for a kind: 积分兑换机制, 职业技能电子培训券."""
    found: list[NamedSystem] = []
    for clause in re.finditer(r"[^,。!?;:\n“”‘’《》、()]+", folded):
        row = words(clause[0])
        for i, word in enumerate(row):
            if (kind := _closing_kind(word)) and (start := _name_start(row, i)) is not None:
                span = (clause.start() + row[start].start, clause.start() + word.end)
                if 5 <= span[1] - span[0] <= 18:
                    found.append(NamedSystem(*span, text[slice(*span)], kind, None))
    return found


_COMPOUND_KINDS = ("机制", "模式", "工程", "平台", "券", "计划", "体系", "行动", "基地", "工作法", "制度", "品牌", "系统", "项目")


def _closing_kind(word: Word) -> SystemKind | None:
    if not word.text.endswith(_COMPOUND_KINDS):
        return None
    return next((kind for w, kind in _kinds() if word.text.endswith(w)), None)


def _name_start(row: tuple[Word, ...], last: int) -> int | None:
    """Where the name begins: nouns and their modifiers before the closing word, a verb only inside."""
    first = last
    while first > 0 and (row[first - 1].is_noun or (row[first - 1].is_verb and first - 1 > 0)) and last - first < 4:
        first -= 1
    while first < last and row[first].is_verb:
        first += 1
    return first if first < last else None


def declared_count(inner: str) -> int | None:
    """How many parts a name declares: 四个强化 four, 双五级 two, 344 three."""
    if re.fullmatch(r"\d{2,5}", inner):
        return len(inner)
    match = _COUNT.match(inner)
    if match is None:
        return None
    number = 2 if match[1] == "双" else 10 if match[1] == "十" else DIGITS.get(match[1]) or int(match[1])
    return number or None
