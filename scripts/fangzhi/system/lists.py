"""Lists of parts: what stands between 、 and 和, before a name or behind it."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

from fangzhi.system.model import Passage, Span
from fangzhi.system.vocabulary import is_founding, opens_name, role
from fangzhi.text.words import Word, words

_STRONG = re.compile(r"、|(?<=[”》])(?=[“《])")
_LOOSE = re.compile(r"[、,]|(?<=[”》])(?=[“《])")
_DASHES = re.compile(r"—+|→|-+>|⟶")
_JOINTS = frozenset(("和", "及", "与", "以及", "或"))
_ENDS = re.compile(r"(?:等等|等|共计|共|这|的)+$")
#: “4”即 in front of the first item.
_GROUP_TOLD = re.compile("“□+”(?:即|是|指|为)")
#: 坚持甲,坚持乙,用“两个坚持”
_LAST_LEAD = re.compile(r",[用以按凭]$")
_LONGEST = 40
_TRIM = "“”‘’《》 "


def split(
    passage: Passage, start: int, end: int, count: int | None = None, loose: bool = False
) -> list[Span]:
    """The items of a list that fills a stretch of the text.

    With a ``count`` commas may divide too if ``loose``, and 和 divides where that makes up the number;
    without one 和 divides the last item only. An empty list where the count cannot be met.
    """
    rough = _cut(passage, start, end, _LOOSE if loose else _STRONG)
    last = [*rough[:-1], *_at_joints(passage, rough[-1])] if rough else []
    if count is None:
        return last
    every = [part for item in rough for part in _at_joints(passage, item)]
    return next((items for items in (rough, last, every) if len(items) == count), [])


def inner_items(passage: Passage, item: Span) -> list[Span]:
    """The items inside a quoted item, “镇—村—组”, “一张表、一个窗口”; the item itself if it is one."""
    start, end = unquoted(passage, item)
    part = passage.folded[start:end]
    if len({clause.count("、") for clause in part.split(",")} - {0}) == 1 and "," in part and "、" in part:
        return _pieces(passage, start, end, [m.span() for m in re.finditer(",", part)])
    for pattern in (_DASHES, re.compile("、"), re.compile(r"\+"), re.compile("[,;]")):
        if pattern.search(part):
            return _pieces(passage, start, end, [m.span() for m in pattern.finditer(part)])
    return [(start, end)]


def before(passage: Passage, end: int, count: int) -> list[Span]:
    """The ``count`` items that end right before an offset, in its sentence; empty where there are fewer."""
    whole = passage.sentence(end)[0]
    told = passage.masked[whole:end]
    stop = whole + len(_ENDS.sub("", _LAST_LEAD.sub("", told).rstrip(", ")))
    clause = passage.clause(stop)[0]
    for start, pattern in ((clause, _STRONG), (whole, _LOOSE)):
        for items in _joint_variants(passage, _cut(passage, start, stop, pattern)):
            kept = trim_first(passage, items[-count:]) if len(items) >= count else []
            if _accept(kept) and (pattern is _STRONG or (count > 2 and _alike(kept))):
                return kept
    return _expanded(passage, _cut(passage, clause, stop, _STRONG), count)


def _joint_variants(passage: Passage, rough: list[Span]) -> list[list[Span]]:
    """Readings of a list: 和 divides the last item, every item, or nothing."""
    if not rough:
        return []
    last = [*rough[:-1], *_at_joints(passage, rough[-1])]
    every = [part for item in rough for part in _at_joints(passage, item)]
    return [last, every, rough]


def _expanded(passage: Passage, items: list[Span], count: int) -> list[Span]:
    """Quoted items whose own items make up the count: two chains of five are ten."""
    joined = [part for item in items[-4:] for part in _at_joints(passage, item)]
    quoted = [at for at in (_quoted_part(passage, item) for item in joined) if at]
    for k in range(1, len(quoted) + 1):
        found = [part for item in quoted[-k:] for part in inner_items(passage, item)]
        if len(found) == count:
            return found
    return []


def _quoted_part(passage: Passage, item: Span) -> Span | None:
    match = re.search(r"“□+”$", passage.masked[slice(*item)])
    return (item[0] + match.start(), item[1]) if match else None


def run_before(passage: Passage, end: int) -> list[Span]:
    """All items divided by 、 that end right before an offset, in its clause; fewer than two are none."""
    start = passage.clause(end)[0]
    stop = start + len(_ENDS.sub("", passage.masked[start:end].rstrip()))
    items = split(passage, start, stop)
    return trim_first(passage, items) if len(items) > 1 else []


def behind(passage: Passage, start: int, count: int | None, introduced: bool = False) -> list[Span]:
    """The items of a list that begins at an offset: as many as declared, or all up to the clause's end.

    Commas divide only items of one length, unless a word such as 即 has ``introduced`` the list.
    """
    if count is None:
        items = split(passage, start, passage.clause(start)[1])
        return trim_last(passage, items) if len(items) > 1 else _by_semicolons(passage, start)
    clause = _cut(passage, start, passage.clause(start)[1], _STRONG)
    if (introduced or len(clause) <= count) and (found := _counted(passage, clause, count, introduced)):
        return found
    if introduced and (clauses := _by_semicolons(passage, start, count)):
        return clauses
    found = _counted(passage, _cut(passage, start, passage.sentence(start)[1], _LOOSE), count, introduced)
    if introduced and not found:
        return _examples(passage, start, count)
    return found if introduced or (found and count > 2 and _parallel(passage, found)) else []


def _counted(passage: Passage, rough: list[Span], count: int, introduced: bool) -> list[Span]:
    """The first reading of a list that has as many items as counted."""
    readings = (
        trim_first(passage, trim_last(passage, items), introduced)
        for items in _joint_variants(passage, rough[:count])
        if len(items) == count
    )
    return next((items for items in readings if _accept(items)), [])


def _examples(passage: Passage, start: int, count: int) -> list[Span]:
    """Some of the counted things, up to 等: 十件实事包括修路、架桥、打井等."""
    stop = passage.masked.find("等", start, passage.clause(start)[1])
    items = split(passage, start, stop) if stop > 0 else []
    return items if 1 < len(items) < count and _accept(items) else []


def _by_semicolons(passage: Passage, start: int, count: int | None = None) -> list[Span]:
    """What semicolons divide up to the end of the sentence, if as many as counted: their first clauses.

    Without a count all of it.
    """
    stop = re.compile(r"[。!?\n]").search(passage.masked, start)
    end = stop.start() if stop else len(passage.text)
    pieces = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^;]+", passage.masked[start:end])]
    if count is None:
        return pieces if len(pieces) > 1 else []
    return [passage.first_clause(piece) for piece in pieces] if len(pieces) == count else []


def trim_first(passage: Passage, items: list[Span], introduced: bool = False) -> list[Span]:
    """Without what leads into the first item, 健全, 围绕; a list of verb phrases keeps its verb.

    Where 即 has ``introduced`` the list there need be nothing that leads into it.
    """
    if len(items) < 2:
        return items
    start, end = items[0]
    if told := _GROUP_TOLD.match(passage.masked, start, end):
        items = [(told.end(), end), *items[1:]]
        start = told.end()
    if quoted := re.search(r"“□+”$", passage.masked[start:end]):
        return [unquoted(passage, (start + quoted.start(), end)), *items[1:]]
    cuts = [*([0] if introduced else []), *_lead_cuts(passage, items)]
    typical = median(stop - begin for begin, stop in items[1:-1] or items[1:])  # the last may run on
    cut = min(cuts, key=lambda at: (abs(end - start - at - typical), at))
    return [_strip(passage, start + cut, end), *items[1:]]


def _lead_cuts(passage: Passage, items: list[Span]) -> list[int]:
    """Where the first item may begin: behind verbs and particles, or at the verb among verb phrases."""
    start, end = items[0]
    least = min(2, *(stop - begin for begin, stop in items[1:]))
    row = words(passage.masked[start:end])
    verbal = sum(opens_name(words(passage.masked[slice(*item)])[0].text) for item in items[1:])
    if 2 * verbal >= len(items) - 1:
        return [
            0,
            *(word.start for word in row[1:] if opens_name(word.text) and end - start - word.start >= least),
        ]
    joined = [b.end for a, b in pairwise(row) if len(a.text + b.text) == 2 and opens_name(a.text + b.text)]
    ends = sorted({*joined, *(at for word in row if (at := _lead_end(word)))})
    if is_founding(
        passage.folded[start : start + 2]
    ):  # also where the next character was cut to it: 打造福橙
        ends = sorted({2, *ends})
    cuts = [at for at in ends if end - start - at >= least]
    return cuts or [0]


def _points_or_links(word: Word) -> bool:
    """A particle, a preposition, an adverb, or a pronoun other than 每日, 每周."""
    return word.tag in ("p", "ul", "uj", "d") or (word.tag == "r" and not word.text.startswith("每"))


def _lead_end(word: Word) -> int | None:
    """Where a word that leads into a list ends: a verb, also one stuck to the next word, or a particle."""
    if opens_name(word.text) or _points_or_links(word) or (word.tag == "q" and len(word.text) == 1):
        return word.end
    if word.text in role("aim") or word.text in role("parts"):
        return word.end
    return word.start + 2 if len(word.text) > 2 and opens_name(word.text[:2]) else None


def trim_last(passage: Passage, items: list[Span]) -> list[Span]:
    """Without what goes on behind the last item: 某平台为群众开展服务."""
    start, end = items[-1]
    part = passage.masked[start:end]
    if stop := re.match(
        r"[^等]{2,}?(?=等)|“□+”|.{2,}?(?=[二两三四五六七八九十\d]+[个项大种类区县市镇乡](?!□))", part
    ):
        return [*items[:-1], _strip(passage, start, start + stop.end())]
    longest = max((stop - begin for begin, stop in items[:-1]), default=end - start)
    if end - start <= longest + 2:
        return items
    cut = next(
        (
            w.start
            for w in words(part)
            if w.start >= min(2, longest)
            and (w.tag in ("p", "d", "c", "uj", "u", "m", "r", "t") or opens_name(w.text))
        ),
        len(part),
    )
    return [*items[:-1], _strip(passage, start, start + cut)]


def unquoted(passage: Passage, item: Span) -> Span:
    """An item without the quotation marks around it."""
    return _strip(passage, *item)


def _cut(passage: Passage, start: int, end: int, pattern: re.Pattern[str]) -> list[Span]:
    part = passage.masked[start:end]
    return _pieces(passage, start, end, [m.span() for m in pattern.finditer(part)], strip=False)


def _pieces(passage: Passage, start: int, end: int, cuts: list[Span], strip: bool = True) -> list[Span]:
    bounds = [(0, 0), *cuts, (end - start, end - start)]
    spans = [(start + a[1], start + b[0]) for a, b in pairwise(bounds)]
    return [
        (_strip(passage, *span) if strip else span)
        for span in spans
        if passage.folded[slice(*span)].strip(_TRIM + "…")
    ]


def _at_joints(passage: Passage, item: Span) -> list[Span]:
    """An item divided at 和, 及, 与 where they stand as words of their own."""
    start, end = item
    row = words(passage.masked[start:end])
    cuts = [(w.start, w.end) for w in row[1:-1] if w.text in _JOINTS]
    found = _pieces(passage, start, end, cuts, strip=False)
    return found if all(b - a > 1 for a, b in found) else [item]


def _strip(passage: Passage, start: int, end: int) -> Span:
    part = passage.folded[start:end]
    left = len(part) - len(part.lstrip(_TRIM))
    right = len(part) - len(part.rstrip(_TRIM + "…"))
    span = start + left, max(start + left, end - right)
    kept = passage.folded[slice(*span)]
    closes = kept.count("“") - kept.count("”") == 1 and passage.folded[span[1] : end].startswith("”")
    return span[0], span[1] + closes


def _alike(items: list[Span]) -> bool:
    """Whether items that commas divide are of one length, as parallel phrases are."""
    lengths = [end - start for start, end in items]
    return max(lengths) - min(lengths) <= 2


def _parallel(passage: Passage, items: list[Span]) -> bool:
    """Whether items that nothing leads to are of one length and short, or share their first or last sign."""
    texts = [passage.folded[slice(*item)] for item in items]
    shared = len({text[0] for text in texts}) == 1 or len({text[-1] for text in texts}) == 1
    return _alike(items) and (shared or max(map(len, texts)) <= 8)


def _accept(items: list[Span]) -> bool:
    """Whether items may form one list: none too long, none empty, of like length."""
    lengths = [end - start for start, end in items]
    return bool(lengths) and min(lengths) > 0 and max(lengths) <= min(_LONGEST, 4 * min(lengths) + 6)
