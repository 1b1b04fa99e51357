"""All checks within one article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fangzhi.audit.areas import area_sums
from fangzhi.audit.fitting import fitting
from fangzhi.audit.growth import changes
from fangzhi.audit.judge import judged
from fangzhi.audit.relation import Relation
from fangzhi.audit.sentence import passages, sentences
from fangzhi.audit.shares import shares
from fangzhi.audit.sums import sums
from fangzhi.model.tables import Article, Check, Observation, Period


def check_article(
    article: Article, observations: Sequence[Observation], periods: Sequence[Period]
) -> list[Check]:
    """The checks between the figures of an article, from its own observations and periods.

    A check is made only where the words say how the figures stand to each other; one that finds a figure
    wrong, only where they leave no other reading.
    """
    return judged(_relations(article.text or "", observations, periods))


def _relations(
    text: str, observations: Sequence[Observation], periods: Sequence[Period]
) -> Iterator[Relation]:
    for sentence in sentences(text, observations, periods):
        yield from shares(sentence)
        yield from changes(sentence)
        yield from sums(sentence)
    for passage in passages(text, observations, periods):
        yield from fitting(passage, observations)
    yield from area_sums(text, observations)
