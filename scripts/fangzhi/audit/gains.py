"""What is new and the rate of it: B，比上年增加 C，增长 P%. The figure before is the one less the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from fangzhi.audit.growth import adjusted, comparable
from fangzhi.audit.ledger import Ledger
from fangzhi.audit.printed import telling_digits
from fangzhi.audit.relation import Gain, Ground, Relation, factor_of
from fangzhi.audit.sentence import Sentence
from fangzhi.audit.units import PERCENT, TIMES, alike, is_proportion, unit
from fangzhi.audit.words import FIGURE, TIME, fill, fill_without, one_of
from fangzhi.model.codes import CheckKind
from fangzhi.model.tables import Observation

_COMPARED = ("rise", "fall", "more", "less")
#: How many figures before the change may be the one that changed; of few digits only the nearest.
_BEFORE, _TELLING = 4, 3


@cache
def _changed() -> re.Pattern[str]:
    """增加 C，增长 P%; 跌 C，或 P%"""
    signs = "|".join(rf"(?P<{sign}>{one_of(sign)})" for sign in ("rise", "fall"))
    rate = rf"(?P<other>{fill_without(8, *_COMPARED)}){one_of('rise', 'fall')}(?:{one_of('reach')})?"
    return re.compile(
        rf"(?:{signs})(?:{one_of('reach')})?(?P<gap>{FIGURE})[,、(]?(?:{one_of('degree')}*{rate}|或)(?P<by>{FIGURE})"
    )


@cache
def _lead() -> re.Pattern[str]:
    """What stands between a figure and its change where nothing else can have changed: ，比上年"""
    than = rf"(?:{one_of('than')}{fill_without(10, *_COMPARED)}|{one_of('same_period')})"
    return re.compile(rf"{fill(6)}[,、(]{than}(?:{one_of('adverb', 'degree')})*")


@cache
def _result() -> re.Pattern[str]:
    """，报7328点: what it came to, told behind the change"""
    return re.compile(rf"\)?,?{fill(4)}{one_of('to', 'quoted')}{fill(4)}(?P<last>{FIGURE})")


def gains(page: Ledger) -> Iterator[Relation]:
    """Changes told with their rate; none where the passage says that prices or scope were adjusted."""
    for passage in page.passages:
        if not adjusted().search(passage.text):
            for match in _changed().finditer(passage.spanned):
                yield from _gains(passage, match)


def _gains(passage: Sentence, match: re.Match[str]) -> Iterator[Relation]:
    gap, by = passage.figures[match.start("gap")], passage.figures[match.start("by")]
    if unit(by) not in (PERCENT, TIMES) or is_proportion(gap):
        return
    behind = _result().match(passage.spanned, match.end())
    if behind:
        yield from _gain(passage.figures[behind.start("last")], gap, by, match, _ground(passage, match, by))
    near = [at for at in passage.before(match.start()) if alike(passage.figures[at], gap)]
    for i, at in enumerate(near[: -1 - _BEFORE : -1]):
        tight = i == 0 and _lead().fullmatch(passage.spanned, at + 1, match.start())
        if tight or i == 0 or telling_digits(by) >= _TELLING:
            ground = _ground(passage, match, by) if tight else Ground.FITTING
            yield from _gain(passage.figures[at], gap, by, match, ground)


def _ground(passage: Sentence, match: re.Match[str], by: Observation) -> Ground:
    """Whether the words leave no other reading: no other subject, nothing told at constant prices."""
    plain = not (match["other"] or "").replace(TIME, "") and unit(by) == PERCENT
    return Ground.STATED if plain and not comparable().search(passage.text) else Ground.ALLOWED


def _gain(
    last: Observation, gap: Observation, by: Observation, match: re.Match[str], ground: Ground
) -> Iterator[Relation]:
    if alike(last, gap) and gap.value < last.value:
        operation = Gain(factor_of(by), falling=match["fall"] is not None)
        yield Relation(CheckKind.GROWTH, (last, gap), by, operation, ground)
