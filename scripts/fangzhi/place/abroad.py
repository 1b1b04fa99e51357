"""Places abroad: countries by ISO 3166, regions of the world by UN M49, states and cities by name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from fangzhi.lexicons import read_lexicon
from fangzhi.model.codes import PlaceLevel

ISO_SYSTEM, M49_SYSTEM = "ISO 3166", "UN M49"
_REGION = "un"
#: Between the code of a country and the name of a state or city of it.
_JOINT = "-"


def is_abroad(code: str) -> bool:
    """Whether a code is that of a country, region or city abroad: those begin with a letter."""
    return code[:1].isalpha()


def is_region(code: str) -> bool:
    """Whether a code is that of a region of the world."""
    return code.startswith(_REGION)


@cache
def abroad() -> Mapping[str, dict[str, str]]:
    """The rows of the lexicon by code: ``us``, ``us-洛杉矶``, ``un150``."""
    found: dict[str, dict[str, str]] = {}
    for row in read_lexicon("place_abroad"):
        country = row["level"] == PlaceLevel.COUNTRY
        found[row["code"] if country else f"{row['code']}{_JOINT}{row['name']}"] = row
    return found


def parent_abroad(code: str) -> str | None:
    """The code of the country of a state or city; None above countries and regions."""
    country, _, name = code.partition(_JOINT)
    return country if name else None


def code_system(code: str) -> tuple[str | None, str | None]:
    """The official code and its system; none of a state or city."""
    if _JOINT in code:
        return None, None
    return (code.removeprefix(_REGION), M49_SYSTEM) if is_region(code) else (code.upper(), ISO_SYSTEM)
