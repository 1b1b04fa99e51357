"""The flow, from a page as found to typed rows, and from the rows of many pages to one dataset.

source → page → articles → mentions → observations → corrected → checked: each step is a pure function of
the one before. Files, clocks and processes live in :mod:`fangzhi.run`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from fangzhi.audit.dataset import audited
from fangzhi.correct.apply import apply_corrections
from fangzhi.correct.entry import Entry
from fangzhi.model.codes import Basis, EntityType, IssueKind
from fangzhi.model.dataset import Dataset
from fangzhi.model.table import Row
from fangzhi.model.tables import (
    ROWS,
    Article,
    Event,
    Issue,
    Mention,
    Observation,
    Organization,
    System,
    SystemComponent,
)
from fangzhi.page.articles import PageRead, read_page
from fangzhi.page.kinds import printed_publisher
from fangzhi.period.mention import Anchor
from fangzhi.period.page_date import date_of_page
from fangzhi.place.context import page_context
from fangzhi.rows.articles import article_row, source_row
from fangzhi.rows.entities import entity_rows, place_rows
from fangzhi.rows.events import event_rows
from fangzhi.rows.figures import observations, periods
from fangzhi.rows.issues import damage_issues, decoding_issues, file_issue, reading_issues, unassigned_issues
from fangzhi.rows.programmes import with_programmes
from fangzhi.rows.reading import Reading
from fangzhi.rows.sound import Builder, born
from fangzhi.rows.system_figures import figures_of
from fangzhi.rows.systems import system_rows
from fangzhi.rows.twins import with_twins
from fangzhi.rows.vocabularies import vocabulary_rows
from fangzhi.text.repair import repair
from fangzhi.text.source import MAX_BYTES, Document, Given, NotTextError, decode
from fangzhi.text.spans import whole
from fangzhi.text.text import Text

BUILDERS: tuple[Builder, ...] = (observations, periods, entity_rows, system_rows, event_rows)


def extract(document: Document) -> Dataset:
    """All rows of one page; a file that cannot be read yields its issue alone."""
    rows = Dataset()
    rows.add(_unreadable(document) or _read(document))
    return rows


def combine(parts: Iterable[Dataset], corrections: Sequence[Entry] = ()) -> Dataset:
    """One dataset from the rows of many pages: corrected, with places and vocabularies, audited, sorted."""
    pages = Dataset()
    for part in parts:
        pages.merge(part)
    merged = Dataset({kind.table.name: _merged(kind, pages.rows(kind)) for kind in ROWS})
    data, records, issues = apply_corrections(merged, corrections)
    data.add([*records, *issues])
    data = with_programmes(data)
    data.add(place_rows(_places_named(data)))
    data.add(vocabulary_rows())
    return audited(data).sorted()


def _merged(kind: type[Row], rows: Iterable[Row]) -> list[Row]:
    """One row a key: bodies and people named on several pages are one, whichever page was read first."""
    found: dict[tuple[object, ...], Row] = {}
    for row in rows:
        key = kind.table.sort_key(row)
        found[key] = min(found.get(key, row), row, key=_emptiness)
    return list(found.values())


def _emptiness(row: Row) -> tuple[int, str]:
    """Order of several rows for the same thing: first the one that says most, else by content."""
    return sum(value is None for value in row.__dict__.values()), row.model_dump_json()


def _unreadable(document: Document) -> list[Issue]:
    """The issue that keeps a file from being read at all."""
    if len(document.data) > MAX_BYTES:
        return [file_issue(IssueKind.TOO_LARGE, document.path, len(document.data), MAX_BYTES)]
    if not document.data.strip():
        return [file_issue(IssueKind.EMPTY, document.path)]
    try:
        decode(document.data)
    except NotTextError as error:
        return [file_issue(IssueKind.BINARY, document.path, error.zh, error.en)]
    return []


def _read(document: Document) -> Iterator[Row]:
    decoded = decode(document.data)
    repaired = repair(whole(decoded.text))
    page = read_page(repaired.page)
    document = replace(document, given=_with_publisher(document.given, page))
    dated = _date(document, page)
    title = next((draft.headline.title for draft in page.articles if draft.headline.title), None)
    repairs = {**repaired.repairs, **page.repairs}
    yield source_row(document, decoded, title, page.page, dated, repairs)
    yield from decoding_issues(document, decoded, repairs)
    yield from damage_issues(document, decoded.text, repaired.damaged)
    yield from unassigned_issues(document, page.unassigned)
    if not page.articles:
        yield file_issue(IssueKind.NO_ARTICLE, document.path, document=document)
    elif dated is None:
        yield file_issue(IssueKind.UNDATED, document.path, document=document)
    yield from with_twins(_article_rows(document, page, dated))


def _date(document: Document, page: PageRead) -> tuple[str, Basis] | None:
    """The page's date: given, printed or inferred from its texts."""
    given = document.given
    if given.published_on:
        return given.published_on, Basis(given.published_on_basis or "given")
    texts = [*page.datelines, *(part.text for part in page.unassigned)]
    for draft in page.articles:
        line = draft.headline
        texts += filter(None, (line.kicker, line.title, line.subtitle, draft.byline.credit, draft.body.text))
    found = date_of_page(texts, None)
    return (found.published_on, found.basis) if found else None


def _with_publisher(given: Given, page: PageRead) -> Given:
    """What is given of a page, with the newspaper that the page prints where none is given."""
    printed = next((name for line in page.datelines if (name := printed_publisher(line))), None)
    if given.publisher or printed is None:
        return given
    return replace(given, publisher=printed, publisher_basis=Basis.EXPLICIT.value)


def readings(document: Document) -> Iterator[Reading]:
    """The articles of a page, each with what is found in it. NotTextError for a file that is no text."""
    page = read_page(repair(whole(decode(document.data).text)).page)
    document = replace(document, given=_with_publisher(document.given, page))
    return _readings(document, page, _date(document, page))


def _readings(document: Document, page: PageRead, dated: tuple[str, Basis] | None) -> Iterator[Reading]:
    texts = [Text(draft.body.text) for draft in page.articles]
    titles = [Text(draft.headline.line) for draft in page.articles]
    context = page_context(texts, document.given.publisher, titles)
    anchor = Anchor(dated[0] if dated else None)
    for position, (draft, text) in enumerate(zip(page.articles, texts, strict=True), 1):
        yield Reading(document, draft, position, anchor, context, text)


def _article_rows(document: Document, page: PageRead, dated: tuple[str, Basis] | None) -> Iterator[Row]:
    for reading in _readings(document, page, dated):
        rows = list(born(reading, BUILDERS))
        figures = [row for row in rows if isinstance(row, Observation)]
        yield article_row(reading, dated)
        yield from rows
        systems = [row for row in rows if isinstance(row, System)]
        parts = [row for row in rows if isinstance(row, SystemComponent)]
        told = partial(figures_of, systems=systems, parts=parts, figures=figures)
        yield from born(reading, [told, partial(reading_issues, observations=figures)])


def _places_named(data: Dataset) -> set[str]:
    referring = (Article, Observation, Organization, System, Event)
    named = {
        row.place_id
        for table in referring
        for row in data.tables[table.table.name]
        if isinstance(row, referring)
    }
    named |= {row.entity_id for row in data.rows(Mention) if row.entity_type is EntityType.PLACE}
    return {place for place in named if place}
