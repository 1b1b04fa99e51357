"""Issues: what could not be read or was left aside, where, and why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from fangzhi.lexicons import read_lexicon
from fangzhi.model.codes import IssueKind, Severity
from fangzhi.model.tables import Issue, Observation
from fangzhi.rows.reading import Reading
from fangzhi.text.repair import is_control
from fangzhi.text.source import Decoded, Document
from fangzhi.text.spans import Mapped


@dataclass(frozen=True)
class _Words:
    """How grave a kind of issue is, and what is said of it in Chinese and English; {0} stands for details."""

    severity: Severity
    zh: str
    en: str


@cache
def _words() -> dict[IssueKind, _Words]:
    rows = read_lexicon("issue_words")
    return {IssueKind(r["kind"]): _Words(Severity(r["severity"]), r["reason"], r["reason_en"]) for r in rows}


@cache
def _numeral_reasons() -> dict[str, tuple[str, str]]:
    return {r["word"]: (r["reason"], r["reason_en"]) for r in read_lexicon("numeral_reasons")}


def file_issue(
    kind: IssueKind, path: str, *details: object, document: Document | None = None, part: str = ""
) -> Issue:
    """An issue about a whole file; ``document`` where it became a source, ``part`` to tell several apart."""
    words = _words()[kind]
    key = (
        document.source_id
        if document
        else hashlib.sha256(path.encode("utf-8", "backslashreplace")).hexdigest()[:12]
    )
    return Issue(
        issue_id="-".join(filter(None, (key, kind.value, part))),
        path=path,
        source_id=document.source_id if document else None,
        kind=kind,
        severity=words.severity,
        reason=words.zh.format(*details),
        reason_en=words.en.format(*details),
    )


def correction_issue(
    kind: IssueKind,
    key: str,
    path: str,
    *details: object,
    article: str | None = None,
    reading: str | None = None,
) -> Issue:
    """A correction that was not applied; ``reading`` is what the row says now."""
    words = _words()[kind]
    return Issue(
        issue_id=f"{key}-{kind.value}",
        path=path,
        article_id=article,
        kind=kind,
        severity=words.severity,
        reason=words.zh.format(*details),
        reason_en=words.en.format(*details),
        quote=reading,
    )


def decoding_issues(document: Document, decoded: Decoded, repairs: dict[str, int]) -> Iterator[Issue]:
    """Characters that could not be decoded, and control characters."""
    if decoded.replaced:
        yield file_issue(
            IssueKind.ENCODING, document.path, decoded.replaced, decoded.encoding, document=document
        )
    dropped = repairs.get("control_character", 0) - decoded.replaced
    if dropped > 0:
        yield file_issue(IssueKind.CONTROL, document.path, dropped, document=document)


def damage_issues(document: Document, text: str, spans: tuple[tuple[int, int], ...]) -> Iterator[Issue]:
    """Stretches of the source that cannot be mended."""
    for start, end in spans:
        yield _source_issue(IssueKind.DAMAGED, document, text[start:end], start, end)


def unassigned_issues(document: Document, parts: list[Mapped]) -> Iterator[Issue]:
    """Text that stands in no article."""
    for part in parts:
        if len(part):
            yield _source_issue(
                IssueKind.UNASSIGNED_TEXT, document, part.text, *part.source_span(0, len(part))
            )


def _source_issue(
    kind: IssueKind,
    document: Document,
    quote: str,
    start: int,
    end: int,
    *details: object,
    article: str | None = None,
    part: str = "",
) -> Issue:
    words = _words()[kind]
    return Issue(
        issue_id="-".join(filter(None, (document.source_id, kind.value, str(start), part))),
        path=document.path,
        source_id=document.source_id,
        article_id=article,
        kind=kind,
        severity=words.severity,
        reason=words.zh.format(*details),
        reason_en=words.en.format(*details),
        quote=printable(quote) or None,
        source_start=start,
        source_end=end,
    )


def printable(quote: str) -> str:
    """The beginning of a stretch of the source or of a message, without its control characters."""
    return "".join(c for c in quote[:200] if c == "\n" or not is_control(c)).strip()


def reading_issues(reading: Reading, observations: list[Observation]) -> Iterator[Issue]:
    """Numerals left aside, places without a code and figures without a period in one article."""
    for aside in reading.left_aside:
        zh, en = (text.format(aside.word) for text in _numeral_reasons()[aside.reason])
        yield article_issue(IssueKind.UNREAD_NUMERAL, reading, aside.start, aside.end, zh, en)
    for place in reading.places:
        if place.place_id is None:
            yield article_issue(IssueKind.UNRESOLVED_PLACE, reading, place.start, place.end, place.name)
    for row in observations:
        if row.period_start is None and row.period_end is None:
            yield article_issue(IssueKind.UNRESOLVED_PERIOD, reading, row.text_start, row.text_end)


def article_issue(
    kind: IssueKind, reading: Reading, start: int, end: int, *details: object, part: str = ""
) -> Issue:
    """An issue about a stretch of an article's text; ``part`` to tell several about the same apart."""
    source_start, source_end = reading.body.source_span(start, end)
    return _source_issue(
        kind,
        reading.document,
        reading.text[start:end],
        source_start,
        source_end,
        *details,
        article=reading.article_id,
        part=part,
    )
