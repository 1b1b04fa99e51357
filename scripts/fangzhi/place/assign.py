"""Which place an article is about, and which place a figure in it belongs to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from fangzhi.lexicons import read_lexicon
from fangzhi.model.codes import PlaceLevel
from fangzhi.place.find import find_places
from fangzhi.place.gazetteer import COUNTRY, level_of, load_gazetteer, place_id
from fangzhi.place.mention import PlaceMention
from fangzhi.place.resolve import PlaceContext, depth
from fangzhi.text.fold import fold
from fangzhi.text.text import Text

#: What a mention counts for: in the headline, in the first sentence, further down.
_TITLE, _LEAD, _BODY = 6, 3, 1
#: The share of what is said inside a unit that one part needs for the article to be about that part.
_SHARE = 0.6
#: What naming the unit above takes from its parts: it is named for orientation as often as for itself.
_ABOVE = 0.7
#: So many parts of one unit, some named more than once: the article is about the whole, unless so much
#: of it is about one.
_SEVERAL, _MOST = 3, 0.7
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_CLAUSE_END = re.compile(r"[。！？!?\n，,；;：:、—]")
#: Ends of a clause that holds its lists whole.
_STRETCH_END = re.compile(r"[。！？!?\n，,；;：:—]")
#: How far back a figure's place is looked for, and how far on a list may continue, in characters.
_FAR, _NEXT = 1000, 40
#: How many sentences on a place that leads one is still spoken of.
_FRAMED = 2
#: More names, the last before 等.
_AMONG = re.compile(r"(?:、[^，,。；;、\n]{1,12}){1,8}?等")
#: Characters of a time that may stand before a place that opens a clause.
_TIME = "0-9年月日季度今去前明昨至到以来底末初“”十四五三期间截止目近"
_COUNTY = list(PlaceLevel).index(PlaceLevel.COUNTY)
_JOINTS = frozenset("、和及与")
#: What joins places of which something is said together; 与 may be what one is compared with or lies at.
_LISTED = frozenset("、和及")


@cache
def _cue(side: str) -> re.Pattern[str]:
    found = "|".join(row["word"] for row in read_lexicon("place_cues") if row["side"] == side)
    return re.compile(rf"(?:{found})\Z" if side == "before" else f"(?:{found})")


def is_elsewhere(text: str, mention: PlaceMention) -> bool:
    """Whether a mention is only where somebody goes, comes from or looks to: 赴文水县观摩."""
    before, after = text[max(0, mention.start - 5) : mention.start], text[mention.end : mention.end + 8]
    return bool(_cue("before").search(before) or _cue("after").match(after))


def _code(mention: PlaceMention) -> str:
    return (mention.place_id or COUNTRY).removeprefix(COUNTRY)


def article_place(headline: Text, text: Text, context: PlaceContext) -> str | None:
    """The id of the lowest unit that most of an article's places lie in; None if it names none."""
    lead_end = _lead_end(text.printed)
    votes = Counter[str]()
    for mention in _governing(headline.printed, find_places(headline, context)):
        votes[_administrative(_code(mention))] += _TITLE if _code(mention) else _BODY
    for mention in _governing(text.printed, find_places(text, context, headline)):
        led = mention.start < lead_end and _code(mention)
        votes[_administrative(_code(mention))] += _LEAD if led else _BODY
    return _lowest(votes)


def _administrative(code: str) -> str:
    """The unit that a place is, or that an estate lies in."""
    return load_gazetteer().parent(code) if level_of(code) is PlaceLevel.LOCALITY else code


def _governing(text: str, mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The mentions that say where things are: known, no destination, no list, no name in quotation marks."""
    lists = _in_lists(text, mentions)
    return [
        m
        for m in mentions
        if m.place_id and m not in lists and not is_elsewhere(text, m) and not _in_name(text, m)
    ]


def _in_lists(text: str, mentions: Sequence[PlaceMention]) -> set[PlaceMention]:
    """Mentions side by side with others, known or not: 北京、天津、山东等地, 北京、巴黎等城市."""
    found = {m for m in mentions if _AMONG.match(text, m.end)}
    for one, other in pairwise(mentions):
        if text[one.end : other.start] in _LISTED:
            found |= {one, other}
    return found


def _in_name(text: str, mention: PlaceMention) -> bool:
    """Whether it opens a name in quotation marks: “天镇保姆”, 《山西日报》."""
    return text[max(0, mention.start - 1) : mention.start] in set("“《「『‘") and not mention.deictic


def _lead_end(text: str) -> int:
    end = _SENTENCE_END.search(text)
    return end.end() if end else len(text)


def _lowest(votes: Counter[str]) -> str | None:
    """Down from the country for as long as one part holds most of the votes."""
    if not votes:
        return None
    gazetteer, code = load_gazetteer(), ""
    while True:
        inside = Counter({c: n for c, n in votes.items() if gazetteer.within(c, code)})
        parts = Counter[str]()
        for c, n in inside.items():
            line = [*gazetteer.lineage(c), ""]
            if c != code:
                parts[line[line.index(code) - 1]] += n
        best, count = max(parts.items(), key=lambda part: (part[1], part[0]), default=("", 0))
        said = sum(parts.values()) + inside[code] * _ABOVE
        several = len(parts) >= _SEVERAL and sum(n > 1 for n in parts.values()) > 1 and count < _MOST * said
        if not best or count <= _SHARE * said or (code and several):
            return place_id(code)
        code = best


def place_at(
    position: int, text: str, mentions: Sequence[PlaceMention], article_place_id: str | None
) -> str | None:
    """The id of the place that a figure at a position belongs to: a governing mention's, else the article's.

    What opens a clause of the figure's sentence governs before what stands inside one, that before what
    opened a sentence just before, in the paragraph or as the village or township of the last one; within
    its reach, the part named in the figure's own clause is meant. Several places in a list have no figure
    together, unless they lie in the article's own. None of them is where somebody goes or comes from.
    """
    sentence = _after_last(_SENTENCE_END, text, position)
    clause = _after_last(_STRETCH_END, text, position)
    paragraph = max(text.rfind("\n", 0, position) + 1, position - _FAR)
    nearby = [m for m in mentions if paragraph <= m.start < position + _NEXT]
    known = [m for m in _governing(text, nearby) if m.end <= position and _reaches(text, m, position)]
    here = [m for m in known if m.start >= sentence]
    leading = [m for m in known if leads(text, m) and _frames(text, m, position)]
    opener = ([m for m in leading if m.start >= sentence] or here or leading)[-1:]
    several = _several(text, [m for m in nearby if sentence <= m.start and m.end <= position], clause)
    if several and not (opener and opener[0].start > several[0].start):
        return article_place_id if all(_within(m.place_id, article_place_id) for m in several) else None
    if not opener and text[paragraph - 1 : paragraph] == "\n":
        opener = _carried(text, mentions, paragraph, article_place_id)
    parts = [m for m in here if m.start >= clause and opener and _within(m.place_id, opener[0].place_id)]
    return (parts or opener)[-1].place_id if opener else article_place_id


def _within(place: str | None, above: str | None) -> bool:
    """Whether a place lies in another or is it."""
    return load_gazetteer().within((place or COUNTRY)[len(COUNTRY) :], (above or COUNTRY)[len(COUNTRY) :])


def _several(text: str, before: Sequence[PlaceMention], clause: int) -> list[PlaceMention]:
    """The last places listed where a sentence says of whom, or its clause from an offset on says where:
    平舆县和新蔡县共…, 在北京、天津等."""
    runs: list[list[PlaceMention]] = []
    for mention in before:
        if runs and text[runs[-1][-1].end : mention.start] in _LISTED:
            runs[-1].append(mention)
        else:
            runs.append([mention])
    lists = [run for run in runs if len(run) > 1 and _says_where(text, run[0].start, clause)]
    return lists[-1] if lists else []


def _says_where(text: str, start: int, clause: int) -> bool:
    opens = _after_last(_STRETCH_END, text, start) == start
    return opens or (start >= clause and text[start - 1 : start] in ("在", "于"))


def _carried(
    text: str, mentions: Sequence[PlaceMention], paragraph: int, article_place_id: str | None
) -> list[PlaceMention]:
    """The village or township that the paragraph before spoke of last, in an article about one county."""
    if depth((article_place_id or COUNTRY)[len(COUNTRY) :]) < _COUNTY:
        return []
    before = text.rfind("\n", 0, max(0, paragraph - 1)) + 1
    last = [m for m in mentions if before <= m.start < paragraph]
    return [m for m in _governing(text, last) if leads(text, m) and depth(_code(m)) > _COUNTY][-1:]


def shared_out(
    text: str, mentions: Sequence[PlaceMention], figures: Sequence[tuple[int, int]]
) -> dict[int, str | None]:
    """Places by the start of the figures that 分别 shares out among them: 甲县、乙县分别增长5%和6%."""
    found: dict[int, str | None] = {}
    for word in re.finditer("分别|分別", text):
        sentence = _after_last(_SENTENCE_END, text, word.start())
        places = _several(
            text, [m for m in mentions if sentence <= m.start and m.end <= word.start()], sentence
        )
        run = _joined(text, [f for f in figures if word.end() <= f[0]])
        if places and len(run) == len(places) and not _SENTENCE_END.search(text, word.end(), run[0][0]):
            found |= {figure[0]: place.place_id for figure, place in zip(run, places, strict=True)}
    return found


def _joined(text: str, figures: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The figures up to the first that does not follow the one before it in a list."""
    run = list(figures[:1])
    for one, other in pairwise(figures):
        if text[one[1] : other[0]] not in _JOINTS:
            break
        run.append(other)
    return run


def _reaches(text: str, mention: PlaceMention, position: int) -> bool:
    """The country governs a figure only within its clause: 全国LED行业的龙头 says nothing of what follows."""
    return bool(_code(mention)) or not _CLAUSE_END.search(text, mention.end, position)


def _frames(text: str, mention: PlaceMention, position: int) -> bool:
    """Whether a mention that leads a sentence still frames what is said right behind it."""
    return len(_SENTENCE_END.findall(text, mention.end, position)) <= _FRAMED


def _after_last(pattern: re.Pattern[str], text: str, position: int) -> int:
    """Where the sentence or clause around a position begins, or as far back as is looked."""
    first = max(0, position - _FAR)
    return max((found.end() for found in pattern.finditer(text, first, position)), default=first)


def leads(text: str, mention: PlaceMention) -> bool:
    """Whether a mention stands at the start of its clause, as the subject would."""
    start = _after_last(_CLAUSE_END, text, mention.start)
    return bool(_leader().fullmatch(fold(text[start : mention.start])))


@cache
def _leader() -> re.Pattern[str]:
    """What may stand before a place that opens a clause: a time, a joining word, what the place is like."""
    traits = "|".join(row["word"] for row in read_lexicon("place_cues") if row["side"] == "trait")
    return re.compile(rf"(?:其中)?(?:[{_TIME}]{{0,12}}|.{{0,2}})(?:(?:{traits}).{{1,12}}的)?")
