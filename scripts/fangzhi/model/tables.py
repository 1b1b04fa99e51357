"""The tables of a package: one row model each, in the order in which they are published."""

from __future__ import annotations

from fangzhi.model import columns as c
from fangzhi.model.system_tables import Programme as Programme
from fangzhi.model.system_tables import System as System
from fangzhi.model.system_tables import SystemComponent as SystemComponent
from fangzhi.model.system_tables import SystemObservation as SystemObservation
from fangzhi.model.table import Row, Table, table


@table(
    "sources", key=("source_id",), zh="来源", en="Sources",
    zh_text="所读的报纸版面：出处、日期、字体、校验值与所作的修复。",
    en_text="The newspaper pages that were read: where from, dated when, and what was mended in them.",
)
class Source(Row):
    """A page as found."""

    source_id: c.SourceId
    path: c.Path
    title: c.Title | None = None
    publisher: c.Publisher | None = None
    publisher_basis: c.PublisherBasis | None = None
    published_on: c.PublishedOn | None = None
    published_on_basis: c.PublishedOnBasis | None = None
    page: c.PageLabel | None = None
    script: c.ScriptCode
    encoding: c.Encoding
    sha256: c.Sha256
    bytes: c.Bytes
    characters: c.Characters
    repairs: c.Repairs
    rights: c.Rights | None = None
    source_lines: c.SourceLines | None = None


@table(
    "articles", key=("article_id",), zh="文章", en="Articles",
    zh_text="从版面中读出的文章：标题、体裁、作者、正文及其在原文件中的位置。",
    en_text="The articles found on the pages: headline, kind, byline, text and where it stands in the source.",
)
class Article(Row):
    """An article as a careful reader would put it together."""

    article_id: c.ArticleId
    source_id: c.SourceId
    position: c.Position
    kicker: c.Kicker | None = None
    title: c.Title | None = None
    subtitle: c.Subtitle | None = None
    kind: c.ArticleKind
    credit: c.Credit | None = None
    reporters: c.Reporters
    place_id: c.PlaceId | None = None
    theme_id: c.ThemeId | None = None
    published_on: c.PublishedOn | None = None
    published_on_basis: c.PublishedOnBasis | None = None
    text: c.Text | None = None
    characters: c.Characters
    keywords: c.Keywords
    continues: c.Continues | None = None
    source_spans: c.SourceSpans


@table(
    "observations", key=("observation_id",), zh="数据", en="Observations",
    zh_text="文章所述的每一个数量：数值、单位、所测、地点、时段，以及写出它的原字。",
    en_text="Every quantity that the articles state: value, unit, what is measured, place, period and the very characters.",
)
class Observation(Row):
    """One quantitative statement."""

    observation_id: c.ObservationId
    article_id: c.ArticleId
    measure: c.Measure
    measure_simplified: c.MeasureSimplified | None = None
    indicator_id: c.IndicatorId | None = None
    subject: c.Subject | None = None
    subject_place_id: c.SubjectPlaceId | None = None
    subject_organization_id: c.SubjectOrganizationId | None = None
    place_id: c.PlaceId | None = None
    period_start: c.PeriodStart | None = None
    period_end: c.PeriodEnd | None = None
    period_text: c.PeriodText | None = None
    period_basis: c.PeriodFrom | None = None
    kind: c.Kind
    statistic: c.Statistic | None = None
    qualifier: c.Qualifier
    status: c.Status
    value: c.Value
    value_max: c.ValueMax | None = None
    unit: c.Unit | None = None
    unit_id: c.UnitId | None = None
    unit_code: c.UnitCode | None = None
    standard_value: c.StandardValue | None = None
    standard_value_max: c.StandardValueMax | None = None
    standard_unit: c.StandardUnit | None = None
    per: c.Per | None = None
    per_value: c.PerValue | None = None
    per_unit: c.PerUnit | None = None
    compared_with: c.ComparedWith | None = None
    compared_start: c.ComparedStart | None = None
    compared_end: c.ComparedEnd | None = None
    quote: c.Quote | None = None
    sentence: c.Sentence | None = None
    text_start: c.TextStart
    text_end: c.TextEnd
    source_start: c.SourceStart
    source_end: c.SourceEnd
    method: c.Method
    confidence: c.Confidence
    corroborates: c.Corroborates | None = None


@table(
    "places", key=("place_id",), zh="地点", en="Places",
    zh_text="文章与数据所涉的行政区与村、社区、小区，连同其上级。",
    en_text="The units, villages and estates that articles and figures refer to, with the units above them.",
)
class Place(Row):
    """An administrative unit."""

    place_id: c.PlaceId
    name: c.Name
    full_name: c.FullName
    level: c.PlaceLevel
    code: c.PlaceCode | None = None
    code_system: c.CodeSystem | None = None
    parent_id: c.ParentId | None = None
    latitude: c.Latitude | None = None
    longitude: c.Longitude | None = None
    coordinate_precision: c.CoordinatePrecision | None = None
    name_basis: c.NameBasis


@table(
    "organizations", key=("organization_id",), zh="组织", en="Organizations",
    zh_text="文章提到的机关、企业、学校与社会组织。",
    en_text="Public bodies, companies, schools and associations named in the articles.",
)
class Organization(Row):
    """A named organization."""

    organization_id: c.OrganizationId
    name: c.Name
    name_simplified: c.NameSimplified | None = None
    kind: c.OrganizationKind | None = None
    place_id: c.PlaceId | None = None


@table(
    "people", key=("person_id",), zh="人物", en="People",
    zh_text="以公开身份出现的人：记者、通讯员、公职人员与发言人。私人不入表。",
    en_text="People named in a public role: reporters, office-holders, spokespeople. Private persons are left out.",
)
class Person(Row):
    """A person in a public role."""

    person_id: c.PersonId
    name: c.Name
    role: c.PersonRole
    post: c.Post | None = None
    organization_id: c.OrganizationId | None = None


@table(
    "mentions", key=("mention_id",), zh="提及", en="Mentions",
    zh_text="地点、组织与人物在正文中出现之处。",
    en_text="Where places, organizations and people stand in the texts.",
)
class Mention(Row):
    """An entity at a place in the text."""

    mention_id: c.MentionId
    article_id: c.ArticleId
    entity_type: c.EntityType
    entity_id: c.EntityId
    quote: c.Quote | None = None
    text_start: c.TextStart
    text_end: c.TextEnd


@table(
    "periods", key=("period_id",), zh="时间", en="Periods",
    zh_text="正文中的日期与时段，及其解析结果。",
    en_text="The dates and spans of time in the texts, and what they resolve to.",
)
class Period(Row):
    """An expression of time in the text."""

    period_id: c.PeriodId
    article_id: c.ArticleId
    date_start: c.DateStart | None = None
    date_end: c.DateEnd | None = None
    basis: c.PeriodBasis | None = None
    quote: c.Quote | None = None
    text_start: c.TextStart
    text_end: c.TextEnd
    source_start: c.SourceStart
    source_end: c.SourceEnd


@table(
    "events", key=("event_id",), zh="事件", en="Events",
    zh_text="文章所记有日期的事件。",
    en_text="Dated happenings that the articles report.",
)
class Event(Row):
    """A dated happening."""

    event_id: c.EventId
    article_id: c.ArticleId
    date_start: c.DateStart
    date_end: c.DateEnd
    name: c.Name
    name_simplified: c.NameSimplified | None = None
    place_id: c.PlaceId | None = None
    quote: c.Quote | None = None
    text_start: c.TextStart
    text_end: c.TextEnd


@table(
    "checks", key=("check_id",), zh="核验", en="Checks",
    zh_text="报道数字之间的算术核验：合计、占比、增长、差额与重述。",
    en_text="Arithmetic between the figures reported: sums, shares, growth, differences and restatements.",
)
class Check(Row):
    """Figures held against each other."""

    check_id: c.CheckId
    article_id: c.ArticleId
    kind: c.CheckKind
    inputs: c.Inputs
    reported: c.Reported
    expected: c.Expected
    difference: c.Difference
    tolerance: c.Tolerance
    verdict: c.Verdict
    formula: c.Formula


@table(
    "corrections", key=("correction_id",), zh="更正", en="Corrections",
    zh_text="编辑对读出结果的更正：改了什么、为何、由谁，以及是否采用。",
    en_text="What editors corrected in the rows as read: what, why, by whom, and whether it was applied.",
)
class Correction(Row):
    """An editor's correction and what came of it."""

    correction_id: c.CorrectionId
    table_name: c.TableName
    row_key: c.RowKey
    field: c.FieldName | None = None
    article_id: c.ArticleId | None = None
    old_value: c.OldValue | None = None
    new_value: c.NewValue | None = None
    reason: c.CorrectionReason
    author: c.Author
    corrected_on: c.CorrectedOn
    state: c.CorrectionState


@table(
    "issues", key=("issue_id",), zh="问题", en="Issues",
    zh_text="未能读出或被搁置之处及其缘由；不作无声的舍弃。",
    en_text="What could not be read or was left aside, where and why: nothing is dropped silently.",
)
class Issue(Row):
    """Something that was not read, and why."""

    issue_id: c.IssueId
    path: c.Path
    source_id: c.SourceId | None = None
    article_id: c.ArticleId | None = None
    kind: c.IssueKind
    severity: c.Severity
    reason: c.Reason
    reason_en: c.ReasonEn
    quote: c.Quote | None = None
    source_start: c.SourceStart | None = None
    source_end: c.SourceEnd | None = None


@table(
    "indicators", key=("indicator_id",), zh="指标", en="Indicators",
    zh_text="常见指标的词表，使各县各年可比。",
    en_text="A vocabulary of indicators, so that counties and years can be compared.",
)
class Indicator(Row):
    """An entry of the indicator vocabulary."""

    indicator_id: c.IndicatorId
    parent_id: c.IndicatorParentId | None = None
    theme_id: c.ThemeId | None = None
    name: c.Name
    name_en: c.NameEn
    definition: c.Definition
    definition_en: c.DefinitionEn
    dimension: c.Dimension
    units: c.IndicatorUnits
    statistics: c.IndicatorStatistics


@table(
    "units", key=("unit_id",), zh="单位", en="Units",
    zh_text="单位与量词，及其到标准单位的精确换算系数。",
    en_text="Units and classifiers, with exact factors to their standard unit.",
)
class UnitRow(Row):
    """A unit of measure or a classifier."""

    unit_id: c.UnitId
    name: c.Name
    name_en: c.NameEn
    kind: c.Kind
    unit_code: c.UnitCode | None = None
    standard_unit: c.StandardUnit | None = None
    factor_numerator: c.FactorNumerator | None = None
    factor_denominator: c.FactorDenominator | None = None


@table(
    "themes", key=("theme_id",), zh="主题", en="Themes",
    zh_text="文章主题的词表。",
    en_text="The vocabulary of themes.",
)
class Theme(Row):
    """An entry of the theme vocabulary."""

    theme_id: c.ThemeId
    name: c.Name
    name_en: c.NameEn
    terms: c.Terms


@table(
    "codes", key=("code_list", "code"), zh="代码表", en="Code lists",
    zh_text="数据中所用代码的中英文名称。",
    en_text="What the codes used in the data mean, in Chinese and English.",
)
class CodeRow(Row):
    """A member of a code list."""

    code_list: c.CodeList
    code: c.CodeValue
    name: c.Name
    name_en: c.NameEn


ROWS: tuple[type[Row], ...] = (
    Source, Article, Observation, Place, Organization, Person, Mention, Period, System,
    SystemComponent, SystemObservation, Programme, Event, Check, Correction, Issue, Indicator, UnitRow, Theme, CodeRow,
)  # fmt: skip
TABLES: dict[str, Table] = {row.table.name: row.table for row in ROWS}
