"""Why a numeral with or without a unit states no quantity."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from fangzhi.lexicons import read_lexicon
from fangzhi.lexicons import words as lexicon_words
from fangzhi.model.codes import Kind
from fangzhi.quantity import qualifiers
from fangzhi.quantity.around import Sentence
from fangzhi.quantity.expression import CHINESE, Expression
from fangzhi.quantity.one import counts_one
from fangzhi.quantity.units import Unit
from fangzhi.text.words import Word, is_word

_FORMULA_UNITS = frozenset("个项种条类重级大")
_LARGE = ("上", "近", "成", "每")
_PRICED = ("元", "块", "毛", "角")
"""What a price ends in: in 5元一斤 the 斤 is what it is paid for."""
_DAY = re.compile(
    r"(?:[12]?\d|3[01]|[二三]?十?[一二三四五六七八九]|[一二三]?十|廿[一二三四五六七八九]?|卅一?)日"
)
_LASTING = re.compile(
    r"[为历长工假病休]期|历时|连续|每$|满|逾|超|不足|不少|至少|不超|共|达|计|约|近|仅|需|拘留|提前|延长|缩短|(?<!到)了$|[用过]$"
)
_LASTS = re.compile(r"以|之内|内|多|余|游|龄|后|时间|左右|[、至]\d{1,2}日(?:以|内)")
_POWER = re.compile("10+")
_ROUND = re.compile("[百千万亿]+")
_REACHING = ("达", "到", "至", "过", "破", "共")
_SOFT = re.compile("(?:为期|历时|长达|用了|花了|不到|传了|每.{1,2}(?:出版|刊出|推出|举办|编印)?)$")
_SOFT_BEHIND = re.compile("[之以]?内|以上|左右|之久|历史")
_AGO = re.compile(r"(?:之|以)?(?:前|后)(?![后期来景往沿列线三两面端方台半勤备缀果遗卫代院排])")
_TOLD_SPAN = re.compile(r"[里间](?![隔断距程路面屋外子])")
_THESE = re.compile(r"(?:[这那头]|[12]\d{3}年|[去今前当同全]年|第|每[隔逢])$")
_PRICE_AHEAD = re.compile(rf"(?:只?卖|只?要|约|才|就)?[\d.{CHINESE}]{{1,8}}(?:元|块)")
"""In 半只160元 the 半只 is what the price is for."""
_NO_COUNTS = frozenset(("a", "ad", "b", "c", "d", "i", "l", "s", "v", "z"))
"""Parts of speech of whole words that look like a count: 四处, 零星, 三级."""
_NO_THINGS = frozenset("子派性事心面手头边口极")
"""What makes a word of 两 and a classifier, not a count: 两口子, 两面派."""
_HALVES = frozenset("只碗杯瓶袋车筐箱桶壶")
_TWO_OF_TAIWAN = frozenset("名人位个屆届年天位件项罪子男女老")


@dataclass(frozen=True)
class _Exclusion:
    pattern: re.Pattern[str]
    reason: str
    soft: bool


@cache
def _exclusions() -> tuple[tuple[str, re.Pattern[str], tuple[_Exclusion, ...]], ...]:
    """For each position the patterns of the lexicon, and one that finds whether any of them may hold."""
    found: dict[str, list[_Exclusion]] = {}
    for row in read_lexicon("quantity_exclusions"):
        entry = _Exclusion(re.compile(row["pattern"]), row["reason"], bool(row["soft"]))
        found.setdefault(row["kind"], []).append(entry)
    return tuple(
        (position, re.compile("|".join(f"(?:{entry.pattern.pattern})" for entry in entries)), tuple(entries))
        for position, entries in found.items()
    )


@cache
def _abstract_nouns() -> frozenset[str]:
    return frozenset(lexicon_words("abstract_nouns"))


def reason_against(sentence: Sentence, found: Expression) -> tuple[str, str] | None:
    """Why an expression states no quantity, and the word that it is part of; None where it states one."""
    if reason := _by_lexicon(sentence, found):
        return reason, ""
    text, start = sentence.text, found.start
    if text[start - 1 : start] == "每" and _POWER.fullmatch(format(found.number.value, "f")):
        return "base of a rate", ""
    if (
        text[start - 1 : start] == "每"
        and found.number.value > 1
        and found.unit
        and found.unit.kind is Kind.COUNT
    ):
        return "base of a rate", ""
    if "/" in text[start : found.end] and found.number.value > 1 and found.unit and not found.unit.written:
        return "no unit", ""
    if found.unit is None:
        return _unitless(sentence, found)
    if found.unit.written and not text.endswith(found.unit.written, 0, found.end):
        return None  # the unit is implied: what the numeral stands for is settled
    if _is_day(sentence, found):
        return "date", ""
    if reason := _time(sentence, found, found.unit):
        return reason, ""
    if found.chinese and (aside := _no_numeral(sentence, found, found.unit)):
        return aside
    return _longer_word(sentence, found, found.unit)


def _by_lexicon(sentence: Sentence, found: Expression) -> str | None:
    text, start, end = sentence.text, found.start, found.end
    scopes = {
        "before": text[max(sentence.start, start - 8) : start],
        "with_last": text[max(sentence.start, start - 8) : end],
        "whole": text[start:end],
        "around": text[max(0, start - 1) : end + 1],
        "after": text[end : end + 6],
        "with_next": text[start : end + 8],
    }
    share = found.unit is not None and found.unit.kind is Kind.RATIO  # Alpha100%的股份 is no model
    for position, any_of_them, entries in _exclusions():
        if share and position == "before":
            continue
        for entry in entries if any_of_them.search(scopes[position]) else ():
            holds = entry.pattern.search(scopes[position])
            if holds and not (entry.soft and _told_in_degrees(sentence, found)):
                return entry.reason
    return None


def _told_in_degrees(sentence: Sentence, found: Expression) -> bool:
    """Whether words of degree or duration make a standing phrase a figure: 不到24小时, 为期四周."""
    kind = found.unit.kind if found.unit else Kind.OTHER
    return bool(
        qualifiers.before(sentence, found.start, kind)
        or _SOFT.search(sentence.left(found.start, 8))
        or _SOFT_BEHIND.match(sentence.text, found.end)
    )


_ENUMERATED = re.compile(r"(?:[((]|^\s*|\n\s*)$")
_ENUMERATOR = re.compile(r"[)）、.．]|是(?![\d一二三四五六七八九十])")


def _unitless(sentence: Sentence, found: Expression) -> tuple[str, str]:
    """Why a numeral without a unit is no figure: it counts out, is part of a word, or counts nothing."""
    opened = _ENUMERATED.search(sentence.text[max(0, found.start - 3) : found.start])
    if _ENUMERATOR.match(sentence.text, found.end) and (opened or sentence.text[found.end] == "是"):
        return "ordinal", ""
    word = sentence.word_at(found.start) if found.chinese else None
    if word and word.tag[0] not in "mtq" and len(word.text) > found.end - found.start and is_word(word.text):
        return "word", word.text
    numeral = sentence.numeral(found)
    return ("vague" if numeral in ("几", "数", "半") else "no unit"), ""


def _is_day(sentence: Sentence, found: Expression) -> bool:
    """Whether 12日 is a day of the month: it is, unless a word around it speaks of a length of time."""
    if not _DAY.fullmatch(sentence.text[found.start : found.end]):
        return False
    return not (_LASTING.search(sentence.left(found.start, 8)) or _LASTS.match(sentence.text, found.end))


def _time(sentence: Sentence, found: Expression, unit: Unit) -> str | None:
    """A length of time that tells when (三天后), or that repeats a span already told (三年里, 2020年一年)."""
    if unit.kind is not Kind.DURATION:
        return None
    left = sentence.left(found.start, 8)
    if _AGO.match(sentence.text, found.end):
        return "point in time"
    if _THESE.search(left) or _TOLD_SPAN.match(sentence.text, found.end):
        return None if left.endswith(("要", "需", "花", "用")) else "span"
    return None


def _longer_word(sentence: Sentence, found: Expression, unit: Unit) -> tuple[str, str] | None:
    """The unit is only the beginning of a word: 5年级, 3号楼."""
    poured = not found.chinese and unit.kind in (Kind.VOLUME, Kind.WEIGHT)
    if poured or unit.written == "个" or not unit.written:
        return None
    word = sentence.word_at(found.end - len(unit.written))
    if word is None or word.start != found.end - len(unit.written) or word.end <= found.end:
        return None
    return ("word", word.text) if word.end - found.end == 1 and is_word(word.text) else None


def _no_numeral(sentence: Sentence, found: Expression, unit: Unit) -> tuple[str, str] | None:
    """Chinese numerals stand in many words that count nothing."""
    numeral = sentence.numeral(found)
    before = sentence.text[max(sentence.start, found.start - 2) : found.start]
    if unit.written == "番" and "翻" in before:
        return None
    if reason := _small(sentence, found, unit, numeral, before[-1:]):
        return reason, ""
    if numeral in ("十", "百", "千", "万") and before[-1:] == "逢":
        return "base of a rate", ""
    if _ROUND.fullmatch(numeral) and _epithet(sentence, found, unit):
        return "round figure", ""
    if word := _covering_word(sentence, found):
        return "word", word.text
    if unit.written in _FORMULA_UNITS and found.number.value < 20 and _abstract(sentence, found.end):
        return "formula", ""
    return None


def _small(sentence: Sentence, found: Expression, unit: Unit, numeral: str, before: str) -> str | None:
    """Why 几, 一, 二 or 半 counts nothing; what is counted by two is 两, never 二."""
    counts = unit.kind is Kind.COUNT and unit.written
    if numeral[:1] in ("几", "数") or (counts and numeral == "亿万"):
        return "vague"
    if numeral in ("一", "半") and _PRICE_AHEAD.match(sentence.text, found.end):
        return "base of a rate"
    if numeral == "一" and sentence.last == found.start and (sentence.last_is_money or before in _PRICED):
        return "base of a rate"
    if numeral in ("一", "壹") and not counts_one(sentence, found, unit):
        return "indefinite"
    if counts and numeral == "二" and not (sentence.traditional and unit.written in _TWO_OF_TAIWAN):
        return "grade"
    if counts and numeral == "半" and unit.written not in _HALVES:
        return "vague"
    return None


def _covering_word(sentence: Sentence, found: Expression) -> Word | None:
    """A word of which the numeral is only a part."""
    first = sentence.word_at(found.start)
    if first and (first.start, first.end) == (found.start, found.end):
        inexact = found.number.more or found.number.vague  # 百余人, 十来天
        looks = first.tag in _NO_COUNTS or first.text[0] == "零"
        return first if looks and not inexact and is_word(first.text) else None
    for word in filter(None, (first, sentence.word_at(found.end - 1))):
        if (not is_word(word.text) and word.tag != "nr") or _counted_in_word(word, found):
            continue
        if _swallows(sentence, word, found) or word.start <= found.start < found.end < word.end:
            return word
    return None


def _counted_in_word(word: Word, found: Expression) -> bool:
    """Whether a word of the dictionary is only a numeral with what goes with it: 增加一倍, 两辆车."""
    if found.unit and found.unit.unit_id == "倍":
        return True
    rest = word.text[found.end - word.start :]
    return word.start == found.start and word.text[0] == "两" and len(rest) == 1 and rest not in _NO_THINGS


def _swallows(sentence: Sentence, word: Word, found: Expression) -> bool:
    """Whether a numeral is only the inside of a word; 上千人 is one of number, 三番五次 is not."""
    inside = word.start < found.start < word.end
    counts = word.tag in ("m", "t") and not (len(word.text) == 4 and is_word(word.text))
    return inside and not counts and sentence.text[word.start : found.start] not in _LARGE


def _epithet(sentence: Sentence, found: Expression, unit: Unit) -> bool:
    """A bare hundred, thousand or myriad before what it adorns states no number: 千年古镇, 万亩枣园.

    With a qualifier, behind a verb of reaching or where nothing is adorned it does: 近千人, 损失达万元.
    """
    if unit.kind is Kind.MONEY or qualifiers.before(sentence, found.start, unit.kind):
        return False
    if sentence.text[: found.start].endswith(_REACHING):
        return False
    ahead = sentence.ahead(found.end, 1)
    return bool(ahead) and ahead[0].start == found.end and (ahead[0].is_noun or ahead[0].tag in ("a", "z"))


def _abstract(sentence: Sentence, end: int) -> bool:
    """Whether what is counted are the parts of a formula: 三种模式, 八项服务内容."""
    for word in sentence.ahead(end, 3):
        if word.text in _abstract_nouns():
            return True
        if word.tag == "x" or word.text == "的":
            return False
    return False
