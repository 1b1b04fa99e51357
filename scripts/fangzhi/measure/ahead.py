"""The phrase ahead of a figure: the last verb with its object, or the last noun phrase."""

from __future__ import annotations

from fangzhi.measure.vocabulary import (
    PARTICLES,
    is_action,
    is_numeral,
    is_person_name,
    is_pronoun,
    reckoned_by,
    words_of,
)
from fangzhi.text.words import Word, words

_FULL_NAME = 3
"""Characters of a name that, alone before a figure, says whose it is and not what: 张建国500元."""


def phrase_ahead(left: list[Word], limit: int) -> str:
    """The words right before a figure that say what it measures, within a number of characters."""
    row = _own_words(left)
    kept: list[Word] = []
    size = 0
    for i in range(len(row) - 1, -1, -1):
        word = row[i]
        if word.text in words_of("and") and kept and is_action(kept[0]):
            break  # 拆除并新建校舍
        if (is_dropped(word) and not _belongs(word, kept)) or _says_how(row, i, kept):
            continue
        size += len(word.text)
        if _bounds(row, i, bool(kept)) or (size > limit and kept):
            kept = _without_its_noun(kept) if word.tag == "p" or is_pronoun(word) else kept
            break
        kept.insert(0, word)
    kept = _trimmed(kept)
    if len(kept) == 1 and is_person_name(kept[0]) and len(kept[0].text) == _FULL_NAME:
        return ""
    return "".join(w.text for w in kept)[-limit - 4 :]


def _without_its_noun(kept: list[Word]) -> list[Word]:
    """转走 in 通过网银转走, 接到 in 这辆车接到: a noun of the word before it, ahead of a verb."""
    at = next((i for i, w in enumerate(kept) if w.is_verb), 0)
    return kept[at:] if at and all(w.is_noun for w in kept[:at]) else kept


def is_dropped(word: Word) -> bool:
    """Whether a word is never part of a measure: an adverb, a particle, 全县."""
    if word.text == "平均":
        return False
    dropped = word.text in words_of("drop") | reckoned_by() or word.tag in PARTICLES
    twice = (
        len(word.text) == 2 and word.text[0] == word.text[1] and word.tag in ("a", "ad", "d", "z")
    )  # 苦苦, 仅仅
    return dropped or twice or word.text.isspace()  # a tab between two cells


def _belongs(word: Word, kept: list[Word]) -> bool:
    """特 in 特大桥: what jieba takes for an adverb, right before a noun."""
    return (
        word.tag == "d"
        and len(word.text) == 1
        and word.text not in words_of("drop")
        and bool(kept)
        and kept[0].tag == "n"
    )


def _says_how(row: list[Word], i: int, kept: list[Word]) -> bool:
    """A light verb (实现就业), an average of what is said with a verb, an adverb before 的 (更严格的)."""
    word = row[i]
    if word.text == "平均":
        return not kept or kept[0].is_verb
    if word.text in words_of("light"):
        return bool(kept) and (not is_action(kept[0]) or (len(kept) > 1 and kept[1].tag[:1] == "n"))
    return word.tag == "ad" and bool(kept) and row[i + 1].text == "的"


def _own_words(left: list[Word]) -> list[Word]:
    """What of a clause belongs to the measure: behind a copula, a list closed by 等, and a circumstance."""
    left = _without_comparison(_without_circumstance(left))
    left = _behind_preposition(_behind_copula(_without_list(left)))
    if left and left[-1].text in ("与", "同", "跟"):
        return []
    while left and (is_dropped(left[-1]) or left[-1].text == "平均"):
        left = left[:-1]
    ends = [i for i, w in enumerate(left) if w.text in words_of("circumstance") and (i > 0 or len(left) > 1)]
    return left[ends[-1] + 1 :] if ends else left


def _without_comparison(left: list[Word]) -> list[Word]:
    """播种面积增加 in 播种面积比上年同期增加21亩: what is compared with is no part of it."""
    at = next(
        (
            i
            for i, w in enumerate(left)
            if w.text in ("比", "较", "与", "同") and w.tag in ("p", "c", "d", "v")
        ),
        0,
    )
    turn = next((i for i, w in enumerate(left) if i > at and w.text in words_of("turn")), 0)
    named = at and turn and left[at].text in ("比", "较") and any(w.is_noun for w in left[:at])
    return left[:at] + left[turn:] if named else left


def _without_circumstance(left: list[Word]) -> list[Word]:
    """制造业实现增加值 in 制造业在龙头企业带动下实现增加值: under what it happened is no part of it."""
    end = next((i for i, w in enumerate(left) if i and w.text in words_of("circumstance")), 0)
    at = next((i for i, w in enumerate(left[:end]) if w.tag == "p"), 0)
    subject = at and any(w.is_noun for w in left[:at]) and not any(w.is_verb for w in left[:at])
    return left[:at] + left[end + 1 :] if subject and any(w.is_verb for w in left[end + 1 :]) else left


def _trimmed(kept: list[Word]) -> list[Word]:
    """A phrase without what only joins or states at its ends: 收入完成, 参保率稳定, 某公司实现."""
    while kept and kept[-1].text in words_of("link"):
        kept = kept[:-1]
    while len(kept) > 1 and kept[-1].text in words_of("reach") and kept[-2].tag != "d":
        kept = kept[:-1]
    bodies = [i for i, w in enumerate(kept[:-1]) if _is_body(w) and kept[i + 1].is_verb]
    kept = kept[bodies[-1] + 1 :] if bodies else kept
    joined = [i for i, w in enumerate(kept[:-1]) if w.text == "、" and is_action(kept[i - 1])]
    kept = kept[joined[-1] + 1 :] if joined and kept[joined[-1] + 1].is_verb else kept
    while len(kept) > 1 and (_holds(kept) or kept[0].text in words_of("aim") | words_of("link")):
        kept = kept[1:]
    return kept


def _holds(kept: list[Word]) -> bool:
    """政府 in 政府发放补贴, who acts; not in 政府开支, whose it is."""
    return kept[0].text in words_of("holder") and not kept[1].tag.startswith("n")


def _is_body(word: Word) -> bool:
    """Whether a word ends like an office or an enterprise: 城管局, 民政部门; 布局 is none."""
    office = word.text.endswith("局") and len(word.text) != 2
    return office or word.text.endswith(tuple(words_of("body")))


def _bounds(row: list[Word], i: int, begun: bool) -> bool:
    """Whether a word ends the phrase, read backwards."""
    word = row[i]
    if word.text in words_of("cause") or is_person_name(word) or is_pronoun(word):
        return True
    if is_numeral(word):
        return True
    if word.tag == "s":
        return begun and word.text not in words_of("modifier")
    if word.tag == "q":
        return begun and (i == 0 or row[i - 1].tag in ("m", "r"))
    if word.text == "比":
        return begun or i == 0
    return word.tag in ("p", "x", "c") and word.text not in words_of("link")


def _behind_copula(left: list[Word]) -> list[Word]:
    """放宽为更大的间隔3米: what is measured stands behind 为."""
    at = max((i for i, w in enumerate(left) if w.text in ("为", "是", "成为")), default=-1)
    rest = left[at + 1 :]
    return rest if at >= 0 and any(w.is_noun for w in rest) else left


def _behind_preposition(left: list[Word]) -> list[Word]:
    """在务工人员集中的城市建立6个服务部: behind where and whom it is done, the verb of the clause.

    最大降雨量出现在河口: where the verb itself only says where, what it is said of.
    """
    at = next((i for i, w in enumerate(left) if w.text in ("在", "对", "从", "向") and w.tag == "p"), None)
    if at is None:
        return left
    of = next((i for i, w in enumerate(left) if i > at and w.text == "的"), len(left))
    if left[at].text == "对" and at and left[-1].is_noun and all(w.is_noun for w in left[of + 1 :]):
        return left  # 投资对经济增长的贡献率
    verbs = [i for i in range(at + 2, len(left)) if left[i].is_verb and not is_action(left[i - 1])]
    if not verbs and at > 1 and left[at - 1].is_verb:
        return left[: at - 1]
    return left[verbs[-1] :] if verbs else left


def _without_list(left: list[Word]) -> list[Word]:
    """引进甲公司、乙公司等15家企业: of a list closed by 等 only the verb that governs it is kept."""
    closing = next((i for i, w in enumerate(left) if w.text in ("等", "等等")), None)
    if closing is None or not (
        closing + 1 == len(left) or any(w.text in words_of("link") or w.tag == "nz" for w in left[:closing])
    ):
        return left
    verbs = []
    for word in left[:closing]:
        if not (is_action(word) or word.tag in PARTICLES or word.text in words_of("drop")):
            break
        verbs.append(word)
    return [*verbs, *left[closing + 1 :]]


def from_verb(left: list[Word], bracket: bool) -> list[Word]:
    """建立 in 务工人员集中的城市建立6个服务部; before a bracket, what follows a preposition."""
    if bracket:
        at = max((i for i, w in enumerate(left) if w.tag == "p"), default=-1)
        return left[at + 1 :]
    start = len(left)
    while start and (left[start - 1].is_verb or left[start - 1].tag in PARTICLES[2:]):
        start -= 1
    return (
        left[start:]
        if any(not is_dropped(w) for w in left[start:]) and any(w.text == "的" for w in left[:start])
        else left
    )


def nouns_at_end(row: tuple[Word, ...]) -> str:
    """The nouns that close a row of words."""
    found = ""
    for word in reversed(row):
        if not word.is_noun:
            break
        found = word.text + found
    return found


def governing_verb(phrase: str) -> str:
    """The first verb of a phrase that something follows, or its only one: 新增 in 新增确诊病例."""
    row = words(phrase)
    verbs = [w for w in row if is_action(w) and w.end < len(phrase)] or [w for w in row if is_action(w)]
    return verbs[0].text if verbs else ""


def last_verb(phrase: str) -> str:
    """新建 in 依托新建的13座大棚: the verb that closes a phrase, and so describes what is counted."""
    row = words(phrase)
    return row[-1].text if row and is_action(row[-1]) else ""


def governing_end(phrase: str) -> str:
    """举办 in 围绕发展举办24场论坛, nothing in 学校24场论坛: its closing verbs, or from a verb on.

    Nouns alone are not what is counted behind a figure.
    """
    row = words(phrase)
    acts = [i for i, w in enumerate(row) if is_action(w)]
    if not acts:
        return ""
    at = acts[-1] if row[-1].is_verb else 0
    while at and row[at - 1].is_verb:
        at -= 1
    return phrase[row[at].start :]


def without_agent(phrase: str) -> str:
    """带 in 丈夫带着4个孩子: who does it, where the phrase ends in a verb and its object stands behind."""
    row = words(phrase)
    start = next((i for i, w in enumerate(row) if w.is_verb), 0)
    acts = start > 0 and row[-1].is_verb and all(w.is_noun and w.tag != "b" for w in row[:start])
    return phrase[row[start].start :] if acts else phrase
