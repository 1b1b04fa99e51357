"""Parts of a formula of digits that are told with their number: “321”, 3个基地、2个中心、1个平台."""

from __future__ import annotations

import re
from itertools import pairwise

from fangzhi.system.collectives import numbered_spans
from fangzhi.system.formula import groups, number_of
from fangzhi.system.model import NamedSystem, Passage, Span
from fangzhi.system.vocabulary import role

_BARE = re.compile(r"[1-9]\d{2,5}|[一二三四五六七八九]{3,6}|\d{1,2}(?:\+(?:\d{1,2}|n))+")
_COUNTED = re.compile(
    r"“(\d{1,2}|[n一二两三四五六七八九十])”|(?<![\d.第零一二三四五六七八九十百千万])"
    r"(\d{1,2}|[n一二两三四五六七八九十])[个项大条种类张支重级道步座处家所套批场本件层轮线名只]"
)
_END = re.compile(r"[。!?\n]")
#: How far behind a formula its digits are told in one sentence, in characters.
_NEAR = 300
#: How far behind it collectives that count as much are looked for.
_FAR = 1500


def by_digits(passage: Passage, system: NamedSystem, inner: str) -> list[Span]:
    """What counts the digits of a formula in their order.

    Collectives of the article if all are there; else in the sentence of the name or the next clauses
    that tell one digit each, or what stands between 、; else collectives of which one is missing.
    """
    if not _BARE.fullmatch(inner):
        return []
    numbers = [group.number for group in groups(inner)]
    told = (
        found
        for stretch in _stretches(passage, system.end)
        for signs in (",;:", ",;:、")
        if (found := _in_order(passage, stretch, signs, numbers))
    )
    collectives = _collectives(passage, system.end, numbers)
    return collectives if len(collectives) == len(numbers) else next(told, collectives)


def _stretches(passage: Passage, at: int) -> list[Span]:
    """The rest of the sentence from an offset on, semicolons in it, and the sentence behind it."""
    bounds = [at]
    for end in _END.finditer(passage.masked, at, at + 2 * _NEAR):
        bounds.append(end.end())
        if len(bounds) > 2 or end[0] == "\n":
            break
    return [(a, min(b, a + _NEAR)) for a, b in pairwise(bounds)]


def _in_order(passage: Passage, stretch: Span, signs: str, numbers: list[int]) -> list[Span]:
    """The pieces between signs that tell the numbers one by one; empty unless all are told."""
    pieces = [m.span() for m in re.finditer(rf"[^{signs}。!?\n]+", passage.masked[slice(*stretch)])]
    found: list[Span] = []
    for start, end in ((stretch[0] + a, stretch[0] + b) for a, b in pieces):
        told = [_number(m) for m in _COUNTED.finditer(passage.folded, start, end)]
        if len(found) < len(numbers) and (numbers[len(found)] in told or (told and not numbers[len(found)])):
            if len(told) > 1 and "、" not in signs:
                return []
            found.append((start, end))
    return _without_lead(passage, found) if len(found) == len(numbers) else []


def _number(match: re.Match[str]) -> int:
    """The number that a match counts; the n of 1+2+n is 0."""
    numeral = match[1] or match[2]
    return 0 if numeral == "n" else number_of(numeral)


def _without_lead(passage: Passage, pieces: list[Span]) -> list[Span]:
    """Without 即 before the first, and without its verb where the others begin with their number."""
    (start, end), *others = pieces
    lead = max((w for w in role("parts") if passage.folded.startswith(w, start)), key=len, default="")
    start += len(lead)
    bare = others and all(_COUNTED.match(passage.folded, other[0]) for other in others)
    if bare and (match := _COUNTED.search(passage.folded, start, end)):
        start = match.start()
    return [(start, end), *others]


def _collectives(passage: Passage, at: int, numbers: list[int]) -> list[Span]:
    """The counted things behind an offset that count as much as the numbers, in their order."""
    counted = numbered_spans(passage, at, at + _FAR)
    found: list[Span] = []
    for number in numbers:
        begin = found[-1][1] if found else at
        found += [span for span, counts in counted if span[0] >= begin and number in counts][:1]
    return found if len(found) > 1 and len(found) >= len(numbers) - 1 else []
