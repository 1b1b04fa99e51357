"""Learning the order among readings that compete from annotated pages: ``fangzhi train``."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.table import Table

from fangzhi.evaluate.choices import TEACHERS
from fangzhi.evaluate.page import Page, Rows
from fangzhi.lexicons import FOLDER, read_lexicon
from fangzhi.pipeline import readings
from fangzhi.rank.fit import Case, accuracy, cross_validated, fit
from fangzhi.rank.weights import WEIGHTS, load_weights
from fangzhi.run.evaluate import annotated_pages
from fangzhi.run.inputs import InputError
from fangzhi.run.progress import Progress
from fangzhi.text.source import decode

LEXICON = FOLDER / f"{WEIGHTS}.csv"
_COLUMNS = ("choice", "feature", "weight")
_HEADER = (
    "选择\nchoice",
    "版面\npages",
    "数据\nfigures",
    "可及\nreach",
    "此前\nbefore",
    "交叉验证\ncross-validated",
)


@dataclass(frozen=True)
class Learned:
    """What was learned for a choice.

    ``reach`` is the share of cases that have a right option, ``before`` and ``after`` that in which it is
    chosen: with the weights as they stood, and with new ones on pages that those were not fitted on.
    """

    choice: str
    pages: int
    cases: int
    reach: float
    before: float
    after: float
    weights: dict[str, float]


def train(folders: Sequence[Path], choices: Sequence[str], progress: Progress) -> list[Learned]:
    """What pairs of folders, texts and their annotations, teach of some choices; of all if none is named.

    InputError where texts or annotations are missing or wrong, or there is no such choice.
    """
    if not folders or len(folders) % 2:
        raise InputError(
            "请成对给出：文字文件夹、标注文件夹 / give pairs of folders: TEXTS GOLD [TEXTS GOLD …]"
        )
    if unknown := set(choices) - TEACHERS.keys():
        raise InputError(f"没有这种选择 there is no such choice: {', '.join(sorted(unknown))}")
    pairs = list(zip(folders[::2], folders[1::2], strict=True))
    pages = [(i, *page) for i, pair in enumerate(pairs) for page in annotated_pages(*pair)]
    found: dict[str, list[Case]] = {name: [] for name in TEACHERS if not choices or name in choices}
    for i, gold, document in progress.over(pages, len(pages), "读取版面 reading pages"):
        page = Page(gold, decode(document.data).text, _NO_ROWS)
        read = list(readings(document))
        for name, cases in found.items():
            cases += TEACHERS[name](page, read, f"{i}:{gold.doc}")
    return [_learned(name, cases) for name, cases in found.items()]


_NO_ROWS = Rows([], [], [], [], [], [], {})


def _learned(choice: str, cases: Sequence[Case]) -> Learned:
    return Learned(
        choice=choice,
        pages=len({case.page for case in cases}),
        cases=len(cases),
        reach=sum(bool(case.right) for case in cases) / len(cases) if cases else 0.0,
        before=accuracy(cases, load_weights(choice)),
        after=cross_validated(cases),
        weights=fit(cases),
    )


def weights_csv(learned: Sequence[Learned]) -> str:
    """The lexicon of weights with those learned in the place of the old ones; heaviest first."""
    new = {item.choice: item.weights for item in learned}
    rows = [row for row in read_lexicon(WEIGHTS) if row["choice"] not in new]
    told = [(row["choice"], row["feature"], float(row["weight"])) for row in rows]
    told += [
        (choice, feature, weight) for choice, weights in new.items() for feature, weight in weights.items()
    ]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    told.sort(key=lambda row: (row[0], -row[2], row[1]))
    writer.writerows(told)
    return out.getvalue()


def learned_table(learned: Sequence[Learned]) -> Table:
    """What was learned, as a table for the terminal."""
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name in _HEADER:
        table.add_column(name, justify="left" if name is _HEADER[0] else "right")
    for item in learned:
        shares = (f"{share:.3f}" for share in (item.reach, item.before, item.after))
        table.add_row(item.choice, str(item.pages), str(item.cases), *shares)
    return table
