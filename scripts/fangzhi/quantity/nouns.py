"""Numerals without a classifier: what they count where the words around them tell it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from fangzhi.lexicons import words as lexicon_words
from fangzhi.model.codes import Kind
from fangzhi.quantity import qualifiers
from fangzhi.quantity.around import Sentence
from fangzhi.quantity.expression import CHINESE, Expression
from fangzhi.quantity.money import YUAN
from fangzhi.quantity.units import Unit, unit_of
from fangzhi.text.words import Word

_ENDS = frozenset(",。;、，；)）!?") | {""}
_ROUGH = frozenset("万亿千百余多来")
_YEARS = re.compile(r"(?:1[89]|20)\d\d")
_OF_HUNDRED_MILLIONS = re.compile("个[多几来余]?亿$")
"""两个亿 are so many yuan where nothing else is named."""
_HURT = re.compile(
    r"重伤|轻伤|受伤|失踪|失联|被困|获救|遇难|死亡|[死伤亡](?![亡者员势害情口感心痛寒疤残风活水角胡党灵命国])"
)
_HURT_PAIR = re.compile(rf"[、,]?[\d{CHINESE}多余]{{1,5}}(?:[死伤亡]|重伤|轻伤|失踪|失联|被困|获救)")
_CAUSED = re.compile(r"(?:致使?|造成|酿成|导致|已致|已有|至少|共计?|事故|死|伤)[、,]?$")
_HURT_MEASURES = {"死": "死亡人数", "亡": "死亡人数", "伤": "受伤人数"}
_INDEX = re.compile(
    r"(?:指数|系数|评分|得分|分值|智商|比值|视力|基尼系数|ph值|容积率|pmi|aqi|bmi)[^,。;\d]{0,4}?"
    r"(?:为|是|在|达到?|[升降回落涨跌增]{1,2}[至到]|报收?于?|收[报于]|接近|[高低]达|不?得?[低高]于|均)(?:了)?$",
    re.IGNORECASE,
)
_BOUGHT = re.compile(
    r"的?(?:价格|总价|高价|低价|价)?(?:买下|买走|成交|拿下|拍得|拍下|竞得|中标|收购|转让|卖出|卖给|售出|出售|租下)"
)
_PASSED = re.compile(
    r"^(?:[了到得过给]|普遍|大约|大概|还要?|约|近|超过?|逾|不超过|最多|至少|高达|达到?|为|是|共计?|累计|总计|人民币|一共|平均)$"
)


def with_noun(sentence: Sentence, found: Expression) -> Expression:
    """A numeral without a unit, with the unit that the words around it give, if they give one."""
    if hurt := _hurt(sentence, found):
        return hurt
    if _is_index(sentence, found):
        return replace(found, unit=Unit("", None, Kind.OTHER))
    rough = sentence.text[found.end - 1] in _ROUGH
    ahead = sentence.ahead(found.end, 5)
    if not ahead or ahead[0].start != found.end or ahead[0].text in _ENDS:
        ahead = []
    if people := _people(sentence, found, ahead, rough=rough):
        return people
    if _pays(sentence, found, ahead, rough=rough):
        return replace(found, unit=unit_of(YUAN))
    if rough and found.has_scale and sentence.text[found.end : found.end + 1] in _ENDS:
        return replace(found, unit=_implied(sentence, found))
    return found


def with_whole_noun(sentence: Sentence, found: Expression) -> Expression:
    """27万人口: where the unit begins a word for people, it is that word."""
    assert found.unit is not None
    word = sentence.word_at(found.end - len(found.unit.written))
    if (
        word is None
        or word.end <= found.end
        or not word.text.startswith(found.unit.written)
        or word.text not in _persons()
    ):
        return found
    return replace(found, end=word.end, unit=Unit(word.text, None, Kind.COUNT))


def _hurt(sentence: Sentence, found: Expression) -> Expression | None:
    """4死87伤, 致3死9伤, 一死两伤: people killed and hurt."""
    hurt = _HURT.match(sentence.text, found.end)
    if not hurt or found.number.value != int(found.number.value):
        return None
    left = sentence.text[max(sentence.start, found.start - 8) : found.start]
    if not (_CAUSED.search(left) or _HURT_PAIR.match(sentence.text, hurt.end())):
        return None
    measure = _HURT_MEASURES.get(hurt[0], hurt[0] + "人数")
    return replace(found, end=hurt.end(), unit=unit_of("人"), measure=measure)


def _is_index(sentence: Sentence, found: Expression) -> bool:
    """总指数为99.5: an index has no unit."""
    after = sentence.text[found.end : found.end + 1]
    named = not found.chinese and not _YEARS.fullmatch(sentence.text[found.start : found.end])
    return named and not after.isalnum() and bool(_INDEX.search(sentence.left(found.start, 24)))


@cache
def _persons() -> frozenset[str]:
    return frozenset(lexicon_words("person_nouns"))


@cache
def _counted() -> frozenset[str]:
    """Nouns that a number may stand before without a classifier: people, and what is counted like them."""
    return _persons() | frozenset(lexicon_words("counted_nouns"))


def _people(
    sentence: Sentence, found: Expression, ahead: Sequence[Word], *, rough: bool
) -> Expression | None:
    """1500农民, 12.6万人口, 860多村民, 超过200万的商户; 329万农村贫困人口 are so many 人."""
    if not ahead or not _may_count(sentence, found, ahead, rough=rough):
        return None
    phrase = _noun_phrase(ahead[1:] if ahead[0].text == "的" else ahead)
    if not phrase:
        return None
    written = sentence.text[phrase[0].start : phrase[-1].end]
    plain = len(phrase) == 1 and phrase[0].text in _counted()
    if len(written) <= 5 and (plain or ahead[0].text == "的" or not _names_people(phrase[-1])):
        return replace(found, end=phrase[-1].end, unit=Unit(written, None, Kind.COUNT))
    if _names_people(phrase[-1]) and rough and found.has_scale:
        return replace(found, unit=unit_of("人"))
    return None


def _names_people(word: Word) -> bool:
    return word.text.endswith(lexicon_words("person_nouns"))


def _noun_phrase(ahead: Sequence[Word]) -> list[Word]:
    """The words up to a noun that can be counted, if all before it can be part of its phrase."""
    found: list[Word] = []
    for word in ahead[:4]:
        if not (word.is_noun or word.is_verb or word.tag in ("a", "f", "m", "q", "r", "b", "z", "ng", "ag")):
            break
        found.append(word)
        if word.text.endswith(_counted_ends()):
            return found
    return []


@cache
def _counted_ends() -> tuple[str, ...]:
    return tuple(_counted())


def _may_count(sentence: Sentence, found: Expression, ahead: Sequence[Word], *, rough: bool) -> bool:
    """Whether a numeral before a noun counts it: 1500农民, 300余农民, but no 2021学生 or 三农民."""
    written = sentence.text[found.start : found.end]
    if ahead[0].text == "的":
        told = qualifiers.before(sentence, found.start, Kind.COUNT) is not None
        return told and (found.has_scale or written[-1] in _ROUGH)
    if written[0] == "0":
        return False
    if written[-1] in "余多":
        return True
    return (found.has_scale and rough) or (not found.chinese and (rough or not _YEARS.fullmatch(written)))


def _pays(sentence: Sentence, found: Expression, ahead: Sequence[Word], *, rough: bool) -> bool:
    """Whether a number of thousands or more is one of yuan: 罚款34万, 捐了15000多, 以1.3亿买下, 500万贷款."""
    text = sentence.text
    written = text[found.start : found.end]
    if _OF_HUNDRED_MILLIONS.search(written):
        return True
    if not (rough or "万" in written or "亿" in written) or found.number.value < 100:
        return False
    if ahead and ahead[0].text != "的":
        noun = ahead[0].text
        bought = _BOUGHT.match(text, found.end) and sentence.left(found.start, 8).endswith(
            ("以", "约", "近", "超")
        )
        return bool(bought) or (noun in _money_nouns() and found.has_scale)
    if text[found.end : found.end + 1] not in _ENDS | {"的", "吧", "了"}:
        return False
    return _paid_before(sentence, found)


def _paid_before(sentence: Sentence, found: Expression) -> bool:
    """Whether a word of paying or of money stands right before a number, up to adverbs."""
    for word in sentence.behind(found.start, 6):
        if sentence.text.endswith(_pay_words(), max(sentence.start, word.end - 4), word.end):
            return True
        if not (_PASSED.match(word.text) or word.tag in ("d", "u", "ul", "uv", "p", "v", "r")):
            return False
    return False


@cache
def _money_nouns() -> frozenset[str]:
    return frozenset(lexicon_words("money_nouns"))


@cache
def _pay_words() -> tuple[str, ...]:
    return (*lexicon_words("money_verbs"), *lexicon_words("money_nouns"))


def _implied(sentence: Sentence, found: Expression) -> Unit | None:
    """What a number at the end of its clause counts: 劳动力2440万 people, 销售额超200万 yuan."""
    left = sentence.left(found.start, 12)
    if left.rstrip("约近超达有为共逾").endswith(lexicon_words("person_nouns")):
        return unit_of("人")
    if any(noun in left for noun in lexicon_words("money_nouns")):
        return unit_of(YUAN)
    return None
