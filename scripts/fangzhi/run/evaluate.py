"""Evaluation at the edge: reading texts, annotations and package, and showing the score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

from fangzhi.evaluate.gold import AnnotationError, Gold, parse_gold
from fangzhi.evaluate.page import Page, rows_of
from fangzhi.evaluate.score import score_pages
from fangzhi.evaluate.tally import Miss, Score, Tally
from fangzhi.model.dataset import Dataset
from fangzhi.model.tables import TABLES, Issue, Source
from fangzhi.package.findings import shown
from fangzhi.package.reader import read_package
from fangzhi.pipeline import combine, extract
from fangzhi.run.given import read_given
from fangzhi.run.inputs import InputError, InputFile, printable, read_documents
from fangzhi.run.progress import Progress
from fangzhi.text.source import Document, NotTextError, decode

_NO_TEXTS = frozenset({".json", ".csv", ".md"})
_OTHER_COLUMNS = {"quantity": "整个数量", "row": "整行", "core": "读者必提的"}
_HEADER = (
    "标注\nwanted",
    "给出\ngiven",
    "正确\nright",
    "精确率\nprecision",
    "召回率\nrecall",
    "\nF1",
    "一致率\nagreement",
)


def evaluate(texts: Path, gold: Path, package: Path | None, progress: Progress) -> Score:
    """The score on annotated pages of a package or, without one, of what is read from the texts now.

    Corrections are not applied: it is the reading that is measured. InputError where texts or annotations
    are missing or wrong, PackageError where the package is.
    """
    pages = list(annotated_pages(texts, gold))
    annotations, documents = [gold for gold, _ in pages], [document for _, document in pages]
    data = read_package(package) if package else _read(documents, progress)
    known = {row.source_id for row in data.rows(Source)}
    unknown = [document.path for document in documents if document.source_id not in known]
    if unknown:
        raise InputError(f"数据包中没有这些版面 the package does not hold these pages: {', '.join(unknown)}")
    score = score_pages(map(_page, annotations, documents, [data] * len(annotations)))
    if not score.tallies:
        raise InputError(f"{gold} 中没有标注任何列表 / annotates nothing: give articles, observations …")
    return score


def annotated_pages(texts: Path, gold: Path) -> Iterator[tuple[Gold, Document]]:
    """The annotations of a folder with the pages that they are of. InputError where either is wrong."""
    annotations = _read_annotations(gold)
    yield from zip(annotations, _documents(_files(texts, annotations)), strict=True)


def _page(gold: Gold, document: Document, data: Dataset) -> Page:
    return Page(gold, decode(document.data).text, rows_of(data, document.source_id))


def _read(documents: Sequence[Document], progress: Progress) -> Dataset:
    pages = progress.over(documents, len(documents), "读取版面 reading pages")
    return combine(map(extract, pages))


def _read_annotations(gold: Path) -> list[Gold]:
    """The annotations of a file or a folder, one page a file."""
    paths = sorted(gold.glob("*.json")) if gold.is_dir() else [gold]
    if not paths:
        raise InputError(f"{gold} 中没有 .json 标注文件 / holds no annotations (.json)")
    try:
        found = [parse_gold(path.read_text("utf-8-sig"), path.name) for path in paths]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"无法读取标注 the annotations cannot be read: {error}") from None
    except AnnotationError as error:
        raise InputError(str(error)) from None
    twice = sorted({item.doc for item in found if [other.doc for other in found].count(item.doc) > 1})
    if twice:
        raise InputError(f"同一版面有两份标注 pages annotated twice: {', '.join(twice)}")
    return found


def _files(texts: Path, annotations: Iterable[Gold]) -> list[InputFile]:
    """The text of each annotated page: the file that bears its name."""
    paths = sorted(texts.rglob("*")) if texts.is_dir() else [texts]
    named = {path.stem: path for path in paths if path.suffix.lower() not in _NO_TEXTS and path.is_file()}
    missing = [item.doc for item in annotations if item.doc not in named]
    if missing:
        raise InputError(f"{texts} 中没有这些版面的文字 / has no text for: {', '.join(map(shown, missing))}")
    return [InputFile(named[item.doc], printable(named[item.doc].name)) for item in annotations]


def _documents(files: Sequence[InputFile]) -> Iterator[Document]:
    """The pages as given; InputError for one that cannot be read."""
    given, _ = read_given(files)
    for found in read_documents(files, given):
        if isinstance(found, Issue):
            raise InputError(f"{found.path}: {found.reason} {found.reason_en}")
        try:
            decode(found.data)
        except NotTextError as error:
            raise InputError(f"{found.path}: {error.zh} {error.en}") from None
        yield found


def score_table(score: Score) -> Table:
    """The score as a table for the terminal."""
    table = Table(box=SIMPLE_HEAD, padding=0, show_edge=False, pad_edge=False)
    table.add_column("表与列\ntable, column", no_wrap=True)
    for name in _HEADER:
        table.add_column(name, justify="right")
    for (name, column), tally in score.tallies.items():
        shares = (tally.precision, tally.recall, tally.f1, tally.agreement if column else None)
        table.add_row(
            f"  {_column_words(name, column)}" if column else f"{TABLES[name].zh} {name}",
            *map(str, (tally.wanted, tally.given, tally.right)),
            *("–" if share is None else f"{share:.3f}" for share in shares),
        )
    return table


def _column_words(table: str, column: str) -> str:
    names = {field.name: field.column.zh for field in TABLES[table].fields}
    return f"{(names | _OTHER_COLUMNS)[column]} {column}"


def table_notes(score: Score, listed: int) -> Iterator[str]:
    """How the table is to be read, and what more there is to see."""
    yield "精确率 precision：给出的有几成正确 right of given"
    yield "召回率 recall：标注的有几成读对 right of annotated"
    yield "一致率 agreement：已找到的有几成读对 right of those found"
    yield "quantity：数值、单位、限定皆对 value, unit and qualifier are all right"
    yield "row：可照样发布 may be published unchanged: quantity, exact measure, place, period and status"
    if len(score.misses) > listed:
        yield f"差错 misses: {len(score.misses)}；逐条列出 to list them: --misses {len(score.misses)}"


def not_in_text(score: Score) -> list[Miss]:
    """Annotations whose words do not stand in their text: they are not counted, and want a look."""
    return [miss for miss in score.misses if miss.is_not_in_text]


def score_json(score: Score) -> dict[str, Any]:
    """The score as JSON: by table, the rows under ``rows`` and each column by its name."""
    found: dict[str, Any] = {}
    for (name, column), tally in score.tallies.items():
        found.setdefault(name, {})[column or "rows"] = _tally_json(tally)
    return found


def _tally_json(tally: Tally) -> dict[str, int | float | None]:
    counts = {name: getattr(tally, name) for name in ("wanted", "given", "right", "compared")}
    shares = {name: getattr(tally, name) for name in ("precision", "recall", "f1", "agreement")}
    return counts | {name: None if share is None else round(share, 4) for name, share in shares.items()}


def miss_lines(misses: Iterable[Miss]) -> Iterator[str]:
    """What was missed, wrong or not annotated, with the page and line it stands in."""
    for miss in misses:
        where = f"{miss.doc}:{miss.line}" if miss.line else miss.doc
        said = [f"标注 annotated: {shown(miss.wanted)}" if miss.wanted else ""]
        said.append(f"给出 given: {shown(miss.given)}" if miss.given else "")
        yield f"{where} {miss.table} {shown(miss.what)}  {'  '.join(filter(None, said))}"
