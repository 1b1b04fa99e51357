"""The descriptions of the package, each before its real validator, offline."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from package_sample import build, good_dataset
from rdflib import DCAT, RDF, Graph
from rocrate.rocrate import ROCrate

from fangzhi.catalog import dcat, schema_org
from fangzhi.catalog.published import Download, Published
from fangzhi.model.bilingual import apart, both
from fangzhi.model.tables import TABLES, Article, Observation, Place
from fangzhi.package.judges import judge
from fangzhi.package.reader import read_package
from fangzhi.package.subset import of_theme, themes_of

ROOT = Path(__file__).parent.parent
SHAPES = ROOT.parent / "shared" / "conformance" / "dcat-ap-3.0.1"
JUDGES = ROOT / ".venv" / "judges" / "bin"  # their requirements do not go with ours
ADDRESS = "https://data.example.org/zh/"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    build(folder)
    return folder


@pytest.fixture(scope="module")
def published(package: Path) -> Published:
    schemas = {name: load(package / "schemas" / f"{name}.json") for name in TABLES}
    files = [Download(**item) for item in load(package / "downloads.json")["files"]]
    return Published(load(package / "datapackage.json"), schemas, files)


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def verdict(judge_name: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    program = JUDGES / judge_name
    assert program.is_file(), "make test installs the judges"
    return subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("form", dcat.FORMATS)
@pytest.mark.parametrize("shapes", ["shapes.ttl", "range.ttl"])
@pytest.mark.skipif(not SHAPES.is_dir(), reason="the shapes of DCAT-AP are not here")
def test_dcat_conforms(published: Published, form: str, shapes: str) -> None:
    graph = Graph().parse(data=dcat.catalog(published, ADDRESS, form), format=dcat.FORMATS[form][0])
    conforms, _, text = pyshacl.validate(graph, shacl_graph=str(SHAPES / shapes))
    assert conforms, text
    assert len(set(graph.subjects(RDF.type, DCAT.Distribution))) == len(published.files)


@pytest.mark.skipif(not SHAPES.is_dir(), reason="the shapes of DCAT-AP are not here")
def test_dcat_shapes_see_a_fault(published: Published) -> None:
    graph = Graph().parse(data=dcat.catalog(published, ADDRESS, "ttl"), format="turtle")
    graph.remove((None, DCAT.accessURL, None))
    conforms, *_ = pyshacl.validate(graph, shacl_graph=str(SHAPES / "shapes.ttl"))
    assert not conforms


def test_csvw_is_valid(package: Path, tmp_path: Path) -> None:
    found = verdict("csvwvalidate", "--lax", "csv-metadata.json", folder=package)
    assert found.stdout.strip() == "OK", found.stdout + found.stderr
    wrong = shutil.copytree(package, tmp_path / "wrong")
    table = wrong / "data" / "observations.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("count", "", 1), encoding="utf-8")
    refused = verdict("csvwvalidate", "--lax", "csv-metadata.json", folder=wrong)
    assert refused.stdout.strip() != "OK"


def test_croissant_is_valid(package: Path) -> None:
    found = verdict("mlcroissant", "validate", "--jsonld", "croissant.json", folder=package)
    said = found.stdout + found.stderr
    assert found.returncode == 0, said
    assert "ERROR" not in said
    assert "WARNING" not in said


def test_croissant_loads_rows(package: Path) -> None:
    counting = """
import mlcroissant
dataset = mlcroissant.Dataset("croissant.json")
for table in dataset.metadata.record_sets:
    print(table.name, len(list(dataset.records(table.name))))
"""
    found = verdict("python", "-c", counting, folder=package)
    counts = {name: str(len(rows)) for name, rows in good_dataset().tables.items()}
    assert dict(line.split() for line in found.stdout.splitlines()) == counts, found.stderr


def test_citation_is_valid(package: Path, tmp_path: Path) -> None:
    found = verdict("cffconvert", "--validate", folder=package)
    assert found.returncode == 0, found.stdout + found.stderr
    text = (package / "CITATION.cff").read_text(encoding="utf-8")
    (tmp_path / "CITATION.cff").write_text(text.replace("authors:", "writers:"), encoding="utf-8")
    assert verdict("cffconvert", "--validate", folder=tmp_path).returncode != 0


def test_zip_is_a_crate(package: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(package / "packages" / "fangzhi.zip") as archive:
        archive.extractall(tmp_path)
    crate = ROCrate(tmp_path)
    described = {entity.id for entity in crate.get_by_type("File")}
    present = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert described == present - {"ro-crate-metadata.json"}
    assert crate.name == load(package / "datapackage.json")["title"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_schema_org_says_what_search_engines_ask(published: Published, language: str) -> None:
    found = schema_org.dataset(published, ADDRESS, language)
    assert 50 <= len(found["description"]) <= 5000
    assert found["name"] != found["alternateName"]
    assert found["license"].startswith("https://creativecommons.org/")
    for file, download in zip(published.files, found["distribution"], strict=True):
        assert download["contentUrl"] == f"{ADDRESS}downloads/{file.path}"
        assert download["sha256"] == file.sha256


def test_chinese_catalogue_names_every_column(package: Path) -> None:
    found = load(package / "catalogue.zh.json")
    assert {"数据目录名称", "摘要", "数据提供方", "数据领域", "更新频率", "开放类型"} <= found.keys()
    items = {entry["数据资源标识"]: entry["数据项"] for entry in found["数据资源"]}
    assert {name: len(table.fields) for name, table in TABLES.items()} == {
        name: len(columns) for name, columns in items.items()
    }


def test_two_languages_come_apart() -> None:
    assert apart(f"{both('亩', 'mu')}\n{both('里', 'li')}") == ("亩\n里", "mu\nli")
    assert apart("吕梁日报") == ("吕梁日报", "吕梁日报")


def test_json_lines_hold_the_same_rows(package: Path) -> None:
    text = (package / "downloads" / "observations.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line, parse_float=Decimal) for line in text.splitlines()]
    expected = {row.observation_id: row for row in good_dataset().rows(Observation)}
    assert {row["observation_id"] for row in rows} == expected.keys()
    for row in rows:
        assert row["value"] == expected[row["observation_id"]].value
        assert "value_max" not in row or row["value_max"] is not None


def test_package_of_a_theme_is_whole(package: Path, tmp_path: Path) -> None:
    dataset = good_dataset()
    themes = themes_of(dataset)
    assert themes
    for theme in themes:
        with zipfile.ZipFile(package / "packages" / f"fangzhi-{theme.theme_id}.zip") as archive:
            archive.extractall(tmp_path / theme.theme_id)
        assert not list(judge(tmp_path / theme.theme_id))
        part = read_package(tmp_path / theme.theme_id)
        wanted = {row.article_id for row in dataset.rows(Article) if row.theme_id == theme.theme_id}
        assert {row.article_id for row in part.rows(Article)} == wanted
        assert load(tmp_path / theme.theme_id / "datapackage.json")["name"] == f"fangzhi-{theme.theme_id}"


def test_a_part_keeps_the_places_above() -> None:
    dataset = good_dataset()
    (theme, *_) = themes_of(dataset)
    part = of_theme(dataset, theme.theme_id)
    places = {row.place_id: row for row in part.rows(Place)}
    assert places
    assert all(row.parent_id is None or row.parent_id in places for row in places.values())
