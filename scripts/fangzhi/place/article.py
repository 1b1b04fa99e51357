"""Which place an article is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from fangzhi.model.codes import PlaceLevel
from fangzhi.place.abroad import is_abroad, is_region
from fangzhi.place.find import find_places
from fangzhi.place.gazetteer import COUNTRY, level_of, load_gazetteer, place_id
from fangzhi.place.mention import PlaceMention
from fangzhi.place.resolve import PlaceContext
from fangzhi.place.standing import in_lists, in_name, is_elsewhere, is_site
from fangzhi.text.text import NO_TEXT, Text

#: What a mention counts for: in the headline, in the first sentence, further down.
_TITLE, _LEAD, _BODY = 6, 3, 1
#: The share of what is said inside a unit that one part needs for the article to be about that part.
_SHARE = 0.6
#: What naming the unit above takes from its parts: it is named for orientation as often as for itself.
_ABOVE = 0.7
#: So many parts of one unit, some named more than once: the article is about the whole, unless so much
#: of it is about one.
_SEVERAL, _MOST = 3, 0.7
#: News of the whole country is sent from there.
_CAPITAL = "110000"
_WORLD = "world"
_SENTENCE_END = re.compile(r"[。！？!?\n]")


def code_of(mention: PlaceMention) -> str:
    """The code of the place that a mention names; empty for the country and for one that is not known."""
    return (mention.place_id or COUNTRY).removeprefix(COUNTRY)


def article_place(headline: Text, text: Text, context: PlaceContext, dateline: Text = NO_TEXT) -> str | None:
    """The id of the lowest unit that most of an article's places lie in; None if it names none.

    The headline, the lead, the dateline of a reporter on the spot and the site of what happened tell most.
    """
    lead_end = _lead_end(text.printed)
    votes = Counter[str]()
    for mention in governing(headline.printed, find_places(headline, context)):
        votes[_administrative(code_of(mention))] += _TITLE if code_of(mention) else _BODY
    for mention in governing(text.printed, find_places(text, context, headline)):
        led = mention.start < lead_end and code_of(mention)
        site = led and is_site(text.simplified, mention)
        votes[_administrative(code_of(mention))] += _TITLE if site else _LEAD if led else _BODY
    for mention in find_places(dateline, context)[-1:]:
        if mention.place_id and code_of(mention) != _CAPITAL:
            votes[code_of(mention)] += _LEAD
    return _lowest(votes)


def _administrative(code: str) -> str:
    """The unit that a place is, or that an estate lies in."""
    return load_gazetteer().parent(code) if level_of(code) is PlaceLevel.LOCALITY else code


def governing(text: str, mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The mentions that say where things are: known, no destination, no list, no name in quotation marks."""
    lists = in_lists(text, mentions)
    return [
        m
        for m in mentions
        if m.place_id and m not in lists and not is_elsewhere(text, m) and not in_name(text, m)
    ]


def _lead_end(text: str) -> int:
    end = _SENTENCE_END.search(text)
    return end.end() if end else len(text)


def _line(code: str) -> list[str]:
    """A unit with those above it, up to the world."""
    return [*load_gazetteer().lineage(code), *([] if is_abroad(code) else [""]), _WORLD]


def _lowest(votes: Counter[str]) -> str | None:
    """Down from the world for as long as one part holds most of the votes."""
    lines = {code: _line(code) for code in votes if not is_region(code)}
    at = _WORLD
    while True:
        parts = Counter[str]()
        for code, line in lines.items():
            if at in line[1:]:
                parts[line[line.index(at) - 1]] += votes[code]
        best, count = max(parts.items(), key=lambda part: (part[1], part[0]), default=("", 0))
        said = sum(parts.values()) + votes[at] * _ABOVE
        several = len(parts) >= _SEVERAL and sum(n > 1 for n in parts.values()) > 1 and count < _MOST * said
        if count <= _SHARE * said or (at not in (_WORLD, "") and several):
            return None if at == _WORLD else place_id(at)
        at = best
