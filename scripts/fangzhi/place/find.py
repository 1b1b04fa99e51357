"""Finding the places that a text names, and those it points back to."""

from __future__ import annotations

from functools import lru_cache

from fangzhi.model.codes import PlaceLevel
from fangzhi.place.abroad import is_abroad
from fangzhi.place.gazetteer import COUNTRY, level_of, load_gazetteer
from fangzhi.place.mention import PlaceMention
from fangzhi.place.names import Form
from fangzhi.place.reader import Reader
from fangzhi.place.resolve import PlaceContext, context_of, depth
from fangzhi.text.text import NO_TEXT, Text

#: How the official names are written that say which units a text speaks of.
_OFFICIAL = frozenset({Form.FULL, Form.FORMER})


def _named(text: Text, context: PlaceContext, forms: frozenset[Form]) -> list[str]:
    reader = Reader(text, context, frozenset())
    reader.read(forms)
    return reader.codes


@lru_cache(maxsize=128)
def _find(text: Text, context: PlaceContext, headline: Text) -> tuple[PlaceMention, ...]:
    context = _own_context(headline, context)
    before = _named(headline, context, _OFFICIAL | {Form.VILLAGE})
    codes = {*before, *_named(text, context, _OFFICIAL)}
    named = frozenset(c for code in codes for c in load_gazetteer().lineage(code))
    return tuple(Reader(text, context, named, before).read(frozenset(Form)))


def _own_context(headline: Text, context: PlaceContext) -> PlaceContext:
    """The context of an article: the page's, unless its headline names but one other prefecture."""
    gazetteer, home = load_gazetteer(), context.codes()[:2][-1:]
    read = Reader(headline, context, frozenset(_named(headline, context, _OFFICIAL))).read(frozenset(Form))
    lines = [
        [*gazetteer.lineage((m.place_id or COUNTRY).removeprefix(COUNTRY))] for m in read if not m.deictic
    ]
    below = [
        line
        for line in lines
        if line and not is_abroad(line[0]) and level_of(line[0]) is not PlaceLevel.PROVINCE
    ]
    away = {next((c for c in line if level_of(c) is PlaceLevel.PREFECTURE), line[-1]) for line in below}
    if len(away) != 1 or not home or any(gazetteer.within(next(iter(away)), code) for code in home):
        return context
    return context_of(max((line[0] for line in below), key=depth))


def find_places(text: Text, context: PlaceContext, headline: Text = NO_TEXT) -> list[PlaceMention]:
    """The places that a text names or points back to, in order; offsets are those of the given text.

    Units that the headline above it names in full count as named before its first word.
    """
    return list(_find(text, context, headline))
