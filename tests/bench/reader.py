"""How fast pages are read, and how many annotated amounts are found, beside other libraries in one run.

    make bench [TEXTS=folder] [GOLD=folder]

TEXTS holds pages as .txt files, GOLD annotations of them as ``fangzhi evaluate`` takes them; without GOLD
only the speed is measured. All on one core, process time, the median of three passes for ours.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from fangzhi.model.tables import Observation
from fangzhi.pipeline import extract
from fangzhi.text.source import Document

Found = tuple[int, int, str]


@dataclass(frozen=True)
class Result:
    """Seconds of one pass over the texts, and the amounts found in each."""

    seconds: float
    found: list[list[Found]]


@dataclass(frozen=True)
class Amount:
    """An annotated amount: where it stands in the text, and its value."""

    text: int
    start: int
    end: int
    value: Decimal


def ours(texts: list[str]) -> Result:
    """All rows of each text, as a build makes them."""
    seconds = []
    for _ in range(3):
        started = time.process_time()
        read = [extract(Document(f"{number}.txt", text.encode())) for number, text in enumerate(texts)]
        seconds.append(time.process_time() - started)
    found = [
        [(row.source_start, row.source_end, str(row.value)) for row in data.rows(Observation)]
        for data in read
    ]
    return Result(statistics.median(seconds), found)


def peers(texts: list[str], python: str) -> dict[str, Result]:
    """The same texts read by other libraries, in their own environment."""
    program = Path(__file__).with_name("peers.py")
    run = subprocess.run(
        [python, program], input=json.dumps(texts), capture_output=True, text=True, check=False
    )
    if run.returncode:
        sys.exit(f"{program.name}: {run.stderr.strip().splitlines()[-1]}")
    return {name: Result(**result) for name, result in json.loads(run.stdout).items()}


def annotated(gold: Path, names: list[str], texts: list[str]) -> Iterator[Amount]:
    """The annotated amounts that stand in the texts as they are, without line ends within."""
    for number, (name, text) in enumerate(zip(names, texts, strict=True)):
        file = gold / f"{name}.json"
        for row in json.loads(file.read_text("utf-8"))["observations"] if file.exists() else ():
            at = text.find(row["context"])
            if at >= 0:
                start = at + row["context"].find(row["quote"])
                value = Decimal(str(row["value"])) * Decimal(str(row.get("multiplier") or 1))
                yield Amount(number, start, start + len(row["quote"]), value)


def recall(amounts: list[Amount], found: list[list[Found]]) -> float:
    """The share of annotated amounts that overlap one found with the same value."""
    return sum(any(_same(amount, other) for other in found[amount.text]) for amount in amounts) / len(amounts)


def _same(amount: Amount, found: Found) -> bool:
    start, end, value = found
    try:
        return (
            start < amount.end
            and amount.start < end
            and abs(Decimal(value) - amount.value) <= amount.value / 10**6
        )
    except InvalidOperation:
        return False


def _recall(amounts: list[Amount], found: list[list[Found]]) -> str:
    """Recall as it is printed; nothing for a library that states no values, or where nothing is annotated."""
    stated = any(value for row in found for *_, value in row)
    return f"  recall {recall(amounts, found):.3f}" if amounts and stated else ""


def main() -> None:
    """Print one line a library: characters a second, the ratio to ours, and recall."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--peers", default=sys.executable, help="the Python of the environment of the others")
    options = parser.parse_args()
    files = sorted(options.texts.glob("*.txt"))
    if not files:
        sys.exit(f"{options.texts}: no .txt file")
    texts = [file.read_text("utf-8-sig") for file in files]
    ours(texts[:1])
    results = {"fangzhi, all rows": ours(texts), **peers(texts, options.peers)}
    amounts = list(annotated(options.gold, [file.stem for file in files], texts)) if options.gold else []
    characters, first = sum(map(len, texts)), results["fangzhi, all rows"].seconds
    print(f"{len(texts)} texts, {characters} characters, {len(amounts)} annotated amounts")
    for name, result in results.items():
        said = f"{characters / result.seconds:12,.0f} characters/s  x{first / result.seconds:.2f}"
        print(f"{name:36}{said}" + _recall(amounts, result.found))


if __name__ == "__main__":
    main()
