"""Whose figure it is: the name that opens the sentence it stands in."""

from __future__ import annotations

import re

from fangzhi.text.words import words

_OPEN = re.compile(r"[。！？!?\n;；]")
_LONGEST = 16


def subject_at(text: str, position: int) -> str | None:
    """The nouns before the first verb of the sentence, where they name somebody; None otherwise."""
    start = max((m.end() for m in _OPEN.finditer(text, max(0, position - 200), position)), default=0)
    for clause in re.finditer(r"[^,，:：]+", text[start:position]):
        if name := _leading_name(clause[0]):
            return name
    return None


def _leading_name(clause: str) -> str | None:
    found = ""
    named = False
    for word in words(clause):
        if not (word.is_noun or word.tag in ("nr", "k", "f")):
            break
        named = named or word.tag in ("ns", "nt", "nz", "nr")
        found = clause[: word.end]
    else:
        return None
    return found if named and 2 <= len(found) <= _LONGEST else None
