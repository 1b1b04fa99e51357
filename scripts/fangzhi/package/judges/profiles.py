"""Judge one: the official JSON Schema profiles of the Data Package standard, version 1.0 and 2.0."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError

from fangzhi.package.findings import Finding, Judge, finding
from fangzhi.package.opened import JsonObject, Opened, Part

FOLDER = Path(__file__).parents[1] / "profiles"
VERSIONS = ("1.0", "2.0")
PROBLEMS = 100  # of one file; a file with more is not worth reading on


@cache
def profile(version: str, name: str) -> JsonObject:
    """One of the official profiles: ``datapackage`` or ``tableschema``."""
    found: JsonObject = json.loads((FOLDER / version / f"{name}.json").read_text(encoding="utf-8"))
    return found


@cache
def _validator(version: str, name: str) -> Draft7Validator:
    return Draft7Validator(profile(version, name))


def _branches(error: ValidationError) -> list[list[ValidationError]]:
    found: dict[Any, list[ValidationError]] = {}
    for item in error.context or ():
        found.setdefault(item.relative_schema_path[0], []).append(item)
    return list(found.values())


def _misses(branch: list[ValidationError]) -> tuple[bool, int]:
    # a field of another type, or a value of another kind, is another branch's matter
    other = any(item.validator in ("enum", "type") and len(item.relative_path) < 2 for item in branch)
    return other, len(branch)


def leaves(error: ValidationError) -> list[ValidationError]:
    """The errors behind an error: those of the alternative that was most likely meant."""
    branches = _branches(error)
    if not branches:
        return [error]
    meant = min(branches, key=_misses)
    return [leaf for item in meant for leaf in leaves(item)]


def _where(path: Iterable[str | int]) -> str:
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in path]
    return "".join(parts).lstrip(".")


def _column(error: ValidationError, schema: JsonObject | None) -> str | None:
    path = list(error.absolute_path)
    if "fields" not in path[:-1] or schema is None:
        return None
    number = path[path.index("fields") + 1]
    try:
        name = schema["fields"][number]["name"]
    except (KeyError, IndexError, TypeError):
        return None
    return name if isinstance(name, str) else None


def _missing(error: ValidationError) -> str:
    wanted, there = cast("list[str]", error.validator_value), cast("JsonObject", error.instance)
    return ", ".join(key for key in wanted if key not in there)


def _finding(error: ValidationError, version: str, part: Part | None) -> Finding:
    kind = f"profile-{error.validator}"
    known = kind in ("profile-required", "profile-type", "profile-enum", "profile-pattern")
    value = _missing(error) if kind == "profile-required" else error.instance if known else error.validator
    return finding(
        kind if known else "profile-other",
        judge=Judge.PROFILES,
        table=part.name if part else None,
        column=_column(error, part.schema) if part else None,
        where=_where(error.absolute_path) or ("schema" if part else "datapackage"),
        value=value,
        wanted=error.validator_value if kind == "profile-type" else "",
        version=version,
    )


def _part_of(error: ValidationError, opened: Opened) -> Part | None:
    path = list(error.absolute_path)
    if len(path) < 2 or path[0] != "resources":
        return None
    resource = opened.descriptor["resources"][path[1]]
    return next((part for part in opened.parts if part.descriptor is resource), None)


def _errors(value: JsonObject, version: str, name: str) -> Iterator[ValidationError]:
    for count, error in enumerate(_validator(version, name).iter_errors(value)):
        if count == PROBLEMS:
            return
        yield from leaves(error)


def versions(opened: Opened) -> tuple[str, ...]:
    """What a package is held to: both versions if it is ours, else the one that it says it follows."""
    if opened.ours:
        return VERSIONS
    return ("2.0",) if "/2." in str(opened.descriptor.get("$schema", "")) else ("1.0",)


def judge_profiles(opened: Opened) -> list[Finding]:
    """Hold the descriptor and every schema file against the profiles."""
    found: list[Finding] = []
    for version in versions(opened):
        errors = _errors(opened.descriptor, version, "datapackage")
        found += [_finding(error, version, _part_of(error, opened)) for error in errors]
        for part in opened.parts:
            if part.schema is not None and isinstance(part.descriptor.get("schema"), str):
                found += [_finding(e, version, part) for e in _errors(part.schema, version, "tableschema")]
    return list(dict.fromkeys(found))
