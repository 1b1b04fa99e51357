"""Whether what is read as a name is that of a system: what speaks for and against it, weighed.

The features are plain statements about a name and its use; their weights are learned from annotated pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from fangzhi.rank.weights import Features, load_weights, weigh
from fangzhi.system.formula import is_formula
from fangzhi.system.model import NamedSystem, Passage
from fangzhi.system.quoted import SHORT, is_set_up, kind_behind
from fangzhi.system.vocabulary import closing_kind, opens_name, role
from fangzhi.system.within import inner_name
from fangzhi.text.words import is_word, words

#: The choice in the lexicon of weights.
CHOICE = "system"
#: No more mentions of a name are looked at.
_MENTIONS = 6
#: A text of fewer characters does not tell what it is about.
_BRIEF = 200
#: How often in a thousand characters an article says that something is set up.
_LITTLE, _MUCH = 3, 15
#: A name of more characters is long.
_LONG = 12
#: A line shorter than this, without a full stop, is a heading.
_HEADING = 32
_QUOTED = re.compile(r"“([^“”]+)”")
_CALLED = re.compile(
    r"(?:称[之其它他]?[为作]|[名叫称][为作]|取名|命名|名叫|叫做|叫作|叫它|号称"
    r"|自[创制编]|[首独]创|创出|发明|研[发制]|改装|设计|制作|开发)[了出]?(?:的|为)?(?:一[\u4e00-\u9fff]{1,3})?$"
)
_PROPER = ("ns", "nz", "nt", "nr", "eng")
_PERSONAL = re.compile(r"[我你他她它咱啊吗呢吧了]|不[要能会是]")


def is_system(passage: Passage, system: NamedSystem) -> bool:
    """Whether more speaks for a name than against it."""
    return weigh(features(passage, system), load_weights(CHOICE)) > 0


def features(passage: Passage, system: NamedSystem) -> Features:
    """What is to be said of a name.

    What tells of how a name is used weighs otherwise where quotation marks print it as one.
    """
    form = "quoted" if "“" in passage.folded[system.start : system.end] else "plain"
    return frozenset(
        (
            form,
            f"read as {system.read_as}",
            _of_article(passage.folded),
            *_of_form(passage, system),
            *_of_words(passage, system),
            *(f"{form}: {said}" for said in _of_use(passage, system)),
            *_of_parts(system),
        )
    )


@lru_cache(maxsize=16)
def _of_article(text: str) -> str:
    """How much the article tells of what is set up: a match or an accident has little of it."""
    told = 1000 * sum(1 for _ in _founding().finditer(text)) / (len(text) + 1)
    if len(text) < _BRIEF:
        return "an article that sets some up"
    return f"an article that sets {'nothing' if told < _LITTLE else 'some' if told < _MUCH else 'much'} up"


@cache
def _founding() -> re.Pattern[str]:
    found = sorted((word for word in role("found") if len(word) > 1), key=lambda word: (-len(word), word))
    return re.compile("|".join(found))


def _of_form(passage: Passage, system: NamedSystem) -> Iterator[str]:
    """How the name is printed."""
    name = passage.folded[system.start : system.end]
    inner = inner_name(passage, system)
    quoted = "“" in name
    kind = closing_kind(name, inner=quoted)
    owned = passage.folded.startswith("的", system.end)
    behind = kind_behind(passage, system.end + owned)[1] if quoted and kind is None else None
    yield f"closes with a word to {kind.use}" if kind else "closes with no word for a kind"
    if kind and kind.word in role("ordinary"):
        yield "closes with a word of everyday use"
    if behind:
        yield "a word for its kind behind"
    if kind or behind:
        yield f"kind {system.kind.value}"
    if quoted and name[0] == "“" and name.endswith("”"):
        yield "all in quotation marks"
    if quoted and kind and not name.endswith("”"):
        yield "quoted, with a word for its kind"
    if is_formula(inner):
        yield "a formula"
    if not quoted:
        told = [w for w in words(name) if len(w.text) > 1 and w.text not in role("general")]
        yield f"{min(len(told), 4)} words that say something"
    length = len(re.sub(r"\W", "", name))
    if length > _LONG or (quoted and length <= SHORT):
        yield "a long name" if length > SHORT else "a short name"


def _of_words(passage: Passage, system: NamedSystem) -> Iterator[str]:
    """What words the name is made of."""
    name = passage.folded[system.start : system.end]
    inner = inner_name(passage, system)
    row = words(inner)
    kind = closing_kind(inner, inner=True)
    own = [
        w
        for w in row
        if w.text not in role("general") and w.end <= len(inner) - len(kind.word if kind else "")
    ]
    said = {
        "known throughout the country": any(word in name for word in role("national")),
        "a figure of speech": inner in role("metaphor"),
        "a word of the dictionary": is_word(inner) and not system.is_row,
        "has a word of speech": bool(_PERSONAL.search(inner)),
        "has 的": "的" in name,
        "opens with a verb": row[0].is_verb or (len(row[0].text) > 1 and opens_name(row[0].text)),
        "opens with a general word": row[0].text in role("general"),
        "has a verb": any(word.tag == "v" and word.text not in role("inward") for word in row[1:]),
        "has a proper name": any(word.tag in _PROPER for word in row),
        "has a word not in the dictionary": any(not is_word(w.text) for w in row if len(w.text) > 1),
        "all words general": not own and not system.is_row,
    }
    yield from (what for what, holds in said.items() if holds)


def _of_use(passage: Passage, system: NamedSystem) -> Iterator[str]:
    """How the name is used, in all its mentions."""
    found = list(_mentions(passage, system))
    if any(is_set_up(passage, at) for at in found):
        yield "set up by a verb"
    if any(is_set_up(passage, at, 4) for at in found):
        yield "set up right before"
    if any(_CALLED.search(passage.folded, max(0, at - 10), at) for at in found):
        yield "called so"
    if any(passage.clause(at)[0] == at for at in found):
        yield "opens a clause"
    if len(found) > 1:
        yield "more than once" if len(found) < 4 else "often"
    if any(_is_heading(passage, at) for at in found):
        yield "in a heading"
    yield from _around(passage, system)


def _is_heading(passage: Passage, at: int) -> bool:
    """Whether a short line without a full stop stands at an offset."""
    start = passage.folded.rfind("\n", 0, at) + 1
    end = passage.folded.find("\n", at)
    line = passage.folded[start : end if end >= 0 else len(passage.folded)]
    return len(line) < _HEADING and line[-1:] not in "。!?;"


def _around(passage: Passage, system: NamedSystem) -> Iterator[str]:
    """What stands right around the first mention."""
    start, end = system.start, system.end
    before, after = passage.masked[start - 1 : start], passage.masked[end : end + 1]
    if "、" in (before, after):
        yield "in a row"
    if after == "的":
        yield "owns what follows"
    if before == "的":
        yield "owned by what stands before"
    row = words(passage.masked[end : end + 6])
    if row and row[0].text in role("refuse"):
        yield "a word for a slogan behind"
    if any(word.text in role("founded") for word in row[:2]):
        yield "comes about"
    if row and row[0].is_noun and after != "”":
        yield "a noun right behind"
    clause = words(passage.masked[slice(*passage.sentence(start))])
    if any(word.tag in ("ns", "nt") for word in clause):
        yield "a place or body in its sentence"


def _mentions(passage: Passage, system: NamedSystem) -> Iterator[int]:
    """Where the name, or what of it stands in quotation marks, begins: the first mentions."""
    name = passage.folded[system.start : system.end]
    match = _QUOTED.search(name)
    said = match[0] if match else name
    at = passage.folded.find(said)
    for _ in range(_MENTIONS):
        if at < 0:
            return
        yield at
        at = passage.folded.find(said, at + len(said))


def _of_parts(system: NamedSystem) -> Iterator[str]:
    """What parts the text tells of it."""
    told = [part for part in system.parts if not (system.start <= part.start < system.end)]
    if system.declared and system.declared == len(system.parts):
        yield "as many parts as its name says"
    if len(told) > 1:
        yield "parts told"
    if system.is_row:
        yield "a row of its parts"
