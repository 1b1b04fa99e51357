"""Judge two: frictionless reads every row, follows every foreign key, counts bytes and hashes."""

from __future__ import annotations

import logging
from typing import Any

from frictionless import FrictionlessException, Package

from fangzhi.package.findings import Finding, Judge, finding
from fangzhi.package.judges.keys import known_keys
from fangzhi.package.messages import MESSAGES
from fangzhi.package.opened import JsonObject, Opened, Part, as_list

# frictionless guesses the dialect from the first lines, and hostile text can mislead it
_DIALECT = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "skipInitialSpace": False}
_PASSED = ("name", "encoding", "bytes", "hash", "rows", "fields", "data")
# what keeps a resource from being read at all, and then breaks every table that refers to it
_UNREADABLE = frozenset(
    {"judge-failed", "package-error", "resource-error", "schema-error", "field-error", "dialect-error"}
    | {"source-error", "scheme-error", "format-error", "encoding-error", "compression-error"}
)
LIMIT = 1000


def _format(part: Part) -> str:
    suffix = part.file.suffix.lstrip(".").lower() if part.file else "inline"
    return str(part.descriptor.get("format", suffix)).lower()


def _field(field: JsonObject) -> JsonObject:
    # frictionless would load an item type that is a string from the file or address it names
    return {key: value for key, value in field.items() if key != "arrayItem" or isinstance(value, dict)}


def _schema(part: Part, known: frozenset[str]) -> JsonObject | None:
    """The schema with its fields that are objects and its references to resources that can be read."""
    if part.schema is None:
        return None
    found = {key: value for key, value in part.schema.items() if key not in ("fields", "foreignKeys")}
    if "fields" in part.schema:
        fields = as_list(part.schema["fields"])
        found["fields"] = [_field(field) for field in fields if isinstance(field, dict)]
    keys = [key for key in as_list(part.schema.get("foreignKeys")) if target(key) in known]
    return found | {"foreignKeys": keys} if keys else found


def target(key: object) -> str | None:
    """The resource that a foreign key refers to; empty for its own, None for one without form."""
    reference = key.get("reference") if isinstance(key, dict) else None
    name = reference.get("resource", "") if isinstance(reference, dict) else None
    return name if isinstance(name, str) else None


def _dialect(part: Part) -> JsonObject:
    given = part.descriptor.get("dialect")
    own = given if isinstance(given, dict) else {}
    found = _DIALECT | ({"delimiter": "\t"} if _format(part) == "tsv" else {})
    return found | {key: own[key] for key in own.keys() & known_keys("dialect") if key != "$schema"}


def _resource(part: Part, opened: Opened, known: frozenset[str]) -> JsonObject:
    """What frictionless is given: nothing that would make it fetch, unpack or guess."""
    found: JsonObject = {key: part.descriptor[key] for key in _PASSED if key in part.descriptor}
    found |= {"name": part.name, "type": "table"}
    if (schema := _schema(part, known)) is not None:
        found["schema"] = schema
    if part.file is not None:
        path = part.file.relative_to(opened.folder.resolve()).as_posix()
        found |= {"path": path, "format": _format(part), "scheme": "file", "dialect": _dialect(part)}
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
    known = frozenset({"", *(part.name for part in parts)})
    found: JsonObject = {"name": "package", "resources": [_resource(part, opened, known) for part in parts]}
    profile = opened.descriptor.get("$schema")
    if isinstance(profile, str) and profile.startswith("https://datapackage.org/profiles/"):
        found["$schema"] = profile
    return found


def _validate(opened: Opened, parts: list[Part]) -> list[Finding]:
    """What frictionless finds in these resources; what it stumbles over is a finding too."""
    only = parts[0].name if len(parts) == 1 else None
    try:
        package = Package.from_descriptor(_descriptor(opened, parts), basepath=str(opened.folder.resolve()))
        outcome = package.validate(limit_errors=LIMIT)
    except Exception as error:  # noqa: BLE001 — hostile descriptors bring out errors of every kind
        return _failed(error, only)
    found = [_finding(error, only) for error in outcome.errors]
    for task in outcome.tasks:
        found += [_finding(error, task.name) for error in task.errors]
        if len(task.errors) >= LIMIT:
            found.append(finding("too-many", judge=Judge.FRICTIONLESS, table=task.name, count=LIMIT))
    return found


def _unreadable(findings: list[Finding]) -> bool:
    return any(item.kind in _UNREADABLE for item in findings)


def _validate_sound(opened: Opened, parts: list[Part]) -> list[Finding]:
    """Set aside the resources that cannot be read by themselves, and judge the others without them."""
    alone = [(part, _validate(opened, [part])) for part in parts]
    broken = [item for _, found in alone if _unreadable(found) for item in found]
    sound = [part for part, found in alone if not _unreadable(found)]
    return broken + (_validate(opened, sound) if sound else [])


def judge_rows(opened: Opened) -> list[Finding]:
    """Let frictionless judge all resources whose file is there."""
    parts = [part for part in opened.parts if _readable(part)]
    others = [part for part in opened.parts if part.file and not _readable(part)]
    unread = [finding("not-read", table=part.name, path=part.descriptor.get("path")) for part in others]
    logging.getLogger("frictionless").setLevel(logging.CRITICAL)
    found = _validate(opened, parts) if parts else []
    if _unreadable(found) and len(parts) > 1:
        # names that are not unique make the whole unreadable and no part of it
        found = _validate_sound(opened, parts) or found
    return unread + found
