"""Words that point to a place without naming it: 我市, 全县, 该村, and bodies of an unnamed one: 县教育局."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from fangzhi.lexicons import read_lexicon, words
from fangzhi.place.gazetteer import COUNTRY, Gazetteer, is_local, level_of, locality_suffixes
from fangzhi.place.mention import PlaceMention

#: How many named units back a pointer may refer.
_LOOK_BACK = 100
#: A body named by the kind of its place alone. Its words hold no particle and no other kind of place.
_BODY = re.compile(
    r"(?P<suffix>[省市县区州旗盟])(?:(?![的了在到从将把对等各全有是为省市县区镇乡村])[\u4e00-\u9fff]){2,12}?(?:局|厅|办|委|署)"
    r"(?=[局厅]长|主任|副|党|相关|有关|负责|工作人员|联合|会同|等|介绍|表示|获悉|[,，。、])"
)


@dataclass(frozen=True)
class Pointer:
    """A pointing word up to ``end``: the suffix of the unit's name, whose it is, and if it is a body's."""

    end: int
    suffix: str
    reference: str
    body: bool = False


@cache
def _words() -> re.Pattern[str]:
    return re.compile("|".join(words("place_deictics")))


@cache
def _meanings() -> dict[str, tuple[str, str]]:
    return {row["word"]: (row["suffix"], row["reference"]) for row in read_lexicon("place_deictics")}


@cache
def _openers() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted({word[0] for word in _meanings()}))}省市县区州旗盟]")


def pointing_starts(plain: str) -> frozenset[int]:
    """Where in a simplified text a pointing word may begin: the characters that one begins with."""
    return frozenset(match.start() for match in _openers().finditer(plain))


def pointer_at(plain: str, start: int, boundaries: frozenset[int]) -> Pointer | None:
    """The pointing word that stands at a position of a simplified text whose words end at ``boundaries``."""
    found = _words().match(plain, start)
    if found and {start, found.end()} <= boundaries:
        return Pointer(found.end(), *_meanings()[found[0]])
    body = _BODY.match(plain, start)
    if body and {start, start + 1} <= boundaries:
        return Pointer(body.end(), body["suffix"], "last", True)
    return None


@dataclass(frozen=True)
class Lines:
    """The units that a pointer may mean: codes of the context, of the headline, of what was named so far."""

    gazetteer: Gazetteer
    here: Sequence[str]
    before: Sequence[str]
    named: Sequence[str]

    def candidates(self, pointer: Pointer) -> Iterator[str]:
        """Codes in the order in which they are likely: the page's own for 我市, the last named for 全县."""
        within = self.gazetteer.within
        own = list(self._lines(self.here[:1]))
        last = list(self._lines(dict.fromkeys(self.named[:-_LOOK_BACK:-1])))
        home = self.here[:2][-1:] if self.here else [""]
        near = (c for c in last if within(c, home[0]) or within(home[0], c))
        if is_local(locality_suffixes().get(pointer.suffix)):
            yield from self.before
        if pointer.reference != "own":
            yield from near
        yield from (*own, *last)

    def _lines(self, codes: Sequence[str] | dict[str, None]) -> dict[str, None]:
        return dict.fromkeys(c for code in codes for c in self.gazetteer.lineage(code))


@cache
def _speech() -> re.Pattern[str]:
    verbs = (row["word"] for row in read_lexicon("person_followers") if row["use"] == "speech")
    return re.compile("|".join(sorted(verbs)))


def speakers_code(plain: str, mentions: Sequence[PlaceMention], start: int) -> str | None:
    """The code of the place whose official says 我市 at a position: 福安市…局长说,我市…; None for others."""
    sentence = max(plain.rfind(end, 0, start) for end in "。！？!?\n") + 1
    said = [m for m in mentions if m.start == sentence and not m.deictic]
    code = (said[0].place_id or "").removeprefix(COUNTRY) if said else ""
    return code if code and _speech().search(plain, said[0].end, start) else None


def is_called(
    code: str, suffix: str, official: Callable[[str], str], written: Callable[[str], str | None]
) -> bool:
    """Whether a unit's name ends so, officially or as the text writes it; 区 ends no 社区 or 小区."""
    if is_local(locality_suffixes().get(suffix)) != is_local(level_of(code)):
        return False
    return any(re.search(rf"(?<!地){suffix}$", name) for name in (official(code), written(code) or ""))
