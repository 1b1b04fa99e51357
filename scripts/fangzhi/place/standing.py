"""How a place that is named stands in its clause: at its head, in a list or a name, as somewhere else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from fangzhi.lexicons import read_lexicon
from fangzhi.place.mention import PlaceMention
from fangzhi.text.fold import fold

_CLAUSE_END = re.compile(r"[。！？!?\n，,；;：:、—]")
#: How far back the beginning of a clause or sentence is looked for, in characters.
FAR = 1000
#: More names, the last before 等.
_AMONG = re.compile(r"(?:、[^，,。；;、\n]{1,12}){1,8}?等")
#: Characters of a time that may stand before a place that opens a clause.
_TIME = "0-9年月日季度今去前明昨至到以来底末初“”十四五三期间截止目近"
#: What joins places of which something is said together; 与 may be what one is compared with or lies at.
LISTED = frozenset("、和及")


@cache
def _cue(side: str) -> re.Pattern[str]:
    found = "|".join(row["word"] for row in read_lexicon("place_cues") if row["side"] == side)
    return re.compile(rf"(?:{found})\Z" if side == "before" else f"(?:{found})")


def is_elsewhere(text: str, mention: PlaceMention) -> bool:
    """Whether a mention is only where somebody goes, comes from or looks to: 赴文水县观摩."""
    before, after = text[max(0, mention.start - 5) : mention.start], text[mention.end : mention.end + 8]
    return bool(_cue("before").search(before) or _cue("after").match(after))


def gives(text: str, mention: PlaceMention) -> bool:
    """Whether it is the place of who gives, or of a company, which may well be at work elsewhere."""
    return bool(_cue("giver").match(text, mention.end)) and not mention.deictic


def is_site(text: str, mention: PlaceMention) -> bool:
    """Whether something is said to happen there: 花垣县城附近发生…."""
    return bool(_cue("site").match(text, mention.end))


def in_lists(text: str, mentions: Sequence[PlaceMention]) -> set[PlaceMention]:
    """Mentions side by side with others, known or not: 北京、天津、山东等地, 北京、巴黎等城市."""
    found = {m for m in mentions if _AMONG.match(text, m.end)}
    for one, other in pairwise(mentions):
        if text[one.end : other.start] in LISTED:
            found |= {one, other}
    return found


def in_name(text: str, mention: PlaceMention) -> bool:
    """Whether it opens a name in quotation marks: “天镇保姆”, 《山西日报》."""
    return text[max(0, mention.start - 1) : mention.start] in set("“《「『‘") and not mention.deictic


def after_last(pattern: re.Pattern[str], text: str, position: int) -> int:
    """Where the sentence or clause around a position begins, or as far back as is looked."""
    first = max(0, position - FAR)
    return max((found.end() for found in pattern.finditer(text, first, position)), default=first)


def leads(text: str, mention: PlaceMention) -> bool:
    """Whether a mention stands at the start of its clause, as the subject would."""
    start = after_last(_CLAUSE_END, text, mention.start)
    return bool(_leader().fullmatch(fold(text[start : mention.start])))


@cache
def _leader() -> re.Pattern[str]:
    """What may stand before a place that opens a clause: a time, a joining word, what the place is like."""
    traits = "|".join(row["word"] for row in read_lexicon("place_cues") if row["side"] == "trait")
    return re.compile(rf"(?:其中)?(?:[{_TIME}]{{0,12}}|.{{0,2}})(?:(?:{traits}).{{1,12}}的)?")
