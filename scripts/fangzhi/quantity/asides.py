"""Stretches of a text whose numerals state no figure: names, addresses, times of day, ranks, table heads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fangzhi.quantity.expression import CHINESE

_SPEECH = re.compile(r"[,。:!?;]")
_QUOTED = re.compile(
    r"“[^“”]{1,12}”|‘[^‘’]{1,12}’|「[^「」]{1,12}」|《[^《》]{1,60}》|“[一二两三四五六七八九十][^“”,。;]{1,24}”"
    r"|“[^“”]{1,20}”(?=模式|机制|工程|行动|计划|平台)"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"'，。；、）)】”]+|(?:%[0-9a-f]{2}){2,}")
_DAY_PART = (
    "(?:凌晨|清晨|清早|早上|早晨|上午|中午|正午|午间|午后|下午|傍晚"
    "|晚上|晚间|入夜|夜里|夜间|深夜|半夜|午夜|[今当昨每][早晚]|早|晚)"
)
_HOUR = r"(?:[01]?\d|2[0-4]|二十[一二三四]?|十[一二]?|[一二两三四五六七八九])"
_MINUTE = (
    r"(?:(?:[0-5]?\d|[二三四五]?十[一二三四五六七八九]?|零?[一二三四五六七八九])分|[0-5]\d"
    rf"|[{CHINESE}]{{1,3}}(?=[,。;、的许左])|半|整|钟|多|许|一刻|三刻)"
)
_WITH_PART = rf"{_DAY_PART}的?约?{_HOUR}[点时](?!代|期|间)(?:{_MINUTE})?"
_WITH_MINUTES = rf"(?<![\d.{CHINESE}]){_HOUR}[点时](?:[0-5]?\d分(?!钟)|半(?!成)|整|钟)"
_COLON = r"(?:[01]?\d|2[0-4]):[0-5]\d"
_CLOCK = re.compile(
    rf"(?:{_WITH_PART}|{_WITH_MINUTES}|(?<![\d:.]){_COLON}(?![\d:%]|的?比例))"
    rf"(?:(?:至|到|[-—~–])(?:次日|第二天|{_DAY_PART})?(?:{_HOUR}[点时](?:{_MINUTE})?|{_COLON}))?"
)
_TABLE_UNIT = re.compile(
    r"(?:(?<![\u4e00-\u9fff])单位|(?:计量|金额|数量|货币|面积|产量|价格|长度)单位)"
    r"[ 　]*[::为是][^\n,。;)]{1,16}"
    r"|[((][十百千万亿]{1,2}[\u4e00-\u9fff/]{1,4}[))]"
)
_RANK = re.compile(
    r"(?<![最向往朝])(?:前|后|倒数)第?(?:\d{1,3}|[一二两三四五六七八九十百]{1,3})(?:[名位强甲](?!工人|职工|学生|员工)"
    r"|个(?!月|半|多|季度|小时|星期|工作日|交易日|学期|年)|大(?=股东|客户)|(?=[,。;]|的(?!\d)))"
    r"|(?:排名|名次|名列|位列|位居|排在|列|居)第?(?:\d{1,3}|[一二三四五六七八九十百]{1,3})(?:名|位)?(?=[,。;、)]|$)"
)
_NAMED = ((_ADDRESS, "address"), (_CLOCK, "clock"), (_TABLE_UNIT, "table unit"), (_RANK, "rank"))


_MYRIADS = re.compile("亿万")


@dataclass(frozen=True)
class LeftAside:
    """A numeral that was not taken as a figure: the key of the reason, and the word it is part of."""

    start: int
    end: int
    reason: str
    word: str = ""


def myriads(folded: str) -> Iterator[LeftAside]:
    """亿万: what is no number to begin with."""
    for match in _MYRIADS.finditer(folded):
        yield LeftAside(*match.span(), "vague")


def spans_aside(folded: str) -> Iterator[tuple[int, int, str]]:
    """Stretches of a folded text whose numerals state no figure, with the reason."""
    for match in _QUOTED.finditer(folded):
        if not _SPEECH.search(match[0][1:-1]) or match[0][0] == "《":
            yield *match.span(), "name"
    for pattern, reason in _NAMED:
        for match in pattern.finditer(folded):
            yield *match.span(), reason
