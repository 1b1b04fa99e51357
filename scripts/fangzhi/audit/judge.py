"""What comes of a relation: whether the printed figure is what the others make, and within what tolerance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, DecimalException

from fangzhi.audit.printed import cuts_to, is_exact, is_single, readable, rounds_to, slack, step
from fangzhi.audit.relation import Ground, Relation
from fangzhi.audit.units import in_unit_of
from fangzhi.model.codes import CheckKind, Verdict
from fangzhi.model.tables import Check

#: A tolerance wider than this share of the result would let nearly anything pass.
_LOOSEST = Decimal("0.05")


def judged(relations: Iterable[Relation]) -> list[Check]:
    """The checks of relations, one for what can be told once, with stable ids.

    A figure that one reading of the text bears out is not held against another reading.
    """
    borne_out: dict[tuple[object, ...], Check] = {}
    doubted: dict[tuple[object, ...], Check] = {}
    for relation in relations:
        keys = _told_once(relation)
        if borne_out.keys().isdisjoint(keys) and (check := judge(relation)):
            kept = doubted if check.verdict is Verdict.CONTRADICTS else borne_out
            kept |= {key: check for key in keys if key not in kept}
    right = list({check.check_id + check.formula: check for check in borne_out.values()}.values())
    sound = {check.reported for check in right}
    wrong = {check.reported: check for check in reversed(doubted.values()) if check.reported not in sound}
    return list(_numbered(_not_within_another([*right, *wrong.values()])))


def _told_once(relation: Relation) -> list[tuple[object, ...]]:
    """What a relation shares with others of which only one can be told.

    Its figures; the parts of a sum, as they make one total; the figure of a growth, as it grew from one.
    """
    inputs = frozenset(row.observation_id for row in relation.inputs)
    keys: list[tuple[object, ...]] = [(inputs | {relation.reported.observation_id},)]
    if relation.kind is CheckKind.SUM:
        keys.append((relation.kind, inputs))
    if relation.kind is CheckKind.GROWTH:
        keys.append((relation.kind, relation.reported.observation_id))
    return keys


def _not_within_another(checks: Sequence[Check]) -> Iterator[Check]:
    """The checks without sums of some items of a list that make another item of it by chance."""
    lists: defaultdict[str, list[tuple[Check, set[str]]]] = defaultdict(list)
    for check in checks:
        if check.kind is CheckKind.SUM:
            for key in check.inputs:
                lists[key].append((check, set(check.inputs)))
    for check in checks:
        around = lists[check.reported] if check.kind is CheckKind.SUM else ()
        if not any(other is not check and keys.issuperset(check.inputs) for other, keys in around):
            yield check


def _numbered(checks: Iterable[Check]) -> Iterator[Check]:
    """Several checks of one figure get -2, -3 … behind their id."""
    seen: Counter[str] = Counter()
    for check in checks:
        seen[check.check_id] += 1
        count = seen[check.check_id]
        yield check if count == 1 else check.model_copy(update={"check_id": f"{check.check_id}-{count}"})


def judge(relation: Relation) -> Check | None:
    """The check of one relation; None where figures are ranges or bounds or the words not plain enough."""
    reported = relation.reported
    if not all(map(is_single, (*relation.inputs, reported))):
        return None
    try:
        expected, spread = _expected(relation)
    except (DecimalException, ValueError):
        return None
    tolerance = slack(reported) + spread
    if tolerance and cuts_to(expected, reported) and not rounds_to(expected, reported):
        tolerance = max(tolerance, step(reported))
    verdict = _verdict(relation, expected, spread, tolerance)
    if verdict is None:
        return None
    digits = max(0, -int(step(reported).normalize().as_tuple().exponent)) + 2
    rounded = readable(expected, digits)
    return Check(
        check_id=check_id(reported.observation_id, reported.source_start),
        article_id=reported.article_id,
        kind=relation.kind,
        inputs=[row.observation_id for row in relation.inputs],
        reported=reported.observation_id,
        expected=rounded,
        difference=readable(reported.value - rounded, digits),
        tolerance=readable(tolerance, digits + 1),
        verdict=verdict,
        formula=relation.formula(expected),
    )


def check_id(observation_id: str, source_start: int) -> str:
    """The key of a check: the source and where its reported figure stands."""
    return f"{observation_id.rpartition('-')[0]}-c{source_start}"


def _expected(relation: Relation) -> tuple[Decimal, Decimal]:
    """The result, and how far it may move because the inputs are themselves rounded."""
    amounts = relation.amounts()
    expected = relation.operation.value(amounts)
    spread = Decimal(0)
    for i, (row, amount) in enumerate(zip(relation.inputs, amounts, strict=True)):
        loose = in_unit_of(slack(row), row, relation.reported) if amount != row.value else slack(row)
        ends = [[*amounts[:i], amount + end, *amounts[i + 1 :]] for end in (-loose, loose) if loose]
        spread += max((abs(relation.operation.value(moved) - expected) for moved in ends), default=Decimal(0))
    return expected, spread


def _verdict(relation: Relation, expected: Decimal, spread: Decimal, tolerance: Decimal) -> Verdict | None:
    reported = relation.reported
    if rounds_to(expected, reported):
        return Verdict.HOLDS
    if relation.ground is Ground.FITTING:
        return None
    if abs(reported.value - expected) <= tolerance:
        return Verdict.ROUNDING if spread <= abs(expected) * _LOOSEST else None
    exact = all(map(is_exact, (*relation.inputs, reported)))
    return Verdict.CONTRADICTS if exact and relation.ground is Ground.STATED else None
