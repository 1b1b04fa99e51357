"""All checks within one article."""

from __future__ import annotations

from collections.abc import Sequence

from fangzhi.audit.judge import judged
from fangzhi.audit.ledger import ledger
from fangzhi.audit.rules import RULES
from fangzhi.model.tables import Article, Check, Observation, Period


def check_article(
    article: Article, observations: Sequence[Observation], periods: Sequence[Period]
) -> list[Check]:
    """The checks between the figures of an article, from its own observations and periods.

    A check is made only where the words say how the figures stand to each other; one that finds a figure
    wrong, only where they leave no other reading.
    """
    page = ledger(article.text or "", observations, periods)
    return judged(relation for rule in RULES for relation in rule.find(page))
