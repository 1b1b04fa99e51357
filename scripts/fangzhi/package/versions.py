"""Every version that was published stays as it was, in a folder of its own.

``versions/VERSION/`` holds a second name of each file that the build publishes: a hard link, which takes no
room while the version is the newest. A later build replaces the file by another and leaves this one alone.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

from fangzhi.package.layout import DESCRIPTOR, INDEX

FOLDER = "versions"
_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,99}", re.ASCII)


def is_version(name: str) -> bool:
    """Whether a version may be called so, and be the name of a folder."""
    return bool(_NAME.fullmatch(name))


def kept(out: Path) -> list[str]:
    """The versions that an output folder keeps."""
    folder = out / FOLDER
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return [path.name for path in found if is_version(path.name) and (path / INDEX).is_file()]


def stage_version(staging: Path, out: Path) -> str | None:
    """Put what is staged under its version, too; the version, or None where it is kept already.

    A version that is kept is never touched: the same data, the same version.
    """
    version = str(_load(staging / DESCRIPTOR)["version"])
    if (out / FOLDER / version).exists():
        return None
    names = [str(item["path"]) for item in _load(staging / INDEX)["files"]]
    for name in (*names, INDEX):
        _link(staging / name, staging / FOLDER / version / name)
    return version


def _link(file: Path, other: Path) -> None:
    other.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(file, other)
    except OSError:  # a disk that knows no second names
        shutil.copyfile(file, other)


def _load(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
