"""Nothing is dropped in silence: every numeral of a text is a figure, in a period or place, or left aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from fangzhi.lexicons import read_lexicon
from fangzhi.model.tables import Issue
from fangzhi.period.mention import Role
from fangzhi.pipeline import extract, readings
from fangzhi.rows.reading import Reading
from fangzhi.text.source import Document, Given

ROOT = Path(__file__).parents[1]
TEXTS = sorted([*(ROOT / "seeds").glob("*.txt"), *(ROOT / "tests" / "pages").glob("**/*.txt")])
NUMERAL = re.compile(r"[\d零〇一二三四五六七八九十百千万亿两廿卅萬億兩]+")
GIVEN = Given(published_on="2022-05-06", published_on_basis="given")


def unaccounted(reading: Reading) -> Iterator[str]:
    """The numerals of an article that are nowhere, with what stands around them."""
    text = reading.text
    open_ = bytearray(b"\1") * len(text)
    spans = [(q.start, q.end) for q in reading.quantities]
    spans += [(a.start, a.end) for a in reading.left_aside]
    spans += [(m.start, m.end) for m in reading.periods if m.role is not Role.STANDING]
    spans += [(p.start, p.end) for p in reading.places]
    for start, end in spans:
        open_[start:end] = bytes(end - start)
    for match in NUMERAL.finditer(text):
        if any(open_[match.start() : match.end()]):
            yield text[max(0, match.start() - 6) : match.end() + 6]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_numeral_is_accounted_for(path: Path) -> None:
    document = Document(path.name, path.read_bytes(), GIVEN)
    assert [numeral for reading in readings(document) for numeral in unaccounted(reading)] == []


def test_reasons_are_given_in_two_languages_that_do_not_mix() -> None:
    text = (
        "第三中学五年级学生3人给“1258”平台捐款，家住3栋的老人一时间十分高兴，"
        "数字产业有三种模式，下午三点到场，排前10名。"
    )
    found = extract(Document("a.txt", f"标题\n本报讯 {text}\n".encode(), GIVEN)).rows(Issue)
    assert {row.kind.value for row in found} >= {"unread_numeral"}
    for row in found:
        assert not re.search("[a-z]", re.sub("“[^”]*”", "", row.reason))
        assert not re.search(r"[\u4e00-\u9fff]", re.sub(r"word [^.]*", "", row.reason_en))


def test_texts_of_reasons_hold_no_other_language() -> None:
    for row in read_lexicon("numeral_reasons"):
        assert not re.search("[A-Za-z]", row["reason"].replace("{0}", "")), row
        assert not re.search(r"[\u4e00-\u9fff]", row["reason_en"].replace("一 used", "")), row
