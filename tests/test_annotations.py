"""The annotations of real texts that are kept without their words."""

from __future__ import annotations

import json
from typing import Any

from annotations.restore import KNOWN, restored

from fangzhi.evaluate.gold import parse_gold
from fangzhi.model.codes import Kind, Status

LINES: list[dict[str, Any]] = [json.loads(line) for line in KNOWN.read_text("utf-8").splitlines()]


def test_each_text_is_known_once() -> None:
    assert len({line["sha256"] for line in LINES}) == len(LINES) > 80


def test_what_is_kept_is_of_the_form_and_no_text() -> None:
    for line in LINES:
        for row in line["observations"]:
            start, end = row["span"]
            assert 0 <= start < end
            assert Kind(row["kind"])
            assert Status(row.get("status") or "actual")
            assert not {"quote", "context", "evidence"} & row.keys()


def test_words_come_back_from_the_text() -> None:
    text = "清河水库竣工\n　　本报讯 清河县建成\n水库3座，全县受益。\n"
    at = text.index("3座")
    known = {
        "articles": [{"n": 1, "title": [0, 6], "kind": "news", "body": [9, len(text) - 1]}],
        "observations": [
            {"id": 1, "article": 1, "value": 3, "unit": "座", "kind": "count", "indicator": "建成水库数"}
            | {"span": [at, at + 2]}
        ],
        "systems": [],
        "checks": [],
    }
    found = restored(text, known, "page")
    assert found["articles"][0]["title"] == "清河水库竣工"
    assert found["articles"][0]["body_ends"] == "建成水库3座，全县受益。"
    assert found["observations"][0]["quote"] == "3座"
    assert parse_gold(json.dumps(found), "page.json").observations[0].quote == "3座"
