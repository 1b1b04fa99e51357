"""A package opened for judging or reading: descriptor, schemas, files, and what was wrong on the way."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fangzhi.package.archive import UNPACKED_BYTES, unpack, unsafe_path
from fangzhi.package.descriptor import NAME, OWN_KEYS
from fangzhi.package.findings import Finding, finding

JSON_BYTES = 16 * 1024**2
DEPTH = 50  # levels of nesting; a descriptor has a dozen
JsonObject = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """A resource: its descriptor, its file in the package and its schema, None where there is none."""

    name: str
    descriptor: JsonObject
    file: Path | None
    schema: JsonObject | None

    def fields(self) -> list[JsonObject]:
        """The field descriptors that are objects with a name."""
        found = as_list((self.schema or {}).get("fields"))
        return [item for item in found if isinstance(item, dict) and isinstance(item.get("name"), str)]


@dataclass(frozen=True)
class Opened:
    """A package on disk; ``ours`` when this program made it, and may be held to more than the standard."""

    folder: Path
    descriptor: JsonObject
    parts: list[Part]
    ours: bool


def as_list(value: object) -> list[Any]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def _depth(value: object) -> int:
    level, depth = [value], 0
    while level:
        inside = [
            item.values() if isinstance(item, dict) else item
            for item in level
            if isinstance(item, (dict, list))
        ]
        level, depth = [item for group in inside for item in group], depth + 1
    return depth


def _parse(text: str, name: str) -> tuple[Any, list[Finding]]:
    found: list[Finding] = []

    def once(pairs: list[tuple[str, Any]]) -> JsonObject:
        names = Counter(key for key, _ in pairs)
        twice = (key for key, count in names.items() if count > 1)
        found.extend(finding("json-duplicate-key", path=name, key=key) for key in twice)
        return dict(pairs)

    def constant(word: str) -> None:
        found.append(finding("json-not-a-number", path=name, value=word))

    value = json.loads(text, object_pairs_hook=once, parse_constant=constant)
    if _depth(value) > DEPTH:
        raise RecursionError(f"> {DEPTH} levels deep / 层")
    return value, found


def load_json(path: Path, name: str) -> tuple[Any, list[Finding]]:
    """The JSON of a file, or None, and what is wrong with it."""
    try:
        if (size := path.stat().st_size) > JSON_BYTES:
            return None, [finding("file-too-large", path=name, bytes=size)]
        text = path.read_text(encoding="utf-8")
        value, found = _parse(text.removeprefix("\ufeff"), name)
    except UnicodeDecodeError:
        return None, [finding("encoding", path=name)]
    except (ValueError, RecursionError) as error:
        return None, [finding("json-invalid", path=name, reason=error)]
    except OSError as error:
        return None, [finding("file-unreadable", path=name, reason=error.strerror)]
    marked = [finding("byte-order-mark", path=name)] if text.startswith("\ufeff") else []
    return value, marked + found


def locate(folder: Path, path: object) -> tuple[Path | None, Finding | None]:
    """The file that a path of a descriptor names, or why it is not read."""
    if not isinstance(path, str) or "://" in path:
        return None, finding("not-read", path=path)
    try:
        target = (folder / path).resolve()
        if unsafe_path(path) or not target.is_relative_to(folder.resolve()):
            return None, finding("unsafe-path", path=path)
        if not target.is_file():
            return None, finding("file-missing", path=path)
        if (size := target.stat().st_size) > UNPACKED_BYTES:
            return None, finding("file-too-large", path=path, bytes=size)
    except (OSError, ValueError, RuntimeError) as error:  # a loop of links, a name the system refuses
        return None, finding("file-unreadable", path=path, reason=error)
    return target, None


def _schema(folder: Path, value: object) -> tuple[JsonObject | None, list[Finding]]:
    if value is None or isinstance(value, dict):
        return value, []
    path, problem = locate(folder, value)
    if path is None:
        return None, [problem] if problem else []
    schema, found = load_json(path, str(value))
    if schema is not None and not isinstance(schema, dict):
        return None, [*found, finding("descriptor-not-object", path=value)]
    return schema, found


def _part(folder: Path, number: int, resource: JsonObject) -> tuple[Part, list[Finding]]:
    name = resource.get("name") if isinstance(resource.get("name"), str) else f"resources[{number}]"
    schema, found = _schema(folder, resource.get("schema"))
    file, problem = (None, None) if "data" in resource else locate(folder, resource.get("path"))
    found = found if problem is None else [*found, problem]
    return Part(str(name), resource, file, schema), [replace(item, table=str(name)) for item in found]


def _is_ours(descriptor: JsonObject) -> bool:
    return descriptor.get("name") == NAME or not OWN_KEYS["package"].isdisjoint(descriptor)


def _open_descriptor(path: Path) -> tuple[Opened | None, list[Finding]]:
    descriptor, found = load_json(path, path.name)
    if not isinstance(descriptor, dict):
        return None, found or [finding("descriptor-not-object", path=path.name)]
    parts = []
    for number, resource in enumerate(as_list(descriptor.get("resources"))):
        if isinstance(resource, dict):
            part, problems = _part(path.parent, number, resource)
            parts.append(part)
            found += problems
    return Opened(path.parent, descriptor, parts, _is_ours(descriptor)), found


def _descriptors(folder: Path) -> Iterator[Path]:
    yield folder / "datapackage.json"
    # an archive often holds one folder with everything in it
    yield from sorted(folder.glob("*/datapackage.json"))[:1]


def open_package(path: Path, scratch: Path) -> tuple[Opened | None, list[Finding]]:
    """Open a folder, a descriptor or a zip (unpacked into the empty folder ``scratch``)."""
    if path.is_dir():
        descriptor = path / "datapackage.json"
    elif not path.is_file():
        return None, [finding("package-missing", path=path)]
    elif path.suffix.lower() == ".json":
        descriptor = path
    else:
        if found := unpack(path, scratch):
            return None, found
        descriptor = next(filter(Path.is_file, _descriptors(scratch)), scratch / "datapackage.json")
    if not descriptor.is_file():
        return None, [finding("descriptor-missing", path=path)]
    return _open_descriptor(descriptor)
