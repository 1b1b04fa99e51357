"""An article while it is put together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from fangzhi.model.codes import ArticleKind, PersonRole
from fangzhi.page.bylines import Byline
from fangzhi.page.headlines import Headline
from fangzhi.page.line import Line
from fangzhi.text.fold import fold
from fangzhi.text.spans import Mapped, join

_PHOTO = re.compile(r"图为|图片[:：]|摄于")
_COMMENTARY = re.compile(r"评论|时评|社论|短评|快评|微评|点评|言论|编者按|编后|手记")
_FEATURE = re.compile(r"综述|特别报道|纪实|侧记|专访|调查|特稿|观察")
_NOTICE = re.compile(r"(?:公告|公示|通告|启事|声明|通知)$")


@dataclass
class Draft:
    """An article while it is put together: paragraphs in reading order, subheads among them."""

    headline: Headline = field(default_factory=Headline)
    byline: Byline = field(default_factory=Byline)
    paragraphs: list[Mapped] = field(default_factory=list)
    subheads: list[tuple[int, list[Line]]] = field(default_factory=list)
    """Where among the paragraphs a run of subheads stands."""
    label: Mapped | None = None
    """What a box is called; its title, if it has no other."""
    continues: str | None = None
    closed: bool = False

    @property
    def body(self) -> Mapped:
        """The text, paragraphs apart by a line end."""
        return join(self.paragraphs, "\n")

    @property
    def length(self) -> int:
        """Characters of the paragraphs."""
        return sum(map(len, self.paragraphs))

    def split(self, at: int) -> Draft:
        """Cut in two before a paragraph; what follows it is returned with the close of the article."""
        rest = Draft(paragraphs=self.paragraphs[at:], continues=self.continues, closed=self.closed)
        rest.subheads = [(i - at, lines) for i, lines in self.subheads if i >= at]
        self.paragraphs = self.paragraphs[:at]
        self.subheads = [(i, lines) for i, lines in self.subheads if i < at]
        self.continues, self.closed = None, True
        return rest

    def use_label(self) -> None:
        """What a box is called stands over its headline, or for it."""
        if self.label and self.headline.title:
            self.headline.kicker = self.headline.kicker or self.label.text
        elif self.label:
            self.headline.title = self.label.text

    @property
    def kind(self) -> ArticleKind:
        """What kind of piece it is, by its headline, credit and length."""
        title = fold(self.headline.line)
        credit = fold(self.byline.credit or "")
        if _COMMENTARY.search(credit + title):
            return ArticleKind.COMMENTARY
        if _NOTICE.search(title):
            return ArticleKind.NOTICE
        roles = {role for _, role in self.byline.writers}
        if self.length < 400 and (_PHOTO.search(fold(self.body.text)) or PersonRole.PHOTOGRAPHER in roles):
            return ArticleKind.PHOTO
        return ArticleKind.FEATURE if self.length > 2000 or _FEATURE.search(title) else ArticleKind.NEWS


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
