"""Ways to damage a package, as data: what is changed, and what the judges must find where."""

# ruff: noqa: E501 — one case a line reads as the table that it is

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fangzhi.package.csv_files import csv_line, read_cells

Mutation = Callable[[Path], object]
Place = tuple[str, str | None, int | None, str | None]
Edit = tuple[str, str, int, str, str, str]


def rewrite(table: str, change: Callable[[list[list[str]]], object]) -> Mutation:
    def mutate(folder: Path) -> None:
        path = folder / "data" / f"{table}.csv"
        records = list(read_cells(path))
        change(records)
        path.write_text("".join(map(csv_line, records)), encoding="utf-8", newline="")

    return mutate


def cell(table: str, row: int, column: str, value: str) -> Mutation:
    """Set a cell; the row as a spreadsheet numbers it."""

    def change(records: list[list[str]]) -> None:
        records[row - 1][records[0].index(column)] = value

    return rewrite(table, change)


def each(change: Callable[[list[str]], object]) -> Callable[[list[list[str]]], object]:
    return lambda records: list(map(change, records))


def data(table: str, change: Callable[[bytes], bytes]) -> Mutation:
    def mutate(folder: Path) -> None:
        path = folder / "data" / f"{table}.csv"
        path.write_bytes(change(path.read_bytes()))

    return mutate


def edit(name: str, change: Callable[[Any], object]) -> Mutation:
    def mutate(folder: Path) -> None:
        path = folder / name
        value = json.loads(path.read_text(encoding="utf-8"))
        change(value)
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")

    return mutate


def descriptor(change: Callable[[Any], object]) -> Mutation:
    return edit("datapackage.json", change)


def resource(table: str, **values: object) -> Mutation:
    def change(package: Any) -> None:
        next(r for r in package["resources"] if r["name"] == table).update(values)

    return descriptor(change)


def rename(owner: Callable[[Any], Any], old: str, new: str) -> Callable[[Any], object]:
    def change(value: Any) -> None:
        item = owner(value)
        item[new] = item.pop(old)

    return change


def write(name: str, content: bytes) -> Mutation:
    return lambda folder: (folder / name).write_bytes(content)


def unlink(name: str) -> Mutation:
    return lambda folder: (folder / name).unlink()


def all_of(*mutations: Mutation) -> Mutation:
    return lambda folder: [mutate(folder) for mutate in mutations]


def itself(value: Any) -> Any:
    return value


OBS, ART = "observations", "articles"
CELLS: list[Edit] = [
    # what, table, row, column, new value, and the kind that must be found at that very cell
    ("exponent", OBS, 3, "value", "1e4", "exponent"),
    ("not a number", OBS, 4, "value", "NaN", "not-a-number"),
    ("infinity", OBS, 5, "value_max", "INF", "not-a-number"),
    ("thousands", OBS, 6, "value", "31,348", "type-error"),
    ("leading zero", "sources", 2, "bytes", "007", "number-form"),
    ("full-width digits", OBS, 2, "value", "３１", "number-form"),
    ("words for a number", OBS, 3, "value", "三百", "type-error"),
    ("short date", OBS, 4, "period_start", "2021-1-1", "date-form"),
    ("no such day", OBS, 5, "period_start", "2021-02-30", "date-form"),
    ("date form in a string", "sources", 2, "published_on", "2022/3", "constraint-error"),
    ("unknown code", OBS, 6, "kind", "money?", "constraint-error"),
    ("required is empty", OBS, 2, "measure", "", "constraint-error"),
    ("full-width space", OBS, 3, "measure", "\u3000", "white-space"),
    ("trailing space", OBS, 4, "unit", "张 ", "white-space"),
    ("control character", OBS, 5, "subject", "a\x07b", "control-character"),
    ("above maximum", "places", 4, "latitude", "97.05", "constraint-error"),
    ("below minimum", ART, 2, "position", "0", "constraint-error"),
    ("bad list", ART, 2, "reporters", "[张三]", "type-error"),
    ("loose list", ART, 2, "reporters", '[ "张三" ]', "json-form"),
    ("bad pattern", "places", 4, "place_id", "CN130534", "constraint-error"),
    ("broken reference", OBS, 6, "article_id", "x-a1", "foreign-key"),
    ("broken self-reference", "places", 3, "parent_id", "cn99", "foreign-key"),
    ("unknown input", "checks", 2, "inputs", '["nope"]', "reference"),
    ("unknown entity", "mentions", 2, "entity_id", "cn9", "reference"),
    ("other quote", OBS, 2, "quote", "31349张", "quote-differs"),
    ("empty span", "system_components", 3, "text_end", "1", "span-order"),
    ("source span", OBS, 3, "source_end", "0", "span-order"),
    ("period turned", OBS, 4, "period_end", "2020-12-31", "period-order"),
    ("event turned", "events", 2, "date_end", "2020-12-31", "period-order"),
    ("range turned", OBS, 5, "value_max", "9", "range-order"),
]  # fmt: skip


MUTATIONS: list[tuple[str, Mutation, Place]] = [
    # keys and quotes
    ("duplicate key", rewrite(OBS, lambda r: r.append(r[-1])), ("primary-key", OBS, 7, None)),
    ("duplicate second key", rewrite("system_components", lambda r: r.append(r[-1])), ("primary-key", "system_components", 5, None)),
    ("unsorted", rewrite("places", lambda r: r.append(r.pop(1))), ("unsorted", "places", 4, "place_id")),
    ("row removed", rewrite("places", lambda r: r.pop()), ("foreign-key", OBS, 2, "place_id")),
    ("shifted span", cell("mentions", 2, "text_start", "4"), ("quote-differs", "mentions", 2, "quote")),
    ("other text", cell(ART, 2, "text", "短"), ("span-outside", OBS, 2, "text_end")),
    # files
    ("BOM", data(OBS, lambda b: b"\xef\xbb\xbf" + b), ("byte-order-mark", OBS, None, None)),
    ("CRLF", data("places", lambda b: b.replace(b"\n", b"\r\n")), ("line-ending", "places", 1, None)),
    ("one CRLF", data("places", lambda b: b[:-1] + b"\r\n"), ("line-ending", "places", 4, None)),
    ("no last line feed", data("places", lambda b: b[:-1]), ("last-line", "places", None, None)),
    ("hash", data("places", lambda b: b.replace("清河县".encode(), "清江县".encode())), ("hash-count", "places", None, None)),
    ("bytes", data("places", lambda b: b + b"\n"), ("byte-count", "places", None, None)),
    ("blank row", data("places", lambda b: b + b"\n"), ("blank-row", "places", 5, None)),
    ("rows", rewrite("codes", lambda r: r.pop()), ("row-count", "codes", None, None)),
    ("not UTF-8", data("places", lambda b: b.decode().encode("gb18030")), ("encoding", "places", None, None)),
    ("binary", write("data/places.csv", bytes(range(256)) * 50), ("encoding", "places", None, None)),
    ("empty file", write("data/places.csv", b""), ("csv-broken", "places", None, None)),
    ("open quote", data("places", lambda b: b + b'"'), ("csv-broken", "places", None, None)),
    ("file gone, others are still judged", all_of(unlink("data/places.csv"), cell(OBS, 2, "kind", "x")), ("constraint-error", OBS, 2, "kind")),
    ("file is binary, others are still judged", all_of(write("data/places.csv", b"\xff"), cell(OBS, 2, "kind", "x")), ("constraint-error", OBS, 2, "kind")),
    ("file gone", unlink("data/places.csv"), ("file-missing", "places", None, None)),
    ("column gone", rewrite("places", each(list.pop)), ("missing-label", "places", None, "name_basis")),
    ("column added", rewrite("places", each(lambda record: record.append("x"))), ("extra-label", "places", None, "x")),
    ("column renamed", rewrite("places", lambda r: r[0].__setitem__(1, "nom")), ("incorrect-label", "places", None, "name")),
    ("cell missing", rewrite("places", lambda r: r[2].pop()), ("missing-cell", "places", 3, "name_basis")),
    ("cell added", rewrite("places", lambda r: r[2].append("x")), ("extra-cell", "places", 3, None)),
    # descriptor
    ("misspelt licence", descriptor(rename(itself, "licenses", "licences")), ("misspelt-key", None, None, None)),
    ("unknown key", descriptor(lambda d: d.update(mood="good")), ("unknown-key", None, None, None)),
    ("capital hash", resource("places", hash="sha256:" + "A" * 64), ("hash-form", "places", None, None)),
    ("sha512", resource("places", hash="sha512:" + "a" * 128), ("hash-form", "places", None, None)),
    ("path out", resource("places", path="../places.csv"), ("unsafe-path", "places", None, None)),
    ("absolute path", resource("places", path="/etc/passwd"), ("unsafe-path", "places", None, None)),
    ("remote path", resource("places", path="http://127.0.0.1:9/x.csv"), ("not-read", "places", None, None)),
    ("path is a list", resource("places", path=["data/places.csv"]), ("not-read", "places", None, None)),
    ("path is a number", resource("places", path=7), ("profile-type", "places", None, None)),
    ("name is a number", resource("places", name=7), ("profile-type", "resources[3]", None, None)),
    ("created", descriptor(lambda d: d.update(created="2022-3-1")), ("created-form", None, None, None)),
    ("impossible created", descriptor(lambda d: d.update(created="2022-13-01T00:00:00Z")), ("created-form", None, None, None)),
    ("$schema", descriptor(lambda d: d.update({"$schema": "https://example.org/x"})), ("profile-unknown", None, None, None)),
    ("no resources", descriptor(lambda d: d.pop("resources")), ("profile-required", None, None, None)),
    ("resources a string", descriptor(lambda d: d.update(resources="x")), ("profile-type", None, None, None)),
    ("resource a string", descriptor(lambda d: d["resources"].append("x")), ("profile-type", None, None, None)),
    ("resource gone", descriptor(lambda d: d["resources"].pop(3)), ("table-missing", "places", None, None)),
    ("resource twice", descriptor(lambda d: d["resources"].append(d["resources"][0])), ("package-error", None, None, None)),
    ("licence unnamed", descriptor(lambda d: d["licenses"][0].update(name="?!")), ("profile-pattern", None, None, None)),
    ("version", descriptor(lambda d: d.update(version="0.1.0+000000000000")), ("version-differs", None, None, None)),
    ("policy", descriptor(lambda d: d.update(text_policy="none")), ("text-policy", ART, 2, "text")),
    # schemas
    ("schema gone", unlink("schemas/places.json"), ("file-missing", "places", None, None)),
    ("schema not JSON", write("schemas/places.json", b"{"), ("json-invalid", "places", None, None)),
    ("schema a list", write("schemas/places.json", b"[]"), ("descriptor-not-object", "places", None, None)),
    ("no fields", edit("schemas/places.json", lambda s: s.pop("fields")), ("profile-required", "places", None, None)),
    ("field type", edit("schemas/places.json", lambda s: s["fields"][7].update(type="int")), ("profile-enum", "places", None, "latitude")),
    ("field unnamed", edit("schemas/places.json", lambda s: s["fields"][7].pop("name")), ("profile-required", "places", None, None)),
    ("field a string", edit("schemas/places.json", lambda s: s["fields"].append("x")), ("profile-type", "places", None, None)),
    ("constraint key", edit("schemas/places.json", rename(lambda s: s["fields"][4]["constraints"], "pattern", "patern")), ("misspelt-key", "places", None, "code")),
    ("foreign key key", edit("schemas/places.json", rename(itself, "foreignKeys", "foreignKey")), ("misspelt-key", "places", None, None)),
    ("constraint dropped", edit("schemas/places.json", lambda s: s["fields"][7].pop("constraints")), ("schema-differs", "places", None, "latitude")),
    ("bad pattern", edit("schemas/places.json", lambda s: s["fields"][0]["constraints"].update(pattern="(")), ("judge-failed", "places", None, None)),
    # JSON
    ("not JSON", write("datapackage.json", b"{"), ("json-invalid", None, None, None)),
    ("not an object", write("datapackage.json", b"[]"), ("descriptor-not-object", None, None, None)),
    ("not text", write("datapackage.json", b"\xff\xfe\x00"), ("encoding", None, None, None)),
    ("too deep", write("datapackage.json", b"[" * 100_000), ("json-invalid", None, None, None)),
    ("deep", descriptor(lambda d: d.update(mood=json.loads("[" * 300 + "]" * 300))), ("json-invalid", None, None, None)),
    ("key twice", write("datapackage.json", b'{"resources": [], "resources": []}'), ("json-duplicate-key", None, None, None)),
    ("NaN in JSON", descriptor(lambda d: d["resources"][0].update(bytes=float("nan"))), ("json-not-a-number", None, None, None)),
    ("descriptor gone", unlink("datapackage.json"), ("descriptor-missing", None, None, None)),
]  # fmt: skip

# packages that others made: change of the resource, its data, all that must be found
FIELDS = [{"name": "id", "type": "integer"}, {"name": "on", "type": "date"}, {"name": "x", "type": "number"}]
OTHERS: list[tuple[str, dict[str, Any], str, set[Place]]] = [
    ("good", {}, "id,on,x\n1,2021-01-01,1e4\n", set()),
    ("CRLF and BOM are theirs to choose", {}, "\ufeffid,on,x\r\n1,2021-01-01,NaN\r\n", set()),
    ("own keys are theirs too", {"mood": "good"}, "id,on,x\n1,2021-01-01,1\n", set()),
    ("misspelt", {"licences": []}, "id,on,x\n", {("misspelt-key", "t", None, None)}),
    ("wrong type", {}, "id,on,x\na,2021-01-01,1\n", {("type-error", "t", 2, "id")}),
    ("loose date", {}, "id,on,x\n1,2021-1-5,1\n", {("date-form", "t", 2, "on")}),
    ("unsafe path", {"path": "../t.csv"}, "", {("unsafe-path", "t", None, None), ("profile-pattern", "t", None, None)}),
    ("another format", {"path": "t.xlsx", "format": "xlsx"}, "", {("not-read", "t", None, None)}),
    ("unique keys", {"schema": {"fields": FIELDS, "uniqueKeys": [["on", "x"]]}}, "id,on,x\n1,2021-01-01,1\n2,2021-01-01,1\n", {("duplicate-key", "t", 3, "on, x")}),
    ("semicolons", {"dialect": {"delimiter": ";", "doubleQuote": True}}, "id;on;x\n1;2021-01-01;1\n", set()),
    ("hash", {"hash": "sha256:" + "0" * 64}, "id,on,x\n", {("hash-count", "t", None, None)}),
    ("inline data", {"path": None, "data": [{"id": "x", "on": "2021-01-01", "x": 1}]}, "", {("type-error", "t", 2, "id")}),
]  # fmt: skip
