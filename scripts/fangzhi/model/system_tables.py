"""The tables of named systems: what they are, their parts, their figures, and programmes over several articles."""

from __future__ import annotations

from fangzhi.model import columns as c
from fangzhi.model.table import Row, table


@table(
    "systems", key=("system_id",), zh="命名体系", en="Named systems",
    zh_text="有名称的模式、机制、工程、平台、凭证与品牌。",
    en_text="Named programmes, mechanisms, models, platforms, vouchers and brands.",
)
class System(Row):
    """A named system; one named in the headline alone has no place in the text."""

    system_id: c.SystemId
    article_id: c.ArticleId
    name: c.Name
    name_simplified: c.NameSimplified | None = None
    kind: c.SystemKind
    owner: c.Owner | None = None
    owner_organization_id: c.OwnerOrganizationId | None = None
    owner_place_id: c.OwnerPlaceId | None = None
    place_id: c.PlaceId | None = None
    programme_id: c.ProgrammeId | None = None
    components_declared: c.ComponentsDeclared | None = None
    quote: c.Quote | None = None
    sentence: c.Sentence | None = None
    text_start: c.TextStart | None = None
    text_end: c.TextEnd | None = None


@table(
    "system_components", key=("system_id", "position"), zh="体系组成", en="System components",
    zh_text="命名体系的各组成项。",
    en_text="The parts of the named systems.",
)
class SystemComponent(Row):
    """A part of a named system."""

    system_id: c.SystemId
    position: c.Position
    name: c.Name
    name_simplified: c.NameSimplified | None = None
    parent: c.Parent | None = None
    text_start: c.TextStart
    text_end: c.TextEnd


@table(
    "system_observations", key=("system_id", "observation_id"), zh="体系数据", en="Figures of systems",
    zh_text="哪些数据属于哪个命名体系，以及依据。",
    en_text="Which figures belong to which named system, and by what evidence.",
)
class SystemObservation(Row):
    """A figure that the text tells of a named system."""

    system_id: c.SystemId
    observation_id: c.ObservationId
    evidence: c.Evidence


@table(
    "programmes", key=("programme_id",), zh="跨文章项目", en="Programmes",
    zh_text="多篇文章所记的同一凭证、工程或机制，何处何时见于版面。",
    en_text="Vouchers, projects and mechanisms told of in several articles, with where and when they were seen.",
)
class Programme(Row):
    """A named system that several articles tell of."""

    programme_id: c.ProgrammeId
    name: c.Name
    kind: c.SystemKind
    article_count: c.ArticleCount
    first_seen: c.FirstSeen | None = None
    last_seen: c.LastSeen | None = None
    place_ids: c.PlaceIds
