"""Annotations of a page: what a careful reader finds in it. The format is told in docs/annotation.md."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from fangzhi.model.codes import ArticleKind, CheckKind, Kind, Qualifier, Status

TOLD = 10  # mistakes that a message names
_SAID = {
    "missing": ("缺此键", "is missing"),
    "enum": ("应为 {expected} 之一", "must be one of {expected}"),
    "decimal_parsing": ("应为数字", "must be a number"),
    "decimal_type": ("应为数字", "must be a number"),
    "int_parsing": ("应为整数", "must be a whole number"),
    "int_type": ("应为整数", "must be a whole number"),
    "string_type": ("应为文字", "must be a text"),
    "string_too_short": ("不能为空", "may not be empty"),
    "tuple_type": ("应为列表", "must be a list"),
    "model_type": ("应为 JSON 对象", "must be an object"),
}


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
    indicator_also: tuple[str, ...] = ()
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


def _told(error: ErrorDetails) -> str:
    """Where an annotation is wrong and what should stand there; places in lists are counted from 0."""
    where = ".".join(map(str, error["loc"])) or "–"
    if error["type"] not in _SAID:
        return f"{where}: {error['msg']}"
    zh, en = _SAID[error["type"]]
    expected = error.get("ctx", {}).get("expected", "")
    return f"{where}：{zh.format(expected=expected)} / {en.format(expected=expected)}"


def parse_gold(text: str, name: str) -> Gold:
    """The annotations in a JSON text; AnnotationError with the first ``TOLD`` places that are wrong."""
    try:
        found: Any = json.loads(text, parse_float=Decimal)
        return Gold.model_validate(found)
    except ValidationError as error:
        told = "".join(f"\n  {_told(found)}" for found in error.errors()[:TOLD])
        raise AnnotationError(f"{name}: 标注不合格式 / not as annotations must be:{told}") from None
    except (ValueError, RecursionError) as error:
        raise AnnotationError(f"{name}: 不是 JSON / it is no JSON: {error}") from None
