"""One pass over the lines of a page: where articles begin and end, and what stands over them."""

from __future__ import annotations

import re
from collections.abc import Callable

from fangzhi.model.codes import PersonRole
from fangzhi.page.bylines import Byline, find_lead, find_tail, parse_byline
from fangzhi.page.draft import Assembly, Draft
from fangzhi.page.headlines import LITTLE, Headline, group_headlines, likeness
from fangzhi.page.items import items_of
from fangzhi.page.kinds import kind_of
from fangzhi.page.line import Line, LineKind
from fangzhi.page.lines import opens_text, runs_on
from fangzhi.page.mend import is_torn, torn_before
from fangzhi.page.opening import take_lead, told_again, without_mark
from fangzhi.page.outline import Outline
from fangzhi.page.paragraphs import add_paragraph
from fangzhi.text.fold import fold
from fangzhi.text.repair import close_spaces, single_spaces
from fangzhi.text.spans import Mapped, substitute

_HEADLINE_LINES = 3
_SIGNS = re.compile(r"\W")
_FURNITURE = (LineKind.FURNITURE, LineKind.NOISE)
_TOLD_AGAIN = 0.4
"""Share of a headline that the first paragraph of its own text repeats."""
_BARE = 3
"""Characters of a rubric that may be a word like any other."""
_NEAR = 8
"""Articles above among which the text of a headline is looked for."""
_PICTURE = 3
"""Paragraphs of picture news."""


def assemble(lines: list[Line], *, whole: bool = False) -> Assembly:
    """Take every line in turn. A page that is ``whole`` is one article, but for texts with dateline words."""
    walk = _Walk([(kind_of(line), line) for line in lines], whole=whole)
    for i, (kind, line) in enumerate(walk.lines):
        walk.handlers[kind](line, i)
    if whole:
        walk.found.unassigned += [line.body for line in walk.headlines[: walk.links]]
    else:
        walk.found.loose += group_headlines(walk.headlines[: walk.links], loose=True)
    walk.found.count("page_furniture", len(walk.headlines[walk.links :]) if walk.links is not None else 0)
    return walk.found


class _Walk:
    def __init__(self, lines: list[tuple[LineKind, Line]], *, whole: bool) -> None:
        self.whole = whole
        self.outline = Outline([pair for pair in lines if pair[0] not in _FURNITURE])
        self.lines = self.outline.lines
        self.found = Assembly()
        self.found.count("page_furniture", len(lines) - len(self.lines))
        self.found.datelines += [line.text for kind, line in lines if kind in _FURNITURE]
        self.headlines: list[Line] = []
        self.byline: Byline | None = None
        self.column: Draft | None = None
        """The article whose column is being read: the last begun, or one whose torn text goes on."""
        self.label: Mapped | None = None
        """The label of a box whose text comes next."""
        self.waiting: list[Line] = []
        """Headlines above that label, over a text behind the box."""
        self.box: Draft | None = None
        self.boxed: Draft | None = None
        """The article in which the last box stands."""
        self.links: int | None = None
        """From which headline on those waiting only lead to other pages, unless a text follows."""
        self.handlers: dict[LineKind, Callable[[Line, int], None]] = {
            LineKind.ITEMS: self._items,
            LineKind.LINKS: self._links,
            LineKind.RUBRIC: self._rubric,
            LineKind.BOX: self._box,
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
            LineKind.SUBHEAD: self._subhead,
            LineKind.CAPTION: self._aside,
            LineKind.ASIDE: self._aside,
        }

    @property
    def current(self) -> Draft | None:
        """The article being put together."""
        return self.column if self.column and not self.column.closed else None

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

    def _box(self, line: Line, i: int) -> None:
        """The label of a box closes the article above; the text below is a piece of its own.

        Set between a headline and its text, as a note of the editors may be, a box is one paragraph.
        """
        if LineKind.BODY not in (self.outline.kind(i + 1), self.outline.kind(i + 2)):
            self._links(line, i)
            return
        self.label = line.body
        self.waiting, self.headlines = self.headlines, []
        self.boxed = self.current
        if self.current:
            self.current.closed = True

    def _text_of_box(self, label: Mapped, line: Line, i: int) -> None:
        self.box = Draft()
        self._begin(self.box)
        self._entitle(self.box, self.headlines)
        self.box.label = substitute(label, _SIGNS, lambda _: "")
        self.label = None
        self._append(self.box, line.body)
        self._close_on_tail(self.box, i)
        self.box.closed = self.box.closed or bool(self.waiting)
        self.headlines, self.waiting = self.waiting, []

    def _leave_box(self) -> None:
        """A headline ends a box: an article of several sections goes on, else another begins."""
        if self.boxed and self.boxed.subheads:
            self.boxed.closed = False
            self.column = self.boxed
        elif self.box:
            self.box.closed = True
        self.box = None

    def _page(self, line: Line, _: int) -> None:
        self.found.count("page_furniture")
        if match := re.search(r"[0-9A-Za-z]+", fold(line.text)):
            self.found.page = self.found.page or match[0].upper()

    def _dateline(self, line: Line, _: int) -> None:
        self.found.count("page_furniture")
        self.found.datelines.append(line.text)

    def _title_field(self, line: Line, _: int) -> None:
        self.headlines.append(line)

    def _author_field(self, line: Line, _: int) -> None:
        self.byline = parse_byline(_value(line).text)

    def _text_field(self, line: Line, i: int) -> None:
        """What stands above the field of the text is the headline, what below is text."""
        if self.headlines:
            self._begin(Draft(byline=self.byline or Byline()))
            self._entitle(self.found.drafts[-1], self.headlines)
            self.headlines, self.byline = [], None
        if len(rest := _value(line)):
            self._body(Line(rest, 0), i)

    def _headline(self, line: Line, i: int) -> None:
        current = self.current
        if i in self.outline.openers:
            self.found.loose += group_headlines(self.headlines, loose=True)
            self.headlines = [line]
            if current:
                current.closed = True
            return
        if current and not self.headlines and self.outline.signs_off(i):
            self._sign(current, Byline(credit=single_spaces(line.body).text))
            return
        torn = current and current.paragraphs and is_torn(current.paragraphs[-1].text)
        body_next = self.outline.kind(i + 1) is LineKind.BODY and not find_lead(self.lines[i + 1][1].text)
        if (
            current
            and not self.headlines
            and body_next
            and (torn or runs_on(line.text, self.lines[i + 1][1].text))
        ):
            self._body(line, i)
        else:
            self.headlines.append(line)

    def _subhead(self, line: Line, i: int) -> None:
        """A subhead that mark-up tells opens no article."""
        if self.current and self.current.paragraphs and not self.headlines:
            self.current.paragraphs.append(close_spaces(line.body)[0])
        else:
            self._headline(line, i)

    def _aside(self, line: Line, _: int) -> None:
        self.found.unassigned.append(line.body)

    def _byline(self, line: Line, i: int) -> None:
        current = self.current
        if current and self.outline.signs(i) and not self.headlines:
            self._sign(current, parse_byline(line.text))
        elif self.outline.kind(i + 1) is LineKind.BODY:
            self.byline = self.byline or Byline()
            self.byline.extend(parse_byline(line.text))
        else:
            self.headlines.append(line)

    def _closing(self, line: Line, i: int) -> None:
        tail = find_tail(line.text)
        byline = tail[1] if tail else parse_byline(line.text)
        if self.headlines and self.outline.kind(i + 1) is LineKind.BODY:
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
        return photo and self.outline.goes_on(i) and bool(draft.headline.title) and len(draft.paragraphs) > 1

    def _sign(self, draft: Draft, byline: Byline) -> None:
        """Close an article with its byline; one that has other writers already ended at its last subhead."""
        others = {name for name, role in byline.writers if role is not PersonRole.PHOTOGRAPHER}
        signed = {name for name, _ in draft.byline.writers}
        if draft.subheads and ((signed and others - signed) or self.outline.signed):
            at, lines = draft.subheads[-1]
            rest = draft.split(at)
            rest.paragraphs = rest.paragraphs[len(lines) :]
            rest.subheads = []
            self._entitle(rest, lines)
            self._begin(rest)
            draft = rest
        self._part_picture(draft, byline)
        draft.closed = True

    def _part_picture(self, draft: Draft, byline: Byline) -> None:
        """Sign an article; a photographer signs only the picture news at its end, a piece of its own.

        Such news opens with its day; the caption of a picture that belongs to the article does not.
        """
        photo = byline.writers and all(role is PersonRole.PHOTOGRAPHER for _, role in byline.writers)
        last = range(max(1, len(draft.paragraphs) - _PICTURE), len(draft.paragraphs))
        opens = [i for i in last if opens_text(draft.paragraphs[i].text)] if photo else []
        if opens:
            draft = draft.split(opens[-1])
            self._begin(draft)
        draft.byline.extend(byline)

    def _continuation(self, line: Line, _: int) -> None:
        if current := self.current:
            current.continues = line.text.strip("（）()【】 ")
            current.closed = True
        else:
            self.found.unassigned.append(line.body)

    def _body(self, line: Line, i: int) -> None:
        self.links = None
        if self.label:
            self._text_of_box(self.label, line, i)
            return
        if self.headlines and self.box and self.current is self.box:
            self._leave_box()
        gathered = self._are_gathered(line)
        if gathered:
            self.found.loose += group_headlines(self.headlines, loose=True)
            self.headlines = []
        if gathered or i in self.outline.openers or self._starts_article(line):
            self._begin(Draft(byline=self.byline or Byline()))
            self._entitle(self.found.drafts[-1], self.headlines)
            self.headlines, self.byline = [], None
        elif not self.headlines:
            self.column = torn_before(self.found.drafts, self.column, line.text) or self.column
        current = self.column or self.found.drafts[-1]
        if not current.paragraphs and (told := told_again(current, line.text)):
            self.found.count("page_furniture")
            self._take_lead(current, line.body[:told])
            return
        if self.headlines:
            current.subheads.append((len(current.paragraphs), self.headlines))
            for subhead in self.headlines:
                current.paragraphs.append(close_spaces(subhead.body)[0])
            self.headlines = []
        self._append(current, without_mark(current, self._take_lead(current, line.body)))
        self._close_on_tail(current, i)

    def _take_lead(self, draft: Draft, body: Mapped) -> Mapped:
        rest, before = take_lead(draft, body)
        self.found.unassigned += [before] if before else []
        return rest

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
        if self.current is not None and not self.current.paragraphs:
            self.current.byline.extend(self.byline or Byline())
            self.byline = None
            return False
        if self.current is not None and self.whole and not self.headlines:
            return False
        if self.current is None or self.byline is not None or find_lead(line.text):
            return True
        if not self.headlines:
            return False
        far = self.headlines[0].blanks >= max(2, 2 * self.outline.usual_blanks + 1)
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

    def _append(self, draft: Draft, body: Mapped) -> None:
        closed, spaces = close_spaces(body)
        self.found.count("stray_space", spaces)
        for mended in add_paragraph(draft, closed):
            self.found.count(mended)

    def _close_on_tail(self, draft: Draft, i: int) -> None:
        while draft.paragraphs and (tail := find_tail(draft.paragraphs[-1].text)):
            start, byline, continues = tail
            within = self._pictures(draft, byline, i)
            self.found.count("page_furniture", not byline.is_known and continues is None)
            draft.paragraphs[-1] = draft.paragraphs[-1][:start].strip()
            draft.paragraphs = [p for p in draft.paragraphs if len(p)]
            draft.continues = draft.continues or continues
            draft.closed = draft.closed or not within
            if within:
                draft.byline.extend(byline)
            else:
                self._part_picture(draft, byline)
                draft = self.found.drafts[-1] if self.found.drafts[-1] is self.column else draft


def _value(line: Line) -> Mapped:
    """What stands behind the name of a field in an archive record."""
    return line.body[line.text.index("】") + 1 :].strip()
