"""All rules of the audit: each reads an article's ledger and tells the relations that it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from fangzhi.audit import areas, gains, growth, parts, products, rates, shares, stocks, sums
from fangzhi.audit.ledger import Ledger
from fangzhi.audit.relation import Relation


class Rule(NamedTuple):
    """A rule, and a text with the check that it makes of it: ``kind inputs -> reported verdict``."""

    find: Callable[[Ledger], Iterator[Relation]]
    example: str
    check: str


RULES: tuple[Rule, ...] = (
    Rule(
        shares.shares_of_base,
        "全市完成培训231679人，占全年目标任务200000人的115.83%。",
        "share 231679 200000 -> 115.83 rounding",
    ),
    Rule(
        shares.shares_among,
        "全市党员总数为40万名。其中，女党员10.4万名，占26%。",
        "share 104000 400000 -> 26 holds",
    ),
    Rule(
        shares.multiples,
        "电话用户达到540万户，是十年前180万户的3倍。",
        "share 5400000 1800000 -> 3 holds",
    ),
    Rule(
        growth.changes,
        "全县贫困人口从2016年的8000人减少到2019年的500人，减少了93.75%。",
        "growth 500 8000 -> 93.75 holds",
    ),
    Rule(
        gains.gains,
        "景区接待游客57.5万人次，比上年增加7.5万人次，增长15%。",
        "growth 575000 75000 -> 15 holds",
    ),
    Rule(sums.sums_behind, "新建村级活动室18个、社区活动室7个，共25个。", "sum 18 7 -> 25 holds"),
    Rule(
        sums.sums_ahead,
        "全校共有教师250人，其中男教师130人、女教师110人。",
        "sum 130 110 -> 250 contradicts",
    ),
    Rule(sums.sums_in_brackets, "全县新建公厕7座（东镇5座，西镇2座）。", "sum 5 2 -> 7 holds"),
    Rule(sums.remainders, "计划内项目26个，已完工5个，余下21个留待明年。", "sum 5 21 -> 26 holds"),
    Rule(
        products.products,
        "合作社96户社员户均分红1.5万元，分红总额达144万元。",
        "product 96 15000 -> 1440000 holds",
    ),
    Rule(rates.rates, "抽检食用油214批次，合格211批次，合格率98.6%。", "share 211 214 -> 98.6 holds"),
    Rule(
        rates.surpluses,
        "列车定员234.6万人，日均实际发送295.6万人，超过定员26%。",
        "growth 2956000 2346000 -> 26 holds",
    ),
    Rule(
        rates.shares_of_named,
        "全年茶叶总产量48万吨。仓库扩建以后，储藏能力达到30万吨，占茶叶总产量的62.5%。",
        "share 300000 480000 -> 62.5 holds",
    ),
    Rule(
        stocks.stocks,
        "全市累计报告病例42例。累计治愈出院28例，死亡2例。现有在院病例12例。",
        "difference 42 28 2 -> 12 holds",
    ),
    Rule(
        parts.parts_of_named,
        "全市完成工业投资63.8亿元，同比增长6.6%。从隶属关系看，中直投资完成50.2亿元，下降3.9%；"
        "地方投资完成13.6亿元，增长77.9%。",
        "sum 5020000000 1360000000 -> 6380000000 holds",
    ),
    Rule(
        parts.runs,
        "查出隐患1386处，其中道路隐患912处，桥梁隐患474处，已立牌警示。",
        "sum 912 474 -> 1386 holds",
    ),
    Rule(
        areas.area_sums,
        "暴雨造成清河县受灾户数120户。葛仙庄镇受灾70户。连庄镇受灾50户。",
        "sum 70 50 -> 120 holds",
    ),
)
"""In the order in which they are asked: what an earlier one tells of some figures, a later one does not."""
