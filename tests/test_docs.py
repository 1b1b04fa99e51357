"""The documents are whole: what they name exists, what they list is everything there is."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import typer
import yaml
from command import ROOT
from documents import ADDRESS, DOCUMENTS, READMES, blocks, name, table_of
from test_layers import LAYERS

from fangzhi.cli import app
from fangzhi.database.search import MAX_QUERY, SEARCHED
from fangzhi.database.views import VIEWS
from fangzhi.model.tables import TABLES
from fangzhi.package.dictionary import data_dictionary
from fangzhi.package.findings import Language
from fangzhi.package.policy import TextPolicy
from fangzhi.site import guard
from fangzhi.site.portal import SETTINGS
from fangzhi.text.source import MAX_BYTES

GENERATED: dict[Language, str] = {"en": "docs/data-dictionary.md", "zh": "docs/data-dictionary.zh-CN.md"}
HTTP = ROOT / "docs" / "http-api.md"
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]

# What is named exists.


def commands_of(path: Path) -> set[str]:
    """The commands in running text and in the blocks of a document."""
    found = re.findall(r"`(fangzhi [^`\n]+)`", path.read_text("utf-8"))
    for block in blocks(path):
        if block.language in ("sh", "console"):
            found += re.findall(r"^(?:\$ )?(fangzhi [^\n]+)", block.text, re.MULTILINE)
    return {command.strip() for command in found} - {"fangzhi COMMAND --help"}


NAMED = sorted({(command, name(path)) for path in DOCUMENTS for command in commands_of(path)})


@pytest.mark.parametrize(("command", "document"), NAMED)
def test_a_command_that_is_named_exists(command: str, document: str) -> None:
    word, *rest = re.sub(r'"[^"]*"', "TEXT", command).split()[1:]
    options = {option.partition("|")[0] for option in rest if option.startswith("-") and option != "-"}
    if word.startswith("-"):
        assert word in ("--help", "--version")
        return
    assert word in COMMANDS
    assert options <= {option for p in COMMANDS[word].params for option in p.opts} | {"--help", "-h"}


@pytest.mark.parametrize("path", READMES, ids=name)
def test_every_command_and_option_is_told(path: Path) -> None:
    lines = [line for line in path.read_text("utf-8").splitlines() if line.startswith("| `fangzhi ")]
    for command, told in zip(COMMANDS, lines, strict=True):
        options = {
            option for p in COMMANDS[command].params if p.param_type_name == "option" for option in p.opts
        }
        assert told.startswith(f"| `fangzhi {command}")
        assert {option for option in options if option not in told} <= {"--help", "-h", "--output", "-p"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_make_targets_exist(path: Path) -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make (\w+)", path.read_text("utf-8"), re.MULTILINE)) <= targets


def slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for link in re.findall(r"\]\(([^)]+)\)", text):
        parts = urlsplit(link)
        if parts.scheme:
            assert parts.scheme == "https" or link.startswith(ADDRESS), link
            continue
        target = path.parent / unquote(parts.path) if parts.path else path
        assert target.exists(), link
        if parts.fragment:
            headings = re.findall(r"^#+ (.*)$", target.read_text("utf-8"), re.MULTILINE)
            assert parts.fragment in map(slug, headings), link


@pytest.mark.parametrize("path", [p for p in DOCUMENTS if name(p) not in GENERATED.values()], ids=name)
def test_files_that_are_named_exist(path: Path) -> None:
    code = ROOT / "scripts" / "fangzhi"
    for found in re.findall(r"`((?:[a-z_]+/)+(?:[\w*]+\.\w+)?)`", path.read_text("utf-8")):
        if not found.startswith(("build/", "data/", "downloads/", "packages/", "corrections/", "versions/")):
            assert list(ROOT.glob(found)) or list(code.glob(found)), found


# What is listed is whole.


def english(path: Path) -> Path:
    return path.with_name(path.name.replace(".zh-CN", ""))


TRANSLATED = [path for path in DOCUMENTS if ".zh-CN" in path.name and name(path) not in GENERATED.values()]


@pytest.mark.parametrize("path", TRANSLATED, ids=name)
def test_both_languages_say_the_same(path: Path) -> None:
    texts = [document.read_text("utf-8") for document in (path, english(path))]
    shapes = [re.findall(r"^(#+|!\[|\| ---|- |> |```\w*)", text, re.MULTILINE) for text in texts]
    assert shapes[0] == shapes[1]
    keys = [re.findall(r"^\| (`[^`]+`|\d+)", text, re.MULTILINE) for text in texts]
    assert keys[0] == keys[1]
    assert [block.text for block in blocks(path)] == [block.text for block in blocks(english(path))]
    links = [
        f"]({document.name})" in text for document, text in zip((english(path), path), texts, strict=True)
    ]
    assert links == [True, True]


@pytest.mark.parametrize(("path", "heading"), [(READMES[0], "table"), (READMES[1], "表")], ids=["en", "zh"])
def test_every_table_and_view_is_told(path: Path, heading: str) -> None:
    assert [row[0] for row in table_of(path, heading)] == list(TABLES)
    assert all(f"`{view}`" in path.read_text("utf-8") for view in VIEWS)


@pytest.mark.parametrize(
    ("path", "heading"), [*zip(READMES, ("exit code", "退出码"), strict=True)], ids=["en", "zh"]
)
def test_exit_codes_are_those_of_the_program(path: Path, heading: str) -> None:
    told = re.findall(r"(\d+) [\u4e00-\u9fff]", app.info.help or "")
    assert [row[0] for row in table_of(path, heading)] == told


@pytest.mark.parametrize("path", READMES, ids=name)
def test_text_policies_are_told(path: Path) -> None:
    told = [row[0].split("`")[0] for row in table_of(path, "--text")]
    assert told == [policy.value for policy in TextPolicy]


@pytest.mark.parametrize(("language", "path"), GENERATED.items())
def test_the_data_dictionary_is_what_the_models_give(language: Language, path: str) -> None:
    assert (ROOT / path).read_text("utf-8") == data_dictionary(language), "run make schema"


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    told = table_of(ROOT / "CONTRIBUTING.md", "package", "why")
    assert [row[0] for row in told] == [re.split(r"[<>=\[]", line)[0] for line in wanted]
    assert all(row[1] for row in told)


def test_every_lexicon_is_told() -> None:
    told = [row[0] for row in table_of(ROOT / "CONTRIBUTING.md", "lexicon")]
    found = {path.stem for path in (ROOT / "scripts" / "fangzhi" / "lexicons").glob("*.csv")}
    assert set(told) == found, "list it in CONTRIBUTING.md"


def test_the_layers_are_those_that_hold() -> None:
    lines = (ROOT / "CONTRIBUTING.md").read_text("utf-8").splitlines()
    told = next(line for line in lines if line.startswith("`errors` "))
    assert re.findall(r"`(\w+)`", told) == [layer for layer in LAYERS if layer != "__main__"]


def test_every_folder_of_code_is_told() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    folders = {path.parent.name for path in (ROOT / "scripts" / "fangzhi").glob("*/__init__.py")}
    assert {folder for folder in folders if f"`{folder}/" not in text} == set()


def test_every_featured_query_is_told() -> None:
    metadata = yaml.safe_load((ROOT / "metadata.yml").read_text("utf-8"))
    queries = metadata["databases"]["fangzhi"]["queries"]
    told = {
        re.sub(r"\[`|`\].*", "", row[0]): (row[2], set(re.findall(r"\w+", row[1])))
        for row in table_of(HTTP, "query")
    }
    asked = {query: set(re.findall(r"(?<!:):([a-z]\w*)", words["sql"])) for query, words in queries.items()}
    assert told == {query: (queries[query]["title_en"], parameters) for query, parameters in asked.items()}


def test_bounds_are_those_of_the_site() -> None:
    told = " ".join(row[1] for row in table_of(HTTP, "limit"))
    limits = {"LENGTH": guard.MAX_LENGTH, "RESULT": guard.MAX_RESULT, "QUERY": MAX_QUERY, **guard._LIMITS}
    limits |= {"rows": SETTINGS["max_returned_rows"], "seconds": SETTINGS["sql_time_limit_ms"] / 1000}
    unnamed = {0, 32}  # nothing attached, no worker threads; arguments of a function
    wanted = {f"{value:,}" for value in limits.values() if value not in unnamed}
    assert wanted <= set(re.findall(r"[\d,.]+\d|\d+", told))
    text = HTTP.read_text("utf-8")
    assert all(f"`{function}`" in text for function in guard._DENIED_FUNCTIONS - {"fts3_tokenizer"})
    assert f"These tables have it: {', '.join(f'`{table}`' for table in SEARCHED)}." in text
    assert f"{MAX_BYTES // 2**20} MiB" in READMES[0].read_text("utf-8")


def test_the_version_has_its_entry() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"## [{version}] - " in (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert all(f" {version}" in path.read_text("utf-8") for path in READMES)


def test_every_source_of_places_is_credited() -> None:
    text = (ROOT / "docs" / "licences.md").read_text("utf-8")
    with (ROOT / "scripts" / "fangzhi" / "lexicons" / "place_sources.csv").open(encoding="utf-8") as file:
        assert all(row["url"] in text for row in csv.DictReader(file))
