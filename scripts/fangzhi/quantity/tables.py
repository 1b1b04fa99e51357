"""Tables and lists whose unit stands in a head: each cell is a figure, measured by its row and column.

A table is a block of lines in cells (set apart by tabs or strokes) under a row that holds no numbers, or
a list of lines that each end in a bare number, under a line that says the unit (单位：万元).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from fangzhi.quantity.numerals import parse_number
from fangzhi.quantity.units import Unit, unit_of, unit_pattern
from fangzhi.text.text import Text

_CELL = re.compile(r"[^\t|]+")
_NUMBER = re.compile(r"(?P<sign>[-−+]?)(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d{1,9})?)")
_LINE = re.compile(r"(?P<label>[\u4e00-\u9fff][^\d\t|,。;:!?\n]{1,24}?)[ :：]*(?P<n>\d[\d,]*(?:\.\d+)?)")
_STATED = re.compile(r"单位[:：]?\s*([^\s,。;)）、/]{1,8}(?:/[^\s,。;)）、]{1,4})?)(?=[\s)）,。;]|$)")
_BRACKET = re.compile(r"[(（](?:单位[:：])?([^()（）]{1,10})[)）]|[,，/]\s*([%‰])$|([%‰])$")
_MARKS = re.compile(r"[*＊#\s±:：]+|^[一二三四五六七八九十]{1,2}、|^其中|^\d+[.、]")
_SERIAL = re.compile(r"序号|编号|名次|排名|排序|代码|位次|行次|年份|年度|页码")
_OF_UNITS = re.compile(r"(?:计量|计算)?单位")
_NO_MEASURE = re.compile(
    r"项目|指标|名称|指标名称|数量|数值|数额|金额|绝对数|总量|实际|完成|本年|上年|同期|数据|地区|合计数|全年|本期"
)
_CAPTION = re.compile(
    r"^(?:附?表\s*\d*)|(?:一览表|统计表|情况表|明细表|公示表|表)$|^各[\u4e00-\u9fff]{1,4}?(?:镇|乡|县|区|市|村|校|街道|单位)"
)
_IMPLIED = (("户数", "户"), ("人数", "人"), ("人口", "人"), ("得票", "票"), ("票数", "票"))
_LONGEST = 200
"""Characters of the longest line that may be one of a table."""


@dataclass(frozen=True)
class Head:
    """What heads a row or column: its span in the text, and its words without unit, place and time."""

    start: int
    end: int
    label: str
    unit: tuple[Decimal, Unit] | None


@dataclass(frozen=True)
class Cell:
    """A figure of a table: its span, exact value, unit, measure, and the spans of its heads."""

    start: int
    end: int
    value: Decimal
    unit: Unit
    measure: str
    heads: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    cells: tuple[tuple[int, int], ...]


def find_cells(text: Text, taken: Sequence[tuple[int, int]]) -> list[Cell]:
    """The figures of the tables and lists of a text; ``taken`` are its places and dates."""
    folded = text.folded
    if "\t" not in folded and "|" not in folded and "单位" not in folded:
        return []
    table = _Table(folded, text.printed, taken)
    lines = list(_lines(folded))
    return sorted({*table.cells(lines), *table.listed(lines)}, key=lambda cell: cell.start)


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        cells = (
            ()
            if len(line) > _LONGEST
            else tuple(_trimmed(text, at + m.start(), at + m.end()) for m in _CELL.finditer(line))
        )
        yield _Line(at, end, cells)
        at = end + 1


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(" *"))
    return start + left, max(start + left, end - (len(piece) - len(piece.rstrip(" *"))))


class _Table:
    """The reading of the tables of one text."""

    def __init__(self, text: str, printed: str, taken: Sequence[tuple[int, int]]) -> None:
        self.text, self.printed, self.taken = text, printed, sorted(taken)

    def cells(self, lines: Sequence[_Line]) -> Iterator[Cell]:
        """The figures of the blocks of lines in cells."""
        at = 0
        while at < len(lines):
            stop = at
            while stop < len(lines) and len(lines[stop].cells) > 1:
                stop += 1
            if stop - at > 1:
                yield from self._block(lines[at:stop], self._stated(lines[max(0, at - 3) : at]))
            at = max(stop, at + 1)

    def _block(self, rows: Sequence[_Line], stated: tuple[Decimal, Unit] | None) -> Iterator[Cell]:
        first = next((i for i, row in enumerate(rows) if any(map(self._is_number, row.cells))), 0)
        if not first:
            return
        columns = [self._head(*span) for span in rows[first - 1].cells]
        for row in rows[first:]:
            if len(row.cells) == len(columns):
                yield from self._row(columns, row.cells, stated)

    def _row(
        self, columns: Sequence[Head], spans: Sequence[tuple[int, int]], stated: tuple[Decimal, Unit] | None
    ) -> Iterator[Cell]:
        labels = [self._head(*span) for span in spans]
        named = next((i for i, span in enumerate(spans) if not self._is_number(span)), None)
        if named is None:
            return
        own = next((_unit(self.text[slice(*span)]) for column, span in zip(columns, spans, strict=True)
                    if _OF_UNITS.fullmatch(column.label)), None)  # fmt: skip
        row = labels[named]
        for index, span in enumerate(spans):
            column = columns[index]
            if (
                index == named
                or not self._is_number(span)
                or _SERIAL.search(self.text[column.start : column.end])
            ):
                continue
            unit = column.unit or row.unit or own or _implied(column.label) or _implied(row.label) or stated
            heads = (row, column, *self._dated(columns, named, index))
            if cell := self._cell(span, unit, _measure(row.label, column.label), heads):
                yield cell

    def _dated(self, columns: Sequence[Head], named: int, index: int) -> Sequence[Head]:
        """The column whose time holds for one without a time of its own: 增长 behind 2020年."""
        dated = [column for i, column in enumerate(columns) if i != named and self._names(column)]
        if not dated or columns[index] in dated:
            return ()
        undated = len(columns) - 1 - len(dated)
        nearest = [column for column in dated if column.start < columns[index].start]
        return (nearest[-1] if nearest and undated > 1 else dated[0],)

    def _names(self, head: Head) -> bool:
        return any(head.start <= start < head.end for start, _ in self.taken)

    def listed(self, lines: Sequence[_Line]) -> Iterator[Cell]:
        """The figures of lists under a line that states their unit: 种子款36 under 单位：万元."""
        stated: tuple[Decimal, Unit] | None = None
        caption = ""
        for line in lines:
            piece = self.text[line.start : line.end]
            if unit := self._stated([line]):
                stated, caption = (
                    unit,
                    _MARKS.sub("", _STATED.sub("", self._plain(line.start, line.end)).strip("()（） ")),
                )
                continue
            match = _LINE.fullmatch(piece.strip()) if stated and len(line.cells) <= 1 else None
            if match is None:
                stated = None if len(line.cells) <= 1 else stated
                continue
            start = line.start + piece.index(match["n"], len(match["label"]))
            row = self._head(line.start, start)
            measure = row.label or _CAPTION.sub("", caption)
            if cell := self._cell((start, start + len(match["n"])), row.unit or stated, measure, (row,)):
                yield cell

    def _stated(self, above: Sequence[_Line]) -> tuple[Decimal, Unit] | None:
        """The unit that a line above says of a whole table."""
        for line in reversed(above):
            if match := _STATED.search(self.text, line.start, line.end):
                return _unit(match[1])
        return None

    def _is_number(self, span: tuple[int, int]) -> bool:
        match = _NUMBER.match(self.text, *span)
        if match is None:
            return False
        rest = self.text[match.end() : span[1]].strip()
        return not rest or rest in "%‰" or (_unit(rest) is not None and rest[0] not in "年月日")

    def _head(self, start: int, end: int) -> Head:
        text = self.text[start:end]
        bracket = _BRACKET.search(text)
        unit = _unit(next(filter(None, bracket.groups()))) if bracket else None
        label = self._plain(start, start + bracket.start() if bracket and unit else end)
        return Head(start, end, _MARKS.sub("", label), unit)

    def _plain(self, start: int, end: int) -> str:
        """A stretch as printed, without the dates and places in it."""
        kept, at = [], start
        for begin, stop in self.taken:
            if at <= begin < end:
                kept.append(self.printed[at:begin])
                at = stop
        return "".join([*kept, self.printed[at:end]]).strip()

    def _cell(
        self, span: tuple[int, int], unit: tuple[Decimal, Unit] | None, measure: str, heads: Sequence[Head]
    ) -> Cell | None:
        match = _NUMBER.match(self.text, *span)
        own = _unit(self.text[match.end() : span[1]].strip()) if match else None
        unit = own or unit
        if match is None or unit is None or not measure:
            return None
        value = parse_number(match["n"]).value * unit[0] * (-1 if match["sign"] in ("-", "−") else 1)
        return Cell(*span, value, unit[1], measure, tuple((head.start, head.end) for head in heads))


@cache
def _scaled_unit() -> re.Pattern[str]:
    return re.compile(rf"([百千万亿]{{0,2}})({unit_pattern()})")


@cache
def _unit(written: str) -> tuple[Decimal, Unit] | None:
    """万元 as ten thousand and 元; None where it is no unit."""
    match = _scaled_unit().fullmatch(written.strip())
    if match is None:
        whole = re.fullmatch(unit_pattern(), written.strip())
        return (Decimal(1), unit_of(whole[0])) if whole else None
    scale = parse_number(match[1]).value if match[1] else Decimal(1)
    return scale, unit_of(match[2])


def _implied(label: str) -> tuple[Decimal, Unit] | None:
    """户数 counts 户, 人数 people."""
    return next(((Decimal(1), unit_of(unit)) for ending, unit in _IMPLIED if label.endswith(ending)), None)


def _measure(row: str, column: str) -> str:
    """What a cell measures, by the heads of its row and column without places, times and empty words."""
    parts = [part for part in (row, column) if part and not _NO_MEASURE.fullmatch(part)]
    if len(parts) == 2 and (parts[1] in parts[0] or parts[0] in parts[1]):
        return max(parts, key=len)
    return "".join(parts)
