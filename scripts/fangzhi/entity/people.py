"""People in a public role, who hold a post or speak for a body, by post and name: 县教育局局长张明."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from fangzhi.entity.names import any_of, name_end
from fangzhi.lexicons import read_lexicon
from fangzhi.lexicons import words as lexicon_words
from fangzhi.model.codes import PersonRole
from fangzhi.text.text import Text


@dataclass(frozen=True)
class PersonMention:
    """A person in a public role where the name stands in a text; the post begins at ``post_start``."""

    start: int
    end: int
    name: str
    post: str
    post_start: int
    role: PersonRole


@cache
def _posts() -> re.Pattern[str]:
    """Posts as they stand before a name, several held by one person in a row: 县委书记、县长."""
    post = any_of(lexicon_words("person_posts", "post"))
    return re.compile(rf"(?P<former>原|时任)?(?:(?:{post})[、兼])*(?P<post>{post})\s?")


@cache
def _roles() -> dict[str, PersonRole]:
    return {row["post"]: PersonRole(row["role"]) for row in read_lexicon("person_posts")}


def find_people(text: Text) -> list[PersonMention]:
    """Office-holders and spokespeople with their post, in reading order."""
    return list(_found(text.printed, text.folded))


def _found(text: str, folded: str) -> Iterator[PersonMention]:
    for match in _posts().finditer(folded):
        start, end = match.end(), name_end(folded, match.end())
        if end is not None:
            post = text[slice(*match.span("post"))]
            role = _roles()[match["post"]]
            yield PersonMention(start, end, text[start:end], post, match.start(), role)
