"""What a measure is about: its words without those that tell no two measures apart."""

from __future__ import annotations

import re
from functools import lru_cache

from fangzhi.audit.words import listed, one_of
from fangzhi.text.fold import fold
from fangzhi.text.words import words


@lru_cache(maxsize=65536)
def thing(measure: str) -> str:
    """What a measure is of, folded: 教职工 for 全县教职工人数, as the unit says what is counted."""
    bare = re.sub(rf"(?<=.){one_of('counting')}+$", "", fold(measure))
    return re.sub(rf"^{one_of('scope')}(?=..)", "", bare)


@lru_cache(maxsize=65536)
def content(measure: str) -> frozenset[str]:
    """The telling words of a measure, folded; 受灾 for 受灾人口户数."""
    return frozenset(word.text for word in words(thing(measure)) if word.text not in listed("blank"))
