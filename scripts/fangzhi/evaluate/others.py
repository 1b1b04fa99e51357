"""Articles, systems with their parts, events and checks."""

from __future__ import annotations

from decimal import Decimal

from fangzhi.evaluate.gold import GoldArticle, GoldCheck, GoldEvent
from fangzhi.evaluate.page import Page
from fangzhi.evaluate.tally import Miss, Score
from fangzhi.evaluate.words import plain, same_end, same_name, same_number, same_phrase, same_place
from fangzhi.model.codes import CheckKind
from fangzhi.model.tables import Article, Check, Event

#: Columns that an annotator may leave open, and the key of the annotation that is then missing.
_OPEN = {"title": "title", "place_id": "place", "published_on": "published"}
EDGE = 8  # characters of the first and last words of a body that are compared
#: How far from its beginning and end these may stand.
_HEAD, _TAIL = 60, 40
_SCALES = (Decimal(1), Decimal(10**4), Decimal(10**8))
_SMALL = 10  # whole numbers below it, such as years, go into a calculation but are no figures


def score_articles(page: Page) -> Score:
    """Articles by headline and body, and their columns where the body is the right one."""
    score = Score()
    rows = page.rows.articles
    score.count("articles", None, wanted=len(page.gold.articles), given=len(rows))
    for column, has in _OPEN.items():
        annotated = sum(getattr(gold, has) is not None for gold in page.gold.articles)
        filled = sum(getattr(row, column) is not None for row in rows)
        score.count("articles", column, wanted=annotated, given=filled)
    for column in ("kind", "reporters"):
        score.count("articles", column, wanted=len(page.gold.articles), given=len(rows))
    free = list(rows)
    for gold in page.gold.articles:
        same = [row for row in free if _same_body(gold, row)]
        row = next((row for row in same if _same_title(gold, row)), same[0] if same else None)
        right = row is not None and _same_title(gold, row)
        score.count("articles", None, right=right, compared=row is not None)
        if row is not None:
            free.remove(row)
            _judge_article(page, gold, row, score)
        if not right:
            wanted, given = gold.title or gold.body_starts, (row.title or "–") if row else ""
            score.misses.append(Miss(page.gold.doc, None, "articles", "missed", wanted, given))
    return score


def _same_body(gold: GoldArticle, row: Article) -> bool:
    body = plain(row.text)
    starts, ends = plain(gold.body_starts)[:EDGE], plain(gold.body_ends)[-EDGE:]
    return starts in body[:_HEAD] and ends in body[-_TAIL:]


def _same_title(gold: GoldArticle, row: Article) -> bool:
    return gold.title is None or plain(gold.title) == plain(row.title)


def _judge_article(page: Page, gold: GoldArticle, row: Article, score: Score) -> None:
    for column, has in _OPEN.items():
        if getattr(gold, has) is None and getattr(row, column) is not None:
            score.count("articles", column, given=-1)  # nothing read there is right or wrong
    judged = {"kind": gold.kind == row.kind, "reporters": set(gold.reporters) == set(row.reporters)}
    if gold.title is not None:
        judged["title"] = _same_title(gold, row)
    if gold.place is not None:
        judged["place_id"] = same_place(gold.place, page.rows.place_name(row.place_id))
    if gold.published is not None:
        judged["published_on"] = same_end(gold.published, row.published_on or "")
    for column, right in judged.items():
        score.count("articles", column, right=right, compared=1)


def score_systems(page: Page) -> Score:
    """Named systems by name, those that are ``core``, and their parts."""
    score = Score()
    rows, gold = page.rows.systems, page.gold.systems
    right = sum(any(same_name(want.name, row.name) for want in gold) for row in rows)
    found = [want for want in gold if any(same_name(want.name, row.name) for row in rows)]
    # several rows may name one system and one row several: recall counts annotations, precision rows
    score.count("systems", None, wanted=len(gold), given=len(rows), right=len(found), good=right)
    core = [want for want in gold if want.core]
    score.count("systems", "core", wanted=len(core), right=sum(want.core for want in found))
    for want in gold:
        if want not in found:
            score.misses.append(Miss(page.gold.doc, None, "systems", "missed", want.name, ""))
    for row in rows:
        if not any(same_name(want.name, row.name) for want in gold):
            score.misses.append(Miss(page.gold.doc, None, "systems", "extra", "", row.name))
    _score_parts(page, score)
    return score


def _score_parts(page: Page, score: Score) -> None:
    """Parts by name, where their system was found."""
    names = {row.system_id: row.name for row in page.rows.systems}
    rows = [(names[row.system_id], row.name) for row in page.rows.components]
    wanted = [(want.name, part) for want in page.gold.systems for part in want.components]
    found = [want for want in wanted if any(_same_part(want, row) for row in rows)]
    good = sum(any(_same_part(want, row) for want in wanted) for row in rows)
    score.count("system_components", None, wanted=len(wanted), given=len(rows), right=len(found), good=good)
    for want in wanted:
        if want not in found:
            told = f"{want[0]}: {want[1]}"
            score.misses.append(Miss(page.gold.doc, None, "system_components", "missed", told, ""))


def _same_part(want: tuple[str, str], row: tuple[str, str]) -> bool:
    return same_name(want[1], row[1]) and same_name(want[0], row[0])


def score_events(page: Page) -> Score:
    """Events by their date and the words of the sentence that states them."""
    score = Score()
    free = list(page.rows.events)
    score.count("events", None, wanted=len(page.gold.events), given=len(free))
    for want in page.gold.events:
        row = next((row for row in free if _same_event(want, row)), None)
        score.count("events", None, right=row is not None)
        if row:
            free.remove(row)
        else:
            score.misses.append(Miss(page.gold.doc, None, "events", "missed", f"{want.date} {want.what}", ""))
    return score


def _same_event(want: GoldEvent, row: Event) -> bool:
    said, quote = plain(want.evidence), plain(row.quote)
    same_words = said in quote or quote in said if said and quote else same_phrase(want.what, row.name)
    return same_words and (want.date is None or same_end(want.date, row.date_end.isoformat()))


def score_checks(page: Page) -> Score:
    """Checks by the figure that is checked and those it is made of; restatements are not annotated."""
    score = Score()
    values = {row.observation_id: row.value for row in page.rows.observations}
    rows = [row for row in page.rows.checks if row.kind is not CheckKind.RESTATED]
    good = sum(any(_same_check(want, row, values) for want in page.gold.checks) for row in rows)
    found = [want for want in page.gold.checks if any(_same_check(want, row, values) for row in rows)]
    score.count("checks", None, wanted=len(page.gold.checks), given=len(rows), right=len(found), good=good)
    for want in page.gold.checks:
        if want not in found:
            told = want.note or str(want.reported)
            score.misses.append(Miss(page.gold.doc, None, "checks", "missed", told, ""))
    return score


def _same_check(want: GoldCheck, row: Check, values: dict[str, Decimal]) -> bool:
    inputs = [values[name] for name in row.inputs if name in values]
    needed = [number for number in want.inputs if number >= _SMALL or number % 1]
    reported = [values[row.reported]] if row.reported in values else []
    return _printed(want.reported, reported) and all(_printed(number, inputs) for number in needed)


def _printed(number: Decimal, values: list[Decimal]) -> bool:
    """Whether a number as printed is one of the values, with 万 or 亿 worked in or without."""
    return any(same_number(number * scale, value) for value in values for scale in _SCALES)
