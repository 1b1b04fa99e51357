"""Collectives: several things under one number or one word. 五大治理体系, 八项便民服务, A、B、C等政策."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fangzhi.model.codes import SystemKind
from fangzhi.system.formula import leading_count
from fangzhi.system.lists import before, behind, run_before, split, trim_first, unquoted
from fangzhi.system.model import NamedSystem, Passage, Span
from fangzhi.system.quoted import is_set_up, kind_behind
from fangzhi.system.vocabulary import Kind, closing_kind, opens_name, role
from fangzhi.system.within import levels
from fangzhi.text.words import words

_NUMBERED = re.compile(
    r"(?<![第\d一二三四五六七八九十百千万亿.])(?:[二两三四五六七八九十双]|\d{1,2})"
    r"(?:[个项大条种类支重级道张步]|(?<=双)(?=[\u4e00-\u9fff]{3}))(?!方面|月|年|省|县|市|区|镇|乡|村)"
)
_COUNTED = re.compile(r"“?([二两三四五六七八九双][二三四五六七八九]?)[个项大条种类支重级道]")
_ENUMERATED = re.compile(r"等(?:等)?(?:的)?(?:一系列|一批|各项|多种|多个|各类)?(?=[\u4e00-\u9fff])")
#: What is counted is named in fewer characters.
_NOUNS = 9
_PARTS = re.compile(r"[,:(—]*(?:即|分别是|分别为|包括|分为|也就是|具体是)[,:]?|[,:(—]+")


def numbered_systems(passage: Passage) -> Iterator[NamedSystem]:
    """Numeral, classifier and kind word, where the parts stand before or behind: 议事、走访、调处三项机制."""
    for match in _NUMBERED.finditer(passage.masked):
        end, kind = kind_behind(passage, match.start(), numeral=True)
        count = leading_count(match[0])
        if kind is None and (own := _under_own_word(passage, match.end(), count or 0)):
            yield _counted(passage, (match.start(), match.end() + 2), SystemKind.MECHANISM, count, own)
        if kind is None or kind.use == "manner" or not count or count < 2 or end <= match.end():
            continue
        parts = _parts(passage, match.start(), end, count)
        great = match[0].endswith("大") and not match[0][0].isdecimal() and kind.use == "name"
        if parts or great:
            yield _counted(passage, (match.start(), end), kind.kind, count, parts)


def _counted(
    passage: Passage, name: Span, kind: SystemKind, count: int | None, parts: list[Span]
) -> NamedSystem:
    found = tuple(passage.component(unquoted(passage, part)) for part in parts)
    return NamedSystem(*name, passage.text[slice(*name)], kind, count, found)


def _under_own_word(passage: Passage, at: int, count: int) -> list[Span]:
    """五个优先:优先甲、优先乙…: as many items behind a colon as counted, each with the counted word."""
    head = passage.folded[at : at + 2]
    found = behind(passage, at + 3, count, introduced=True) if passage.masked[at + 2 : at + 3] == ":" else []
    return found if all(head in passage.folded[slice(*span)] for span in found) else []


def told_in_full(passage: Passage) -> Iterator[NamedSystem]:
    """和平、创新、绿色三大理念: what no word for a kind closes, with as many parts told as it counts."""
    for match in _NUMBERED.finditer(passage.masked):
        count = leading_count(match[0]) or 0
        at = end = match.end()
        for word in words(passage.masked[at : at + _NOUNS]):
            if not word.is_noun or word.tag == "s":
                break
            end = at + word.end
        parts = _parts(passage, match.start(), end, count) if count > 1 and at + 1 < end < at + _NOUNS else []
        if parts and len(parts) == count:
            yield _counted(passage, (match.start(), end), SystemKind.MECHANISM, count, parts)


def numbered_spans(passage: Passage, start: int, end: int) -> list[tuple[Span, set[int]]]:
    """Things counted in a stretch, with what their numerals may count: 双三级机制 three or six."""
    found: list[tuple[Span, set[int]]] = []
    for match in _COUNTED.finditer(passage.folded[start:end]):
        at = start + match.start(1)
        stop, kind = kind_behind(passage, at, numeral=True)
        if match[0][0] == "“":
            stop = passage.folded.find("”", at)
        if kind is not None or match[0][0] == "“":
            found.append(((at, stop), {leading_count(c) or 0 for c in (match[0].strip("“"), match[1][-1])}))
    return found


def enumerated_systems(passage: Passage) -> Iterator[NamedSystem]:
    """A list with 等 and a word for the kind of what is listed: 保费减免、贷款贴息等惠农政策."""
    for match in _ENUMERATED.finditer(passage.masked):
        end, kind = kind_behind(passage, match.end())
        if kind is None or kind.use == "manner":
            continue
        items = _with_clause_before(passage, run_before(passage, match.start()))
        told = _tells(passage, match.end(), end, kind) or (len(items) > 2 and match[0].endswith("各项"))
        apart = kind.use in ("name", "named") and is_set_up(passage, items[0][0]) if items else False
        if len(items) > 1 and _plain(passage, items) and (told or apart):
            name = (match.end(), end) if told else (items[0][0], end)
            yield _listed(passage, name, kind, items)


def _with_clause_before(passage: Passage, items: list[Span]) -> list[Span]:
    """A list with the items of the clause before, where a comma only divides it: 甲、乙、丙,丁、戊等机构."""
    start = items[0][0] if items else 0
    if not start or passage.masked[start - 1] != ",":
        return items
    clause = passage.clause(start - 1)[0], start - 1
    earlier = trim_first(passage, split(passage, *clause))
    leads = any(opens_name(word.text) for word in words(passage.masked[slice(*items[0])]))
    apart = leads or "等" in passage.masked[slice(*clause)]
    return [*earlier, *items] if len(earlier) > 1 and not apart else items


def fused_systems(passage: Passage) -> Iterator[NamedSystem]:
    """A list whose last item runs on into the kind word: 网格化、订单式服务机制; 月评比、年考核制度."""
    for match in re.finditer(r"[、和及与](?=([^、,。;:!?\n“”《》]+))", passage.masked):
        end, kind = _closing(passage, match.start(1), match[1])
        goes_on = passage.masked[match.end(1) : match.end(1) + 1] == "、" or "等" in match[1]
        if kind is None or kind.use == "manner" or goes_on:
            continue
        start = passage.clause(match.start())[0]
        items = trim_first(passage, split(passage, start, end))
        if len(items) > 1 and _plain(passage, items, digits=True) and _fused(passage, items, kind):
            last = (items[-1][0], _before_kind(passage, items[-1], kind))
            kept = [*items[:-1], last] if last[1] - last[0] > 1 else items
            yield _listed(passage, (items[0][0], end), kind, kept)


def _fused(passage: Passage, items: list[Span], kind: Kind) -> bool:
    """Whether the kind word belongs to all items: no other has its own, and a verb sets the whole up."""
    shaped = all(passage.folded[end - 1] in "式化型制" for _, end in items[:-1])
    kinds = [closing_kind(passage.folded[slice(*item)]) for item in items[:-1]]
    others = any(known and known.use in ("name", "named") for known in kinds)
    begun = words(passage.masked[items[-1][0] : items[-1][1]])[0].text
    usual = kind.use in ("name", "named") or kind.word == "活动"
    return shaped or (usual and not others and not opens_name(begun) and is_set_up(passage, items[0][0], 8))


def _closing(passage: Passage, at: int, item: str) -> tuple[int, Kind | None]:
    """The last kind word that closes the noun phrase a list ends with."""
    found: tuple[int, Kind | None] = (at, None)
    row = words(item[:18])
    for i, word in enumerate(row):
        kind = closing_kind(item[: word.end])
        inside = kind or len(word.text) < 2 or word.text in role("inward")
        verb = opens_name(word.text) and not inside
        if i and (verb or word.tag in ("x", "p", "d", "ul", "m", "r", "c")):
            break
        found = (at + word.end, kind) if kind else (at, None) if word.is_noun else found
    return (at, None) if passage.masked[found[0] : found[0] + 1] in ("等", "“") else found


def _before_kind(passage: Passage, item: Span, kind: Kind) -> int:
    """Where the kind phrase of a fused list begins in its last item: its general words belong to it."""
    owned = passage.masked.find("的", *item)
    if owned > item[0]:
        return owned
    row = words(passage.masked[slice(*item)])
    end = item[1] - len(kind.word)
    for word in reversed(row):
        at = item[0] + word.start
        if at >= end or (word.text in role("general") and at > item[0]):
            end = min(end, at)
        else:
            break
    return end


def _plain(passage: Passage, items: list[Span], digits: bool = False) -> bool:
    """Whether items are names or phrases of like length, no clauses and no figures."""
    lengths = [end - start for start, end in items]
    figures = not digits and any(re.search(r"\d", passage.folded[slice(*item)]) for item in items)
    return min(lengths) > 1 and max(lengths) <= min(24, 3 * min(lengths) + 6) and not figures


def _listed(passage: Passage, name: Span, kind: Kind, items: list[Span]) -> NamedSystem:
    return _counted(passage, name, kind.kind, None, items)


def _tells(passage: Passage, start: int, end: int, kind: Kind) -> bool:
    """Whether the words behind 等 name something by themselves: 惠农政策, not 各项政策."""
    said = [w for w in words(passage.masked[start : end - len(kind.word)]) if w.text not in role("general")]
    return sum(len(w.text) for w in said) > 1


def _parts(passage: Passage, start: int, end: int, count: int) -> list[Span]:
    """As many parts as a collective counts, before it or behind it; fewer before 等."""
    at_start = passage.masked[start - 1 : start] in ("", "。", "\n", ",", "“")
    found = levels(passage, start, end) or ([] if at_start else before(passage, start, count))
    if not found and (mark := _PARTS.match(passage.masked, end)):
        found = behind(passage, mark.end(), count, introduced=bool(mark[0].strip(",(—")))
    if not found and passage.masked[start - 1 : start] == "等":
        found = [item for item in run_before(passage, start) if item[1] - item[0] < 20]
    return found if len(found) <= count else []
