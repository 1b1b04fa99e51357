"""Headlines: which lines belong together, and which of them is the title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from fangzhi.page.bylines import Byline, parse_byline
from fangzhi.page.kinds import kind_of, line_kind
from fangzhi.page.line import Line, LineKind
from fangzhi.page.lines import width
from fangzhi.text.fold import fold, letters
from fangzhi.text.repair import single_spaces
from fangzhi.text.spans import Mapped, join
from fangzhi.text.words import words

ENOUGH = 0.3
"""Likeness from which on a headline speaks of a text."""
ALIEN = 0.15
"""Likeness below which a headline does not speak of a text."""
LITTLE = 0.12
"""Likeness that tells something where nothing else is as like."""
_STUMP = 7
"""A second line shorter than this is the rest of the headline, not a subtitle."""
_RUBRIC = 5
"""A first line no wider than this names the column or the place."""
_DASH = re.compile(r"^[—\-─]{1,2}\s*")
# What a line of a headline is, where the page says so.
_NAMED = re.compile(
    r"\s*(?:(?P<kicker>引题|肩题|眉题)|(?P<title>主题|主标题|标题|正题)|(?P<subtitle>副题|副标题|子题))\s*[:：]\s*(?=\S)"
)
_WINDOW = re.compile(r"[-_—–|｜]{1,2}\s*[^-_—–|｜]{2,20}$")
MARK = re.compile(r"[■□●○◆◇▲△▼▽★☆◎※▶▪①-⑳]\s*")
"""What opens an item; it is no part of its head or text."""
# What kind of piece it is, said below the headline.
_GENRE = re.compile(
    r"(?:观察|纪实|侧记|综述|调查|扫描|纪事|见闻|巡礼|透视|掠影|采访记|走笔|启示录?|工作记|小记)$"
)
# A subject: a name that closes with the word for an administrative unit.
_SUBJECT = re.compile(
    r"^[\u4e00-\u9fff]{1,6}(?:省|市|县|区|州|盟|旗|镇|乡|街道|村|社区)(?![\u4e00-\u9fff]{0,1}$)"
)
_OWN = re.compile(r"[我全本](?:省|市|县|縣|区|區|州|盟|旗|镇|鎮|乡|鄉|村)")
_OFFICER = re.compile(r"(?:书记|[省市县区州镇乡]长|主席|主任|局长|部长)[\u4e00-\u9fff]{2,3}$")
SPEAKS = ("谈", "说", "指出", "强调", "表示", "要求", "提出", "：", ":")
"""How the line ends over the words of whom it names."""
_PLACE_ONLY = re.compile(r"^[\u4e00-\u9fff]{1,8}(?:省|市|县|区|州|盟|旗|镇|乡|街道|村|社区)$")


@dataclass
class Headline:
    """Kicker, title and subtitle as printed, and a byline that stands with them."""

    kicker: str | None = None
    title: str | None = None
    subtitle: str | None = None
    byline: Byline = field(default_factory=Byline)
    parts: list[Mapped] = field(default_factory=list)

    @property
    def line(self) -> str:
        """Kicker, title and subtitle in one line."""
        return " ".join(filter(None, (self.kicker, self.title, self.subtitle)))

    @property
    def is_bare(self) -> bool:
        """Whether it is a title with neither kicker nor subtitle."""
        return bool(self.title) and not (self.kicker or self.subtitle)

    @property
    def words(self) -> str:
        """All of it, folded, without signs."""
        return letters("".join(filter(None, (self.kicker, self.title, self.subtitle))))


def group_headlines(lines: list[Line], *, loose: bool = False) -> list[Headline]:
    """The headlines that a run of headline and byline lines holds, each with its kicker, subtitle and byline.

    ``loose`` lines stand over no text: each but a row of slogans is a headline of its own. A byline
    after a byline stands for an article without a headline.
    """
    groups: list[Headline] = []
    waiting: list[Mapped] = []
    lines = _whole([line for i, line in enumerate(lines) if not _said_again(lines, i)])
    for i, line in enumerate(lines):
        said, body = _named(line)
        if kind_of(line) is LineKind.BYLINE:
            if not groups or groups[-1].byline.is_known:
                groups.append(Headline())
            groups[-1].byline.extend(parse_byline(line.text))
            groups[-1].parts.append(body)
        elif (groups or waiting) and _is_subtitle(body.text, said, loose):
            if waiting:
                groups.append(_headline(waiting[:-1], waiting[-1]))
                waiting = []
            groups[-1].subtitle = _DASH.sub("", body.text)
            groups[-1].parts.append(body)
        elif said == "kicker" or (said is None and _is_kicker(body.text, lines[i + 1 : i + 2], loose)):
            waiting.append(body)
        elif said is None and not loose and groups and _is_stump(body.text, groups[-1].title or ""):
            groups[-1].title = f"{groups[-1].title}{body.text}"
            groups[-1].parts.append(body)
        elif said is None and not (loose or waiting) and _takes_subtitle(groups, i, len(lines)):
            groups[-1].subtitle = body.text
            groups[-1].parts.append(body)
        else:
            groups.append(_headline(waiting, body))
            waiting = []
    if waiting:
        groups.append(Headline(title=waiting[-1].text, parts=waiting))
    return groups


def _named(line: Line) -> tuple[str | None, Mapped]:
    """What the page says that a line of a headline is, and the line without that name and its mark."""
    named = _NAMED.match(line.text)
    said = "title" if line.kind is LineKind.TITLE_FIELD else named.lastgroup if named else None
    return said, _without_mark(single_spaces(line.body[named.end() if named else 0 :]))


def _takes_subtitle(groups: list[Headline], i: int, count: int) -> bool:
    """Whether the line behind a title is its subtitle: the second of all, or the last of three."""
    last = groups[-1] if groups else Headline()
    return (i == 1 and last.is_bare) or (i == 2 and count == 3 and bool(last.title and not last.subtitle))


def _whole(lines: list[Line]) -> list[Line]:
    """Headlines with one that was broken behind its subject put together: 某县政协委员 | 视察河道治理."""
    found: list[Line] = []
    for line in lines:
        if found and _is_subject(found[-1].text) and _is_predicate(line.text):
            found[-1] = replace(found[-1], body=join([found[-1].body, line.body]))
        else:
            found.append(line)
    return found


def _is_subject(text: str) -> bool:
    """Whether a line is a noun phrase alone that opens with a place or closes with an officer's name."""
    whose = _SUBJECT.match(text) or _OWN.match(text) or _OFFICER.search(fold(text))
    if not whose or " " in text or _PLACE_ONLY.match(text):
        return False
    cut = words(text)
    return all(word.is_noun or word.tag in ("ns", "nr", "nt", "nz", "m", "r", "zg") for word in cut)


def _is_predicate(text: str) -> bool:
    """Whether a line opens with a verb, or with what stands before one."""
    return line_kind(text) is LineKind.HEADLINE and words(text)[0].tag in ("v", "vd", "d", "ad", "p")


def _said_again(lines: list[Line], i: int) -> bool:
    """Whether a later headline says the same: the title of the window, with the names of page and site."""
    text = letters(lines[i].text)
    return any(
        text == other or (len(other) >= 6 and text.startswith(other) and _WINDOW.search(lines[i].text))
        for other in (letters(line.text) for line in lines[i + 1 :])
    )


def _without_mark(body: Mapped) -> Mapped:
    mark = MARK.match(body.text)
    return body[mark.end() :] if mark else body


def _headline(kickers: list[Mapped], body: Mapped) -> Headline:
    kicker, title = split_kicker(body.text)
    above = " ".join(part.text for part in kickers)
    return Headline(" ".join(filter(None, (above, kicker))) or None, title, parts=[*kickers, body])


def split_kicker(text: str) -> tuple[str | None, str]:
    """A kicker printed on the line of its title: a bare place, or slogans before the part with a subject."""
    parts = text.split(" ")
    if len(parts) == 2 and _PLACE_ONLY.match(parts[0]):
        return parts[0], parts[1]
    if len(parts) > 1 and _SUBJECT.match(parts[-1]) and not any(_SUBJECT.match(part) for part in parts[:-1]):
        return " ".join(parts[:-1]), parts[-1]
    return None, text


def _is_subtitle(text: str, said: str | None, loose: bool) -> bool:
    """Whether a line below a title is said to be its subtitle, opens with a dash, or names the genre."""
    looks = _DASH.match(text) or (not loose and _GENRE.search(text))
    return said == "subtitle" or (said is None and bool(looks))


def _is_stump(text: str, title: str) -> bool:
    """Whether a line is the rest of a headline too long for one."""
    return width(text) < _STUMP <= width(title) - 1


def _is_kicker(text: str, below: list[Line], loose: bool) -> bool:
    """A line above another is its kicker: a row of slogans, or one of like weight or more."""
    following = below[0].text if below else ""
    if (
        (below and kind_of(below[0]) is LineKind.BYLINE)
        or _DASH.match(following)
        or width(following) < _STUMP
    ):
        return False
    rubric = width(text) <= _RUBRIC and not (_GENRE.search(following) or loose)
    speaks = text.endswith(SPEAKS)
    return (
        speaks
        or rubric
        or bool(_PLACE_ONLY.match(text))
        or text.count(" ") >= 2
        or (not loose and width(text) * 1.4 >= width(following))
    )


def likeness(headline: Headline, text: str) -> float:
    """Share of a headline's pairs of characters that stand in a text too, from 0 to 1."""
    title = headline.words
    pairs = {title[i : i + 2] for i in range(len(title) - 1)}
    folded = letters(text)
    return sum(pair in folded for pair in pairs) / (len(pairs) or 1)
