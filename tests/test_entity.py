"""Organizations and people: which names become rows, and which do not."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fangzhi.entity.organizations import find_organizations
from fangzhi.entity.people import find_people
from fangzhi.entity.private import private_people
from fangzhi.model.codes import PersonRole
from fangzhi.model.tables import Observation, Organization, Person
from fangzhi.page.draft import Draft
from fangzhi.period.mention import Anchor
from fangzhi.pipeline import extract
from fangzhi.place.resolve import context_of
from fangzhi.rows.reading import Reading
from fangzhi.text.source import Document
from fangzhi.text.spans import whole
from fangzhi.text.text import Text

_FILE = Path(__file__).parent / "cases" / "entities.csv"
CASES = list(csv.DictReader(_FILE.open(encoding="utf-8", newline="")))


def found(kind: str, text: str) -> list[tuple[int, int]]:
    """Where names of a kind stand in a text."""
    if kind == "private":
        return private_people(Text(text))
    return [
        (m.start, m.end) for m in (find_organizations if kind == "organization" else find_people)(Text(text))
    ]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_names(case: dict[str, str]) -> None:
    spans = found(case["kind"], case["text"])
    assert [case["text"][start:end] for start, end in spans] == case["names"].split()


def test_mentions_carry_their_names() -> None:
    text = "清河县教育局局长张明和物业公司经理王秀兰表示。"
    body, people = find_organizations(Text(text))[0], find_people(Text(text))
    assert (body.name, body.kind) == ("清河县教育局", "government")
    assert [(p.name, p.post, p.role) for p in people] == [
        ("张明", "局长", PersonRole.OFFICIAL),
        ("王秀兰", "经理", PersonRole.SPOKESPERSON),
    ]
    assert text[people[0].post_start :].startswith("局长张明")


PERSONAL = list(csv.DictReader((_FILE.parent / "personal.csv").open(encoding="utf-8", newline="")))


@pytest.mark.parametrize("case", PERSONAL, ids=[case["text"] for case in PERSONAL])
def test_what_is_told_of_one_person(case: dict[str, str]) -> None:
    draft = Draft(paragraphs=[whole(case["text"])])
    document = Document("page.txt", case["text"].encode())
    reading = Reading(document, draft, 1, Anchor(None), context_of("140929"), Text(case["text"]))
    assert reading.is_personal(case["text"].index(case["figure"])) == (case["personal"] == "yes")


def test_a_person_gives_a_figure_no_indicator_and_no_name() -> None:
    text = "岢岚县简讯\n本报讯 岢岚县村民王大海流转土地80亩。岢岚县农户流转土地90亩。"
    rows = extract(Document("page.txt", text.encode())).rows(Observation)
    told = {row.quote: (row.indicator_id, row.subject, "王大海" in row.measure) for row in rows}
    assert told == {"80亩": (None, None, False), "90亩": ("land_transferred", "岢岚县", False)}


def test_people_have_the_body_they_speak_for() -> None:
    text = "清河县简讯\n本报讯 清河县教育局局长张明介绍，全县有学校80所。负责人李强说，路修好了。"
    rows = extract(Document("page.txt", text.encode()))
    (body,) = rows.rows(Organization)
    assert {row.name: row.organization_id for row in rows.rows(Person)} == {
        "张明": body.organization_id,
        "李强": None,
    }


@pytest.mark.parametrize(
    ("said", "body"),
    [
        ("县教育局局长张明介绍，路修好了。", "清河县教育局"),
        ("清河县县长张明介绍，路修好了。", "清河县人民政府"),
        ("县委书记、县长张明介绍，路修好了。", "清河县人民政府"),
        ("清河县委书记张明介绍，路修好了。", "中共清河县委员会"),
        ("农业部部长张明介绍，路修好了。", "农业部"),
        ("记者采访了农业部副部长张明。", "农业部"),
        ("中国教育学会副会长张明介绍，路修好了。", "中国教育学会"),
        ("葛仙庄镇中心校校长张明介绍，路修好了。", "葛仙庄镇中心校"),
        ("物业公司经理张明接过话头。", None),
        ("负责人张明介绍，路修好了。", None),
    ],
)
def test_the_body_behind_a_post(said: str, body: str | None) -> None:
    text = f"清河县简讯\n本报讯 清河县新修公路80公里。{said}"
    rows = extract(Document("page.txt", text.encode()))
    names = {row.organization_id: row.name for row in rows.rows(Organization)}
    (person,) = (row for row in rows.rows(Person) if row.name == "张明")
    assert names.get(person.organization_id or "") == body
