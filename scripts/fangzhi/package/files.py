"""Files on disk: their size and digest, and JSON written one way."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class FileFacts:
    """What a descriptor says about a file; the digest is SHA-256 in lower-case hex."""

    bytes: int
    sha256: str


def file_facts(path: Path) -> FileFacts:
    """Size and digest of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileFacts(path.stat().st_size, digest)


def write_json(value: object, path: Path) -> None:
    """JSON for people to read: two spaces, characters as they are, a line feed at the end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
