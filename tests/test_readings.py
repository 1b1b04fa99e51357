"""Small pages and what must be read in them, by kind of reading: all of the flow, from bytes to rows.

A case names what it tests and nothing more; ``why`` says the rule, ``counter`` that it has to keep quiet.
A list of values means any of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from fangzhi.model.dataset import Dataset
from fangzhi.model.tables import Article, Check, Observation, Period, Place, System, SystemComponent
from fangzhi.pipeline import combine, extract
from fangzhi.text.source import Document, Given

Json = dict[str, Any]
LINES = (Path(__file__).parent / "cases" / "readings.jsonl").read_text("utf-8").splitlines()
CASES: list[Json] = [json.loads(line) for line in LINES]
MARKS = re.compile(r"[\s“”‘’「」『』《》\"'（）()·,，、;；:：的]")
CLOSING = re.compile(
    r"(?:数量|人数|户数|次数|件数|总数|年数|天数|总额|金额|面积|长度|比例|比重|占比|幅度|时长|年限|期限|人次|重量|体积"
    r"|容积|数|量|额|率|值|價|价|數|額|長度|面積)$"
)


@cache
def read(number: int) -> Dataset:
    """The rows of a case: a page of its own where it is about articles, else under a headline."""
    case = CASES[number]
    page = case["text"] if "articles" in case["expect"] else f"一线见闻\n本报记者 李文\n\n{case['text']}\n"
    day, paper = case.get("published_on"), case.get("publisher")
    given = Given(
        published_on=day,
        published_on_basis="given" if day else None,
        publisher=paper,
        publisher_basis="given" if paper else None,
    )
    return combine([extract(Document(f"{case['id']}.txt", page.encode(), given))])


def any_of(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def bare(text: str | None) -> str:
    return MARKS.sub("", text or "")


def stem(measure: str) -> str:
    """A measure without marks and without its closing words."""
    text = bare(measure)
    while len(text) > 2 and CLOSING.search(text):
        text = CLOSING.sub("", text)
    return text


def same_number(want: Any, got: Any) -> bool:
    return got is None if want is None else got is not None and Decimal(str(want)) == got


def same_place(want: Any, got: Any) -> bool:
    return not got if want is None else bool(got) and got.endswith(want)


def same_body(want: Any, got: Any) -> bool:
    a, b = bare(want), bare(got)
    return a == b or bool(a and b and (a.endswith(b) or b.endswith(a)))


def same_measure(want: Any, got: Any) -> bool:
    return stem(want) == stem(got)


def same_text(want: Any, got: Any) -> bool:
    return (want or "") == str(got or "")


SAME: dict[str, Callable[[Any, Any], bool]] = {
    "value": same_number, "value_max": same_number, "place": same_place, "subject": same_body,
    "owner": same_body, "measure": same_measure,
}  # fmt: skip
FIGURE = ("value", "value_max", "unit", "qualifier", "status", "kind", "subject", "place", "measure",
          "period_start", "period_end")  # fmt: skip


def differing(want: Json, row: Json, fields: Iterable[str]) -> Iterator[str]:
    for field in fields:
        same = SAME.get(field, same_text)
        if field in want and not any(same(value, row.get(field)) for value in any_of(want[field])):
            yield f"{field} {want[field]}, got {row.get(field)}"
    for piece in want.get("measure_with", ()):
        if not any(bare(word) in bare(row["measure"]) for word in piece.split("|")):
            yield f"measure with {piece}, got {row['measure']}"
    for piece in want.get("measure_without", ()):
        if bare(piece) in bare(row["measure"]):
            yield f"measure without {piece}, got {row['measure']}"


def spans(text: str, want: Json) -> Iterator[tuple[int, int]]:
    """Where the quote of a case may stand in a text."""
    for quote in any_of(want["quote"]):
        before, _, after = want.get("context", quote).partition(quote)
        loose = [r"\s*".join(map(re.escape, "".join(part.split()))) for part in (before, quote, after)]
        pattern = f"(?={loose[0]}({loose[1]}){loose[2]})"
        yield from (match.span(1) for match in re.finditer(pattern, text))


def overlap(row: Any, span: tuple[int, int]) -> float:
    inner = min(row.text_end, span[1]) - max(row.text_start, span[0])
    return max(0, inner) / (max(row.text_end, span[1]) - min(row.text_start, span[0]))


def answering(rows: Iterable[Any], texts: dict[str, str], want: Json) -> Any:
    """The row whose characters are those of a quote by half of their union or more."""
    fits = [(overlap(row, span), row) for row in rows for span in spans(texts[row.article_id], want)]
    best = max(fits, key=lambda fit: fit[0], default=(0, None))
    return best[1] if best[0] >= 0.5 else None


def figure_faults(expect: Json, data: Dataset, texts: dict[str, str]) -> Iterator[str]:
    names = {row.place_id: row.full_name for row in data.rows(Place)}
    for want in expect.get("observations", ()):
        row = answering(data.rows(Observation), texts, want)
        if row is None:
            yield f"{want['quote']} not found"
        else:
            yield from differing(want, {**row.model_dump(), "place": names.get(row.place_id)}, FIGURE)
    for quote in expect.get("no_observations", ()):
        for row in data.rows(Observation):
            for start, end in spans(texts[row.article_id], {"quote": quote}):
                if row.text_start < end and start < row.text_end:
                    yield f"{quote} is no figure, got {row.quote}"


def period_faults(expect: Json, data: Dataset, texts: dict[str, str]) -> Iterator[str]:
    for want in expect.get("periods", ()):
        row = answering(data.rows(Period), texts, want)
        if row is None:
            yield f"{want['quote']} not found"
        else:
            yield from differing(want, {"start": row.date_start, "end": row.date_end}, ("start", "end"))


def system_faults(expect: Json, data: Dataset) -> Iterator[str]:
    names = {row.place_id: row.full_name for row in data.rows(Place)}
    for want in expect.get("systems", ()):
        found = [row for row in data.rows(System) if bare(row.name) in map(bare, any_of(want["name"]))]
        if not found:
            yield f"{want['name']} not found"
        for row in found[:1]:
            place = names.get(row.place_id or "")
            yield from differing(want, {"owner": row.owner, "place": place}, ("owner", "place"))
        parts = {row.system_id: list[str]() for row in found}
        for part in data.rows(SystemComponent):
            parts.get(part.system_id, []).append(bare(part.name))
        if "components" in want and list(map(bare, want["components"])) not in parts.values():
            yield f"components {want['components']}, got {list(parts.values())}"
    for name in expect.get("no_systems", ()):
        yield from (f"{name} is no system" for row in data.rows(System) if bare(name) in bare(row.name))


def check_faults(expect: Json, data: Dataset) -> Iterator[str]:
    quotes = {row.observation_id: row.quote for row in data.rows(Observation)}
    made = [(row.kind, row.verdict, quotes.get(row.reported)) for row in data.rows(Check)]
    for want in expect.get("checks", ()):
        keys = [(i, key) for i, key in enumerate(("kind", "verdict", "reported")) if key in want]
        if not any(all(row[i] in any_of(want[key]) for i, key in keys) for row in made):
            yield f"{want} not made, got {made}"
    forbidden = expect.get("no_checks", ())
    yield from (f"no check is due, got {row}" for row in made if row[0] in forbidden or "any" in forbidden)


def article_faults(expect: Json, data: Dataset) -> Iterator[str]:
    wanted = expect.get("articles")
    rows = sorted(data.rows(Article), key=lambda row: row.position)
    if wanted is None:
        return
    if len(wanted) != len(rows):
        yield f"{len(wanted)} articles, got {[row.title for row in rows]}"
    for want, row in zip(wanted, rows, strict=False):
        text = "".join(row.text.split()) if row.text else ""
        if "title" in want and bare(row.title) not in map(bare, any_of(want["title"])):
            yield f"title {want['title']}, got {row.title}"
        if not any(text.startswith("".join(start.split())) for start in any_of(want.get("starts", ""))):
            yield f"starts {want['starts']}, got {text[:16]}"
        if not any(text.endswith("".join(end.split())) for end in any_of(want.get("ends", ""))):
            yield f"ends {want['ends']}, got {text[-16:]}"


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["id"] for case in CASES])
def test_reading(number: int) -> None:
    case, data = CASES[number], read(number)
    texts = {row.article_id: row.text or "" for row in data.rows(Article)}
    expect = case["expect"]
    faults = [*figure_faults(expect, data, texts), *period_faults(expect, data, texts)]
    faults += [*system_faults(expect, data), *check_faults(expect, data), *article_faults(expect, data)]
    assert not faults, f"{case['text']} — {case['why']}"
