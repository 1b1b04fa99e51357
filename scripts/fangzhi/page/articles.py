"""Articles of a page: headlines, bylines and paragraphs put together as a careful reader would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from fangzhi.model.codes import ArticleKind, PersonRole
from fangzhi.page.bylines import Byline, find_lead, find_tail, parse_byline
from fangzhi.page.headlines import Headline, group_headlines, likeness
from fangzhi.page.kinds import LineKind, line_kind
from fangzhi.page.lines import Line, ends_sentence, split_lines, unwrap
from fangzhi.text.fold import fold
from fangzhi.text.repair import close_spaces
from fangzhi.text.spans import Mapped, join

_PHOTO = re.compile(r"图为|图片[:：]|摄于")
_COMMENTARY = re.compile(r"评论|时评|社论|短评|快评|言论")
_FEATURE = re.compile(r"综述|特别报道|纪实|侧记|专访|调查|特稿|观察")
_NOTICE = re.compile(r"(?:公告|公示|通告|启事|声明|通知)$")
_EDGE = re.compile(r"^[\s■□●◆▲]+")


@dataclass
class Draft:
    """An article while it is put together."""

    headline: Headline = field(default_factory=Headline)
    byline: Byline = field(default_factory=Byline)
    paragraphs: list[Mapped] = field(default_factory=list)
    continues: str | None = None
    closed: bool = False

    @property
    def body(self) -> Mapped:
        """The text, paragraphs apart by a line end."""
        return join(self.paragraphs, "\n")

    @property
    def kind(self) -> ArticleKind:
        """What kind of piece it is, by its headline, credit and length."""
        title = fold(" ".join(filter(None, (self.headline.kicker, self.headline.title, self.headline.subtitle))))
        credit = self.byline.credit or ""
        if _COMMENTARY.search(fold(credit) + title):
            return ArticleKind.COMMENTARY
        if _NOTICE.search(title):
            return ArticleKind.NOTICE
        length = sum(map(len, self.paragraphs))
        roles = {role for _, role in self.byline.writers}
        if length < 400 and (_PHOTO.search(fold(self.body.text)) or PersonRole.PHOTOGRAPHER in roles):
            return ArticleKind.PHOTO
        return ArticleKind.FEATURE if length > 2000 or _FEATURE.search(title) else ArticleKind.NEWS


@dataclass(frozen=True)
class PageRead:
    """The articles of a page, what of it stands in none, and what else the page says of itself."""

    articles: list[Draft]
    unassigned: list[Mapped]
    repairs: dict[str, int]
    datelines: list[str]
    page: str | None


def read_page(page: Mapped) -> PageRead:
    """Put the articles of a repaired page together."""
    lines, wraps = unwrap(split_lines(page))
    assembly = _Assembly(lines)
    assembly.run()
    repairs = {"line_wrap": wraps, **assembly.repairs}
    drafts = [draft for draft in assembly.drafts if draft.paragraphs]
    return PageRead(drafts, assembly.unassigned, {k: n for k, n in repairs.items() if n}, assembly.datelines, assembly.page)


class _Assembly:
    """One pass over the lines of a page."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = [(line_kind(line.text), line) for line in lines]
        self.drafts: list[Draft] = []
        self.headlines: list[Line] = []
        self.byline: Byline | None = None
        self.unassigned: list[Mapped] = []
        self.repairs = {"page_furniture": 0, "stray_space": 0, "repeated_paragraph": 0, "torn_paragraph": 0}
        self.datelines: list[str] = []
        self.page: str | None = None
        self.in_title = False

    def run(self) -> None:
        """Take every line in turn, then give the headlines left over to the articles without one."""
        for i, (kind, line) in enumerate(self.lines):
            getattr(self, f"_{kind.value}")(line, i)
        self._foot()

    @property
    def current(self) -> Draft | None:
        """The article being put together."""
        return self.drafts[-1] if self.drafts and not self.drafts[-1].closed else None

    def _furniture(self, line: Line, _: int) -> None:
        self.repairs["page_furniture"] += 1

    def _page(self, line: Line, i: int) -> None:
        self.repairs["page_furniture"] += 1
        if match := re.search(r"[0-9A-Za-z]+", fold(line.text)):
            self.page = self.page or match[0].upper()

    def _dateline(self, line: Line, _: int) -> None:
        self.repairs["page_furniture"] += 1
        self.datelines.append(line.text)

    def _title_field(self, line: Line, i: int) -> None:
        self.headlines.append(Line(line.body[line.text.index("】") + 1 :].strip(), line.blanks))

    def _author_field(self, line: Line, i: int) -> None:
        self.byline = parse_byline(line.text[line.text.index("】") + 1 :])

    def _text_field(self, line: Line, i: int) -> None:
        rest = line.body[line.text.index("】") + 1 :].strip()
        if len(rest):
            self._body(Line(rest, 0), i)

    def _headline(self, line: Line, i: int) -> None:
        current = self.current
        torn = current and current.paragraphs and not ends_sentence(current.paragraphs[-1].text)
        if torn and not self.headlines and self._next_kind(i) is LineKind.BODY and not self._opens(i + 1):
            self._body(line, i)
        else:
            self.headlines.append(line)

    def _byline(self, line: Line, i: int) -> None:
        found = parse_byline(line.text)
        current = self.current
        closes = current and current.paragraphs and not self.headlines and self._next_kind(i) is not LineKind.BODY
        if current and closes:
            current.byline.extend(found)
            current.closed = True
        elif self.byline:
            self.byline.extend(found)
        else:
            self.byline = found
            if self._next_kind(i) is not LineKind.BODY:
                self.headlines.append(line)

    def _closing(self, line: Line, _: int) -> None:
        if current := self.current:
            tail = find_tail(line.text)
            current.byline.extend(tail[1] if tail else parse_byline(line.text))
            current.closed = True
        else:
            self.unassigned.append(line.body)

    def _continuation(self, line: Line, _: int) -> None:
        if current := self.current:
            current.continues = line.text.strip("（）()【】 ")
            current.closed = True
        else:
            self.unassigned.append(line.body)

    def _body(self, line: Line, i: int) -> None:
        if self._starts_article(line):
            self._open(line)
        current = self.drafts[-1]
        for subhead in self.headlines:
            self._append(current, subhead.body)
        self.headlines = []
        self._append(current, self._without_lead(current, line.body))
        self._close_on_tail(current)

    def _starts_article(self, line: Line) -> bool:
        if self.current is None or self.byline is not None or find_lead(line.text):
            return True
        return bool(self.headlines) and self.headlines[0].blanks > 2 * self._usual_blanks() + 1

    def _usual_blanks(self) -> int:
        bodies = sorted(line.blanks for kind, line in self.lines if kind is LineKind.BODY)
        return bodies[len(bodies) // 2] if bodies else 0

    def _open(self, line: Line) -> None:
        draft = Draft(byline=self.byline or Byline())
        groups = group_headlines(self.headlines)
        if groups:
            draft.headline = groups[-1]
            self.waiting_headlines(groups[:-1])
        self.headlines, self.byline = [], None
        self.drafts.append(draft)

    def waiting_headlines(self, groups: list[Headline]) -> None:
        """Headlines that stand over no text of their own wait for the end of the page."""
        self._waiting = [*getattr(self, "_waiting", []), *groups]

    def _without_lead(self, draft: Draft, body: Mapped) -> Mapped:
        lead = find_lead(body.text)
        if lead is None or draft.paragraphs:
            return body
        before = parse_byline(body.text[: lead.start()]) if lead.start() else Byline()
        if lead["names"]:
            before.extend(parse_byline(body.text[lead.start("names") : lead.end("names")]))
        draft.byline.credit = body.text[lead.start("credit") : lead.end("credit")]
        draft.byline.extend(before)
        self._leave_out(body[: lead.start()], draft)
        return body[lead.end() :]

    def _leave_out(self, part: Mapped, draft: Draft) -> None:
        """What stands before the dateline and is no byline is kept as text in no article."""
        rest = part.text
        for name, _ in draft.byline.writers:
            rest = rest.replace(name, " ")
        words = [w for w in re.split(r"\s+", _EDGE.sub("", rest)) if w and "记者" not in fold(w)]
        if words and (at := part.text.find(words[0])) >= 0:
            self.unassigned.append(part[at:].strip())

    def _append(self, draft: Draft, body: Mapped) -> None:
        closed, spaces = close_spaces(body)
        self.repairs["stray_space"] += spaces
        if not len(closed):
            return
        if self._repeated(draft, closed):
            self.repairs["repeated_paragraph"] += 1
            return
        last = draft.paragraphs[-1] if draft.paragraphs else None
        if last is not None and self._torn(last.text, closed.text):
            draft.paragraphs[-1] = join([last, closed])
            self.repairs["torn_paragraph"] += 1
        else:
            draft.paragraphs.append(closed)

    @staticmethod
    def _torn(before: str, after: str) -> bool:
        return not ends_sentence(before) and len(before) > 24 and not before.endswith(("：", ":"))

    def _repeated(self, draft: Draft, body: Mapped) -> bool:
        """A paragraph printed twice is taken once; where the first stood torn off, the second takes its place."""
        if len(body) < 40:
            return False
        for i, paragraph in enumerate(draft.paragraphs):
            if paragraph.text == body.text:
                if draft.paragraphs[-1].text != body.text and not ends_sentence(draft.paragraphs[-1].text):
                    del draft.paragraphs[i]
                    self.repairs["repeated_paragraph"] += 1
                    return False
                return True
        return False

    def _close_on_tail(self, draft: Draft) -> None:
        tail = find_tail(draft.paragraphs[-1].text) if draft.paragraphs else None
        if tail is None:
            return
        start, byline, continues = tail
        draft.paragraphs[-1] = draft.paragraphs[-1][:start].strip()
        draft.paragraphs = [p for p in draft.paragraphs if len(p)]
        draft.byline.extend(byline)
        draft.continues = draft.continues or continues
        draft.closed = True

    def _next_kind(self, i: int) -> LineKind | None:
        return next((kind for kind, _ in self._after(i)), None)

    def _after(self, i: int) -> Iterator[tuple[LineKind, Line]]:
        return (pair for pair in self.lines[i + 1 :] if pair[0] is not LineKind.FURNITURE)

    def _opens(self, i: int) -> bool:
        return i < len(self.lines) and find_lead(self.lines[i][1].text) is not None

    def _foot(self) -> None:
        """Headlines gathered apart from their texts go to the untitled articles they share most with."""
        waiting = [*getattr(self, "_waiting", []), *group_headlines(self.headlines)]
        pairs = [
            (likeness(headline, draft.body.text), h, d)
            for h, headline in enumerate(waiting)
            for d, draft in enumerate(self.drafts)
            if draft.headline.title is None
        ]
        taken_h: set[int] = set()
        taken_d: set[int] = set()
        for score, h, d in sorted(pairs, reverse=True):
            if score > 0.15 and h not in taken_h and d not in taken_d:
                taken_h.add(h)
                taken_d.add(d)
                self.drafts[d].headline = waiting[h]
                self.drafts[d].byline.extend(waiting[h].byline)
        self.unassigned += [part for h, group in enumerate(waiting) if h not in taken_h for part in group.parts]
