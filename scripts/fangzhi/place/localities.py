"""Villages, neighbourhoods and housing estates that no list has, by what their names end in."""

from __future__ import annotations

import re
from functools import cache

from fangzhi.lexicons import words as lexicon_words
from fangzhi.model.codes import PlaceLevel
from fangzhi.place.gazetteer import locality_suffixes
from fangzhi.text.words import Word, is_word, words

#: What no name opens with: figures, pronouns and words that count or point.
_NO_OPENER = "零百千万亿两几半多全每某本该我你他她它其各此那这同新老原旧农乡社小大属"
#: A numeral opens one if no classifier follows: 四间村, 五里村.
_NUMERAL = "[一二三四五六七八九十]+[个余多几名位户座所条家类种级批次]|[一二三四五六七八九十][村社]"
_STEM = 5
#: So many characters of a name are enough to know it again by.
_TELLING = 3
_GRAMMAR = frozenset("的了和与及或在到从向往对把被给让将于以为由是有等去来之而且并也都就把")


@cache
def _pattern(townships: bool) -> re.Pattern[str]:
    stem = rf"(?![{_NO_OPENER}]|{_NUMERAL})(?P<stem>[\u4e00-\u9fff]{{2,{_STEM}}}?)(?<![农乡渔牧])"
    levels = locality_suffixes().items()
    estates = "|".join(s for s, level in levels if level is PlaceLevel.LOCALITY)
    ends = "|".join(s for s, level in levels if (level is PlaceLevel.TOWNSHIP) is townships)
    return re.compile(rf"{stem}{'' if townships else f'(?:{estates})?'}(?:{ends})")


@cache
def _cue() -> re.Pattern[str]:
    return re.compile("|".join(lexicon_words("place_locality_cues")))


_CIVIC = re.compile(r"公所|代表会|[乡镇]长|[农居乡镇]?民|\d")
_OVER_TOWNSHIPS = (PlaceLevel.COUNTY, PlaceLevel.PREFECTURE)
#: What says that the name behind it is where somebody is.
_ARRIVED = re.compile(r"(?:在|位于|来到|走进|走访|地处)$")


@cache
def _endings() -> tuple[re.Pattern[str], int]:
    """What names of localities and townships end in, and how far before its end a name may begin."""
    suffixes = locality_suffixes()
    return re.compile(f"(?={'|'.join(suffixes)})"), _STEM + max(map(len, suffixes))


def locality_starts(plain: str) -> frozenset[int]:
    """Where in a simplified text the name of an unlisted place may begin: not too far before an ending."""
    endings, reach = _endings()
    return frozenset(
        at for end in endings.finditer(plain) for at in range(end.start() - reach, end.start() - 1) if at >= 0
    )


def locality_end(plain: str, start: int, above: PlaceLevel | None, boundaries: frozenset[int]) -> int | None:
    """Where a name of an unlisted place that opens at a position ends; None where nothing shows one.

    What shows it: the unit it lies in right before it, of the level ``above``, a body, office or people of it
    right behind it, somebody who is there, or that the text says it again. A township is shown by its county
    or prefecture alone. ``plain`` is simplified text and ``boundaries`` where its words end.
    """
    if above in _OVER_TOWNSHIPS and (end := _township_end(plain, start)):
        return end
    found = _pattern(False).match(plain, start, start + 2 * _STEM + 2)
    if not found:
        return None
    end, cue = found.end(), _cue().match(plain, found.end())
    if not (cue or end in boundaries) or not _is_proper(found["stem"], above is not None, cue is not None):
        return None
    there = _ARRIVED.search(plain, max(0, start - 2), start) and not is_word(found["stem"])
    return end if above or cue or there or plain.count(telling_part(found[0])) > 1 else None


def civic_township_end(plain: str, start: int) -> int | None:
    """Where the name of a township ends that an office or people of it, or a count, follow: 虎尾镇公所."""
    end = _township_end(plain, start)
    return end if end and _CIVIC.match(plain, end) else None


def _township_end(plain: str, start: int) -> int | None:
    """Where a township's name ends; 工业重镇, 美丽乡村 and 返乡 are words, no names."""
    found = _pattern(True).match(plain, start, start + _STEM + 2)
    if not found or not _is_proper(found["stem"], False, False):
        return None
    end = found.end()
    torn = is_word(plain[end - 1 : end + 1]) or (plain[end - 1] != "道" and is_word(plain[end - 2 : end]))
    return None if torn else end


def telling_part(name: str) -> str:
    """A name without what it ends in, if that is enough to know it again by; else all of it."""
    stem = name.removesuffix(next(filter(name.endswith, locality_suffixes())))
    return stem if len(stem) >= _TELLING else name


def _is_proper(stem: str, known: bool, peopled: bool) -> bool:
    """Whether a stem is a name: of nouns, none a kind of place; also other words behind the unit it lies in,
    and any one word where its people follow."""
    row = words(stem)
    generic = any(generic in stem for generic in lexicon_words("place_generic_stems"))
    if generic or any(word.text in _GRAMMAR for word in row):
        return False
    return all(_is_name_part(word, known) for word in row) or (peopled and len(row) == 1)


def _is_name_part(word: Word, known: bool) -> bool:
    noun = word.tag[:1] in ("n", "j", "x", "g") or word.tag in ("zg", "eng")
    return noun or (known and word.tag[:1] in ("m", "q", "f", "a", "b", "s", "t"))
