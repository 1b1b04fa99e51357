"""What a build leaves in its output folder: the path, kind and words of every file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from fangzhi.model.tables import TABLES, Theme
from fangzhi.package.descriptor import NAME, package_name

INDEX = "downloads.json"
CHANGES = "changes.json"
DATABASE = f"{NAME}.db"
DESCRIPTOR = "datapackage.json"
WORKBOOK = f"downloads/{NAME}.xlsx"
CITATION = "CITATION.cff"
CSVW = "csv-metadata.json"
CRATE = "ro-crate-metadata.json"
CROISSANT = "croissant.json"
CATALOGUE = "catalogue.zh.json"
MEDIA = {
    ".cff": "application/yaml",
    ".csv": "text/csv",
    ".db": "application/vnd.sqlite3",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
_TITLES = {
    DESCRIPTOR: ("数据包描述文件", "Descriptor of the data package"),
    DATABASE: ("SQLite 数据库", "SQLite database"),
    WORKBOOK: ("Excel 工作簿（全部数据表）", "Excel workbook with all tables"),
    CITATION: ("引用格式", "How to cite"),
    CSVW: ("CSV on the Web 元数据", "CSV on the Web metadata"),
    CRATE: ("RO-Crate 元数据", "RO-Crate metadata"),
    CROISSANT: ("Croissant 元数据（Parquet）", "Croissant metadata (Parquet)"),
    CATALOGUE: ("中文数据目录", "Catalogue entry for Chinese portals"),
}
_KINDS = {
    ".csv": ("CSV", "CSV"),
    ".json": ("表结构", "Table Schema"),
    ".jsonl": ("JSON 行", "JSON lines"),
    ".parquet": ("Parquet", "Parquet"),
}


def package_zip(theme: Theme | None = None) -> str:
    """The path of the zip of the whole package, or of a theme's."""
    return f"packages/{package_name(theme)}.zip"


def package_files() -> list[str]:
    """What makes up a data package: descriptor, tables, schemas."""
    tables = [path for name in TABLES for path in (f"data/{name}.csv", f"schemas/{name}.json")]
    return [DESCRIPTOR, *tables]


def zip_files() -> list[str]:
    """The content of a zip: the data package and descriptions of it for other programs."""
    return [*package_files(), CITATION, CSVW, CRATE]


def output_files(themes: Iterable[Theme] = ()) -> list[str]:
    """All files of a build except the index of downloads."""
    single = [f"downloads/{name}.{kind}" for name in TABLES for kind in ("parquet", "jsonl")]
    zips = [package_zip(), *map(package_zip, themes)]
    return [*zip_files(), DATABASE, WORKBOOK, *single, *zips, CROISSANT, CATALOGUE]


def title(path: str, themes: Iterable[Theme] = ()) -> tuple[str, str]:
    """What a file is called in Chinese and English."""
    if path in _TITLES:
        return _TITLES[path]
    if path == package_zip():
        return "完整数据包", "The whole data package"
    for theme in themes:
        if path == package_zip(theme):
            return f"数据包：{theme.name}", f"Data package: {theme.name_en}"
    name = PurePosixPath(path)
    table, (zh, en) = TABLES[name.stem], _KINDS[name.suffix]
    return f"{table.zh}（{zh}）", f"{table.en} ({en})"
