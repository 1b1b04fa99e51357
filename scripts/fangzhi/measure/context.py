"""What a figure takes from farther off: the clause before, a word said before, the whole it is a part of."""

from __future__ import annotations

import re
from itertools import takewhile

from fangzhi.measure.ahead import is_dropped, nouns_at_end, phrase_ahead
from fangzhi.measure.around import Around, Named
from fangzhi.measure.behind import aim_of
from fangzhi.measure.vocabulary import is_action, is_numeral, words_of
from fangzhi.model.codes import Kind
from fangzhi.text.words import Word, words

_LEFT, _OWN = 16, 4
"""Characters of a phrase ahead, and of what stands before the title of an item."""
_PLACE = re.compile("[\u4e00-\u9fff][省市县区乡镇村旗盟州]$")
_OF_ALL = re.compile(r"([\u4e00-\u9fff]{2,12}?)(?:之中|当中|中|里|内)?[,:]$")
_PLACES = "省市县区乡镇村州旗盟"
_AMONG = re.compile(r"([\u4e00-\u9fff]{2,12})(?:之中|当中|中),?(?:就|共|仅|还|已)?有?$")


def among(around: Around) -> str:
    """900名学生中有260人来自农村: those among whom they are counted."""
    match = _AMONG.search(around.text[max(0, around.figure.start - 24) : around.figure.start])
    return nouns_at_end(words(match[1])) if match else ""


def clause_before(around: Around, left: list[Word]) -> str:
    """现场排队，不超过30人: what is measured stands in the clause before; 确诊病例中，临沂市8例 too."""
    if (
        around.names_place
        and not left
        and around.text[around.figure.end : around.figure.end + 1] in "、,;。)"
    ):
        match = _OF_ALL.search(around.text, max(0, around.clause_start - 14), around.clause_start)
        return phrase_ahead(list(words(match[1])), _LEFT) if match and match[0][-2] in "中内" else ""
    said = any(w.text not in words_of("drop") | words_of("per") for w in left)
    return "" if said or around.names_place else phrase_ahead(around.clause_before(), limit=_LEFT)


def with_purpose(around: Around, base: str, right: list[Word]) -> str:
    """修建水库投资 of 投资3亿元修建水库: what money was spent on; of 投资3亿元，修建水库 too."""
    if around.figure.kind is not Kind.MONEY or around.joins:
        return base
    row = words(next((base.removesuffix(p) for p in words_of("purse") if base.endswith(p)), base))
    if not row or row[-1].text not in words_of("paid") | words_of("spent"):
        return base
    rest = [w for w in right if w.text not in words_of("purse")]
    own = (
        f"{aim_of(rest)}{base}"
        if base == row[-1].text or (rest and rest[0].text in words_of("for"))
        else base
    )
    bare = len(row) == 1 or not row[-2].is_noun or row[-1].text != "投资"
    if not bare or rest or row[-1].text not in words_of("spent"):
        return own
    later = aim_of(around.clause_after())
    return f"{later}{row[-1].text}{base[row[-1].end :]}" if later else base


def whole_of_label(around: Around, left: list[Word]) -> str:
    """受灾农户 in 受灾农户中，东乡180户: those among whom a label alone tells which are counted."""
    row = [w for w in left if not is_dropped(w) and w.text not in words_of("link")]
    label = "".join(w.text for w in row)
    only = 0 < len(label) <= _OWN and all(w.is_noun for w in row)
    match = _OF_ALL.search(around.text, max(0, around.clause_start - 14), around.clause_start)
    if not only or not match or match[0][-2] not in "中内":
        return ""
    whole = phrase_ahead(list(words(match[1])), _LEFT)
    return whole if label[-1] in _PLACES else f"{whole}{label}"


def under_title(around: Around, base: str) -> str:
    """创业补贴 under (二)创业补贴。…给予5000元: an item's title names an amount without a name of its own."""
    if around.figure.kind is not Kind.MONEY or not (title := around.item_title):
        return base
    own = [w.text for w in words(base) if w.text not in words_of("paid") | words_of("granted")]
    named = own and base.endswith(tuple(words_of("granted")))
    if named or sum(len(word) for word in own) > _OWN:
        return base
    return f"{''.join(own)}{title}" if not set(own) & {w.text for w in words(title)} else title


def is_headcount(around: Around, previous: Named) -> bool:
    """3个班级129人: whether people are counted of what the clause is about, not of what stands before."""
    follows = 0 < len(around.between) <= 8 and not re.search(r"[,、;:]", around.between)
    other = bool(previous.behind) and previous.unit not in words_of("people")
    return follows and other and counts_people(around)


def topic(around: Around) -> str:
    """培训 in 培训为期7天，共3个班级129人: what the clause before is about, ahead of its figure.

    Nothing where the clause names a place, whose people they then are.
    """
    if around.names_place:
        return ""
    clause = next(iter(around.clauses_before()), [])
    return phrase_ahead(list(takewhile(lambda w: not is_numeral(w), clause)), limit=_LEFT)


def in_full(around: Around, base: str) -> str:
    """评选 in 开展示范户评选，共评选10户: a word said before with what it is of is that again."""
    row = words(base)
    amount = len(row) == 1 or (len(row) == 2 and row[1].text in words_of("quantity"))
    if not amount or not (is_action(row[0]) or len(row) == 2) or len(row[0].text) < 2:
        return base
    if own := _own_nouns(around, row[0].text):
        return f"{own}{base}" if around.figure.kind is Kind.RATIO else base
    for clause in around.clauses_before():
        for i in range(len(clause) - 1, 0, -1):
            if clause[i].text.startswith(row[0].text) and (whole := _of_what(clause[:i])):
                return f"{whole[-10:]}{base}"
    return base


def _of_what(row: list[Word]) -> str:
    """The nouns that close a row of words, but no place: 受灾 of 石桥乡 is not that of another."""
    end = tuple(row[-1:])
    return "" if end and (end[0].tag == "ns" or _PLACE.search(end[0].text)) else nouns_at_end(tuple(row))


def _own_nouns(around: Around, verb: str) -> str:
    """县级医院 in 县级医院报销57%: what the clause of the figure itself says before a word."""
    clause = around.text[max(around.clause_start, around.before) : around.figure.start]
    return nouns_at_end(words(clause[: clause.rfind(verb)])) if clause.rfind(verb) > 0 else ""


def verb_of_whole(around: Around, base: str, previous: Named) -> str:
    """领取 in 领取培训券300张，其中开放券200张: what is done to a whole is done to its parts."""
    part = "其中" in around.between or (previous.whole and previous.unit == around.figure.unit)
    whole = words(previous.whole or previous.base)
    if not part or len(whole) < 2 or not whole[0].is_verb or len(whole[1].text) < 2:
        return ""
    if around.text[around.figure.end : around.figure.end + 1] in ("是", "为"):
        return ""
    if whole[0].text in words_of("light") | words_of("noun") | words_of("reach"):
        return ""
    return "" if any(is_action(w) for w in words(base)) else whole[0].text


def counts_people(around: Around) -> bool:
    """Whether the unit of a figure is one of people or households."""
    return around.figure.unit in words_of("people")
