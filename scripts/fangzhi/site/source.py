"""A page as found beside the page as repaired: article by article, then what stands in none of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from datasette.utils.asgi import NotFound
from markupsafe import Markup

from fangzhi.site.compare import left_out
from fangzhi.site.languages import Language
from fangzhi.site.marks import Span, marked_paragraphs, marked_text
from fangzhi.site.portal import Portal
from fangzhi.site.words import repair_label

Record = dict[str, Any]
Stretch = tuple[int, int]

SHOWN = 60_000
"""Characters of a page that are shown as found; a newspaper page has some thousands."""
_ROW = "SELECT * FROM sources WHERE source_id = :id"
_ARTICLES = """SELECT a.article_id, a.position, a.title, a.kind, a.characters, a.source_spans, a.text,
  (SELECT count(*) FROM observations o WHERE o.article_id = a.article_id) AS figures
FROM articles a WHERE a.source_id = :id ORDER BY a.position LIMIT 200"""
_FIGURES = """SELECT o.observation_id, o.article_id, o.measure, o.quote, o.text_start, o.text_end,
  o.source_start, o.source_end
FROM observations o JOIN articles a ON a.article_id = o.article_id
WHERE a.source_id = :id ORDER BY o.source_start, o.observation_id LIMIT 1000"""
_ISSUES = "SELECT * FROM issues WHERE source_id = :id ORDER BY source_start, issue_id LIMIT 500"


@dataclass(frozen=True)
class Piece:
    """A stretch of the page as found."""

    start: int
    end: int
    text: Markup


@dataclass(frozen=True)
class Compared:
    """An article: the stretches of the page it was put together from, and its paragraphs."""

    row: Record
    spans: list[Stretch]
    found: list[Piece]
    repaired: list[Markup] | None


async def source_context(portal: Portal, key: str) -> Record:
    """Everything the page of a source shows; NotFound where there is no such source."""
    rows = await portal.rows(_ROW, id=key)
    if not rows:
        raise NotFound(portal.language.say("没有这个来源。", "There is no such source."))
    row = rows[0]
    lines = row.pop("source_lines")
    text = "".join(json.loads(lines))[:SHOWN] if lines else None
    figures = await portal.rows(_FIGURES, id=key)
    articles = await portal.rows(_ARTICLES, id=key)
    compared = [_compared(article, figures, text, portal.language) for article in articles]
    return {
        "source": row,
        "repairs": {
            repair_label(name, portal.language): count for name, count in json.loads(row["repairs"]).items()
        },
        "articles": compared,
        "has_text": text is not None,
        "is_cut": text is not None and row["characters"] > len(text),
        "rest": list(_rest(text, compared)) if text is not None else [],
        "issues": await portal.rows(_ISSUES, id=key),
    }


def _compared(article: Record, figures: Iterable[Record], text: str | None, language: Language) -> Compared:
    own = [row for row in figures if row["article_id"] == article["article_id"]]
    spans = [(start, end) for start, end in json.loads(article["source_spans"])]
    repaired = article["text"]
    kept = [_kept(row, len(text or "")) for row in own]
    return Compared(
        article,
        spans,
        list(_found(text, spans, repaired, own, language)) if text is not None else [],
        None if repaired is None else marked_paragraphs(repaired, kept),
    )


def _found(
    text: str, spans: list[Stretch], repaired: str | None, figures: list[Record], language: Language
) -> Iterator[Piece]:
    """The stretches of an article as found, with its figures and what was left out of it marked."""
    slices = [text[start:end] for start, end in spans]
    gone = left_out("".join(slices), repaired) if repaired else []
    said = language.say("修复时略去", "left out in the repair")
    before = 0
    for (start, end), piece in zip(spans, slices, strict=True):
        shift = before
        out = [
            Span(a - shift, b - shift, "dropped", "", "", said) for a, b in _inside(gone, shift, len(piece))
        ]
        marks = [_as_found(row, start) for row in figures if start <= row["source_start"] < end]
        yield Piece(start, end, marked_text(piece, [*out, *marks]))
        before += len(piece)


def _inside(stretches: Iterable[Stretch], start: int, length: int) -> Iterator[Stretch]:
    for first, last in stretches:
        if first < start + length and last > start:
            yield max(first - start, 0), min(last - start, length)


def _as_found(row: Record, shift: int) -> Span:
    key = row["observation_id"]
    start, end = row["source_start"] - shift, row["source_end"] - shift
    return Span(start, end, "figure", f"s-{key}", f"t-{key}", row["measure"])


def _kept(row: Record, shown: int) -> Span:
    key = row["observation_id"]
    there = f"s-{key}" if row["source_start"] < shown else ""
    return Span(row["text_start"], row["text_end"], "figure", f"t-{key}", there, row["measure"])


def _rest(text: str, articles: Iterable[Compared]) -> Iterator[Piece]:
    """What stands in the text of no article: headlines, bylines, furniture and debris."""
    done = 0
    taken = sorted(span for article in articles for span in article.spans)
    for start, end in [*taken, (len(text), len(text))]:
        if piece := text[done:start].strip():
            at = done + text[done:start].index(piece)
            yield Piece(at, at + len(piece), Markup("{}").format(piece))
        done = max(done, end)
