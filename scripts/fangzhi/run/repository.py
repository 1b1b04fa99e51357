"""The project's own folder, where the repository itself is kept a valid data package."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fangzhi.package.build import write_schemas
from fangzhi.package.findings import Language

_DICTIONARIES: dict[Language, str] = {"zh": "data-dictionary.zh-CN.md", "en": "data-dictionary.md"}


def find_repository(output: Path) -> Path | None:
    """The project whose ``build/`` an output folder is; None for any other folder."""
    root = output.resolve().parent
    is_project = (root / "pyproject.toml").is_file() and (root / "scripts" / "fangzhi").is_dir()
    return root if output.name == "build" and is_project else None


def refresh_generated(root: Path, dictionary: Callable[[Language], str]) -> list[str]:
    """Write schemas/ and the data dictionary anew; the paths written, relative to the root."""
    write_schemas(root / "schemas")
    (root / "docs").mkdir(exist_ok=True)
    for language, name in _DICTIONARIES.items():
        (root / "docs" / name).write_text(dictionary(language), "utf-8")
    return ["schemas/", *(f"docs/{name}" for name in _DICTIONARIES.values())]
