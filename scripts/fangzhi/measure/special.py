"""Figures with a rule of their own for what they measure: shares, changes, ages, times, distances."""

from __future__ import annotations

import re
from itertools import takewhile

from fangzhi.measure.ahead import is_dropped, nouns_at_end, phrase_ahead
from fangzhi.measure.around import Around, Figure, Named
from fangzhi.measure.behind import aim_of, counted_nouns, is_verbal
from fangzhi.measure.tokens import phrase_words
from fangzhi.measure.vocabulary import PARTICLES, is_action, is_numeral, noted, words_of
from fangzhi.model.codes import Kind
from fangzhi.text.words import Word

LONGEST = 24
_LEFT = 16
_TURN = re.compile(r"[一两二三四五六七八九十\d]+(?:次|轮|届|换|回)")
_PART = re.compile(r"^(占|为|完成|达到)(.{2,20})的$")
_REACHED = re.compile(r"(?:(?<!达)[至到]|(?<=[高低短少大小长降升增减加])为)(?:每[\u4e00-\u9fff]){0,2}的?$")
_BOUNDED = re.compile("满|[以之][上下内]|[至到—~-]|多|余|不")
_APART = re.compile(r"(?:相距|(?<![间车差行])距离?|(?<![分脱隔远])离)[\u4e00-\u9fff]{0,16}$")
_END = re.compile("[,。;:!?\n]")
_MULTIPLE = re.compile(r"(?:是|相当于?|为|达到?)([^,。;的]{2,12}?)的$")
_DIRECTION = re.compile(r"(?:[东南西北][东南西北]?[部侧方面]?(?:方向)?|以[东南西北])$")


def of_age(around: Around, left: list[Word], right: list[Word]) -> Named:
    """年龄, and whose where it bounds or averages many: 65岁以上老人, 平均年龄不到40岁的队伍."""
    said = "".join(w.text for w in left if w.text == "平均" or w.text.endswith("年龄"))
    whose = counted_nouns(right) if said or _BOUNDED.search(around.text, *around.span) else ""
    return Named(base=f"{whose}{said if said.endswith('年龄') else '年龄'}")


def of_share(around: Around, left: list[Word], right: list[Word], previous: Named) -> Named | None:
    """Shares and rates are of what the figure before them measures: 占目标任务的115.83%, 年均增长11.4%."""
    level, phrase = previous.level, "".join(w.text for w in left)
    if left and only(left, "change") and (own := _bearer_of_change(around, previous)):
        return _changed(around, left, Named(own, "", own, level=own))
    if not level:
        return None
    if around.figure.unit == "倍" and (times := _MULTIPLE.search(around.clause_ahead)):
        return _again(previous, f"{level[-_LEFT:]}相当于{times[1]}倍数"[-LONGEST - 4 :])
    clause = around.clause_ahead
    if (part := _PART.match(clause)) and around.figure.kind is Kind.RATIO:
        whole = "".join(w.text for w in left if not is_dropped(w) and w.text not in ("占", "完成"))
        base = f"{level}{'完成' if part[1] == '完成' else '占'}{whole}比例"
        return _again(previous, base[-LONGEST:])
    if phrase in words_of("share"):
        return _again(previous, f"{level}{phrase}"[-LONGEST:])
    takes = bool(left) and left[0].text in ("占", "占到")
    if takes and around.figure.kind is Kind.RATIO:
        whole = "".join(w.text for w in left[1:] if not is_dropped(w))
        return _again(previous, f"{level}占{whole}比例"[-LONGEST:])
    if takes:
        whole = "".join(w.text for w in left[1:] if not is_dropped(w))
        return Named(previous.ahead, "", f"{level}{whole}"[:LONGEST], level=f"{level}占{whole}"[:LONGEST])
    if around.figure.kind is Kind.RATIO and phrase in ("的", "") and not right:
        return _again(previous, as_share(level)[:LONGEST])
    if left and only(left, "change"):
        return _changed(around, left, previous)
    return None


def _bearer_of_change(around: Around, previous: Named) -> str:
    """发酵酒 in 发酵酒(增长87%), 消费价格 in 消费价格小幅下降，同比下降0.5%: what changed, told ahead of it.

    Only where the figure stands in a bracket, or none before it in its sentence has told a level.
    """
    if "(" in around.clause_ahead:
        head = re.split(r"[、()]|的有", around.clause_ahead[: around.clause_ahead.rindex("(")])[-1]
        return phrase_ahead(phrase_words(head, 0, len(head)), _LEFT) if len(head) > 1 else ""
    if previous.level:
        return ""
    for clause in around.clauses_before():
        row = list(takewhile(lambda w: w.text not in words_of("change") and not is_numeral(w), clause))
        if any(w.is_noun for w in row) and (name := phrase_ahead(row, _LEFT)):
            return name
    return ""


def as_share(base: str) -> str:
    """A phrase as the name of a share, where it is not one already."""
    return base if base.endswith(("率", "比", "比重", "比例", "度", "系数")) else f"{base}比例"


def _changed(around: Around, left: list[Word], previous: Named) -> Named | None:
    """比上年增长5%, 增加20公斤 are changes of the level before; 降至0.8% is that level again."""
    if reaches(around):
        return _again(previous, previous.level)
    left_out = words_of("compare") | words_of("link")
    part = "".join(w.text for w in left if not is_dropped(w) and w.text not in left_out)
    return _again(previous, f"{previous.level}{part}"[-LONGEST:])


def _again(previous: Named, base: str) -> Named:
    return Named(previous.ahead, "", base, level=previous.level)


def reaches(around: Around) -> bool:
    """Whether a change is told by where it ends: 提高至45%, 增长到3万元."""
    return bool(_REACHED.search(around.ahead_of_time))


def only(left: list[Word], kind: str) -> bool:
    """Whether words say how, not what: all in one list of the lexicon, or adverbs and particles."""
    known = words_of(kind) | words_of("drop") | words_of("compare")
    return any(w.text in words_of(kind) for w in left) and all(
        w.text in known or w.tag[:1] in "dpuxa" for w in left
    )


def of_time(around: Around, left: list[Word], right: list[Word], previous: Named) -> Named | None:
    """The event that a length of time is one of: 半年轮换一次, 历时半年的大赛, 三年内建成."""
    figure = around.figure
    if figure.kind is not Kind.DURATION:
        return None
    behind = around.text[figure.end : figure.end + 12]
    if right and is_action(right[0]) and _TURN.match(around.text, right[0].end):
        whose = phrase_ahead(left, 8) or previous.behind
        return Named(base=f"{whose}{right[0].text}周期")
    if not _says_event(left) and (event := _modified(right)):
        lasted = "历时" if left and left[-1].text == "历时" else noted("counter").get(figure.unit, "时长")
        whose = phrase_ahead(left[:-1], 8) if left and left[-1].text in words_of("through") else ""
        return Named(base=f"{whose}{event}{lasted}")
    within = around.text[figure.end - 1 : figure.end] == "内" or behind[:1] in ("内", "里")
    governed = bool(left) and left[-1].is_verb and not is_dropped(left[-1])
    if within and not governed and (done := _done(right)):
        whole = f"{done}{_object_at_end(around)}" if around.joins and is_verbal(right[-2:]) else done
        return Named(base=f"{phrase_ahead(left, 8) if _says_event(left) else ''}{whole}期限")
    spends = figure.unit.endswith("时间") or (bool(left) and left[-1].text in words_of("spends"))
    if spends and (done := _done(right) or ("" if right else aim_of(around.clause_after()))):
        return Named(base=f"{done}{noted('counter').get(figure.unit.removesuffix('时间'), '时长')}")
    return None


def _object_at_end(around: Around) -> str:
    """核酸筛查工作 in 一天里完成89个小区、14万人核酸筛查工作: what a verb before figures is done to."""
    end = _END.search(around.text, around.figure.end)
    stretch = around.text[around.after : end.start() if end else len(around.text)]
    row = phrase_words(stretch, 0, len(stretch))
    return nouns_at_end(tuple(row))[-8:]


def _says_event(left: list[Word]) -> bool:
    if left and left[-1].text in words_of("through"):
        return False
    return any(
        (w.is_noun or w.is_verb) and w.text not in words_of("lasting") | words_of("drop") for w in left
    )


def _modified(right: list[Word]) -> str:
    """集训 in 一个月封闭紧张的集训: the nouns behind 的, where 的 is all that a verb or noun waits for."""
    at = next((i for i, w in enumerate(right[:5]) if w.text == "的"), None)
    if at is None or any(w.is_verb for w in right[:at]):
        return ""
    event, named = "", False
    for word in (w for w in right[at + 1 :] if not (is_dropped(w) and w.is_noun) and w.tag != "m"):
        if not (word.is_noun or word.tag in ("ad", "a", "v")) or (
            named and word.tag[:1] in "avd" and word.tag != "vn"
        ):
            break
        event += word.text
        named = named or word.tag[:1] != "a"
    return event[-12:]


def _done(right: list[Word]) -> str:
    """推进实施举措 in 三年内推进实施9项举措: the verbs behind, and their object where it stands there."""
    row = [w for w in right if w.tag not in PARTICLES]
    row = row[1:] if row and row[0].text in ("内", "里") else row
    verbs: list[Word] = []
    for word in row:
        if not word.is_verb and (verbs or word.tag[:1] != "n"):
            break
        if word.is_verb:
            verbs.append(word)
    rest = row[row.index(verbs[-1]) + 1 :] if verbs else []
    nouns = counted_nouns(rest)
    where = any(w.text in words_of("circumstance") for w in rest[:3])
    return "".join(w.text for w in verbs) + ("" if where else nouns[:8])


def of_distance(around: Around, left: list[Word]) -> Named | None:
    """县城以南80公里: how far it is, where a direction or 距 stands ahead of a length."""
    if around.figure.kind is not Kind.LENGTH:
        return None
    head = around.clause_ahead.rstrip("约近仅")
    if _DIRECTION.search(head):
        return Named(base="距离")
    if _APART.search(head):
        at = max((i for i, w in enumerate(left) if w.text in ("距", "相距", "距离", "离")), default=-1)
        rest = left[at + 1 :]
        return Named(base=f"距{phrase_ahead(rest, _LEFT)}距离" if rest else "距离")
    return None


def of_extent(figure: Figure, ahead: str, behind: str) -> str:
    """50米 in 长50米的溃口 is its 长度."""
    for word, name in noted("extent").items():
        if (
            figure.kind in (Kind.LENGTH, Kind.WEIGHT)
            and ahead.endswith(word)
            and not ahead.endswith(f"全{word}")
        ):
            head = ahead.removesuffix(word)
            return f"{behind or head}{name}" if behind or head else ""
    return ""
