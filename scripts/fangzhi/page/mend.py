"""Paragraphs torn apart by the columns of a page, put together again."""

from __future__ import annotations

from fangzhi.text.spans import Mapped, join


def mend(paragraphs: list[Mapped]) -> tuple[list[Mapped], int]:
    """Join a paragraph that breaks off inside a quotation to the one elsewhere that closes it.

    The whole stands where its second half stood: it is the first half that a column carried off.
    """
    found = list(paragraphs)
    joined = 0
    while (pair := _torn_pair(found)) is not None:
        head, tail = pair
        found[tail] = join([found[head], found[tail]])
        del found[head]
        joined += 1
    return found, joined


def _torn_pair(paragraphs: list[Mapped]) -> tuple[int, int] | None:
    """A paragraph left open and one, not the next, that closes a quotation it does not open."""
    heads = [i for i, p in enumerate(paragraphs) if _left_open(p.text)]
    tails = [i for i, p in enumerate(paragraphs) if _closes_another(p.text)]
    return next(((h, t) for h in heads for t in tails if t not in (h, h + 1)), None)


def _left_open(text: str) -> bool:
    return text.rfind("“") > text.rfind("”") and not text.endswith(("。", "！", "？"))


def _closes_another(text: str) -> bool:
    close = text.find("”")
    return close >= 0 and not 0 <= text.find("“") < close
