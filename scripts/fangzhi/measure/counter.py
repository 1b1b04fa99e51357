"""What the unit of a figure adds to its measure: 户数, 人数, 时长, 幅度."""

from __future__ import annotations

from fangzhi.measure.around import Figure
from fangzhi.measure.vocabulary import is_person_noun, noted, reckoned_by, words_of
from fangzhi.model.codes import Kind
from fangzhi.text.words import words

_SHORT = 8
"""Characters of a phrase in which a closing verb leaves unsaid that it is of an amount."""


def with_counter(base: str, figure: Figure) -> str:
    """搬迁群众 in 户 and in 人 are two measures: 搬迁群众户数, 搬迁群众人数."""
    if name := _alone(base, figure):
        return name
    if figure.kind is Kind.RATE and base.endswith(tuple(words_of("turn"))):
        return f"{base}幅度"
    if figure.unit == "级":
        return next((f"{base}{note}" for word, note in noted("scale").items() if base.endswith(word)), base)
    if figure.kind is Kind.MONEY and base in words_of("paid"):
        return f"{base}金额"
    if base.endswith(tuple(words_of("turn"))):
        return base
    unit = figure.unit.removesuffix("时间")
    counter = noted("counter").get(unit, "人数" if is_person_noun(unit) else "")
    if not counter and not base and figure.kind is Kind.COUNT:
        return f"{figure.unit}数"
    if not counter:
        return with_head(base, figure.kind)
    if figure.kind is Kind.DURATION and base.endswith(tuple(words_of("duration_head"))):
        return base  # 还款期, 教龄
    if base.endswith((counter, *words_of("quantity"), noted("itself").get(figure.unit, counter))):
        return base
    return f"{base}数" if counter == "人数" and base.endswith("人口") else f"{base}{counter}"


def _alone(base: str, figure: Figure) -> str:
    """金额, 功率: what a figure is where no words say it, by its unit or kind; 得分 for 砍下38分 too."""
    if base and (figure.unit != "分" or any(w.is_noun for w in words(base))):
        return ""
    known = noted("alone")
    return known.get(figure.unit) or (known.get(figure.kind.value, "") if not base else "")


def figure_of_scale(figure: Figure, noun: str) -> bool:
    """Whether a figure is a degree of something that has a scale: 4.9级地震."""
    return figure.unit == "级" and noun.endswith(tuple(words_of("scale")))


def with_head(base: str, kind: Kind) -> str:
    """新增店面 in 间 is 新增店面数, 流转土地 in 亩 流转土地面积: the noun that a column's header ends in."""
    if kind is Kind.MONEY:
        return _in_money(base)
    head = noted("head").get(kind.value, "")
    heads = words_of(f"{kind.value}_head")
    if not head or base.endswith(tuple(heads)) or any(len(word) > 1 and word in base for word in heads):
        return base
    return f"{base}{head}"


def _in_money(base: str) -> str:
    """春茶收入 in 春茶卖了7万元, 每公斤价格 in 每公斤26元, 续贷金额 in 续贷600万元."""
    row = words(base)
    if not row:
        return base
    last = row[-1]
    priced = any(base.startswith(per) for per in reckoned_by())
    if name := noted("earned").get(last.text):
        return f"{base[: last.start]}{'价格' if priced and name == '收入' else name}"
    spoken = last.is_verb and len(base) <= _SHORT and not base.endswith(tuple(words_of("amount")))
    return f"{base}金额" if spoken and last.text not in words_of("change") else base
