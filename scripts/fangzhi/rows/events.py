"""Dated happenings as rows: a date, and a clause whose verb says that something took place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from typing import Protocol, TypeVar

from fangzhi.lexicons import read_lexicon, words
from fangzhi.model.tables import Event
from fangzhi.period.mention import PeriodMention, Role
from fangzhi.place.assign import place_at
from fangzhi.place.gazetteer import load_gazetteer
from fangzhi.place.mention import PlaceMention
from fangzhi.rows.reading import Reading
from fangzhi.text.fold import fold

_PART_END = re.compile(r"[。！？!?;；…]")
_SHORTEST = 4
_LONGEST = 60
"""Characters of a name; what runs longer is no entry of a calendar."""
_REACH = 160
"""Characters on either side of a date within which its happening is told."""
_YEAR = 366
"""Days; what is dated to a century or to several years is in no calendar."""
_SITE_REACH = 16
"""How long before its verb a site is named."""
_CLAUSES = 4
"""How many clauses behind its date the verb of a happening is looked for."""
_OPEN, _CLOSED = "“‘《（(「『", "”’》）)」』"
_GRAINS = ("day", "month", "year")
_MODIFIES = re.compile(
    r"(?:了|过)?(?:的|地点|仪式|大会|会(?!议)|率|令|者|方|权|以来|条件|情况|工作|方案|计划|能力)"
)
"""What makes of a verb a part of a noun: 举行的, 启动仪式, 发布会."""
_UNREAL = re.compile(r"(?:不|未|没有?|如果|拟|若)[^，,]{0,4}\Z")
_ANNOUNCES = re.compile(r"现[将予就]")
"""现将…公布如下: the text itself is the announcement."""
_NO_EVENT = re.compile(r"(?:以?前|[讯電电摄])")
"""What shows behind a date that it bounds something or is that of a dispatch."""
_PREPOSITION = re.compile(r"[于在自从](?=\Z)")
_FILLER = re.compile(
    r"^(?:本[报報刊网網台].{0,16}?[讯訊电電]|图为|据悉|据了解|其中|同时|随后|此外|[又还并就也已则而且])+"
)
_SITE = re.compile(r"^[在於于](?=\w{2,16}[省市县縣区區州镇鎮乡鄉村].*(?:发生|發生|举行|舉行|召开|召開))")
"""A preposition that opens a name: 在某县召开….  What is left begins with the place."""
_LOOSE = re.compile(r"^[自从從]|了$")
"""What counts from something else, or lost its object, is no name: 自开业的第25天, 开通了."""
_TAIL = re.compile(r"(?:之后|以后|后|时|期间|之际|以来)\Z")


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words("event_verbs"))))


@cache
def _grain() -> dict[str, str]:
    """The coarsest date with which a verb still makes a happening."""
    return {row["word"]: row["grain"] for row in read_lexicon("event_verbs")}


Span = tuple[int, int]


@dataclass(frozen=True)
class _Happening:
    """The stretches of the text whose words make the name, and where its verb stands."""

    pieces: tuple[Span, ...]
    verb: int


def event_rows(reading: Reading) -> Iterator[Event]:
    """The happenings that an article dates to a day, a month or, where they are landmarks, a year."""
    told: set[int] = set()
    for mention in reading.periods:
        dates = _dates(reading, mention)
        vague = dates is None or (dates[1] - dates[0]).days > _YEAR
        if dates is None or vague or not _dates_event(mention, reading.text):
            continue
        for happening in _happenings(reading, mention):
            if happening.verb not in told and (name := _name(reading, happening)):
                told.add(happening.verb)
                yield _event(reading, _statement(reading, mention), happening, name, dates)


def _event(
    reading: Reading, statement: Span, happening: _Happening, name: str, dates: tuple[date, date]
) -> Event:
    return Event(
        event_id=reading.key("e", happening.verb),
        article_id=reading.article_id,
        date_start=dates[0],
        date_end=dates[1],
        name=name,
        place_id=_place(reading, happening),
        quote=reading.text[slice(*statement)],
        text_start=statement[0],
        text_end=statement[1],
    )


class _Mention(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_M = TypeVar("_M", bound=_Mention)


def _within(mentions: Sequence[_M], low: int, high: int) -> Sequence[_M]:
    """The mentions, in reading order, that start in a stretch."""
    first = bisect_left(mentions, low, key=lambda mention: mention.start)
    return mentions[first : bisect_left(mentions, high, key=lambda mention: mention.start)]


def _dates_event(mention: PeriodMention, text: str) -> bool:
    """Whether a mention is a time at which something may take place: no bound, no stock, no comparison."""
    bounded = mention.text[0] in "到至" or mention.text[-1] == "前" or _NO_EVENT.match(text, mention.end)
    spans = mention.role is Role.SPAN and mention.precision in ("day", "month")
    return not bounded and (spans or mention.role in (Role.POINT, Role.TARGET, Role.VAGUE))


def _dates(reading: Reading, mention: PeriodMention) -> tuple[date, date] | None:
    """The days of a mention; of 近日 the month of the page, where no more than that is known of the page."""
    page = reading.anchor.extent
    if mention.role is Role.VAGUE and page and reading.anchor.precision == "month":
        return page.start, page.end
    return (mention.date_start, mention.date_end) if mention.date_start and mention.date_end else None


def _statement(reading: Reading, mention: PeriodMention) -> Span:
    """The sentence around a date, or the part of it between semicolons."""
    text = reading.text
    start, end = reading.sentence_span(mention.start)
    start = max((m.end() for m in _PART_END.finditer(text, start, mention.start)), default=start)
    start += len(text[start:end]) - len(text[start:end].lstrip(_CLOSED + " \u3000"))
    match = _PART_END.search(text, mention.end, max(end, mention.end))
    return min(start, mention.start), match.start() if match else max(end, mention.end)


def _clauses(text: str, start: int, end: int) -> Iterator[Span]:
    """The clauses of a stretch; commas within quotes and brackets part none."""
    depth, begun = 0, start
    for at in range(start, end):
        depth += (text[at] in _OPEN) - (text[at] in _CLOSED)
        if (text[at] in "，,：:" or text.startswith("——", at)) and depth <= 0:
            yield begun, at
            begun = at + 1
    yield begun, end


def _happenings(reading: Reading, mention: PeriodMention) -> Iterator[_Happening]:
    """What is said to have taken place: before a date that closes its clause (成立于…), else behind it."""
    start, end = _statement(reading, mention)
    start, end = max(start, mention.start - _REACH), min(end, mention.end + _REACH)
    begun = [*_clauses(reading.text, start, mention.start)][-1][0]
    closing = _PREPOSITION.search(reading.text, begun, mention.start)
    head = begun, closing.start() if closing else mention.start
    if closing and closing[0] == "于" and (verb := _verb(reading, mention, *head)) is not None:
        yield _Happening((head,), verb)
    else:
        yield from _behind(reading, mention, head, end)


def _behind(reading: Reading, mention: PeriodMention, head: Span, end: int) -> Iterator[_Happening]:
    """The first clause behind a date that has a verb of taking place, with its subject; of those that
    follow it, the ones with a subject of their own.
    """
    last, found = head, False
    clauses = _clauses(reading.text, mention.end, _next_date(reading, mention, end))
    for count, clause in enumerate(islice(clauses, _CLAUSES)):
        verb = _verb(reading, mention, *clause)
        own = _subject(reading, clause)
        if verb is not None and not found:
            subject = _filled(head) if not count else _subject(reading, last) if clause[0] == verb else None
            yield _Happening((subject, clause) if subject else (clause,), verb)
        elif verb is not None and own and own[1] <= verb:
            yield _Happening((clause,), verb)
        found = found or verb is not None
        last = clause if clause[0] < clause[1] else last


def _filled(span: Span) -> Span | None:
    return span if span[0] < span[1] else None


def _next_date(reading: Reading, mention: PeriodMention, end: int) -> int:
    """Where the next date opens a clause, if within the sentence: what follows is told of that one."""
    later = (m.start for m in _within(reading.periods, mention.end, end))
    return next((start for start in later if reading.text[start - 1] in "，,、"), end)


def _subject(reading: Reading, clause: Span) -> Span | None:
    """The place or body that opens a clause: whose the verb of the next one is."""
    opening = (clause[0], clause[0] + 1)
    bodies, places = _within(reading.organizations, *opening), _within(reading.places, *opening)
    named = [(body.start, body.end) for body in bodies] + [(place.start, place.end) for place in places]
    return max((span for span in named if span[1] <= clause[1]), default=None)


def _verb(reading: Reading, mention: PeriodMention, start: int, end: int) -> int | None:
    """Where the verb of a happening stands in a clause; none if it counts what was done in a year."""
    text = fold(reading.text[start:end])
    grain = _GRAINS.index(mention.precision) if mention.precision in _GRAINS else len(_GRAINS) - 1
    for verb in _verbs().finditer(text):
        if _MODIFIES.match(text, verb.end()) or _UNREAL.search(text[: verb.start()]):
            continue
        counted = (grain or not verb.start()) and _counts(reading, start + verb.end(), end)
        if counted or grain > _GRAINS.index(_grain()[verb[0]]):
            continue
        return start + verb.start()
    return None


def _counts(reading: Reading, start: int, end: int) -> bool:
    """Whether a figure stands in a stretch: 建成公路42公里 tells a year's work, no happening."""
    return bool(_within(reading.quantities, start, end))


def _name(reading: Reading, happening: _Happening) -> str | None:
    """The words of a happening, with the name of the place for 我市 and without what hangs loose; None where
    they are no entry of a calendar.
    """
    name = "".join(_named(reading, *piece) for piece in happening.pieces)
    name = _FILLER.sub("", name.strip("，,、：:—的 \u3000"))
    name = _balanced(_TAIL.sub("", _SITE.sub("", name)))
    whole = _SHORTEST <= len(name) <= _LONGEST and not _LOOSE.search(name)
    return name if whole and not _ANNOUNCES.match(name) else None


def _named(reading: Reading, start: int, end: int) -> str:
    """The text of a stretch in which 我市 and 全省 as its first word read as the place they mean."""
    first = next(iter(_within(reading.places, start, end)), None)
    if first is None or first.end > end or not first.place_id or not _is_deictic(reading, first):
        return reading.text[start:end]
    said = load_gazetteer().unit(first.place_id).name
    return reading.text[start : first.start] + said + reading.text[first.end : end]


def _is_deictic(reading: Reading, place: PlaceMention) -> bool:
    return reading.text[place.start] == "我" and place.end - place.start == 2


def _balanced(name: str) -> str:
    """A name without the quotation marks and brackets that lost their other half."""
    for left, right in zip(_OPEN, _CLOSED, strict=True):
        if name.count(left) != name.count(right):
            name = name.replace(left, "").replace(right, "")
    return name


def _site(reading: Reading, happening: _Happening) -> str | None:
    """The place that 在 leads right before the verb."""
    near = _within(reading.places, max(0, happening.verb - _SITE_REACH), happening.verb)
    sites = (
        p for p in near if p.start and reading.text[p.start - 1] in "在于於" and p.end >= happening.verb - 1
    )
    return next((place.place_id for place in sites), None)


def _place(reading: Reading, happening: _Happening) -> str | None:
    """The site right before the verb (在某镇召开), the place that opens the name, else the verb's own."""
    if site := _site(reading, happening):
        return site
    at, found = happening.pieces[0][0], None
    at += len(reading.text[at:]) - len(reading.text[at:].lstrip("，,、 "))
    for place in _within(reading.places, at, happening.pieces[0][1]):
        if place.start == at and place.place_id:
            at, found = place.end, place.place_id
    return found or place_at(happening.verb, reading.scene)
