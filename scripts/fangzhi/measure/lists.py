"""Lists of figures whose names lie apart from them: 分别, and labels that share what is measured."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from fangzhi.measure.around import Around, Figure, Named
from fangzhi.measure.tokens import phrase_words
from fangzhi.measure.vocabulary import words_of
from fangzhi.model.codes import Kind
from fangzhi.text.words import Word, words

_RESPECTIVE = re.compile(r"([^,。;:!?\n]*)分别([^\d,。;:!?\n]{0,6})$")
_JOINED = re.compile(r"[、和与及,]+")
_EACH = re.compile(r"[,、](平均每[\u4e00-\u9fff]{1,3}|[户人亩]均)[达为约近超]?$")
_UPMOST = re.compile("最[高多长低][可能达至约为不超过低于]{0,5}$")
_REACH = 60


def respective(text: str, figures: Sequence[Figure], bases: Sequence[str]) -> list[str]:
    """Of 甲和乙分别下降12%和9% the second figure is the second item's; else what the figures have.

    Where the clause names no items, they are the measures of as many figures before.
    """
    found = list(bases)
    i = 0
    while i < len(figures):
        match = _RESPECTIVE.search(text[max(0, figures[i].start - _REACH) : figures[i].start])
        size = _run(text, figures, i) if match else 1
        if match and size > 1:
            told = bases[i - size : i] if _alike(text, figures, i, size) else ()
            items = next((row for row in _items(match[1]) if len(row) == size), told)
            if len(items) == size:
                found[i : i + size] = [f"{item}{_change(match[2])}" for item in items]
        i += size
    return found


def _alike(text: str, figures: Sequence[Figure], i: int, size: int) -> bool:
    """Whether as many figures of one unit stand before in the sentence: 甲3万元、乙2万元，分别增长."""
    before = figures[max(0, i - size) : i]
    stretch = text[before[0].start : figures[i].start] if len(before) == size else "。"
    return len({figure.unit for figure in before}) == 1 and not re.search("[。!?\n]", stretch)


def _run(text: str, figures: Sequence[Figure], i: int) -> int:
    """How many figures from one on are joined by 和 or 、 alone."""
    end = i + 1
    while end < len(figures) and _JOINED.fullmatch(text[figures[end - 1].end : figures[end].start]):
        end += 1
    return end - i


def _items(text: str) -> list[list[str]]:
    """交通事故起数 and 死亡人数 of 交通事故起数和死亡人数; of 制造业、酒和饮料业 also what 、 alone parts."""
    known = words_of("drop") | words_of("compare")
    kept = [w for w in phrase_words(text, 0, len(text)) if w.text not in known]
    return [_parted(kept, words_of("link")), _parted(kept, frozenset("、"))]


def _parted(row: Sequence[Word], signs: frozenset[str]) -> list[str]:
    items, item = [], ""
    for word in row:
        if word.text in signs:
            items.append(item)
            item = ""
        else:
            item += word.text
    return [item for item in [*items, item] if item]


def _change(text: str) -> str:
    return "".join(w.text for w in words(text) if w.text not in words_of("drop"))


def like(around: Around, said: Sequence[Named], previous: Named) -> Named:
    """The last figure of the sentence in the same unit, else the one before: what one without words takes."""
    if not re.search("[,;:]", around.between):
        return previous
    return next((name for name in reversed(said) if name.unit == around.figure.unit), previous)


def of_average(around: Around, said: Sequence[Named]) -> Named | None:
    """平均每户发放贷款 in 为20户发放贷款300万元，平均每户15万元: what is shared out was told with its sum."""
    each = _EACH.search(around.between)
    shared = next((name for name in reversed(said) if name.unit == around.figure.unit), None)
    if not each or not shared or around.right():
        return None
    return Named(shared.ahead, "", f"{each[1]}{shared.base}", level=f"{each[1]}{shared.base}")


def with_amount(around: Around, left: list[Word], base: str, alike: Named) -> str:
    """养老护工 in 月工资月嫂6000元、养老护工3000元 is a label: the 月工资 is told once, with the first."""
    between = around.between
    money = around.figure.kind is Kind.MONEY and between[:1] == ","
    listed = (
        money
        or between[:1] == "、"
        or _UPMOST.search(between)
        or (between[:1] == "," and between[-1:] in ("为", "约", "则"))
    )
    label = bool(left) and all(w.tag[:1] in "nmbjx" or w.text in words_of("drop") for w in left)
    if not listed or not label or alike.unit != around.figure.unit or _amount(words(base)):
        return base
    return f"{base}{_amount(words(alike.base))}"


def label_first(previous: Named, name: Named) -> Named:
    """月嫂月工资 for 月工资月嫂, once the next of the list has shown that 月嫂 is a label."""
    amount = _amount(words(name.base))
    label = previous.base.removeprefix(amount)
    shared = amount and name.base == f"{name.ahead}{amount}" and 0 < len(label) < len(previous.base)
    return replace(previous, base=f"{label}{amount}") if shared else previous


def _amount(row: Sequence[Word]) -> str:
    """The noun of an amount in a phrase, with what goes before it in the same word: 月工资, 平均时间."""
    found = [i for i, w in enumerate(row) if w.text.endswith(tuple(words_of("amount")))]
    if not found:
        return ""
    averaged = [i for i, w in enumerate(row[: found[-1]]) if w.text == "平均"]
    start = averaged[-1] if averaged else found[-1]
    while start and row[start - 1].text in ("月", "年", "日"):
        start -= 1
    return "".join(w.text for w in row[start : found[-1] + 1])
