"""Names of set form that no word for a kind closes: 以赛促学、以赛促训、以赛促建; 市县乡三级书记抓防汛."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fangzhi.model.codes import SystemKind
from fangzhi.system.model import NamedSystem, Passage, Span
from fangzhi.system.quoted import kind_behind
from fangzhi.system.within import levels

_BY = r"以[^,、。;:!?\s“”的]{1,6}[促带助强兴引稳保][^,、。;:!?\s“”的]{1,5}"
_ROW = re.compile(rf"{_BY}(?:[、,]{_BY}){{1,5}}")
_ITEM = re.compile(r"[^、,的]+")
_SECRETARIES = re.compile(
    r"[省市州县区旗乡镇街村社组]{2,7}[二三四五六]级书记(?:一起|齐)?抓[\u4e00-\u9fff]{2,8}?(?=[,、;。!?:\n]|$)"
)
_THROUGH = re.compile(r"抓党建[、,]?促[\u4e00-\u9fff]{2,6}?(?=[,、;。!?:\n的]|$)")
#: The members of one body that policy names by a character each: 山水林田湖草沙.
_MEMBERS = re.compile(r"山水林田湖草?沙?冰?")


def slogan_systems(passage: Passage) -> Iterator[NamedSystem]:
    """Rows of slogans, secretaries of all levels, party work for an end, one body of many members."""
    for row in _ROW.finditer(passage.masked):
        items = [m.span() for m in _ITEM.finditer(passage.masked, *row.span())]
        yield _system(passage, (row.start(), items[-1][1]), SystemKind.MODEL, items)
    for match in _SECRETARIES.finditer(passage.masked):
        found = levels(passage, *match.span())
        yield _system(passage, match.span(), SystemKind.MECHANISM, found, len(found) or None)
    for match in _THROUGH.finditer(passage.masked):
        yield _system(passage, match.span(), SystemKind.ACTION, ())
    for match in _MEMBERS.finditer(passage.masked):
        of = passage.masked[match.end() : match.end() + 1] == "的"
        end, kind = kind_behind(passage, match.end() + of)
        if kind is not None:
            members = [(at, at + 1) for at in range(*match.span())]
            yield _system(passage, (match.start(), end), kind.kind, members)


def _system(
    passage: Passage, span: Span, kind: SystemKind, parts: Sequence[Span], declared: int | None = None
) -> NamedSystem:
    found = tuple(passage.component(part) for part in parts)
    return NamedSystem(*span, passage.text[slice(*span)], kind, declared, found)
