"""Places, organizations and people, and where they are mentioned."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from fangzhi.entity.employers import employer
from fangzhi.entity.organizations import OrganizationMention
from fangzhi.entity.people import PersonMention
from fangzhi.model.codes import EntityType
from fangzhi.model.table import Row
from fangzhi.model.tables import Mention, Organization, Person, Place
from fangzhi.place.gazetteer import load_gazetteer
from fangzhi.rows.keys import digest, organization_id
from fangzhi.rows.reading import Reading


def place_rows(place_ids: set[str]) -> list[Place]:
    """The places referred to, and all units above them."""
    gazetteer = load_gazetteer()
    wanted = {unit.place_id for place in place_ids for unit in gazetteer.chain(place)} | place_ids
    if wanted:
        wanted.add("cn")
    units = (gazetteer.unit(place) for place in sorted(wanted))
    return [
        Place(
            place_id=unit.place_id,
            name=unit.name,
            full_name=gazetteer.full_name(unit.place_id),
            level=unit.level,
            name_basis=unit.name_basis,
            code=unit.code,
            code_system=unit.code_system,
            parent_id=unit.parent_id,
            latitude=unit.latitude,
            longitude=unit.longitude,
            coordinate_precision=unit.coordinate_precision,
        )
        for unit in units
    ]


def entity_rows(reading: Reading) -> Iterator[Row]:
    """Organizations and people of an article with their mentions, and the mentions of places."""
    for place in reading.places:
        if place.place_id:
            yield _mention(reading, "p", EntityType.PLACE, place.place_id, place.start, place.end)
    for organization in reading.organizations:
        row = _organization(reading, organization)
        yield row
        yield _mention(
            reading, "g", EntityType.ORGANIZATION, row.organization_id, organization.start, organization.end
        )
    yield from _people(reading)


def _organization(reading: Reading, found: OrganizationMention) -> Organization:
    inside = (p for p in reading.places if found.start <= p.start and p.end <= found.end and not p.deictic)
    place = next((p.place_id for p in inside), None)
    return Organization(
        organization_id=organization_id(found.name), name=found.name, kind=found.kind, place_id=place
    )


def _people(reading: Reading) -> Iterator[Row]:
    for name, role in reading.draft.byline.writers:
        yield Person(person_id=_person_id(name, role), name=name, role=role)
    for person in reading.people:
        body = _employer(reading, person)
        employer = organization_id(body.name) if body else None
        key = _person_id(person.name, person.role, person.post, employer or "")
        if body and body not in reading.organizations:
            yield _organization(reading, body)
        yield Person(
            person_id=key, name=person.name, role=person.role, post=person.post, organization_id=employer
        )
        yield _mention(reading, "n", EntityType.PERSON, key, person.start, person.end)


def _employer(reading: Reading, person: PersonMention) -> OrganizationMention | None:
    """The body named right before a post, or with its first word: 岚县教育局局长, 岚县县委书记."""
    at = person.post_start
    bodies = (o for o in reading.organizations if o.start < at <= o.end <= person.start)
    return next(bodies, None) or employer(reading.prose, person, reading.places, partial(_unit, reading))


def _unit(reading: Reading, level: str) -> str | None:
    """The unit of a level that an article is about or lies in: 清河县 for 县."""
    gazetteer = load_gazetteer()
    chain = gazetteer.chain(reading.place_id) if reading.place_id else ()
    return next((unit.name for unit in reversed(chain) if unit.name.endswith(level)), None)


def _person_id(*said: str) -> str:
    return f"per-{digest(*said)}"


def _mention(reading: Reading, letter: str, kind: EntityType, entity: str, start: int, end: int) -> Mention:
    return Mention(
        mention_id=reading.key(letter, start),
        article_id=reading.article_id,
        entity_type=kind,
        entity_id=entity,
        quote=reading.text[start:end],
        text_start=start,
        text_end=end,
    )
