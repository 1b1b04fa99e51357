"""Whether 一 counts: 仅一名 and 水塔一座 do, 一名网格员 and 有一天 do not."""

from __future__ import annotations

import re

from fangzhi.model.codes import Kind
from fangzhi.quantity.around import Sentence
from fangzhi.quantity.expression import Expression
from fangzhi.quantity.units import Unit

_ONLY = re.compile(
    r"(?:其中|[仅只]|唯一的?|就剩|剩下|唯有|有且|至少|最多|不到|共计?|总共|(?<!不)少了?|(?<![许很不])多了?|增加|[减降增]少?[至到为]|各|每户|每人|每村|每家|每月|每年|每周|每天|每日|每季度?|每学期)"
    r"(?:[有需要用剩上设配开建种养出版来]{1,2}|为了?|产生|安排|配备|新增|保留)?(?:了)?$"
    r"|每[^,。;]{1,8}就有$"
)
_ONLY_HERE = re.compile(r"(?:只有|仅有|只剩|仅剩|唯有|就剩|的是)[\u4e00-\u9fff]{1,8}$")
_HURT = re.compile(
    r"[\u4e00-\u9fff]{0,8}?(?:死亡|遇难|受伤|失踪|被困|身亡|溺亡|丧生|重伤|轻伤|遇害|罹难|殉职|牺牲|确诊|病例)"
)
_PEOPLE = frozenset("名人位例个")
_ENDS = re.compile(r"(?:[,。;、)!?\n]|和|及|以及|$)")
_LIST_BEHIND = re.compile(r"[\u4e00-\u9fff]{1,6}?[和、及与][一两二三四五六七八九十\d]+[^些般样起\W]")
_LIST_AHEAD = re.compile(
    r"[一两三四五六七八九十\d]+[个名部架辆台只枚把件套支间座张][\u4e00-\u9fff]{1,6}[和、及与]$"
)
_SEVERAL = frozenset("出幕环线批群面点类种代步段层块片股伙些样番度世身角站路手级")
"""What 一 stands before behind a noun without counting it: 重要一环, 抗疫一线."""
_AT_ONCE = re.compile("次(?:可|能|性)")
_CASE = re.compile(r"[\u4e00-\u9fff]{0,10}?(?:案|事|火灾|纠纷|交通|车祸)|[,。;、)]")
_SPENT = re.compile(r"[有是在到成等像说见来了]$")
_AGAIN = re.compile(r"(一[\u4e00-\u9fff])[^和及与]{0,6}\1")
"""发现一处，整治一处: what is told twice is told of each."""
_EACH_AHEAD = re.compile(r"[,、][\u4e00-\u9fff]{1,4}一[\u4e00-\u9fff]")
_EACH_BEHIND = re.compile(r"一[\u4e00-\u9fff][,、][\u4e00-\u9fff]{1,4}$")
_TIME_UNITS = (Kind.DURATION,)
_NO_LENGTH = re.compile(r"(?:[有某那这同哪头前后隔次每新第是如]|[的之年月]|终于|突然)$")
_LENGTH = re.compile(
    r"(?:长达|为期|历时|经过|最[短长快多少]|不到|不足|超过|接近|提前|推迟|延长|缩短|连续|持续|坚持|耗时|用时|逾|约|近|达|满|整|足|[要需花用共过了近足待住]|只)(?:也要|只要|需要|了)?$"
)
_LENGTH_BEHIND = re.compile(
    r"(?:时间|[之以]?内|里完|左右|以上|多|半|之久|的(?!时候|是|天|早|晚|下午|上午|夏|冬|春|秋)|[,。;、)!?\n]|$)"
)
_SCORED = re.compile(r"(?:得|扣|差|丢|加|减|领先|落后|输|赢|胜|[^\u4e00-\u9fff])[^,。;]{0,6}$")


def counts_one(sentence: Sentence, found: Expression, unit: Unit) -> bool:
    """Whether 一 before a unit is a count of one."""
    left = sentence.left(found.start, 14)
    if unit.kind in _TIME_UNITS:
        return _lasts(sentence, found, left)
    if unit.kind is Kind.OTHER:
        return unit.written != "分" or bool(_SCORED.search(left))
    if unit.kind is not Kind.COUNT or not unit.written:
        return True
    return _is_count(sentence, found, unit, left)


def _is_count(sentence: Sentence, found: Expression, unit: Unit, left: str) -> bool:
    text, end = sentence.text, found.end
    ends = _ENDS.match(text, end) is not None
    if _AT_ONCE.match(text, end - 1) or _AGAIN.match(text, found.start):
        return False
    if unit.written == "起" and not _CASE.match(text, end):
        return False
    if _ONLY.search(left) or (ends and _ONLY_HERE.search(left)):
        return True
    if unit.written in _PEOPLE and _HURT.match(text, end, end + 14):
        return True
    if _LIST_BEHIND.match(text, end, sentence.end) or _LIST_AHEAD.search(left):
        return True
    if ends and unit.written in _PEOPLE and _follows_verb(sentence, found):
        return True
    return ends and unit.written not in _SEVERAL and _follows_noun(sentence, found)


def _follows_verb(sentence: Sentence, found: Expression) -> bool:
    """拘捕一人: at the end of a clause one person or case is a count; 就业一人、脱贫一户 is a saying."""
    text, start = sentence.text, found.start
    if _EACH_AHEAD.match(text, found.end) or _EACH_BEHIND.search(
        text[max(sentence.start, start - 8) : start]
    ):
        return False
    behind = sentence.behind(found.start, 1)
    return bool(behind) and behind[0].is_verb and not _SPENT.search(behind[0].text)


def _follows_noun(sentence: Sentence, found: Expression) -> bool:
    """水塔一座, 广场两个: behind its noun a classifier counts."""
    behind = sentence.behind(found.start, 1)
    return bool(behind) and behind[0].end == found.start and behind[0].tag in ("n", "nz", "nt")


def _lasts(sentence: Sentence, found: Expression, left: str) -> bool:
    """Whether 一天 or 一年 is a length of time: 跟岗一年, 一个月的课; 有一天 and 新的一年 tell when."""
    if _NO_LENGTH.search(left):
        return False
    if _LENGTH.search(left):
        return True
    behind = sentence.behind(found.start, 1)
    ahead = sentence.ahead(found.end, 1)
    spent = behind and behind[0].is_verb and not _SPENT.search(behind[0].text)
    if spent and ahead and ahead[0].start == found.end and ahead[0].tag == "n":
        return True  # 请一个星期假
    if not _LENGTH_BEHIND.match(sentence.text, found.end):
        return False
    return not behind or behind[0].tag not in ("m", "q", "t", "r")
