"""The languages of the site: an edition each under its own address, the same data behind both."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

T = TypeVar("T")


class Language(StrEnum):
    """An edition; its value is the first part of its addresses."""

    ZH = "zh"
    EN = "en"

    def say(self, zh: T, en: T) -> T:
        """What this edition says of two."""
        return zh if self is Language.ZH else en

    @property
    def base(self) -> str:
        """What its addresses begin with."""
        return f"/{self}/"

    def without(self, address: str) -> str:
        """The address of data, which has no language, from one within this edition."""
        parts = urlsplit(address)
        return urlunsplit(parts._replace(path="/" + parts.path.removeprefix(self.base).lstrip("/")))

    @property
    def other(self) -> Language:
        """The other edition."""
        return self.say(Language.EN, Language.ZH)


def preferred(accept_language: str) -> Language:
    """The edition for a visitor whose browser tells the languages read in this header; Chinese if none."""
    weighed = []
    for position, part in enumerate(accept_language.split(",")[:20]):
        tag, _, weight = part.strip().partition(";q=")
        language = next((each for each in Language if tag.lower().split("-")[0] == each), None)
        if language and (quality := _quality(weight)) > 0:
            weighed.append((-quality, position, language))
    return min(weighed)[2] if weighed else Language.ZH


def _quality(weight: str) -> float:
    try:
        return float(weight) if weight else 1.0
    except ValueError:
        return 0.0


def localized(value: Any, language: Language) -> Any:
    """Editors' words in one language: of ``title`` and ``title_en`` the English edition takes the second."""
    if isinstance(value, list):
        return [localized(item, language) for item in value]
    if not isinstance(value, dict):
        return value
    found = {key: localized(item, language) for key, item in value.items() if not str(key).endswith("_en")}
    if language is Language.EN:
        found |= {key: value[f"{key}_en"] for key in found if f"{key}_en" in value}
    return found
