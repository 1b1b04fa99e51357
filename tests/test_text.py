"""Characters: which encoding, what is mended, and that every character keeps its place in the source."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fangzhi.text.fold import fold, is_traditional, simplify
from fangzhi.text.repair import close_spaces, repair, single_spaces
from fangzhi.text.sentences import sentence_at, sentence_spans
from fangzhi.text.source import NotTextError, decode
from fangzhi.text.spans import join, pieces, substitute, whole
from fangzhi.text.words import words

HANS = "本报讯 去年，全县新建供水管网42公里，投资约3013万元，惠及群众31348人。\n"
HANT = "本報訊 去年，全縣新建供水管網42公里，投資約3013萬元，惠及群眾31348人。\n"


@pytest.mark.parametrize(
    ("page", "encoding", "named"),
    [
        (HANS, "utf-8", "utf-8"),
        (HANS, "utf-8-sig", "utf-8-sig"),
        (HANS, "utf-16", "utf-16"),
        (HANS, "gb18030", "gb18030"),
        (HANS, "gbk", "gb18030"),
        (HANT, "gb18030", "gb18030"),
        (HANT, "big5", "big5hkscs"),
    ],
)
def test_encodings(page: str, encoding: str, named: str) -> None:
    found = decode(page.encode(encoding))
    assert (found.text, found.encoding, found.replaced) == (page, named, 0)


def test_utf_16_of_the_other_byte_order() -> None:
    assert decode(b"\xfe\xff" + HANS.encode("utf-16-be")).text == HANS


def test_a_broken_byte_costs_one_character() -> None:
    broken = HANS[:9].encode() + b"\xff" + HANS[9:].encode()
    found = decode(broken)
    assert (found.encoding, found.replaced) == ("utf-8", 1)
    assert found.text.replace("\ufffd", "") == HANS


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"PK\x03\x04" * 9, bytes(range(1, 32)) * 9, b"\xff" * 99]
)
def test_no_text(data: bytes) -> None:
    with pytest.raises(NotTextError) as error:
        decode(data)
    assert error.value.zh
    assert error.value.en


@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_or_none(data: bytes) -> None:
    try:
        found = decode(data)
    except NotTextError:
        return
    found.text.encode("utf-8")  # no lone surrogates
    assert len(found.text) <= len(data)


REPAIRS = [
    ("一\r\n二\r三", "一\n二\n三", {"carriage_return": 2}),
    ("一\x0c二\u2028三", "一\n二\n三", {"line_separator": 2}),
    ("规(guī)模养(yǎng)殖", "规模养殖", {"pinyin_bracket": 2}),
    ("規（guī）模", "規模", {"pinyin_bracket": 1}),
    ("摊(铺)位（含税）", "摊(铺)位（含税）", {}),
    ("日?qǐng)报", "日报", {"pinyin_debris": 1}),
    ("<p>一</p><b>二</b>", "\n一\n二", {"html_tag": 4}),
    ("一<script>var a='1';</script>二", "一二", {"html_block": 1}),
    ("一<STYLE>p{}</style >二<!-- 3 -->三", "一二三", {"html_block": 2}),
    ("一<!-- <script> -->二<!--", "一二<!--", {"html_block": 1}),
    ("一<script>二", "一二", {"html_tag": 1}),
    ("&#22269;&nbsp;&amp;", "国 &", {"html_entity": 3}),
    ("5 < 6，7 > 6", "5 < 6，7 > 6", {}),
    ("一\u200b\ufeff\x07二\ufffd", "一二", {"control_character": 4}),
]


@pytest.mark.parametrize(("page", "mended", "repairs"), REPAIRS)
def test_repairs(page: str, mended: str, repairs: dict[str, int]) -> None:
    found = repair(whole(page))
    assert (found.page.text, found.repairs) == (mended, repairs)


def test_neutral_tones_need_company() -> None:
    pinyin = "规(guī)模(mó)养(yǎng)殖(zhí)户(hù)"
    assert repair(whole(f"我们(men){pinyin}")).page.text == "我们规模养殖户"
    assert repair(whole("我们(men)")).page.text == "我们(men)"


def test_damage_is_located() -> None:
    page = "推进規(guī)?；B(yǎng)殖"
    assert [page[start:end] for start, end in repair(whole(page)).damaged] == ["?；B(yǎng)"]


CRUMBS = st.sampled_from(
    ["<p>", "</p>", "<script>", "</script>", "<!--", "-->", "&#22269;", "&nbsp;", "(guī)", "?qǐng)",
     "\r\n", "\r", "\u3000", " ", "\x00", "\ufeff", "１２３", "國", "本报讯", "42公里", "。", "a",
     "\U0001f600", "\U00020000"]
)  # fmt: skip
PAGES = st.lists(CRUMBS | st.text(max_size=4), max_size=40).map("".join)


@given(PAGES)
def test_repair_keeps_the_map(page: str) -> None:
    found = repair(whole(page)).page
    assert list(found.starts) == sorted(found.starts)
    for character, start, end in zip(found.text, found.starts, found.ends, strict=True):
        assert 0 <= start < end <= len(page)
        kept = page[start:end]
        assert character == kept or character == "\n" or kept[0] == "&"


@given(PAGES)
def test_repairing_twice_changes_no_count(page: str) -> None:
    once = repair(whole(page))
    assert bool(once.repairs) == (once.page.text != page)


@given(PAGES)
def test_spaces_are_all_that_is_closed(page: str) -> None:
    closed, count = close_spaces(whole(page))
    assert re.sub(r"\s", "", closed.text) == re.sub(r"\s", "", page)
    assert len(closed) == len(page) - count
    assert single_spaces(whole(page)).text == " ".join(page.split())


@pytest.mark.parametrize(
    ("page", "closed"),
    [
        ("新 建 42 公里", "新建42公里"),
        ("WTO 会 议", "WTO会议"),
        ("New York", "New York"),
        ("4 2", "42"),
        ("A 4", "A4"),
    ],
)
def test_stray_spaces(page: str, closed: str) -> None:
    assert close_spaces(whole(page))[0].text == closed


@given(st.text(max_size=60))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(simplify(text)) == len(text)


def test_folding() -> None:
    assert fold("萬畝ＧＤＰ５％　①") == "万亩gdp5% ①"
    assert is_traditional(HANT)
    assert not is_traditional(HANS)


@given(st.text("本报讯，。！？”\n 12", max_size=60))
def test_sentences_cover_all_but_white_space(text: str) -> None:
    spans = sentence_spans(text)
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())
    for at, character in enumerate(text):
        if spans and not character.isspace():
            start, end = sentence_at(spans, at)
            assert start <= at < end


@given(st.text(max_size=40))
def test_words_cover_the_text(text: str) -> None:
    assert "".join(word.text for word in words(text)) == fold(text)


def test_pieces_end_where_the_source_steps_back() -> None:
    text = whole("一二三四五六七八九十")
    assert pieces(join([text[0:2], text[3:5]], "\n")) == [[0, 5]]
    assert pieces(join([text[6:8], text[0:2]])) == [[6, 8], [0, 2]]


def test_what_replaces_spans_the_whole() -> None:
    found = substitute(whole("a&amp;b"), re.compile("&amp;"), lambda _: "&")
    assert (found.text, found.source_span(1, 2), found.source_span(0, 3)) == ("a&b", (1, 6), (0, 7))


HOSTILE = [
    "<script>",
    "<!--",
    "?",
    "(",
    "（ǎ",
    "(a",
    " ",
    "\t",
    "\u3000",
    "&#",
    "<a ",
    "。",
    "?ā",
    "\n",
    "</p>",
    "\x0b",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_grows_with_the_length_alone(unit: str) -> None:
    page = whole(unit * (200_000 // len(unit)))
    begun = time.process_time()
    mended = repair(page).page
    close_spaces(mended)
    single_spaces(mended)
    sentence_spans(mended.text)
    assert time.process_time() - begun < 5


def test_a_sentence_without_end_is_cut_behind_a_clause() -> None:
    text = "一二三四五六七八，" * 300
    spans = sentence_spans(text)
    assert "".join(text[start:end] for start, end in spans) == text
    assert max(end - start for start, end in spans) <= 1000
    assert all(text[end - 1] == "，" for _, end in spans)
    assert sentence_spans("一" * 2500) == [(0, 1000), (1000, 2000), (2000, 2500)]
