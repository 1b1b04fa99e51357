"""Lines of a page and the paragraphs they were wrapped from."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from statistics import median, mode

from fangzhi.lexicons import read_lexicon
from fangzhi.page.bylines import is_lead, opens_with_lead
from fangzhi.page.line import Line, LineKind
from fangzhi.text.fold import fold
from fangzhi.text.markup import ASIDE, CAPTION, FURNITURE, HEADING, SUBHEADING
from fangzhi.text.repair import as_row, close_letters
from fangzhi.text.spans import Mapped, join
from fangzhi.text.words import words

# An indent inside a line is a paragraph that lost its line end; a mark behind a sentence opens an item.
_BREAK = re.compile(
    r"(?<=\S)(?:\u3000{2,}|[ \u00a0]{4,})(?=\S)"
    r"|(?<=[。！？）)”])[\u3000 \u00a0]*(?=[■□●○◆◇▲△★☆](?!\s*(?:记者|本报|通讯员)))"
)
_BLANK = " \t\u3000\xa0\u2002\u2003|｜"
_SPECKS = _BLANK + "·~_.,-"
_TERMINAL = re.compile(r"[。！？!?…][”’』」）)》]*(?:\s*[（(][^（）()]{1,20}[)）])?$|[;；]$")
_ENDING = 60
"""Characters that show how a text ends."""
_SIGNATURE = re.compile(
    r"(?<=[。！？…”])\s*(?:"
    r"(?:本报|本刊|本台)?(?:实习|特约|首席|全媒体|见习)?(?:记者|通讯员)\s+[\u4e00-\u9fff\s·、]{2,40}"
    r"|[(（]?[\u4e00-\u9fff]{2,8}(?:\s+[\u4e00-\u9fff]{2,4}){0,3}(?:\s+|\s*[／/]\s*)(?:[摄攝]影?|供[图圖])[)）]?)$"
)
_GLUED = re.compile(
    r"(?:(?<=[。！？])|(?<=[。！？]”))\s*[^\s，。！？；：、()（）][^，。！？；：、()（）]{3,23}$"
)
"""A headline behind the last sentence of another text."""
_CONTINUED = re.compile(r"(?:下转|上接|紧接)\S{0,6}版\S{0,6}$")
_CLAUSE = re.compile(r"[，。；：、,;:！？!?]")
_COMMA = re.compile(r"[，。；、,;]")
# What opens a new line in any case: a mark, the name of a field, a dash before a subtitle.
_FRESH = re.compile(r"[■□●○◆◇▲△★【]|——|本[报報][讯訊]|[(（]?本[报報][^，。]{0,8}[讯訊]\s*[(（]")


@cache
def _rest_of_quantity() -> re.Pattern[str]:
    """Digits, or a unit with or without a multiplier."""
    rows = read_lexicon("units")
    written = {word for row in rows for word in (row["name"], *row["written"].split())}
    units = "|".join(re.escape(fold(word)) for word in sorted(written))
    return re.compile(rf"[0-9.%]|[百千万亿]{{0,2}}(?:{units})")


_SHORT = 10
"""Width up to which a line tells nothing of the margin."""
_INDENT = 2.0
"""Width of the indent that opens a paragraph."""
_OPENING = re.compile(
    r"(?:\d{4}\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*日|近日|日前|眼下|时下|昨[日天]|今[日天][,，]|连日来|近期|最近,|记者从|记者昨|记者\d"
)
WRAPPED = 80
"""A line wider than this (in full-width characters) was never wrapped to a newspaper's column."""


def width(text: str) -> float:
    """Width in full-width characters: ASCII counts half, spaces nothing."""
    return sum(0.0 if c.isspace() else 0.5 if ord(c) < 0x80 else 1.0 for c in text)


def runs_on(before: str, after: str) -> bool:
    """Whether a word is cut in two where one line ends and the next begins; digits make no word."""
    head, tail = before[-6:], after[:6]
    cut = (word for word in words(head + tail) if word.start < len(head) < word.end)
    return any(word.tag != "x" and not word.text[0].isdigit() for word in cut)


def cuts_number(before: str, after: str) -> bool:
    """Whether a line ends within a quantity: 12 | .5个百分点, 4.2 | 万吨, 全县28 | 家."""
    if not re.search(r"[0-9][.,]?$", before) or not (has_clauses(before) or has_clauses(after)):
        return False
    return _rest_of_quantity().match(fold(after)) is not None


def _cuts_bracket(before: str, after: str) -> bool:
    """Whether a line ends within brackets that the next one closes: (记者 王 | 小明)."""
    opened = max(before.rfind("("), before.rfind("（"))
    closes = re.search(r"[()（）]", after)
    return opened >= 0 and not re.search(r"[)）]", before[opened:]) and bool(closes and closes[0] in ")）")


def ends_sentence(text: str) -> bool:
    """Whether a line ends where a sentence does, with no quotation left open."""
    return bool(_TERMINAL.search(text[-_ENDING:].rstrip())) and text.count("“") <= text.count("”")


def ends_statement(text: str) -> bool:
    """Whether a line ends as only running text does: with a full stop, what is in brackets aside."""
    return ends_sentence(text) and text.rstrip("”’』」）)》] ")[-1:] not in "！？!?"


def has_clauses(text: str) -> bool:
    """Whether a line is punctuated as running text."""
    return bool(_CLAUSE.search(text))


def opens_text(text: str) -> bool:
    """Whether a text opens as news does: on what day, from whom it was learnt."""
    return _OPENING.match(fold(text)) is not None


_MARKED = {
    HEADING: LineKind.HEADLINE,
    SUBHEADING: LineKind.SUBHEAD,
    CAPTION: LineKind.CAPTION,
    ASIDE: LineKind.ASIDE,
    FURNITURE: LineKind.FURNITURE,
}

_MARKS = "".join(_MARKED)


def split_lines(page: Mapped) -> list[Line]:
    """The lines of a page that are not empty; a row of a table is one line."""
    lines: list[Line] = []
    blanks = 0
    for raw, following in itertools.pairwise([*_raw_lines(page), page[:0]]):
        kind = _MARKED.get(raw.text[:1])
        line = raw[len(raw) - len(raw.text.lstrip(_MARKS)) :]
        parts = list(_parts(line, following.text))
        for i, body in enumerate(parts):
            lines.append(Line(body, 0 if i else blanks, _INDENT if i else _indent(line.text), kind))
        blanks = 0 if parts else blanks + 1
    return _hung(lines)


def _hung(lines: list[Line]) -> list[Line]:
    """Lines of a text that hangs, most of it, behind a wide margin, indented from that margin."""
    margin = mode([line.indent for line in lines if width(line.text) > _SHORT] or [0.0])
    if margin <= _INDENT:
        return lines
    return [replace(line, indent=max(0.0, line.indent - margin)) for line in lines]


def _raw_lines(page: Mapped) -> list[Mapped]:
    ends = [*(match.start() for match in re.finditer("\n", page.text)), len(page)]
    return [page[start + 1 : end] for start, end in itertools.pairwise([-1, *ends])]


def _parts(raw: Mapped, following: str) -> Iterator[Mapped]:
    """The paragraphs that one line of the source holds."""
    body = close_letters(_without_tail(raw))
    if (row := as_row(body, following.strip())) is not None:
        yield row
        return
    edges = [0, *(at for match in _BREAK.finditer(body.text) for at in match.span()), len(body)]
    for start, end in itertools.pairwise(edges):
        if len(part := _without_tail(body[start:end])):
            yield part


def _without_tail(raw: Mapped) -> Mapped:
    """A line without white space around it, and without rules and specks of a scan behind it."""
    plain, clean = raw.text.rstrip(_BLANK), raw.text.rstrip(_SPECKS)
    return raw[: len(clean if clean.endswith(("。", "！", "？", "”")) else plain)].strip()


def _indent(line: str) -> float:
    """Width of the white space that opens a line."""
    opening = line[: len(line) - len(line.lstrip())]
    return sum(_INDENT if c == "\t" else 1.0 if c == "\u3000" else 0.5 for c in opening)


def cut_lines(lines: list[Line], cuts: Callable[[str], list[tuple[int, int]]]) -> list[Line]:
    """Lines with each stretch to be cut out of them as a line of its own."""
    found: list[Line] = []
    for line in lines:
        edges = [0, *(at for cut in cuts(line.text) for at in cut), len(line.body)]
        parts = [
            part for start, end in itertools.pairwise(edges) if len(part := line.body[start:end].strip())
        ]
        found += [
            replace(line, body=part) if i == 0 else Line(part, 0, _INDENT, line.kind)
            for i, part in enumerate(parts)
        ]
    return found


def part_headlines(lines: list[Line]) -> list[Line]:
    """Lines with what follows the last sentence of one set apart where the next opens with dateline words.

    It is the headline of that text, which lost its line.
    """
    found: list[Line] = []
    for line, following in itertools.pairwise([*lines, Line(Mapped("", (), ()), 0)]):
        glued = _GLUED.search(line.text) if opens_with_lead(following.text) else None
        found.append(replace(line, body=line.body[: glued.start()]) if glued else line)
        if glued:
            found.append(Line(line.body[glued.start() :].strip(), 0, 0.0, LineKind.HEADLINE))
    return found


def unwrap(lines: list[Line], stands_alone: Callable[[Line], bool]) -> tuple[list[Line], int]:
    """Paragraphs from lines that were wrapped to a column, and how many line ends were taken out.

    A line that stands alone is neither the rest of another nor goes on in the next.
    """
    paragraphs: list[list[Line]] = []
    for run in _runs(lines, stands_alone):
        column = _Column(run)
        for i, line in enumerate(run):
            if i and column.wraps(i - 1, running=len(paragraphs[-1]) > 1):
                paragraphs[-1].append(line)
            else:
                paragraphs.append([line])
    found = [replace(parts[0], body=join(part.body for part in parts)) for parts in paragraphs]
    return found, len(lines) - len(found)


def _runs(lines: list[Line], stands_alone: Callable[[Line], bool]) -> list[list[Line]]:
    """Neighbouring lines of running text; one that stands alone is a run of its own."""
    runs: list[list[Line]] = []
    alone = True
    for line in lines:
        before, alone = alone, stands_alone(line)
        if runs and not (before or alone):
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def join_leads(paragraphs: list[Line], heads: Callable[[Line], bool]) -> list[Line]:
    """Paragraphs with dateline words on a line of their own put before the text they open.

    Over a headline, which ``heads`` tells, they are said of all that follows.
    """
    found: list[Line] = []
    for line in paragraphs:
        if found and is_lead(found[-1].text) and not heads(line):
            found[-1] = replace(found[-1], body=join([found[-1].body, line.body]))
        else:
            found.append(line)
    return found


def split_signatures(paragraphs: list[Line]) -> list[Line]:
    """Paragraphs with the byline that closes one as a line of its own."""
    found: list[Line] = []
    for line in paragraphs:
        if match := _SIGNATURE.search(line.text):
            found.append(replace(line, body=line.body[: match.start()]))
            found.append(Line(line.body[match.start() :].strip(), 0, _INDENT))
        else:
            found.append(line)
    return found


class _Column:
    """Neighbouring lines, and whether one runs on into the next."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.widths = [width(line.text) + line.indent for line in lines]
        self.clauses = [has_clauses(line.text) for line in lines]
        self.ends = [ends_sentence(line.text) for line in lines]

    def wraps(self, i: int, *, running: bool) -> bool:
        """Whether line i, itself the rest of another if ``running``, runs on into line i + 1."""
        line, following = self.lines[i], self.lines[i + 1]
        if (
            _CONTINUED.search(line.text)
            or following.indent
            or following.blanks > line.blanks + 2
            or (self.ends[i] and following.blanks > self._usual_blanks(i))
            or _FRESH.match(following.text)
            or opens_with_lead(following.text)
        ):
            return False
        close = following.blanks <= (0 if following.text[0].isdigit() else line.blanks)
        if close and (cuts_number(line.text, following.text) or _cuts_bracket(line.text, following.text)):
            return True
        if self._heads(i + 1):
            return False
        if self._may_head(i, running) and not runs_on(line.text, following.text):
            return False
        columns = (self._width(i - 3, i + 2), self._width(i, i + 5))
        column = next((column for column in columns if column and self._fits(column, i)), None)
        return column is not None and self._fills(column, i)

    def _usual_blanks(self, i: int) -> int:
        """The empty lines that stand between the lines around line i and the next."""
        near = self.lines[max(0, i - 3) : i + 1] + self.lines[i + 2 : i + 6]
        return sorted(line.blanks for line in near)[len(near) // 2]

    def _may_head(self, i: int, running: bool) -> bool:
        """Whether line i can be a headline: it holds no comma, nor does the next, or that opens a text.

        The first line of a paragraph falls short of the column below it by its indent, or not at all.
        """
        if running:
            return not any(self.clauses[max(0, i - 1) : i + 2])
        here, below = self.lines[i], self.lines[i + 1].text
        if _COMMA.search(here.text) or here.indent or opens_with_lead(here.text):
            return False
        column = self._width(i + 1, i + 6)
        short = column - self.widths[i] if column else WRAPPED
        opens_paragraph = -1 <= short <= _INDENT + 1
        return opens_text(below) or not (_COMMA.search(below) or opens_paragraph)

    def _heads(self, i: int) -> bool:
        """Whether a line without a comma stands over a dateline: it is a headline."""
        below = self.lines[i + 1].text if i + 1 < len(self.lines) else ""
        return not (self.clauses[i] or self.ends[i]) and _FRESH.match(below) is not None

    def _fits(self, column: float, i: int) -> bool:
        """Whether line i and the next can stand in a column."""
        here, following = self.widths[i : i + 2]
        return here >= 0.8 * column and max(here, following) <= 1.15 * column

    def _fills(self, column: float, i: int) -> bool:
        """Whether line i breaks off, or ends with the column and the next line can be its rest."""
        here, following = self.widths[i : i + 2]
        full = here >= column - 0.5 and (self.clauses[i + 1] or abs(following - column) <= 1)
        return full or not self.ends[i]

    def _width(self, start: int, end: int) -> float | None:
        """The width that most of a few neighbouring lines share; None where they are of all widths.

        Paragraphs of like length are no column, nor are headlines: of lines that were wrapped, some
        break off, and some hold a comma.
        """
        window = range(max(0, start), min(end, len(self.lines)))
        near = sorted(self.widths[i] for i in window if self.widths[i] <= WRAPPED)
        if len(near) < 3:
            return None
        middle = median(near[len(near) // 3 :])
        alike = [i for i in window if abs(self.widths[i] - middle) <= 0.12 * middle + 0.5]
        torn = sum(not self.ends[i] for i in alike)
        running = torn > 1 and any(self.clauses[i] for i in alike)
        return middle if len(alike) >= 3 and running and middle >= 8 else None
