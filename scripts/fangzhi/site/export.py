"""The whole site as files for any web space: the same pages, links between them, everything to download.

Pages are what the site answers, fetched one after the other; links become relative, so that the folder may
stand anywhere. What needs a server to answer it (search, filters, SQL) is left out of the pages, and they
say so.
"""

from __future__ import annotations

import asyncio
import html
import logging
import posixpath
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import httpx

from fangzhi.package.publish import locked
from fangzhi.site.app import create_app
from fangzhi.site.downloads import read_downloads
from fangzhi.site.errors import SiteError
from fangzhi.site.languages import Language
from fangzhi.site.metadata import DATABASE

MARK = ".fangzhi-site"
_HOST = "http://static.invalid"
_LINK = re.compile(r'(?P<name>\b(?:href|src))="(?P<address>[^"]*)"')
_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
_ALTERNATE = re.compile(r"<(?:link|a)[^>]*\bhreflang=.*?>")
_KEPT_QUERY = "_next"  # further pages of a table
_WHOLE = {"_size": "max", "_labels": "on"}  # all rows of a table as CSV
_DATA = re.compile(rf"/{DATABASE}/[a-z_]+\.csv$|/(catalog|quality|changes|openapi)\.[a-z]+$")
_NO_SERVER = {
    Language.ZH: "这是静态副本：检索、筛选与 SQL 需在线站点。",
    Language.EN: "This is a static copy: search, filters and SQL need the live site.",
}

Say = Callable[[str], None]
_OFTEN = 500  # pages


def export_site(package: Path, out: Path, say: Say = print) -> int:
    """Write the site over a package into a folder and say how far it is; the number of pages written.

    The folder is replaced as a whole once everything is written. SiteError where it holds something else,
    or a page cannot be made.
    """
    if out.exists() and not (out / MARK).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise SiteError(
            f"{out} 中已有别的内容，请另选文件夹。 {out} holds something else; choose another folder."
        )
    out.parent.mkdir(parents=True, exist_ok=True)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with locked(out.parent), tempfile.TemporaryDirectory(prefix=".fangzhi-", dir=out.parent) as scratch:
        staging = Path(scratch) / "site"
        staging.mkdir(mode=0o755)
        pages = asyncio.run(_Copy(package, staging, say).run())
        (staging / MARK).write_text("fangzhi export-site\n", encoding="utf-8")
        _replace(staging, out, Path(scratch) / "old")
    return pages


def _replace(staging: Path, out: Path, old: Path) -> None:
    if out.exists():
        out.rename(old)
    staging.rename(out)


class _Copy:
    """One copy being made: what is still to be fetched, and where each address goes."""

    def __init__(self, package: Path, folder: Path, say: Say) -> None:
        self.package = package
        self.folder = folder
        self.say = say
        self.waiting = [f"/{language}/" for language in Language] + ["/static/site.css"]
        self.known = set(self.waiting)
        self.done = 0

    async def run(self) -> int:
        transport = httpx.ASGITransport(app=create_app(self.package))
        async with httpx.AsyncClient(transport=transport, base_url=_HOST, timeout=120) as client:
            while self.waiting:
                await self._fetch(client, self.waiting.pop())
                self.done += 1
                if self.done % _OFTEN == 0:
                    self.say(f"写出页面 writing pages: {self.done} / {len(self.known)}")
            for language in Language:
                missing = await client.get(f"/{language}/no-such-page")
                page = _ALTERNATE.sub("", missing.text)  # it has no other edition
                self._write_page(f"/{language}/404.html", page, language)
        for download in read_downloads(self.package):
            target = self.folder / "downloads" / download.path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.package / download.path, target)
        self._write("index.html", _ENTRY.encode())
        return self.done

    async def _fetch(self, client: httpx.AsyncClient, address: str) -> None:
        response = await client.get(address)
        if response.is_redirect:
            raise SiteError(f"{address}: {response.status_code}")
        if response.status_code != 200:
            raise SiteError(f"{address} 无法生成 cannot be made: {response.status_code}")
        language = next((each for each in Language if address.startswith(each.base)), None)
        if language and response.headers["content-type"].startswith("text/html"):
            self._write_page(address, response.text, language)
        else:
            self._write(_file(address), response.content)

    def _write_page(self, address: str, page: str, language: Language) -> None:
        page = _FORM.sub(f'<p class="notice">{_NO_SERVER[language]}</p>', page)
        here = posixpath.dirname(_file(address))
        page = _LINK.sub(lambda match: self._linked(match, here), page)
        self._write(_file(address), page.encode())

    def _linked(self, match: re.Match[str], here: str) -> str:
        """A link as it is in the copy; without an address where the copy has no such page."""
        address, _, anchor = html.unescape(match["address"]).partition("#")
        local = address.removeprefix(_HOST)
        if not address or not local.startswith("/") or local.startswith("//"):
            return match[0]
        if not self._wanted(local):
            return "data-online"
        if local not in self.known and not local.startswith("/downloads/"):
            self.known.add(local)
            self.waiting.append(local)
        relative = quote(posixpath.relpath(_file(local), here or "."), safe="/.")
        return f'{match["name"]}="{html.escape(relative + (f"#{anchor}" if anchor else ""))}"'

    def _wanted(self, address: str) -> bool:
        parts = urlsplit(address)
        query = parse_qsl(parts.query, keep_blank_values=True)
        if any(name != _KEPT_QUERY and _WHOLE.get(name) != value for name, value in query):
            return False
        page = any(parts.path.startswith(language.base) for language in Language)
        if page and re.search(r"/(search|-/.*)$", parts.path):
            return False
        if not page and any(name == _KEPT_QUERY for name, _ in query):
            return False  # the file has all rows
        file = parts.path.startswith(("/downloads/", "/static/")) or _DATA.search(parts.path) is not None
        return page or file

    def _write(self, file: str, content: bytes) -> None:
        target = self.folder / file
        if not target.resolve().is_relative_to(self.folder.resolve()):
            raise SiteError(f"{file}")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _file(address: str) -> str:
    """The file for an address: a page is index.html in a folder of its name."""
    parts = urlsplit(address)
    path = unquote(parts.path).lstrip("/")
    query = "".join(f"/{name}-{value}" for name, value in parse_qsl(parts.query) if _WHOLE.get(name) != value)
    ending = posixpath.splitext(path)[1]
    if re.fullmatch(r"\.[a-z0-9]{2,8}", ending) and not query:
        return path
    return posixpath.join(path + query, "index.html") if path + query else "index.html"


_ENTRY = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>方志 fangzhi</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="0; url=zh/index.html">
<link rel="stylesheet" href="static/site.css">
</head>
<body>
<main class="wrap">
<h1>方志</h1>
<p><a href="zh/index.html">中文</a> · <a href="en/index.html" lang="en" hreflang="en">English</a></p>
</main>
</body>
</html>
"""
