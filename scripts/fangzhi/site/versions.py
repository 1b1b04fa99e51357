"""The files of every version, at addresses that stay; ``latest`` leads to those of the newest."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from urllib.parse import quote, unquote

from datasette import NotFound, Response
from datasette.utils.asgi import Request

from fangzhi.catalog.published import Download
from fangzhi.package.versions import FOLDER, is_version, kept
from fangzhi.site.answers import tagged_json
from fangzhi.site.downloads import INDEX, read_downloads
from fangzhi.site.files import Send, send_file
from fangzhi.site.portal import Portal

LATEST = "latest"
Files = dict[str, Download]


def current(portal: Portal) -> str | None:
    """The version that the site serves."""
    return str(portal.published.descriptor["version"]) if portal.published else None


def versions(portal: Portal) -> list[str]:
    """The versions that can be had: the current one, then the others, the newest first."""
    told = [entry.version for entry in portal.history.entries]
    here = kept(portal.package)
    ordered = [*filter(None, [current(portal)]), *(name for name in told if name in here), *here]
    return list(dict.fromkeys(ordered))


async def files_of_version(datasette: Portal, request: Request, send: Send) -> Response | None:
    """A file of a version, or the list of its files."""
    name, path = unquote(request.url_vars["version"]), unquote(request.url_vars["path"])
    if name == LATEST:
        name, moved = current(datasette) or "", True
    else:
        moved = False
    if name not in versions(datasette):
        raise NotFound(_missing(datasette))
    if moved:
        place = f"/data/{quote(name, safe='+')}/{quote(path)}"
        return Response("", 302, {"Location": place, "Cache-Control": "no-cache"})
    folder = _folder(datasette, name)
    if not path:
        return tagged_json(request, _listed(name, datasette, folder))
    file = _files(datasette, folder).get(path)
    if file is None:
        raise NotFound(_missing(datasette))
    is_head = request.method == "HEAD"
    await send_file(send, folder / path, file.media_type, file.sha256, request.headers, is_head)
    return None


async def list_of_versions(datasette: Portal, request: Request) -> Response:
    """Which versions can be had."""
    found = [{"version": name, "path": f"/data/{quote(name, safe='+')}/"} for name in versions(datasette)]
    return tagged_json(request, {"latest": current(datasette), "versions": found})


def _missing(portal: Portal) -> str:
    return portal.language.say("没有这个版本或文件。", "There is no such version or file.")


def _folder(portal: Portal, name: str) -> Path:
    folder = portal.package / FOLDER / name
    assert is_version(name)
    return folder if (folder / INDEX).is_file() else portal.package


def _files(portal: Portal, folder: Path) -> Files:
    listed: Sequence[Download] = portal.downloads if folder == portal.package else read_downloads(folder)
    return {file.path: file for file in listed}


def _listed(name: str, portal: Portal, folder: Path) -> dict[str, object]:
    files = _files(portal, folder).values()
    return {"version": name, "files": [file.model_dump(exclude_none=True) for file in files]}


ROUTES: list[tuple[str, Callable[..., Awaitable[Response | None]]]] = [
    (r"/data/?$", list_of_versions),
    (r"/data/(?P<version>[^/]+)/(?P<path>.*)$", files_of_version),
]
