"""Names in quotation marks, alone or in a row, with the words for their kind: “234”机制, “A”“B”等品牌."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fangzhi.model.codes import SystemKind
from fangzhi.system.formula import declared_count, is_formula, leading_count
from fangzhi.system.lists import inner_items
from fangzhi.system.model import NamedSystem, Passage, Span
from fangzhi.system.vocabulary import Kind, closing_kind, is_founding, is_governing, opens_name, role
from fangzhi.text.words import Word, words

_QUOTE = r"“[^“”\n。!?]{1,60}”"
_ROW = re.compile(rf"{_QUOTE}(?:(?:、|,|和|及|与|以及|或)?{_QUOTE}){{0,19}}")
_ONE = re.compile(_QUOTE)
_LINK = re.compile(r"(?:……|等等|等)?(?:的)?(?:一系列|一批|各项|多种|多个|各类)?")
_COLLECTIVE = re.compile(
    r"(?:[二两三四五六七八九十双]|\d{1,2})(?:[个项大条种类张支重级道步]|(?<=双)[\u4e00-\u9fff])"
)
_BREAKS = ("x", "p", "c", "u", "ul", "uj", "uz", "d", "m", "r", "t", "f")
#: A plan may run for years: “甲”三年行动计划.
_YEARS = re.compile(r"[一二两三四五六七八九十\d]+年(?!级|度|代)")
_REACH = 14
#: What stands behind a quoted list is a name by itself from so many characters on: 四步程序, but not 双保险.
_LEAST = 4
#: What is quoted in so few characters is a name only with the noun behind it: “手牵手”志愿者.
SHORT = 3
#: How far a verb may stand before the quoted name it sets up, in characters.
_NEAR = 8
_ADVERBIAL = frozenset(("全面", "持续", "继续", "不断", "积极", "大力", "深入", "扎实", "认真"))


def quoted_systems(passage: Passage) -> Iterator[NamedSystem]:
    """The systems named in quotation marks."""
    for row in _ROW.finditer(passage.folded):
        quotes = [m.span() for m in _ONE.finditer(passage.folded, row.start(), row.end())]
        yield from _read_row(passage, quotes)


def titled_systems(passage: Passage) -> Iterator[NamedSystem]:
    """Documents by title whose last word names a kind: 《…方案》."""
    for match in re.finditer(r"《[^《》\n]{3,60}》", passage.folded):
        if kind := closing_kind(match[0].strip("《》")):
            way = kind.kind is SystemKind.MODEL
            yield _system(passage, match.span(), SystemKind.INSTITUTION if way else kind.kind, None)


def _read_row(passage: Passage, quotes: list[Span]) -> Iterator[NamedSystem]:
    """One system for a row with a common kind word, or each quoted name for itself."""
    end = quotes[-1][1]
    link = _LINK.match(passage.folded, end)
    at = link.end() if link else end
    if collective := _COLLECTIVE.match(passage.folded, at):
        yield from _collective(passage, quotes, collective.start())
        return
    tail, kind = kind_behind(passage, at)
    last = _inner(passage, quotes[-1])
    if len(quotes) == 1 or (is_formula(last) and not is_formula(_inner(passage, quotes[0]))):
        yield from _last(passage, quotes, tail, kind)
        return
    if kind is None or _refused(passage, at):
        yield from _unnamed_row(passage, quotes)
        return
    listed = passage.folded[end:at].startswith(("等", "…"))
    if kind.use != "manner" or not listed:
        bare = passage.folded[end:at] == "的"
        yield _system(passage, (quotes[0][0], end if bare else tail), kind.kind, None, quotes)
    if listed:
        yield from (_system(passage, q, kind.kind, declared_count(_inner(passage, q))) for q in quotes)


def _unnamed_row(passage: Passage, quotes: list[Span]) -> Iterator[NamedSystem]:
    """“议事会”“治保会”“巡逻队”: one system of them all, unless each is a name that stands by itself."""
    if _renowned(passage, (quotes[0][0], quotes[-1][1])):
        yield from (_system(passage, quote, SystemKind.BRAND, None) for quote in quotes)
        return
    found = [system for quote in quotes for system in _single(passage, quote, None)]
    kinds = [closing_kind(_inner(passage, quote)) for quote in quotes]
    if 2 * len(found) < len(quotes) or len(found) < 2 or all(kind and kind.use == "name" for kind in kinds):
        yield from found
    else:
        yield _system(passage, (quotes[0][0], quotes[-1][1]), found[0].kind, None, quotes)


def _last(passage: Passage, quotes: list[Span], tail: int, kind: Kind | None) -> Iterator[NamedSystem]:
    """A single quoted name, or a formula at the end of a row that lists its parts."""
    quote = quotes[-1]
    if kind is None or tail == quote[1]:
        yield from _single(passage, quote, None)
    elif len(_inner(passage, quote)) == 1 or _is_ironic(passage, quote):
        return
    elif kind.use == "manner" and passage.folded[quote[1]] == "等":
        yield from _single(passage, quote, kind)
    else:
        parts = [part for q in quotes[:-1] for part in inner_items(passage, q)]
        declared = declared_count(_inner(passage, quote))
        name = _name(passage, quote, tail, kind)
        told = inner_items(passage, quote) if name[0] > quote[0] else []
        yield _system(
            passage,
            name,
            kind.kind,
            declared,
            parts if declared == len(parts) else told if len(told) > 1 else [],
        )


def _name(passage: Passage, quote: Span, tail: int, kind: Kind) -> Span:
    """What of a quoted phrase and the words behind it is the name.

    “甲”工作机制 is one name; in “甲”品牌 and “甲”的原则 the quoted part is;
    in “甲”的某某培训模式 what follows is.
    """
    link = _LINK.match(passage.folded, quote[1])
    if link is None or not link[0]:
        return quote if kind.kind is SystemKind.BRAND else (quote[0], tail)
    own = [
        w
        for w in words(passage.folded[link.end() : tail])
        if w.text not in role("general") and not closing_kind(w.text)
    ]
    return (link.end(), tail) if link[0] == "的" and sum(len(w.text) for w in own) > 3 else quote


def _collective(passage: Passage, quotes: list[Span], at: int) -> Iterator[NamedSystem]:
    """“A”“B”和“C”三种模式; “县—乡—村”和“专家—指导员—示范户”双三级机制: a row of parts before their number."""
    tail, kind = kind_behind(passage, at, numeral=True)
    if kind is None:
        yield from (system for quote in quotes for system in _single(passage, quote, None))
        return
    declared = leading_count(passage.folded[at:tail])
    inner = [part for q in quotes for part in inner_items(passage, q)]
    parts = next((p for p in (quotes, inner) if len(p) == declared), [])
    whole = len(quotes) == 1 and at == quotes[0][1] and len(parts) > 1 and tail - at < _LEAST
    yield _system(passage, (quotes[0][0] if whole else at, tail), kind.kind, declared, parts)


def _single(passage: Passage, quote: Span, manner: Kind | None) -> Iterator[NamedSystem]:
    """A quoted name with no kind word behind it: a formula, one that closes with its kind, or one set up."""
    inner = _inner(passage, quote)
    if (
        len(inner) == 1
        or inner in role("metaphor")
        or inner in role("common")
        or _refused(passage, quote[1])
        or re.search("[;?!]", inner)
    ):
        return
    own = closing_kind(inner, inner=not re.search("[、,]", inner))
    summed = "+" in inner and len(inner) < 24
    founded = is_set_up(passage, quote[0], _NEAR) and not (
        own is None and re.search("[,]", inner) and not summed
    )
    if own is None and _renowned(passage, quote):
        yield _system(passage, quote, SystemKind.BRAND, None)
    elif is_formula(inner) or summed or founded or manner or (own and len(inner) > 2 and len(inner) < 24):
        kind = own.kind if own else manner.kind if manner else SystemKind.MECHANISM
        bare = own is None and len(inner) <= SHORT and not is_formula(inner)
        name = (quote[0], with_noun(passage, quote[1])) if bare else quote
        yield _system(passage, name, kind, declared_count(inner))


def with_noun(passage: Passage, at: int) -> int:
    """Where the noun right behind an offset ends, which a short quoted word belongs to; else the offset."""
    row = words(passage.masked[at : at + 6])
    return at + row[0].end if row and row[0].tag == "n" and len(row[0].text) > 1 else at


def _is_ironic(passage: Passage, quote: Span) -> bool:
    """Whether what is quoted is an everyday verb with its object behind it: “购买”服务, “把脉”环境整治."""
    row = words(_inner(passage, quote))
    if is_formula(_inner(passage, quote)) or is_set_up(passage, quote[0], _NEAR):
        return False
    after = words(passage.folded[quote[1] : quote[1] + 8])
    return len(row) == 1 and row[0].is_verb and len(row[0].text) == 2 and bool(after) and after[0].is_noun


def _renowned(passage: Passage, quote: Span) -> bool:
    """Whether a quoted name opens a clause and is said to have made its name: “某某蜜柚”入选…产品."""
    row = words(passage.masked[quote[1] : quote[1] + 8])
    said = any(word.text in role("renowned") for word in row[:3])
    return (
        said
        and passage.clause(quote[0])[0] == quote[0]
        and bool(
            re.search("品牌|产品|商标|标志|名录|特产", passage.masked[quote[1] : passage.clause(quote[0])[1]])
        )
    )


def kind_behind(passage: Passage, at: int, numeral: bool = False) -> tuple[int, Kind | None]:
    """The words from an offset on up to the last word for a kind, before a verb, a sign or another clause.

    ``numeral``: a numeral with its classifier, and an adjective with 的, may open them.
    """
    part = passage.masked[at : at + _REACH + 6]
    row = words(part)
    found: tuple[int, Kind | None] = (at, None)
    verb: int | None = None
    for i, word in enumerate(row):
        known = closing_kind(part[: word.end])
        if (word.end > _REACH and not known) or _breaks(row, i, numeral, known):
            break
        if known and (numeral or verb is None or verb == i - 1 or known.use in ("name", "named")):
            found = (at + word.end, known)
        elif opens_name(word.text) and i:
            verb = i
    return found


def _breaks(row: tuple[Word, ...], i: int, numeral: bool, known: Kind | None) -> bool:
    """Whether a word ends the words for a kind that stand before it."""
    word = row[i]
    if i == 0 and word.text in role("parts"):
        return True
    if word.text in ("和", "及", "与", "或", "以及"):
        after = row[i + 1].text if i + 1 < len(row) else ""
        return not (
            i
            and closing_kind(row[i - 1].text)
            and closing_kind(after + (row[i + 2].text if i + 2 < len(row) else ""))
        )
    if word.text in role("predicate") or (word.text in role("carried_out") and _is_rule(row, i)):
        return True
    ends = _ends_name(row, i) and (i > 0 or word.text in role("cause"))
    if not known and (ends or (word.tag == "v" and len(word.text) == 1)):
        return True
    opening = (numeral and i < 4 and word.tag in ("m", "q", "uj")) or (i == 0 and word.tag == "d")
    return word.tag in _BREAKS and not (opening or (i < 2 and _is_term(row)))


def _is_rule(row: tuple[Word, ...], i: int) -> bool:
    """Whether the word before one is of a rule that is carried out: 按某程序办理."""
    return i > 0 and row[i - 1].text in role("rule")


def _is_term(row: tuple[Word, ...]) -> bool:
    """Whether words open with a number of years, the time a plan runs for."""
    return bool(_YEARS.match("".join(word.text for word in row[:2])))


def _ends_name(row: tuple[Word, ...], i: int) -> bool:
    """Whether a verb says what was done and is no part of a name, as it is in 推广体系."""
    word = row[i].text
    inside = word in role("inward") and i + 1 < len(row) and closing_kind(row[i + 1].text)
    return not inside and (is_founding(word) or word in role("cause"))


def is_set_up(passage: Passage, at: int, reach: int = 30) -> bool:
    """Whether a verb that sets up or runs something governs a name at an offset, in its clause and reach."""
    start = max(passage.clause(at)[0] if at else 0, at - 40)
    row = words(passage.masked[start:at])
    for word in reversed(row):
        if at - start - word.end > reach:
            return False
        if is_founding(word.text):
            return True
        if word.tag == "d" and word.text not in _ADVERBIAL and len(word.text) == 1:
            return False
        if is_governing(word.text) and len(word.text) > 1 and word.text not in _ADVERBIAL:
            return False
    return False


def _refused(passage: Passage, at: int) -> bool:
    """Whether what follows says that a quoted phrase is a title of honour, a slogan or an aim."""
    row = words(passage.folded[at : at + 12].lstrip("等的"))[:3]
    return any(
        w.text in role("refuse") and all(x.is_noun or x.tag == "a" for x in row[:i])
        for i, w in enumerate(row)
    )


def _inner(passage: Passage, quote: Span) -> str:
    return passage.folded[quote[0] + 1 : quote[1] - 1]


def _system(
    passage: Passage, span: Span, kind: SystemKind, declared: int | None, parts: list[Span] | None = None
) -> NamedSystem:
    found = tuple(passage.component(_bare(passage, part)) for part in parts or [])
    return NamedSystem(*span, passage.text[slice(*span)], kind, declared, found)


def _bare(passage: Passage, span: Span) -> Span:
    quoted = passage.folded[span[0]] == "“" and passage.folded[span[1] - 1] == "”"
    return (span[0] + 1, span[1] - 1) if quoted else span
