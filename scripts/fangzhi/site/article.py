"""An article with everything that was found in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from datasette.utils.asgi import NotFound
from markupsafe import Markup

from fangzhi.model.codes import EntityType
from fangzhi.site.languages import Language
from fangzhi.site.marks import Span, marked_paragraphs
from fangzhi.site.metadata import DATABASE
from fangzhi.site.portal import Portal
from fangzhi.site.readable import dates, number, spoken
from fangzhi.site.words import code_of

Record = dict[str, Any]

_ARTICLE = """SELECT a.*, p.full_name AS place, t.name AS theme, t.name_en AS theme_en,
  s.path, s.publisher, s.page, s.rights, s.script, s.sha256, s.title AS source_title
FROM articles a JOIN sources s ON s.source_id = a.source_id
LEFT JOIN places p ON p.place_id = a.place_id LEFT JOIN themes t ON t.theme_id = a.theme_id
WHERE a.article_id = :id"""
_PARTS = {
    "figures": """SELECT o.*, p.full_name AS place, i.name AS indicator, i.name_en AS indicator_en
FROM observations o
LEFT JOIN places p ON p.place_id = o.place_id LEFT JOIN indicators i ON i.indicator_id = o.indicator_id
WHERE o.article_id = :id ORDER BY o.text_start, o.observation_id""",
    "systems": """SELECT s.*, p.full_name AS place
FROM systems s LEFT JOIN places p ON p.place_id = s.place_id
WHERE s.article_id = :id ORDER BY s.text_start, s.system_id""",
    "components": """SELECT c.* FROM system_components c JOIN systems s ON s.system_id = c.system_id
WHERE s.article_id = :id ORDER BY c.system_id, c.position""",
    "mentions": "SELECT * FROM named_entities WHERE article_id = :id ORDER BY text_start, mention_id",
    "periods": "SELECT * FROM periods WHERE article_id = :id ORDER BY text_start, period_id",
    "events": """SELECT e.*, p.full_name AS place FROM events e LEFT JOIN places p ON p.place_id = e.place_id
WHERE e.article_id = :id ORDER BY e.date_start, e.text_start, e.event_id""",
    "checks": """SELECT c.*, o.quote AS reported_quote FROM checks c
LEFT JOIN observations o ON o.observation_id = c.reported WHERE c.article_id = :id ORDER BY c.check_id""",
    "corrections": """SELECT * FROM corrections WHERE article_id = :id AND state = 'applied'
ORDER BY corrected_on, correction_id""",
    "issues": "SELECT * FROM issues WHERE article_id = :id ORDER BY source_start, issue_id",
    "neighbours": """SELECT b.article_id, b.title, b.position
FROM articles a JOIN articles b USING (source_id)
WHERE a.article_id = :id AND b.article_id <> :id ORDER BY b.position LIMIT 50""",
}

_KINDS = {"figure": ("数据", "Figure"), "system": ("体系", "System"), "period": ("时间", "Period")}


@dataclass(frozen=True)
class Entity:
    """A place, organization or person and where the text mentions it."""

    id: str
    type: str
    name: str
    mentions: list[Record]


async def article_context(datasette: Portal, article_id: str) -> dict[str, Any]:
    """Everything the article page shows; NotFound where there is no such article."""
    language = datasette.language
    article = (await datasette.execute(DATABASE, _ARTICLE, {"id": article_id})).first()
    if article is None:
        raise NotFound(language.say(f"没有编号为 {article_id} 的文章。", "There is no such article."))
    parts: dict[str, Any] = {
        name: [dict(row) for row in (await datasette.execute(DATABASE, sql, {"id": article_id})).rows]
        for name, sql in _PARTS.items()
    }
    parts["entities"] = _entities(parts["mentions"])
    text = article["text"]
    return {
        "article": dict(article),
        "reporters": json.loads(article["reporters"]),
        "keywords": json.loads(article["keywords"]),
        "paragraphs": marked_paragraphs(text, _spans(parts, language)) if text is not None else None,
        "kinds": _kinds(parts, language),
        "headline": article["title"] or language.say("（无标题）", "Untitled"),
        **parts,
    }


def _kinds(parts: dict[str, Any], language: Language) -> list[tuple[str, str, int]]:
    """The kinds of marks in the text with their words and how many of each there are."""
    counts = {
        "figure": len(parts["figures"]),
        "system": sum(map(_stands, parts["systems"])),
        "period": len(parts["periods"]),
    }
    words = {kind: language.say(*said) for kind, said in _KINDS.items()}
    for member in EntityType:
        counts[member.value] = sum(row["entity_type"] == member.value for row in parts["mentions"])
        words[member.value] = language.say(member.zh, member.en.capitalize())
    return [(kind, words[kind], count) for kind, count in counts.items() if count]


def _entities(mentions: list[Record]) -> list[Entity]:
    found: dict[str, Entity] = {}
    for mention in mentions:
        name = mention["name"] or mention["quote"] or mention["entity_id"]
        entity = found.setdefault(
            mention["entity_id"], Entity(mention["entity_id"], mention["entity_type"], name, [])
        )
        entity.mentions.append(mention)
    types = [member.value for member in EntityType]
    return sorted(found.values(), key=lambda entity: (types.index(entity.type), entity.name))


def _spans(parts: dict[str, Any], language: Language) -> list[Span]:
    systems = [row for row in parts["systems"] if _stands(row)]
    return [
        *(_span(row, "figure", "observation_id", _said(row), language) for row in parts["figures"]),
        *(_span(row, "system", "system_id", row["name"], language) for row in systems),
        *(_span(row, "period", "period_id", _dates_of(row, language), language) for row in parts["periods"]),
        *(_mention_span(row, language) for row in parts["mentions"]),
    ]


def _stands(row: Record) -> bool:
    """Whether a system stands in the text; one named in the headline alone does not."""
    return row["text_start"] is not None


def _span(row: Record, kind: str, key: str, label: str, language: Language) -> Span:
    said = language.say("：", ": ").join((language.say(*_KINDS[kind]), label))
    return Span(row["text_start"], row["text_end"], kind, f"t-{row[key]}", f"r-{row[key]}", said)


def _said(row: Record) -> str:
    return f"{row['measure']} {amount(row)}"


def _dates_of(row: Record, language: Language) -> str:
    return dates(row["date_start"], row["date_end"], language)


def _mention_span(row: Record, language: Language) -> Span:
    code = code_of("mentions", "entity_type", row["entity_type"])
    kind = language.say(code.zh, code.en) if code else row["entity_type"]
    label = language.say("：", ": ").join((kind, row["name"] or row["quote"] or ""))
    anchor, target = f"t-{row['mention_id']}", f"r-{row['entity_id']}"
    return Span(row["text_start"], row["text_end"], row["entity_type"], anchor, target, label)


def amount(row: Record) -> str:
    """A figure as one reads it: value or range, and unit."""
    upper = "" if row["value_max"] is None else f"–{number(row['value_max'])}"
    return f"{number(row['value'])}{upper} {row['unit'] or ''}".rstrip()


def describe_value(row: Record, language: Language) -> Markup:
    """A figure for the facts table, with its qualifier where it is not exact, and as one says it if large."""
    code = code_of("observations", "qualifier", row["qualifier"])
    said = language.say(code.zh, code.en) if code and row["qualifier"] != "exact" else ""
    qualifier = Markup("<small>{}</small> ").format(said) if said else Markup("")
    large = spoken(row["value"], language)
    aloud = Markup(' <span class="spoken">{}</span>').format(large) if large else Markup("")
    return Markup("{}<strong>{}</strong>{}").format(qualifier, amount(row), aloud)
