"""Datasette as this site sets it up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from datasette.app import Datasette
from mcp.server.mcpserver import MCPServer

from fangzhi.database import FILE_NAME
from fangzhi.site.charts.studio import Studio
from fangzhi.site.downloads import read_downloads
from fangzhi.site.errors import SiteError
from fangzhi.site.guard import BoundedDatabase
from fangzhi.site.languages import Language
from fangzhi.site.metadata import DATABASE, find_metadata, read_metadata, with_words
from fangzhi.site.published import Catalogs, read_history, read_published, read_report

T = TypeVar("T")

_HERE = Path(__file__).parent
PLUGINS = {"datasette-mcp": {"canned_queries": True}, "datasette-llms-txt": {"sample_rows": 3}}
SETTINGS = {
    "default_page_size": 50,
    "max_returned_rows": 1000,
    "sql_time_limit_ms": 1500,
    "num_sql_threads": 6,  # of which visitors' own statements may take two
    "facet_time_limit_ms": 500,
    "suggest_facets": False,
    "default_facet_size": 8,
    "truncate_cells_html": 80,
    "default_cache_ttl": 60,
    "max_csv_mb": 100,
}


class Portal(Datasette):  # type: ignore[misc]
    """An edition of the site: a Datasette over the one immutable database of a package.

    Its addresses begin with ``base``; ``quality`` is the report of the build, where the package has one; its
    charts come from a studio that all editions share. SiteError where the package or its database is missing
    or its metadata or report cannot be read.
    """

    mcp: MCPServer  # set by the plugin when the application is made

    def __init__(self, package: Path, language: Language, base: str, studio: Studio) -> None:
        path = package / FILE_NAME
        if not path.is_file():
            raise SiteError(
                f"找不到 {path}；请先运行 fangzhi build。 There is no {path}; run fangzhi build first."
            )
        self.package = package
        self.language = language
        self.studio = studio
        self._kept: dict[str, Any] = {}
        self.downloads = read_downloads(package)
        self.quality = read_report(package)
        self.published = read_published(package, self.downloads)
        self.catalogs = Catalogs(self.published) if self.published else None
        self.history = read_history(package)
        super().__init__(
            memory=True,
            cors=True,
            metadata={"plugins": PLUGINS} | with_words(read_metadata(find_metadata(package)), language),
            template_dir=str(_HERE / "templates"),
            static_mounts=[("static", str(_HERE / "static"))],
            settings=SETTINGS | {"base_url": base},
        )
        self.remove_database("_memory")
        self.add_database(BoundedDatabase(self, str(path), is_mutable=False), name=DATABASE)

    async def rows(self, sql: str, **parameters: object) -> list[dict[str, Any]]:
        """The rows of a query of our own, which bounds how many there are."""
        return [dict(row) for row in (await self.execute(DATABASE, sql, parameters)).rows]

    async def once(self, name: str, make: Callable[[Portal], Awaitable[T]]) -> T:
        """What is made of the whole database, which never changes: made when first asked for, then kept."""
        if name not in self._kept:
            self._kept[name] = await make(self)
        kept: T = self._kept[name]
        return kept
