"""Mentions of time in a text, resolved in reading order with a memory of the date last named."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

from fangzhi.lexicons import read_lexicon
from fangzhi.period.expression import Core, Duration, Expression, Moment, Named, Word
from fangzhi.period.mention import Anchor, PeriodMention, Role
from fangzhi.period.reader import alternation, fits
from fangzhi.period.resolve import Context, Resolved, resolve
from fangzhi.period.scan import expressions
from fangzhi.text.fold import fold

_CLAUSE_END = re.compile(r"[,。;:!?\n、]")
_SINCE_AHEAD = re.compile(r"[^,。;:!?\n]{0,12}?以来")
_MULTIPLE = re.compile(r"的?[\d.一二两三四五六七八九十几]+倍")
_TITLE = re.compile(r"《[^《》\n]{0,80}》")


@dataclass(frozen=True)
class _Marked:
    """An expression with the marks around it: its whole span and what they make of it."""

    expression: Expression
    start: int
    end: int
    role: Role | None
    during: bool = False


@cache
def _markers(position: str) -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in read_lexicon("period_markers") if row["position"] == position}


@cache
def _before() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, _markers("before")), key=len, reverse=True))
    return re.compile(rf"(?:{words})(?=\Z)")


def _mark_before(text: str, at: int) -> tuple[str, int]:
    """The role of the mark that ends at an offset and where it starts."""
    window = text[max(0, at - 4) : at]
    found = _before().search(window)
    if not found:
        return "", at
    start = at - len(found[0])
    row = _markers("before")[found[0]]
    return (row["role"], start) if fits(text, start, at, row) else ("", at)


def _mark_after(text: str, at: int) -> tuple[str, int]:
    """The role of the mark that starts at an offset and where it ends."""
    match = alternation(*_markers("after")).match(text, at)
    if not match:
        return "", at
    row = _markers("after")[match[0]]
    return (row["role"], match.end()) if fits(text, at, match.end(), row) else ("", at)


def _clause_before(text: str, at: int) -> str:
    """What stands before an offset in its clause, twelve characters at most."""
    return _CLAUSE_END.split(text[max(0, at - 12) : at])[-1]


def _speaks_of_future(text: str, start: int, end: int) -> bool:
    ahead = "".join(_CLAUSE_END.split(text[end : end + 16].lstrip(",前"))[:1])
    around = _clause_before(text, start) + "|" + ahead
    return alternation(*_markers("future")).search(around) is not None or _mark_after(text, end)[0] == "before"


def _compared(text: str, expression: Expression) -> bool:
    """Whether a date is only compared with: 与2019年相比, 去年同期, 在2015年的基础上, 是2015年的2倍."""
    after = _CLAUSE_END.split(text[expression.end : expression.end + 10])[0]
    return bool(alternation(*_markers("compare")).search(after) or _MULTIPLE.match(after))


def _mark(text: str, expression: Expression) -> _Marked | None:
    """Join an expression with its marks; None where they show that it is no date."""
    before, start = _mark_before(text, expression.start)
    after, end = _mark_after(text, expression.end)
    while after == "during" and (more := _mark_after(text, end))[0]:
        after, end = more
    if after == "none":
        return None
    core = expression.first
    if isinstance(core, Word | Duration):
        after, end = (after, end) if after == "since" and isinstance(core, Word) else ("", expression.end)
    role = _marked_role(text, expression, before, after)
    keeps = role in (Role.AS_OF, Role.TARGET) and before in ("as_of", "until") or role is Role.SINCE and before == "from"
    takes = after and after != "compare"
    return _Marked(expression, start if keeps else expression.start, end if takes else expression.end, role, after == "during")


def _marked_role(text: str, expression: Expression, before: str, after: str) -> Role | None:
    """What the marks say; None where they say nothing. 到 and 至 wait for the dates (see ``_settle``)."""
    if before == "base" or (not isinstance(expression.first, Word) and _compared(text, expression)):
        return Role.BASE
    if after in ("since", "later") or (before == "from" and _SINCE_AHEAD.match(text, expression.end)):
        return Role.SINCE
    if before == "as_of" or after == "as_of":
        return Role.AS_OF
    if before == "until" or after == "before":
        return Role.TARGET
    if before in ("from", "origin") and expression.last is None and not after:
        return Role.ORIGIN
    return None


def _core_role(expression: Expression) -> Role:
    core = expression.first
    if isinstance(core, Word):
        return {"now": Role.AS_OF, "recent": Role.SINCE, "vague": Role.VAGUE}[core.meaning]
    if isinstance(core, Duration):
        return {"back": Role.SPAN, "ago": Role.POINT, "later": Role.POINT}.get(core.relation, Role.WITHIN)
    if isinstance(core, Named):
        return Role.SPAN
    return Role.SPAN if expression.last is not None else Role.POINT


def _resolve_all(expression: Expression, context: Context) -> Resolved | None:
    """A single date, or the first to the last of a range; the last one counts on from the first."""
    first = resolve(expression.first, context)
    if expression.last is None:
        return first
    if first is None and not isinstance(expression.last, Moment):
        return None
    last = resolve(expression.last, replace(context, recent=first or context.recent))
    if first is None or last is None or first.start is None or last.end is None:
        return None
    end = last.end
    if end < first.start and isinstance(expression.last, Moment) and not expression.last.year:
        end = end.replace(year=end.year + 1, day=min(end.day, 28) if end.month == 2 else end.day)
    if end < first.start:
        return None
    return Resolved(first.start, end, first.basis, last.precision)


def _closing(core: Core | None) -> bool:
    return isinstance(core, Moment) and core.part is not None and core.part.closing


def _settle(marked: _Marked, found: Resolved | None, anchor: Anchor) -> tuple[Role, Resolved | None]:
    """The role and the days, now that both are known."""
    role = marked.role or _core_role(marked.expression)
    core = marked.expression.first
    if found is None:
        return (role if role in (Role.NAME, Role.BASE) or not isinstance(core, Word) else Role.VAGUE), None
    page_end = anchor.extent.end if anchor.extent else None
    if role is Role.SINCE and not isinstance(core, Word):
        start = core.start.start if isinstance(core, Named) else found.start
        end = page_end if page_end and start and page_end >= start else None
        return role, Resolved(start, end, found.basis, "span")
    if role is Role.TARGET and found.end and page_end and found.end <= page_end:
        role = Role.AS_OF
    if role is Role.AS_OF and _closing(marked.expression.last or core):
        found = replace(found, start=found.end)
    if marked.during and isinstance(core, Moment) and core.holiday and found.start:
        found = Resolved(found.start, found.start + timedelta(days=core.holiday.days - 1), found.basis, "day")
    if isinstance(core, Named) and core.kind == "plan" and role is Role.SPAN and marked.end == marked.expression.end:
        role = Role.NAME if core.whole and core.whole.start.year + 4 == core.whole.end.year else Role.SPAN
    return role, found


def _remember(role: Role, expression: Expression, found: Resolved | None, context: Context) -> Context:
    """What the next bare date and the next 当年 count from; 目前 brings the text back to the page's date."""
    if isinstance(expression.first, Word) and expression.first.meaning == "now":
        return replace(context, recent=None)
    dated = isinstance(expression.first, Moment) and role in (Role.POINT, Role.SPAN, Role.AS_OF, Role.ORIGIN)
    if not dated or found is None or found.extent is None:
        return context
    return replace(context, recent=found, earlier=found)


def find_periods(text: str, anchor: Anchor) -> list[PeriodMention]:
    """The mentions of time in a text, in reading order, none overlapping another.

    A date without its year takes it from the date last named in the paragraph, else from the page's date.
    Text is as printed, repaired; offsets are code points of it.
    """
    folded = fold(text)
    titles = {at for match in _TITLE.finditer(folded) for at in range(*match.span())}
    context, reached, mentions = Context(anchor), 0, list[PeriodMention]()
    for expression in expressions(folded):
        marked = _mark(folded, expression)
        if marked is None or (mentions and expression.start < mentions[-1].end):
            continue
        if "\n" in folded[reached : expression.start]:
            context = replace(context, recent=None)
        reached = expression.end
        found = _resolve_all(expression, replace(context, ahead=_speaks_of_future(folded, expression.start, expression.end)))
        role, found = _settle(marked, found, anchor)
        if expression.start in titles:
            role = Role.NAME
        context = _remember(role, expression, found, context)
        start = max(marked.start, mentions[-1].end if mentions else 0)
        mentions.append(_mention(text, start, marked.end, role, found))
    return mentions


def _mention(text: str, start: int, end: int, role: Role, found: Resolved | None) -> PeriodMention:
    if found is None:
        return PeriodMention(start, end, text[start:end], None, None, None, role, None)
    return PeriodMention(start, end, text[start:end], found.start, found.end, found.basis, role, found.precision)
