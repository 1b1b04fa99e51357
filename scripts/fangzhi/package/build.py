"""Everything that a build leaves in its output folder, written into a staging folder first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from fangzhi.database.write import write_database
from fangzhi.model.dataset import Dataset
from fangzhi.model.tables import TABLES
from fangzhi.package.archive import write_zip
from fangzhi.package.csv_files import write_csv
from fangzhi.package.descriptor import NAME, DataSource, descriptor
from fangzhi.package.files import FileFacts, file_facts, write_json
from fangzhi.package.parquet import write_parquet
from fangzhi.package.policy import TextPolicy
from fangzhi.package.schema import table_schemas
from fangzhi.package.xlsx import write_xlsx

INDEX = "downloads.json"
DATABASE = f"{NAME}.db"
_MEDIA = {
    ".csv": "text/csv",
    ".db": "application/vnd.sqlite3",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
_TITLES = {
    "datapackage.json": ("数据包描述文件", "Descriptor of the data package"),
    DATABASE: ("SQLite 数据库", "SQLite database"),
    f"downloads/{NAME}.xlsx": ("Excel 工作簿（全部数据表）", "Excel workbook with all tables"),
    f"packages/{NAME}.zip": ("完整数据包", "The whole data package"),
}
_KINDS = {".csv": ("CSV", "CSV"), ".json": ("表结构", "Table Schema"), ".parquet": ("Parquet", "Parquet")}


@dataclass(frozen=True)
class Download:
    """A file to download; the path is relative to the output folder, rows are given for single tables."""

    path: str
    bytes: int
    sha256: str
    media_type: str
    rows: int | None
    title_zh: str
    title_en: str


@dataclass(frozen=True)
class Manifest:
    """What a build wrote."""

    descriptor: dict[str, Any]
    downloads: tuple[Download, ...]
    facts: dict[str, FileFacts]


def write_schemas(folder: Path) -> None:
    """Write ``<table>.json`` for every table."""
    for name, schema in table_schemas().items():
        write_json(schema, folder / f"{name}.json")


def _write_tables(dataset: Dataset, staging: Path) -> dict[str, FileFacts]:
    for folder in ("data", "downloads", "packages"):
        (staging / folder).mkdir(parents=True, exist_ok=True)
    for name, table in TABLES.items():
        write_csv(table, dataset.tables[name], staging / "data" / f"{name}.csv")
        write_parquet(table, dataset.tables[name], staging / "downloads" / f"{name}.parquet")
    return {name: file_facts(staging / "data" / f"{name}.csv") for name in TABLES}


def _title(path: str) -> tuple[str, str]:
    if path in _TITLES:
        return _TITLES[path]
    table, suffix = TABLES[Path(path).stem], Path(path).suffix
    zh, en = _KINDS[suffix]
    return f"{table.zh}（{zh}）", f"{table.en} ({en})"


def _download(staging: Path, path: str, dataset: Dataset) -> Download:
    facts, name = file_facts(staging / path), Path(path)
    one = name.suffix in (".csv", ".parquet")
    rows = len(dataset.tables[name.stem]) if one else None
    return Download(path, facts.bytes, facts.sha256, _MEDIA[name.suffix], rows, *_title(path))


def package_files() -> list[str]:
    """What makes up the package itself: the content of the zip."""
    tables = [path for name in TABLES for path in (f"data/{name}.csv", f"schemas/{name}.json")]
    return ["datapackage.json", *tables]


def output_files() -> list[str]:
    """All files of a build except the index of downloads."""
    parquet = [f"downloads/{name}.parquet" for name in TABLES]
    return [*package_files(), DATABASE, f"downloads/{NAME}.xlsx", *parquet, f"packages/{NAME}.zip"]


def _write_index(downloads: Iterable[Download], path: Path) -> None:
    items = [{key: value for key, value in asdict(item).items() if value is not None} for item in downloads]
    write_json({"files": items}, path)


def write_package(
    dataset: Dataset,
    staging: Path,
    policy: TextPolicy = TextPolicy.FULL,
    others: Sequence[DataSource] = (),
) -> Manifest:
    """Write all of a build into an empty staging folder; the dataset is redacted to the policy already.

    The database comes last: where it refuses rows (see ``write_database``), the package stands already and
    ``judge`` can name them.
    """
    facts = _write_tables(dataset, staging)
    write_schemas(staging / "schemas")
    found = descriptor(dataset, facts, policy, others)
    write_json(found, staging / "datapackage.json")
    write_xlsx(dataset, staging / "downloads" / f"{NAME}.xlsx")
    write_zip(staging, package_files(), staging / "packages" / f"{NAME}.zip")
    write_database(dataset, staging / DATABASE)
    downloads = tuple(_download(staging, path, dataset) for path in output_files())
    _write_index(downloads, staging / INDEX)
    return Manifest(found, downloads, facts)


def write_repository(
    dataset: Dataset,
    manifest: Manifest,
    staging: Path,
    data: str,
    policy: TextPolicy = TextPolicy.FULL,
    others: Sequence[DataSource] = (),
) -> None:
    """Write what makes the repository itself a package: descriptor and schemas, data where ``data`` says."""
    write_schemas(staging / "schemas")
    write_json(descriptor(dataset, manifest.facts, policy, others, data=data), staging / "datapackage.json")
