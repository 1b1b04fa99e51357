"""CITATION.cff: how to cite the package. https://citation-file-format.github.io, version 1.2.0."""

from __future__ import annotations

import yaml

from fangzhi.catalog.published import Json, Published
from fangzhi.model.bilingual import apart


def citation(published: Published) -> str:
    """The file's content, as YAML."""
    of = published.descriptor
    _, english = apart(of["description"])
    found: Json = {
        "cff-version": "1.2.0",
        "message": "引用本数据时请用以下条目。 If you use these data, please cite them as below.",
        "type": "dataset",
        "title": of["title"],
        "abstract": english,
        "version": of["version"],
        "authors": [{"name": contributor["title"]} for contributor in of["contributors"]],
        "keywords": of["keywords"],
        "license": "CC-BY-4.0",
    }
    if published.day:
        found["date-released"] = published.day
    return yaml.safe_dump(found, allow_unicode=True, sort_keys=False, width=1000)
