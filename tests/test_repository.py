"""The repository is itself a valid data package, and whoever builds it, wherever, gets the same bytes."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from command import ROOT, arguments, environment, fangzhi

SEEDS = {
    "000_56446ba86ed505d2.txt": "01d84e07588e76ebccb97b5e42a00ab56f2f491b3661eeb1334bc999f71288a4",
    "001_d12425c8079eb754.txt": "f170c2de7c42746742e7c0ee7a5e555e4f7c817249d7e05eefba128a0abba55d",
    "002_92f25fc8032dde1a.txt": "d4daf19e9df55847f1e2f3d054edaeeeb5c7edc1ea3b7970d47ddb120333c2fd",
    "003_70d1982ac213f58f.txt": "36a1cbaa707cfa5c02dfa136b55701ba1b2d984e9c2f6241bfd4f6b73667d491",
    "004_4bac74a652b9b693.txt": "4fd4326b6a1ba6a291e1960880bbdf6214cd6e15354495070a8c3350b0bf21dd",
}
"""The pages as found: not one byte of them may ever change."""


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def generated(root: Path) -> dict[str, bytes]:
    """What is committed of what a build makes."""
    tables = {f"build/data/{name}": content for name, content in contents(root / "build" / "data").items()}
    schemas = {f"schemas/{name}": content for name, content in contents(root / "schemas").items()}
    return {"datapackage.json": (root / "datapackage.json").read_bytes(), **schemas, **tables}


def copy_of_the_repository(target: Path) -> Path:
    """Only what a build needs, and nothing that a build makes."""
    hidden = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for name in ("scripts", "seeds"):
        shutil.copytree(ROOT / name, target / name, ignore=hidden)
    for name in ("pyproject.toml", "metadata.yml"):
        shutil.copy(ROOT / name, target / name)
    return target


@pytest.mark.parametrize(("name", "digest"), SEEDS.items())
def test_the_seeds_are_as_found(name: str, digest: str) -> None:
    assert hashlib.sha256((ROOT / "seeds" / name).read_bytes()).hexdigest() == digest


def test_no_page_is_missing_or_unknown() -> None:
    assert {path.name for path in (ROOT / "seeds").glob("*.txt")} == set(SEEDS)


@pytest.mark.parametrize("path", [".", "datapackage.json"])
def test_the_repository_is_a_valid_package(path: str) -> None:
    ended = fangzhi("validate", path, "--lang", "en", cwd=ROOT)
    assert (ended.returncode, ended.stdout.strip().splitlines()[-1][:24]) == (0, "The package is valid: th")


def test_what_is_committed_is_what_a_build_makes(tmp_path: Path) -> None:
    copy = copy_of_the_repository(tmp_path)
    ended = fangzhi("build", cwd=copy, env={"PYTHONPATH": str(copy / "scripts")})
    assert ended.returncode == 0, ended.stdout + ended.stderr
    made, committed = generated(copy), generated(ROOT)
    assert sorted(made) == sorted(committed)
    assert [name for name in made if made[name] != committed[name]] == []
    assert fangzhi("validate", copy).returncode == 0
    again = fangzhi("build", cwd=copy, env={"PYTHONPATH": str(copy / "scripts")})
    assert again.stdout.startswith("没有变化")
    (copy / "datapackage.json").unlink()
    once_more = fangzhi("build", cwd=copy, env={"PYTHONPATH": str(copy / "scripts")})
    assert once_more.stdout.startswith("已构建")
    assert (copy / "datapackage.json").read_bytes() == made["datapackage.json"]


def test_two_machines_make_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "a second 文件夹" / "deeper"
    pages = tmp_path / "pages"
    shutil.copytree(ROOT / "seeds", pages)
    for number, path in enumerate(sorted(pages.iterdir())):
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)
        os.utime(path, (10**9 + number, 10**9 - number))
    names = sorted(path for path in pages.iterdir() if path.suffix == ".txt")
    forward = {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"}
    backward = {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1"}
    assert fangzhi("build", ROOT / "seeds", "-o", first, env=forward).returncode == 0
    strict = subprocess.run(
        ["sh", "-c", 'umask 077 && exec "$@"', "sh", *arguments("build", *reversed(names), "-o", second)],
        cwd=tmp_path, env=environment(**backward), capture_output=True, check=False,
    )  # fmt: skip
    assert strict.returncode == 0, strict.stderr
    made, remade = contents(first), contents(second)
    assert sorted(made) == sorted(remade)
    assert [name for name in made if made[name] != remade[name]] == ["changes.json"]  # it tells the time


def test_no_file_names_a_registry() -> None:
    hosts = (
        "pypi" + ".org",
        "pythonhosted" + ".org",
        "npmjs" + ".org",
        "--index" + "-url http",
        "--extra-index" + "-url",
    )
    for name in ("pyproject.toml", "requirements.txt", "requirements-test.txt", "Makefile", ".ci/run"):
        text = (ROOT / name).read_text("utf-8")
        assert not [host for host in hosts if host in text], name


def test_every_dependency_is_locked() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for lock, wanted in {
        "requirements.txt": project["dependencies"],
        "requirements-test.txt": project["dependencies"] + project["optional-dependencies"]["test"],
    }.items():
        locked = {
            line.split("==")[0].lower()
            for line in (ROOT / lock).read_text("utf-8").splitlines()
            if "==" in line
        }
        names = {
            requirement.split("=")[0].rstrip("<>~! ").lower().replace("_", "-") for requirement in wanted
        }
        assert names | {"setuptools"} <= locked, lock


@pytest.mark.parametrize("target", ["help", "site", "test", "build"])
def test_make_knows_its_targets(target: str) -> None:
    shown = subprocess.run(
        ["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert shown.stdout


def test_make_says_what_to_do_where_python_is_too_old(tmp_path: Path) -> None:
    for name in ("Makefile", "requirements.txt", "requirements-test.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    old = tmp_path / "python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    for python, told in ((old, "3.11"), (tmp_path / "none", "3.11")):
        ended = subprocess.run(
            ["make", "build", f"PYTHON={python}"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 2
        assert told in ended.stderr
        assert "PYTHON=" in ended.stderr
        assert not (tmp_path / ".venv").exists()


def test_the_ci_script_only_prepares_and_tests() -> None:
    script = ROOT / ".ci" / "run"
    lines = script.read_text("utf-8").splitlines()
    assert (lines[0], os.access(script, os.X_OK)) == ("#!/usr/bin/env bash", True)
    assert "set -euo pipefail" in lines
    assert [line for line in lines if line and not line.startswith("#")][-1] == "make test"
    subprocess.run(["bash", "-n", script], check=True)
