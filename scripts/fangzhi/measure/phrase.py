"""The phrase that says what a figure measures, put together from the words around it.

``新增托位260个`` measures 新增托位; ``吸纳1074名劳动力就业`` measures 吸纳劳动力就业人数. In a list
that shares its head (``新增托位260个和公办学位550个``, ``省外800元、省内300元的补贴``) each takes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from fangzhi.measure.ahead import governing_verb, last_verb, nouns_at_end, phrase_ahead
from fangzhi.measure.around import Around, Figure, Named, Spans
from fangzhi.measure.behind import phrase_behind, starts_with_verb
from fangzhi.measure.vocabulary import counters, reckoned_by, words_of
from fangzhi.model.codes import Kind
from fangzhi.text.words import Word, words

LONGEST = 24
_LEFT, _BESIDE, _SHORT = 16, 8, 6
"""Characters a phrase ahead may have: alone, beside one behind, or taken over from the figure before."""
_AMONG = re.compile(r"([\u4e00-\u9fff]{2,12})(?:之中|当中|中)[,，]?(?:就|共|仅|还|已)?有?$")


def measures(text: str, figures: Sequence[Figure], periods: Spans = (), places: Spans = ()) -> list[str]:
    """What each figure of a text measures, in the order of the figures; empty where no words stand near.

    ``periods`` and ``places`` are spans that say when and where, not what.
    """
    named: list[Named] = []
    for i, figure in enumerate(figures):
        before = figures[i - 1].end if i else 0
        after = figures[i + 1].start if i + 1 < len(figures) else len(text)
        around = Around(text, before, figure, after, periods, places)
        named.append(_name(around, named[-1] if named and around.same_sentence else Named()))
    heads = _shared_heads(text, figures, named)
    return [_with_counter(base, figure) for base, figure in zip(heads, figures, strict=True)]


def _name(around: Around, previous: Named) -> Named:
    left, right = around.left(previous), around.right()
    if around.figure.kind is Kind.AGE:
        return Named(base=f"{phrase_behind(right, nouns_only=True)}年龄")
    if share := _share(left, around.figure, previous):
        return share
    if left and previous.base and _only(left, "change"):
        return Named(previous.ahead, "", previous.base)
    behind = _behind(around, left, right)
    ahead = _ahead(around, left, previous, behind)
    if behind and not ahead:
        behind += _among(around)
    base = f"{ahead}{behind}" or previous.base or _clause_before(around, left)
    return Named(ahead, behind, f"{_per(left)}{base}"[:LONGEST])


def _behind(around: Around, left: list[Word], right: list[Word]) -> str:
    """The phrase behind, with a short explanation in brackets; a verb that governs from ahead ends it."""
    if _begins_anew(around.figure, left, right, around.joins):
        return ""
    governed = not _counts_people(around) and any(w.is_verb and w.text not in words_of("drop") for w in left)
    behind = phrase_behind(right, one_verb=not (around.joins or governed))
    return behind + around.bracket(behind)


def _counts_people(around: Around) -> bool:
    return around.figure.unit in words_of("people")


def _ahead(around: Around, left: list[Word], previous: Named, behind: str) -> str:
    """The phrase ahead, or what the figure takes over from the one before it."""
    if not left and around.taken(previous):
        return previous.ahead if len(previous.ahead) <= _SHORT else governing_verb(previous.ahead)
    short = _counts_people(around) and starts_with_verb(around.right())
    ahead = phrase_ahead(left, limit=_LEFT if not behind else _SHORT - 2 if short else _BESIDE)
    if behind and around.opens_with_modifier:
        ahead = last_verb(ahead)
    if around.between[:1] in words_of("link") and not any(w.is_verb for w in left):
        ahead = governing_verb(previous.ahead) + ahead
    return f"{previous.base}{ahead}" if ahead in words_of("lasting") else ahead


def _among(around: Around) -> str:
    """900名学生中有260人来自农村: those among whom they are counted."""
    match = _AMONG.search(around.text[max(0, around.figure.start - 24) : around.figure.start])
    return "".join(w.text for w in nouns_at_end(words(match[1]))) if match else ""


def _clause_before(around: Around, left: list[Word]) -> str:
    """现场排队，不超过30人: what is measured stands in the clause before."""
    said = any(w.text not in words_of("drop") | words_of("per") for w in left)
    return "" if said or around.names_place else phrase_ahead(around.clause_before(), limit=_LEFT)


def _per(left: list[Word]) -> str:
    """每年, 每户: what an amount is reckoned by."""
    return next((w.text for w in reversed(left) if w.text in reckoned_by()), "")


def _share(left: list[Word], figure: Figure, previous: Named) -> Named | None:
    """Shares and rates are of what the figure before them measures: 占目标任务的115.83%, 年均增长11.4%."""
    phrase = "".join(w.text for w in left)
    if not previous.base:
        return None
    if phrase.startswith("占"):
        part = phrase.removeprefix("占").rstrip("的")
        return Named(previous.ahead, "", f"{previous.base}{part}"[:LONGEST])
    if figure.kind is Kind.RATIO and phrase in ("的", ""):
        return Named(previous.ahead, "", f"{previous.base}比例"[:LONGEST])
    if figure.kind is Kind.RATE and left and _only(left, "change"):
        part = "".join(w.text for w in left if w.text not in words_of("drop"))
        return Named(previous.ahead, "", f"{previous.base}{part}"[-LONGEST:])
    return None


def _is_change(word: str) -> bool:
    return word in words_of("change") and word not in ("增长", "年均", "同比", "环比")


def _only(left: list[Word], kind: str) -> bool:
    """Whether words say how, not what: all in one list of the lexicon, or adverbs and particles."""
    known = words_of(kind) | words_of("drop")
    return any(w.text in words_of(kind) for w in left) and all(
        w.text in known or w.tag[:1] in "dpuxa" for w in left
    )


def _modifies(left: list[Word]) -> bool:
    """Whether the words before a figure describe what stands behind it: 全市消费券发放三个站点."""
    return len(left) > 1 and left[-1].tag == "vn"


def _begins_anew(figure: Figure, left: list[Word], right: list[Word], joins: bool) -> bool:
    """铺设沥青160米解决了难题: a verb behind a figure that closes its phrase begins another."""
    if not right or right[0].text in words_of("link"):
        return True
    closed = (
        len(left) > 1 and left[-1].is_noun and not _modifies(left) and figure.unit not in words_of("people")
    )
    measured = figure.kind not in (Kind.COUNT, Kind.OTHER, Kind.DURATION)
    return starts_with_verb(right) and (closed or measured) and (joins or not _is_compound(right))


def _is_compound(right: list[Word]) -> bool:
    """就业奖补, 创业贷款: a verb and a noun that make one name, with nothing behind."""
    return 1 < len(right) <= 3 and sum(len(w.text) for w in right) <= 6


def _shared_heads(text: str, figures: Sequence[Figure], named: Sequence[Named]) -> list[str]:
    """A head that stands behind the last figure of a list is that of each: 迁出地8项、迁入地15项权益."""
    bases = [name.base for name in named]
    for i in range(len(figures) - 2, -1, -1):
        gap = text[figures[i].end : figures[i + 1].start]
        follows = named[i + 1].behind
        if (
            gap[:1] == "、"
            and len(gap) <= 10
            and not named[i].behind
            and follows
            and figures[i].unit == figures[i + 1].unit
        ):
            bases[i] = f"{named[i].ahead}{follows}"[:LONGEST]
    return bases


def _with_counter(base: str, figure: Figure) -> str:
    """搬迁群众 in 户 and in 人 are two measures: 搬迁群众户数, 搬迁群众人数."""
    if figure.kind is Kind.RATE and any(base.endswith(w) for w in words_of("change") if _is_change(w)):
        return f"{base}幅度"
    counter = counters().get(figure.unit, "")
    if not counter and not base and figure.kind is Kind.COUNT:
        return f"{figure.unit}数"
    if not counter or base.endswith((counter, "数", "总量", "时间", "年限", "期限", "时长")):
        return base
    return f"{base}{counter}"
