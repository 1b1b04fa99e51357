"""An article with all that was found in its text: what the builders of rows work from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from fangzhi.entity.organizations import OrganizationMention, find_organizations
from fangzhi.entity.people import PersonMention, find_people
from fangzhi.entity.private import private_people, private_subjects
from fangzhi.page.draft import Draft
from fangzhi.period.find import find_periods
from fangzhi.period.mention import Anchor, PeriodMention, Role
from fangzhi.period.report import report_span
from fangzhi.period.topic import Topic, find_topics
from fangzhi.place.article import article_place
from fangzhi.place.assign import shared_out
from fangzhi.place.find import find_places
from fangzhi.place.gazetteer import COUNTRY, place_id
from fangzhi.place.mention import PlaceMention
from fangzhi.place.resolve import PlaceContext
from fangzhi.place.scene import Scene
from fangzhi.place.standing import is_elsewhere, leads
from fangzhi.quantity.facts import LeftAside, Quantity, find_quantities
from fangzhi.text.fold import fold
from fangzhi.text.source import Document
from fangzhi.text.spans import Mapped
from fangzhi.text.text import Text

# What a national agency or paper says of no place, it says of the country.
_NATIONAL = re.compile("新华社|人民日报|光明日报|经济日报|中新社|央视")

_CLAUSE_END = re.compile(r"[，,。；;：:！？!?\n]")


def _is_duration(mention: PeriodMention) -> bool:
    """Whether a mention of time is a length of time too: 三年内, 压缩到1天以内."""
    return mention.role is Role.WITHIN or (mention.date_end is None and mention.text.endswith("内"))


@dataclass(frozen=True)
class Reading:
    """One article of a page, and the context it is read in; everything else is worked out when asked for."""

    document: Document
    draft: Draft
    position: int
    anchor: Anchor
    context: PlaceContext
    prose: Text
    """The text of the article, read once."""

    @cached_property
    def body(self) -> Mapped:
        """The text with its map into the source."""
        return self.draft.body

    @property
    def text(self) -> str:
        """The text as it is published."""
        return self.prose.printed

    @property
    def source_id(self) -> str:
        """Key of the source."""
        return self.document.source_id

    @cached_property
    def article_id(self) -> str:
        """Key of the article: the source and the offset of its first character."""
        return self.key("a", 0)

    def key(self, letter: str, start: int) -> str:
        """A key for something at an offset of the text: the same as long as the source is."""
        return f"{self.source_id}-{letter}{self.body.starts[start]}"

    @cached_property
    def periods(self) -> list[PeriodMention]:
        """Dates and spans of time."""
        return find_periods(self.prose, self.anchor, self.topics)

    @cached_property
    def report(self) -> PeriodMention | None:
        """The span that the article is about as a statistical report."""
        return report_span(self.prose.folded, self.periods, self.anchor)

    @cached_property
    def topics(self) -> list[Topic]:
        """The years that the article and its sections report on."""
        return find_topics(self.prose, self.heading, self.anchor)

    @cached_property
    def places(self) -> list[PlaceMention]:
        """Names of places."""
        return find_places(self.prose, self.context, self.heading)

    @cached_property
    def place_id(self) -> str | None:
        """The place the article is about."""
        named = article_place(self.heading, self.prose, self.context, Text(self.draft.byline.credit or ""))
        return COUNTRY if named is None and _NATIONAL.search(fold(self.draft.byline.credit or "")) else named

    @cached_property
    def scene(self) -> Scene:
        """The places as they stand in the text, in the headline and on the page."""
        named = find_places(self.heading, self.context)
        headline = frozenset(m.place_id for m in named if m.place_id)
        page = next(map(place_id, self.context.codes()), None)
        return Scene(self.text, self.places, self.place_id, headline, page)

    @property
    def headline(self) -> str:
        """Kicker, title and subtitle in one line."""
        return self.heading.printed

    @cached_property
    def heading(self) -> Text:
        """The headline as a text that is read."""
        return Text(self.draft.headline.line)

    @cached_property
    def _quantities(self) -> tuple[list[Quantity], list[LeftAside]]:
        dates = [(m.start, m.end) for m in self.periods if not _is_duration(m)]
        taken = [*dates, *((m.start, m.end) for m in self.places)]
        return find_quantities(self.prose, taken, self.context.province or self.place_id)

    @property
    def quantities(self) -> list[Quantity]:
        """The figures in reading order."""
        return self._quantities[0]

    @property
    def left_aside(self) -> list[LeftAside]:
        """Numerals that were not taken as figures."""
        return self._quantities[1]

    @cached_property
    def shared_out(self) -> dict[int, str | None]:
        """Places by the start of figures that 分别 shares out among them."""
        return shared_out(self.scene, [(q.start, q.end) for q in self.quantities])

    def sentence_span(self, position: int) -> tuple[int, int]:
        """Start and end of the sentence in which an offset stands."""
        return self.prose.sentence(position)

    def sentence(self, position: int) -> str:
        """The sentence in which an offset stands."""
        return self.text[slice(*self.sentence_span(position))]

    @cached_property
    def organizations(self) -> list[OrganizationMention]:
        """Bodies named in full."""
        covered = (at for p in self.places if not p.deictic for at in range(p.start, p.end))
        return find_organizations(self.prose, frozenset(covered))

    @cached_property
    def people(self) -> list[PersonMention]:
        """People named with a public post."""
        return find_people(self.prose)

    @cached_property
    def _private(self) -> list[tuple[int, int]]:
        return private_subjects(self.prose)

    def without_private_names(self, measure: str, position: int) -> str:
        """The measure of the figure at an offset without the names of private persons in its sentence."""
        start, end = self.sentence_span(position)
        for name in {self.text[b:e] for b, e in self._private_people if start <= b < end}:
            measure = measure.replace(name, "")
        return measure

    @cached_property
    def _private_people(self) -> list[tuple[int, int]]:
        return private_people(self.prose)

    def is_personal(self, position: int) -> bool:
        """Whether what stands at an offset is told of one person, and of no place or body named since."""
        start, _ = self.sentence_span(position)
        persons = [end for begin, end in self._private if start <= begin and end <= position]
        persons += [p.end for p in self.people if start <= p.start and self._same_clause(p.end, position)]
        if not persons:
            return False
        others = [p for p in self.places if leads(self.text, p) and not is_elsewhere(self.text, p)]
        bodies = [o.start for o in self.organizations]
        return not any(persons[-1] <= at <= position for at in [*(p.start for p in others), *bodies])

    def _same_clause(self, end: int, position: int) -> bool:
        return end <= position and not _CLAUSE_END.search(self.text, end, position)

    def span(self, start: int, end: int) -> dict[str, int]:
        """Offsets of a stretch of the text in the text and in the source."""
        source_start, source_end = self.body.source_span(start, end)
        return {"text_start": start, "text_end": end, "source_start": source_start, "source_end": source_end}
