"""What a page as a whole is about: the province, prefecture and county that its articles share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from fangzhi.lexicons import read_lexicon
from fangzhi.model.codes import PlaceLevel
from fangzhi.place.find import common_words, find_places
from fangzhi.place.gazetteer import COUNTRY, level_of, load_gazetteer
from fangzhi.place.names import load_names
from fangzhi.place.resolve import PlaceContext, context_of, depth, highest
from fangzhi.text.fold import simplify
from fangzhi.text.text import Text

#: One name alone says nothing of a page.
_FEW = 2
#: The share of the votes inside a unit that one of its parts needs to be what the page is about.
_SHARES = {PlaceLevel.PROVINCE: 0.5, PlaceLevel.PREFECTURE: 0.5, PlaceLevel.COUNTY: 0.7}


def page_context(texts: Sequence[Text], publisher: str | None) -> PlaceContext:
    """The units that a page's texts mostly name, within the one that its newspaper is named after."""
    votes = Counter(code for text in texts for code in _named(text))
    home = publisher_code(publisher) if publisher else ""
    deepest = (
        PlaceLevel.PROVINCE
        if _speaks_for_province("".join(text.simplified for text in texts))
        else PlaceLevel.COUNTY
    )
    return context_of(_descend(votes, home, deepest))


def publisher_code(publisher: str) -> str:
    """The code of the unit that a newspaper is named after; empty for others."""
    name = simplify(publisher).strip("《》 \n")
    for found in load_names().at(name, 0):
        codes = [code for code in highest(found.codes) if len(code) == 6]
        if len(codes) == 1 and found.text not in common_words():
            return codes[0]
    return ""


def _named(text: Text) -> Iterator[str]:
    for mention in find_places(text, PlaceContext()):
        if mention.place_id and mention.place_id != COUNTRY and not mention.deictic:
            yield mention.place_id.removeprefix(COUNTRY)


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
