"""Parts of a system that open later sentences or paragraphs: 坚持甲…。坚持乙…。一是…；二是…."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import takewhile

from fangzhi.system.formula import groups, leading_count, paired_count
from fangzhi.system.model import NamedSystem, Passage, Span
from fangzhi.system.vocabulary import closing_kind, opens_name
from fangzhi.text.words import words

_PIECES = re.compile(r"[^,、;:。()和及与]{2,}")
_PARAGRAPH = re.compile(r"[^\n]+")
_ORDINAL = re.compile(
    r"(?:——)?(?:([一二三四五六七八九十])是要?|第([一二三四五六七八九十])(?:步|是|条|阶段)?[,、:]"
    r"|其([一二三四五六七八九十])[,、:是]|\(([一二三四五六七八九十])\)|(?:^|(?<=[\n。;]))([一二三四五六七八九十])、)"
)
_CLOSING_QUOTE = re.compile("“□+”$")
_NUMERALS = "一二三四五六七八九十"
_HEAD = re.compile(r"^(?:[一二两三四五六七八九十]|\d{1,2})([个大项]?)([\u4e00-\u9fff]{1,4})$")
#: A heading for a formula without a classifier, 三治, is short.
_SHORT = 8
#: How far behind a system its headings are looked for, in characters.
_FAR = 4000
#: How far behind it what it counts stands side by side.
_NEAR = 200


def by_own_word(passage: Passage, system: NamedSystem, inner: str) -> list[Span]:
    """First clauses of sentences that open or close with the word a formula counts: 四个坚持, 坚持… ×4.

    Of four or more one may be missing: the page may be torn.
    """
    match = _HEAD.match(inner)
    if match is None or not system.declared:
        return _by_two_words(passage, system, inner)
    first = bisect_left(passage.openings, (system.end, 0))
    last = bisect_left(passage.openings, (system.end + _FAR, 0))
    spans = passage.openings[first:last]
    longest = 40 if match[1] else _SHORT
    found = [s for s in spans if s[1] - s[0] <= longest and _says(passage.folded[slice(*s)], match[2])]
    enough = len(found) >= system.declared or len(found) == system.declared - 1 > 2
    return found[: system.declared] if enough else []


def _by_two_words(passage: Passage, system: NamedSystem, inner: str) -> list[Span]:
    """三抓三促: as many first clauses as both count that open with the one word and hold the other."""
    both = groups(inner)
    if not paired_count(inner):
        return []
    first = bisect_left(passage.openings, (system.end, 0))
    last = bisect_left(passage.openings, (system.end + _FAR, 0))
    opened = [s for s in passage.openings[first:last] if passage.folded.startswith(both[0].head, s[0])]
    alike = sum(both[1].head in passage.folded[slice(*span)] for span in opened)
    return opened if len(opened) == both[0].number < 2 * alike else []


def by_own_words(passage: Passage, system: NamedSystem, inner: str) -> list[Span]:
    """Things that begin or end with what a formula counts, side by side: “两地”, 迁出地8项、迁入地15项."""
    match = _HEAD.match(inner)
    count = leading_count(inner)
    return side_by_side(passage, system.end, match[2], count) if match and count and count > 1 else []


def side_by_side(passage: Passage, at: int, head: str, count: int) -> list[Span]:
    """As many things as counted in one row that begin or end with a word, in this sentence or the next."""
    own = passage.sentence(at)[1]
    end = min(passage.sentence(own + 1)[1], at + _NEAR)
    shape = re.compile(rf"(?:{head}[\u4e00-\u9fff]{{1,8}}|[\u4e00-\u9fff]{{1,5}}?{head})")
    row: dict[str, Span] = {}
    for piece in _PIECES.finditer(passage.masked, at, end):
        start = piece.start() + _thing_start(piece[0], head, not row)
        if start > own and len(row) == count:
            break
        if found := shape.match(passage.masked, start, piece.end()):
            whole = len(head) > 1 and piece.end() - start <= _SHORT + 2
            row.setdefault(found[0], (start, piece.end()) if whole else found.span())
        elif row and len(row) < count:
            row.clear()
    return list(row.values()) if len(row) == count else []


def ending_with(passage: Passage, at: int, head: str) -> list[Span]:
    """The first thing that ends in a word, in this sentence or the next: 一约, 村规民约."""
    end = min(passage.sentence(passage.sentence(at)[1] + 1)[1], at + _NEAR)
    shape = re.compile(rf"[\u4e00-\u9fff]+{head}(?=\d|$)")
    things = (shape.match(passage.masked, *m.span()) for m in _PIECES.finditer(passage.masked, at, end))
    spans = ((m.start() + _lead_end(m[0]), m.end()) for m in things if m)
    return next(([span] for span in spans if len(head) + 1 < span[1] - span[0] <= _SHORT), [])


def _lead_end(piece: str) -> int:
    """Where the last word that leads into a thing ends: 计划内容包括, 按时开设."""
    leads = (
        w.end
        for w in words(piece)
        if w.tag in ("p", "d", "t") or (w.end - w.start > 1 and opens_name(w.text))
    )
    return max(leads, default=0)


def _thing_start(piece: str, head: str, first: bool) -> int:
    """Where a thing that begins or ends with a word begins: behind 可 or 都 or a verb that leads to it.

    Any verb may lead to the first thing of a row.
    """
    if piece[0] in "可能均都应皆" and piece.startswith(head, 1):
        return 1
    end = _verb_end(piece)
    leads = first or opens_name(piece[:end])
    return end if leads and head not in piece[:end] else 0


def _verb_end(piece: str) -> int:
    """Where the verb that opens a piece ends, if more than a word is left."""
    first = words(piece)[0]
    return first.end if first.tag[:1] == "v" and len(first.text) > 1 and len(piece) > first.end + 1 else 0


def _says(clause: str, head: str) -> bool:
    """Whether a clause opens or closes with a word, or opens with one character and it: 红色党员 for 色."""
    said = clause.startswith(head) or clause.endswith(head) or clause[1:].startswith(head)
    return len(clause) > len(head) + 1 and said


def by_ordinals(passage: Passage, system: NamedSystem, systems: Sequence[NamedSystem]) -> list[Span]:
    """What stands behind 一是, 二是, … after a system, where the numbers run in order up to its count.

    They are the parts of the last system before them that counts as many.
    """
    found = ordinals(passage, system.end)
    if len(found) != system.declared:
        return []
    rivals = (s for s in systems if system.end <= s.start < found[0][0] and s.declared == system.declared)
    return [] if any(rivals) else found


def by_ordinals_next(passage: Passage, system: NamedSystem, systems: Sequence[NamedSystem]) -> list[Span]:
    """The same for a system that counts nothing, if the first stands in its sentence or opens the next."""
    end = passage.sentence(system.end)[1]
    first = _ORDINAL.search(passage.masked, system.end, end + 6)
    between = first and any(system.end <= other.start < first.start() for other in systems)
    found = ordinals(passage, system.end) if first and not between else []
    fits = system.declared in (None, len(found)) or "“" not in system.name
    return found if len(found) > 1 and fits else []


def ordinals(passage: Passage, start: int) -> list[Span]:
    """What stands behind 一是, 二是, … from an offset on; of clauses that all end in quotes the quotes."""
    found: list[Span] = []
    for match in _ORDINAL.finditer(passage.masked, start, start + _FAR):
        number = next(filter(None, match.groups()))
        if _NUMERALS.index(number) == len(found):
            found.append(passage.first_clause((match.end(), passage.sentence(match.end())[1])))
        elif number == "一":
            break
    quoted = [_CLOSING_QUOTE.search(passage.masked[slice(*span)]) for span in found]
    return [
        (span[0] + match.start(), span[1]) if match and all(quoted) else span
        for span, match in zip(found, quoted, strict=True)
    ]


def by_paragraphs(passage: Passage, system: NamedSystem, systems: Sequence[NamedSystem]) -> list[Span]:
    """First sentences of three or more paragraphs that open alike, right below the paragraph of a system.

    They are the parts of the first system of that paragraph that has none of its own.
    """
    paragraphs = [m.span() for m in _PARAGRAPH.finditer(passage.masked)]
    own = next(i for i, (start, end) in enumerate(paragraphs) if start <= system.start < end)
    if _opening(passage, paragraphs[own]) == _opening(passage, paragraphs[min(own + 1, len(paragraphs) - 1)]):
        return []
    rivals = [s for s in systems if paragraphs[own][0] <= s.start < system.start and not s.parts]
    following = paragraphs[own + 1 :]
    heads = [_opening(passage, span) for span in following]
    if rivals or not heads or not heads[0]:
        return []
    alike = [
        span for span, _ in takewhile(lambda pair: pair[1] == heads[0], zip(following, heads, strict=True))
    ]
    return [_first_sentence(passage, span) for span in alike] if len(alike) > 2 else []


def by_kind(passage: Passage, system: NamedSystem, names: Sequence[NamedSystem]) -> list[Span]:
    """Later names that close with the collective's kind word, as many as it counts: 三大行动, 行动 ×3."""
    kind = closing_kind(system.name.rstrip("”"))
    if kind is None or not system.declared:
        return []
    found = [
        n
        for n in names
        if n.start >= system.end
        and n.name.endswith(kind.word)
        and not re.match(r"[一二两三四五六七八九十\d]", n.name)
    ]
    sentences = {passage.sentence(n.start)[0] for n in found[: system.declared]}
    exact = len(found) == system.declared and len(sentences) == len(found)
    return [(n.start, n.end) for n in found] if exact else []


def _first_sentence(passage: Passage, span: Span) -> Span:
    start, _ = passage.first_clause(span)
    return start, min(passage.sentence(start)[1], span[1])


def _opening(passage: Passage, span: Span) -> str:
    """The first word of a paragraph, the kind of ordinal that opens it aside."""
    start, end = passage.first_clause(span)
    row = words(passage.masked[start:end])
    return (
        row[0].text
        if row and len(row[0].text) > 1 and (row[0].is_noun or row[0].is_verb or opens_name(row[0].text))
        else ""
    )
