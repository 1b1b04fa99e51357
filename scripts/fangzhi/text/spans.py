"""Text that remembers where each of its characters stands in the source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain


@dataclass(frozen=True)
class Mapped:
    """A text and, for each character, where it begins and ends in the decoded source (code points).

    A character that stands for several (``&#22269;``) spans them all.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def __post_init__(self) -> None:
        assert len(self.text) == len(self.starts) == len(self.ends)

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> Mapped:
        return Mapped(self.text[part], self.starts[part], self.ends[part])

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the source: first character to one past the last."""
        return self.starts[start], self.ends[end - 1]

    def strip(self) -> Mapped:
        """Without white space at both ends."""
        left = len(self.text) - len(self.text.lstrip())
        return self[left : max(left, len(self.text.rstrip()))]


def whole(text: str) -> Mapped:
    """The source itself, each character at its own place."""
    return Mapped(text, range(len(text)), range(1, len(text) + 1))


def join(parts: Iterable[Mapped], separator: str = "") -> Mapped:
    """Non-empty parts one after the other; a separator stands at the end of the part before it."""
    pieces: list[Mapped] = []
    for part in filter(len, parts):
        if pieces and separator:
            at = pieces[-1].ends[-1]
            pieces.append(Mapped(separator, [at] * len(separator), [at] * len(separator)))
        pieces.append(part)
    return Mapped(
        "".join(p.text for p in pieces),
        list(chain.from_iterable(p.starts for p in pieces)),
        list(chain.from_iterable(p.ends for p in pieces)),
    )


def substitute(mapped: Mapped, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str]) -> Mapped:
    """``re.sub`` that keeps the map: what replaces a match spans the whole of it.

    A replacement equal to the match keeps it as it stands.
    """
    pieces: list[Mapped] = []
    done = 0
    for match in pattern.finditer(mapped.text):
        new = replace(match)
        if new == match[0]:
            continue
        pieces.append(mapped[done : match.start()])
        if new:
            start, end = mapped.source_span(*match.span())
            pieces.append(Mapped(new, [start] * len(new), [end] * len(new)))
        done = match.end()
    return join([*pieces, mapped[done:]]) if done else mapped


def pieces(mapped: Mapped, gap: int = 200) -> list[list[int]]:
    """The stretches of the source a text is made of, in reading order: ``[[start, end], …]``.

    Dropped white space and debris do not end a stretch; a step back or a gap wide enough for
    another block does.
    """
    found: list[list[int]] = []
    for start, end in zip(mapped.starts, mapped.ends, strict=True):
        if found and 0 <= start - found[-1][1] <= gap:
            found[-1][1] = end
        elif not found or end > found[-1][1] or start < found[-1][0]:
            found.append([start, end])
    return found
