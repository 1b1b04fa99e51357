"""What the order of a page's lines tells: what opens and closes a text, what stands over which."""

from __future__ import annotations

import itertools

from fangzhi.page.bylines import find_lead
from fangzhi.page.kinds import HEADLINE
from fangzhi.page.line import Line, LineKind
from fangzhi.page.lines import has_clauses, width
from fangzhi.page.roundups import roundups

_TEXT = (LineKind.BODY, LineKind.ROW, LineKind.BYLINE)
_SIGNERS = (LineKind.BYLINE, LineKind.CLOSING)


class Outline:
    """The lines of a page that belong to its articles, each with its kind."""

    def __init__(self, lines: list[tuple[LineKind, Line]]) -> None:
        self.lines = lines
        found = roundups(lines)
        self.openers = found.openers
        """Lines that open an item of a round-up."""
        heads = found.titles | {i for i in range(len(lines)) if self._announces(i)}
        self.lines = [
            (LineKind.HEADLINE if i in heads else kind, line) for i, (kind, line) in enumerate(lines)
        ]
        self.signed = self._sections_are_signed()
        """Whether several pieces of the page each have one headline over them and one byline behind them."""
        bodies = sorted(line.blanks for kind, line in lines if kind is LineKind.BODY)
        self.usual_blanks = bodies[len(bodies) // 2] if bodies else 0
        """Empty lines over most paragraphs."""

    def kind(self, i: int) -> LineKind | None:
        return self.lines[i][0] if 0 <= i < len(self.lines) else None

    def _announces(self, i: int) -> bool:
        """Whether a line with a colon at its end is the kicker of the headline below it."""
        text = self.lines[i][1].text
        alone = self.kind(i) is LineKind.BODY and text.endswith(("：", ":")) and width(text) <= HEADLINE
        opens = self.kind(i + 2) in (LineKind.BYLINE, LineKind.ITEMS) or (
            self.kind(i + 2) is LineKind.BODY and find_lead(self.lines[i + 2][1].text) is not None
        )
        return alone and self.kind(i + 1) is LineKind.HEADLINE and opens and not has_clauses(text[:-1])

    def signs(self, i: int) -> bool:
        """Whether a byline or credit stands behind a text, not over one."""
        return (
            self.kind(i) in _SIGNERS
            and self.kind(i - 1) is LineKind.BODY
            and self.kind(i + 1) is not LineKind.BODY
        )

    def signs_off(self, i: int) -> bool:
        """Whether a body's name closes a notice: below a text, over a date that no text follows."""
        dated = self.kind(i + 1) in (LineKind.ITEMS, LineKind.DATELINE)
        return dated and self.kind(i - 1) is LineKind.BODY and self.kind(i + 2) not in _TEXT

    def _sections_are_signed(self) -> bool:
        ends = [i for i in range(len(self.lines)) if self.signs(i)]
        spans = itertools.pairwise(ends)
        return len(ends) > 1 and all(self._headline_runs(start + 1, end) == 1 for start, end in spans)

    def _headline_runs(self, start: int, end: int) -> int:
        kinds = [self.kind(i) for i in range(start, end)]
        return sum(
            a is LineKind.HEADLINE and b is not LineKind.HEADLINE for a, b in itertools.pairwise(kinds)
        )

    def goes_on(self, i: int) -> bool:
        """Whether text without a dateline of its own stands behind line i."""
        return self.kind(i + 1) is LineKind.BODY and not find_lead(self.lines[i + 1][1].text)
