"""A build: read the input, extract, write the package beside the last one, judge it, publish it at once."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from fangzhi.lexicons import read_lexicon
from fangzhi.model.codes import IssueKind, Severity
from fangzhi.model.dataset import Dataset
from fangzhi.model.tables import Issue
from fangzhi.package.build import write_package, write_repository
from fangzhi.package.descriptor import DataSource
from fangzhi.package.findings import Finding
from fangzhi.package.judges import judge
from fangzhi.package.policy import TextPolicy, redact
from fangzhi.package.publish import open_output
from fangzhi.pipeline import combine, extract
from fangzhi.rows.issues import file_issue
from fangzhi.run.inputs import InputError, InputFile, find_inputs, read_documents, read_given
from fangzhi.run.progress import Progress
from fangzhi.text.source import Document, Given

STAMP = "build.json"
_CODE = Path(__file__).parents[1]


@dataclass(frozen=True)
class Built:
    """What came of a build: row counts by table, the issues, what the judges found, whether it was published."""

    out: Path
    counts: dict[str, int]
    issues: Counter[tuple[Severity, IssueKind]]
    findings: tuple[Finding, ...]
    published: bool
    unchanged: bool = False

    @property
    def has_errors(self) -> bool:
        """Whether the data or the input has errors."""
        return bool(self.findings) or any(severity is Severity.ERROR for severity, _ in self.issues)


def build(
    inputs: Sequence[Path], out: Path, policy: TextPolicy, progress: Progress, repository: Path | None = None
) -> Built:
    """Build the packages of the input into ``out``; what stands there stays if anything fails."""
    files, unread = find_inputs(inputs)
    if not files:
        raise InputError("没有可读的文件 / no file to read: " + ", ".join(map(str, inputs)))
    given = read_given(files)
    stamp = fingerprint(files, inputs, policy, unread)
    if (last := read_stamp(out, stamp)) is not None:
        return last
    dataset = redact(_extract_all(files, given, unread, progress), policy)
    if not dataset.tables["articles"]:
        raise InputError(_nothing_read(dataset))
    return _publish(dataset, out, policy, stamp, progress, repository)


def _nothing_read(dataset: Dataset) -> str:
    reasons = "\n".join(f"  {row.path}: {row.reason} {row.reason_en}" for row in dataset.rows(Issue)[:20])
    return f"没有读出任何文章，未发布 no article was read, nothing was published:\n{reasons}"


def _extract_all(files: Sequence[InputFile], given: dict[Path, Given], unread: list[Issue], progress: Progress) -> Dataset:
    parts = [Dataset()]
    parts[0].add(unread)
    for document in progress.over(read_documents(files, given), len(files), "读取版面 reading pages"):
        parts.append(_extract(document))
    return combine(parts)


def _extract(document: Document | Issue) -> Dataset:
    rows = Dataset()
    if isinstance(document, Issue):
        rows.add([document])
        return rows
    try:
        return extract(document)
    except Exception as error:  # noqa: BLE001 - one page must not cost the others; the issue names it
        rows.add([file_issue(IssueKind.FAILED, document.path, f"{type(error).__name__}: {error}")])
        return rows


def _publish(dataset: Dataset, out: Path, policy: TextPolicy, stamp: str, progress: Progress, repository: Path | None) -> Built:
    counts = {name: len(rows) for name, rows in dataset.tables.items()}
    issues = Counter((row.severity, row.kind) for row in dataset.rows(Issue))
    with open_output(out, repository) as output:
        progress.step("写出数据包 writing the package")
        manifest = write_package(dataset, output.package, policy, data_sources())
        if output.root and repository:
            data = f"{out.resolve().relative_to(repository).as_posix()}/data/"
            write_repository(dataset, manifest, output.root, data, policy, data_sources())
        progress.step("核验数据包 judging the package")
        findings = tuple(judge(output.package))
        built = Built(out, counts, issues, findings, published=not findings)
        if not findings:
            failed = any(kind is IssueKind.FAILED for _, kind in issues)
            _write_stamp(built, output.package / STAMP, "" if failed else stamp)
            output.publish()
    return built


def data_sources() -> list[DataSource]:
    """The openly licensed reference data that a package rests on."""
    return [DataSource(row["title"], row["url"], row["year"] or None) for row in read_lexicon("place_sources")]


def fingerprint(files: Iterable[InputFile], inputs: Iterable[Path], policy: TextPolicy, unread: Iterable[Issue]) -> str:
    """Digest of all that a build depends on: code, lexicons, libraries, input and options."""
    digest = hashlib.sha256()
    for part in _dependencies():
        digest.update(part)
    manifests = {folder / "sources.csv" for item in files for folder in item.file.parents[: item.path.count("/") + 1]}
    for path in [*(item.file for item in files), *sorted(m for m in manifests if m.is_file())]:
        try:
            content = hashlib.sha256(path.read_bytes()).digest()
        except OSError as error:
            content = str(error).encode()
        digest.update(str(path).encode("utf-8", "surrogatepass") + content)
    digest.update(f"{[str(i) for i in inputs]}{policy.value}{[row.path for row in unread]}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _dependencies() -> Iterator[bytes]:
    for path in sorted(_CODE.rglob("*")):
        if path.suffix in (".py", ".csv", ".json", ".xz") and path.is_file():
            yield path.relative_to(_CODE).as_posix().encode() + hashlib.sha256(path.read_bytes()).digest()
    for name in ("jieba", "rjieba", "opencc", "pydantic", "pyarrow", "xlsxwriter"):
        yield f"{name}=={version(name)}".encode()


def _write_stamp(built: Built, path: Path, stamp: str) -> None:
    files = {p.relative_to(path.parent).as_posix(): p.stat().st_size for p in sorted(path.parent.rglob("*")) if p.is_file()}
    issues = [[severity.value, kind.value, n] for (severity, kind), n in sorted(built.issues.items())]
    path.write_text(json.dumps({"fingerprint": stamp, "files": files, "counts": built.counts, "issues": issues}, indent=1) + "\n", "utf-8")


def read_stamp(out: Path, stamp: str) -> Built | None:
    """The last build in ``out``, if it was made of the same things and all its files are there."""
    try:
        last = json.loads((out / STAMP).read_text("utf-8"))
        same = last["fingerprint"] == stamp
        whole = all((out / name).stat().st_size == size for name, size in last["files"].items())
        issues = Counter({(Severity(s), IssueKind(k)): n for s, k, n in last["issues"]})
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Built(out, last["counts"], issues, (), published=True, unchanged=True) if same and whole else None


