"""The phrase that says what a figure measures, put together from the words around it.

``新增托位260个`` measures 新增托位; ``吸纳1074名搬迁劳动力就业`` measures 吸纳搬迁劳动力就业人数. In a list that
shares its head (``新增托位260个和公办学位550个``, ``省外800元/人、省内300元/人的交通补贴``) each figure takes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from fangzhi.lexicons import read_lexicon
from fangzhi.model.codes import Kind
from fangzhi.text.words import Word, is_person_name, words

LONGEST = 24
_LEFT, _BESIDE, _SHORT, _RIGHT = 16, 8, 6, 14
_PARTICLES = ("d", "u", "uj", "ul", "uv", "uz", "ud", "ug", "y")
_TOTAL = re.compile(r"(?:共计|合计|总计|共有|共|达|约|近|有|为)$")
_CLAUSE = re.compile(r"[,，。;；:：!！?？\n…]")
_OPENING = re.compile(r"[,，。;；:：!！?？\n…（(）)]")
_QUOTES = "“”‘’《》「」"
_OPENING_QUOTES = "“‘《「"
_NAMED = re.compile(r"《[^《》]*》|“[^“”]{1,20}”")
_NUMERAL = re.compile(r"[\d一二两三四五六七八九十百千万亿]")
_BRACKET = re.compile(r"[（(][\u4e00-\u9fff]{1,6}[)）]")
_AMONG = re.compile(r"([\u4e00-\u9fff]{2,12})(?:之中|当中|中)[,，]?(?:就|共|仅|还|已)?有?$")


@dataclass(frozen=True)
class Figure:
    """Where a figure stands, what kind of quantity it is, and its unit (folded)."""

    start: int
    end: int
    kind: Kind
    unit: str = ""


@dataclass(frozen=True)
class _Named:
    """What a figure measures: the phrase ahead of it, the phrase behind it, and both together."""

    ahead: str = ""
    behind: str = ""
    base: str = ""


@cache
def _words_of(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in read_lexicon("measure_words") if row["kind"] == kind)


@cache
def _counters() -> dict[str, str]:
    return {row["word"]: row["note"] for row in read_lexicon("measure_words") if row["kind"] == "counter"}


def measures(
    text: str, figures: Sequence[Figure], periods: Sequence[tuple[int, int]] = (), places: Sequence[tuple[int, int]] = ()
) -> list[str]:
    """What each figure of a text measures, in the order of the figures; empty where no words stand near.

    ``periods`` and ``places`` are spans that say when and where, not what.
    """
    named: list[_Named] = []
    for i, figure in enumerate(figures):
        before = figures[i - 1].end if i else 0
        after = figures[i + 1].start if i + 1 < len(figures) else len(text)
        around = _Around(text, before, figure, after, periods, places)
        named.append(_name(around, named[-1] if named and around.same_sentence else _Named()))
    heads = _shared_heads(text, figures, named)
    return [_with_counter(base, figure) for base, figure in zip(heads, figures, strict=True)]


_Spans = Sequence[tuple[int, int]]


class _Around:
    """The words before and behind a figure."""

    def __init__(self, text: str, before: int, figure: Figure, after: int, periods: _Spans, places: _Spans) -> None:
        self.text, self.before, self.figure, self.after = text, before, figure, after
        quoted = [m.span() for m in _NAMED.finditer(text, max(0, before - 60), after)]
        inside = [s for s in places if any(a <= s[0] < b for a, b in quoted)]
        self.places = [s for s in places if s[0] < after and s[1] > before - 60 and s not in inside]
        self.left_out = [*self.places, *(span for span in periods if span[0] < after and span[1] > before - 60)]

    @property
    def between(self) -> str:
        """The characters between the figure before and this one."""
        return self.text[self.before : self.figure.start]

    @property
    def opens_with_modifier(self) -> bool:
        """Whether 的 stands right before the figure: 新建的13座养殖场."""
        return self.text[self.figure.start - 1 : self.figure.start] == "的"

    def bracket(self, behind: str) -> str:
        """A short explanation in brackets right behind the phrase: 职业(工种), 7835所(学校)."""
        match = _BRACKET.match(self.text, self.figure.end + len(behind))
        return match[0] if match and self.text.startswith(behind, self.figure.end) else ""

    @property
    def names_place(self) -> bool:
        """Whether the clause of the figure names a place, which is then what it is said of."""
        clause = max((m.end() for m in _CLAUSE.finditer(self.text, 0, self.figure.start)), default=0)
        return any(clause <= start < self.figure.start for start, _ in self.places)

    @property
    def joins(self) -> bool:
        """Whether nothing but words stands between this figure and the next."""
        return self.after < len(self.text) and not _OPENING.search(self.text, self.figure.end, self.after)

    @property
    def same_sentence(self) -> bool:
        """Whether the figure before stands in the same sentence."""
        return not re.search(r"[。！？!?\n]", self.between)

    def left(self, previous: _Named) -> list[Word]:
        """Words of the clause before the figure, behind what the figure before and any place took.

        A place right before the figure (管理全县13个乡镇) takes nothing. Where the figure opens a bracket, the
        words before the bracket.
        """
        low = max(self.before + self.taken(previous), self.figure.start - 60)
        low = max([low, *(end for start, end in self.places if low <= start and end < self.figure.start)])
        starts = [m.end() for m in _OPENING.finditer(self.text, low, self.figure.start)]
        start = starts[-1] if starts else low
        if start == self.figure.start and self.text[start - 1 : start] in ("(", "（"):
            return self._words(starts[-2] if len(starts) > 1 else low, start - 1)
        return self._words(start, self.figure.start)

    def taken(self, previous: _Named) -> int:
        """How much of what stands between belongs to the figure before: 13个乡镇124个村, 6所学校和5家企业."""
        between, behind = self.between, previous.behind
        if not behind or not between.lstrip("的制").startswith(behind) or all(w.is_verb or w.tag == "vn" for w in words(behind)):
            return 0
        size = len(between) - len(between.lstrip("的制")) + len(behind)
        return size + len(between[size:]) - len(between[size:].lstrip("、和及与中里"))

    def clause_before(self) -> list[Word]:
        """Words of the clause before that of the figure, in the same sentence."""
        starts = [m.end() for m in _CLAUSE.finditer(self.text, max(0, self.figure.start - 80), self.figure.start)]
        starts = [max(0, self.figure.start - 80), *starts]
        if len(starts) < 2 or not re.match(r"[,，、]", self.text[starts[-1] - 1]):
            return []
        row = self._words(max(starts[-2], self.before), starts[-1] - 1)
        return [] if "".join(w.text for w in row) in _words_of("report") else row

    def right(self) -> list[Word]:
        """Words of the clause behind the figure up to the next figure."""
        match = _OPENING.search(self.text, self.figure.end)
        end = min(match.start() if match else len(self.text), self.after, self.figure.end + 30)
        inner = [span for span in self.places if self.figure.end < span[0] < span[1] < end]
        self.left_out = [span for span in self.left_out if span not in inner]
        total = _TOTAL.search(self.text, self.figure.end, end) if end == self.after else None
        return self._words(self.figure.end, total.start() if total else end)

    def _words(self, start: int, end: int) -> list[Word]:
        found = (
            Word(w.start + start, w.end + start, self.text[w.start + start : w.end + start], w.tag)
            for w in words(self.text[start:end])
        )
        return [w for w in found if not any(s <= w.start < e for s, e in self.left_out)]


def _name(around: _Around, previous: _Named) -> _Named:
    left, right = around.left(previous), around.right()
    if around.figure.kind is Kind.AGE:
        return _Named(base=f"{_phrase_behind(right, nouns_only=True)}年龄")
    if share := _share(left, around.figure, previous):
        return share
    if left and previous.base and _only(left, "change"):
        return _Named(previous.ahead, "", previous.base)
    people = around.figure.unit in _words_of("people")
    governed = not people and any(w.is_verb and w.text not in _words_of("drop") for w in left)
    behind = ""
    if not _begins_anew(around.figure, left, right, around.joins):
        behind = _phrase_behind(right, one_verb=not (around.joins or governed))
    verb_behind = bool(behind) and _starts_with_verb(around.right())
    ahead = _phrase_ahead(left, limit=_LEFT if not behind else _SHORT - 2 if people and verb_behind else _BESIDE)
    if behind and around.opens_with_modifier:
        ahead = _last_verb(ahead)
    behind += around.bracket(behind)
    if not left and around.taken(previous):
        ahead = previous.ahead if len(previous.ahead) <= _SHORT else _governing_verb(previous.ahead)
    if not ahead and behind and (among := _AMONG.search(around.text[max(0, around.figure.start - 24) : around.figure.start])):
        behind += "".join(w.text for w in _nouns_at_end(words(among[1])))
    if around.between[:1] in _words_of("link") and not any(w.is_verb for w in left):
        ahead = _governing_verb(previous.ahead) + ahead
    if ahead in _words_of("lasting"):
        ahead = f"{previous.base}{ahead}"
    base = f"{ahead}{behind}" or previous.base
    if not base and all(w.text in _words_of("drop") | _words_of("per") for w in left) and not around.names_place:
        base = _phrase_ahead(around.clause_before(), limit=_LEFT)
    return _Named(ahead, behind, f"{_per(left)}{base}"[:LONGEST])


def _per(left: list[Word]) -> str:
    """每年, 每户: what an amount is reckoned by."""
    return next((w.text for w in reversed(left) if w.text in _words_of("per") and w.text.startswith("每")), "")


def _share(left: list[Word], figure: Figure, previous: _Named) -> _Named | None:
    """Shares and rates are of what the figure before them measures: 占目标任务的115.83%, 年均增长11.4%."""
    phrase = "".join(w.text for w in left)
    if not previous.base:
        return None
    if phrase.startswith("占"):
        part = phrase.removeprefix("占").rstrip("的")
        return _Named(previous.ahead, "", f"{previous.base}{part}"[:LONGEST])
    if figure.kind is Kind.RATIO and phrase in ("的", ""):
        return _Named(previous.ahead, "", f"{previous.base}比例"[:LONGEST])
    if figure.kind is Kind.RATE and left and _only(left, "change"):
        part = "".join(w.text for w in left if w.text not in _words_of("drop"))
        return _Named(previous.ahead, "", f"{previous.base}{part}"[-LONGEST:])
    return None


def _is_change(word: str) -> bool:
    return word in _words_of("change") and word not in ("增长", "年均", "同比", "环比")


def _only(left: list[Word], kind: str) -> bool:
    """Whether words say how, not what: all in one list of the lexicon, or adverbs and particles."""
    known = _words_of(kind) | _words_of("drop")
    return any(w.text in _words_of(kind) for w in left) and all(w.text in known or w.tag[:1] in "dpuxa" for w in left)


def _modifies(left: list[Word]) -> bool:
    """Whether the words before a figure describe what stands behind it: 全省首批培训券发放三个试点."""
    return len(left) > 1 and left[-1].tag == "vn"


def _begins_anew(figure: Figure, left: list[Word], right: list[Word], joins: bool) -> bool:
    """铺设沥青160米解决了难题: a verb behind a figure that closes its phrase begins another."""
    if not right or right[0].text in _words_of("link"):
        return True
    closed = len(left) > 1 and left[-1].is_noun and not _modifies(left) and figure.unit not in _words_of("people")
    measured = figure.kind not in (Kind.COUNT, Kind.OTHER, Kind.DURATION)
    return _starts_with_verb(right) and (closed or measured) and (joins or not _is_compound(right))


def _starts_with_verb(right: list[Word]) -> bool:
    first = next((w for w in right if w.tag != "d"), None)
    return first is not None and (first.is_verb or first.tag in ("t", "c", "vn"))


def _is_compound(right: list[Word]) -> bool:
    """就业奖补, 创业贷款: a verb and a noun that make one name, with nothing behind."""
    return 1 < len(right) <= 3 and sum(len(w.text) for w in right) <= 6


def _phrase_ahead(left: list[Word], limit: int) -> str:
    """The last verb with its object, or the last noun phrase, within a number of characters."""
    left = _behind_copula(_without_list(left))
    drop = _words_of("drop") | frozenset(w for w in _words_of("per") if w.startswith("每")) | frozenset(_QUOTES)
    while left and (left[-1].text in drop or left[-1].tag in _PARTICLES):
        left = left[:-1]
    if left and left[-1].text in _words_of("circumstance"):
        return ""
    inner = max((i for i, w in enumerate(left) if w.text in _words_of("circumstance") and i > 0), default=-1)
    left = left[inner + 1 :]
    kept: list[str] = []
    size = 0
    for word in reversed(left):
        if word.text in drop or word.tag in _PARTICLES:
            continue
        counted = word.tag == "m" and bool(_NUMERAL.search(word.text))
        if word.text in _words_of("cause") or (word.tag in ("p", "x", "r", "q") and word.text not in _words_of("link")) or counted:
            break
        if is_person_name(word) or (word.tag == "s" and kept):
            break
        size += len(word.text)
        if size > limit and kept:
            break
        kept.append(word.text)
    while kept and kept[-1] in _words_of("link"):
        kept.pop()
    return "".join(reversed(kept))[-limit - 4 :]


def _behind_copula(left: list[Word]) -> list[Word]:
    """提升为更严格的间距2米: what is measured stands behind 为."""
    at = max((i for i, w in enumerate(left) if w.text in ("为", "是", "成为")), default=-1)
    rest = left[at + 1 :]
    return rest if at >= 0 and any(w.is_noun for w in rest) else left


def _without_list(left: list[Word]) -> list[Word]:
    """引进甲公司、乙公司等15家企业: of a list closed by 等 only the verb that governs it is kept."""
    closing = next((i for i, w in enumerate(left) if w.text in ("等", "等等")), None)
    if closing is None or not any(w.text in _words_of("link") or w.text in _QUOTES for w in left[:closing]):
        return left
    verbs = []
    for word in left[:closing]:
        if not (word.is_verb or word.tag == "vn" or word.tag in _PARTICLES or word.text in _words_of("drop")):
            break
        verbs.append(word)
    return [*verbs, *left[closing + 1 :]]


def _phrase_behind(right: list[Word], *, nouns_only: bool = False, one_verb: bool = True) -> str:
    """The nouns behind a figure with what modifies them, and the verb that follows with its object."""
    drop = _words_of("drop") | _words_of("change")
    if right and (right[0].text in _words_of("change") or right[0].text in _words_of("circumstance")):
        return ""
    kept: list[Word] = []
    verb = relative = quoted = False
    for i, word in enumerate(right):
        if word.text in _OPENING_QUOTES and _quotes_list(right[i + 1 :]):
            break
        quoted = word.text in _OPENING_QUOTES or (quoted and word.text not in _QUOTES)
        if word.text in _QUOTES or (i == 0 and word.text == "制"):
            continue
        if word.text == "的":
            if kept and kept[-1].is_noun and not relative:
                break
            continue
        if word.text == "有":
            relative = True
        if word.text == "地" and kept:
            kept.pop()
        if word.text == "、" and kept and kept[-1].tag[:1] == "n":
            break
        if (_ends_phrase(word, i) and not quoted) or (nouns_only and word.tag[:1] not in "nj") or (i > 0 and is_person_name(word)):
            break
        if word.text in _words_of("light"):
            continue
        relative = relative or (word.is_verb and not kept)
        closes = i + 2 == len(right) and right[i + 1].is_noun
        if word.is_verb and not one_verb and any(w.is_noun for w in kept) and not closes:
            break
        if word.tag == "uz" and verb:
            kept.pop()
            break
        manner = word.tag in (*_PARTICLES, "ad") and len(word.text) < 3
        if (word.text in drop and word.text != "有") or manner:
            if verb or (kept and word.tag in ("d", "ad")):
                break
            continue
        if (verb and word.is_verb) or sum(len(w.text) for w in kept if verb) > _RIGHT:
            break
        verb = verb or (word.is_verb and any(w.is_noun for w in kept))
        kept.append(word)
    return _shortened(kept)


def _quotes_list(row: list[Word]) -> bool:
    """Whether what is quoted is a list: 发挥“人熟、地熟、情况熟”优势."""
    closing = next((i for i, w in enumerate(row) if w.text in _QUOTES), len(row))
    return any(w.text in ("、", ",", "，") for w in row[:closing])


def _shortened(kept: list[Word]) -> str:
    """A phrase within its length: of long nouns the last ones, of what follows the verb the first."""
    while kept and kept[-1].text in _words_of("link") | _words_of("circumstance"):
        kept = kept[:-1]
    verb = next((i for i, w in enumerate(kept) if w.is_verb and i > 0), len(kept))
    while sum(len(w.text) for w in kept[:verb]) > _RIGHT - 4 and verb > 1:
        kept, verb = kept[1:], verb - 1
    while sum(len(w.text) for w in kept) > _RIGHT and len(kept) > 1:
        kept = kept[:-1]
    return "".join(w.text for w in kept)


def _ends_phrase(word: Word, i: int) -> bool:
    linked = word.text in _words_of("link")
    if word.text in ("是", "为", "在", "等", "之一", "地", "与"):
        return True
    return (word.tag in ("x", "m", "r") or (word.tag in ("p", "c") and i > 0 and word.text != "被")) and not linked


def _nouns_at_end(row: Sequence[Word]) -> list[Word]:
    found: list[Word] = []
    for word in reversed(row):
        if not word.is_noun:
            break
        found.insert(0, word)
    return found


def _governing_verb(phrase: str) -> str:
    """The last verb of a phrase that something follows, or its only one: 下设 in 社区党委下设党支部."""
    row = words(phrase)
    verbs = [w for w in row if w.is_verb or w.tag == "vn"]
    inner = [w for w in verbs if w.end < len(phrase)] or verbs
    return phrase[inner[-1].start : inner[-1].end] if inner else ""


def _last_verb(phrase: str) -> str:
    """新建 in 依托新建的13座大棚: what describes the noun behind the figure."""
    verbs = [w for w in words(phrase) if w.is_verb or w.tag == "vn"]
    return phrase[verbs[-1].start : verbs[-1].end] if verbs else ""


def _shared_heads(text: str, figures: Sequence[Figure], named: Sequence[_Named]) -> list[str]:
    """A head that stands behind the last figure of a list is that of each: 迁出地8项、迁入地15项权益."""
    bases = [name.base for name in named]
    for i in range(len(figures) - 2, -1, -1):
        gap = text[figures[i].end : figures[i + 1].start]
        follows = named[i + 1].behind
        if gap[:1] == "、" and len(gap) <= 10 and not named[i].behind and follows and figures[i].unit == figures[i + 1].unit:
            bases[i] = f"{named[i].ahead}{follows}"[:LONGEST]
    return bases


def _with_counter(base: str, figure: Figure) -> str:
    """搬迁群众 in 户 and in 人 are two measures: 搬迁群众户数, 搬迁群众人数."""
    if figure.kind is Kind.RATE and any(base.endswith(w) for w in _words_of("change") if _is_change(w)):
        return f"{base}幅度"
    counter = _counters().get(figure.unit, "")
    if not counter and not base and figure.kind is Kind.COUNT:
        return f"{figure.unit}数"
    if not counter or base.endswith((counter, "数", "总量", "时间", "年限", "期限", "时长")):
        return base
    return f"{base}{counter}"
