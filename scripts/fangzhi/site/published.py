"""What the build published, as the descriptions of it take it, read from a package folder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from fangzhi.catalog import dcat
from fangzhi.catalog.published import Download, Published
from fangzhi.package.layout import CHANGES, DESCRIPTOR
from fangzhi.quality.history import History
from fangzhi.quality.report import QUALITY, Quality, parse_quality
from fangzhi.site.errors import SiteError

_ELSEWHERE = "https://address.invalid/"  # stands for the public address until there is a request


def read_published(package: Path, downloads: Sequence[Download]) -> Published | None:
    """Descriptor, schemas and files; None for a database without a package, SiteError for a broken one."""
    path = package / DESCRIPTOR
    if not path.is_file():
        return None
    found = _load(path)
    names = [str(resource["name"]) for resource in found["resources"]]
    return Published(found, {name: _load(package / "schemas" / f"{name}.json") for name in names}, downloads)


def _load(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SiteError(
            f"{path} 无法读取；请重新运行 fangzhi build。 It cannot be read; run fangzhi build again: {error}"
        ) from error
    return found


def read_history(package: Path) -> History:
    """The history of a package folder; empty where there is none, SiteError where it cannot be read."""
    path = package / CHANGES
    try:
        return History.model_validate_json(path.read_bytes()) if path.is_file() else History()
    except (OSError, ValidationError) as error:
        raise SiteError(
            f"{path} 无法读取，请改正或移开。 It cannot be read; mend it or move it away: {error}"
        ) from error


def read_report(package: Path) -> Quality | None:
    """The report in a package, None where it has none; SiteError where it cannot be read."""
    path = package / QUALITY
    if not path.is_file():
        return None
    try:
        return parse_quality(path.read_bytes())
    except ValueError as error:
        raise SiteError(
            f"{path} 无法读取；请重新运行 fangzhi build。 "
            f"{path} cannot be read; run fangzhi build again: {error}"
        ) from error


class Catalogs:
    """The catalogue in each form, made once; the address is put in when it is asked for."""

    def __init__(self, published: Published) -> None:
        self._published = published
        self._texts: dict[str, str] = {}

    def at(self, address: str, form: str) -> str:
        """The catalogue of a site at that address."""
        if form not in self._texts:
            self._texts[form] = dcat.catalog(self._published, _ELSEWHERE, form)
        return self._texts[form].replace(_ELSEWHERE, address)
