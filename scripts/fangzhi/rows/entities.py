"""Places, organizations and people, and where they are mentioned."""

from __future__ import annotations

from collections.abc import Iterator

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
        employer = _employer(reading, person)
        key = _person_id(person.name, person.role, person.post, employer or "")
        yield Person(
            person_id=key, name=person.name, role=person.role, post=person.post, organization_id=employer
        )
        yield _mention(reading, "n", EntityType.PERSON, key, person.start, person.end)


def _employer(reading: Reading, person: PersonMention) -> str | None:
    """The body named right before a post, or with its first word: 岚县教育局局长, 岚县县委书记."""
    at = person.post_start
    bodies = (o for o in reading.organizations if o.start < at <= o.end <= person.start)
    return next((organization_id(body.name) for body in bodies), None)


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
