"""What the unit of a figure adds to its measure: 户数, 人数, 时长, 幅度."""

from __future__ import annotations

from fangzhi.measure.around import Figure
from fangzhi.measure.vocabulary import is_person_noun, noted, words_of
from fangzhi.model.codes import Kind


def with_counter(base: str, figure: Figure) -> str:
    """搬迁群众 in 户 and in 人 are two measures: 搬迁群众户数, 搬迁群众人数."""
    if figure.kind is Kind.RATE and base.endswith(tuple(words_of("turn"))):
        return f"{base}幅度"
    if figure.unit == "级":
        return next((f"{base}{note}" for word, note in noted("scale").items() if base.endswith(word)), base)
    if figure.kind is Kind.MONEY and base in words_of("paid"):
        return f"{base}金额"
    if base.endswith(tuple(words_of("turn"))):
        return base
    counter = noted("counter").get(figure.unit, "人数" if is_person_noun(figure.unit) else "")
    if not counter and not base and figure.kind is Kind.COUNT:
        return f"{figure.unit}数"
    if not counter:
        return with_head(base, figure.kind)
    if base.endswith((counter, *words_of("quantity"), noted("itself").get(figure.unit, counter))):
        return base
    return f"{base}数" if counter == "人数" and base.endswith("人口") else f"{base}{counter}"


def with_head(base: str, kind: Kind) -> str:
    """新增店面 in 间 is 新增店面数, 流转土地 in 亩 流转土地面积: the noun that a column's header ends in."""
    head = noted("head").get(kind.value, "")
    if not head or base.endswith(tuple(words_of(f"{kind.value}_head"))):
        return base
    return f"{base}{head}"
