"""Judge three, the descriptors: every key known, hashes, addresses and times in one form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from difflib import get_close_matches
from functools import cache
from typing import Any

from fangzhi import __version__
from fangzhi.model.tables import TABLES
from fangzhi.package.descriptor import OWN_KEYS, version
from fangzhi.package.files import FileFacts, file_facts
from fangzhi.package.findings import Finding, finding
from fangzhi.package.judges.profiles import VERSIONS, profile
from fangzhi.package.opened import JsonObject, Opened, Part, as_list
from fangzhi.package.schema import table_schema

_HASH = re.compile(r"sha256:[0-9a-f]{64}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_ADDRESS = re.compile(
    r"https://datapackage\.org/profiles/[12]\.\d/(datapackage|dataresource|tableschema)\.json"
)
_IN = {
    "package": (),
    "resource": ("resources",),
    "license": ("licenses",),
    "source": ("sources",),
    "contributor": ("contributors",),
    "dialect": ("resources", "dialect"),
    "schema": ("resources", "schema"),
    "foreignKey": ("resources", "schema", "foreignKeys"),
    "reference": ("resources", "schema", "foreignKeys", "reference"),
    "field": ("resources", "schema", "fields"),
    "constraints": ("resources", "schema", "fields", "constraints"),
}


def _forms(schema: Any) -> Iterator[JsonObject]:
    """A JSON Schema with its alternatives and the schemas of its items."""
    if not isinstance(schema, dict):
        return
    yield schema
    for inner in (*schema.get("oneOf", ()), *schema.get("anyOf", ()), schema.get("items")):
        yield from _forms(inner)


def _descend(schemas: Iterable[JsonObject], name: str) -> list[JsonObject]:
    inside = [schema.get("properties", {}).get(name) for schema in schemas]
    return [form for schema in inside for form in _forms(schema)]


@cache
def known_keys(what: str) -> frozenset[str]:
    """The keys that the standard (either version) or this program gives an object."""
    schemas = [profile(version_, "datapackage") for version_ in VERSIONS]
    for name in _IN[what]:
        schemas = _descend(schemas, name)
    found = {key for schema in schemas for key in schema.get("properties", {})}
    return frozenset(found) | OWN_KEYS.get(what, frozenset())


Located = tuple[str, str | None, str | None, JsonObject]


def _items(what: str, table: str | None, value: object) -> Iterator[Located]:
    for item in as_list(value):
        if isinstance(item, dict):
            yield what, table, None, item


def _people(table: str | None, owner: JsonObject) -> Iterator[Located]:
    for what, key in (("license", "licenses"), ("source", "sources"), ("contributor", "contributors")):
        yield from _items(what, table, owner.get(key))


def _in_schema(part: Part) -> Iterator[Located]:
    schema = part.schema or {}
    yield "schema", part.name, None, schema
    for field in part.fields():
        yield "field", part.name, field["name"], field
        if isinstance(field.get("constraints"), dict):
            yield "constraints", part.name, field["name"], field["constraints"]
    for _, _, _, key in _items("foreignKey", part.name, schema.get("foreignKeys")):
        yield "foreignKey", part.name, None, key
        if isinstance(key.get("reference"), dict):
            yield "reference", part.name, None, key["reference"]


def _objects(opened: Opened) -> Iterator[Located]:
    yield "package", None, None, opened.descriptor
    yield from _people(None, opened.descriptor)
    for part in opened.parts:
        yield "resource", part.name, None, part.descriptor
        yield from _people(part.name, part.descriptor)
        if isinstance(part.descriptor.get("dialect"), dict):
            yield "dialect", part.name, None, part.descriptor["dialect"]
        yield from _in_schema(part)


def _key_findings(opened: Opened) -> Iterator[Finding]:
    """Keys nobody knows; in packages of others, who may have keys of their own, only misspelt ones."""
    for what, table, column, item in _objects(opened):
        for key in item.keys() - known_keys(what):
            meant = next(iter(get_close_matches(key, sorted(known_keys(what) - item.keys()), 1, 0.8)), None)
            if meant:
                yield finding("misspelt-key", table=table, column=column, where=what, key=key, meant=meant)
            elif opened.ours:
                yield finding("unknown-key", table=table, column=column, where=what, key=key)


def _is_time(value: object) -> bool:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _target_findings(opened: Opened) -> Iterator[Finding]:
    names = {"", *(part.name for part in opened.parts)}
    for what, table, _, item in _objects(opened):
        if what == "reference" and str(item.get("resource", "")) not in names:
            yield finding("table-missing", table=table, name=item["resource"])


def _form_findings(opened: Opened) -> Iterator[Finding]:
    package = opened.descriptor
    if "created" in package and not _is_time(package["created"]):
        yield finding("created-form", value=package["created"])
    for what, table, _, item in _objects(opened):
        address = item.get("$schema") if what in ("package", "resource", "schema") else None
        if address is not None and not _ADDRESS.fullmatch(str(address)):
            yield finding("profile-unknown", table=table, value=address)
    for part in opened.parts:
        digest = part.descriptor.get("hash")
        if digest is not None and not _HASH.fullmatch(str(digest)):
            yield finding("hash-form", table=part.name, value=digest)


def _difference(have: JsonObject, want: JsonObject) -> str | None:
    keys = [key for key in sorted(have.keys() | want.keys()) if have.get(key) != want.get(key)]
    return ", ".join(keys) or None


def _column_of_difference(part: Part, want: JsonObject) -> str | None:
    pairs = zip(part.fields(), want["fields"], strict=False)
    return next((should["name"] for field, should in pairs if field != should), None)


def _table_findings(opened: Opened) -> Iterator[Finding]:
    names = [part.name for part in opened.parts]
    yield from (finding("table-missing", table=name, name=name) for name in TABLES if name not in names)
    yield from (finding("table-unknown", table=name, name=name) for name in names if name not in TABLES)
    if not str(opened.descriptor.get("version")).startswith(f"{__version__}+"):
        return  # another version of the program had tables of its own
    for part in opened.parts:
        want = table_schema(TABLES[part.name]) if part.name in TABLES else None
        if want and part.schema is not None and (where := _difference(part.schema, want)):
            column = _column_of_difference(part, want)
            yield finding("schema-differs", table=part.name, column=column, where=where)


def _version_findings(opened: Opened) -> Iterator[Finding]:
    files: dict[str, FileFacts] = {part.name: file_facts(part.file) for part in opened.parts if part.file}
    have: Any = opened.descriptor.get("version")
    if len(files) == len(TABLES) and str(have).partition("+")[2] != version(files).partition("+")[2]:
        yield finding("version-differs", value=have)


def judge_keys(opened: Opened) -> list[Finding]:
    """Hold descriptor and schemas to what the standard leaves open."""
    found = [*_key_findings(opened), *_target_findings(opened), *_form_findings(opened)]
    return [*found, *_table_findings(opened), *_version_findings(opened)] if opened.ours else found
