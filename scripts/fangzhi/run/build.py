"""A build: read the input, extract, write the package beside the last one, judge it, publish it at once."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from fangzhi.correct.entry import Entry
from fangzhi.lexicons import read_lexicon
from fangzhi.model.codes import IssueKind, Severity
from fangzhi.model.dataset import Dataset
from fangzhi.model.table import Row
from fangzhi.model.tables import Issue
from fangzhi.package.build import write_package, write_repository
from fangzhi.package.descriptor import DataSource
from fangzhi.package.errors import PackageError
from fangzhi.package.files import file_facts, write_json
from fangzhi.package.findings import Finding, shown
from fangzhi.package.judges import judge
from fangzhi.package.layout import CHANGES
from fangzhi.package.policy import TextPolicy, redact
from fangzhi.package.publish import Output, open_output
from fangzhi.package.reader import read_rows
from fangzhi.package.versions import FOLDER as VERSIONS
from fangzhi.package.versions import stage_version
from fangzhi.pipeline import combine, extract
from fangzhi.quality.report import QUALITY, Quality, parse_quality
from fangzhi.rows.issues import file_issue
from fangzhi.run.changes import write_history
from fangzhi.run.corrections import find_corrections, read_corrections
from fangzhi.run.given import manifests, read_given
from fangzhi.run.inputs import InputError, InputFile, NoArticleError, find_inputs, read_documents
from fangzhi.run.losses import losses
from fangzhi.run.progress import Progress
from fangzhi.run.quality import last_rows, write_quality
from fangzhi.site.metadata import FILE_NAME as METADATA
from fangzhi.site.metadata import find_metadata
from fangzhi.text.source import MAX_BYTES, Document, Given

STAMP = "build.json"
_CODE = Path(__file__).parents[1]


@dataclass(frozen=True)
class Built:
    """What came of a build: row counts by table, issues, quality, what the judges found, whether it is out.

    Where nothing had changed, the quality is that of the last build, without what that had changed.
    """

    out: Path
    counts: dict[str, int]
    issues: tuple[Issue, ...]
    quality: Quality
    findings: tuple[Finding, ...]
    published: bool
    unchanged: bool = False

    @property
    def has_errors(self) -> bool:
        """Whether the data or the input has errors."""
        return bool(self.findings) or any(issue.severity is Severity.ERROR for issue in self.issues)


def build(
    inputs: Sequence[Path],
    out: Path,
    policy: TextPolicy,
    progress: Progress,
    repository: Path | None = None,
    corrections: Path | None = None,
    *,
    allow_fewer: bool = False,
) -> Built:
    """Build the packages of the input into ``out``; what stands there stays if anything fails.

    Corrections are those beside the pages, or in the file or folder ``corrections``. Where pages of the last
    build are gone, or more than a tenth of its figures, it is published only if ``allow_fewer`` says so.
    """
    files, unread = find_inputs(inputs, out)
    if not files:
        raise InputError(
            _with_reasons(f"没有可读的文件 no file to read: {', '.join(map(str, inputs))}", unread)
        )
    given, mistakes = read_given(files)
    unread += mistakes
    correcting = find_corrections(files, corrections)
    entries = read_corrections(correcting)
    stamp = fingerprint(files, {**manifests(files), **correcting}, policy, unread)
    if (same := read_stamp(out, repository, stamp)) is not None:
        return same
    dataset = redact(_extract_all(files, given, unread, entries, progress), policy)
    if not dataset.tables["articles"]:
        raise NoArticleError(
            _with_reasons(
                "没有读出任何文章，未发布 no article was read, nothing was published", dataset.rows(Issue)
            )
        )
    last = last_rows(out)
    lost = [] if allow_fewer else losses(dataset, last)
    return _publish(dataset, out, policy, stamp, progress, repository, last, lost)


def _with_reasons(message: str, issues: Sequence[Issue]) -> str:
    return "\n".join([message, *(f"  {row.path}: {row.reason} {row.reason_en}" for row in issues[:20])])


def _extract_all(
    files: Sequence[InputFile],
    given: dict[Path, Given],
    unread: list[Issue],
    entries: Sequence[Entry],
    progress: Progress,
) -> Dataset:
    documents = progress.over(read_documents(files, given), len(files), "读取版面 reading pages")
    return combine(map(_extract, [*unread, *documents]), entries)


def _extract(document: Document | Issue) -> Dataset:
    rows = Dataset()
    if isinstance(document, Issue):
        rows.add([document])
        return rows
    try:
        return extract(document)
    except Exception as error:  # noqa: BLE001 - one page must not cost the others; the issue names it
        rows.add([file_issue(IssueKind.FAILED, document.path, shown(f"{type(error).__name__}: {error}"))])
        return rows


def _publish(
    dataset: Dataset,
    out: Path,
    policy: TextPolicy,
    stamp: str,
    progress: Progress,
    repository: Path | None,
    last: Mapping[str, Sequence[Row]] | None,
    lost: Sequence[Finding],
) -> Built:
    counts = {name: len(rows) for name, rows in dataset.tables.items()}
    issues = tuple(dataset.rows(Issue))
    with open_output(out, repository, (STAMP, QUALITY, METADATA, CHANGES, VERSIONS)) as output:
        progress.step("写出数据包 writing the package")
        manifest = write_package(dataset, output.package, policy, data_sources())
        if output.root and repository:
            data = f"{out.resolve().relative_to(repository).as_posix()}/data/"
            write_repository(dataset, manifest, output.root, data, policy, data_sources())
        if metadata := find_metadata(Path()):
            shutil.copyfile(metadata, output.package / metadata.name)
        quality = write_quality(dataset, last, output.package)
        progress.step("核验数据包 judging the package")
        findings = (*lost, *judge(output.package))
        built = Built(out, counts, issues, quality, findings, published=not findings)
        if not findings:
            failed = any(issue.kind is IssueKind.FAILED for issue in issues)
            _write_stamp(built, output, "" if failed else stamp)
            # not part of the stamp: one tells the time, and old versions may be removed
            write_history(dataset, manifest, quality.changes, out, output.package)
            stage_version(output.package, out)
            output.publish()
    return built


def data_sources() -> list[DataSource]:
    """The openly licensed reference data that a package rests on."""
    return [
        DataSource(row["title"], row["url"], row["year"] or None) for row in read_lexicon("place_sources")
    ]


def fingerprint(
    files: Sequence[InputFile], beside: Mapping[Path, str], policy: TextPolicy, unread: Iterable[Issue]
) -> str:
    """Digest of all that a build depends on, wherever it stands: code, libraries, input, options.

    ``beside`` are files beside the pages with their names.
    """
    digest = hashlib.sha256()
    for part in _dependencies():
        digest.update(part)
    for file, name in [*((item.file, item.path) for item in files), *beside.items()]:
        digest.update(f"{name}\n{_content(file)}\n".encode("utf-8", "surrogatepass"))
    for issue in unread:
        digest.update(issue.model_dump_json().encode())
    digest.update(policy.value.encode())
    return digest.hexdigest()


def _content(file: Path) -> str:
    """What stands for the bytes of a file: of one too large to be read, its size."""
    try:
        size = file.stat().st_size
        return f"{size} bytes" if size > MAX_BYTES else file_facts(file).sha256
    except OSError as error:
        return str(error.strerror)


def _dependencies() -> Iterator[bytes]:
    for path in sorted(_CODE.rglob("*")):
        if path.suffix in (".py", ".csv", ".json", ".xz") and path.is_file():
            yield path.relative_to(_CODE).as_posix().encode() + hashlib.sha256(path.read_bytes()).digest()
    for name in ("jieba", "rjieba", "opencc", "pydantic", "pyarrow", "xlsxwriter"):
        yield f"{name}=={version(name)}".encode()


def _digests(folder: Path | None) -> dict[str, str]:
    """Digest by relative path of all files below a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file()) if folder else []
    return {path.relative_to(folder).as_posix(): file_facts(path).sha256 for path in paths if folder}


def _write_stamp(built: Built, output: Output, stamp: str) -> None:
    files = {"files": _digests(output.package), "root_files": _digests(output.root)}
    write_json({"fingerprint": stamp, "counts": built.counts, **files}, output.package / STAMP)


def read_stamp(out: Path, repository: Path | None, stamp: str) -> Built | None:
    """The last build in ``out``, if it was made of the same things and its files stand as it wrote them."""
    try:
        last = json.loads((out / STAMP).read_text("utf-8"))
        if last["fingerprint"] != stamp or bool(last["root_files"]) != bool(repository):
            return None
        written = {out / name: digest for name, digest in last["files"].items()}
        if repository:
            written |= {repository / name: digest for name, digest in last["root_files"].items()}
        if any(file_facts(path).sha256 != digest for path, digest in written.items()):
            return None
        rows = read_rows(Issue.table, out / "data" / f"{Issue.table.name}.csv")
        issues = tuple(row for row in rows if isinstance(row, Issue))
        quality = parse_quality((out / QUALITY).read_bytes()).model_copy(update={"changes": None})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, PackageError):
        return None
    return Built(out, last["counts"], issues, quality, (), published=True, unchanged=True)
