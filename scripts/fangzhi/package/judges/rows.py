"""Judge two: frictionless reads every row, follows every foreign key, counts bytes and hashes."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from frictionless import FrictionlessException, Package

from fangzhi.package.findings import Finding, Judge, finding
from fangzhi.package.judges.opened import JsonObject, Opened, Part
from fangzhi.package.messages import MESSAGES

# frictionless guesses the dialect from the first lines, and hostile text can mislead it
_DIALECT = {"csv": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "skipInitialSpace": False}}
_TSV = {"csv": _DIALECT["csv"] | {"delimiter": "\t"}}
_PASSED = ("name", "encoding", "bytes", "hash", "rows", "fields", "data", "dialect")
_DESCRIPTORS = ("package-error", "resource-error", "schema-error", "field-error", "dialect-error")
LIMIT = 1000


def _format(part: Part) -> str:
    suffix = part.file.suffix.lstrip(".").lower() if part.file else "inline"
    return str(part.descriptor.get("format", suffix)).lower()


def _resource(part: Part, opened: Opened) -> JsonObject:
    """What frictionless is given: nothing that would make it fetch, unpack or guess."""
    found: JsonObject = {key: part.descriptor[key] for key in _PASSED if key in part.descriptor}
    found |= {"name": part.name, "type": "table"}
    if part.schema is not None:
        found["schema"] = part.schema
    if part.file is not None:
        kind = _format(part)
        path = part.file.relative_to(opened.folder.resolve())
        found |= {"path": path.as_posix(), "format": kind, "scheme": "file"}
        if not isinstance(found.get("dialect"), dict):
            found["dialect"] = _TSV if kind == "tsv" else _DIALECT
    return found


def _readable(part: Part) -> bool:
    if part.file is None:
        return isinstance(part.descriptor.get("data"), list)
    return _format(part) in ("csv", "tsv") and part.file.suffix.lower() in (".csv", ".tsv", ".txt", "")


def _kind(error: Any) -> str:
    return error.type if error.type in MESSAGES else "frictionless-other"


def _columns(error: Any) -> str | None:
    one = getattr(error, "field_name", None) or getattr(error, "label", None)
    return ", ".join(map(str, getattr(error, "field_names", ()))) or (str(one) if one else None)


def _finding(error: Any, table: str | None) -> Finding:
    return finding(
        _kind(error),
        judge=Judge.FRICTIONLESS,
        table=table,
        row=getattr(error, "row_number", None),
        column=_columns(error),
        note=error.note,
        type=error.type,
    )


def _failed(error: Exception, table: str | None) -> list[Finding]:
    if isinstance(error, FrictionlessException):
        return [_finding(reason, table) for reason in error.reasons or [error.error]]
    note = f"{type(error).__name__}: {error}"
    return [finding("judge-failed", judge=Judge.FRICTIONLESS, table=table, note=note)]


def _descriptor(opened: Opened, parts: list[Part]) -> JsonObject:
    found: JsonObject = {"name": "package", "resources": [_resource(part, opened) for part in parts]}
    if isinstance(profile := opened.descriptor.get("$schema"), str) and profile.startswith(
        "https://datapackage.org/"
    ):
        found["$schema"] = profile
    return found


def _validate(opened: Opened, parts: list[Part]) -> list[Finding]:
    package = Package.from_descriptor(_descriptor(opened, parts), basepath=str(opened.folder.resolve()))
    outcome = package.validate(limit_errors=LIMIT)
    found = [_finding(error, None) for error in outcome.errors]
    for task in outcome.tasks:
        found += [_finding(error, task.name) for error in task.errors]
        if len(task.errors) >= LIMIT:
            found.append(finding("too-many", judge=Judge.FRICTIONLESS, table=task.name, count=LIMIT))
    return found


def _alone(part: Part) -> Part:
    """The part without references to others."""
    keys = {key: value for key, value in (part.schema or {}).items() if key != "foreignKeys"}
    return replace(part, schema=None if part.schema is None else keys)


def _one_by_one(opened: Opened, parts: list[Part]) -> list[Finding]:
    found: list[Finding] = []
    for part in parts:
        try:
            found += _validate(opened, [_alone(part)])
        except Exception as error:  # noqa: BLE001 — whatever it stumbles over is a finding
            found += _failed(error, part.name)
    return found


def judge_rows(opened: Opened) -> list[Finding]:
    """Let frictionless judge all resources whose file is there; what it stumbles over is a finding."""
    parts = [part for part in opened.parts if _readable(part)]
    others = [part for part in opened.parts if part.file and not _readable(part)]
    unread = [finding("not-read", table=part.name, path=part.descriptor.get("path")) for part in others]
    if not parts:
        return unread
    logging.getLogger("frictionless").setLevel(logging.CRITICAL)
    try:
        return unread + _validate(opened, parts)
    except Exception as error:  # noqa: BLE001 — whatever it stumbles over is a finding
        found = _one_by_one(opened, parts)
        told = any(item.kind in ("judge-failed", *_DESCRIPTORS) for item in found)
        return unread + found + ([] if told else _failed(error, None))
