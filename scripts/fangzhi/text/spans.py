"""Text that remembers where each of its characters stands in the source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Mapped:
    """A text and, for each of its characters, the offset of that character in the decoded source."""

    text: str
    offsets: Sequence[int]

    def __post_init__(self) -> None:
        assert len(self.text) == len(self.offsets)

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> Mapped:
        return Mapped(self.text[part], self.offsets[part])

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the source: first character to one past the last."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def strip(self) -> Mapped:
        """Without white space at both ends."""
        left = len(self.text) - len(self.text.lstrip())
        return self[left : max(left, len(self.text.rstrip()))]

    def pieces(self) -> list[list[int]]:
        """The stretches of the source it is made of, in reading order: ``[[start, end], …]``.

        A gap of dropped white space or debris does not end a stretch; a step back or a gap that
        another block may stand in (over 200 characters) does.
        """
        found: list[list[int]] = []
        for offset in self.offsets:
            if found and 0 <= offset - found[-1][1] <= 200:
                found[-1][1] = offset + 1
            else:
                found.append([offset, offset + 1])
        return found


def whole(text: str) -> Mapped:
    """The source itself, each character at its own offset."""
    return Mapped(text, range(len(text)))


def join(parts: Iterable[Mapped], separator: str = "") -> Mapped:
    """Parts one after the other; a separator takes the offset of the character before it."""
    text: list[str] = []
    offsets: list[int] = []
    for part in parts:
        if text and len(part):
            text.append(separator)
            offsets.extend([offsets[-1]] * len(separator))
        text.append(part.text)
        offsets.extend(part.offsets)
    return Mapped("".join(text), offsets)
