"""The SQL of search: which rows of a table are found, in which order, and what they have in common.

No statement looks at more than ``MOST`` rows of an index, however many there are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from datasette.app import Datasette
from datasette.database import QueryInterrupted

from fangzhi.database.ddl import quoted
from fangzhi.database.search import REFERRED, SEARCHED, match_query
from fangzhi.database.write import to_sql
from fangzhi.model.tables import TABLES
from fangzhi.site.asked import Amount, Asked
from fangzhi.site.cells import row_path
from fangzhi.site.metadata import DATABASE

MOST = 20_000
MILLISECONDS = 700  # for each statement: a page runs several
EXACT, AS_PRINTED, ROUNDED, IN_WORDS = range(4)
"""How a row was found: by the amount itself, one that is written like it, one it may be rounded to, words."""
_FIGURES = "observations"
_HEADING_WEIGHT = 10.0  # a word in the first column of the index, which heads the row, against one elsewhere
_REFERRED_WEIGHT = 0.5
POINT = " · "
_OF_THE_FIGURE = "measure subject quote"
_SAME = 1e-12  # of two doubles that stand for one decimal


_NAMES = {
    "places": ("name", "full_name", "code"), "indicators": ("name", "name_en"), "themes": ("name", "name_en"),
}  # fmt: skip
_NAMES_LOOKED_AT = 1000


@dataclass(frozen=True)
class Shown:
    """What is shown and counted of a row, as SQL over its table ``t`` and, for facts, their article ``a``."""

    heading: str
    heading_en: str = ""
    body: str = "NULL"
    note: tuple[str, ...] = ()
    quote: str = "NULL"
    is_fact: bool = False
    facets: dict[str, str] = field(default_factory=dict)

    @property
    def joined(self) -> str:
        """The join that brings the article of a fact."""
        return "CROSS JOIN articles a ON a.article_id = t.article_id " if self.is_fact else ""


SHOWN = {
    "places": Shown("t.full_name", note=("t.code",), facets={"place": "t.place_id", "kind": "t.level"}),
    "indicators": Shown(
        "t.name", heading_en="t.name_en", body="t.definition", facets={"kind": "t.dimension"}
    ),
    "themes": Shown("t.name", heading_en="t.name_en", facets={"theme": "t.theme_id"}),
    "articles": Shown(
        "t.title", body="coalesce(t.text, t.subtitle)", note=("t.published_on",),
        facets={"place": "t.place_id", "theme": "t.theme_id", "year": "substr(t.published_on, 1, 4)",
                "kind": "t.kind"},
    ),
    _FIGURES: Shown(
        "t.measure || coalesce(' ' || t.quote, '')", body="t.sentence", quote="t.quote", is_fact=True,
        note=("(SELECT full_name FROM places WHERE place_id = t.place_id)", "t.period_text", "a.title"),
        facets={"place": "t.place_id", "theme": "a.theme_id",
                "year": "substr(coalesce(t.period_end, t.period_start), 1, 4)", "kind": "t.kind"},
    ),
    "systems": Shown(
        "t.name", body="t.owner", note=("a.title",), is_fact=True,
        facets={"place": "t.place_id", "theme": "a.theme_id", "year": "substr(a.published_on, 1, 4)",
                "kind": "t.kind"},
    ),
    "events": Shown(
        "t.name", note=("t.date_start", "a.title"), is_fact=True,
        facets={"place": "t.place_id", "theme": "a.theme_id", "year": "substr(t.date_start, 1, 4)"},
    ),
    "organizations": Shown("t.name", facets={"place": "t.place_id", "kind": "t.kind"}),
    "people": Shown("t.name", body="t.post", facets={"kind": "t.role"}),
    "sources": Shown(
        "coalesce(t.title, t.path)", note=("t.publisher", "t.published_on"),
        facets={"year": "substr(t.published_on, 1, 4)"},
    ),
    "units": Shown("t.name", heading_en="t.name_en", note=("t.unit_code",), facets={"kind": "t.kind"}),
}  # fmt: skip
"""Searchable tables in the order in which they are shown."""


@dataclass(frozen=True)
class Statement:
    """SQL with its values."""

    sql: str
    values: dict[str, Any]


async def rows_of(datasette: Datasette, statement: Statement | None) -> list[Any] | None:
    """The rows of a statement; None where it takes too long."""
    if statement is None:
        return []
    try:
        result = await datasette.execute(
            DATABASE, statement.sql, statement.values, custom_time_limit=MILLISECONDS, log_sql_errors=False
        )
    except QueryInterrupted:
        return None
    rows: list[Any] = result.rows
    return rows


def kind_column(table: str) -> str | None:
    """The column that tells the kinds of a table's rows apart."""
    kind = SHOWN[table].facets.get("kind")
    return kind.removeprefix("t.") if kind else None


def count_facets(table: str, asked: Asked, filters: dict[str, str]) -> Statement | None:
    """Counts the rows found, as facet, value, count; the facet ``""`` is the whole.

    None where the table has no such thing as a filter asks for.
    """
    found = _found(table, asked, filters)
    if found is None:
        return None
    facets = SHOWN[table].facets
    chosen = "".join(f", {sql} AS {name}" for name, sql in facets.items())
    parts = "".join(
        f" UNION ALL SELECT '{name}', {name}, count(*) FROM chosen WHERE {name} IS NOT NULL GROUP BY {name}"  # noqa: S608
        for name in facets
    )
    sql = (
        f"{found.sql}, chosen AS MATERIALIZED (SELECT 1{chosen} FROM found "  # noqa: S608
        f"JOIN {table} t ON t.rowid = found.id {SHOWN[table].joined}) "
        f"SELECT '' AS facet, NULL AS value, count(*) AS count FROM chosen{parts}"
    )
    return Statement(sql, found.values)


def select_rows(
    table: str, asked: Asked, filters: dict[str, str], limit: int, offset: int, *, english: bool
) -> Statement | None:
    """Selects rows found, best first: what :func:`told` says, and ``body, quote, tier``."""
    found = _found(table, asked, filters)
    if found is None:
        return None
    shown = SHOWN[table]
    sql = (
        f"{found.sql}, best AS (SELECT found.id, found.tier, found.score FROM found "  # noqa: S608
        f"ORDER BY found.tier, found.score, found.id LIMIT {limit:d} OFFSET {offset:d}) "
        f"SELECT {told(table, english=english)}, "
        f"{shown.body} AS body, {shown.quote} AS quote, best.tier AS tier "
        f"FROM best JOIN {table} t ON t.rowid = best.id {shown.joined}ORDER BY best.tier, best.score, best.id"
    )
    return Statement(sql, found.values)


def select_named(table: str, match: str, limit: int, *, english: bool) -> Statement:
    """Selects rows by their names and headings alone: what :func:`told` says, the likest first."""
    index, columns = quoted(f"{table}_fts"), " ".join(_NAMES.get(table, SEARCHED[table][:1]))
    sql = (
        f"SELECT {told(table, english=english)} FROM (SELECT rowid AS number, rank AS score FROM {index} "  # noqa: S608
        f"WHERE {index} MATCH :match LIMIT {_NAMES_LOOKED_AT}) "
        f"JOIN {table} t ON t.rowid = number {SHOWN[table].joined}ORDER BY score, number LIMIT {limit:d}"
    )
    return Statement(sql, {"match": f"{{{columns}}} : ({match})"})


def told(table: str, *, english: bool) -> str:
    """What is selected to tell of a row and lead to it: ``id, article, heading, note``."""
    shown = SHOWN[table]
    heading = shown.heading_en if english and shown.heading_en else shown.heading
    other = [shown.heading if english else shown.heading_en] if shown.heading_en else []
    note = " || ".join(f"coalesce({part} || '{POINT}', '')" for part in (*other, *shown.note)) or "''"
    article = "t.article_id" if shown.is_fact else "NULL"
    return f"t.{TABLES[table].key[0]} AS id, {article} AS article, {heading} AS heading, {note} AS note"


def path_of(table: str, row: Any) -> str:
    """The page of a row found; facts are shown where they stand in their article."""
    if row["article"]:
        return f"{row_path('articles', row['article'])}#r-{row['id']}"
    return row_path(table, row["id"])


def _found(table: str, asked: Asked, filters: dict[str, str]) -> Statement | None:
    """``WITH … found(id, tier, score)``: the rows that a query finds, and the values of all that follows."""
    if not filters.keys() <= SHOWN[table].facets.keys():
        return None
    parts = [_select_words(table, filters)]
    values: dict[str, Any] = {"match": match_query(asked.text), **filters}
    if table == _FIGURES and asked.amount:
        parts.append(_select_amount(asked, filters))
        values |= _amount_values(asked.amount) | {"words": match_query(asked.words)}
        if not asked.words:  # the other figures of the same sentence were not asked for
            values["match"] = f"{{{_OF_THE_FIGURE}}} : ({values['match']})"
    sql = (
        f"WITH hits(id, tier, score) AS ({' UNION ALL '.join(parts)}), "  # noqa: S608
        "found(id, tier, score) AS MATERIALIZED (SELECT id, min(tier), min(score) FROM hits GROUP BY id)"
    )
    return Statement(sql, values)


def _select_words(table: str, filters: dict[str, str]) -> str:
    index = quoted(f"{table}_fts")
    score = f"bm25({index}, {', '.join(map(str, _weights(table)))})"
    # The index first: the other way round each row would be looked up in it.
    rows = f"CROSS JOIN {table} t ON t.rowid = {index}.rowid {SHOWN[table].joined}" if filters else ""
    return (
        f"SELECT * FROM (SELECT {index}.rowid, {IN_WORDS}, {score} FROM {index} {rows}"  # noqa: S608
        f"WHERE {index} MATCH :match{_filtered(table, filters)} LIMIT {MOST})"
    )


def _weights(table: str) -> list[float]:
    own, referred = len(SEARCHED[table]), len(REFERRED.get(table, {}))
    return [_HEADING_WEIGHT, *([1.0] * (own - 1)), *([_REFERRED_WEIGHT] * referred)]


def _select_amount(asked: Asked, filters: dict[str, str]) -> str:
    """Figures whose value is the amount: exactly, as far as it is written out, or rounded."""
    assert asked.amount
    value = "t.standard_value" if _standard_unit(asked.amount) else "t.value"
    words = f"AND t.rowid IN (SELECT rowid FROM {_FIGURES}_fts WHERE {_FIGURES}_fts MATCH :words) "  # noqa: S608
    upper = "" if _standard_unit(asked.amount) else "OR t.value_max BETWEEN :low AND :high"
    return (
        f"SELECT * FROM (SELECT t.rowid, CASE WHEN abs({value} - :value) <= :same AND "  # noqa: S608
        f"(:maximum IS NULL OR t.value_max = :maximum) THEN {EXACT} "
        f"WHEN {value} BETWEEN :low AND :high THEN {AS_PRINTED} ELSE {ROUNDED} END, abs({value} - :value) "
        f"FROM {_FIGURES} t {SHOWN[_FIGURES].joined}WHERE ({value} BETWEEN :low AND :high {upper} "
        f"OR {value} IN (SELECT value FROM json_each(:rounded))) "
        f"{_of_unit(asked.amount)} {words if asked.words else ''}{_filtered(_FIGURES, filters)} LIMIT {MOST})"
    )


def select_next(amount: Amount, limit: int) -> Statement:
    """Selects the figures right below and right above an amount: what :func:`told` says."""
    value = "t.standard_value" if _standard_unit(amount) else "t.value"
    parts = [
        f"SELECT * FROM (SELECT {told(_FIGURES, english=False)} "  # noqa: S608
        f"FROM {_FIGURES} t {SHOWN[_FIGURES].joined}WHERE {value} {sign} :value {_of_unit(amount)} "
        f"ORDER BY {value} {order}, t.rowid LIMIT {limit:d})"
        for sign, order in (("<", "DESC"), (">=", "ASC"))
    ]
    return Statement(" UNION ALL ".join(parts), _amount_values(amount))


def _standard_unit(amount: Amount) -> str | None:
    has_factor = amount.unit and amount.unit.standard(amount.value) is not None
    return amount.unit.entry.standard_unit if has_factor and amount.unit and amount.unit.entry else None


def _of_unit(amount: Amount) -> str:
    if amount.unit is None:
        return ""
    if _standard_unit(amount):
        return "AND t.standard_unit = :unit"
    return "AND (t.unit = :unit OR t.unit_id = :unit)"


def _amount_values(amount: Amount) -> dict[str, Any]:
    standard = _standard_unit(amount)

    def stored(value: Any) -> Any:
        return to_sql(amount.unit.standard(value) if standard and amount.unit else value)

    rounded = [float(stored(value)) for value in amount.rounded()]
    return {
        "value": stored(amount.value),
        "maximum": None if amount.maximum is None else to_sql(amount.maximum),
        "low": stored(amount.low),
        "high": stored(amount.high),
        "rounded": f"[{', '.join(map(repr, rounded))}]",
        "same": abs(float(stored(amount.value))) * _SAME,
        "unit": standard or (amount.unit.unit_id or amount.unit.written if amount.unit else None),
    }


def _filtered(table: str, filters: dict[str, str]) -> str:
    """The conditions of the filters, whose values are bound by their names; a place has those below it."""
    facets = SHOWN[table].facets
    below = (
        "WITH RECURSIVE below(id) AS (VALUES (:place) "
        "UNION SELECT p.place_id FROM places p JOIN below ON p.parent_id = below.id) SELECT id FROM below"
    )
    conditions = [
        f"{facets[name]} IN ({below})" if name == "place" else f"{facets[name]} = :{name}" for name in filters
    ]
    return "".join(f" AND {condition}" for condition in conditions)
