"""One pass over the lines of a page: where articles begin and end, and what stands over them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from fangzhi.model.codes import PersonRole
from fangzhi.page.bylines import Byline, find_lead, find_tail, parse_byline
from fangzhi.page.draft import Draft
from fangzhi.page.headlines import LITTLE, MARK, Headline, group_headlines, likeness
from fangzhi.page.items import items_of
from fangzhi.page.kinds import LineKind, line_kind
from fangzhi.page.lines import Line, opens_text, runs_on
from fangzhi.page.mend import goes_on, is_torn, torn_before
from fangzhi.page.roundups import item_openers
from fangzhi.text.fold import fold
from fangzhi.text.repair import close_spaces, single_spaces
from fangzhi.text.spans import Mapped, join

_HEADLINE_LINES = 3
_FURNITURE = (LineKind.FURNITURE, LineKind.NOISE)
_TELLING_LENGTH = 40
"""Characters of a paragraph that is not printed twice by chance."""
_REMEMBERED = 400
"""Paragraphs among which one printed again is looked for."""
_TOLD_AGAIN = 0.4
"""Share of a headline that the first paragraph of its own text repeats."""
_BARE = 3
"""Characters of a rubric that may be a word like any other."""
_NEAR = 8
"""Articles above among which the text of a headline is looked for."""
_TEXT = (LineKind.BODY, LineKind.ROW, LineKind.BYLINE)
_SIGNERS = (LineKind.BYLINE, LineKind.CLOSING)


@dataclass
class Assembly:
    """Articles so far, headlines over no text of their own, and what belongs to none."""

    drafts: list[Draft] = field(default_factory=list)
    loose: list[Headline] = field(default_factory=list)
    unassigned: list[Mapped] = field(default_factory=list)
    repairs: dict[str, int] = field(default_factory=dict)
    datelines: list[str] = field(default_factory=list)
    """What the page says of itself: lines with its date, its newspaper, its records."""
    page: str | None = None

    def count(self, repair: str, times: int = 1) -> None:
        """Count a repair."""
        if times:
            self.repairs[repair] = self.repairs.get(repair, 0) + times


def assemble(lines: list[Line]) -> Assembly:
    """Take every line in turn."""
    walk = _Walk([(line_kind(line.text), line) for line in lines])
    for i, (kind, line) in enumerate(walk.lines):
        walk.handlers[kind](line, i)
    walk.found.loose += group_headlines(walk.headlines[: walk.links], loose=True)
    walk.found.count("page_furniture", len(walk.headlines[walk.links :]) if walk.links is not None else 0)
    return walk.found


class _Walk:
    def __init__(self, lines: list[tuple[LineKind, Line]]) -> None:
        self.lines = [pair for pair in lines if pair[0] not in _FURNITURE]
        self.found = Assembly()
        self.found.count("page_furniture", len(lines) - len(self.lines))
        self.found.datelines += [line.text for kind, line in lines if kind in _FURNITURE]
        self.headlines: list[Line] = []
        self.byline: Byline | None = None
        self.column: Draft | None = None
        """The article whose column is being read: the last begun, or one whose torn text goes on."""
        self.links: int | None = None
        """From which headline on those waiting only lead to other pages, unless a text follows."""
        self.openers = item_openers(self.lines)
        self.signed = self._sections_are_signed()
        self.handlers: dict[LineKind, Callable[[Line, int], None]] = {
            LineKind.ITEMS: self._items,
            LineKind.LINKS: self._links,
            LineKind.RUBRIC: self._rubric,
            LineKind.PAGE: self._page,
            LineKind.DATELINE: self._dateline,
            LineKind.TITLE_FIELD: self._title_field,
            LineKind.AUTHOR_FIELD: self._author_field,
            LineKind.TEXT_FIELD: self._text_field,
            LineKind.HEADLINE: self._headline,
            LineKind.BYLINE: self._byline,
            LineKind.CLOSING: self._closing,
            LineKind.CONTINUATION: self._continuation,
            LineKind.BODY: self._body,
            LineKind.ROW: self._row,
        }

    @property
    def current(self) -> Draft | None:
        """The article being put together."""
        return self.column if self.column and not self.column.closed else None

    def _kind(self, i: int) -> LineKind | None:
        return self.lines[i][0] if 0 <= i < len(self.lines) else None

    def _signs(self, i: int) -> bool:
        """Whether a byline or credit stands behind a text, not over one."""
        return (
            self._kind(i) in _SIGNERS
            and self._kind(i - 1) is LineKind.BODY
            and self._kind(i + 1) is not LineKind.BODY
        )

    def _signs_off(self, i: int) -> bool:
        """Whether a body's name closes a notice: below a text, over a date that no text follows."""
        dated = self._kind(i + 1) in (LineKind.ITEMS, LineKind.DATELINE)
        return dated and self._kind(i - 1) is LineKind.BODY and self._kind(i + 2) not in _TEXT

    def _sections_are_signed(self) -> bool:
        """Whether several pieces of the page each have one headline over them and one byline behind them."""
        ends = [i for i in range(len(self.lines)) if self._signs(i)]
        spans = itertools.pairwise(ends)
        return len(ends) > 1 and all(self._headline_runs(start + 1, end) == 1 for start, end in spans)

    def _headline_runs(self, start: int, end: int) -> int:
        kinds = [self._kind(i) for i in range(start, end)]
        return sum(
            a is LineKind.HEADLINE and b is not LineKind.HEADLINE for a, b in itertools.pairwise(kinds)
        )

    def _items(self, line: Line, _: int) -> None:
        """A line of items is furniture; who wrote it and where it is from is said of the article."""
        self.found.count("page_furniture")
        self.found.datelines.append(re.sub(r"(?<=[年月])/", "", line.text))
        byline = Byline()
        for item in items_of(line.text):
            if item.kind == "page" and item.value:
                self.found.page = self.found.page or fold(item.value).upper()
            elif item.kind == "source":
                byline.credit = item.value
            elif item.kind == "author" and item.value:
                byline.extend(parse_byline(item.value))
        drafts = self.found.drafts
        if byline.is_known and drafts and not self.headlines:
            drafts[-1].byline.extend(byline)
        elif byline.is_known:
            self.byline = self.byline or Byline()
            self.byline.extend(byline)

    def _links(self, _: Line, __: int) -> None:
        self.found.count("page_furniture")
        self.links = len(self.headlines) if self.links is None else self.links

    def _rubric(self, line: Line, i: int) -> None:
        """A rubric closes the article above; a bare word such as 教育 inside one is a subhead."""
        if self.current and len(line.text) <= _BARE:
            self._headline(line, i)
            return
        self._dateline(line, i)
        if self.current:
            self.current.closed = True

    def _page(self, line: Line, _: int) -> None:
        self.found.count("page_furniture")
        if match := re.search(r"[0-9A-Za-z]+", fold(line.text)):
            self.found.page = self.found.page or match[0].upper()

    def _dateline(self, line: Line, _: int) -> None:
        self.found.count("page_furniture")
        self.found.datelines.append(line.text)

    def _title_field(self, line: Line, _: int) -> None:
        self.headlines.append(Line(_value(line), line.blanks))

    def _author_field(self, line: Line, _: int) -> None:
        self.byline = parse_byline(_value(line).text)

    def _text_field(self, line: Line, i: int) -> None:
        if len(rest := _value(line)):
            self._body(Line(rest, 0), i)

    def _headline(self, line: Line, i: int) -> None:
        current = self.current
        if i in self.openers:
            self.found.loose += group_headlines(self.headlines, loose=True)
            self.headlines = [line]
            if current:
                current.closed = True
            return
        if current and not self.headlines and self._signs_off(i):
            self._sign(current, Byline(credit=single_spaces(line.body).text))
            return
        torn = current and current.paragraphs and is_torn(current.paragraphs[-1].text)
        body_next = self._kind(i + 1) is LineKind.BODY and not find_lead(self.lines[i + 1][1].text)
        if (
            current
            and not self.headlines
            and body_next
            and (torn or runs_on(line.text, self.lines[i + 1][1].text))
        ):
            self._body(line, i)
        else:
            self.headlines.append(line)

    def _byline(self, line: Line, i: int) -> None:
        current = self.current
        if current and self._signs(i) and not self.headlines:
            self._sign(current, parse_byline(line.text))
        elif self._kind(i + 1) is LineKind.BODY:
            self.byline = self.byline or Byline()
            self.byline.extend(parse_byline(line.text))
        else:
            self.headlines.append(line)

    def _closing(self, line: Line, i: int) -> None:
        tail = find_tail(line.text)
        byline = tail[1] if tail else parse_byline(line.text)
        if self.headlines and self._kind(i + 1) is LineKind.BODY:
            self.byline = self.byline or Byline()
            self.byline.extend(byline)
        elif (current := self.current) and self._pictures(current, byline, i):
            current.byline.extend(byline)
        elif current:
            self._sign(current, byline)
        else:
            self.found.unassigned.append(line.body)

    def _pictures(self, draft: Draft, byline: Byline, i: int) -> bool:
        """Whether a photographer's name stands below a picture within an article that goes on."""
        photo = any(role is PersonRole.PHOTOGRAPHER for _, role in byline.writers)
        goes_on = self._kind(i + 1) is LineKind.BODY and not find_lead(self.lines[i + 1][1].text)
        return photo and goes_on and bool(draft.headline.title) and len(draft.paragraphs) > 1

    def _sign(self, draft: Draft, byline: Byline) -> None:
        """Close an article with its byline; one that has other writers already ended at its last subhead."""
        others = {name for name, role in byline.writers if role is not PersonRole.PHOTOGRAPHER}
        signed = {name for name, _ in draft.byline.writers}
        if draft.subheads and ((signed and others - signed) or self.signed):
            at, lines = draft.subheads[-1]
            rest = draft.split(at)
            rest.paragraphs = rest.paragraphs[len(lines) :]
            rest.subheads = []
            self._entitle(rest, lines)
            self._begin(rest)
            draft = rest
        draft.byline.extend(byline)
        draft.closed = True

    def _continuation(self, line: Line, _: int) -> None:
        if current := self.current:
            current.continues = line.text.strip("（）()【】 ")
            current.closed = True
        else:
            self.found.unassigned.append(line.body)

    def _body(self, line: Line, i: int) -> None:
        self.links = None
        gathered = self._are_gathered(line)
        if gathered:
            self.found.loose += group_headlines(self.headlines, loose=True)
            self.headlines = []
        if gathered or i in self.openers or self._starts_article(line):
            self._begin(Draft(byline=self.byline or Byline()))
            self._entitle(self.found.drafts[-1], self.headlines)
            self.headlines, self.byline = [], None
        elif not self.headlines:
            self.column = torn_before(self.found.drafts, self.column, line.text) or self.column
        current = self.column or self.found.drafts[-1]
        if self.headlines:
            current.subheads.append((len(current.paragraphs), self.headlines))
            for subhead in self.headlines:
                current.paragraphs.append(close_spaces(subhead.body)[0])
            self.headlines = []
        self._append(current, self._without_mark(current, self._without_lead(current, line.body)))
        self._close_on_tail(current)

    def _begin(self, draft: Draft) -> None:
        self.found.drafts.append(draft)
        self.column = draft

    def _row(self, line: Line, i: int) -> None:
        """A row of a table is part of the article it stands in, with the caption over it."""
        if self.current is None or self.headlines:
            self._body(line, i)
        else:
            self.current.paragraphs.append(close_spaces(line.body)[0])

    def _entitle(self, draft: Draft, lines: list[Line]) -> None:
        """Give an article the headline that stands next over it; others above that one are loose.

        A run too long for kicker, title and subtitle is a gathering of headlines.
        """
        groups = group_headlines(lines, loose=len(lines) > _HEADLINE_LINES)
        if groups:
            draft.headline = groups[-1]
            draft.byline.extend(groups[-1].byline)
            self.found.loose += groups[:-1]

    def _starts_article(self, line: Line) -> bool:
        if self.current is None or self.byline is not None or find_lead(line.text):
            return True
        if not self.headlines:
            return False
        far = self.headlines[0].blanks >= max(2, 2 * self._usual_blanks() + 1)
        return far or self._opens_news(line)

    def _are_gathered(self, line: Line) -> bool:
        """Whether the headlines waiting all speak of texts above that have none, and not of the one below."""
        if len(self.headlines) < 2:
            return False
        heads = [Headline(title=head.text) for head in self.headlines]
        above = [draft.body.text for draft in self.found.drafts[-_NEAR:] if draft.headline.title is None]
        return all(
            max((likeness(head, text) for text in above), default=0.0)
            >= max(LITTLE, 2 * likeness(head, line.text))
            for head in heads
        )

    def _opens_news(self, line: Line) -> bool:
        """Whether a headline is told again by the text below, which opens as news does: no subhead."""
        head = Headline(title=self.headlines[-1].text)
        return opens_text(line.text) and likeness(head, line.text) >= _TOLD_AGAIN

    def _usual_blanks(self) -> int:
        bodies = sorted(line.blanks for kind, line in self.lines if kind is LineKind.BODY)
        return bodies[len(bodies) // 2] if bodies else 0

    def _without_lead(self, draft: Draft, body: Mapped) -> Mapped:
        lead = find_lead(body.text)
        if lead is None or draft.paragraphs:
            return body
        draft.byline.credit = (
            body.text[slice(*lead.span("credit"))] if lead["credit"] else draft.byline.credit
        )
        before = parse_byline(body.text[: lead.start()]) if lead.start() else Byline()
        for part in ("names", "reports", "desk", "named"):
            if lead[part]:
                before.extend(parse_byline(body.text[slice(*lead.span(part))]))
        draft.byline.extend(before)
        self._leave_out(body[: lead.start()], draft)
        return body[lead.end() :]

    @staticmethod
    def _without_mark(draft: Draft, body: Mapped) -> Mapped:
        """The mark that opens an item is no part of its text."""
        mark = None if draft.paragraphs else MARK.match(body.text)
        return body[mark.end() :] if mark else body

    def _leave_out(self, part: Mapped, draft: Draft) -> None:
        """What stands before the dateline and is no byline is kept as text in no article."""
        names = {fold(name) for name, _ in draft.byline.writers}
        words = [
            m
            for m in re.finditer(r"[^\s■□●◆▲]+", part.text)
            if fold(m[0]) not in names and "记者" not in fold(m[0])
        ]
        if words:
            self.found.unassigned.append(part[words[0].start() : words[-1].end()])

    def _append(self, draft: Draft, body: Mapped) -> None:
        closed, spaces = close_spaces(body)
        self.found.count("stray_space", spaces)
        if not len(closed) or self._repeated(draft, closed):
            return
        last = draft.paragraphs[-1] if draft.paragraphs else None
        if last is not None and goes_on(last.text, closed.text):
            draft.paragraphs[-1] = join([last, closed])
            self.found.count("torn_paragraph")
        else:
            draft.paragraphs.append(closed)

    def _repeated(self, draft: Draft, body: Mapped) -> bool:
        """A paragraph printed twice is taken once: behind one that is torn off, else where it first stood."""
        if len(body) < _TELLING_LENGTH:
            return False
        before = enumerate(draft.paragraphs[-_REMEMBERED:], max(0, len(draft.paragraphs) - _REMEMBERED))
        first = next((i for i, p in before if p.text == body.text), None)
        if first is None:
            return False
        self.found.count("repeated_paragraph")
        if first < len(draft.paragraphs) - 1 and is_torn(draft.paragraphs[-1].text):
            del draft.paragraphs[first]
            return False
        return True

    def _close_on_tail(self, draft: Draft) -> None:
        while draft.paragraphs and (tail := find_tail(draft.paragraphs[-1].text)):
            start, byline, continues = tail
            self.found.count("page_furniture", not byline.is_known and continues is None)
            draft.paragraphs[-1] = draft.paragraphs[-1][:start].strip()
            draft.paragraphs = [p for p in draft.paragraphs if len(p)]
            draft.byline.extend(byline)
            draft.continues = draft.continues or continues
            draft.closed = True


def _value(line: Line) -> Mapped:
    """What stands behind the name of a field in an archive record."""
    return line.body[line.text.index("】") + 1 :].strip()
