"""The phrase that says what a figure measures, put together from the words around it.

``新增托位260个`` measures 新增托位; ``吸纳1074名劳动力就业`` measures 吸纳劳动力就业人数. In a list
that shares its head (``新增托位260个和公办学位550个``, ``省外800元、省内300元的补贴``) each takes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from fangzhi.measure import special
from fangzhi.measure.ahead import from_verb, governing_verb, last_verb, nouns_at_end, phrase_ahead
from fangzhi.measure.around import Around, Beside, Figure, Named
from fangzhi.measure.behind import Behind, is_verbal, phrase_behind, starts_with_verb
from fangzhi.measure.printed import printed
from fangzhi.measure.lists import respective, with_amount
from fangzhi.measure.vocabulary import is_action, is_numeral, noted, reckoned_by, words_of
from fangzhi.model.codes import Kind
from fangzhi.text.fold import fold
from fangzhi.text.words import Word, words

LONGEST = special.LONGEST
_LEFT, _BESIDE, _SHORT = 16, 8, 6
"""Characters a phrase ahead may have: alone, beside one behind, or taken over from the figure before."""
_AMONG = re.compile(r"([\u4e00-\u9fff]{2,12})(?:之中|当中|中)[,，]?(?:就|共|仅|还|已)?有?$")


def measures(text: str, figures: Sequence[Figure], beside: Beside = Beside()) -> list[str]:
    """What each figure of a text measures, in the order of the figures and in the script of the text.

    Empty where no words stand near. ``beside`` are spans that say when, where and whose, not what.
    """
    folded = fold(text)
    named: list[Named] = []
    for i, figure in enumerate(figures):
        before = figures[i - 1].end if i else 0
        after = figures[i + 1].start if i + 1 < len(figures) else len(text)
        around = Around(folded, before, figure, after, beside)
        previous = named[-1] if named and around.same_sentence else Named()
        name = _name(around, previous)
        whole = previous.whole or (previous.base if "其中" in around.between else "")
        named.append(replace(name, level=name.level or name.base, unit=figure.unit, whole=whole))
    heads = respective(folded, figures, _shared_heads(folded, figures, named))
    return [
        printed(_with_counter(base, figure), text, folded, figure.start)
        for base, figure in zip(heads, figures, strict=True)
    ]


def _name(around: Around, previous: Named) -> Named:
    left, right = around.left(previous), around.right()
    if around.figure.kind is Kind.AGE:
        return special.of_age(left, right)
    found = (
        special.of_share(around, left, right, previous)
        or special.of_time(around, left, right, previous)
        or special.of_distance(around, left)
    )
    return found or _plain(around, left, right, previous)


def _plain(around: Around, left: list[Word], right: list[Word], previous: Named) -> Named:
    """The phrase ahead and the phrase behind, or what the figure takes over from the one before."""
    behind = _behind(around, left, right)
    ahead = _ahead(around, left, previous, behind.text)
    said = behind.text
    if said and ahead.endswith(tuple(words_of("quantity"))):
        said = ""
    if said and not ahead:
        said += _among(around)
    base = special.of_extent(around.figure, ahead, said) or f"{ahead}{said}"
    if not said:
        base = with_amount(around, left, base, previous)
    base = base or _clause_before(around, left) or previous.base
    if not said:
        base = _with_purpose(around, _in_full(around, base), right)
    elif not ahead and around.figure.kind is Kind.RATIO:
        base = special.as_share(base)
    if not ahead and not said and _is_headcount(around, previous):
        base = _topic(around)
    reaches = special.reaches(around)
    level = _without_change(base) if reaches or around.figure.kind is Kind.RATE else base
    base = level if reaches else base
    per = _per(left)
    return Named(ahead, said, f"{per}{base}"[:LONGEST], _reach(around, right, behind), f"{per}{level}")


def _reach(around: Around, right: list[Word], behind: Behind) -> int:
    """Where the phrase behind ends; verbs alone may be the next figure's, unless 和 or 、 follows."""
    own = [w for w in right if w.end <= behind.reach]
    follows = around.text[behind.reach : behind.reach + 1]
    return 0 if is_verbal(own) and not (follows and follows in "、和及与") else behind.reach


def _without_change(base: str) -> str:
    """收入 in 收入增长: what a change is a change of."""
    row = words(base)
    end = len(row)
    while end and row[end - 1].text in words_of("change") | words_of("drop"):
        end -= 1
    return base[: row[end - 1].end] if end else base


def _behind(around: Around, left: list[Word], right: list[Word]) -> Behind:
    """The phrase behind, with a short explanation in brackets; a verb that governs from ahead ends it."""
    if _begins_anew(around.figure, left, right, around.joins):
        return Behind()
    governs = any(w.is_verb and w.text not in words_of("drop") for w in left)
    one_verb = not (around.joins or (governs and not _counts_people(around)))
    people = governs and _counts_people(around)
    behind = phrase_behind(right, governed=people, one_verb=one_verb, joins=around.joins)
    bracket = around.bracket(behind.reach or around.figure.end)
    return Behind(behind.text + bracket, (behind.reach or around.figure.end) + len(bracket)) if bracket else behind


def _counts_people(around: Around) -> bool:
    return around.figure.unit in words_of("people")


def _ahead(around: Around, left: list[Word], previous: Named, behind: str) -> str:
    """The phrase ahead, or what the figure takes over from the one before it."""
    if all(w.text in words_of("total") for w in left) and around.taken(previous):
        if not behind and not _counts_people(around):
            return previous.base
        return previous.ahead if len(previous.ahead) <= _SHORT else governing_verb(previous.ahead)
    if behind and _counts_people(around) and around.between.endswith("为"):
        return ""
    left = from_verb(left, around.opens_bracket) if behind or around.opens_bracket else left
    short = _counts_people(around) and starts_with_verb(around.right())
    ahead = phrase_ahead(left, limit=_LEFT if not behind else _SHORT - 2 if short else _BESIDE)
    if behind and around.opens_with_modifier:
        ahead = last_verb(ahead)
    if around.between[:1] in words_of("link") and not any(is_action(w) and w.is_verb for w in left):
        ahead = governing_verb(previous.ahead) + ahead
    return f"{previous.whole or previous.base}{ahead}" if ahead in words_of("lasting") else ahead


def _among(around: Around) -> str:
    """900名学生中有260人来自农村: those among whom they are counted."""
    match = _AMONG.search(around.text[max(0, around.figure.start - 24) : around.figure.start])
    return nouns_at_end(words(match[1])) if match else ""


def _clause_before(around: Around, left: list[Word]) -> str:
    """现场排队，不超过30人: what is measured stands in the clause before."""
    said = any(w.text not in words_of("drop") | words_of("per") for w in left)
    return "" if said or around.names_place else phrase_ahead(around.clause_before(), limit=_LEFT)


def _with_purpose(around: Around, base: str, right: list[Word]) -> str:
    """修建水库投资 of 投资3亿元修建水库: what money was spent on."""
    spent = around.figure.kind is Kind.MONEY and base in words_of("paid")
    if not spent or not right or not right[0].is_verb or around.joins:
        return base
    return f"{phrase_behind(right).text}{base}"


def _is_headcount(around: Around, previous: Named) -> bool:
    """3个班级129人: whether people are counted of what the clause is about, not of what was counted before."""
    follows = 0 < len(around.between) <= 8 and not re.search(r"[,、;:]", around.between)
    follows = follows and not around.names_place
    return follows and bool(previous.behind) and _counts_people(around) and previous.unit not in words_of("people")


def _topic(around: Around) -> str:
    """培训 in 培训为期7天，共3个班级129人: what the clause before is about, ahead of its figure."""
    clause = next(iter(around.clauses_before()), [])
    return phrase_ahead(list(takewhile(lambda w: not is_numeral(w), clause)), limit=_LEFT)


def _in_full(around: Around, base: str) -> str:
    """评选 in 开展示范户评选，共评选10户: a word said before with what it is of is that again."""
    row = words(base)
    amount = len(row) == 1 or (len(row) == 2 and row[1].text in words_of("quantity"))
    if not amount or not (is_action(row[0]) or len(row) == 2) or len(row[0].text) < 2:
        return base
    for clause in around.clauses_before():
        for i in range(len(clause) - 1, 0, -1):
            if clause[i].text.startswith(row[0].text) and (whole := nouns_at_end(tuple(clause[:i]))):
                return f"{whole[-10:]}{base}"
    return base


def _per(left: list[Word]) -> str:
    """每年, 每户: what an amount is reckoned by."""
    return next((w.text for w in reversed(left) if w.text in reckoned_by()), "")


def _modifies(left: list[Word]) -> bool:
    """Whether the words before a figure describe what stands behind it: 全市消费券发放三个站点."""
    return len(left) > 1 and left[-1].tag == "vn"


def _begins_anew(figure: Figure, left: list[Word], right: list[Word], joins: bool) -> bool:
    """铺设沥青160米解决了难题: a verb behind a figure that closes its phrase begins another."""
    if not right or right[0].text in words_of("link"):
        return True
    if figure.kind is Kind.DURATION and left and starts_with_verb([w for w in right if w.text != "的"]):
        return right[0].text == "的" or not left[-1].is_verb
    if figure.kind is Kind.MONEY and left and left[-1].text in words_of("paid") and starts_with_verb(right):
        return True
    measured = figure.kind not in (Kind.COUNT, Kind.OTHER, Kind.DURATION)
    if measured and left and left[-1].tag[:1] == "n" and starts_with_verb(right):
        return True
    closed = len(left) > 1 and left[-1].is_noun and not _modifies(left) and figure.unit not in words_of("people")
    return starts_with_verb(right) and (closed or measured) and (joins or not _is_compound(right))


def _is_compound(right: list[Word]) -> bool:
    """就业奖补, 创业贷款: a verb and a noun that make one name, with nothing behind."""
    return right[0].tag != "d" and 1 < len(right) <= 3 and sum(len(w.text) for w in right) <= 6


def _shared_heads(text: str, figures: Sequence[Figure], named: Sequence[Named]) -> list[str]:
    """A head that stands behind the last figure of a list is that of each.

    迁出地8项、迁入地15项权益; 8620户3.2万人受灾.
    """
    bases = [name.base for name in named]
    for i in range(len(figures) - 2, -1, -1):
        gap = text[figures[i].end : figures[i + 1].start]
        if not gap and figures[i + 1].kind is Kind.AGE:
            verb = named[i].ahead if governing_verb(named[i].ahead) else ""
            bases[i] = f"{verb}{named[i + 1].base.removesuffix('年龄')}"[:LONGEST]
        if named[i].behind or not named[i + 1].behind:
            continue
        alike = gap[:1] == "、" and len(gap) <= 10 and figures[i].unit == figures[i + 1].unit
        people = gap in ("", "共") and {figures[i].unit, figures[i + 1].unit} <= words_of("people")
        if alike or people:
            bases[i] = f"{named[i].ahead}{named[i + 1].behind}"[:LONGEST]
    return bases


def _with_counter(base: str, figure: Figure) -> str:
    """搬迁群众 in 户 and in 人 are two measures: 搬迁群众户数, 搬迁群众人数."""
    if figure.kind is Kind.RATE and base.endswith(tuple(words_of("turn"))):
        return f"{base}幅度"
    if figure.unit == "级":
        return next((f"{base}{note}" for word, note in noted("scale").items() if base.endswith(word)), base)
    if figure.kind is Kind.MONEY and base in words_of("paid"):
        return f"{base}金额"
    if base.endswith(tuple(words_of("turn"))):
        return base
    counter = noted("counter").get(figure.unit, "")
    if not counter and not base and figure.kind is Kind.COUNT:
        return f"{figure.unit}数"
    if not counter or base.endswith((counter, *words_of("quantity"))) or base.endswith(noted("itself").get(figure.unit, "\n")):
        return base
    return f"{base}{'数' if base.endswith('人口') else counter}" if counter == "人数" else f"{base}{counter}"
