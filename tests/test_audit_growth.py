"""The work of the audit grows with the text and no faster: counted in calls, on any machine the same."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import FrameType

import pytest

from fangzhi.audit.judge import judged
from fangzhi.audit.ledger import Ledger, ledger
from fangzhi.audit.restated import check_across, corroborate
from fangzhi.audit.rules import RULES, Rule
from fangzhi.model.tables import Article, Observation, Period
from fangzhi.pipeline import extract
from fangzhi.text.source import Document, Given

CASES = json.loads((Path(__file__).parent / "cases" / "checks.json").read_text(encoding="utf-8"))
#: How often a text is repeated, how much longer it then gets, and how much more than that the work may grow.
OFTEN, LONGER, SLACK = 12, 3, 1.3
NAMES = "东西南北中上下左右前"
LISTS = [
    "全市累计报告病例" + "、".join(f"{name}县{n}例" for n, name in enumerate(NAMES, 11)) + "。",
    "各村分别栽树" + "，".join(f"{n * 37}棵" for n in range(1, 60)) + "，共9999棵。",
    "".join(f"{name}镇受灾{n}户，损失{n * 3}万元。" for n, name in enumerate(NAMES, 11)),
    "每户补助" + "元，每户补助".join(str(n * 13) for n in range(1, 40)) + "元，共50户，合计10万元。",
]
TEXTS = [*("".join(case["text"] for case in CASES[i : i + 25]) for i in range(0, len(CASES), 50)), *LISTS]


def read(text: str) -> tuple[Article, list[Observation], list[Period]]:
    page = f"清河县发展稳步向好\n\n本报讯 {text}\n"
    given = Given(published_on="2021-12-20", publisher="清河日报")
    data = extract(Document("0.txt", page.encode(), given))
    article = data.rows(Article)[0]
    mine = [row for row in data.rows(Observation) if row.article_id == article.article_id]
    return article, mine, [row for row in data.rows(Period) if row.article_id == article.article_id]


def repeated(text: str, times: int) -> tuple[Article, list[Observation], list[Period]]:
    """An article whose text stands so many times one behind the other, with all that was read of it."""
    article, figures, periods = read(text)
    body = f"{article.text}\n"
    moved: tuple[list[Observation], list[Period]] = ([], [])
    for n in range(times):
        far = n * len(body)
        for row in figures:
            ends = {"text_start": row.text_start + far, "text_end": row.text_end + far}
            starts = {"source_start": row.source_start + far, "observation_id": f"{row.observation_id}x{n}"}
            moved[0].append(row.model_copy(update=ends | starts))
        for period in periods:
            ends = {"text_start": period.text_start + far, "text_end": period.text_end + far}
            moved[1].append(period.model_copy(update=ends))
    return article.model_copy(update={"text": body * times}), *moved


def calls(work: Callable[[], object]) -> int:
    """The calls of functions of the audit that some work takes."""
    seen: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and "/fangzhi/audit/" in frame.f_code.co_filename:
            seen["calls"] += 1

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return seen["calls"]


@cache
def page(text: str, times: int) -> tuple[Article, list[Observation], Ledger]:
    article, figures, periods = repeated(text, times)
    return article, figures, ledger(article.text or "", figures, periods)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.find.__name__)
def test_no_rule_takes_more_than_its_share_of_a_longer_text(rule: Rule) -> None:
    for text in TEXTS:
        grows_evenly(text, lambda one: judged(rule.find(one[2])))


def test_figures_told_again_take_no_more_than_their_share() -> None:
    for text in TEXTS:
        grows_evenly(text, lambda one: (check_across([one[0]], one[1]), corroborate(one[1], [one[0]])))


def grows_evenly(text: str, work: Callable[[tuple[Article, list[Observation], Ledger]], object]) -> None:
    for times in (OFTEN, OFTEN * LONGER):
        work(page(text, times))  # What a ledger lays out once is no work of a rule.
    short, long = (calls(lambda n=n: work(page(text, n))) for n in (OFTEN, OFTEN * LONGER))
    assert long <= short * LONGER * SLACK + 50, text
