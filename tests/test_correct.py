"""Corrections: what a file of them says, what its mistakes are told as, and what they do to the rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import SOURCE, dataset

from fangzhi.correct.apply import apply_corrections
from fangzhi.correct.entry import COLUMNS, CorrectionError, Entry
from fangzhi.correct.messages import MESSAGES
from fangzhi.correct.parse import parse_corrections
from fangzhi.correct.rules import EDITABLE, field_refusal, table_refusal, witness
from fangzhi.correct.values import typed
from fangzhi.correct.withdraw import key_text
from fangzhi.model import codes
from fangzhi.model.cells import from_cell, to_cell
from fangzhi.model.dataset import Dataset
from fangzhi.model.tables import (
    TABLES,
    Article,
    Correction,
    Issue,
    Mention,
    Observation,
    Person,
    System,
    SystemComponent,
)

ARTICLE = f"{SOURCE}-a4"
MONEY = next(row for row in dataset().rows(Observation) if row.unit == "元")
PIPE = next(row for row in dataset().rows(Observation) if row.unit == "公里")
STATES = codes.CorrectionState
QUESTION = Issue(
    issue_id="q", path="样 page.txt", source_id=SOURCE, article_id=ARTICLE, reason="?", reason_en="?",
    kind=codes.IssueKind.UNRESOLVED_PERIOD, severity=codes.Severity.NOTE,
    source_start=PIPE.source_start, source_end=PIPE.source_end,
)  # fmt: skip


def content(*lines: tuple[str, ...], header: tuple[str, ...] = COLUMNS) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *lines])
    return text.getvalue().encode()


def line(table: str, key: str, field: str, expected: str, value: str, **more: str) -> tuple[str, ...]:
    said = {"reason": "与原文不符", "author": "李四", "date": "2022-05-01", **more}
    return table, key, field, expected, value, said["reason"], said["author"], said["date"]


def entries(*lines: tuple[str, ...]) -> list[Entry]:
    return parse_corrections([("corrections.csv", content(*lines))])


def corrected(
    *lines: tuple[str, ...], data: Dataset | None = None
) -> tuple[Dataset, list[Correction], list[Issue]]:
    return apply_corrections(data or dataset(), entries(*lines))


def mistakes(data: bytes) -> list[str]:
    with pytest.raises(CorrectionError) as raised:
        parse_corrections([("corrections.csv", data)])
    assert str(raised.value) == "\n".join(map(str, raised.value.problems))
    for problem in raised.value.problems:
        assert all("{" not in words for words in problem.words), "every blank of a message is filled in"
    return [f"{problem.line} {problem.words.zh} / {problem.words.en}" for problem in raised.value.problems]


# what a file says


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data,
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b"\n", b"\n\n,,,,,,,\n"),
        lambda data: data.rstrip(b"\n"),
    ],
    ids=["plain", "byte-order mark", "CRLF", "empty lines", "no last line end"],
)
def test_a_file_as_spreadsheets_write_it(change: Callable[[bytes], bytes]) -> None:
    data = content(line("observations", MONEY.observation_id, "value", "30135000.0", "30130000"))
    (entry,) = parse_corrections([("corrections.csv", change(data))])
    assert (entry.row, entry.field) == (("observations", MONEY.observation_id), "value")
    assert (entry.expected, entry.value, entry.date) == ("30135000.0", "30130000", date(2022, 5, 1))


def test_columns_in_any_order_and_outer_spaces() -> None:
    said = dict(zip(COLUMNS, line("observations", "x", "unit", " 元 ", "美元"), strict=True))
    order = tuple(reversed(COLUMNS))
    (entry,) = parse_corrections([("a", content(tuple(said[name] for name in order), header=order))])
    assert (entry.table, entry.expected, entry.value) == ("observations", "元", "美元")


def test_oldest_first_across_files() -> None:
    later = content(line("articles", "x", "title", "乙", "丙", date="2022-06-01"))
    first = content(line("articles", "x", "title", "甲", "乙", date="2022-05-01"))
    assert [entry.value for entry in parse_corrections([("a.csv", later), ("b.csv", first)])] == ["乙", "丙"]


def test_a_line_is_numbered_as_an_editor_shows_it() -> None:
    good = line("articles", "x", "title", "甲\n乙", "丙")
    assert [told.split()[0] for told in mistakes(content(good, line("nowhere", "x", "", "", "delete")))] == [
        "4"
    ]


VALUES = [
    ("value", "1.00E+05", "number-mangled"),
    ("value", "1e5", "number-mangled"),
    ("value", "30,135,000", "number"),
    ("value", "115.83%", "number"),
    ("value", "1万", "number"),
    ("value", "NaN", "number"),
    ("value", "１２３", "number"),
    ("value", "9" * 41, "number"),
    ("value", "", "required"),
    ("period_start", "2021/3/5", "date"),
    ("period_start", "2021-3-5", "date"),
    ("period_start", "44260", "date"),
    ("period_start", "2021-02-29", "date"),
    ("qualifier", "approximate", "code"),
    ("status", "", "required"),
    ("place_id", "130534", "pattern"),
    ("place_id", "cn999999", "unknown"),
    ("indicator_id", "no_such_indicator", "unknown"),
    ("measure", "很" * 2001, "too-long"),
]


def said(kind: str, told: str) -> bool:
    """Whether a message is of a kind, in both languages: the words between its blanks stand in it."""
    parts = [part for words in MESSAGES[kind] for part in re.split(r"\{\w+\}", words)]
    return all(part in told for part in parts)


@pytest.mark.parametrize(("field", "value", "kind"), VALUES, ids=[f"{f} {v[:12]} {k}" for f, v, k in VALUES])
def test_a_value_that_the_column_may_not_hold(field: str, value: str, kind: str) -> None:
    expected = to_cell(getattr(MONEY, field)) if value == "" else ""
    (told,) = mistakes(content(line("observations", MONEY.observation_id, field, expected, value)))
    assert said(kind, told)
    assert told.startswith("2 ")


OTHERS = [
    (line("article", "x", "title", "甲", "乙"), "no-table"),
    (line("", "x", "title", "甲", "乙"), "no-table"),
    (line("sources", SOURCE, "title", "甲", "乙"), "sources"),
    (line("places", "cn", "name", "甲", "乙"), "places"),
    (line("checks", "x", "verdict", "甲", "乙"), "checks"),
    (line("units", "x", "name", "甲", "乙"), "vocabulary"),
    (line("articles", "x", "titel", "甲", "乙"), "no-column"),
    (line("articles", "x", "article_id", "甲", "乙"), "key"),
    (line("articles", "x", "text", "甲", "乙"), "of-page"),
    (line("observations", "x", "quote", "甲", "乙"), "of-page"),
    (line("observations", "x", "text_start", "1", "2"), "of-page"),
    (line("system_components", "x/1", "name", "甲", "乙"), "of-page"),
    (line("observations", "x", "standard_value", "1", "2"), "computed"),
    (line("observations", "x", "unit_id", "1", "2"), "computed"),
    (line("articles", "x", "published_on", "2021", "2022"), "computed"),
    (line("articles", "x", "reporters", "", "张三"), "list"),
    (line("articles", "x", "reporters", "", "[1]"), "list"),
    (line("articles", "x", "reporters", "", "[" * 1500), "list"),
    (line("articles", "x", "title", "甲", "甲"), "nothing-changed"),
    (line("articles", "x", "", "甲", ""), "withdraw"),
    (line("articles", "x", "", "甲", "删除"), "withdraw"),
    (line("articles", "x", "title", "甲", "乙", reason=""), "missing"),
    (line("articles", "x", "title", "甲", "乙", reason="很" * 2001), "too-long"),
    (line("articles", "x", "title", "甲", "乙", author="李\u202e四"), "control"),
    (line("articles", "x", "title", "甲\x1b[31m", "乙"), "control"),
    (line("articles", "x", "title", "甲", "乙", author=" "), "missing"),
    (line("articles", "", "title", "甲", "乙"), "missing"),
    (line("articles", "x", "title", "甲", "乙", date="2022/5/1"), "date"),
    (line("articles", "x", "title", "甲", "乙", date=""), "date"),
    (line("articles", "1.23457E+11", "title", "甲", "乙"), "key-mangled"),
    (line("observations", "x", "value", "1.00E+05", "100001"), "number-mangled"),
    (line("systems", "x", "components_declared", "3", "2.5"), "whole-number"),
    (line("systems", "x", "components_declared", "3", "0"), "minimum"),
]


@pytest.mark.parametrize(("cells", "kind"), OTHERS, ids=[f"{kind} {cells[:3]}" for cells, kind in OTHERS])
def test_a_line_that_cannot_stand(cells: tuple[str, ...], kind: str) -> None:
    (told,) = mistakes(content(cells))
    assert said(kind, told)


GOOD = line("articles", "x", "title", "甲", "乙")
FILES = [
    (content(GOOD).decode().encode("gb18030"), "not-utf-8"),
    (content(GOOD).replace(b",", b";"), "header"),
    (content(GOOD).replace(b",", b"\t"), "header"),
    (content(GOOD[:-1], header=COLUMNS[:-1]), "header"),
    (content((*GOOD, "x"), header=(*COLUMNS, "note")), "header"),
    (b"", "header"),
    (content((*GOOD, "乙, 丙")), "cells"),
    (content(GOOD[:-1]), "cells"),
    (content() + b'articles,"x"y,title,a,b,c,d,2022-05-01\n', "not-csv"),
    (content() + b'articles,"x,title\n', "not-csv"),
]


@pytest.mark.parametrize(("data", "kind"), FILES, ids=[f"{kind} {n}" for n, (_, kind) in enumerate(FILES)])
def test_a_file_that_is_no_such_table(data: bytes, kind: str) -> None:
    (told,) = mistakes(data)
    assert said(kind, told)


def test_all_mistakes_are_told_at_once() -> None:
    told = mistakes(content(line("articles", "x", "title", "甲", "乙", reason="", author=""), OTHERS[0][0]))
    assert [words.split()[0] for words in told] == ["2", "2", "3"]


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (GOOD, GOOD, "repeated"),
        (GOOD, line("articles", "x", "title", "甲", "丙"), "conflict"),
        (GOOD, line("articles", "x", "", "甲", "delete"), "conflict"),
    ],
    ids=["the same twice", "two values", "changed and withdrawn"],
)
def test_lines_that_contradict_each_other(first: tuple[str, ...], second: tuple[str, ...], kind: str) -> None:
    (told,) = mistakes(content(first, second))
    assert said(kind, told)


@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(
        lambda text: ",".join(COLUMNS).encode() + b"\n" + text.encode("utf-8", "replace")
    )
)
def test_any_bytes_are_read_or_told(data: bytes) -> None:
    with suppress(CorrectionError):
        assert all(entry.reason and entry.author for entry in parse_corrections([("x", data)]))


# what may be corrected


def test_every_column_is_either_editable_or_refused_with_a_reason() -> None:
    for name, table in TABLES.items():
        if table_refusal(name):
            assert name not in EDITABLE
            continue
        assert set(EDITABLE[name]) <= set(table.row.model_fields)
        assert witness(name) in table.row.model_fields
        for field in table.row.model_fields:
            assert (field_refusal(name, field) is None) == (field in EDITABLE[name])
        assert not set(EDITABLE[name]) & {
            *table.key,
            "quote",
            "text",
            "text_start",
            "text_end",
            "source_start",
            "source_end",
        }


def test_cells_are_those_of_the_package() -> None:
    for row in dataset():
        for field in row.table.fields:
            value = getattr(row, field.name)
            if field.name in EDITABLE.get(row.table.name, ()) and field.name != "indicator_id":
                assert typed(to_cell(value), field) == value, "what the package prints can be written back"
                assert from_cell(to_cell(value), field) is not None or value is None


# what corrections do


def test_a_corrected_figure() -> None:
    data, (record,), issues = corrected(
        line("observations", MONEY.observation_id, "value", "30135000", "30130000.50")
    )
    row = next(row for row in data.rows(Observation) if row.observation_id == MONEY.observation_id)
    assert (row.value, row.standard_value, row.method) == (
        Decimal("30130000.50"),
        Decimal("30130000.5"),
        "corrected",
    )
    unchanged = set(Observation.model_fields) - {"value", "standard_value", "method"}
    assert all(getattr(row, name) == getattr(MONEY, name) for name in unchanged)
    assert (record.state, record.old_value, record.new_value) == (STATES.APPLIED, "30135000.0", "30130000.50")
    assert (record.table_name, record.row_key, record.field) == (
        "observations",
        MONEY.observation_id,
        "value",
    )
    assert (record.author, record.corrected_on, record.article_id) == ("李四", date(2022, 5, 1), ARTICLE)
    assert not issues
    others = [row for row in data if row.table.name != "observations"]
    assert others == [row for row in dataset() if row.table.name != "observations"]


def test_a_corrected_unit_brings_its_code_and_conversion() -> None:
    data, _, _ = corrected(line("observations", PIPE.observation_id, "unit", "公里", "里"))
    row = next(row for row in data.rows(Observation) if row.observation_id == PIPE.observation_id)
    assert (row.unit, row.unit_id, row.standard_value, row.standard_unit) == ("里", "里", Decimal(21000), "m")


COUNTED = PIPE.model_copy(update={"quote": "1268农民", "unit": "人", "kind": codes.Kind.COUNT})
UNITS = [
    (PIPE, {"unit": "公礼"}, "no-unit"),
    (PIPE, {"unit": "公里/公礼"}, "no-unit"),
    (PIPE, {"unit": "元"}, "kind-of-unit"),
    (PIPE, {"kind": "area"}, "kind-of-unit"),
    (PIPE, {"unit": "亩"}, "kind-of-unit"),
    (PIPE, {"unit": "亩", "kind": "area"}, None),
    (PIPE, {"unit": "戶", "kind": "count"}, None),
    (PIPE, {"unit": "公里/天"}, None),
    (PIPE, {"kind": "other"}, None),
    (PIPE, {"unit": ""}, None),
    (COUNTED, {"unit": "农民"}, None),
    (COUNTED, {"unit": "渔民"}, "no-unit"),
    (COUNTED, {"unit": "岁", "kind": "age"}, None),
]


@pytest.mark.parametrize(("row", "values", "kind"), UNITS, ids=[f"{r.unit} {v}" for r, v, _ in UNITS])
def test_a_unit_is_known_or_printed_and_fits_its_kind(
    row: Observation, values: dict[str, str], kind: str | None
) -> None:
    data = dataset()
    data.tables["observations"] = [row]
    lines = [
        line("observations", row.observation_id, name, to_cell(getattr(row, name)), value)
        for name, value in values.items()
    ]
    after, records, issues = corrected(*lines, data=data)
    assert {record.state for record in records} == {STATES.REJECTED if kind else STATES.APPLIED}
    assert all(kind and said(kind, issue.reason + issue.reason_en) for issue in issues)
    assert (after.rows(Observation) == [row]) == bool(kind)


def test_a_row_of_a_page_that_is_gone_is_told_apart_from_one_that_is_read_no_more() -> None:
    keys = (f"{SOURCE}-o999", "ba9876543210-o999", "nonsense")
    _, _, issues = corrected(*(line("observations", key, "value", "1", "2") for key in keys))
    told = [issue.reason + issue.reason_en for issue in issues]
    assert [said("page-gone", words) for words in told] == [False, True, False]
    assert [said("gone", words) for words in told] == [True, False, True]


@pytest.mark.parametrize(
    ("table", "key", "field", "expected", "value", "stands"),
    [
        ("observations", PIPE.observation_id, "place_id", "cn130534", "cn140931", "cn140931"),
        ("observations", PIPE.observation_id, "subject", "", "清河县", "清河县"),
        ("observations", PIPE.observation_id, "period_text", "去年", "", None),
        ("observations", PIPE.observation_id, "value_max", "", "50", Decimal(50)),
        ("observations", PIPE.observation_id, "status", "actual", "target", codes.Status.TARGET),
        ("articles", ARTICLE, "reporters", '["张三"]', '["张三","李四"]', ["张三", "李四"]),
        ("articles", ARTICLE, "theme_id", "employment", "", None),
        ("people", "per-1", "role", "reporter", "photographer", codes.PersonRole.PHOTOGRAPHER),
        ("systems", f"{SOURCE}-s16", "components_declared", "3", "4", 4),
        ("system_components", f"{SOURCE}-s16/2", "parent", "", "三个一", "三个一"),
        ("events", f"{SOURCE}-e4", "date_end", "2021-12-31", "2021-06-30", date(2021, 6, 30)),
        ("periods", f"{SOURCE}-d4", "basis", "inferred", "explicit", codes.Basis.EXPLICIT),
    ],
)  # fmt: skip
def test_a_corrected_cell(
    table: str, key: str, field: str, expected: str, value: str, stands: object
) -> None:
    data, (record,), _ = corrected(line(table, key, field, expected, value))
    row = next(row for row in data.tables[table] if key_text(row) == key)
    assert getattr(row, field) == stands
    assert record.state is STATES.APPLIED


def test_a_chain_of_corrections_ends_in_the_last() -> None:
    first = line("articles", ARTICLE, "credit", "本报讯", "新华社")
    data, records, issues = corrected(first, line("articles", ARTICLE, "credit", "新华社", "本报记者"))
    assert data.rows(Article)[0].credit == "本报记者"
    assert [(record.old_value, record.state) for record in records] == [
        ("本报讯", STATES.APPLIED),
        ("新华社", STATES.APPLIED),
    ]
    assert not issues


@pytest.mark.parametrize(
    ("cells", "kind", "reading"),
    [
        (line("observations", PIPE.observation_id, "value", "41", "43"), "changed", "42"),
        (line("observations", PIPE.observation_id, "value", "41", "42"), "already", "42"),
        (line("observations", f"{SOURCE}-o99999", "value", "41", "42"), "gone", None),
        (line("observations", PIPE.observation_id, "", "43公里", "delete"), "other-row", "42公里"),
        (line("observations", PIPE.observation_id, "subject", "清河县", ""), "already", None),
    ],
    ids=["reads otherwise", "reads as corrected", "is gone", "is another", "is empty"],
)  # fmt: skip
def test_a_stale_correction_changes_nothing_and_says_so(
    cells: tuple[str, ...], kind: str, reading: str | None
) -> None:
    data, (record,), (issue,) = corrected(cells)
    assert list(data) == list(dataset())
    assert record.state is STATES.STALE
    assert (issue.kind, issue.severity) == (codes.IssueKind.STALE_CORRECTION, codes.Severity.WARNING)
    assert MESSAGES[kind][0] in issue.reason
    assert MESSAGES[kind][1] in issue.reason_en
    assert issue.quote == reading
    assert (issue.path, "2" in issue.reason) == ("corrections.csv", True)
    assert record.article_id == issue.article_id == (None if kind == "gone" else ARTICLE)


def test_columns_that_would_contradict_each_other_are_rejected_together() -> None:
    start = line("observations", PIPE.observation_id, "period_start", "2021-01-01", "2022-01-01")
    data, (record,), (issue,) = corrected(start)
    assert list(data) == list(dataset())
    assert (record.state, issue.severity) == (STATES.REJECTED, codes.Severity.ERROR)
    assert "period_start 2022-01-01" in issue.reason_en
    end = line("observations", PIPE.observation_id, "period_end", "2021-12-31", "2022-12-31")
    data, records, issues = corrected(start, end)
    assert [record.state for record in records] == [STATES.APPLIED, STATES.APPLIED]
    assert not issues


def test_withdrawing_a_figure_takes_its_open_questions_along() -> None:
    data = dataset()
    data.add([QUESTION, QUESTION.model_copy(update={"issue_id": "r", "source_start": 1})])
    data, (record,), issues = corrected(
        line("observations", PIPE.observation_id, "", PIPE.quote or "", "delete"), data=data
    )
    assert PIPE.observation_id not in {row.observation_id for row in data.rows(Observation)}
    assert {row.issue_id for row in data.rows(Issue)} == {"empty-1", "r"}
    assert (record.state, record.field, record.old_value, record.new_value) == (
        STATES.APPLIED,
        None,
        None,
        None,
    )
    assert not issues


def test_dating_a_figure_answers_that_it_had_no_date() -> None:
    undated = PIPE.model_copy(update={"period_start": None, "period_end": None})
    data = dataset()
    data.tables["observations"] = [undated]
    data.tables["issues"] = [QUESTION]
    still, _, _ = corrected(line("observations", PIPE.observation_id, "value", "42", "43"), data=data)
    assert still.rows(Issue) == [QUESTION]
    dated, _, _ = corrected(
        line("observations", PIPE.observation_id, "period_end", "", "2021-12-31"), data=data
    )
    assert not dated.rows(Issue)


def test_withdrawing_an_article_takes_all_that_hangs_on_it() -> None:
    title = dataset().rows(Article)[0].title or ""
    data, (record,), _ = corrected(line("articles", ARTICLE, "", title, "delete"))
    assert record.article_id is None
    left = {name for name, rows in data.tables.items() if rows}
    assert left == {
        "sources", "places", "organizations", "people", "corrections", "issues", "indicators", "units",
        "themes", "codes", "programmes",
    }  # fmt: skip
    assert data.rows(Correction)[0].article_id is None


def test_withdrawing_a_person_takes_the_mentions_along_and_leaves_no_reference() -> None:
    data = dataset()
    named = data.rows(Mention)[0].model_copy(
        update={"mention_id": "m", "entity_type": codes.EntityType.PERSON, "entity_id": "per-1"}
    )
    data.add([named])
    after, _, _ = corrected(line("people", "per-1", "", "张三", "delete"), data=data)
    assert (after.rows(Person), len(after.rows(Mention))) == ([], len(data.rows(Mention)) - 1)
    employer = data.rows(Person)[0].model_copy(update={"organization_id": "org-1"})
    data.tables["people"] = [employer]
    after, _, _ = corrected(line("organizations", "org-1", "", "清河县人社局", "delete"), data=data)
    assert after.rows(Person)[0].organization_id is None


def test_withdrawing_a_system_and_one_of_its_parts() -> None:
    data, _, _ = corrected(line("system_components", f"{SOURCE}-s16/2", "", "一村一策", "delete"))
    assert [row.position for row in data.rows(SystemComponent)] == [1, 3]
    data, _, _ = corrected(line("systems", f"{SOURCE}-s16", "", "“三个一”机制", "delete"))
    assert not data.rows(System)
    assert not data.rows(SystemComponent)


def test_a_cell_may_be_changed_there_and_back_and_again() -> None:
    there = line("articles", ARTICLE, "credit", "本报讯", "新华社")
    back = line("articles", ARTICLE, "credit", "新华社", "本报讯")
    (told,) = mistakes(content(there, back, there))
    assert said("repeated", told)
    again = line("articles", ARTICLE, "credit", "本报讯", "新华社", date="2022-05-02")
    data, records, _ = corrected(there, back, again)
    assert data.rows(Article)[0].credit == "新华社"
    assert len({record.correction_id for record in records}) == 3


def test_a_correction_keeps_its_key_and_no_two_share_one() -> None:
    lines = [
        line("observations", PIPE.observation_id, "value", "42", "43"),
        line("observations", PIPE.observation_id, "subject", "", "清河县"),
        line("observations", MONEY.observation_id, "subject", "", "清河县"),
    ]
    _, records, _ = corrected(*lines)
    again, _ = corrected(*[(*cells[:5], "别的缘由", "王五", cells[7]) for cells in reversed(lines)])[1:]
    assert len({record.correction_id for record in records}) == 3
    assert {record.correction_id for record in records} == {record.correction_id for record in again}


def test_nothing_to_correct_changes_nothing() -> None:
    data = dataset()
    assert apply_corrections(data, []) == (data, [], [])


@pytest.mark.parametrize("name", ["corrections.md", "corrections.zh-CN.md"])
def test_the_documentation_tells_the_header_and_every_column(name: str) -> None:
    text = (Path(__file__).parent.parent / "docs" / name).read_text("utf-8")
    assert f"\n{','.join(COLUMNS)}\n" in text
    for table, columns in EDITABLE.items():
        (told,) = re.findall(rf"^\| {table} \| (.*) \|$", text, re.MULTILINE)
        assert re.findall(r"[a-z_]+", told) == list(columns) or (
            not columns and "(" in told.replace("（", "(")
        )
    for example in re.findall(r"```\n(.*?)```", text, re.DOTALL):
        assert parse_corrections([(name, example.encode())]) or example.count("\n") == 1
