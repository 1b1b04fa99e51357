"""What the words around a figure say of its standing: reached, aimed at, prescribed or a capacity."""

from __future__ import annotations

import re
from functools import cache

from fangzhi.lexicons import read_lexicon
from fangzhi.model.codes import Kind, Status
from fangzhi.quantity.expression import Expression
from fangzhi.text.words import words

_CLAUSE = re.compile(r"[,。;!?:\n]")
_SHARED = re.compile("占|完成")
_WILL = re.compile("将(?![来军士近领乐相帅要])")
_ITEMS, _LINE_LENGTH = 8, 120
"""How many lines of a list, and how much of each, are looked at for what it stands under."""
_NEW = tuple("新再达增建投启")
"""What verbs open with that jieba may take for names: 新建."""
_CONDITION = re.compile(r"[^,。;]{0,8}的[^,。;]{0,12},[^。;]*(?:给予|[补奖]|享受|报销|[减免])")
"""What follows the condition of a rule: 累计满3个月的脱贫劳动力，给予补贴."""
_LINE = re.compile(r"[^,。;、0-9]{0,10}(?:生产线|项目|基地|工厂|车间|厂)")
"""What a capacity of so much a year is that of: 年产8000台水泵生产线."""


@cache
def _words() -> tuple[tuple[re.Pattern[str], Status, str, frozenset[str]], ...]:
    """Pattern, status, scope and kinds (none: all) of the rows that have a status, in their order."""
    return tuple(
        (re.compile(row["pattern"]), Status(row["status"]), row["scope"], frozenset(row["kinds"].split()))
        for row in read_lexicon("status_words")
        if row["status"]
    )


@cache
def _of_scope(scope: str) -> re.Pattern[str]:
    return re.compile(
        "|".join(row["pattern"] for row in read_lexicon("status_words") if row["scope"] == scope)
    )


def lays_down_rules(headline: str) -> bool:
    """Whether a headline (folded) is that of a document whose figures are prescribed: …补贴实施办法."""
    return bool(_of_scope("headline").search(headline))


def stands_alone(between: str) -> bool:
    """Whether the words before a figure (folded) make it what another is measured by: 比去年的16万吨."""
    return bool(_of_scope("alone").search(between))


def begins_anew(between: str) -> bool:
    """Whether the words between two figures (folded) turn to something else: 目前已有, 累计."""
    return bool(_of_scope("break").search(between))


def tells_effect(between: str) -> bool:
    """Whether the words between two figures (folded) tell what came of a rule: 带动, 户均增收."""
    return bool(_of_scope("effect").search(between))


def tells_aim(around: str) -> bool:
    """Whether the words around a figure (folded) tell whom a rule will reach and what it will cost: 惠及."""
    return bool(_of_scope("aim").search(around))


def begins_work(sentence: str) -> bool:
    """Whether a sentence (folded) tells of a project that is signed or begun and not yet done."""
    return bool(_of_scope("begun").search(sentence) and not _of_scope("finished").search(sentence))


def ends_work(sentence: str) -> bool:
    """Whether a sentence (folded) tells of something that is done or in use."""
    return bool(_of_scope("finished").search(sentence))


def sums_up_project(before: str) -> bool:
    """Whether the words before a figure (folded) make it one of a project's totals: 总投资, 占地, 工期."""
    return bool(_of_scope("project").search(before))


def stated_status(
    text: str, found: Expression, sentence: tuple[int, int], last: int, kind: Kind
) -> Status | None:
    """The status that a figure's own words give it; None where they give none.

    ``text`` is folded, ``sentence`` the span of the figure's sentence, ``last`` where the figure before
    it ends. The first row of the lexicon that fits decides.
    """
    start, end = sentence
    near = _CLAUSE.split(text[max(start, last, found.start - 30) : found.start])[-1]
    clause = _CLAUSE.split(text[max(start, found.start - 60) : found.start])[-1]
    scopes = {
        "near": near,
        "alone": near,
        "clause": clause,
        "before": _lead_in(text, start) + text[max(start, found.start - 120) : found.start],
        "sentence": text[start:end],
        "behind": _CLAUSE.split(text[found.end : found.end + 8])[0],
        "condition": near if _CONDITION.match(text, found.end) else "",
        "line": near if _LINE.match(text, found.end) else "",
        "will": clause if _is_to_come(clause) else "",
    }
    if kind is Kind.RATIO and _SHARED.search(near):
        return None
    for pattern, status, scope, kinds in _words():
        if (not kinds or kind in kinds) and pattern.search(scopes[scope]):
            return status
    return Status.POLICY if kind is Kind.MONEY and found.unit and _a_head(found.unit.written) else None


def _lead_in(text: str, start: int) -> str:
    """The line with a colon at its end that the list stands under whose item starts at an offset."""
    end = start
    for _ in range(_ITEMS):
        if end < 2 or text[end - 1] != "\n":
            return ""
        end = end - 1
        line = text[max(text.rfind("\n", 0, end) + 1, end - _LINE_LENGTH) : end]
        if line.endswith(":"):
            return line.rpartition("。")[2]
        if "。" in line:
            return ""
        end -= len(line)
    return ""


def _is_to_come(clause: str) -> bool:
    """Whether the last 将 of the words before a figure (folded) is that of the future, not one for 把.

    That of the future stands before a verb, an adverb or a preposition; one for 把 before what is dealt with
    (将全国700个县连在一起, 将5000元交给…, 将被困的12名村民救出).
    """
    if not (matches := list(_WILL.finditer(clause))):
        return False
    said = clause[matches[-1].end() :]
    if not said or said.endswith("的"):
        return False
    return said[0] in _NEW or words(said)[0].tag[:1] in ("v", "d", "p", "c")


def _a_head(written: str) -> bool:
    """Whether money is a rate a head (800元/人), no amount and no price (1.2元/斤, 19元/股)."""
    return written.partition("/")[2][:1] in tuple("人户名亩年月天日次生位家头")
