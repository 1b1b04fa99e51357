"""The phrase that says what a figure measures, put together from the words around it.

``新增托位260个`` measures 新增托位; ``吸纳1074名劳动力就业`` measures 吸纳劳动力就业人数. In a list
that shares its head (``新增托位260个和公办学位550个``, ``省外800元、省内300元的补贴``) each takes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from fangzhi.measure import special
from fangzhi.measure.ahead import (
    from_verb,
    governing_end,
    governing_verb,
    last_verb,
    phrase_ahead,
    without_agent,
)
from fangzhi.measure.around import Around, Beside, Figure, Named
from fangzhi.measure.behind import Behind, counted_nouns, is_verbal, phrase_behind, starts_with_verb
from fangzhi.measure.context import (
    among,
    clause_before,
    counts_people,
    in_full,
    is_headcount,
    topic,
    under_title,
    verb_of_whole,
    whole_of_label,
    with_purpose,
)
from fangzhi.measure.counter import figure_of_scale, with_counter
from fangzhi.measure.lists import label_first, like, of_average, respective, with_amount
from fangzhi.measure.printed import printed
from fangzhi.measure.tokens import phrase_words
from fangzhi.measure.vocabulary import is_action, is_person_noun, noted, reckoned_by, words_of
from fangzhi.model.codes import Kind
from fangzhi.text.text import Text
from fangzhi.text.words import Word, words

_ARRIVES = re.compile(r"[,;](?:[^,;。]{0,4})(?:达|到|至)[约近]?$")
LONGEST = special.LONGEST
NOTHING = Beside()
_LEFT, _BESIDE, _SHORT = 16, 8, 6
"""Characters a phrase ahead may have: alone, beside one behind, or taken over from the figure before."""


def measures(text: Text, figures: Sequence[Figure], beside: Beside = NOTHING) -> list[str]:
    """What each figure of a text measures, in the order of the figures and in the script of the text.

    Empty where no words stand near. ``beside`` are spans that say when, where and whose, not what.
    """
    folded = text.folded
    named: list[Named] = []
    said: list[Named] = []
    for i, figure in enumerate(figures):
        before = figures[i - 1].end if i else 0
        after = figures[i + 1].start if i + 1 < len(figures) else len(text)
        around = Around(folded, before, figure, after, beside)
        previous = named[-1] if named and around.same_sentence else Named()
        said = said if previous.base else []
        name = of_average(around, said) or _name(around, previous, like(around, said, previous))
        if named and name.ahead:
            named[-1] = label_first(named[-1], name)
        whole = previous.whole or (previous.base if "其中" in around.between else "")
        named.append(replace(name, level=name.level or name.base, unit=figure.unit, whole=whole))
        said.append(named[-1])
    heads = respective(folded, figures, _shared_heads(folded, figures, named))
    return [
        printed(with_counter(base, figure), text.printed, folded, figure.start)
        for base, figure in zip(heads, figures, strict=True)
    ]


def _name(around: Around, previous: Named, alike: Named) -> Named:
    left, right = around.left(previous), around.right()
    if around.figure.kind is Kind.AGE:
        return special.of_age(around, left, right)
    found = (
        special.of_share(around, left, right, previous)
        or special.of_time(around, left, right, previous)
        or special.of_distance(around, left)
    )
    return found or _plain(around, left, right, previous, alike)


def _taken_over(around: Around, left: list[Word], base: str, previous: Named, alike: Named) -> str:
    """What a figure without a noun behind it takes from those before it, and from the title of its item."""
    if around.figure.kind is Kind.COUNT and (whole := whole_of_label(around, left)):
        return whole
    if around.says_only_where(previous) and alike.unit == around.figure.unit:
        base = ""
    if around.between and not around.between.strip("、和及与"):
        base = previous.base  # 发放补贴1600户、380万元
    base = under_title(around, with_amount(around, left, base, alike))
    base = _borrowed(around, left, base, previous, alike)
    return under_title(around, with_amount(around, left, base, alike))  # what was borrowed may want its noun


def _plain(around: Around, left: list[Word], right: list[Word], previous: Named, alike: Named) -> Named:
    """The phrase ahead and the phrase behind, or what the figure takes over from the one before.

    ``alike`` is the last figure of the sentence with the same unit, else the one before.
    """
    behind = _behind(around, left, right)
    ahead = _ahead(around, left, previous, behind.text)
    said = behind.text
    ahead, said = _beside(around.figure, ahead, said, right)
    if said and not ahead:
        said += among(around)
    ahead, said = _lasting(around.figure, ahead, said, right)
    base = special.of_extent(around.figure, ahead, said) or f"{ahead}{said}"
    base = base if said else _taken_over(around, left, base, previous, alike)
    if base in words_of("reach") and not said:
        base = _reached(around.figure, previous, alike) or base
    base = base or around.population or clause_before(around, left)
    base = base or _of_each(around.figure, left, alike) or _of_all(around, alike)
    if not said:
        base = with_purpose(around, in_full(around, base) if ahead else base, right)
    elif said in words_of("purse"):
        base = with_purpose(around, base, right)
    elif not ahead and around.figure.kind is Kind.RATIO:
        base = special.as_share(base)
    if not ahead and not said and not around.population and is_headcount(around, previous):
        base = topic(around)
    base = f"{verb_of_whole(around, base, previous)}{base}" if ahead or said else base
    if around.figure.kind is Kind.RATIO and ahead and not said and around.opens_with_modifier:
        base = special.as_share(base if "占" in base else f"占{base}")
    reaches = special.reaches(around)
    turned = around.figure.kind is Kind.RATE or base.endswith(tuple(words_of("turn")))
    level = _without_change(base) if reaches or turned else base
    base = level if reaches else base
    per = around.rate_base[0] or _per(left)
    if base.endswith("密度"):
        per = ""  # it says itself of how much
    per = "" if base.startswith(per) else per
    return Named(ahead, said, f"{per}{base}"[:LONGEST], _reach(around, right, behind), f"{per}{level}")


def _beside(figure: Figure, ahead: str, said: str, right: list[Word]) -> tuple[str, str]:
    """What is said ahead of a figure where what it counts stands behind it.

    地震 in 发生4.9级地震, 一次性补贴 in 给予3000元一次性补贴: nothing, where the noun says it all;
    航站楼建筑面积 in 建筑面积6万平方米的航站楼: behind it, where the amount is that of what follows 的.
    """
    if not said:
        return ahead, said
    gives = ahead in words_of("gives") and figure.kind is Kind.MONEY
    if gives or figure_of_scale(figure, said):
        return "", said
    if right[0].text == "的" and ahead.endswith(tuple(words_of("amount"))):
        return "", f"{counted_nouns(right) or said}{ahead}"
    return (ahead, "") if ahead.endswith(tuple(words_of("quantity"))) else (ahead, said)


def _reach(around: Around, right: list[Word], behind: Behind) -> int:
    """Where the phrase behind ends; verbs alone may be the next figure's, unless 和 or 、 follows."""
    own = [w for w in right if w.end <= behind.reach]
    follows = around.text[behind.reach : behind.reach + 1]
    return 0 if is_verbal(own) and not (follows and follows in "、和及与") else behind.reach


def _without_change(base: str) -> str:
    """收入 in 收入增长: what a change is a change of."""
    row = phrase_words(base, 0, len(base))
    end = len(row)
    while end and row[end - 1].text in words_of("change") | words_of("drop"):
        end -= 1
    return base[: row[end - 1].end] if end else base


def _behind(around: Around, left: list[Word], right: list[Word]) -> Behind:
    """The phrase behind, with a short explanation in brackets; a verb that governs from ahead ends it."""
    if _begins_anew(around.figure, left, right, around.joins, around.between):
        return Behind()
    governs = any(w.is_verb and w.text not in words_of("drop") for w in left)
    one_verb = not (around.joins or (governs and not counts_people(around)))
    people = governs and counts_people(around)
    behind = phrase_behind(right, governed=people, one_verb=one_verb, joins=around.joins)
    if around.between.endswith(("把", "将")) and (nouns := counted_nouns(right)):
        behind = Behind(nouns, behind.reach)  # 将27块牌子挂在门口
    if is_person_noun(around.figure.unit):
        behind = Behind(f"{around.figure.unit}{behind.text}", behind.reach or around.figure.end)
    bracket = around.bracket(behind.reach or around.figure.end)
    return (
        Behind(behind.text + bracket, (behind.reach or around.figure.end) + len(bracket))
        if bracket
        else behind
    )


def _ahead(around: Around, left: list[Word], previous: Named, behind: str) -> str:
    """The phrase ahead, or what the figure takes over from the one before it."""
    if all(w.text in words_of("total") for w in left) and around.taken(previous):
        if not behind and not counts_people(around):
            return previous.base
        return previous.ahead if len(previous.ahead) <= _SHORT else governing_verb(previous.ahead)
    if behind and around.between.endswith(("为", "给", "向", "让", "以")):
        return ""
    left = from_verb(left, around.opens_bracket) if behind or around.opens_bracket else left
    short = counts_people(around) and starts_with_verb(around.right())
    ahead = phrase_ahead(left, limit=_LEFT if not behind else _SHORT - 2 if short else _BESIDE)
    if behind:
        ahead = last_verb(ahead) if around.opens_with_modifier else without_agent(ahead)
        ahead = governing_end(ahead) if around.figure.kind in (Kind.COUNT, Kind.OTHER) else ahead
    if around.between[:1] in words_of("link") and not any(is_action(w) and w.is_verb for w in left):
        ahead = governing_verb(previous.ahead) + ahead
    if ahead in words_of("lasting"):
        return f"{previous.whole or previous.ahead + previous.behind or previous.base}{ahead}"
    return ahead


def _per(left: list[Word]) -> str:
    """每年, 每户: what an amount is reckoned by."""
    last = max((i for i, w in enumerate(left) if w.text in reckoned_by()), default=-1)
    first = last
    while first > 0 and left[first - 1].text in reckoned_by():
        first -= 1
    return "".join(w.text for w in left[first : last + 1]) if last >= 0 else ""


def _lasting(figure: Figure, ahead: str, said: str, right: list[Word]) -> tuple[str, str]:
    """签订1年以上劳动合同: the contract lasts, not its signing; 种茶20年的农民 is no length of farmers."""
    if figure.kind is not Kind.DURATION or not (said and ahead and right[0].is_noun):
        return ahead, said
    return (ahead, "") if is_person_noun(words(said)[-1].text) else ("", said)


def _borrowed(around: Around, left: list[Word], base: str, previous: Named, alike: Named) -> str:
    """What a figure without words of its own measures: told before, or in another figure's words."""
    if base in words_of("reach") and (level := _reached(around.figure, previous, alike)):
        return level
    if not base and around.says_only_where(previous) and alike.unit == around.figure.unit:
        return _of_all(around, alike)
    base = base or around.population or clause_before(around, left)
    return base or _of_each(around.figure, left, alike) or _of_all(around, alike)


def _reached(figure: Figure, previous: Named, alike: Named) -> str:
    """失业率 in 失业率3.1%，控制在4.5%以内, 股价 in 股价下跌6%，报207元: the level that is reached."""
    if alike.unit == figure.unit:
        return alike.level or alike.base
    return previous.level if previous.level != previous.base else ""


def _of_all(around: Around, alike: Named) -> str:
    """慰问金 in 慰问金每人500元，共6000元: a sum is no longer reckoned by the head."""
    base = alike.base
    if alike.level and _ARRIVES.search(around.between):
        base = alike.level  # 面积增加3万亩，达到28万亩
    each = max((per for per in reckoned_by() if base.startswith(per)), key=len, default="")
    return base.removeprefix(each) if any(w in around.between for w in words_of("total")) else base


def _of_each(figure: Figure, left: list[Word], alike: Named) -> str:
    """重量 in 拉来15捆，每捆300公斤, 价格 in 每公斤26元: what each weighs or costs."""
    if not left or left[-1].text not in reckoned_by() or alike.unit == figure.unit:
        return ""
    if figure.kind is Kind.MONEY:
        return "价格" if left[-1].text in words_of("priced") else ""
    return noted("each").get(figure.kind.value, "")


def _modifies(left: list[Word]) -> bool:
    """Whether the words before a figure describe what stands behind it: 全市消费券发放三个站点."""
    return len(left) > 1 and left[-1].tag == "vn"


def _begins_anew(figure: Figure, left: list[Word], right: list[Word], joins: bool, ahead: str) -> bool:
    """铺设沥青160米解决了难题: a verb behind a figure that closes its phrase begins another."""
    if not right or right[0].text in words_of("link"):
        return True
    if ahead.endswith("以"):
        return False  # 以500元保释
    if figure.kind is Kind.DURATION and left and starts_with_verb([w for w in right if w.text != "的"]):
        return right[0].text == "的" or not left[-1].is_verb
    if (
        figure.kind is Kind.MONEY
        and left
        and left[-1].text in words_of("paid") | words_of("spent")
        and starts_with_verb(right)
    ):
        return True
    measured = figure.kind not in (Kind.COUNT, Kind.OTHER, Kind.DURATION)
    if measured and left and left[-1].tag[:1] == "n" and starts_with_verb(right):
        return True
    closed = (
        len(left) > 1 and left[-1].is_noun and not _modifies(left) and figure.unit not in words_of("people")
    )
    return starts_with_verb(right) and (closed or measured) and (joins or not _is_compound(right))


def _is_compound(right: list[Word]) -> bool:
    """就业奖补, 创业贷款: a verb and a noun that make one name, with nothing behind."""
    return right[0].tag != "d" and 1 < len(right) <= 3 and sum(len(w.text) for w in right) <= 6


def _shared_heads(text: str, figures: Sequence[Figure], named: Sequence[Named]) -> list[str]:
    """A head that stands behind the last figure of a list is that of each.

    迁出地8项、迁入地15项权益; 8620户3.2万人受灾.
    """
    bases = [name.base for name in named]
    for i in range(len(figures) - 2, -1, -1):
        gap = text[figures[i].end : figures[i + 1].start]
        if not gap and figures[i + 1].kind is Kind.AGE:
            verb = named[i].ahead if governing_verb(named[i].ahead) else ""
            bases[i] = f"{verb}{named[i + 1].base.removesuffix('年龄')}"[:LONGEST]
        if named[i].behind or not named[i + 1].behind:
            continue
        alike = gap[:1] == "、" and len(gap) <= 10 and figures[i].unit == figures[i + 1].unit
        people = gap in ("", "共") and {figures[i].unit, figures[i + 1].unit} <= words_of("people")
        if alike or people:
            per = max((p for p in reckoned_by() if named[i].base.startswith(p)), key=len, default="")
            bases[i] = f"{per}{named[i].ahead}{named[i + 1].behind}"[:LONGEST]
    return bases
