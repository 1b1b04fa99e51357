"""Linking a figure to the vocabulary of indicators, so that counties and years can be compared.

A measure says in its last words what is counted; the longest ending that the vocabulary knows decides. Unit,
kind and statistic must agree, and nothing before the ending may make it another figure (未受伤, 人均…). Where
the measure does not tell, the words right before or behind the figure may: 死亡3人, 3人死亡. A link that is
doubtful is not made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import takewhile
from typing import NamedTuple

from fangzhi.lexicons import read_lexicon, words
from fangzhi.measure.indicator_words import GROWTH, Ending, endings, may_be, of_kind
from fangzhi.model.codes import Kind, Statistic
from fangzhi.text.fold import fold
from fangzhi.text.words import words as cut

_COUNTERS = re.compile(
    r"(?:人数|户数|人次|户次|次数|场次|例数|起数|件数|期数|批次|数量|数|量|面积|金额|总额|额|里程|长度|时长|年数|天数|比例|重量)$"
)
_TASK = re.compile("(?:全年)?(?:目标)?任务$|总$")
_GROWTH = re.compile(
    r"(?:比[上去]年|[较比][上去]年|较?同期|同比|环比|年均|平均|实际|累计)*(?:每年)?"
    r"(?:增长|增加|上涨|上升|提高|增速|增幅|涨幅|递增|增长率|增长速度)(?:幅度|率|速度)?$"
)
"""A rise; what fell is linked to no growth, since its number does not say so."""
_LINK = re.compile(
    r"(?:[约近超共达为是有了出到仅至各:：]|超过|达到|突破|高达|多达|已达|总计|合计|共计|分别)+$"
)
_FIRST = re.compile("[，,。；;：:、（）()！？!?\n]|[0-9一二两三四五六七八九十百千万]+[余多]?[人名]")
_STANDS = re.compile("[处外远]|路段|附近|以[内外东西南北]")
"""What makes a length a spot: 国道78公里处."""
_CLOSING = "vdpcx"
"""Tags of words behind a noun that end its phrase: verbs, adverbs, prepositions, conjunctions, signs."""
_LONGEST = 18
_ANY = range(1000)


class _Asked(NamedTuple):
    """What is known of a figure: folded measure, unit, kind, statistic, whether it is told per thing."""

    measure: str
    unit: str
    kind: Kind
    statistic: Statistic
    per_thing: bool


@lru_cache(maxsize=8192)
def indicator_of(
    measure: str,
    unit: str,
    kind: Kind,
    statistic: Statistic = Statistic.LEVEL,
    before: str = "",
    behind: str = "",
    *,
    per_thing: bool = False,
) -> str | None:
    """The indicator that a figure is of; None where none truly matches.

    ``before`` and ``behind`` are the folded words of its clause around it; ``per_thing`` says that it is told
    per person, household, area or the like.
    """
    folded = fold(measure)
    if before.endswith(_denying()):
        return None
    asked = _Asked(folded, unit, kind, statistic, per_thing)
    if kind is Kind.RATE:
        found = _found(_stems(folded, kind), asked)
        return found + GROWTH if found else None
    fate = _acted(_FIRST.split(behind, maxsplit=1)[0].rstrip("了")) if kind is Kind.COUNT else ()
    linked = _agreeing(fate, asked) or _found(_stems(folded, kind), asked)
    if linked or any(word in folded for word in _others()):
        return linked
    near = "" if "每" in before or _STANDS.match(behind) else _LINK.sub("", before)
    return _found([near], asked) or _found(_nouns_behind(behind, kind), asked, whole=False)


def _stems(measure: str, kind: Kind) -> list[str]:
    """A measure as it stands, and without the words that only say that it is a number, a task or a growth."""
    if kind is Kind.RATE:
        bare = _GROWTH.sub("", measure)
        return [] if bare == measure else [bare, _COUNTERS.sub("", bare)]
    short = _COUNTERS.sub("", measure)
    bare = _TASK.sub("", short)
    return list(dict.fromkeys((measure, short, bare, _COUNTERS.sub("", bare))))


def _nouns_behind(behind: str, kind: Kind) -> list[str]:
    """What stands right behind a count: its noun, where no other noun goes on with it."""
    if kind is not Kind.COUNT or not behind:
        return []
    phrase = cut(_FIRST.split(behind, maxsplit=1)[0][:14])
    ahead = list(takewhile(lambda word: not word.is_verb, phrase))
    closed = (at + 1 == len(phrase) or phrase[at + 1].tag[:1] in _CLOSING for at in range(len(ahead)))
    return [behind[: word.end] for word, ends in zip(ahead[:4], closed, strict=False) if ends][::-1]


def _found(stems: list[str], asked: _Asked, *, whole: bool = True) -> str | None:
    """The indicator whose words a measure ends in: an act before its bearer, else the longest ending."""
    for stem in stems:
        bearer = _bearer().search(stem)
        if bearer and (found := _agreeing(_acted(stem[: bearer.start()]), asked)):
            return found
    for stem, ending, entries in _by_length(stems):
        alike = [
            entry for entry in entries if of_kind(entry.indicator, asked.kind) and (whole or not entry.whole)
        ]
        fitting = [e for e in alike if _fits(e, ending, stem[: len(stem) - len(ending)], asked.measure)]
        if fitting:
            return _agreeing(fitting, asked)
    return None


def _agreeing(entries: Iterable[Ending], asked: _Asked) -> str | None:
    """The one of several indicators that a figure can be of by its unit and statistic."""
    agreed = [
        entry
        for entry in entries
        if may_be(entry.indicator, asked.unit, asked.kind, asked.statistic, per_thing=asked.per_thing)
    ]
    return max(agreed, key=_told).indicator.indicator_id if agreed else None


def _told(ending: Ending) -> tuple[int, bool, int]:
    """How much an ending says: the words that it needs, that nothing else stands there, few units."""
    return len(ending.needs), ending.whole, -len(ending.indicator.units or _ANY)


def _acted(words_before: str) -> list[Ending]:
    """The acts and fates that words end in, the longest alone: 3名学生当场死亡."""
    for length in range(min(len(words_before), _LONGEST), 0, -1):
        acts = [entry for entry in endings().get(words_before[-length:], ()) if entry.acts]
        if acts:
            rest = words_before[:-length]
            return [] if rest.endswith(_denying()) or any(word in rest for word in _others()) else acts
    return []


def _by_length(stems: list[str]) -> Iterator[tuple[str, str, tuple[Ending, ...]]]:
    """The endings of stems that the vocabulary knows, longest first."""
    known = endings()
    for length in range(_LONGEST, 0, -1):
        for stem in stems:
            if len(stem) >= length and (entries := known.get(stem[-length:])):
                yield stem, stem[-length:], entries


@cache
def _bearer() -> re.Pattern[str]:
    """Whoever an act or a fate is told of: 受伤…学生."""
    return re.compile(rf"(?:{'|'.join(words('person_nouns'))}|者)$")


def _fits(entry: Ending, ending: str, rest: str, whole: str) -> bool:
    """Whether what stands before an ending leaves it what it is."""
    if entry.needs not in rest:
        return False
    if len(ending) == 1 and rest and not entry.acts and not _begins_word(rest, ending):
        return False
    if entry.whole and not _only_opens(rest):
        return False
    if rest.endswith(_denying()):
        return False
    held = rest.replace(entry.needs, "", 1) if entry.needs else rest
    return not any(word in held for word in _others()) and not any(
        word in whole for word in entry.indicator.without
    )


@lru_cache(maxsize=4096)
def _begins_word(rest: str, ending: str) -> bool:
    """Whether an ending of one character is a word: 三座桥, not 上班."""
    return cut(rest + ending)[-1].text == ending


@cache
def _of(where: str) -> tuple[str, ...]:
    return tuple(row["word"] for row in read_lexicon("indicator_derived") if row["where"] == where)


@cache
def _others() -> tuple[str, ...]:
    """Words that make another figure of what follows: 损坏, 拖欠."""
    return _of("anywhere")


@cache
def _denying() -> tuple[str, ...]:
    """Words that deny what follows right behind them: 未, 没有."""
    return _of("before")


@lru_cache(maxsize=4096)
def _only_opens(rest: str) -> bool:
    """Whether nothing stands before an ending but whose it is or that it was reached: 全县, 岚县实现."""
    opening = _of("opening")
    return all(word.text in opening or word.tag == "ns" for word in cut(rest)) if rest else True
