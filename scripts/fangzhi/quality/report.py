"""The quality report as typed data: what ``quality.json`` holds."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, computed_field

QUALITY = "quality.json"


class Part(BaseModel):
    """Frozen, and exact about its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Share(Part):
    """How many of a whole."""

    count: int
    total: int

    @computed_field  # type: ignore[prop-decorator]
    @property
    def share(self) -> float | None:
        """From 0 to 1, to four digits; None of nothing."""
        return round(self.count / self.total, 4) if self.total else None

    @property
    def percent(self) -> str:
        """To a tenth of a percent, cut off, so that only all is 100 %; a dash of nothing."""
        tenths = self.count * 1000 // self.total if self.total else None
        return "–" if tenths is None else f"{tenths / 10:g}%"


class IssueCount(Part):
    """Issues of one kind; the codes of the data."""

    severity: str
    kind: str
    count: int


class Figures(Part):
    """Figures by code, and how many of them are placed, dated, converted and linked."""

    total: int
    by_kind: dict[str, int]
    by_qualifier: dict[str, int]
    by_status: dict[str, int]
    with_place: Share
    with_period: Share
    with_standard_unit: Share
    with_indicator: Share


class SystemGap(Part):
    """A named system with more or fewer parts than its name declares."""

    system_id: str
    name: str
    declared: int
    found: int


class Keys(Part):
    """How many rows, and the keys of the first of them."""

    count: int
    keys: tuple[str, ...]


class TableChange(Part):
    """What changed in a table since the last build; ``columns`` counts the cells that did, by column."""

    table: str
    added: Keys
    changed: Keys
    gone: Keys
    columns: dict[str, int]


class Changes(Part):
    """What changed since the last build; tables whose columns changed cannot be compared."""

    tables: tuple[TableChange, ...]
    not_compared: tuple[str, ...]


class Quality(Part):
    """A build in figures; ``changes`` is None for the first build of a folder."""

    pages: int
    articles: int
    articles_by_kind: dict[str, int]
    figures: Figures
    unresolved_places: int
    unresolved_periods: int
    issues: tuple[IssueCount, ...]
    checks: dict[str, int]
    corrections: dict[str, int]
    systems: int
    system_gaps: tuple[SystemGap, ...]
    repairs: dict[str, int]
    changes: Changes | None


def parse_quality(content: bytes) -> Quality:
    """A report as ``quality.json`` holds it; ValueError for anything else."""
    return Quality.model_validate_json(content, extra="ignore")
