"""What a package says of itself: schemas, descriptor, text policy and data dictionary."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from package_sample import build, good_dataset

from fangzhi import __version__
from fangzhi.model import codes
from fangzhi.model.dataset import Dataset
from fangzhi.model.tables import TABLES, Article, Observation, Source
from fangzhi.package.descriptor import DataSource, created, descriptor
from fangzhi.package.dictionary import data_dictionary
from fangzhi.package.judges.keys import known_keys
from fangzhi.package.judges.profiles import FOLDER, VERSIONS, profile
from fangzhi.package.policy import TextPolicy, redact
from fangzhi.package.schema import table_schema, table_schemas

CONFORMANCE = Path(__file__).parents[2] / "shared" / "conformance"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    build(folder)
    return folder


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


# schemas and descriptor


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", list(TABLES))
def test_schema_is_valid(version: str, name: str) -> None:
    Draft7Validator(profile(version, "tableschema")).validate(table_schema(TABLES[name]))


@pytest.mark.parametrize("version", VERSIONS)
def test_profiles_are_the_official_ones(version: str) -> None:
    official = CONFORMANCE / f"datapackage-{version}"
    if not official.is_dir():
        pytest.skip(f"no copy of the standard at {official}")
    for path in (FOLDER / version).glob("*.json"):
        assert path.read_bytes() == (official / path.name).read_bytes()


def test_schema_tells_codes_keys_and_references() -> None:
    schema = table_schemas()["places"]
    level = next(field for field in schema["fields"] if field["name"] == "level")
    assert level["constraints"] == {"required": True, "enum": [str(code) for code in codes.PlaceLevel]}
    assert level["title"] == "级别 / Level"
    assert schema["primaryKey"] == ["place_id"]
    assert schema["foreignKeys"] == [
        {"fields": ["parent_id"], "reference": {"resource": "", "fields": ["place_id"]}}
    ]


def test_known_keys_come_from_the_standard() -> None:
    assert {"licenses", "contributors", "text_policy", "version", "profile"} <= known_keys("package")
    assert {"path", "hash", "rows", "mediatype", "dialect"} <= known_keys("resource")
    assert {"minimum", "enum", "pattern", "required"} <= known_keys("constraints")
    assert known_keys("reference") == {"resource", "fields"}
    assert not {"licences", "foreignKey"} & (known_keys("package") | known_keys("schema"))


def test_descriptor(package: Path) -> None:
    found = load(package / "datapackage.json")
    assert found["version"].startswith(f"{__version__}+")
    assert len(found["version"].partition("+")[2]) == 12
    assert found["created"] == "2022-03-01T00:00:00Z"
    assert found["sources"] == [{"title": "清河日报"}]
    assert 50 <= len(found["description"]) <= 5000
    assert [resource["name"] for resource in found["resources"]] == list(TABLES)
    for resource in found["resources"]:
        content = (package / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
        assert (package / resource["schema"]).is_file()


@pytest.mark.parametrize(
    ("policy", "licence", "says"),
    [
        (TextPolicy.FULL, "other-closed", "full text of the articles"),
        (TextPolicy.QUOTES, "CC-BY-4.0", "short quotes"),
        (TextPolicy.NONE, "CC-BY-4.0", "without any text"),
    ],
)
def test_descriptor_says_whose_the_text_is(
    tmp_path: Path, policy: TextPolicy, licence: str, says: str
) -> None:
    found = build(tmp_path, policy).descriptor
    licences = {resource["name"]: resource["licenses"][0]["name"] for resource in found["resources"]}
    assert {licences.pop("articles"), licences.pop("sources")} == {licence}
    assert set(licences.values()) == {"CC-BY-4.0"}
    assert found["text_policy"] == policy.value
    assert says in found["description"]
    assert policy.zh in found["description"]


@pytest.mark.parametrize(
    ("dates", "newest"),
    [
        (["2021", "2022-03", "2022-02-28"], "2022-03-01T00:00:00Z"),
        (["2022"], "2022-01-01T00:00:00Z"),
        (["2022-12-31", None], "2022-12-31T00:00:00Z"),
        ([None], None),
        ([], None),
    ],
)
def test_created_is_the_newest_page(dates: list[str | None], newest: str | None) -> None:
    source = good_dataset().rows(Source)[0]
    data = Dataset()
    data.add(source.model_copy(update={"published_on": day}) for day in dates)
    assert created(data) == newest


def test_descriptor_names_other_sources(tmp_path: Path) -> None:
    facts = build(tmp_path).facts
    other = DataSource("GeoNames", "https://www.geonames.org/", "2026-11")
    found = descriptor(good_dataset(), facts, TextPolicy.FULL, [other])
    assert found["sources"][1] == {"title": other.title, "path": other.path, "version": other.version}


def test_version_follows_the_data(tmp_path: Path) -> None:
    policies = (TextPolicy.FULL, TextPolicy.QUOTES, TextPolicy.FULL)
    manifests = [build(tmp_path / str(number), policy) for number, policy in enumerate(policies)]
    full, quotes, again = (manifest.descriptor["version"] for manifest in manifests)
    assert full == again != quotes


# text policy


@pytest.mark.parametrize(
    ("policy", "text", "quote"),
    [(TextPolicy.FULL, True, True), (TextPolicy.QUOTES, False, True), (TextPolicy.NONE, False, False)],
)
def test_redact(policy: TextPolicy, text: bool, quote: bool) -> None:
    data = redact(good_dataset(), policy)
    assert all(bool(article.text) is text for article in data.rows(Article))
    for figure in data.rows(Observation):
        assert (bool(figure.quote), bool(figure.sentence)) == (quote, quote)
        assert figure.text_end > figure.text_start
    assert len(list(data)) == len(list(good_dataset()))


def test_nothing_of_the_text_is_left(tmp_path: Path) -> None:
    build(tmp_path, TextPolicy.NONE)
    for path in tmp_path.rglob("*.csv"):
        assert "全县共领取" not in path.read_text(encoding="utf-8")


# dictionary


@pytest.mark.parametrize(("language", "word"), [("zh", "数值，倍数词"), ("en", "multiplier worked in")])
def test_dictionary_has_every_table_and_column(language: Any, word: str) -> None:
    text = data_dictionary(language)
    assert word in text
    for table in TABLES.values():
        section = text.partition(f"\n## {table.name}\n")[2].partition("\n## ")[0]
        for field in table.fields:
            assert f"| `{field.name}` |" in section
    assert all(line.count(" | ") == 4 for line in text.splitlines() if line.startswith("| `"))
