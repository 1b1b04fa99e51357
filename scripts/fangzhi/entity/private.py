"""What is told of one person, so that it is no figure of a place or a body: 村民王某去年收入8万元.

Private persons become no rows. They are looked for only to keep apart what is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from fangzhi.entity.names import addressed_end, any_of, full_name, is_verb_at, name_end, speech
from fangzhi.lexicons import words as lexicon_words
from fangzhi.text.text import Text
from fangzhi.text.words import is_word

#: Behind a name: several people, or a part of another word.
_SEVERAL = re.compile("等|们|[、和与]|为代表")
#: One person as the subject of a clause; 我们, 他们 and 我县 are several.
_PRONOUN = re.compile(
    r"(?:^|(?<=[,。:;!?“\n]))(?:[0-9今去前明年月日后来如现在当时目]{0,6})"
    r"(?P<name>[他她]|我(?=家|在|种|养|买|卖|的|一|每|从|有|就|和老伴|去年|今年|现在))(?![们国省市县区州旗盟镇乡村校院局公])"
)
#: How many characters after a name a verb of speech may stand: 王某笑着说.
_ADVERBS = 4


@cache
def _private() -> re.Pattern[str]:
    return re.compile(any_of(lexicon_words("person_private")))


@cache
def _withheld() -> re.Pattern[str]:
    """A surname whose given name is withheld: 王某, 张某某; not 某些 or 某镇."""
    surnames = any_of(lexicon_words("person_surnames", "surname"))
    return re.compile(rf"(?:{surnames})某某?(?![某些种个一年月日地省市县区镇乡村校厂公])")


@cache
def _opening() -> re.Pattern[str]:
    """Where a clause opens, or what somebody is like ends: 李某,男; 家住县城的王大姐."""
    return re.compile(r"(?:^|(?<=[,。:;!?“\n的]))(?=[\u4e00-\u9fff])")


class _Names:
    """Names to be met again."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)
        self._lengths = sorted({len(name) for name in self._names}, reverse=True)

    def end(self, folded: str, start: int) -> int | None:
        """Where the longest of them that stands at a position ends."""
        ends = (start + length for length in self._lengths)
        return next((end for end in ends if folded[start:end] in self._names), None)


def private_people(text: Text) -> list[tuple[int, int]]:
    """Where the names of private persons stand: behind what makes them private, with the given name withheld,
    and where a name so known opens a clause again."""
    folded = text.folded
    named = [(m.end(), _person_end(folded, m.end())) for m in _private().finditer(folded)]
    spans = {(start, end) for start, end in named if end}
    spans |= {m.span() for m in _withheld().finditer(folded) if not _SEVERAL.match(folded, m.end())}
    again = _Names(folded[start:end] for start, end in spans if end - start > 2)
    for found in _opening().finditer(folded):
        end = addressed_end(folded, found.start()) or again.end(folded, found.start())
        if end and not _SEVERAL.match(folded, end):
            spans.add((found.start(), end))
    return sorted(spans)


def private_subjects(text: Text) -> list[tuple[int, int]]:
    """Where one private person stands of whom something is told: by name, by a pronoun; not who is only
    quoted."""
    folded = text.folded
    spans = [*private_people(text), *(m.span("name") for m in _PRONOUN.finditer(folded))]
    return sorted((start, end) for start, end in spans if not _is_quoted(folded, end))


def _person_end(folded: str, start: int) -> int | None:
    end = addressed_end(folded, start) or name_end(folded, start) or _doer_end(folded, start)
    return None if end is None or _SEVERAL.match(folded, end) else end


def _doer_end(folded: str, start: int) -> int | None:
    """Where a name of three characters ends before a verb, whichever way the tagger cuts: 周大贵种了."""
    found = full_name().match(folded, start)
    doing = found and is_verb_at(folded, found.end())
    everyday = found and any(map(is_word, (found[0], found[0][:2])))
    return found.end() if found and doing and not everyday else None


def _is_quoted(folded: str, end: int) -> bool:
    return bool(speech().search(folded, end, end + _ADVERBS))
