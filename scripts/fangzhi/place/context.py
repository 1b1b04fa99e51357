"""What a page as a whole is about: the province, prefecture and county that its articles share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from operator import ne

from fangzhi.lexicons import read_lexicon, words
from fangzhi.model.codes import PlaceLevel
from fangzhi.place.abroad import is_abroad
from fangzhi.place.around import common_words
from fangzhi.place.find import find_places
from fangzhi.place.gazetteer import COUNTRY, level_of, load_gazetteer
from fangzhi.place.names import load_names
from fangzhi.place.resolve import PlaceContext, context_of, depth, highest
from fangzhi.text.fold import simplify
from fangzhi.text.text import Text

#: What a name in a headline counts for.
_TITLE = 3
#: The share of characters that are others than in simplified script, in a text in traditional script.
_TRADITIONAL = 0.1
#: One name alone says nothing of a page.
_FEW = 2
#: The share of the votes inside a unit that one of its parts needs to be what the page is about.
_SHARES = {PlaceLevel.PROVINCE: 0.5, PlaceLevel.PREFECTURE: 0.5, PlaceLevel.COUNTY: 0.7}


def page_context(texts: Sequence[Text], publisher: str | None, titles: Sequence[Text] = ()) -> PlaceContext:
    """The units that a page's texts and, more telling, its headlines mostly name, within the one that its
    newspaper is of."""
    votes = Counter(code for text in texts for code in (*_named(text), *_signs(text)))
    for title in titles:
        for code in _named(title):
            votes[code] += _TITLE
    home = publisher_code(publisher) if publisher else ""
    plain = "".join(text.simplified for text in (*titles, *texts))
    deepest = PlaceLevel.PROVINCE if _speaks_for_province(plain) else PlaceLevel.COUNTY
    return context_of(_descend(votes, home, deepest))


@cache
def _publishers() -> dict[str, str]:
    """Newspapers whose names tell no place, and the codes of theirs."""
    return {row["publisher"]: row["code"] for row in read_lexicon("place_publishers")}


def publisher_code(publisher: str) -> str:
    """The code of the unit that a newspaper is of, by its name or as is known; empty for others."""
    name = simplify(publisher).strip("《》 \n")
    if name in _publishers():
        return _publishers()[name]
    for found in load_names().at(name, 0):
        codes = [code for code in highest(found.codes) if len(code) == 6]
        if len(codes) == 1 and found.text not in common_words():
            return codes[0]
    return ""


@cache
def _sign() -> re.Pattern[str]:
    return re.compile("|".join(words("place_signs")))


def _signs(text: Text) -> Iterator[str]:
    """The codes of Hong Kong and Taiwan, as often as a text in traditional characters speaks of what only
    they have: 全港, 新臺幣."""
    changed = sum(map(ne, text.printed, text.simplified))
    if changed < _TRADITIONAL * len(text.printed) or not changed:
        return
    codes = {row["word"]: row["code"] for row in read_lexicon("place_signs")}
    for found in _sign().finditer(text.simplified):
        yield codes[found[0]]


def _named(text: Text) -> Iterator[str]:
    for mention in find_places(text, PlaceContext()):
        code = (mention.place_id or COUNTRY).removeprefix(COUNTRY)
        if code and not mention.deictic and not is_abroad(code):
            yield code


def _speaks_for_province(plain: str) -> bool:
    """Whether a page in simplified characters says 我省 rather than 我市 or 我县."""
    own = Counter[str]()
    for row in read_lexicon("place_deictics"):
        if row["reference"] == "own" and row["suffix"] != "国":
            own[row["suffix"]] += len(re.findall(row["word"], plain))
    return own["省"] * 2 > own.total()


def _descend(votes: Counter[str], home: str, deepest: PlaceLevel) -> str:
    """Down from the newspaper's own unit for as long as one part holds most of the votes."""
    gazetteer = load_gazetteer()
    code = home
    for level, share in _SHARES.items():
        inside = {c: n for c, n in votes.items() if c != code and gazetteer.within(c, code)}
        parts = Counter[str]()
        for c, n in inside.items():
            parts.update({above: n for above in gazetteer.lineage(c) if level_of(above) is level})
        best, count = max(parts.items(), key=lambda part: (part[1], part[0]), default=("", 0))
        if best and gazetteer.within(best, code) and count >= max(_FEW, share * sum(inside.values())):
            code = best
        if level is deepest:
            break
    return max((code, home), key=lambda c: depth(c) if c else 0)
