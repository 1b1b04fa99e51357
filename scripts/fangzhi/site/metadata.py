"""The metadata of the site: the editors' file, with the words of tables and columns from the models."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from fangzhi.database.views import VIEWS
from fangzhi.model.tables import TABLES
from fangzhi.site.charts.declared import declared
from fangzhi.site.errors import SiteError
from fangzhi.site.languages import Language, localized
from fangzhi.site.words import words_of

FILE_NAME = "metadata.yml"
DATABASE = "fangzhi"
_DEFAULT = {"title": "方志", "title_en": "fangzhi"}

Metadata = dict[str, Any]
OWN_QUERIES: Metadata = yaml.safe_load((Path(__file__).parent / "questions.yml").read_text(encoding="utf-8"))
"""The queries behind the charts of the site's own pages, written as in the editors' file."""


def find_metadata(package: Path) -> Path | None:
    """The editors' file: in the package, else in the current folder, else that of the project itself."""
    places = (package, Path(), Path(__file__).parents[3])
    return next((folder / FILE_NAME for folder in places if (folder / FILE_NAME).is_file()), None)


def read_metadata(path: Path | None) -> Metadata:
    """What the editors wrote; only a title without a file. SiteError where it is no mapping."""
    if path is None:
        return dict(_DEFAULT)
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SiteError(f"{path} 不是有效的 YAML；请改正。 It is not valid YAML; mend it: {error}") from error
    if not isinstance(content, dict):
        raise SiteError(f"{path} 应是键值对。 {path} must be a mapping of keys and values.")
    return _DEFAULT | content


def with_words(metadata: Metadata, language: Language) -> Metadata:
    """The metadata of an edition, with the words of every table and view and the site's own queries put in.

    SiteError where a query declares what is no chart.
    """
    metadata = localized(metadata, language)
    database = metadata.get("databases", {}).get(DATABASE, {})
    queries = localized(OWN_QUERIES, language) | database.get("queries", {})
    for name, query in queries.items():
        if isinstance(query, dict) and "chart" in query:
            declared(name, query["chart"])
    tables = database.get("tables", {})
    described = {name: _table_words(name, language) | tables.get(name, {}) for name in (*TABLES, *VIEWS)}
    return metadata | {"databases": {DATABASE: database | {"queries": queries, "tables": tables | described}}}


def _table_words(name: str, language: Language) -> Metadata:
    words = words_of(name)
    assert words is not None
    columns = VIEWS[name].columns if name in VIEWS else {f.name: f.column for f in TABLES[name].fields}
    return {
        "title": language.say(words.zh, words.en),
        "description": language.say(words.zh_text, words.en_text),
        "columns": {
            name: language.say(f"{c.zh}：{c.zh_text}", f"{c.en}: {c.en_text}") for name, c in columns.items()
        },
    }
