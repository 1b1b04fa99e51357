"""What other libraries find in texts, and how long they take: reads JSON from stdin, writes JSON to stdout.

Runs in an environment of its own, with the requirements beside it.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

Found = tuple[int, int, str]
"""Start and end of an amount in a text, and its value as a number in plain digits."""


def _jionlp() -> dict[str, Callable[[str], Iterator[Found]]]:
    import jionlp

    def money(text: str) -> Iterator[Found]:
        for item in jionlp.ner.extract_money(text, with_parsing=True):
            value = item["detail"]["num"]
            yield (*item["offset"], value[0] if isinstance(value, list) else value)

    def times(text: str) -> Iterator[Found]:
        for item in jionlp.ner.extract_time(text, time_base={"year": 2021, "month": 3, "day": 5}):
            yield (*item["offset"], "")

    return {"jionlp money": money, "jionlp time": times}


def _recognizers() -> dict[str, Callable[[str], Iterator[Found]]]:
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_age, recognize_currency, recognize_dimension
    from recognizers_text import Culture

    def all_models(text: str) -> Iterator[Found]:
        models = (
            recognize_currency,
            recognize_dimension,
            recognize_age,
            recognize_percentage,
            recognize_number,
        )
        for model in models:
            for item in model(text, Culture.Chinese):
                yield item.start, item.end + 1, str((item.resolution or {}).get("value", "")).rstrip("%")

    return {"Recognizers-Text numbers and units": all_models}


def run(find: Callable[[str], Iterator[Found]], texts: list[str]) -> dict[str, Any]:
    """Seconds of one pass over all texts, and what was found; a text that a library fails on has nothing."""
    found: list[list[Found]] = []
    started = time.process_time()
    for text in texts:
        try:
            found.append(list(find(text)))
        except Exception:  # noqa: BLE001 - a peer's failure is its result
            found.append([])
    return {"seconds": time.process_time() - started, "found": found}


def main() -> None:
    """One warm pass over the first text, then one that counts, for each library."""
    texts = json.load(sys.stdin)
    with contextlib.redirect_stdout(io.StringIO()):
        peers = {**_jionlp(), **_recognizers()}
        for find in peers.values():
            run(find, texts[:1])
        results = {name: run(find, texts) for name, find in peers.items()}
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
