"""Views that spare analysts the joins they would write first."""

from __future__ import annotations

from dataclasses import dataclass, field

from fangzhi.database.ddl import quoted
from fangzhi.model.column import Column


@dataclass(frozen=True)
class View:
    """A view: its words, its query, and the words of columns that no table has."""

    name: str
    zh: str
    en: str
    zh_text: str
    en_text: str
    sql: str
    columns: dict[str, Column] = field(default_factory=dict)

    def create(self) -> str:
        """The CREATE VIEW statement."""
        return f"CREATE VIEW {quoted(self.name)} AS\n{self.sql}"


PLACE = Column("地点", "Place", "行政区全称", "The administrative unit with those above it")
INDICATOR = Column("指标", "Indicator", "指标词表中的名称", "Name in the vocabulary of indicators")

FIGURES = View(
    "figures", "数据总览", "Figures",
    "每条数据连同其文章标题、地点全称、指标名称、报纸与刊发日期，一行即可引用。",
    "Every figure with the headline, place, indicator, newspaper and date it belongs to: one row to cite.",
    """SELECT o.observation_id, o.article_id, o.measure, o.subject, i.name AS indicator, p.full_name AS place,
  o.period_start, o.period_end, o.status, o.qualifier, o.kind, o.value, o.value_max, o.unit,
  o.standard_value, o.standard_value_max, o.standard_unit, o.statistic, o.per, o.per_value, o.per_unit,
  o.compared_with, o.period_basis, coalesce(o.measure_simplified, o.measure) AS measure_simplified,
  o.quote, o.sentence,
  a.title, s.publisher, coalesce(a.published_on, s.published_on) AS published_on, o.place_id, o.indicator_id
FROM observations o
JOIN articles a ON a.article_id = o.article_id
JOIN sources s ON s.source_id = a.source_id
LEFT JOIN places p ON p.place_id = o.place_id
LEFT JOIN indicators i ON i.indicator_id = o.indicator_id""",
    {"place": PLACE, "indicator": INDICATOR},
)  # fmt: skip

ARTICLE_OVERVIEW = View(
    "article_overview", "文章概览", "Article overview",
    "每篇文章一行：标题、报纸、日期、地点、主题，及其数据、体系与事件的条数。",
    "One row an article: headline, newspaper, date, place and theme, with counts of what it holds.",
    """SELECT a.article_id, a.title, a.kind, p.full_name AS place, t.name AS theme, s.publisher,
  a.published_on, a.characters,
  (SELECT count(*) FROM observations o WHERE o.article_id = a.article_id) AS figures,
  (SELECT count(*) FROM systems y WHERE y.article_id = a.article_id) AS systems,
  (SELECT count(*) FROM events e WHERE e.article_id = a.article_id) AS events,
  a.place_id, a.theme_id, a.source_id
FROM articles a
JOIN sources s ON s.source_id = a.source_id
LEFT JOIN places p ON p.place_id = a.place_id
LEFT JOIN themes t ON t.theme_id = a.theme_id""",
    {
        "place": PLACE,
        "theme": Column("主题", "Theme", "文章主题", "Theme of the article"),
        "figures": Column("数据条数", "Figures", "文中数据的条数", "Number of figures in it"),
        "systems": Column("体系数", "Systems", "文中命名体系的个数", "Number of named systems in it"),
        "events": Column("事件数", "Events", "文中事件的个数", "Number of events in it"),
    },
)  # fmt: skip

NAMED_ENTITIES = View(
    "named_entities", "提及对象", "Named entities",
    "正文每一处提及，连同所提及的地点、组织或人物的名称。",
    "Every mention in the texts, with the name of the place, organization or person it stands for.",
    """SELECT m.mention_id, m.article_id, a.title, m.entity_type, m.entity_id,
  coalesce(p.full_name, o.name, n.name) AS name, m.quote, m.text_start, m.text_end
FROM mentions m
JOIN articles a ON a.article_id = m.article_id
LEFT JOIN places p ON m.entity_type = 'place' AND p.place_id = m.entity_id
LEFT JOIN organizations o ON m.entity_type = 'organization' AND o.organization_id = m.entity_id
LEFT JOIN people n ON m.entity_type = 'person' AND n.person_id = m.entity_id""",
)  # fmt: skip

VIEWS: dict[str, View] = {view.name: view for view in (FIGURES, ARTICLE_OVERVIEW, NAMED_ENTITIES)}
