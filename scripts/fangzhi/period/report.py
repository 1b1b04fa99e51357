"""The span that a statistical report is about, where no title says it: the quarter or year it opens with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from fangzhi.period.calendar import Extent
from fangzhi.period.mention import Anchor, PeriodMention, Role

_CHANGE = re.compile(
    r"同比|环比|比上年|比去年|较上年|较去年|[增降升涨跌][长幅速低升降]?(?:达到?)?了?[\d.]+[%倍]"
)
_CHANGES = 6
"""So many changes a text must tell to be a report, and one in so many characters."""
_DENSITY = 200
_OPENING = 200
_LEAST, _MOST = 28, 370
"""Days of a month and of a year: what is reported on."""
_OFTEN = 3
_TOLD = (Role.POINT, Role.SPAN)


def report_span(folded: str, mentions: Sequence[PeriodMention], anchor: Anchor) -> PeriodMention | None:
    """The month, quarter or year that a text full of changes (同比增长…) opens with, or names most often.

    It is over by the page's date. None where the text is no such report.
    """
    changes = len(_CHANGE.findall(folded))
    page = anchor.extent
    if changes < _CHANGES or changes * _DENSITY < len(folded) or page is None:
        return None
    spans = [m for m in mentions if m.role in _TOLD and _reported(m, page)]
    if spans and spans[0].start < _OPENING:
        return spans[0]
    counted = Counter((m.date_start, m.date_end) for m in spans)
    best = max(spans, key=lambda m: counted[m.date_start, m.date_end], default=None)
    return best if best and counted[best.date_start, best.date_end] >= _OFTEN else None


def _reported(mention: PeriodMention, page: Extent) -> bool:
    """Whether a mention is a whole month or longer, and over."""
    if mention.date_start is None or mention.date_end is None or mention.date_end > page.end:
        return False
    days = (mention.date_end - mention.date_start).days + 1
    return (
        _LEAST <= days <= _MOST and mention.date_end < page.end and (page.end - mention.date_end).days < 500
    )
