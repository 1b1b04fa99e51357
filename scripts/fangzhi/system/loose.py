"""Quoted phrases that nothing but their quotation marks makes a name: weighed, not taken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fangzhi.model.codes import SystemKind
from fangzhi.system.formula import declared_count
from fangzhi.system.model import NamedSystem, Passage
from fangzhi.system.quoted import SHORT, kind_behind, with_noun
from fangzhi.system.vocabulary import closing_kind, is_founding, role
from fangzhi.text.words import is_word, words

_QUOTED = re.compile(r"“([^“”\n。!?;:,]{2,14})”")
#: A whole clause of two things one each: 一户一策.
_ONES = re.compile(r"(?:^|(?<=[,。;:\n“]))(一[^\W\d一]{1,2}一[^\W\d一]{1,2})(?=[,。;:\n”])")
_CALLED = re.compile(r"(?:名为|名叫|取名为?|命名为|叫[做作])([^\W\d]{2,10})的")
#: 12345平台: a telephone number that is the name of what answers it.
_NUMBER = re.compile(r"(?<!\d)1[02]\d{3}(?:[^\W\d]{0,8}?)(?:平台|热线)")
_RULE = re.compile(r"制(?![\u4e00-\u9fff])")
#: How far before 制 its verb is looked for, and how long what stands between may be.
_REACH, _LONG = 12, 6


def loose_systems(passage: Passage) -> Iterator[NamedSystem]:
    """Every short phrase in quotation marks, with the noun it belongs to."""
    for match in _QUOTED.finditer(passage.folded):
        if match[1] in role("common") or match[1].isascii():
            continue
        end, kind = kind_behind(passage, match.end())
        own = closing_kind(match[1], inner=True)
        found = kind.kind if kind else own.kind if own else SystemKind.MECHANISM
        stop = end if kind else with_noun(passage, match.end()) if len(match[1]) <= SHORT else match.end()
        name = passage.text[match.start() : stop]
        yield NamedSystem(
            match.start(), stop, name, found, declared_count(match[1]), read_as="quoted, loosely"
        )
    for match in _ONES.finditer(passage.folded):
        yield NamedSystem(
            *match.span(1), passage.text[slice(*match.span(1))], SystemKind.MECHANISM, read_as="ones"
        )

    yield from _called(passage)
    for match in _NUMBER.finditer(passage.folded):
        yield NamedSystem(
            *match.span(), passage.text[slice(*match.span())], SystemKind.PLATFORM, read_as="a number"
        )
    yield from _in_law(passage)


def _called(passage: Passage) -> Iterator[NamedSystem]:
    """名为甲的平台: what is called so, where the noun behind is a kind of thing that systems are."""
    for match in _CALLED.finditer(passage.masked):
        end, kind = kind_behind(passage, match.end())
        if kind is not None and end > match.end():
            span = match.span(1)
            yield NamedSystem(*span, passage.text[slice(*span)], kind.kind, read_as="called")


def _in_law(passage: Passage) -> Iterator[NamedSystem]:
    """实行包班制: what is set up and closes with 制 as a word by itself."""
    for match in _RULE.finditer(passage.masked):
        start = max(passage.clause(match.start())[0], match.start() - _REACH)
        row = words(passage.masked[start : match.end()])
        verb = next((word for word in reversed(row) if is_founding(word.text)), None)
        unknown = row[-1].text == "制" or not is_word(row[-1].text)
        if unknown and verb and 1 < row[-1].end - verb.end - 1 < _LONG:
            span = start + verb.end, match.end()
            kind = SystemKind.INSTITUTION
            yield NamedSystem(*span, passage.text[slice(*span)], kind, read_as="a rule")
