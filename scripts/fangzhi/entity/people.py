"""People in a public role: who speaks for a body, by title and name: 县教育局局长张明介绍说."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from fangzhi.lexicons import words as lexicon_words
from fangzhi.model.codes import PersonRole
from fangzhi.text.fold import fold

_AFTER = r"(?=[介表说称告透指谈]|强调|坦言|认为|感|在|向|对|带|为|率|等|[、,。:)])"


@dataclass(frozen=True)
class PersonMention:
    """A person in a public role where the name stands in a text."""

    start: int
    end: int
    name: str
    post: str
    role: PersonRole


@cache
def _titled() -> re.Pattern[str]:
    posts = "|".join(map(re.escape, lexicon_words("person_posts", "post")))
    surnames = "|".join(lexicon_words("place_surnames", "surname"))
    return re.compile(rf"(?P<post>{posts})(?P<name>(?:{surnames})(?!某)[\u4e00-\u9fff]{{1,2}}?){_AFTER}")


def find_people(text: str) -> list[PersonMention]:
    """Office-holders and spokespeople with their post, in reading order."""
    folded = fold(text)
    return [
        PersonMention(
            m.start("name"),
            m.end("name"),
            text[slice(*m.span("name"))],
            text[slice(*m.span("post"))],
            PersonRole.OFFICIAL,
        )
        for m in _titled().finditer(folded)
    ]
