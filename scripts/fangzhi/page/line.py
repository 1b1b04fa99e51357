"""A line of a page, and what it can be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from fangzhi.text.spans import Mapped


class LineKind(Enum):
    """What a line of a page is."""

    FURNITURE = "furniture"
    NOISE = "noise"
    LINKS = "links"
    RUBRIC = "rubric"
    BOX = "box"
    ITEMS = "items"
    PAGE = "page"
    DATELINE = "dateline"
    TITLE_FIELD = "title_field"
    AUTHOR_FIELD = "author_field"
    TEXT_FIELD = "text_field"
    BYLINE = "byline"
    CLOSING = "closing"
    CONTINUATION = "continuation"
    CAPTION = "caption"
    ASIDE = "aside"
    SUBHEAD = "subhead"
    HEADLINE = "headline"
    BODY = "body"
    ROW = "row"


@dataclass(frozen=True)
class Line:
    """A line or paragraph: its characters, the empty lines before it, how far it was indented."""

    body: Mapped
    blanks: int
    indent: float = 0.0
    """Width in full-width characters."""
    kind: LineKind | None = None
    """What it is by mark-up or by its place on the page; None where only its characters tell."""

    @property
    def text(self) -> str:
        """The characters of the line."""
        return self.body.text
