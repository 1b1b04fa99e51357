"""Counts of what was wanted, given and right, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Tally:
    """How much was annotated and given, and how much of either is right.

    ``right`` counts annotations, ``good`` rows: the same number unless several rows may answer to one
    annotation. ``compared`` are the annotations that a row was matched to; ``agreement`` says how often the
    reading is right where the thing itself was found.
    """

    wanted: int = 0
    given: int = 0
    right: int = 0
    good: int = 0
    compared: int = 0

    def add(self, other: Tally) -> None:
        """Count the other's as well."""
        for name in ("wanted", "given", "right", "good", "compared"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def precision(self) -> float | None:
        """Rows that are right of those given; None where none was."""
        return self.good / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        """Annotations answered rightly of all; None where there are none."""
        return self.right / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where one of them is."""
        precision, recall = self.precision, self.recall
        if precision is None or recall is None:
            return None
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    @property
    def agreement(self) -> float | None:
        """Right of compared; None where nothing was."""
        return self.right / self.compared if self.compared else None


@dataclass(frozen=True)
class Miss:
    """Something missed, wrong or not annotated, and the line of the text it stands in.

    An annotation that ``is_not_in_text`` is held against nothing.
    """

    doc: str
    line: int | None
    table: str
    what: str
    wanted: str
    given: str
    is_not_in_text: bool = False


@dataclass
class Score:
    """Tallies by table and column (``None``: the rows themselves), and the misses."""

    tallies: dict[tuple[str, str | None], Tally] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    def count(self, table: str, column: str | None, *, good: int | None = None, **numbers: int) -> None:
        """Add to a tally; where ``good`` is not told apart it is ``right``."""
        rows = numbers.get("right", 0) if good is None else good
        self.tallies.setdefault((table, column), Tally()).add(Tally(good=rows, **numbers))

    def merge(self, other: Score) -> None:
        """Add the score of another page."""
        for key, tally in other.tallies.items():
            self.tallies.setdefault(key, Tally()).add(tally)
        self.misses += other.misses
