"""A part of a dataset that is whole in itself: the articles of one theme and all that they refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from fangzhi.model.dataset import Dataset
from fangzhi.model.table import Row
from fangzhi.model.tables import (
    TABLES,
    Article,
    Check,
    CodeRow,
    Correction,
    Indicator,
    Issue,
    Mention,
    Observation,
    Organization,
    Person,
    Place,
    Programme,
    Source,
    SystemComponent,
    SystemObservation,
    Theme,
    UnitRow,
)

_VOCABULARIES = (Indicator, UnitRow, Theme, CodeRow)


def themes_of(dataset: Dataset) -> list[Theme]:
    """The themes that have articles, in the order of the vocabulary."""
    used = {article.theme_id for article in dataset.rows(Article)}
    return [theme for theme in dataset.rows(Theme) if theme.theme_id in used]


def of_theme(dataset: Dataset, theme_id: str) -> Dataset:
    """The articles of a theme with their facts, sources, places and bodies; vocabularies stay whole."""
    articles = {row.article_id: row for row in dataset.rows(Article) if row.theme_id == theme_id}
    sources = {row.source_id for row in articles.values()}
    part = Dataset()
    for kind in _VOCABULARIES:
        part.add(dataset.rows(kind))
    part.add(row for row in dataset.rows(Source) if row.source_id in sources)
    part.add(articles.values())
    for name in ("mentions", "periods", "systems", "events"):
        part.add(row for row in dataset.tables[name] if getattr(row, "article_id", None) in articles)
    part.add(_observations(dataset, articles))
    part.add(_checks(dataset, articles, {row.observation_id for row in part.rows(Observation)}))
    systems = {row.system_id for row in part.tables["systems"]}  # type: ignore[attr-defined]
    part.add(row for row in dataset.rows(SystemComponent) if row.system_id in systems)
    figures = {row.observation_id for row in part.rows(Observation)}
    part.add(
        row for row in dataset.rows(SystemObservation)
        if row.system_id in systems and row.observation_id in figures
    )  # fmt: skip
    part.add(row for row in dataset.rows(Programme) if row.programme_id in _referred(part, "programmes"))
    part.add(row for row in dataset.rows(Correction) if row.article_id in articles)
    part.add(
        row for row in dataset.rows(Issue)
        if row.article_id in articles or (row.article_id is None and row.source_id in sources)
    )  # fmt: skip
    _add_referred(part, dataset)
    return part.sorted()


def _observations(dataset: Dataset, articles: Iterable[str]) -> list[Observation]:
    """The figures of the articles; what one corroborates outside of them is left out."""
    rows = [row for row in dataset.rows(Observation) if row.article_id in articles]
    inside = {row.observation_id for row in rows}
    return [
        row if row.corroborates in (None, *inside) else row.model_copy(update={"corroborates": None})
        for row in rows
    ]


def _checks(dataset: Dataset, articles: Iterable[str], figures: set[str]) -> list[Check]:
    """The checks whose figures are all inside."""
    return [
        row for row in dataset.rows(Check)
        if row.article_id in articles and figures.issuperset((*row.inputs, row.reported))
    ]  # fmt: skip


def _add_referred(part: Dataset, dataset: Dataset) -> None:
    """People, bodies and places, in this order: each refers to the next, a place to the one above it."""
    named = {row.entity_id for row in part.rows(Mention)}
    part.add(row for row in dataset.rows(Person) if row.person_id in named | _referred(part, "people"))
    part.add(
        row for row in dataset.rows(Organization)
        if row.organization_id in named | _referred(part, "organizations")
    )  # fmt: skip
    places = {row.place_id: row for row in dataset.rows(Place)}
    wanted = (named & places.keys()) | _referred(part, "places")
    for place_id in list(wanted):
        above = places[place_id].parent_id
        while above and above not in wanted:
            wanted.add(above)
            above = places[above].parent_id
    part.add(row for place_id, row in places.items() if place_id in wanted)


def _referred(part: Dataset, table: str) -> set[str]:
    """Keys of a table that stand in the rows of a part."""
    return {
        value
        for name, rows in part.tables.items()
        for field in (key.field for key in TABLES[name].foreign_keys if key.table == table)
        for value in map(_getter(field), rows)
        if value
    }


def _getter(field: str) -> Callable[[Row], str | None]:
    return lambda row: getattr(row, field)
