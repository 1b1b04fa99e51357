"""Markdown taken out of a page: front matter, headings, links, pictures, and what stands below the last rule.

What a line is by its mark-up is said by a mark at its head, as a tab says where a cell ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from fangzhi.text.markup import ASIDE, CELL, FURNITURE, HEADING, SUBHEADING
from fangzhi.text.spans import Mapped, join, substitute

_SIGNS = re.compile(r"^#{1,6}[ \t]|\]\(|\{\{[<%]|^[ \t]*-{3,}[ \t]*$|^\|.*\|[ \t]*$", re.MULTILINE)
_SURE_SIGNS = re.compile(r"^#{1,6}[ \t]|\[[^\[\]\n]{0,300}\]\(", re.MULTILINE)
_FRONT = re.compile(
    r"\s*---[ \t]*\n(?P<fields>[a-zA-Z_]{2,20}[ \t]*:(?:(?!---)[^\n]*\n){1,60})---[ \t]*(?=\n|\Z)"
)
_FIELD = re.compile(
    r"^(?:title[ \t]*:[ \t]*(?P<quote>[\"']?)(?P<title>[^\n]+?)(?P=quote)[ \t]*|[^\n]+)$", re.MULTILINE
)
_LINE = re.compile(r"^(?=[^\n])", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*$", re.MULTILINE)
_LETTER = re.compile(r"[^\W\d_]")
_BELOW = 500
"""Letters of what a site puts below the last rule of a page: who writes, how to subscribe."""
_URL = r"(?:[^()\s]|\([^()\s]{0,200}\)){0,3000}(?:[ \t]+\"[^\"\n]{0,200}\")?"
_TABLE_RULE = re.compile(r"^[ \t]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*$", re.MULTILINE)


def _gone(_: re.Match[str]) -> str:
    return ""


_STEPS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\{\{[<%][^\n]{0,800}?[>%]\}\}"), _gone),
    (re.compile(rf"!\[[^\[\]\n]{{0,300}}\]\({_URL}\)"), _gone),
    (re.compile(rf"\[(?=[^\[\]\n]{{1,300}}\]\({_URL}\))"), _gone),
    (re.compile(rf"\]\({_URL}\)"), _gone),
    (re.compile(r"^[ \t]*#[ \t]+(?=\S)", re.MULTILINE), lambda _: HEADING),
    (re.compile(r"^[ \t]*#{2,6}[ \t]+(?=\S)", re.MULTILINE), lambda _: SUBHEADING),
    (re.compile(r"\*\*"), _gone),
)
_TABLE_STEPS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_TABLE_RULE, _gone),
    (re.compile(r"^[ \t]*\|[ \t]*|[ \t]*\|[ \t]*$", re.MULTILINE), _gone),
    (re.compile(r"(?<=\S)[ \t]*\|[ \t]*(?=\S)"), lambda _: CELL),
)


def without_markdown(page: Mapped) -> Mapped:
    """The page as Markdown shows it; a page without its signs as it is."""
    if not _SIGNS.search(page.text):
        return page
    page = _front_matter(page)
    sure = _SURE_SIGNS.search(page.text)
    steps = (*_STEPS, *(_TABLE_STEPS if _TABLE_RULE.search(page.text) else ()))
    for pattern, replace in steps:
        page = substitute(page, pattern, replace)
    return _below_rule(page) if sure else page


def _front_matter(page: Mapped) -> Mapped:
    """The title among the fields at the head of a page as its heading, the other fields as furniture."""
    front = _FRONT.match(page.text)
    if front is None:
        return page
    pieces: list[Mapped] = []
    for field in _FIELD.finditer(page.text, *front.span("fields")):
        name, mark = ("title", HEADING) if field["title"] else (0, FURNITURE)
        pieces += [_marked(page[slice(*field.span(name))], mark), page[field.end() : field.end() + 1]]
    return join([*pieces, page[front.end() :]])


def _below_rule(page: Mapped) -> Mapped:
    """What stands below a rule at the end of a page as text of no article."""
    ends = [match.end() for match in _RULE.finditer(page.text)]
    start = next((end for end in ends if _is_short(page.text, end)), None)
    return page if start is None else join([page[:start], _marked(page[start:], ASIDE)])


def _is_short(text: str, start: int) -> bool:
    below = len(_LETTER.findall(text[start:]))
    return below <= min(_BELOW, len(_LETTER.findall(text[:start])) / 2)


def _marked(part: Mapped, mark: str) -> Mapped:
    """Lines with a mark at the head of each."""
    edges = [match.start() for match in _LINE.finditer(part.text)]
    pieces: list[Mapped] = []
    for start, end in zip(edges, [*edges[1:], len(part)], strict=True):
        at = part.starts[start]
        pieces += [Mapped(mark, [at], [at]), part[start:end]]
    return join([part[: edges[0]] if edges else part, *pieces])
