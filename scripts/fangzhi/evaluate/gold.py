"""Annotations of a page: what a careful reader finds in it. The format is told in docs/annotation.md."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from fangzhi.model.codes import ArticleKind, CheckKind, Kind, Qualifier, Status


class AnnotationError(ValueError):
    """A file of annotations cannot be used; the message says where and why."""


class Annotation(BaseModel):
    """An annotated thing; keys that are not known are notes of the annotator."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class GoldArticle(Annotation):
    """An article by its headline and the first and last words of its body."""

    n: int
    title: str | None = None
    kind: ArticleKind
    reporters: tuple[str, ...] = ()
    body_starts: str = Field(min_length=1)
    body_ends: str = Field(min_length=1)
    place: str | None = None
    published: str | None = None


class GoldFigure(Annotation):
    """A quantity by its quote and the words around it; the value without its multiplier."""

    id: int
    quote: str = Field(min_length=1)
    context: str
    value: Decimal
    value_high: Decimal | None = None
    multiplier: Decimal = Decimal(1)
    unit: str | None = None
    qualifier: Qualifier | None = None
    kind: Kind
    indicator: str
    subject: str | None = None
    place: str | None = None
    time: str | None = None
    status: Status = Status.ACTUAL


class GoldSystem(Annotation):
    """A named system with its parts; ``core`` ones are those a reader of the page would expect."""

    id: int
    name: str = Field(min_length=1)
    components: tuple[str, ...] = ()
    core: bool = False


class GoldEvent(Annotation):
    """A dated happening, and the sentence that states it."""

    id: int
    date: str | None = None
    what: str
    evidence: str = ""


class GoldCheck(Annotation):
    """Figures as printed that go into a calculation, and the one that is checked."""

    kind: CheckKind
    inputs: tuple[Decimal, ...]
    reported: Decimal
    note: str = ""


class Gold(Annotation):
    """All annotations of one page; ``doc`` is the name of its text without the ending."""

    doc: str
    articles: tuple[GoldArticle, ...] = ()
    observations: tuple[GoldFigure, ...] = ()
    systems: tuple[GoldSystem, ...] = ()
    events: tuple[GoldEvent, ...] = ()
    checks: tuple[GoldCheck, ...] = ()


def parse_gold(text: str, name: str) -> Gold:
    """The annotations in a JSON text; AnnotationError with the first places that are wrong."""
    try:
        found: Any = json.loads(text, parse_float=Decimal)
        return Gold.model_validate(found)
    except ValidationError as error:
        told = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()[:5])
        raise AnnotationError(f"{name}: 标注不合格式 / not as annotations must be: {told}") from None
    except (ValueError, RecursionError) as error:
        raise AnnotationError(f"{name}: 不是 JSON / it is no JSON: {error}") from None
