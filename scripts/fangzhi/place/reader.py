"""One reading of a text from left to right: the places that it names, and those it points back to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from fangzhi.model.codes import PlaceLevel
from fangzhi.place.abroad import is_abroad
from fangzhi.place.around import bodies, common_words, continued, followers, surnames
from fangzhi.place.gazetteer import (
    COUNTRY,
    OUTSIDE_NBS,
    UNLISTED,
    is_local,
    is_quarter,
    level_of,
    load_gazetteer,
    locality_suffixes,
    place_id,
    unlisted,
)
from fangzhi.place.localities import civic_township_end, locality_end, telling_part
from fangzhi.place.mention import PlaceMention, Reason
from fangzhi.place.names import Form, Name, NameIndex, load_names, load_villages
from fangzhi.place.pointers import Lines, Pointer, is_called, pointer_at, speakers_code
from fangzhi.place.resolve import PlaceContext, depth, highest, nearest
from fangzhi.place.spots import spots
from fangzhi.text.fold import simplify
from fangzhi.text.text import Text
from fangzhi.text.words import is_word

#: Characters after which a new phrase may begin.
_OPENERS = frozenset("在到从往由与和及对向赴于至经自是为给据离距属驻")
_TORN = re.compile(r"(?:(?![的了和与及或在到从由往向对把被给将以为是有等下辖])[\u4e00-\u9fff]){1,4}")
_UNIQUE_TOWNSHIP = 4
#: What names of townships and districts end in.
_KINDS = frozenset("乡镇区市")
#: The levels of the units that villages and estates are said to lie in.
_HOLDERS = frozenset({PlaceLevel.COUNTY, PlaceLevel.TOWNSHIP})
_MANY_COUNTIES = 12


class Reader:
    """One reading of a text from left to right."""

    def __init__(
        self, text: Text, context: PlaceContext, named: frozenset[str], before: Sequence[str] = ()
    ) -> None:
        self.text, self.plain = text.printed, text.simplified
        self.spots = spots(self.plain)
        self.boundaries = self.spots.boundaries
        self.here = context.codes()
        self.named = named
        self.gazetteer = load_gazetteer()
        self.mentions: list[PlaceMention] = []
        self.before = list(before)
        self.codes = list(before)
        self.unlisted: dict[str, dict[str, str]] = {}
        self.written: dict[str, str] = {}
        self.villages = self.villages_spoken_of()

    def villages_spoken_of(self) -> NameIndex:
        """The villages of the counties that are spoken of; none where too many are."""
        spoken = [code for code in {*self.named, *self.here} if level_of(code) is PlaceLevel.COUNTY]
        return load_villages(frozenset(spoken if len(spoken) <= _MANY_COUNTIES else self.here[:1]))

    def read(self, forms: frozenset[Form]) -> list[PlaceMention]:
        """All mentions written in one of the forms; deictic ones when short names are read too."""
        done = 0
        for at, pair in enumerate(self.spots.pairs):
            if at >= done and self.may_begin(at, pair) and (found := self.found_at(at, forms)):
                self.add(found)
                done = found.end
        return self.mentions

    def may_begin(self, at: int, pair: str) -> bool:
        """Whether anything may begin at a position, where a pair of characters stands."""
        return at in self.spots.starts or pair in self.villages or pair in self.unlisted

    def found_at(self, at: int, forms: frozenset[Form]) -> PlaceMention | None:
        """The mention that begins at a position, if one does."""
        for name in (*self.villages.at(self.plain, at), *self.spots.named.get(at, ())):
            if name.form in forms and (found := self.named_at(at, name)):
                return found
        if Form.SHORT not in forms:
            return None
        return self.deictic_at(at) or self.unlisted_at(at)

    def add(self, mention: PlaceMention) -> None:
        """Keep a mention; one that goes on from the unit above it becomes one with that."""
        last = self.mentions[-1] if self.mentions else None
        code = mention.place_id and mention.place_id.removeprefix(COUNTRY)
        if code:
            self.codes.append(code)
            self.written[code] = mention.name
        if last and code and not (last.deictic or mention.deictic) and self.upper(mention.start):
            above = (last.place_id or "").removeprefix(COUNTRY)
            if code != above and self.gazetteer.within(code, above):
                self.mentions.pop()
                mention = replace(mention, start=last.start, name=self.text[last.start : mention.end])
        self.mentions.append(mention)

    def upper(self, start: int) -> str | None:
        """The unit that is named right before a position."""
        last = self.mentions[-1] if self.mentions else None
        if last is None or not last.place_id or last.place_id == COUNTRY:
            return None
        gap = self.plain[last.end : start]
        return last.place_id.removeprefix(COUNTRY) if gap.strip(" ") == "" and len(gap) < 2 else None

    # names

    def named_at(self, start: int, name: Name) -> PlaceMention | None:
        """The mention that a name at a position makes, if it is one."""
        end = start + len(name.text)
        upper = self.upper(start)
        below = [c for c in name.codes if upper and c != upper and self.gazetteer.within(c, upper)]
        if name.form is not Form.SHORT and continued().match(self.plain, end):
            return None
        if name.form is Form.SHORT and self.is_part(end, highest(below or name.codes)[0]):
            return None
        if below:
            return self.mention(start, end, highest(below))
        if name.form is Form.SHORT:
            return self.short_at(start, end, name)
        if name.form is Form.VILLAGE:
            return self.village_at(start, end, name)
        return self.full_at(start, end, name)

    def is_part(self, end: int, code: str) -> bool:
        """Whether a short name goes on as that of something else; another place behind it is none."""
        another = any(load_names().at(self.plain, end))
        return not another and bool(followers(level_of(code)).match(self.plain, end))

    def mention(self, start: int, end: int, codes: list[str]) -> PlaceMention:
        """A mention of the only candidate, or one that says there are several."""
        only = place_id(codes[0]) if len(codes) == 1 else None
        reason: Reason | None = None if only else "ambiguous"
        return PlaceMention(start, end, only, self.text[start:end], reason=reason)

    def around(self) -> list[str]:
        """Units that a name may lie near, the nearest first."""
        return [*self.codes[:-6:-1], *self.here]

    def local(self, code: str) -> bool:
        """Whether a unit is spoken of here anyway: named in full, or of the page's own prefecture."""
        home = [here for here in self.here[:2] if depth(here) > 1 or here[:2] in OUTSIDE_NBS]
        return code in self.named or any(self.gazetteer.within(code, here) for here in home)

    def opens(self, start: int, end: int = 0) -> bool:
        """Whether a phrase begins at a position, or the dictionary has all of it as one word."""
        before = self.plain[start - 1 : start]
        one_word = {start, end} <= self.boundaries and self.boundaries.isdisjoint(range(start + 1, end))
        return not before.isalnum() or before in _OPENERS or before.isdigit() or (end > 0 and one_word)

    def full_at(self, start: int, end: int, name: Name) -> PlaceMention | None:
        codes = [code for code in name.codes if not is_quarter(code) or self.is_home_of(code)]
        if not codes:
            return None
        code = nearest(self.gazetteer, codes, self.around())
        certain = code is not None and self.local(code)
        needs = common_words().get(name.text)
        if needs == "chain" or (needs == "local" and not (certain and self.opens(start))):
            return None
        if start not in self.boundaries and not (certain and end - start > 2 and self.opens(start)):
            return None
        if end - start == 2 and not self.is_short_word(start, end, certain):
            return None
        if not certain and self.beside(start, name):
            return None
        if level_of(codes[0]) is PlaceLevel.TOWNSHIP or name.form is Form.FORMER:
            return self.far_township(start, end, name, code)
        if code is None and len(codes) == 1:
            code = codes[0]
        return self.mention(start, end, [code] if code else codes)

    def is_home_of(self, quarter: str) -> bool:
        """Whether a township or quarter of Taiwan or Hong Kong lies in what is spoken of; one whose name does
        not say what it is (中环) needs a page of its city."""
        near = self.around() if quarter[-1] in _KINDS else self.here
        return any(code[:2] == quarter[:2] for code in near)

    def is_short_word(self, start: int, end: int, certain: bool) -> bool:
        """Whether two characters stand as a word of their own, or right before a place: 美国纽约."""
        if end not in self.boundaries:
            return any(load_names().at(self.plain, end))
        return certain or self.opens(start, end)

    def village_at(self, start: int, end: int, name: Name) -> PlaceMention | None:
        whole = start in self.boundaries and not self.is_torn(start)
        if end - start < 3 or not whole or name.text in common_words():
            return None
        if (upper := self.upper(start)) and level_of(upper) is PlaceLevel.TOWNSHIP:
            return None  # what is printed behind a township lies in it, whichever the list puts it in
        if again := self.named_again(start):
            return again
        code = nearest(self.gazetteer, name.codes, self.around())
        return self.mention(start, end, [code] if code else list(name.codes))

    def is_torn(self, start: int) -> bool:
        """Whether a name seems to begin earlier, right behind a unit: 农场村 in 喀左县官大海农场村."""
        last = self.mentions[-1].end if self.mentions else 0
        return bool(_TORN.fullmatch(self.plain, last, start)) and not is_word(self.plain[last:start])

    def unlisted_at(self, start: int) -> PlaceMention | None:
        """A village, neighbourhood or estate that the gazetteer does not have, or its name again in short."""
        if (again := self.named_again(start)) is not None:
            return again
        upper = self.upper(start)
        if upper is None and not self.opens(start) and self.plain[start - 1] != "的":
            return None
        if (
            upper is None
            and (above := self.unlisted_county())
            and (end := civic_township_end(self.plain, start))
        ):
            return self.mention(start, end, [self.learn(start, end, above)])
        end = locality_end(self.plain, start, level_of(upper) if upper else None, self.boundaries)
        if end is None or self.plain[start:end] in common_words():
            return None
        above = self.surrounding(start) if upper is None else upper
        if above is None or is_abroad(above):  # the places abroad are those of the list
            return PlaceMention(start, end, None, self.text[start:end], reason="unknown")
        return self.mention(start, end, [self.learn(start, end, above)])

    def unlisted_county(self) -> str | None:
        """The county of the page, if the list has none of its townships: one of Taiwan."""
        return next((c for c in self.here if UNLISTED in c and level_of(c) is PlaceLevel.PREFECTURE), None)

    def named_again(self, start: int) -> PlaceMention | None:
        """An unlisted place that was named before, in full or by its telling stem."""
        for written, code in self.unlisted.get(self.plain[start : start + 2], {}).items():
            end = start + len(written)
            whole = code.endswith(written) or not self.plain.startswith(tuple(locality_suffixes()), end)
            upper = self.upper(start)
            fits = self.gazetteer.within(code, upper) if upper else self.opens(start)
            if whole and fits and self.plain.startswith(written, start):
                return self.mention(start, end, [code])
        return None

    def learn(self, start: int, end: int, above: str) -> str:
        """The code of an unlisted place; from now on its name stands for it, if telling without its end."""
        name = "".join(map(simplify, self.text[start:end]))  # each by itself: 沈重 is not 沉重 in a name
        code = unlisted(above, name)
        again = self.unlisted.setdefault(name[:2], {})
        again[name] = code
        again.setdefault(telling_part(name), code)
        return code

    def surrounding(self, start: int) -> str | None:
        """The township or county that an unlisted place lies in: the last named in its paragraph, else the
        only township of the text so far, else the last of the headline, else the page's county."""
        paragraph = self.plain.rfind("\n", 0, start) + 1
        near = [
            m.place_id.removeprefix(COUNTRY) for m in self.mentions if m.start >= paragraph and m.place_id
        ]
        home = self.here[:2][-1] if self.here else ""
        lines = (
            [*self.gazetteer.lineage(code)] for code in [*near[::-1], *self.before[::-1], *self.here[:1]]
        )
        units = [
            u for line in lines for u in line if level_of(u) in _HOLDERS and self.gazetteer.within(u, home)
        ]
        only = {
            u
            for code in self.codes
            for u in self.gazetteer.lineage(code)
            if level_of(u) is PlaceLevel.TOWNSHIP
        }
        return only.pop() if not near and len(only) == 1 else next(iter(units), None)

    def beside(self, start: int, name: Name) -> bool:
        """Whether it stands right behind a unit that it cannot belong to: 保德县西城区 is not Beijing's."""
        upper = self.upper(start)
        return upper is not None and depth(highest(name.codes)[0]) >= depth(upper)

    def far_township(self, start: int, end: int, name: Name, code: str | None) -> PlaceMention | None:
        """A township needs a known county or prefecture; else a name that exists only once."""
        if code is None and len(name.codes) == 1 and end - start >= _UNIQUE_TOWNSHIP and not self.around():
            code = name.codes[0]
        return self.mention(start, end, [code]) if code else None

    def short_at(self, start: int, end: int, name: Name) -> PlaceMention | None:
        ends = end in self.boundaries or any(load_names().at(self.plain, end))
        if not (start in self.boundaries and ends) and not self.is_listed(start):
            return None
        if self.is_given_name(start):
            return None
        code = self.short_code(name, start)
        return self.mention(start, end, [code]) if code else None

    def short_code(self, name: Name, start: int) -> str | None:
        """The unit that a short name may stand for where no unit above precedes it."""
        needs = common_words().get(name.text)
        if is_abroad(name.codes[0]):  # our own stand before
            return self.city_abroad(name)
        spoken = [c for c in name.codes if c in self.named or c in self.here]
        top = highest(name.codes)
        if level_of(top[0]) is PlaceLevel.PROVINCE:
            return top[0]
        if needs == "chain":
            return None
        if spoken:
            return highest(spoken)[0]
        if needs == "local":
            return None
        if level_of(top[0]) is PlaceLevel.PREFECTURE:
            return top[0]
        return self.short_county(top, start, start + len(name.text))

    def city_abroad(self, name: Name) -> str:
        """The city of a name: in a country that is spoken of, else the largest."""
        spoken = {above for code in self.codes[-_MANY_COUNTIES:] for above in self.gazetteer.lineage(code)}
        return next((code for code in name.codes if self.gazetteer.parent(code) in spoken), name.codes[0])

    def short_county(self, codes: list[str], start: int, end: int) -> str | None:
        """A county by its short name: well known, of the page's prefecture, or where something is done; a
        district if a body of it follows."""
        code = codes[0] if len(codes) == 1 else nearest(self.gazetteer, codes, self.around())
        if code is None:
            return None
        district = self.gazetteer.name(code).endswith("区")
        if district and not bodies().match(self.plain, end):
            return None
        alone = len(codes) == 1 and (bool(self.gazetteer.rows[code]["alone"]) or self.is_there(start))
        return code if self.local(code) or (alone and not district) else None

    def is_there(self, start: int) -> bool:
        """Whether the words before a name say that something is done in it: 落户遂昌, 在遂昌建厂."""
        return (
            self.plain[max(0, start - 1) : start] == "在" or self.plain[max(0, start - 2) : start] == "落户"
        )

    def is_listed(self, start: int) -> bool:
        """Whether it goes on with a list of places: 河南、山东."""
        return bool(self.mentions) and self.plain[self.mentions[-1].end : start] == "、"

    def is_given_name(self, start: int) -> bool:
        """Whether a surname stands right before: 王长治 is a man."""
        surname = start > 0 and self.plain[start - 1] in surnames() and start - 1 in self.boundaries
        return surname and (start < 2 or self.opens(start - 1) or self.plain[start - 2] in "者员长记任师")

    # pointing back

    def deictic_at(self, start: int) -> PlaceMention | None:
        pointer = pointer_at(self.plain, start, self.boundaries)
        if pointer is None or (pointer.body and not self.opens(start)):
            return None
        code = self.referent(pointer, start)
        if code is None and (pointer.body or is_local(locality_suffixes().get(pointer.suffix))):
            return None
        reason: Reason | None = None if code is not None else "no_antecedent"
        known = None if code is None else place_id(code)
        return PlaceMention(start, pointer.end, known, self.text[start : pointer.end], True, reason)

    def referent(self, pointer: Pointer, start: int) -> str | None:
        """The unit that 我市, 全县 and the like stand for: the code, empty for the country."""
        if pointer.suffix == "国":
            return ""
        speaker = speakers_code(self.plain, self.mentions, start) if pointer.reference == "own" else None
        lines = Lines(self.gazetteer, [speaker] if speaker else self.here, self.before, self.codes)
        names = self.gazetteer.name, self.written.get
        return next((c for c in lines.candidates(pointer) if is_called(c, pointer.suffix, *names)), None)
