"""One figure: what it says, where it stands, what it was checked against and what else is like it."""

from __future__ import annotations

import json
from typing import Any

from datasette.utils.asgi import NotFound
from markupsafe import Markup

from fangzhi.site.languages import Language
from fangzhi.site.portal import Portal

Record = dict[str, Any]

_ROW = """SELECT o.*, p.full_name AS place, p.name AS place_name,
  i.name AS indicator, i.name_en AS indicator_en, u.name AS unit_name, u.name_en AS unit_en,
  u.factor_numerator, u.factor_denominator, a.title, a.published_on, a.text, a.source_id,
  s.path, s.publisher, s.page, s.sha256, s.rights, s.source_lines IS NOT NULL AS has_source
FROM observations o JOIN articles a ON a.article_id = o.article_id JOIN sources s ON s.source_id = a.source_id
LEFT JOIN places p ON p.place_id = o.place_id LEFT JOIN indicators i ON i.indicator_id = o.indicator_id
LEFT JOIN units u ON u.unit_id = o.unit_id
WHERE o.observation_id = :id"""
# A check stands in the article of the figure it checks; only restatements reach into another one.
_CHECKS = """SELECT * FROM checks WHERE article_id = :article
  AND (reported = :id OR EXISTS (SELECT 1 FROM json_each(inputs) WHERE value = :id))
UNION SELECT * FROM checks WHERE kind = 'restated' AND inputs = json_array(:id)
ORDER BY check_id LIMIT 50"""
_OTHER = """SELECT o.*, p.name AS place, a.title, a.published_on FROM observations o
JOIN articles a ON a.article_id = o.article_id LEFT JOIN places p ON p.place_id = o.place_id"""
_THESE = f"{_OTHER} WHERE o.observation_id IN (SELECT value FROM json_each(:ids)) LIMIT 200"  # noqa: S608
_RESTATED = f"""{_OTHER} WHERE o.observation_id IN (
  SELECT observation_id FROM observations
  WHERE (observation_id = :first OR corroborates IN (:id, :first)) AND observation_id <> :id LIMIT 50
) ORDER BY a.published_on, o.observation_id"""  # noqa: S608
_SAME_PLACE = f"""{_OTHER} WHERE o.observation_id IN (
  SELECT observation_id FROM observations
  WHERE indicator_id = :indicator AND place_id IS :place AND observation_id <> :id
  ORDER BY period_end DESC, observation_id LIMIT 30
) ORDER BY o.period_end DESC, o.observation_id"""  # noqa: S608
_ELSEWHERE = f"""{_OTHER} WHERE o.observation_id IN (
  SELECT observation_id FROM observations WHERE indicator_id = :indicator AND place_id IS NOT :place
  ORDER BY place_id IS NULL, status <> :status, abs(julianday(period_end) - julianday(:period)),
    observation_id
  LIMIT 30
) ORDER BY o.place_id IS NULL, o.status <> :status, o.place_id, o.period_end DESC, o.observation_id"""  # noqa: S608
_AROUND = 160
"""Characters of the text shown before and after the sentence."""


async def figure_context(portal: Portal, key: str) -> Record:
    """Everything the page of a figure shows; NotFound where there is no such figure."""
    found = await portal.rows(_ROW, id=key)
    if not found:
        raise NotFound(portal.language.say("没有这条数据。", "There is no such figure."))
    row = found[0]
    restated = await portal.rows(_RESTATED, id=key, first=row["corroborates"])
    return {
        "row": row,
        "passage": _passage(row),
        "checks": await _checks(portal, row),
        "restated": restated,
        **await _alike(portal, row, {each["observation_id"] for each in restated}),
        "method": _method(row["method"], portal.language),
        "sureness": _sureness(row["confidence"], portal.language),
    }


async def _checks(portal: Portal, row: Record) -> list[Record]:
    """The checks that a figure stands in, each with the figures that go in and the one that is checked."""
    checks = await portal.rows(_CHECKS, id=row["observation_id"], article=row["article_id"])
    inputs = [json.loads(check["inputs"]) for check in checks]
    named = {name for names in inputs for name in names} | {check["reported"] for check in checks}
    rows = {each["observation_id"]: each for each in await portal.rows(_THESE, ids=json.dumps(sorted(named)))}
    return [
        check
        | {"goes_in": [rows[name] for name in names if name in rows], "checked": rows.get(check["reported"])}
        for check, names in zip(checks, inputs, strict=True)
    ]


async def _alike(portal: Portal, row: Record, shown: set[str]) -> dict[str, list[Record]]:
    """Other figures of the indicator, without those shown already: of the same place, and of other places."""
    if row["indicator_id"] is None:
        return {"same_place": [], "elsewhere": []}
    asked = {"indicator": row["indicator_id"], "place": row["place_id"], "id": row["observation_id"]}
    near = asked | {"status": row["status"], "period": row["period_end"]}
    found = {
        "same_place": await portal.rows(_SAME_PLACE, **asked),
        "elsewhere": await portal.rows(_ELSEWHERE, **near),
    }
    return {
        name: [each for each in rows if each["observation_id"] not in shown] for name, rows in found.items()
    }


def _passage(row: Record) -> Record | None:
    """The sentence with the quote marked, and some of the paragraph around it; None without any text."""
    text, sentence = row["text"], row["sentence"]
    if sentence is None:
        return None
    if text is None:
        return {"before": "", "sentence": _marked(sentence, row["quote"], 0), "after": ""}
    start = text.rfind(sentence, 0, row["text_start"] + len(sentence))
    if start < 0 or start + len(sentence) < row["text_end"]:  # an editor's sentence, which stands nowhere
        return {"before": "", "sentence": _marked(sentence, row["quote"], 0), "after": ""}
    end = start + len(sentence)
    return {
        "before": _before(text, start),
        "sentence": _marked(sentence, row["quote"], row["text_start"] - start),
        "after": _after(text, end),
    }


def _before(text: str, end: int) -> str:
    start = max(text.rfind("\n", 0, end) + 1, end - _AROUND)
    return ("…" if start and text[start - 1] != "\n" else "") + text[start:end]


def _after(text: str, start: int) -> str:
    line_end = text.find("\n", start)
    whole = len(text) if line_end < 0 else line_end
    end = min(whole, start + _AROUND)
    return text[start:end] + ("…" if end < whole else "")


def _marked(sentence: str, quote: str | None, near: int) -> Markup:
    start = sentence.find(quote, near) if quote else -1
    if not quote or start < 0:
        return Markup("{}").format(sentence)
    return Markup('{}<mark class="figure">{}</mark>{}').format(
        sentence[:start], quote, sentence[start + len(quote) :]
    )


def _method(method: str, language: Language) -> str:
    known = {
        "grammar": ("按数词与单位的语法从正文读出", "read from the text by a grammar of numerals and units"),
        "corrected": ("经编辑更正", "corrected by an editor"),
    }
    return language.say(*known[method]) if method in known else method


def _sureness(confidence: float, language: Language) -> str:
    if confidence >= 0.9:
        return language.say(
            "高：时间与数值均由原文写明", "high: the text itself states the value and its time"
        )
    if confidence >= 0.7:
        return language.say("较高：有的项由上下文推定", "fair: part of it is inferred from the context")
    return language.say("低：请对照原文", "low: hold it against the text")
