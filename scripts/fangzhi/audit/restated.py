"""Figures stated more than once: in another article, on another page, or again in the same text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from fangzhi.audit.judge import check_id
from fangzhi.audit.ledger import ledger
from fangzhi.audit.measures import content
from fangzhi.audit.printed import is_exact, shown, telling_digits
from fangzhi.audit.sentence import Sentence
from fangzhi.audit.units import unit
from fangzhi.model.codes import CheckKind, Verdict
from fangzhi.model.tables import Article, Check, Observation

#: Figures of fewer digits than this are often the same by chance.
_TELLING, _FEWEST = 3, 2
#: A sentence shorter than this may stand in two articles and speak of two things.
_SHORTEST = 16
#: With how many earlier figures of the same value one is compared at most.
_COMPARED = 8
_CLOSE = timedelta(days=31)


def check_across(articles: Sequence[Article], observations: Sequence[Observation]) -> list[Check]:
    """Figures that restate an earlier one, and sentences printed twice that differ in one figure."""
    ordered = _in_order(articles, observations)
    agreeing = (_check(first, row, Verdict.HOLDS) for first, row in _restatements(ordered))
    differing = (_check(first, row, Verdict.CONTRADICTS) for first, row in _misprints(articles, ordered))
    return list({check.check_id: check for check in (*agreeing, *differing)}.values())


def corroborate(observations: Sequence[Observation], articles: Sequence[Article]) -> list[Observation]:
    """The observations, each that restates an earlier one with its id in ``corroborates``."""
    found = {row.observation_id: first for first, row in _restatements(_in_order(articles, observations))}
    return [_corroborating(row, found.get(row.observation_id)) for row in observations]


def _corroborating(row: Observation, first: Observation | None) -> Observation:
    return row.model_copy(update={"corroborates": first.observation_id}) if first else row


def _in_order(articles: Iterable[Article], observations: Iterable[Observation]) -> list[Observation]:
    """Oldest page first; undated pages last; on a page as printed."""
    dates = {article.article_id: (article.published_on or "9999", article.source_id) for article in articles}
    rows = [row for row in observations if row.article_id in dates]
    return sorted(rows, key=lambda row: (*dates[row.article_id], row.source_start, row.observation_id))


def _restatements(ordered: Iterable[Observation]) -> Iterator[tuple[Observation, Observation]]:
    """Each figure that was stated before, with its first statement."""
    earlier: defaultdict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for row in ordered:
        if telling_digits(row) < _FEWEST:
            continue
        firsts = earlier[(row.value, row.value_max, unit(row), row.place_id, row.status, row.qualifier)]
        first = next((first for first in firsts if _same(first, row)), None)
        if first:
            yield first, row
        elif len(firsts) < _COMPARED:
            firsts.append(row)


def _same(first: Observation, row: Observation) -> bool:
    """Whether two figures of one value state one thing twice: one measure, one period, apart in the text."""
    one, two = content(first.measure), content(row.measure)
    equal = one == two and len("".join(one)) >= 4
    near = len(one & two) > 1 and (one <= two or two <= one)
    telling = telling_digits(row) >= _TELLING
    apart = first.article_id != row.article_id or (telling and first.sentence != row.sentence)
    return (equal or (near and telling)) and apart and _one_time(first, row)


def _one_time(first: Observation, row: Observation) -> bool:
    """Whether two figures may hold for one time: left open by the words, or 截至目前 on pages close by."""
    if first.period_text is None or row.period_text is None:
        return True
    return _close(first.period_start, row.period_start) and _close(first.period_end, row.period_end)


def _close(one: date | None, two: date | None) -> bool:
    return one == two or (one is not None and two is not None and abs(one - two) <= _CLOSE)


def _misprints(
    articles: Iterable[Article], ordered: Sequence[Observation]
) -> Iterator[tuple[Observation, Observation]]:
    """Figures that differ between two printings of a sentence whose words and other figures are the same."""
    by_article: defaultdict[str, list[Observation]] = defaultdict(list)
    for row in ordered:
        by_article[row.article_id].append(row)
    texts = {article.article_id: article.text or "" for article in articles}
    earlier: dict[str, tuple[str, Sentence]] = {}
    for article_id, rows in by_article.items():
        for sentence in _telling(texts, article_id, rows):
            before, first = earlier.setdefault(sentence.text, (article_id, sentence))
            if before != article_id:
                yield from _differing(first, sentence)


def _telling(texts: Mapping[str, str], article_id: str, rows: Sequence[Observation]) -> Iterator[Sentence]:
    for sentence in ledger(texts[article_id], rows, ()).sentences:
        if len(sentence.figures) > 1 and len(sentence.text) >= _SHORTEST:
            yield sentence


def _differing(first: Sentence, second: Sentence) -> Iterator[tuple[Observation, Observation]]:
    pairs = list(zip(first.figures.values(), second.figures.values(), strict=True))
    different = [pair for pair in pairs if pair[0].value != pair[1].value]
    if len(different) == 1 and all(_same_but_value(one, two) for one, two in pairs):
        yield different[0]


def _same_but_value(one: Observation, two: Observation) -> bool:
    first, second = ((r.place_id, r.period_start, r.period_end, r.status, unit(r)) for r in (one, two))
    return first == second and one.place_id is not None and is_exact(one) and is_exact(two)


def _check(first: Observation, row: Observation, verdict: Verdict) -> Check:
    sign = "=" if verdict is Verdict.HOLDS else "≠"
    return Check(
        check_id=f"{check_id(row.observation_id, row.source_start)}-r",
        article_id=row.article_id,
        kind=CheckKind.RESTATED,
        inputs=[first.observation_id],
        reported=row.observation_id,
        expected=first.value,
        difference=row.value - first.value,
        tolerance=Decimal(0),
        verdict=verdict,
        formula=f"{shown(first.value, first)} {sign} {shown(row.value, row)}",
    )
