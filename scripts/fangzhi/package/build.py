"""Everything that a build leaves in its output folder, written into a staging folder first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fangzhi.catalog import chinese, citation, croissant, csvw, ro_crate
from fangzhi.catalog.published import Download, Published
from fangzhi.database.write import write_database
from fangzhi.model.dataset import Dataset
from fangzhi.model.tables import TABLES, Theme
from fangzhi.package import layout
from fangzhi.package.archive import write_zip
from fangzhi.package.csv_files import write_csv
from fangzhi.package.descriptor import DataSource, descriptor
from fangzhi.package.files import FileFacts, file_facts, write_json
from fangzhi.package.json_lines import write_json_lines
from fangzhi.package.parquet import write_parquet
from fangzhi.package.policy import TextPolicy
from fangzhi.package.schema import table_schemas
from fangzhi.package.subset import of_theme, themes_of
from fangzhi.package.xlsx import write_xlsx


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


def _write_csv_files(dataset: Dataset, folder: Path) -> dict[str, FileFacts]:
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in TABLES.items():
        write_csv(table, dataset.tables[name], folder / f"{name}.csv")
    return {name: file_facts(folder / f"{name}.csv") for name in TABLES}


def _write_single_tables(dataset: Dataset, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in TABLES.items():
        write_parquet(table, dataset.tables[name], folder / f"{name}.parquet")
        write_json_lines(table, dataset.tables[name], folder / f"{name}.jsonl")


def _write_members(
    dataset: Dataset, folder: Path, policy: TextPolicy, others: Sequence[DataSource], theme: Theme | None
) -> tuple[dict[str, Any], dict[str, FileFacts]]:
    """Write what goes into a zip: the package and descriptions of it."""
    facts = _write_csv_files(dataset, folder / "data")
    write_schemas(folder / "schemas")
    found = descriptor(dataset, facts, policy, others, theme=theme)
    write_json(found, folder / layout.DESCRIPTOR)
    published = Published(found, table_schemas(), ())
    text = citation.citation(published)
    (folder / layout.CITATION).write_text(text, encoding="utf-8", newline="\n")
    write_json(csvw.metadata(published), folder / layout.CSVW)
    tables = {f"data/{name}.csv" for name in TABLES}
    extra = [name for name in layout.zip_files() if name not in tables and name != layout.CRATE]
    write_json(ro_crate.crate(published, extra), folder / layout.CRATE)
    return found, facts


def _write_theme(
    dataset: Dataset, theme: Theme, path: Path, policy: TextPolicy, others: Sequence[DataSource]
) -> None:
    """Write the package of a theme, complete in itself."""
    with TemporaryDirectory(dir=path.parent) as folder:
        _write_members(of_theme(dataset, theme.theme_id), Path(folder), policy, others, theme)
        write_zip(Path(folder), layout.zip_files(), path)


def _download(staging: Path, path: str, dataset: Dataset, themes: Sequence[Theme]) -> Download:
    facts, name = file_facts(staging / path), Path(path)
    one = name.suffix in (".csv", ".parquet", ".jsonl")
    zh, en = layout.title(path, themes)
    return Download(
        path=path,
        bytes=facts.bytes,
        sha256=facts.sha256,
        media_type=layout.MEDIA[name.suffix],
        rows=len(dataset.tables[name.stem]) if one else None,
        title_zh=zh,
        title_en=en,
    )


def _write_index(downloads: Iterable[Download], path: Path) -> None:
    write_json({"files": [item.model_dump(exclude_none=True) for item in downloads]}, path)


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
    found, facts = _write_members(dataset, staging, policy, others, None)
    _write_single_tables(dataset, staging / "downloads")
    write_xlsx(dataset, staging / layout.WORKBOOK)
    themes = themes_of(dataset)
    (staging / "packages").mkdir(exist_ok=True)
    write_zip(staging, layout.zip_files(), staging / layout.package_zip())
    for theme in themes:
        _write_theme(dataset, theme, staging / layout.package_zip(theme), policy, others)
    write_database(dataset, staging / layout.DATABASE)
    described = (layout.CROISSANT, layout.CATALOGUE)
    paths = [path for path in layout.output_files(themes) if path not in described]
    downloads = [_download(staging, path, dataset, themes) for path in paths]
    published = Published(found, table_schemas(), downloads)
    write_json(croissant.croissant(published), staging / layout.CROISSANT)
    write_json(chinese.catalogue(published), staging / layout.CATALOGUE)
    downloads += [_download(staging, path, dataset, themes) for path in described]
    _write_index(downloads, staging / layout.INDEX)
    return Manifest(found, tuple(downloads), facts)


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
