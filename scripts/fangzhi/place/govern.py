"""What governs a figure by the order of its sentence: what leads, stands in its clause or in a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fangzhi.model.codes import PlaceLevel
from fangzhi.place.abroad import is_region
from fangzhi.place.gazetteer import COUNTRY, load_gazetteer, place_id
from fangzhi.place.resolve import depth
from fangzhi.place.scene import Scene, Told
from fangzhi.place.standing import FAR, LISTED, after_last

_SENTENCE_END = re.compile(r"[。！？!?\n]")
_CLAUSE_END = re.compile(r"[。！？!?\n，,；;：:、—]")
#: Ends of a clause that holds its lists whole.
_STRETCH_END = re.compile(r"[。！？!?\n，,；;：:—]")
#: How many sentences on a place that leads one is still spoken of.
_FRAMED = 2
#: What stands before the place that something is done in or for.
_TOWARDS = re.compile("[在于到为为向给至]$|落户$|帮助$|援助$")
#: A bracket that closes, and none that opened before it.
_CLOSED = re.compile(r"[^（(]*[）)]")
_COUNTY = list(PlaceLevel).index(PlaceLevel.COUNTY)


def common(places: Sequence[str | None]) -> str | None:
    """The lowest unit that all of some known places lie in; None if there is none but the country."""
    codes = [place.removeprefix(COUNTRY) for place in places if place]
    lines = [list(load_gazetteer().lineage(code)) for code in codes]
    if not lines or len(lines) < len(places):
        return None
    shared = (code for code in lines[0] if all(code in line for line in lines))
    return next(map(place_id, shared), None)


def within(place: str | None, above: str | None) -> bool:
    """Whether a place lies in another or is it."""
    codes = ((unit or COUNTRY).removeprefix(COUNTRY) for unit in (place, above))
    return load_gazetteer().within(*codes)


def governor(position: int, scene: Scene) -> str | None:
    """The id of the place that governs a position by where it is named; None if none does.

    What opens a clause of the sentence governs before what stands inside one, that before what opened a
    sentence just before, in the paragraph or as the village or township of the last one; within its reach,
    the part named in the position's own clause is meant. None of them is where somebody goes or comes from.
    """
    sentence = after_last(_SENTENCE_END, scene.text, position)
    paragraph = scene.paragraph_start(position)
    near = scene.between(max(paragraph, position - FAR), position)
    known = [t for t in near if may_govern(t, position, scene)]
    here = [t for t in known if t.start >= sentence]
    if not all(t.gives for t in here):
        known = [t for t in known if not t.gives]
        here = [t for t in known if t.start >= sentence]
    leading = [t for t in known if t.leads and _frames(scene, t, position)]
    opener = ([t for t in leading if t.start >= sentence] or here or leading)[-1:]
    if not opener:
        opener = carried(scene, paragraph)[-1:]
    clause = scene.clause(position)
    parts = [
        t
        for t in here
        if scene.clause(t.start) == clause and opener and within(t.place_id, opener[0].place_id)
    ]
    return (parts or opener)[-1].place_id if opener else None


def receiver(position: int, scene: Scene) -> str | None:
    """The id of the place behind a figure, in its sentence, where what is given goes, if only who gives is
    named before it: 某市一家公司投资2亿元在某县建厂."""
    text, start = scene.text, after_last(_SENTENCE_END, scene.text, position)
    here = [t for t in scene.between(start, position) if may_govern(t, position, scene)]
    if not here or not all(t.gives for t in here):
        return None
    end = _SENTENCE_END.search(text, position)
    behind = scene.between(position, end.start() if end else len(text))
    there = (t for t in behind if t.governs and not t.gives and t.code)
    return next((t.place_id for t in there if _TOWARDS.search(text, max(0, t.start - 2), t.start)), None)


def carried(scene: Scene, paragraph: int) -> list[Told]:
    """The villages and townships that led in the paragraph before one that begins at an offset, in an article
    about one county."""
    if not paragraph or not scene.article or depth(scene.article.removeprefix(COUNTRY)) < _COUNTY:
        return []
    last = scene.between(scene.paragraph_start(paragraph - 1), paragraph)
    return [t for t in last if t.governs and t.leads and depth(t.code) > _COUNTY]


def may_govern(told: Told, position: int, scene: Scene) -> bool:
    """Whether nothing keeps a mention before a position from saying where that is. The country and the world
    govern only within their clause: 全国LED行业的龙头 says nothing of what follows."""
    if not told.governs or told.end > position:
        return False
    if _CLOSED.match(scene.text, told.end, position):
        return False  # what stands in brackets says nothing of what follows them
    wide = told.code == "" or is_region(told.code)
    return not (wide and _CLAUSE_END.search(scene.text, told.end, position))


def _frames(scene: Scene, told: Told, position: int) -> bool:
    """Whether a mention that leads a sentence still frames what is said right behind it."""
    return scene.sentence(position) - scene.sentence(told.end) <= _FRAMED


def together(position: int, scene: Scene) -> list[str | None]:
    """The last places listed of which a sentence speaks together up to a position, or its clause says where;
    none if another place leads behind them: 平舆县和新蔡县共…, 在北京、天津等."""
    text, sentence = scene.text, after_last(_SENTENCE_END, scene.text, position)
    start = max(sentence, scene.paragraph_start(position), position - FAR)
    before = [m for m in scene.mentions if start <= m.start and m.end <= position]
    runs: list[list[int]] = []
    for i, mention in enumerate(before):
        joined = runs and text[before[i - 1].end : mention.start] in LISTED
        runs = [*runs[:-1], [*runs[-1], i]] if joined else [*runs, [i]]
    clause = after_last(_STRETCH_END, text, position)
    lists = [run for run in runs if len(run) > 1 and _says_where(text, before[run[0]].start, clause)]
    if not lists:
        return []
    first = before[lists[-1][0]].start
    if any(t.start > first and t.governs and t.end <= position for t in scene.between(first, position)):
        return []
    return [before[i].place_id for i in lists[-1]]


def _says_where(text: str, start: int, clause: int) -> bool:
    opens = after_last(_STRETCH_END, text, start) == start
    return opens or (start >= clause and text[start - 1 : start] in ("在", "于"))
