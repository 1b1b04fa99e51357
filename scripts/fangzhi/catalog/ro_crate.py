"""RO-Crate 1.1 metadata for the zip, for archives. https://w3id.org/ro/crate/1.1."""

from __future__ import annotations

from collections.abc import Iterable

from fangzhi.catalog.published import OPEN_LICENCE, Json, Published
from fangzhi.model.bilingual import apart

FILE_NAME = "ro-crate-metadata.json"


def crate(published: Published, extra: Iterable[str] = ()) -> Json:
    """The crate's metadata; ``extra`` are paths of files in the zip besides the tables."""
    of = published.descriptor
    files = [_table(published, resource) for resource in of["resources"]]
    files += [{"@id": path, "@type": "File", "name": path} for path in extra]
    agents = [
        {"@id": f"#{i}", "@type": "Organization", "name": c["title"]}
        for i, c in enumerate(of["contributors"], 1)
    ]
    root: Json = {
        "@id": "./",
        "@type": "Dataset",
        "name": of["title"],
        "description": of["description"],
        "version": of["version"],
        "keywords": of["keywords"],
        "license": {"@id": OPEN_LICENCE},
        "author": [{"@id": agent["@id"]} for agent in agents],
        "hasPart": [{"@id": file["@id"]} for file in files],
    }
    if published.day:
        root["datePublished"] = published.day
    return {
        "@context": "https://w3id.org/ro/crate/1.1/context",
        "@graph": [_about(), root, _licence(), *agents, *files],
    }


def _about() -> Json:
    return {
        "@id": FILE_NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }


def _licence() -> Json:
    return {
        "@id": OPEN_LICENCE,
        "@type": "CreativeWork",
        "name": "CC BY 4.0",
        "description": "Creative Commons Attribution 4.0 International",
    }


def _table(published: Published, resource: Json) -> Json:
    zh, en = apart(resource["description"])
    found: Json = {
        "@id": resource["path"],
        "@type": "File",
        "name": resource["title"],
        "description": f"{zh} {en}",
        "encodingFormat": resource["mediatype"],
        "contentSize": str(resource["bytes"]),
        "sha256": resource["hash"].removeprefix("sha256:"),
    }
    if licence := published.licence(resource["name"]):
        found["license"] = {"@id": licence}
    return found
