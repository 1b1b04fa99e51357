"""Sources and articles as rows."""

from __future__ import annotations

import re
from functools import cache

from fangzhi.lexicons import read_lexicon
from fangzhi.model.codes import Basis, Script
from fangzhi.model.tables import Article, Source
from fangzhi.rows.reading import Reading
from fangzhi.text.fold import fold, is_traditional, simplify
from fangzhi.text.source import Decoded, Document
from fangzhi.text.spans import pieces
from fangzhi.text.words import telling_words

KEYWORDS = 8


def source_row(
    document: Document,
    decoded: Decoded,
    title: str | None,
    page: str | None,
    dated: tuple[str, Basis] | None,
    repairs: dict[str, int],
) -> Source:
    """A page as found, and what is known of it."""
    given = document.given
    return Source(
        source_id=document.source_id,
        path=document.path,
        title=given.title or title,
        publisher=given.publisher,
        publisher_basis=Basis(given.publisher_basis or "given") if given.publisher else None,
        published_on=dated[0] if dated else None,
        published_on_basis=dated[1] if dated else None,
        page=given.page or page,
        script=Script.HANT if is_traditional(decoded.text) else Script.HANS,
        encoding=decoded.encoding,
        sha256=document.sha256,
        bytes=len(document.data),
        characters=len(decoded.text),
        repairs=dict(sorted(repairs.items())),
        rights=given.rights or given.publisher,
        source_lines=decoded.text.splitlines(keepends=True),
    )


def article_row(reading: Reading, dated: tuple[str, Basis] | None) -> Article:
    """An article with its headline, writers and text."""
    draft = reading.draft
    return Article(
        article_id=reading.article_id,
        source_id=reading.source_id,
        position=reading.position,
        kicker=draft.headline.kicker,
        title=draft.headline.title,
        subtitle=draft.headline.subtitle,
        kind=draft.kind,
        credit=draft.byline.credit,
        reporters=[name for name, _ in draft.byline.writers],
        place_id=reading.place_id,
        theme_id=theme_of(f"{draft.headline.title or ''} {reading.text}"),
        published_on=dated[0] if dated else None,
        published_on_basis=dated[1] if dated else None,
        text=reading.text,
        characters=len(reading.text),
        keywords=keywords(reading.text),
        continues=draft.continues,
        source_spans=pieces(reading.body),
    )


def keywords(text: str) -> list[str]:
    """The words that set an article apart, by jieba's TF-IDF, in simplified characters."""
    found = telling_words(simplify(text), KEYWORDS * 2)
    return [word for word in found if re.fullmatch(r"[\u4e00-\u9fff]{2,}", word)][:KEYWORDS]


@cache
def _themes() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((row["theme_id"], tuple(row["terms"].split())) for row in read_lexicon("themes"))


def theme_of(text: str) -> str | None:
    """The theme whose words stand in a text most often, if three or more do."""
    folded = fold(text)
    score, theme = max((sum(folded.count(term) for term in terms), theme) for theme, terms in _themes())
    return theme if score >= 3 else None
