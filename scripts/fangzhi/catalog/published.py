"""What a build published, as all descriptions of it take it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

Json = dict[str, Any]
OPEN_LICENCE = "https://creativecommons.org/licenses/by/4.0/"


class Download(BaseModel):
    """A file to download; the path is relative to the output folder, rows are given for single tables."""

    model_config = ConfigDict(frozen=True)
    path: str
    bytes: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    media_type: str = Field(pattern=r"^[\w.+-]+/[\w.+-]+(; ?[\w=-]+)*$")
    rows: int | None = None
    title_zh: str
    title_en: str

    @property
    def is_of_one_table(self) -> bool:
        """Whether it holds or describes a single table, and not all of the package."""
        return self.rows is not None or self.path.startswith("schemas/")

    @property
    def table(self) -> str | None:
        """The table whose rows the file holds, where it holds those of one."""
        return self.path.rpartition("/")[2].partition(".")[0] if self.rows is not None else None


@dataclass(frozen=True)
class Published:
    """Descriptor, Table Schemas by table and the files that were written."""

    descriptor: Json
    schemas: Mapping[str, Json]
    files: Sequence[Download]

    @property
    def day(self) -> str | None:
        """The day of the newest page, which is how far the data reach."""
        created: str | None = self.descriptor.get("created")
        return created[:10] if created else None

    def licence(self, table: str | None) -> str | None:
        """The address of the licence of a table, or of the whole; None where rights are reserved."""
        owner = next((r for r in self.descriptor["resources"] if r["name"] == table), self.descriptor)
        licences = owner["licenses"]
        path: str | None = licences[0].get("path") if len(licences) == 1 else None
        return path

    def file(self, suffix: str) -> list[Download]:
        """The files with that suffix."""
        return [file for file in self.files if file.path.endswith(suffix)]
