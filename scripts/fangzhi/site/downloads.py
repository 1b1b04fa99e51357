"""The files of a package that the site offers for download, as its index lists them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pydantic import BaseModel, ValidationError

from fangzhi.catalog.published import Download
from fangzhi.database import FILE_NAME as DATABASE_FILE
from fangzhi.site.errors import SiteError

INDEX = "downloads.json"


class _Index(BaseModel):
    files: list[Download]


def read_downloads(package: Path) -> tuple[Download, ...]:
    """What the index lists, and the database itself; SiteError where a file is missing or outside."""
    index = package / INDEX
    listed = _parse(index) if index.is_file() else []
    for download in listed:
        _check(package, download)
    if all(download.path != DATABASE_FILE for download in listed):
        listed.append(
            _file(package / DATABASE_FILE, "application/vnd.sqlite3", "SQLite 数据库", "SQLite database")
        )
    if index.is_file():
        listed.append(_file(index, "application/json", "文件清单与校验和", "List of files with checksums"))
    return tuple(listed)


def _parse(index: Path) -> list[Download]:
    try:
        return _Index.model_validate_json(index.read_bytes()).files
    except ValidationError as error:
        raise SiteError(
            f"{index} 无法读取；请重新运行 fangzhi build。 "
            f"{index} cannot be read; run fangzhi build again: {error}"
        ) from error


def _check(package: Path, download: Download) -> None:
    path = package / download.path
    if not path.resolve().is_relative_to(package.resolve()):
        raise SiteError(f"{INDEX} 指向数据包之外的文件 points outside the package: {download.path}")
    if not path.is_file():
        raise SiteError(
            f"{INDEX} 所列文件不存在；请重新运行 fangzhi build。 "
            f"A file it lists is missing; run fangzhi build again: {download.path}"
        )


def _file(path: Path, media_type: str, title_zh: str, title_en: str) -> Download:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Download(
        path=path.name, bytes=path.stat().st_size, sha256=digest, media_type=media_type,
        title_zh=title_zh, title_en=title_en,
    )  # fmt: skip
