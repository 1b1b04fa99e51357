"""Words around a name of a place that say whether it is one."""

from __future__ import annotations

import re
from functools import cache

from fangzhi.lexicons import read_lexicon, words
from fangzhi.model.codes import PlaceLevel

#: What may stand between a place and the word that makes it part of a company's or school's name.
_INSIDE_NAME = r"(?![的与和在是了对把被向将为有等各到去省市县区])[\u4e00-\u9fff]"


@cache
def common_words() -> dict[str, str]:
    """Names that are everyday words too, and the evidence that each needs: ``chain`` or ``local``."""
    return {row["word"]: row["needs"] for row in read_lexicon("place_common_words")}


@cache
def followers(level: PlaceLevel) -> re.Pattern[str]:
    """What makes a short name of a unit of a level part of another name: 南京路, 北京大学, 安徽某某公司."""
    parts = (
        f"(?:{_INSIDE_NAME}){{0,{row['gap']}}}?{row['word']}(?![{row['unless']}·])"
        for row in read_lexicon("place_followers")
        if row["level"] in ("", level)
    )
    return re.compile(rf"[东西南北中]?[一二三四五]?(?:{'|'.join(parts)})")


@cache
def continued() -> re.Pattern[str]:
    """Words that go on from the end of a name and make it none: 市场 behind …市."""
    rows = read_lexicon("place_suffix_words")
    return re.compile("|".join(f"(?<={row['suffix']}){row['continuation']}" for row in rows))


@cache
def bodies() -> re.Pattern[str]:
    """Bodies that are called after a district's short name: 蓬江警方."""
    return re.compile("|".join(row["word"] for row in read_lexicon("place_cues") if row["side"] == "body"))


@cache
def surnames() -> frozenset[str]:
    """Surnames, one character each."""
    return frozenset(words("place_surnames", "surname"))
