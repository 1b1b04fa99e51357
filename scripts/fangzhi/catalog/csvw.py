"""CSV on the Web: metadata beside the CSV files. https://www.w3.org/TR/tabular-metadata/.

Foreign keys that may be empty ask validators to be lax about nulls; code lists have no place in it.
"""

from __future__ import annotations

from fangzhi.catalog.published import Json, Published
from fangzhi.model.bilingual import apart

_TYPES = {"integer": "integer", "number": "decimal", "date": "date", "array": "json", "object": "json"}


def metadata(published: Published) -> Json:
    """A group of tables, their paths relative to the package."""
    of = published.descriptor
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "dc:title": {"@value": apart(of["title"])[0], "@language": "zh"},
        "dc:license": {"@id": of["licenses"][0]["path"]},
        "tables": [_table(published, resource) for resource in of["resources"]],
    }


def _path(published: Published, table: str) -> str:
    path: str = next(r["path"] for r in published.descriptor["resources"] if r["name"] == table)
    return path


def _table(published: Published, resource: Json) -> Json:
    schema = published.schemas[resource["name"]]
    keys = [_foreign_key(published, resource, key) for key in schema.get("foreignKeys", [])]
    found: Json = {
        "columns": [_column(field) for field in schema["fields"]],
        "primaryKey": schema["primaryKey"],
    }
    return {
        "url": resource["path"],
        "dc:title": _words(resource["title"]),
        "tableSchema": found | ({"foreignKeys": keys} if keys else {}),
    }


def _foreign_key(published: Published, resource: Json, key: Json) -> Json:
    table = key["reference"]["resource"] or resource["name"]
    reference = {"resource": _path(published, table), "columnReference": key["reference"]["fields"]}
    return {"columnReference": key["fields"], "reference": reference}


def _words(text: str) -> list[Json]:
    return [{"@value": said, "@language": code} for said, code in zip(apart(text), ("zh", "en"), strict=True)]


def _column(field: Json) -> Json:
    zh, en = apart(field["title"])
    constraints = field.get("constraints", {})
    return {
        "name": field["name"],
        "titles": {"und": field["name"], "zh": zh, "en": en},
        "dc:description": _words(field["description"]),
        "datatype": _datatype(field),
        "required": bool(constraints.get("required")),
    }


def _datatype(field: Json) -> Json:
    constraints = field.get("constraints", {})
    found: Json = {"base": _TYPES.get(field["type"], "string")}
    if "pattern" in constraints and found["base"] == "string":
        found["format"] = constraints["pattern"]
    bounds = {name: constraints[name] for name in ("minimum", "maximum") if name in constraints}
    return found | bounds
