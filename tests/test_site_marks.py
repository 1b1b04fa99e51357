"""Marks in a text: nested, crossing, covering, cut by lines, hostile."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fangzhi.database.search import term_pattern
from fangzhi.site.marks import Span, marked_paragraphs
from fangzhi.site.snippets import snippet

TEXT = "甲乙丙丁戊己"


def span(start: int, end: int, name: str) -> Span:
    return Span(start, end, f"k{name}", f"t{name}", f"r{name}", f"名{name}")


def outline(html: str) -> str:
    """Marks as [name…], links dropped: what stands inside what."""
    html = re.sub(r'<a class="also"[^>]*>.*?</a>', "+", html)
    html = re.sub(r"</?a[^>]*>", "", html)
    html = re.sub(r'<mark class="k(\w)" id="[^"]*"[^>]*>', r"[\1", html)
    return re.sub(r'<mark class="k(\w)"[^>]*>', r"(\1", html).replace("</mark>", "]")


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], "甲乙丙丁戊己"),
        ([(1, 3, "a")], "甲[a乙丙]丁戊己"),
        ([(0, 6, "a"), (2, 4, "b")], "[a甲乙[b丙丁]戊己]"),
        ([(1, 4, "a"), (1, 2, "b")], "甲[a[b乙]丙丁]戊己"),
        ([(1, 3, "a"), (1, 3, "b")], "甲[a[b乙丙]+]丁戊己"),
        ([(0, 3, "a"), (2, 5, "b")], "[a甲乙[b丙]](b丁戊]己"),
        ([(0, 4, "a"), (1, 5, "b"), (2, 6, "c")], "[a甲[b乙[c丙丁]]](c(b戊]己]"),
        ([(1, 2, "a"), (2, 3, "b")], "甲[a乙][b丙]丁戊己"),
        ([(4, 9, "a"), (-1, 2, "b"), (3, 3, "c")], "甲乙丙丁戊己"),
    ],
)
def test_nesting(spans: list[tuple[int, int, str]], expected: str) -> None:
    (paragraph,) = marked_paragraphs(TEXT, [span(*item) for item in spans])
    assert outline(paragraph) == expected


def test_lines_are_paragraphs_and_cut_marks() -> None:
    assert [outline(p) for p in marked_paragraphs("甲乙\n\n丙丁\n", [span(1, 5, "a")])] == [
        "甲[a乙]",
        "(a丙]丁",
    ]


def test_text_and_labels_are_escaped() -> None:
    hostile = Span(0, 3, "k", "t", "r", '"><script>')
    (html,) = marked_paragraphs("<b>&", [hostile])
    assert "<script" not in html
    assert "<b>" not in html
    assert "&lt;b&gt;" in html


@given(
    st.text("甲乙丙\n<&", max_size=20),
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=8),
)
def test_any_marks_keep_the_text_and_every_mark_has_one_anchor_and_a_link(
    text: str, ends: list[tuple[int, int]]
) -> None:
    spans = [span(start, end, str(number)) for number, (start, end) in enumerate(ends)]
    paragraphs = marked_paragraphs(text, spans)
    html = "\n".join(paragraphs)
    plain = unescape(re.sub(r"<[^>]*>", "", re.sub(r'<a class="also"[^>]*>.*?</a>', "", html)))
    assert plain.split("\n") == ([line for line in text.split("\n") if line.strip()] or [""])
    assert html.count("<mark") == html.count("</mark>")
    anchors = re.findall(r' id="(t\d+)"', html)
    assert len(anchors) == len(set(anchors))
    assert {f'href="#r{anchor[1:]}"' for anchor in anchors} <= set(re.findall(r'href="#r\d+"', html))
    assert not re.search(r"<a [^>]*>(?:(?!</a>).)*<a ", html)


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("管网42公里", "管網", "<mark>管网</mark>42公里"),
        ("<管网>", "管网", "&lt;<mark>管网</mark>&gt;"),
        ("甲" * 200 + "管网" + "乙" * 200, "管网", "…" + "甲" * 30 + "<mark>管网</mark>" + "乙" * 78 + "…"),
        ("甲" * 200, "火星", "甲" * 110 + "…"),
        ("", "管网", ""),
    ],
)
def test_snippets(text: str, query: str, expected: str) -> None:
    assert snippet(text, term_pattern(query)) == expected
