"""The descriptor of the package: datapackage.json, valid under version 1 and version 2 of the standard."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fangzhi import __version__
from fangzhi.model.bilingual import apart, both
from fangzhi.model.dataset import Dataset
from fangzhi.model.table import Table
from fangzhi.model.tables import TABLES, Source, Theme
from fangzhi.package.files import FileFacts
from fangzhi.package.policy import TEXTS, TextPolicy

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
NAME = "fangzhi"
TITLE = both("方志：报纸所载的地方数据", "fangzhi: local figures from newspapers")
OWN_KEYS = {"package": frozenset({"text_policy"}), "resource": frozenset({"rows"})}

_DESCRIPTION = both(
    "从地方报纸版面中读出的文章与数据。每个数值都标明它在正文和原文件中的原字位置；时间、地点、单位与核验各成一表。{policy}。",
    "Articles and figures read from Chinese local-newspaper pages. Every figure leads back to the very "
    "characters that state it; periods, places, units and checks are tables of their own. "
    "Published {policy}.",
)
_TEXT_NOTE = both(
    "标题与正文的著作权归各报社及作者，不在 CC BY 4.0 许可之内。",
    "The newspapers and authors hold the rights in headlines and text; CC BY 4.0 does not cover them.",
)
_QUOTE_NOTE = both(
    "数据可按 CC BY 4.0 使用；所附短句为说明出处的引用，著作权归报社及作者。",
    "The data are under CC BY 4.0; the short quotations show where they come from and remain their authors'.",
)
_OPEN = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": both("知识共享 署名 4.0", "Creative Commons Attribution 4.0"),
}
_RESERVED = {
    "name": "other-closed",  # the Open Definition identifier for works that are not open
    "title": both("著作权归报社及作者", "Rights held by the newspapers and authors"),
}
_CONTRIBUTORS = [{"title": "fangzhi 方志", "role": "wrangler", "roles": ["wrangler"]}]
_KEYWORDS = ["方志", "地方报纸", "地方数据", "统计", "local newspapers", "China", "counties", "statistics"]


@dataclass(frozen=True)
class DataSource:
    """A work that the package draws on beside the newspapers, such as a gazetteer of places."""

    title: str
    path: str
    version: str | None = None

    def descriptor(self) -> dict[str, str]:
        """As an item of ``sources``."""
        found = {"title": self.title, "path": self.path, "version": self.version}
        return {key: value for key, value in found.items() if value}


def created(dataset: Dataset) -> str | None:
    """The newest date of publication as an RFC 3339 time, a month or year at its first day; or None."""
    dates = [source.published_on for source in dataset.rows(Source) if source.published_on]
    padded = (f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01"[:10] for day in dates)
    newest = max(padded, default=None)
    return f"{newest}T00:00:00Z" if newest else None


def version(files: Mapping[str, FileFacts]) -> str:
    """The version of the program and a digest of all data: the same data, the same version."""
    lines = "".join(f"{name} {files[name].sha256}\n" for name in sorted(files))
    return f"{__version__}+{hashlib.sha256(lines.encode()).hexdigest()[:12]}"


def package_name(theme: Theme | None = None) -> str:
    """The name of the whole package, or of the part with a theme's articles."""
    return f"{NAME}-{theme.theme_id}" if theme else NAME


def _title(theme: Theme | None) -> str:
    if theme is None:
        return TITLE
    zh, en = apart(TITLE)
    return both(f"{zh}（{theme.name}）", f"{en} ({theme.name_en})")


def _is_text(table: Table, policy: TextPolicy) -> bool:
    return policy is TextPolicy.FULL and any(field.name in TEXTS for field in table.fields)


def _note(table: Table, policy: TextPolicy) -> str:
    if _is_text(table, policy):
        return _TEXT_NOTE
    quoted = policy is not TextPolicy.NONE and any(field.name == "quote" for field in table.fields)
    return _QUOTE_NOTE if quoted else ""


def _resource(
    table: Table, facts: FileFacts, rows: int, policy: TextPolicy, data: str, schemas: str
) -> dict[str, Any]:
    words = (both(table.zh_text, table.en_text), _note(table, policy))
    return {
        "name": table.name,
        "type": "table",
        "title": both(table.zh, table.en),
        "description": "\n".join(filter(None, words)),
        "path": f"{data}{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": facts.bytes,
        "hash": f"sha256:{facts.sha256}",
        "rows": rows,
        "licenses": [_RESERVED if _is_text(table, policy) else _OPEN],
        "schema": f"{schemas}{table.name}.json",
    }


def _sources(dataset: Dataset, others: Sequence[DataSource]) -> list[dict[str, str]]:
    newspapers = {source.publisher for source in dataset.rows(Source) if source.publisher}
    return [{"title": name} for name in sorted(newspapers)] + [other.descriptor() for other in others]


def descriptor(
    dataset: Dataset,
    files: Mapping[str, FileFacts],
    policy: TextPolicy,
    others: Sequence[DataSource] = (),
    data: str = "data/",
    schemas: str = "schemas/",
    theme: Theme | None = None,
) -> dict[str, Any]:
    """The descriptor of a package whose CSV files (by table name) stand under the path prefix ``data``.

    ``theme`` names the part of a package that holds the articles of that theme.
    """
    found = {
        "$schema": PROFILE,
        "name": package_name(theme),
        "title": _title(theme),
        "description": _DESCRIPTION.replace("{policy}", policy.zh, 1).replace("{policy}", policy.en, 1),
        "version": version(files),
        "created": created(dataset),
        "text_policy": str(policy),
        "licenses": [_OPEN, _RESERVED] if policy is TextPolicy.FULL else [_OPEN],
        "contributors": _CONTRIBUTORS,
        "keywords": _KEYWORDS,
        "sources": _sources(dataset, others) or None,
        "resources": [
            _resource(table, files[name], len(dataset.tables[name]), policy, data, schemas)
            for name, table in TABLES.items()
        ],
    }
    return {key: value for key, value in found.items() if value is not None}
