"""Annotations of real texts, made whole again where the texts are at hand.

    python tests/annotations/restore.py TEXTS GOLD

The texts belong to their publishers and are not kept here: ``texts.jsonl`` holds, for each text by the
SHA-256 of its bytes, what a careful reader found in it, with offsets in place of its words. For every .txt
file below TEXTS that is known, ``GOLD/NAME.json`` and the text as ``GOLD/../NAME.txt`` are written, in the
form that ``fangzhi evaluate`` and ``fangzhi train`` take, with ``sources.csv`` of the dates that are known.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

KNOWN = Path(__file__).with_name("texts.jsonl")
Json = dict[str, Any]
_AROUND = 12
"""Characters on each side of a figure that tell where it stands."""


def _cut(text: str, span: list[int] | None) -> str | None:
    return "".join(text[slice(*span)].split()) if span else None


def _observation(text: str, row: Json) -> Json:
    start, end = row["span"]
    around = text[max(0, start - _AROUND) : end + _AROUND]
    return {**row, "quote": _cut(text, row["span"]), "context": "".join(around.split())}


def _article(text: str, row: Json) -> Json:
    start, end = row["body"]
    body = "".join(text[start:end].split())
    return {**row, "title": _cut(text, row["title"]), "body_starts": body[:12], "body_ends": body[-12:]}


def _system(text: str, row: Json) -> Json:
    components = [_cut(text, span) for span in row["components"]]
    return {**row, "name": _cut(text, row["name"]), "components": components, "evidence": ""}


def restored(text: str, known: Json, name: str) -> Json:
    """The annotation of a text in the form of docs/annotation.md."""
    return {
        "doc": name,
        "articles": [_article(text, row) for row in known["articles"]],
        "observations": [_observation(text, row) for row in known["observations"]],
        "systems": [_system(text, row) for row in known["systems"]],
        "events": [],
        "checks": known["checks"],
    }


def _texts(folder: Path, known: dict[str, Json]) -> Iterator[tuple[Path, bytes, Json]]:
    for path in sorted(folder.rglob("*.txt")):
        content = path.read_bytes()
        if found := known.get(hashlib.sha256(content).hexdigest()):
            yield path, content, found


def main() -> None:
    """Write what is known of the texts of a folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("gold", type=Path)
    options = parser.parse_args()
    lines = KNOWN.read_text("utf-8").splitlines()
    known = {row["sha256"]: row for row in map(json.loads, lines)}
    options.gold.mkdir(parents=True, exist_ok=True)
    dates = []
    for _path, content, found in _texts(options.texts, known):
        name, text = found["doc"], content.decode("utf-8-sig")
        annotation = json.dumps(restored(text, found, name), ensure_ascii=False, indent=1)
        (options.gold / f"{name}.json").write_text(annotation, encoding="utf-8")
        (options.gold.parent / f"{name}.txt").write_bytes(content)
        dates.append((f"{name}.txt", found["published_on"], "given" if found["published_on"] else ""))
    if not dates:
        sys.exit(f"{options.texts}: none of the {len(known)} annotated texts is there")
    with (options.gold.parent / "sources.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("path", "published_on", "published_on_basis"), *dates])
    print(f"{len(dates)} of {len(known)} annotated texts")


if __name__ == "__main__":
    main()
