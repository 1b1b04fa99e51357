"""The house: a module imports its own folder and folders to its left, and every part says what it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "scripts" / "fangzhi"
LAYERS = (
    "errors", "model", "lexicons", "rank", "text", "page", "quantity", "period", "place", "measure", "system",
    "entity", "rows", "audit", "correct", "quality", "database", "catalog", "package", "site", "evaluate",
    "pipeline", "run", "cli", "__main__",
)  # fmt: skip
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST_FILE = 400
LONGEST_FUNCTION = 50


def name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def layer(module: str) -> int | None:
    """Where ``fangzhi.<layer>…`` stands; None for what is above all layers."""
    parts = module.split(".")
    return LAYERS.index(parts[1]) if len(parts) > 1 and parts[1] != "__version__" else None


def imported(tree: ast.Module) -> Iterator[str]:
    """Full names of what a module takes from the project."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "fangzhi")
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            if node.module == "fangzhi":
                yield from (f"fangzhi.{alias.name}" for alias in node.names)
            elif node.module and node.module.startswith("fangzhi."):
                yield node.module


def public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Public functions and classes."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return (node for node in tree.body if isinstance(node, kinds) and not node.name.startswith("_"))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))


def test_every_folder_has_its_layer() -> None:
    found = {path.name for path in SOURCE.iterdir() if path.is_dir() and any(path.glob("*.py"))}
    found |= {path.stem for path in SOURCE.glob("*.py")} - {"__init__"}
    assert found <= set(LAYERS)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_only_from_the_left(path: Path) -> None:
    own = path.relative_to(SOURCE).with_suffix("").parts[0]
    if own == "__init__":
        assert not list(imported(ast.parse(path.read_text("utf-8"))))
        return
    here = LAYERS.index(own)
    found = {module: layer(module) for module in imported(ast.parse(path.read_text("utf-8")))}
    assert not {module for module, left in found.items() if left is not None and left > here}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree)
    assert not [node.name for node in public(tree) if not ast.get_docstring(node)]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_stays_small_and_typed(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= LONGEST_FILE
    for function in functions(ast.parse(text)):
        assert function.returns is not None, function.name
        assert (function.end_lineno or 0) - function.lineno < LONGEST_FUNCTION, function.name


def test_a_step_to_the_right_would_be_seen() -> None:
    lines = ("from fangzhi.site.app import create_app", "import fangzhi.run.build", "from fangzhi import cli")
    tree = ast.parse("\n".join([*lines, "import json"]))
    assert [layer(module) for module in imported(tree)] == [
        LAYERS.index(name) for name in ("site", "run", "cli")
    ]
