"""Headlines: which lines belong together, and which of them is the title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from fangzhi.page.bylines import Byline, parse_byline
from fangzhi.page.kinds import LineKind, line_kind
from fangzhi.page.lines import Line, width
from fangzhi.text.fold import fold
from fangzhi.text.repair import single_spaces
from fangzhi.text.spans import Mapped

_DASH = re.compile(r"^[—\-─]{1,2}\s*")


@dataclass
class Headline:
    """Kicker, title and subtitle as printed, and a byline that stands with them."""

    kicker: str | None = None
    title: str | None = None
    subtitle: str | None = None
    byline: Byline = field(default_factory=Byline)
    parts: list[Mapped] = field(default_factory=list)


def group_headlines(lines: list[Line]) -> list[Headline]:
    """The headlines that a run of headline and byline lines holds, each with its kicker, subtitle and byline."""
    groups: list[Headline] = []
    waiting: list[Mapped] = []
    for i, line in enumerate(lines):
        body = single_spaces(line.body)
        if line_kind(line.text) is LineKind.BYLINE:
            if groups:
                groups[-1].byline.extend(parse_byline(line.text))
                groups[-1].parts.append(body)
        elif _DASH.match(body.text) and groups:
            groups[-1].subtitle = _DASH.sub("", body.text)
            groups[-1].parts.append(body)
        elif _is_kicker(body.text, lines[i + 1] if i + 1 < len(lines) else None):
            waiting.append(body)
        else:
            kicker = " ".join(part.text for part in waiting) or None
            groups.append(Headline(kicker, body.text, parts=[*waiting, body]))
            waiting = []
    if waiting:
        groups.append(Headline(title=waiting[-1].text, parts=waiting))
    return groups


def _is_kicker(text: str, following: Line | None) -> bool:
    """A line above another is its kicker: a row of slogans, or the longer of two of like weight."""
    if following is None or line_kind(following.text) is LineKind.BYLINE or _DASH.match(following.text):
        return False
    return text.count(" ") >= 2 or width(text) * 1.4 >= width(following.text)


def likeness(headline: Headline, text: str) -> float:
    """Share of a headline's pairs of characters that stand in a text too, from 0 to 1."""
    title = re.sub(r"\W", "", fold(" ".join(filter(None, (headline.kicker, headline.title, headline.subtitle)))))
    pairs = {title[i : i + 2] for i in range(len(title) - 1)}
    folded = fold(text)
    return sum(pair in folded for pair in pairs) / (len(pairs) or 1)
