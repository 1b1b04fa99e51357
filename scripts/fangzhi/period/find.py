"""Mentions of time in a text, resolved in reading order with a memory of the date last named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from fangzhi.lexicons import words
from fangzhi.model.codes import Basis
from fangzhi.period.calendar import shift_day
from fangzhi.period.expression import Core, Duration, Expression, Meaning, Moment, Named, Word
from fangzhi.period.markers import (
    CLAUSE_END,
    alternation,
    clause_after,
    clause_before,
    mark_after,
    mark_before,
    markers,
    speaks_of_future,
)  # fmt: skip
from fangzhi.period.mention import Anchor, PeriodMention, Role
from fangzhi.period.patterns import OF_A_CENTURY
from fangzhi.period.resolve import WHOLE_YEAR, YEAR_START, Context, Resolved, resolve
from fangzhi.period.scan import events, expressions, held
from fangzhi.period.topic import Topic, topic_at
from fangzhi.text.text import Text

_SINCE_AHEAD = re.compile(r"[^,。;:!?\n]{0,12}?以来")


@cache
def _since_begun() -> re.Pattern[str]:
    """4月1日新政实施以来: what began on the day."""
    begun = alternation(*words("period_verbs")).pattern
    return re.compile(rf"[^,。;:!?\n\d]{{0,14}}?(?:{begun})[^,。;:!?\n\d]{{0,4}}?以来")


_MULTIPLE = re.compile(r"的?[\d.一二两三四五六七八九十几]+倍")
_OWN_FIGURE = re.compile(r"同期(?:仅?为|是|只有|仅|达|有)")
"""去年同期为78%: a figure of that time after all."""
_COMPARES = re.compile(r"[比较][\u4e00-\u9fff]{1,11}的?$")
_DIFFERS = re.compile(
    r"(?:[多少]|[增减]|[高低]|提高|下降)了?[约近]?$|(?:多|少|增加|减少|高|低|提高|下降)[\d一二三四五六七八九十]"
)
"""比第一次高峰期的1970年…少: a date of what something is compared with, named in front of it."""
_OF_THE_YEAR = re.compile(r"(?:的?目标)?(?:任务|目标|计划|预算|指标)")
"""全年任务的30%, 年初预算的101%: the year is that of the plan, not of the share."""
_FINISHES = re.compile(
    r"(?:可|能|即可|全部|基本|有望|全面|正式)*"
    r"(?:建成|完工|竣工|投产|投用|投入|交付|通车|开通|完成|实现)(?!了)"
)
_OF_A_PLAN = re.compile(
    r"[,。、;:)”」》的]|$|和|与|及|或|规划|计划|纲要|方案|重点|专项|国家|发展|建设|项目|工程|课题|教材|目标|蓝图|良好|开好|\n"
)
_TITLE = re.compile(r"《[^《》\n]{0,80}》")


_ROLES: dict[Meaning, Role] = {
    "now": Role.AS_OF, "recent": Role.SINCE, "vague": Role.VAGUE, "far": Role.FAR,
    "then": Role.AS_OF, "stock": Role.AS_OF, "due": Role.TARGET,
}  # fmt: skip


@dataclass(frozen=True)
class _Marked:
    """An expression with the marks around it: its whole span and what they make of it."""

    expression: Expression
    start: int
    end: int
    role: Role | None
    after: str = ""
    """The mark behind it: "during" keeps a holiday's days, "same" means the same months (去年同期)."""
    named: bool = False
    """Whether a plan goes on into the name of something: “十四五”规划, not “八五”新增电话."""


def _compared(text: str, expression: Expression) -> bool:
    """Whether a date is only compared with: 与2019年相比, 去年同期, 在2015年的基础上, 是2015年的2倍."""
    after = clause_after(text, expression.end)
    if _OWN_FIGURE.match(after):
        return False
    core = expression.first
    if isinstance(core, Moment) and core.part in (WHOLE_YEAR, YEAR_START) and _OF_THE_YEAR.match(after):
        return True
    if _COMPARES.search(clause_before(text, expression.start)) and _DIFFERS.search(after):
        return True
    near = after[:10]
    if text[max(0, expression.start - 1) : expression.start] in tuple("与和同跟"):
        near = CLAUSE_END.split(text[expression.end : expression.end + 40])[0]
    return bool(alternation(*markers("compare")).search(near) or _MULTIPLE.match(after))


def _mark(text: str, expression: Expression) -> _Marked | None:
    """Join an expression with its marks; None where they show that it is no date."""
    before, start = mark_before(text, expression.start)
    after, end = _after(text, expression, before)
    if "none" in (before, after):
        return None
    role = _marked_role(text, expression, before, after)
    stock = before in ("as_of", "until") and role in (Role.AS_OF, Role.TARGET)
    keeps = stock or (before == "from" and role is Role.SINCE)
    named = _OF_A_PLAN.match(text, end) is not None
    return _Marked(expression, start if keeps else expression.start, end, role, after, named)


def _after(text: str, expression: Expression, before: str) -> tuple[str, int]:
    """The mark behind an expression, and where the expression ends with it."""
    if isinstance(expression.first, Duration):
        return "", expression.end
    after, end = mark_after(text, expression.end)
    if isinstance(expression.first, Named) and not after:
        after, end = mark_after(text, held(text, expression.end))
    if isinstance(expression.first, Word):
        return (after, end) if after == "since" else ("", expression.end)
    since = (_SINCE_AHEAD if before == "from" else _since_begun()).match(text, expression.end)
    if since and isinstance(expression.first, Moment):
        return "since", since.end()
    while after == "during" and (more := mark_after(text, end))[0]:
        after, end = more
    return after, end


def _marked_role(text: str, expression: Expression, before: str, after: str) -> Role | None:
    """What the marks say; None where they say nothing. 到 and 至 wait for the dates (see ``_settle``)."""
    if before == "base" or (not isinstance(expression.first, Word) and _compared(text, expression)):
        return Role.BASE
    if after in ("since", "later"):
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
        return _ROLES[core.meaning]
    if isinstance(core, Duration):
        return {"back": Role.SPAN, "over": Role.SPAN, "ago": Role.POINT, "later": Role.POINT}.get(
            core.relation, Role.WITHIN
        )
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
    role, core = marked.role or _core_role(marked.expression), marked.expression.first
    if found is None:
        return _unresolved(core, role), None
    if role is Role.SINCE and not isinstance(core, Word):
        return role, _since(core.start.start if isinstance(core, Named) else found.start, found, anchor)
    role = _in_time(role, found, anchor)
    if role is Role.AS_OF and _closing(marked.expression.last or core):
        found = replace(found, start=found.end)
    if marked.after == "during" and isinstance(core, Moment) and core.holiday and found.start:
        found = replace(found, end=found.start + timedelta(days=core.holiday.days - 1))
    unmarked = marked.end == marked.expression.end and role is Role.SPAN and marked.named
    return (Role.NAME if unmarked and _is_plan(core) else role), found


def _unresolved(core: Core, role: Role) -> Role:
    if isinstance(core, Duration):
        away = core.relation in ("ago", "later") and core.unit == "year"
        return Role.FAR if away or core.relation == "over" else role
    if not isinstance(core, Word):
        return role
    return Role.FAR if core.meaning in ("far", "due") else Role.VAGUE


def _since(start: date | None, found: Resolved, anchor: Anchor) -> Resolved:
    """From a day up to the page's date, if that is known and not earlier."""
    page = anchor.extent
    end = page.end if page and start and page.end >= start else None
    return Resolved(start, end, found.basis, "span")


def _in_time(role: Role, found: Resolved, anchor: Anchor) -> Role:
    """A date behind the page's is a target, and a target before it a stock."""
    page = anchor.extent
    if page is None or found.start is None or found.end is None:
        return role
    if role in (Role.POINT, Role.SPAN) and found.start > page.end:
        return Role.TARGET
    return Role.AS_OF if role is Role.TARGET and found.end <= page.end else role


def _awaited(text: str, expression: Expression) -> bool:
    """Whether a date stands as a term: 到年底, 年底建成; no word says that it is over."""
    closes = _closing(expression.first) and _FINISHES.match(text, expression.end)
    return bool(closes) or mark_before(text, expression.start)[0] == "until"


def _reaches_beyond(found: Resolved | None, anchor: Anchor) -> bool:
    """Whether days end behind the page's: 今年 where a plan is told."""
    page = anchor.extent
    return bool(found and found.end and page and found.end > page.end)


def _is_century_of_a_name(text: str, expression: Expression) -> bool:
    """21世纪 of 21世纪教育研究院."""
    core = expression.first
    return (
        isinstance(core, Moment) and core.years is not None and bool(OF_A_CENTURY.match(text, expression.end))
    )


def _is_plan(core: Core) -> bool:
    """Whether a plan stands as a whole: “十四五”规划 is a name, “十四五”末 a time."""
    return isinstance(core, Named) and core.kind == "plan" and core == events()[core.word]


def _same_months(found: Resolved | None, span: Resolved | None) -> Resolved | None:
    """去年同期 behind 上半年: the first half of last year."""
    if not (found and found.end and found.precision == "year" and span and span.extent):
        return found
    shift = found.end.year - span.extent.end.year
    start, end = (shift_day(day, "year", shift) for day in (span.extent.start, span.extent.end))
    return Resolved(start, end, Basis.INFERRED, span.precision) if start and end else found


def _remember(role: Role, expression: Expression, found: Resolved | None, context: Context) -> Context:
    """What the next bare date, 当年 or 同期 counts from; 目前 brings the text back to the page's date."""
    if role not in (Role.BASE, Role.NAME, Role.TARGET, Role.WITHIN) and found and found.extent:
        context = replace(context, span=found)
    if role is Role.AS_OF and isinstance(expression.first, Moment) and found and found.precision == "day":
        context = replace(context, as_of=found)
    if role is Role.TARGET and found and found.extent:
        context = replace(context, coming=found)
    core = expression.first
    if isinstance(core, Word) and core.meaning == "now":
        return replace(context, recent=None)
    if isinstance(core, Moment) and core.years:
        return context
    if isinstance(core, Moment) and found is None and core.month and not (core.year or core.shift):
        context = replace(context, own_year=True)
    dated = isinstance(expression.first, Moment) and role in (Role.POINT, Role.SPAN, Role.AS_OF, Role.ORIGIN)
    if not dated or found is None or found.extent is None:
        return context
    return replace(context, recent=found, earlier=found)


def _clause_start(text: str, marked: _Marked) -> int:
    """Where a mention starts; 以来 by itself takes in what it follows (入汛以来)."""
    core = marked.expression.first
    if isinstance(core, Word) and core.meaning == "recent" and text[marked.start : marked.end] == "以来":
        return marked.start - len(clause_before(text, marked.start))
    return marked.start


def find_periods(text: Text, anchor: Anchor, topics: Sequence[Topic] = ()) -> list[PeriodMention]:
    """The mentions of time in a text, in reading order, none overlapping another.

    A date without its year takes it from the date last named in the paragraph, else from what the article
    reports on (``find_topics``), else from the page's date. Text is as printed, repaired; offsets are code
    points of it.
    """
    folded = text.folded
    titles = {at for match in _TITLE.finditer(folded) for at in range(*match.span())}
    context, reached, mentions = Context(anchor), 0, list[PeriodMention]()
    for expression in expressions(folded):
        marked = _mark(folded, expression)
        if marked is None or (mentions and expression.start < mentions[-1].end):
            continue
        if "\n" in folded[reached : expression.start]:
            context = replace(context, recent=None, span=None)
        reached = expression.end
        topic = topic_at(expression.start, topics)
        ahead = speaks_of_future(folded, expression.start, expression.end)
        ahead = ahead or (topic.ahead if topic else _awaited(folded, expression))
        told = topic.extent if topic else None
        found = _resolve_all(expression, replace(context, ahead=ahead, topic=told))
        if marked.after == "same":
            found = _same_months(found, context.span)
        role, found = _settle(marked, found, anchor)
        if topic and topic.ahead and role is Role.POINT and _reaches_beyond(found, anchor):
            role = Role.TARGET
        if expression.start in titles or _is_century_of_a_name(folded, expression):
            role = Role.NAME
        context = _remember(role, expression, found, context)
        start = max(_clause_start(folded, marked), mentions[-1].end if mentions else 0)
        mentions.append(_mention(text.printed, start, marked.end, role, found))
    return mentions if anchor.published_on else _without_page(mentions)


def _without_page(mentions: list[PeriodMention]) -> list[PeriodMention]:
    """到2010年 or 2010年以前 is no target where a text, itself without a date, tells of what came later."""
    past = (Role.POINT, Role.SPAN, Role.AS_OF)
    newest = max((m.date_end for m in mentions if m.date_end and m.role in past), default=date.min)
    return [
        replace(m, role=Role.AS_OF) if m.role is Role.TARGET and m.date_end and m.date_end < newest else m
        for m in mentions
    ]


def _mention(text: str, start: int, end: int, role: Role, found: Resolved | None) -> PeriodMention:
    said = text[start:end]
    backwards = found and found.start and found.end and found.end < found.start
    if found is None or backwards:
        return PeriodMention(start, end, said, None, None, None, role, None)
    return PeriodMention(start, end, said, found.start, found.end, found.basis, role, found.precision)
