"""A text with its facts marked: nested where they overlap, linked to the rows that tell of them."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from markupsafe import Markup


@dataclass(frozen=True)
class Span:
    """A stretch of the text: its kind, its own anchor, the anchor of its row and what to say of it.

    One without a row is set apart and leads nowhere.
    """

    start: int
    end: int
    kind: str
    anchor: str
    row: str
    label: str


@dataclass
class _Node:
    start: int
    end: int
    span: Span
    is_first: bool
    children: list[_Node] = field(default_factory=list)


def marked_paragraphs(text: str, spans: Iterable[Span]) -> list[Markup]:
    """The paragraphs of a text as HTML; spans outside the text are left out, as are blank lines."""
    return _marked(text, spans, _lines(text))


def marked_text(text: str, spans: Iterable[Span]) -> Markup:
    """The whole text as HTML, its lines as they stand."""
    return _marked(text, spans, [(0, len(text))])[0]


def _marked(text: str, spans: Iterable[Span], stretches: Iterable[tuple[int, int]]) -> list[Markup]:
    usable = sorted((s for s in spans if 0 <= s.start < s.end <= len(text)), key=lambda s: (s.start, -s.end))
    seen: set[str] = set()
    found = []
    for start, end in stretches:
        nodes = _nest(_clipped(usable, start, end, seen))
        found.append(Markup("").join(_render(text, start, end, nodes, None)))
    return found


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _clipped(spans: list[Span], start: int, end: int, seen: set[str]) -> list[_Node]:
    """The parts of spans that lie in a line; only the first part of a span carries its anchor."""
    nodes = []
    for span in spans:
        if span.start < end and span.end > start:
            nodes.append(_Node(max(span.start, start), min(span.end, end), span, span.anchor not in seen))
            seen.add(span.anchor)
    return nodes


def _nest(nodes: list[_Node]) -> list[_Node]:
    """A forest of nodes, each inside its parent; a node that crosses another's end is cut there."""
    heap = [(node.start, -node.end, number, node) for number, node in enumerate(nodes)]
    heapq.heapify(heap)
    count = len(heap)
    roots: list[_Node] = []
    open_nodes: list[_Node] = []
    while heap:
        *_, node = heapq.heappop(heap)
        while open_nodes and open_nodes[-1].end <= node.start:
            open_nodes.pop()
        if open_nodes and node.end > (cut := open_nodes[-1].end):
            rest = replace(node, start=cut, is_first=False, children=[])
            heapq.heappush(heap, (cut, -rest.end, count, rest))
            count += 1
            node.end = cut
        (open_nodes[-1].children if open_nodes else roots).append(node)
        open_nodes.append(node)
    return roots


def _render(text: str, start: int, end: int, nodes: list[_Node], span: Span | None) -> Iterator[Markup]:
    position = start
    for node in nodes:
        yield from _words(text[position : node.start], span)
        yield _mark(text, node)
        position = node.end
    yield from _words(text[position:end], span)


def _words(words: str, span: Span | None) -> Iterator[Markup]:
    if words and span and span.row:
        yield Markup('<a href="#{}">{}</a>').format(span.row, words)
    elif words:
        yield Markup("{}").format(words)


def _mark(text: str, node: _Node) -> Markup:
    span = node.span
    inner = Markup("").join(_render(text, node.start, node.end, node.children, span))
    if not span.row:
        return Markup('<span class="{}" title="{}">{}</span>').format(span.kind, span.label, inner)
    if sum(child.end - child.start for child in node.children) == node.end - node.start:
        # No word of its own to carry the link: other marks cover it all.
        inner += Markup('<a class="also" href="#{}">{}</a>').format(span.row, span.label[:1])
    anchor = Markup(' id="{}"').format(span.anchor) if node.is_first else Markup("")
    return Markup('<mark class="{}"{} title="{}">{}</mark>').format(span.kind, anchor, span.label, inner)
