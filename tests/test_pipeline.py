"""What holds of every row of every page: it says what its source says, and nothing is dropped in silence."""

from __future__ import annotations

import html
import random
import re
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rich.console import Console

from fangzhi.model.codes import EntityType, IssueKind
from fangzhi.model.dataset import Dataset
from fangzhi.model.table import Row
from fangzhi.model.tables import (
    ROWS,
    TABLES,
    Article,
    Issue,
    Mention,
    Observation,
    Organization,
    Person,
    Source,
    System,
)
from fangzhi.package.policy import TextPolicy
from fangzhi.pipeline import combine, extract
from fangzhi.run.build import build
from fangzhi.run.progress import Progress
from fangzhi.text.fold import simplify
from fangzhi.text.source import Document, decode

SEEDS = Path(__file__).parent.parent / "seeds"
SHARED = ("organizations", "people")
"""Tables whose rows several places of a page, or several pages, may state."""


@cache
def seeds() -> tuple[Document, ...]:
    return tuple(Document(path.name, path.read_bytes()) for path in sorted(SEEDS.glob("*.txt")))


@cache
def extracted(document: Document) -> Dataset:
    return extract(document)


# --- the checks, written without the code they check -------------------------------------------------------

_SYLLABLE = "[a-zāáǎàōóǒòēéěèīíǐìūúǔùüǖǘǚǜńňǹḿ]{1,7}"
_LINE_ENDS = r"\n\r\x0b\x0c\x85\u2028\u2029"
_DEBRIS = re.compile(
    r"<(script|style)\b.*?</\1\s*>|<!--.*?-->"
    rf"|</?[a-zA-Z](?:[^<>{_LINE_ENDS}]|[{_LINE_ENDS}](?=\s*(?:[\w:-]+\s?=|/?>))){{0,400}}>"
    rf"|[(（]{_SYLLABLE}[)）]|\?{_SYLLABLE}\)",
    re.IGNORECASE | re.DOTALL,
)
_UNSEEN = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2064\u00ad\ufeff\ufffd-\uffff]"
)


def squashed(text: str) -> str:
    """What is printed, without mark-up, pinyin, control characters, white space; simplified, half width."""
    printed = _UNSEEN.sub("", html.unescape(_DEBRIS.sub("", text)))
    bare = _UNSEEN.sub("", re.sub(rf"[(（]{_SYLLABLE}[)）]|\?{_SYLLABLE}\)", "", printed))
    half = "".join(chr(ord(c) - 0xFEE0) if 0xFF01 <= ord(c) <= 0xFF5E else c for c in bare)
    return simplify(half).lower()


def texts(data: Dataset) -> dict[str, str]:
    """The text of each article, and by the key of each system that of its article."""
    found = {row.article_id: row.text or "" for row in data.rows(Article)}
    return found | {row.system_id: found[row.article_id] for row in data.rows(System)}


def quoted(data: Dataset) -> Iterator[tuple[Row, str, str]]:
    """Rows with a place in a text: the row, its words, and the words that stand there."""
    known = texts(data)
    for row in data:
        if getattr(row, "text_start", None) is not None:
            text = known[getattr(row, "article_id", None) or row.system_id]
            assert 0 <= row.text_start < row.text_end <= len(text)
            yield (
                row,
                getattr(row, "quote", None) or row.name,
                text[row.text_start : row.text_end],
            )


def check_quotes(data: Dataset) -> None:
    for row, words, there in quoted(data):
        assert words == there, row


def check_sources(document: Document, data: Dataset) -> None:
    source = decode(document.data).text
    for row, words, _ in quoted(data):
        if hasattr(row, "source_start"):
            assert 0 <= row.source_start < row.source_end <= len(source)
            assert squashed(words) in squashed(source[row.source_start : row.source_end]), row
    for issue in data.rows(Issue):
        if issue.source_start is not None and issue.source_end is not None:
            assert 0 <= issue.source_start < issue.source_end <= len(source)
    for article in data.rows(Article):
        stretches = "".join(source[start:end] for start, end in article.source_spans)
        assert set(squashed(article.text or "")) <= set(squashed(stretches))


def check_keys(data: Dataset) -> None:
    for kind in ROWS:
        if kind.table.name not in SHARED:
            keys = [kind.table.sort_key(row) for row in data.rows(kind)]
            assert sorted(set(keys)) == sorted(keys)


def check_references(data: Dataset) -> None:
    keys = {name: {table.sort_key(row)[0] for row in data.tables[name]} for name, table in TABLES.items()}
    for table in TABLES.values():
        for reference in table.foreign_keys:
            named = {getattr(row, reference.field) for row in data.tables[table.name]} - {None}
            assert named <= keys[reference.table], (table.name, reference.field)
    entities = {
        EntityType.PLACE: "places",
        EntityType.ORGANIZATION: "organizations",
        EntityType.PERSON: "people",
    }
    assert all(row.entity_id in keys[entities[row.entity_type]] for row in data.rows(Mention))


def check_values(data: Dataset) -> None:
    for row in data:
        for name, value in row.__dict__.items():
            if isinstance(value, Decimal):
                assert value.is_finite(), (name, row)
                assert "E" not in str(value), (name, row)
            if isinstance(value, str):
                assert value == value.strip(), (name, row)
                value.encode("utf-8")
        low, high = getattr(row, "value", None), getattr(row, "value_max", None)
        assert low is None or high is None or low < high, row


def check_numerals(data: Dataset) -> None:
    """Every Arabic digit of a text is in a row, or in an issue that says why not."""
    for article in data.rows(Article):
        text = article.text or ""
        seen: set[int] = set()
        for row, _, _ in quoted(data):
            if getattr(row, "article_id", None) == article.article_id and row.table.name != "events":
                seen.update(range(row.text_start, row.text_end))
        said = "".join(
            issue.quote or ""
            for issue in data.rows(Issue)
            if issue.article_id == article.article_id and issue.kind is IssueKind.UNREAD_NUMERAL
        )
        left = Counter(c for at, c in enumerate(text) if at not in seen and re.match("[0-9０-９]", c))
        assert not left - Counter(said), f"digits dropped in silence in {text}"


def check(document: Document, data: Dataset) -> None:
    if not data.rows(Source):
        assert {row.kind for row in data.rows(Issue)} <= {IssueKind.EMPTY, IssueKind.BINARY}
        return
    check_quotes(data)
    check_sources(document, data)
    check_keys(data)
    check_values(data)
    check_numerals(data)
    whole = combine([data])
    check_quotes(whole)
    check_references(whole)
    check_keys(whole)


# --- the seeds, as found and damaged ------------------------------------------------------------------------


@pytest.mark.parametrize("document", seeds(), ids=lambda document: document.path)
def test_what_the_seeds_say(document: Document) -> None:
    data = extracted(document)
    assert data.rows(Observation)
    check(document, data)


@pytest.mark.parametrize("document", seeds(), ids=lambda document: document.path)
def test_rows_that_several_places_state_agree(document: Document) -> None:
    """Within one page the same body or person may be found many times; it is one thing."""
    data = extracted(document)
    bodies = {(row.organization_id, row.name) for row in data.rows(Organization)}
    people = {(row.person_id, row.name, row.role) for row in data.rows(Person)}
    assert len({key for key, _ in bodies}) == len(bodies)
    assert len({key for key, *_ in people}) == len(people)


def narrow(text: str) -> str:
    """Hard line ends every twenty characters, words and numbers torn."""
    return "\n".join(line[i : i + 20] for line in text.split("\n") for i in range(0, max(len(line), 1), 20))


def spaced(text: str) -> str:
    chance = random.Random(1)
    return "".join(c + " " * (chance.random() < 0.2) for c in text)


def in_pinyin(text: str) -> str:
    chance = random.Random(2)
    return "".join(c + "(guī)" * ("\u4e00" <= c <= "\u9fff" and chance.random() < 0.3) for c in text)


def marked_up(text: str) -> str:
    paragraphs = "".join(f"<p class='a'>{html.escape(line)}</p>\r\n" for line in text.split("\n"))
    return f"<html><style>p{{}}</style><body><!-- 1 -->{paragraphs}<script>var a = 12;</script></body></html>"


def torn(text: str) -> str:
    """Paragraphs out of order, some twice, some halved."""
    chance = random.Random(3)
    lines = [line[: len(line) // 2] if chance.random() < 0.1 else line for line in text.split("\n")]
    return "\n".join(chance.sample(lines, len(lines)) + lines[:5])


DAMAGES: dict[str, Callable[[str], str]] = {
    "narrow": narrow,
    "spaced": spaced,
    "pinyin": in_pinyin,
    "marked up": marked_up,
    "torn": torn,
    "one line": lambda text: text.replace("\n", ""),
    "full width": lambda text: text.translate({48 + i: 0xFF10 + i for i in range(10)}),
    "control": lambda text: "\x07\u200b".join(text[i : i + 30] for i in range(0, len(text), 30)),
    "upside down": lambda text: text[::-1],
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("number", range(len(seeds())))
def test_what_damaged_pages_say(damage: Callable[[str], str], number: int) -> None:
    text = decode(seeds()[number].data).text[:3000]
    document = Document("damaged.txt", damage(text).encode("utf-8"))
    check(document, extract(document))


def test_hard_line_ends_and_mark_up_cost_no_figure() -> None:
    page = "　　本报讯　2021年，清河县新建供水管网42公里，投资约3013.5万元。截至5月17日，发放培训券442张。"
    plain = extract(Document("page.txt", page.encode()))
    for damage in (marked_up, narrow):
        found = extract(Document("page.txt", damage(page).encode()))
        assert [(row.quote, row.value) for row in found.rows(Observation)] == [
            (row.quote, row.value) for row in plain.rows(Observation)
        ]


# --- order and place make no difference --------------------------------------------------------------------


def test_the_order_of_pages_makes_no_difference() -> None:
    parts = [extracted(document) for document in seeds()]
    assert combine(parts) == combine(parts[::-1])


def test_what_two_pages_name_is_one_whichever_comes_first() -> None:
    pages = [
        "本报讯 清河县水利局投资42万元。",
        "本报讯 昨天，水利局投资43万元。",
        "本报讯 武宁县水利局投资44万元。",
    ]
    parts = [extract(Document(f"{number}.txt", page.encode())) for number, page in enumerate(pages)]
    orders = [combine(parts), combine(parts[::-1]), combine([parts[1], parts[0], parts[2]])]
    assert orders[0] == orders[1] == orders[2]
    check_keys(orders[0])


def test_the_name_of_a_file_makes_no_difference() -> None:
    first, second = (extract(Document(path, seeds()[1].data)) for path in ("a.txt", "b.txt"))
    assert first.tables["observations"] == second.tables["observations"]
    assert [row.article_id for row in first.rows(Article)] == [row.article_id for row in second.rows(Article)]


# --- nasty pages -----------------------------------------------------------------------------------------

NUMERALS = [
    "42", "１２", "3,000", "1.5", "三", "百", "万", "亿", "几", "余", "半", "点", "分之", "0", "-",
    "至", "%", "成",
]  # fmt: skip
WORDS = [
    "本报讯 ", "（记者 张三）", "去年", "2021年", "5月17日", "截至", "清河县", "全省", "县委", "投资",
    "增长", "比", "其中", "公里", "万元", "人", "个", "亩", "“三个一”", "机制", "工程", "下转4版",
    "【", "】", "标题", "图为", "评论员",
]  # fmt: skip
CRUMBS = [
    "<p>", "</p>", "<script>", "</script>", "<!--", "-->", "&nbsp;", "&#50;", "&lt;", "(guī)",
    "?qǐng)", "；B(yǎng)", "规(guī)?",
]  # fmt: skip
SPACE = [
    "\n", "\r\n", "\r", "\n\n\n", "\u3000\u3000", " ", "    ", "\t", "\u2028", "\x0b",
]  # fmt: skip
ODD = [
    "\x00", "\x07", "\x1b[31m", "\ufeff", "\ufffd", "\uffff", "\u200b", "\u202e", "😀", "𠀀", "é", "ﬀ",
    "\u0130", "\xdf", "①", "㎡",
]  # fmt: skip
SIGNS = [
    "，", "。", "、", "；", "：", "！", "“", "”", "《", "》", "（", "）", "(", ")", "—", "…", "|", "■",
    "\"", "'", "\\", ",",
]  # fmt: skip
CRUMB = st.sampled_from(NUMERALS + WORDS + CRUMBS + SPACE + ODD + SIGNS)
LONG = st.builds(lambda unit, times: unit * times, CRUMB, st.integers(1, 30))
PAGES = st.lists(st.one_of(CRUMB, CRUMB, CRUMB, st.text(max_size=5), LONG), max_size=40).map("".join)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(PAGES)
@example("本报讯 " + "1" * 60 + "元。")
@example("本报讯 " + "万亿" * 600 + "元。")
@example("本报讯 投资1e400元，" + "9" * 40 + ".5万亿公里。")
@example("。，、；" * 50)
@example("本报讯 投资42" + " " * 3000 + "公里。")
@example("本报讯 <A修路。\r县城修路12公里-->。")
@example("本报讯 <p\r\nclass='a'>县城修路12公里。</p>")
@example("\x00" * 5 + "本报讯 清河县投资4\x002万元。" * 9)
def test_no_page_breaks_it(page: str) -> None:
    document = Document("page.txt", page.encode("utf-8", "replace"))
    check(document, extract(document))


@settings(derandomize=True, max_examples=40, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["本报讯 清河县投资42万元。".encode(), b""]))
def test_no_bytes_break_it(data: bytes, page: bytes) -> None:
    document = Document("bytes.txt", page + data)
    check(document, extract(document))


@settings(
    derandomize=True,
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(PAGES, min_size=4, max_size=8))
def test_what_is_read_of_nasty_pages_can_be_published(
    tmp_path_factory: pytest.TempPathFactory, pages: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("nasty")
    (folder / "good.txt").write_text("本报讯 清河县投资42万元。", "utf-8")
    for number, page in enumerate(pages):
        (folder / f"{number}.txt").write_bytes(page.encode("utf-8", "replace"))
    built = build([folder], folder / "out", TextPolicy.FULL, Progress(Console(quiet=True)))
    assert built.findings == ()
    assert built.published


HOSTILE = [
    "1", "1,", "0.", "百", "万亿", "三个", "1至", "分之", "“", "“三个一”", "5.5%", "1月", "2020年",
    "截至", "县", "县委", "县长张三", "局", "其中", "分别为1个、", "的", "|", "\t", "(", "?",
    "<script>", "、", "\n", "本报讯 ",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_grows_with_the_length_alone(unit: str) -> None:
    """A page of one thing over and over takes seconds: what grows with the square would take minutes."""

    def too_long(*_: object) -> None:
        raise TimeoutError(unit)

    document = Document("page.txt", ("本报讯 清河县" + unit * (12_000 // len(unit))).encode())
    signal.signal(signal.SIGVTALRM, too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, 8)
    try:
        extract(document)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def test_a_page_too_large_is_not_read() -> None:
    rows = extract(Document("large.txt", b"1" * (5 * 1024 * 1024)))
    assert [row.kind for row in rows.rows(Issue)] == [IssueKind.TOO_LARGE]
    assert not rows.rows(Source)
