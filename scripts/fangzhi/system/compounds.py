"""Names without quotation marks that close with a word for a kind: 河长巡查机制, 农机购置补贴券."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fangzhi.model.codes import SystemKind
from fangzhi.system.model import NamedSystem, Passage, Span
from fangzhi.system.quoted import is_set_up
from fangzhi.system.vocabulary import Kind, closing_kind, is_founding, opens_name, role
from fangzhi.text.words import Word, words

_CLAUSE = re.compile(r"[^,。!?;:\n“”‘’《》、—…]+")
_STOPS = ("x", "p", "d", "r", "ul", "uz", "u", "uv", "ud", "y", "t", "m", "q", "f")
_PLACE = re.compile(
    r"[^省市县区镇乡村]{1,6}(?:省|市|县|(?<![地园景校辖片矿库])区|镇|乡|街道|自治区|自治州|村|社区)$"
)
_ORDINAL = re.compile(r"(?:第[一二三四五六七八九十百\d]+|首)[届期]")
_GRADE = re.compile(r"(?:[一二三四ⅰⅱⅲⅳⅠⅡⅢⅣ]|i{1,3}|iv)级")
_MOST = 22


@dataclass(frozen=True)
class _Clause:
    """The words of a clause and where it begins."""

    start: int
    row: tuple[Word, ...]

    def span(self, first: int, last: int) -> Span:
        return self.start + self.row[first].start, self.start + self.row[last].end

    def text(self, first: int, last: int) -> str:
        return "".join(word.text for word in self.row[first : last + 1])


def compound_systems(passage: Passage) -> Iterator[NamedSystem]:
    """Unquoted names in reading order, those first that are used as names."""
    loose: list[NamedSystem] = []
    for match in _CLAUSE.finditer(passage.masked):
        clause = _Clause(match.start(), words(match[0]))
        for last in range(len(clause.row)):
            kind = _kind(clause, last)
            first = _first(clause, last) if kind else None
            if kind is None or first is None or not _is_phrase(passage, clause, first, last, kind):
                continue
            system = _system(passage, clause.span(first, last), kind)
            if _is_name(passage, clause, first, last, kind):
                yield system
            elif kind.use != "quote" or is_set_up(passage, system.start) or _is_repeated(passage, system):
                loose.append(replace(system, read_as="plain, loosely"))
    yield from loose


def _is_repeated(passage: Passage, system: NamedSystem) -> bool:
    """Whether a name is said again in the article."""
    return passage.folded.find(passage.folded[system.start : system.end], system.end) > 0


def _kind(clause: _Clause, last: int) -> Kind | None:
    """The kind word that closes at a word, and does not go on as another."""
    tail = clause.text(max(0, last - 3), last)
    kind = closing_kind(tail)
    if kind is None or kind.use not in ("name", "named", "subject", "quote"):
        return None
    longer = last + 1 < len(clause.row) and closing_kind(tail + clause.row[last + 1].text)
    return None if longer and clause.row[last + 1].text != "工作" and longer.use != "quote" else kind


def _first(clause: _Clause, last: int) -> int | None:
    """The word a name begins with: behind the verb that governs it, a particle, a numeral, or a comma."""
    first = last
    while first and not _stops(clause, first, last) and len(clause.text(first - 1, last)) <= _MOST:
        first -= 1
    while first < last and (
        clause.row[first].text in ("和", "与", "及", "的", "或")
        or _is_lead(clause.row[first], clause, first, last)
    ):
        first += 1
    if first and clause.row[first - 1].text == "/" and len(clause.row[first].text) == 1:
        first += 1
    first = _without_place(clause, first, last)
    return first if _is_specific(clause, first, last) else None


def _is_lead(word: Word, clause: _Clause, first: int, last: int) -> bool:
    """A word that only opens: 具体, 现有; or an adverb-like modifier while something specific is left."""
    return word.text in role("vague") or (word.tag in ("vd", "ad") and _is_specific(clause, first + 1, last))


def _stops(clause: _Clause, first: int, last: int) -> bool:
    """Whether the word before ``first`` is outside the name."""
    word = clause.row[first - 1]
    if first > 1 and len(together := clause.text(first - 2, first - 1)) == 2 and is_founding(together):
        return True
    if word.text == "的":
        return _is_specific(clause, first, last) and len(clause.text(first, last)) > 3
    if word.text in role("inside") or clause.text(first - 1, first)[:2] in role("inside"):
        return False
    if word.text in ("和", "与", "及", "或"):
        return (
            first < 2
            or bool(closing_kind(clause.row[first - 2].text))
            or opens_name(clause.row[first - 2].text)
        )
    if word.text in role("copula"):
        return True
    if opens_name(word.text):
        return _is_specific(clause, first, last) or not _goes_inside(clause, first - 1)
    named = _ORDINAL.fullmatch(word.text) or _is_grade(clause, first - 1) or _opens_place(clause, first - 1)
    return word.tag in _STOPS and not named


def _is_grade(clause: _Clause, at: int) -> bool:
    """Whether a word is of the grade of a response: 四级, Ⅲ and 级."""
    text = clause.row[at].text
    grade = clause.text(at - 1, at) if at and text == "级" else text + "级" * (not text.endswith("级"))
    return bool(_GRADE.fullmatch(grade))


def _opens_place(clause: _Clause, at: int) -> bool:
    """Whether 上, 下, 前, 后 is the first character of a small place's name: 下圩."""
    return clause.row[at].tag == "f" and len(clause.row[at].text) == len(clause.row[at + 1].text) == 1


def _goes_inside(clause: _Clause, at: int) -> bool:
    """Whether a verb may stand inside a name: 项目推进机制, 产业提升行动, but not 我市建立机制."""
    word = clause.row[at]
    return at > 0 and clause.row[at - 1].is_noun and word.text in role("inward")


def _is_specific(clause: _Clause, first: int, last: int) -> bool:
    """Whether more than a kind and general modifiers is named."""
    if first > last:
        return False
    name = clause.text(first, last)
    kind = closing_kind(name)
    length = len(name) - len(kind.word if kind else "")
    said = 0
    for word in clause.row[first : last + 1]:
        left = length - (word.start - clause.row[first].start)
        own = word.text[: max(0, left)]
        if own and own not in role("general") and own not in ("的", "和"):
            said += len(word.text)
    # 券 is said of nothing else; two characters and 机制 are hardly a name yet
    everyday = kind is not None and kind.use == "name" and kind.kind is not SystemKind.VOUCHER
    return said > 1 and (said > 2 or len(name) > 5 or not everyday or len(kind.word if kind else "") > 2)


def _without_place(clause: _Clause, first: int, last: int) -> int:
    """Without the unit of administration in front, where enough of a name is left."""
    for cut in range(min(last, first + 3), first, -1):
        left = clause.text(cut, last)
        if (
            _PLACE.fullmatch(clause.text(first, cut - 1))
            and len(left) >= 6
            and _is_specific(clause, cut, last)
        ):
            return cut
    return first


def _is_phrase(passage: Passage, clause: _Clause, first: int, last: int, kind: Kind) -> bool:
    """Whether a compound may be a name: no predicate, not cut, more than a number or a place."""
    name = clause.text(first, last)
    start = clause.span(first, last)[0]
    cut = passage.folded[start - 1 : start].isdecimal() or passage.folded[start - 1 : start] == "”"
    if (
        cut
        or _is_predicate(clause, first)
        or not 4 <= len(name) <= _MOST
        or (first and clause.row[first - 1].text in role("copula"))
    ):
        return False
    before, _, owned = name.rpartition("的")
    if (owned and before and len(before) < 4) or clause.text(0, last).endswith("和" + kind.word):
        return False
    return not _only_numbered(name, kind) and not _only_place(clause, first, name.removesuffix(kind.word))


def _is_name(passage: Passage, clause: _Clause, first: int, last: int, kind: Kind) -> bool:
    """Whether a phrase is used as a name: its kind closes names anywhere, or a verb sets it up."""
    if kind.use == "quote":
        return False
    if kind.use == "name" or _ORDINAL.fullmatch(clause.row[first].text):
        return True
    follows = clause.row[last + 1] if last + 1 < len(clause.row) else None
    if kind.use == "subject":
        return first == 0 and follows is not None and not follows.is_noun and follows.text != "的"
    if _comes_about(passage, clause, last):
        return True
    if (
        follows
        and follows.is_noun
        and follows.text not in role("tail")
        and not closing_kind(follows.text)
        and not opens_name(follows.text)
    ):
        return False
    return is_set_up(passage, clause.span(first, last)[0])


def _only_numbered(name: str, kind: Kind) -> bool:
    """Whether a name says no more than which of several: 第一期工程."""
    return bool(_ORDINAL.fullmatch(name.removesuffix(kind.word)))


def _only_place(clause: _Clause, first: int, name: str) -> bool:
    """Whether nothing but a place is named, and the kind word is what it does: 某镇计划再建两所."""
    proper = clause.row[first].tag in ("ns", "nr", "nz") or clause.row[first].text[-1] in "省市县区"
    return proper and bool(_PLACE.search(name))


def _comes_about(passage: Passage, clause: _Clause, last: int) -> bool:
    """Whether a verb behind a name says that it has been set up: …系统基本建成."""
    follows = clause.row[last + 1 : last + 4]
    if follows and follows[0].text in ("在", "于"):  # the place is told first: 某班在甲学院、乙学院开班
        at = clause.span(last, last)[1]
        follows = words(passage.masked[at : passage.clause(at)[1]])[-2:]
    return any(word.text in role("founded") for word in follows)


def _is_predicate(clause: _Clause, first: int) -> bool:
    """Whether a name is only what something is said to be: 某院是全区首创的养老服务品牌."""
    return first > 1 and clause.row[first - 1].text == "的" and "是" in clause.text(0, first - 2)


def _system(passage: Passage, span: Span, kind: Kind) -> NamedSystem:
    return NamedSystem(*span, passage.text[slice(*span)], kind.kind)
