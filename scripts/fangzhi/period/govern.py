"""Which mention of time a figure holds for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache

from fangzhi.lexicons import read_lexicon, words
from fangzhi.model.codes import Basis
from fangzhi.period.calendar import Extent
from fangzhi.period.mention import Anchor, PeriodMention, Precision, Role
from fangzhi.period.topic import Topic, topic_at

_SENTENCE_MARKS = "。！？!?\n"
_REACH = 600
"""Characters beyond which no sentence is followed."""
_COMMA = "，,、；;：:）)"
_FRAME_SENTENCES = 6
"""How many sentences on a fronted date still frames what is said, within its paragraph."""
_SUBJECT = 16
"""Characters of a subject before a date that is set off behind it: 议员某某今年6月，…"""
_OPENER = 10
"""Characters of an opening clause (据初步核算，) that leaves the date behind it at the head."""
_LEAD_DAYS = 45
"""A report's lead dates the news if it is no older than this at the end of the page's month or day."""
_LONG_AGO = 400
"""Days before the page's date from which a date is of the past and not of the news."""
_SILENT = (Role.BASE, Role.NAME)
_OWN_FIGURE = re.compile(
    r"(?P<between>(?:(?![增减提下上多少高低]|任务|目标|计划|预算|指标)[^，,。；;\d]){0,14}?的[约近]?)[\d.,]+(?![\d.,倍])"
)
"""比2020年的2500万元增加: the figure that is compared with, unless it is a multiple."""
_BYLINE = re.compile(r"本[报刊台网]讯[^，。]{0,30}\Z|[）)]\Z")
_BREAKS_OFF = re.compile(r"…+|(?P<stop>[。！？!?\n])")
_TO_COME = re.compile("将(?![来军士近领])|將(?![來軍士近領])|届时|屆時")
"""What goes on from a date still to come."""
_YEARLY_MEAN = re.compile(r"(?:年均|每年平均|平均每年|年平均)[\u4e00-\u9fff]{0,8}约?近?$")
_OPENS_BRACKET = re.compile(r"[^，,。；;（(]{1,14}[（(]")


def _bounds(text: str, position: int) -> tuple[int, int]:
    """Start and end of the sentence that holds an offset, looked for within ``_REACH`` on either side."""
    low, high = max(0, position - _REACH), min(len(text), position + _REACH)
    start = max((text.rfind(mark, low, position) + 1 for mark in _SENTENCE_MARKS), default=0)
    ends = [found for mark in _SENTENCE_MARKS if (found := text.find(mark, position, high)) >= 0]
    return max(start, low), min(ends, default=high)


def _between(mentions: Sequence[PeriodMention], low: int, high: int) -> Sequence[PeriodMention]:
    """The mentions that start at an offset or behind it and before another."""
    return mentions[bisect_left(mentions, low, key=_start) : bisect_left(mentions, high, key=_start)]


def _start(mention: PeriodMention) -> int:
    return mention.start


@cache
def _openers() -> re.Pattern[str]:
    """What may stand before a date that still heads its sentence: signs and short openers."""
    opening = "|".join(map(re.escape, words("period_openers")))
    return re.compile(rf"(?:[^\w\s，,；;：:]|\s|{opening})*")


@cache
def _goes_on() -> re.Pattern[str]:
    """How a paragraph opens that goes on about what the one before it told: 此外, 从行业看, 按产业分."""
    said = "|".join(row["word"] for row in read_lexicon("period_openers") if row["goes_on"])
    return re.compile(rf"\s*(?:{said}|(?:从|分|按)[^，。；：\n]{{1,12}}(?:看|分|划分|来说)[，：])")


@cache
def _founding() -> re.Pattern[str]:
    """A verb that dates an event: 成立的…, or at the end of its clause: …成立，."""
    verbs = "|".join(map(re.escape, words("period_verbs")))
    return re.compile(rf"[^，,。；;、的]{{0,6}}?(?:{verbs})(?:的|(?=[，,、）)]))")


def _closed(between: str) -> bool:
    """Whether a bracket, quotation or title that was open at the mention is closed before the figure."""
    return any(between.count(right) > between.count(left) for left, right in ("（）", "()", "《》", "“”"))


def _reaches(mention: PeriodMention, text: str, position: int) -> bool:
    """Whether a mention earlier in the sentence still holds at an offset."""
    between = text[mention.end : position]
    if mention.role is Role.BASE:
        own = _OWN_FIGURE.match(text, mention.end, position + 20)
        return own is not None and own["between"] == between
    if mention.role in _SILENT or _closed(between):
        return False
    if mention.role is Role.ORIGIN:
        return re.search(r"[到至为，,]", between) is None
    if mention.role in (Role.POINT, Role.SPAN) and _founding().match(between):
        return False
    dates_a_verb = text[max(0, mention.start - 1) : mention.start] == "于" and between[:1] in tuple(_COMMA)
    return not dates_a_verb


def _listed(text: str, position: int, candidates: list[PeriodMention]) -> PeriodMention | None:
    """2019年和2020年分别为10元、12元: the first figure for the first year, the second for the second."""
    last = candidates[-1]
    head, mark, figures = text[last.end : position].partition("分别")
    if not mark or re.search(r"[，,；;]", head):
        return None
    run = [last]
    for mention in reversed(candidates[:-1]):
        if not re.fullmatch(r"[、和及与，,]|以及", text[mention.end : run[0].start]):
            break
        run.insert(0, mention)
    index = len(re.findall(r"\d[^，,、；;和]*[、和，,]", figures))
    return run[index] if len(run) > 1 and index < len(run) else None


def _fronted(mention: PeriodMention, text: str, start: int) -> bool:
    """Whether a mention stands at the head of its sentence, or set off by commas."""
    before = text[start : mention.start]
    if len(before) < 30 and _openers().fullmatch(before):
        return True
    behind_comma = before[-1:] in tuple("，,；;：:”")
    set_off = behind_comma and (len(before) <= _OPENER or text[mention.end : mention.end + 1] in tuple("，,"))
    return set_off or (len(before) < 60 and _BYLINE.search(before) is not None)


def _frames(mention: PeriodMention, text: str, start: int) -> bool:
    """Whether a mention in an earlier sentence frames the ones behind it."""
    if mention.role in (*_SILENT, Role.ORIGIN, Role.TARGET, Role.WITHIN) or mention.text.endswith("同期"):
        return False
    if mention.role in (Role.POINT, Role.SPAN) and _founding().match(text, mention.end):
        return False
    dated_event = mention.role is Role.POINT and mention.precision == "day"
    told_of = mention.role is Role.POINT and text[mention.end : mention.end + 1] in ("，", ",")
    if told_of and 0 < mention.start - start <= _SUBJECT:
        return True
    clause_final = text[mention.end : mention.end + 1] in tuple("，,、；;。）)")
    return _fronted(mention, text, start) or (dated_event and not clause_final)


@cache
def _stands() -> re.Pattern[str]:
    """How a sentence begins that says how things stand: 公司地处…, 全镇现有…, 该社区辖区面积…."""
    return re.compile(rf"[^，,。；;：:\n]{{0,14}}?(?:{'|'.join(map(re.escape, words('period_standing')))})")


def _dates_an_event(mention: PeriodMention) -> bool:
    """Whether a mention is a day on which something happened, which dates no standing fact told after it."""
    return mention.precision == "day" and mention.role in (Role.POINT, Role.TARGET)


def _frame(text: str, start: int, position: int, mentions: Sequence[PeriodMention]) -> PeriodMention | None:
    """The frame set by the sentences before one, in its paragraph."""
    continues = text.startswith("其中", start)
    stands = _stands().match(text, start) is not None
    coming = _TO_COME.search(text, start, position) is not None
    for _ in range(_FRAME_SENTENCES):
        if start == 0 or (text[start - 1] == "\n" and not _goes_on().match(text, start)):
            return None
        end = start
        while start > 1 and text[start - 1] == "\n":
            start -= 1
        start = _bounds(text, start - 1)[0]
        for mention in reversed(_between(mentions, start, end)):
            holds = _reaches(mention, text, end - 1) if continues else _frames(mention, text, start)
            holds = holds or (coming and mention.role is Role.TARGET and mention.date_end is not None)
            if holds and not _closed(text[mention.end : end]):
                return None if stands and _dates_an_event(mention) else mention
        continues = continues and text.startswith("其中", start)
    return None


def _bracketed(text: str, position: int, mentions: Sequence[PeriodMention]) -> PeriodMention | None:
    """120万人次（2020年）: the date in brackets right behind a figure."""
    nearest = next(iter(_between(mentions, position, position + 20)), None)
    if nearest is None or nearest.role in _SILENT:
        return None
    return nearest if _OPENS_BRACKET.fullmatch(text[position : nearest.start]) else None


def _origin(before: Sequence[PeriodMention]) -> PeriodMention | None:
    """When a figure behind 从 or 由 holds, where a development starts: at the origin that the sentence
    names, on the first day of 2015年以来, or in the first of the years that it runs through (2015年至2020年，
    收入从…增加到…).
    """
    for mention in reversed(before):
        if mention.role is Role.ORIGIN:
            return mention
        if mention.role is Role.SINCE and mention.date_start:
            return replace(mention, date_end=mention.date_start, role=Role.ORIGIN)
        if mention.role is Role.SPAN and mention.precision == "year" and mention.date_start:
            return replace(mention, date_end=mention.date_start.replace(month=12, day=31), role=Role.ORIGIN)
    return None


def period_at(position: int, text: str, mentions: Sequence[PeriodMention]) -> PeriodMention | None:
    """The mention that a figure at an offset holds for; None where the text names no time for it.

    First a mention that the figure is part of (3年内), one in brackets behind it, the nearest one before
    it in its sentence that reaches it, then the frame that an earlier sentence of the paragraph set, and for
    an opening that breaks off the date of what follows.
    ``mentions`` are those of ``find_periods``, in order. What is found may itself be unresolved (近日).
    """
    start = _bounds(text, position)[0]
    before = list(_between(mentions, start, position + 1))
    if before and position < before[-1].end:
        return before[-1]
    if bracketed := _bracketed(text, position, mentions):
        return bracketed
    if before and (listed := _listed(text, position, before)):
        return listed
    if text[position - 1 : position] in ("从", "由") and (origin := _origin(before)):
        return origin
    reaching = [mention for mention in reversed(before) if _reaches(mention, text, position)]
    said = next((m for m in reaching if m.role is not Role.FAR or _heads_clause(m, text)), None)
    return (
        said
        or next(iter(reaching), None)
        or _frame(text, start, position, mentions)
        or _told_next(text, position, mentions)
    )


def _heads_clause(mention: PeriodMention, text: str) -> bool:
    """Whether a mention opens its clause: 从前，…, but not that of 收到从前船客的捐款."""
    return mention.start == 0 or text[mention.start - 1] in "，,。；;：:、“”！？!? \n（("


def _told_next(text: str, position: int, mentions: Sequence[PeriodMention]) -> PeriodMention | None:
    """万人报名，百人决赛……2020年，大赛举行: what breaks off is dated by the sentence that takes it up."""
    broken = _BREAKS_OFF.search(text, position, min(len(text), position + _REACH))
    if broken is None or broken["stop"]:
        return None
    end = _bounds(text, broken.end())[1]
    found = next(iter(_between(mentions, broken.end(), end)), None)
    early = found is not None and found.start - broken.end() <= 2 * _OPENER
    return found if found and early and found.role not in (*_SILENT, Role.ORIGIN, Role.TARGET) else None


def _lead_date(text: str, mentions: Sequence[PeriodMention], page: Extent) -> PeriodMention | None:
    """The day that the first sentence dates the news with, if the page follows it closely."""
    for mention in _between(mentions, 0, _bounds(text, 0)[1]):
        day = mention.date_end if mention.role is Role.POINT and mention.precision == "day" else None
        if day and timedelta(0) <= page.end - day <= timedelta(_LEAD_DAYS):
            return mention
    return None


def _meant(
    named: PeriodMention, position: int, text: str, mentions: Sequence[PeriodMention]
) -> PeriodMention:
    """2020年…比2015年年均增长2.3%: a mean of years runs from the year that its sentence starts from."""
    if not named.date_end or not _YEARLY_MEAN.search(text, max(0, position - 16), position):
        return named
    start = _bounds(text, position)[0]
    for mention in _between(mentions, start, position):
        first = mention.date_start
        if mention.role in (Role.ORIGIN, Role.BASE) and first and first.year < named.date_end.year:
            return replace(named, date_start=first, precision="span")
    return named


def figure_period(
    position: int,
    text: str,
    mentions: Sequence[PeriodMention],
    anchor: Anchor,
    topics: Sequence[Topic] = (),
    report: PeriodMention | None = None,
) -> PeriodMention | None:
    """The time that a figure at an offset holds for: what the text says (``period_at``), and where it says
    nothing, or no more than 近日, how things stood when it was written (``standing_period``).

    A time that the words leave open and that is not the page's (往年, 今后) stays as it is said. ``report``
    is what a statistical report is about (``report_span``): its figures hold for that.
    """
    named = period_at(position, text, mentions)
    if named is not None and (named.basis is not None or named.role is Role.FAR):
        return _within_report(_meant(named, position, text, mentions), report, anchor)
    topic = None if named else topic_at(position, topics)
    stands = _stands().match(text, _bounds(text, position)[0]) is not None
    if named is None and topic is None and not stands:
        if report and report.start < position:
            return report
        if past := _told_of_the_past(position, text, mentions, anchor):
            return past
    standing = standing_period(text, () if stands else mentions, anchor, topic)
    return replace(standing, text=named.text) if standing and named else standing or named


def _within_report(named: PeriodMention, report: PeriodMention | None, anchor: Anchor) -> PeriodMention:
    """今年以来 in a report on the first quarter: up to the end of what is reported on."""
    page = anchor.extent
    start, end = named.date_start, report and report.date_end
    if named.role is Role.SINCE and page and named.date_end == page.end and start and end and start < end:
        return replace(named, date_end=end)
    return named


def _told_of_the_past(
    position: int, text: str, mentions: Sequence[PeriodMention], anchor: Anchor
) -> PeriodMention | None:
    """The date named last before a figure, where the text has been telling of the past: it is long over, and
    so is the one before it, if there is one. When something was founded is no such date.
    """
    page = anchor.extent
    before = mentions[: bisect_left(mentions, position, key=_start)]
    told = (m for m in reversed(before) if m.role not in (*_SILENT, Role.SINCE) and m.basis)
    last, earlier = next(told, None), next(told, None)
    if page is None or last is None or last.role not in (Role.POINT, Role.SPAN):
        return None
    ends = [m.date_end for m in (last, earlier) if m]
    long_over = all(end and (page.end - end).days > _LONG_AGO for end in ends)
    founded = text[max(0, last.start - 1) : last.start] == "于" or _founding().match(text, last.end)
    return last if long_over and not founded else None


def standing_period(
    text: str, mentions: Sequence[PeriodMention], anchor: Anchor, topic: Topic | None = None
) -> PeriodMention | None:
    """What a figure holds for that the text gives no time: what the article reports on, the day of the news,
    else the page's date.

    A report states how things stand when it is written, one with the year in its title or heading
    (2021年…公报) how they stood then. Where its lead dates the news (9月8日，…) not long before the page,
    that is the date; None where the page's date is not known.
    """
    page = anchor.extent
    extent = topic.extent if topic and topic.titled else None
    if topic and extent and (page is None or extent.end.year >= page.end.year - 1):
        coming = topic.ahead and (page is None or extent.end > page.end)
        return _standing(extent, "year" if topic.year else "span", Role.TARGET if coming else Role.STANDING)
    if page is None:
        return None
    return _lead_date(text, mentions, page) or _standing(page, anchor.precision)


def _standing(extent: Extent, precision: Precision | None, role: Role = Role.STANDING) -> PeriodMention:
    return PeriodMention(0, 0, "", extent.start, extent.end, Basis.INFERRED, role, precision)
