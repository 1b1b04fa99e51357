"""Paragraphs torn apart by the columns of a page, put together again."""

from __future__ import annotations

from fangzhi.text.spans import Mapped, join


def mend(paragraphs: list[Mapped]) -> tuple[list[Mapped], int]:
    """Join a paragraph that breaks off inside a quotation to the one elsewhere that closes it.

    The whole stands where its second half stood: it is the first half that a column carried off.
    """
    found = list(paragraphs)
    joined = 0
    for head in [p for p in paragraphs if _left_open(p.text)]:
        tail = next((p for p in found if p is not head and _closes_another(p.text)), None)
        if tail is None or found.index(tail) == found.index(head) + 1:
            continue
        found[found.index(tail)] = join([head, tail])
        found.remove(head)
        joined += 1
    return found, joined


def _left_open(text: str) -> bool:
    return text.rfind("“") > text.rfind("”") and not text.endswith(("。", "！", "？"))


def _closes_another(text: str) -> bool:
    close = text.find("”")
    return close >= 0 and not 0 <= text.find("“") < close
