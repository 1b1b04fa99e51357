"""The page of downloads: the whole, the themes, each table, in every form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from datasette import Response
from datasette.utils.asgi import Request

from fangzhi.catalog.published import Download
from fangzhi.model.table import Table
from fangzhi.model.tables import TABLES
from fangzhi.package.layout import package_zip
from fangzhi.site.portal import Portal
from fangzhi.site.versions import current, versions

_DESCRIPTIONS = (".json", ".cff")


@dataclass(frozen=True)
class TableFiles:
    """A table with its files by ending."""

    table: Table
    rows: int | None
    files: dict[str, Download]


def tables_of(downloads: Sequence[Download]) -> list[TableFiles]:
    """The tables that have files, in the order of the models."""
    found = []
    for name, table in TABLES.items():
        files = {file.path.rpartition(".")[2]: file for file in downloads if file.table == name}
        schema = next((file for file in downloads if file.path == f"schemas/{name}.json"), None)
        files |= {"schema": schema} if schema else {}
        rows = next((file.rows for file in files.values() if file.rows is not None), None)
        if files:
            found.append(TableFiles(table, rows, files))
    return found


async def downloads_page(datasette: Portal, request: Request) -> Response:
    """All downloads."""
    whole = [file for file in datasette.downloads if not file.is_of_one_table]
    themes = [file for file in whole if file.path.startswith("packages/") and file.path != package_zip()]
    described = [file for file in whole if file.path.endswith(_DESCRIPTIONS)]
    context = {
        "whole": sorted(set(whole) - set(themes) - set(described), key=lambda file: file.path, reverse=True),
        "themes": themes, "described_by": described, "by_table": tables_of(datasette.downloads),
        "version": current(datasette), "versions": versions(datasette),
    }  # fmt: skip
    return Response.html(await datasette.render_template("downloads.html", context, request=request))


ROUTES = [(r"/downloads$", downloads_page)]
