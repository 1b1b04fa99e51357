"""The command line: build, serve, validate, evaluate, parse, schema."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Literal, NoReturn, get_args

import typer
from rich.console import Console
from rich.table import Table

from fangzhi import __version__
from fangzhi.model.codes import IssueKind, Severity
from fangzhi.model.tables import TABLES
from fangzhi.package.dictionary import data_dictionary
from fangzhi.package.errors import PackageError
from fangzhi.package.findings import Finding, Language, report
from fangzhi.package.judges import judge
from fangzhi.package.policy import TextPolicy
from fangzhi.run.build import Built, build
from fangzhi.run.evaluate import evaluate, miss_lines, score_json, score_table
from fangzhi.run.inputs import InputError, NoArticleError
from fangzhi.run.numerals import all_numerals
from fangzhi.run.progress import Progress
from fangzhi.run.quality import quality_lines
from fangzhi.run.repository import find_repository, refresh_generated
from fangzhi.run.sentence import parse_sentence
from fangzhi.site.errors import SiteError
from fangzhi.site.serve import serve as serve_site
from fangzhi.text.source import MAX_BYTES, NotTextError, decode

_err = Console(stderr=True, soft_wrap=True)
_out = Console(soft_wrap=True)
_INTERRUPTED = 130
_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}
_COUNTED = ("sources", "articles", "observations", "places", "systems")


app = typer.Typer(
    name="fangzhi",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="方志：从地方报纸版面中读出文章与数据，发布为开放数据。\n\n"
    "Reads Chinese local-newspaper pages and publishes their articles and figures "
    "as data packages and a site.\n\n"
    "退出码 Exit codes: 0 正常 fine · 1 数据有错 the data has errors · 2 调用有误 the call was wrong · "
    "3 程序出错 the program failed · 130 已中断 interrupted.",
)


def main() -> None:
    """Entry point of the ``fangzhi`` command: whatever goes wrong ends in a message and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that lacks a character must not cost the message
            stream.reconfigure(errors="backslashreplace")
    try:
        app(prog_name="fangzhi")
    except SystemExit as end:
        if end.code == _INTERRUPTED:
            _say("已中断；已发布的内容未动。 Interrupted; what was published stands as it was.")
        raise
    except Exception as error:  # noqa: BLE001 - the last resort is a message too
        code, message = _told(error)
        _say(message)
        sys.exit(code)


def _told(error: Exception) -> tuple[int, str]:
    """Exit code and message for what ended a command."""
    if isinstance(error, NoArticleError):
        return 1, str(error)
    if isinstance(error, InputError | PackageError | SiteError | NotTextError):
        return 2, str(error)
    if isinstance(error, OSError):
        return 2, (
            f"{error.filename or ''}: {error.strerror or error}；请检查路径、权限与磁盘空间 / "
            "check the path, its permissions and the space on the disk"
        )
    place = traceback.extract_tb(error.__traceback__)[-1]
    return 3, (
        "程序出错，请附上此行报告 / a fault of the program, please report this line: "
        f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"
    )


def _say(message: object) -> None:
    _err.print(f"fangzhi: {message}", style="red", markup=False, highlight=False)


def _fail(message: object) -> NoReturn:
    _say(message)
    raise typer.Exit(2)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool | None,
        typer.Option("--version", callback=_version, is_eager=True, help="版本 Print the version."),
    ] = None,
) -> None:
    del version


@app.command("build")
def build_command(
    inputs: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[INPUT …]",
            help="版面文件或文件夹 Pages: files and folders (default: seeds/).",
            show_default=False,
        ),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="输出文件夹 Folder of the package.")] = Path(
        "build"
    ),
    text: Annotated[
        Literal["full", "quotes", "none"],
        typer.Option("--text", help="发布多少原文 How much of the newspapers' text to publish."),
    ] = "full",
    corrections: Annotated[
        Path | None,
        typer.Option(
            "--corrections",
            help="更正文件或文件夹 Corrections: a CSV file or folder (default: beside the pages).",
            show_default=False,
        ),
    ] = None,
) -> None:
    """由版面构建数据包与数据库。 Build the data package and the site's database from pages.

    Beside a folder's pages, an optional `sources.csv` (columns: path, title, publisher, published_on, page,
    rights …) says what is known of each, and an optional `corrections.csv` (columns: table, key, field,
    expected, value, reason, author, date) what to change in the rows as read. What could not be read stands
    in the table `issues`; the last good build stays in place until the new one has passed its judges.
    """
    chosen = inputs or [Path("seeds")]
    built = build(chosen, output, TextPolicy(text), Progress(_err), find_repository(output), corrections)
    _tell(built)
    raise typer.Exit(1 if built.has_errors else 0)


def _tell(built: Built) -> None:
    state = "没有变化 nothing changed" if built.unchanged else "已构建 built"
    counts = " · ".join(f"{TABLES[name].zh} {name} {built.counts[name]}" for name in _COUNTED)
    _out.print(f"{state}: {built.out}/   {counts}", markup=False, highlight=False)
    for (severity, kind), number in sorted(built.issues.items(), key=_rank):
        line = f"  {severity.zh} {severity.en}: {kind.zh} {kind.en} × {number}"
        _out.print(line, style=_STYLES[severity], highlight=False)
    for line in quality_lines(built.quality) if built.quality else ():
        _out.print(f"  {line}", markup=False, highlight=False)
    if built.findings:
        _say("数据包未通过核验，未发布 the package did not pass its judges and was not published")
        for language in get_args(Language):
            _print_findings(built.findings, language)
    elif any(severity is Severity.ERROR for severity, _ in built.issues):
        _out.print("详见 issues 表 see the table of issues", highlight=False)


def _rank(item: tuple[tuple[Severity, IssueKind], int]) -> tuple[int, int]:
    """The gravest first, each kind where its code list has it."""
    (severity, kind), _ = item
    return list(Severity).index(severity), list(IssueKind).index(kind)


def _print_findings(findings: Iterable[Finding], language: Language) -> None:
    for line in report(findings, language):
        _out.print(line, markup=False, highlight=False)


@app.command()
def serve(
    package: Annotated[
        Path, typer.Argument(metavar="[PACKAGE]", help="构建出的文件夹 A built folder.")
    ] = Path("build"),
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            "-p",
            min=0,
            max=65535,
            help="端口 Port (default: a free one from 8001).",
            show_default=False,
        ),
    ] = None,
    host: Annotated[str, typer.Option("--host", help="地址 Address to listen on.")] = "127.0.0.1",
) -> None:
    """打开站点：浏览、检索、SQL、下载。 Serve a built package as a site: browse, search, SQL, downloads."""
    with suppress(KeyboardInterrupt):  # the way to stop it
        serve_site(package, host, port)


@app.command()
def validate(
    package: Annotated[
        Path,
        typer.Argument(
            metavar="PACKAGE", help="文件夹、datapackage.json 或 zip A folder, a datapackage.json or a zip."
        ),
    ],
    lang: Annotated[Language, typer.Option("--lang", help="语言 Language of the report.")] = "zh",
) -> None:
    """核验任一数据包：官方规范、frictionless、本项目的检查。

    Judge any data package by the standard's profiles, by frictionless and by the house rules.
    """
    if not package.exists():
        _fail(f"没有 {package}；请给出数据包的文件夹、datapackage.json 或 zip / there is no {package}")
    findings = judge(package)
    _print_findings(findings, lang)
    raise typer.Exit(1 if findings else 0)


@app.command("evaluate")
def evaluate_command(
    texts: Annotated[Path, typer.Argument(metavar="TEXTS", help="版面文字 Texts of the annotated pages.")],
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="标注 Annotations: <name of the text>.json.")],
    package: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PACKAGE]",
            help="已构建的数据包（默认现读） A built package (default: read the texts now).",
            show_default=False,
        ),
    ] = None,
    misses: Annotated[int, typer.Option("--misses", min=0, help="列出几处差错 List so many misses.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出 Print JSON.")] = False,
) -> None:
    """以人工标注评测读取的精确率与召回率。 Precision and recall, table by table, on annotated pages.

    The format of the annotations is told in docs/annotation.md. *Agreement* is the share that is right of
    the figures (or articles) that were found at all.
    """
    score = evaluate(texts, gold, package, Progress(_err))
    if as_json:
        listed = [asdict(miss) for miss in score.misses[:misses]]
        typer.echo(json.dumps({"tables": score_json(score), "misses": listed}, ensure_ascii=False, indent=1))
        return
    _out.print(score_table(score))
    for line in miss_lines(score.misses[:misses]):
        _out.print(line, markup=False, highlight=False)


@app.command()
def parse(
    text: Annotated[
        str,
        typer.Argument(
            metavar="TEXT", help="一句或一段话；- 为标准输入 A sentence or passage; - for standard input."
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出 Print JSON.")] = False,
    numerals: Annotated[
        bool,
        typer.Option(
            "--all-numerals",
            help="列出一切数字与日期，不问是否为数据 List every numeral, percentage, range, amount and date.",
        ),
    ] = False,
    date: Annotated[
        str | None,
        typer.Option("--date", help="版面日期 Date of the page, such as 2022-08-16.", show_default=False),
    ] = None,
    publisher: Annotated[
        str | None,
        typer.Option("--publisher", help="报纸 Newspaper, such as 忻州日报.", show_default=False),
    ] = None,
) -> None:
    """看一句话里读出了什么。 Show what is found in a sentence.

    Example: `fangzhi parse "去年，全县新建供水管网42公里，投资约3013万元。" --date 2022-08`
    """
    try:
        passage = _passage(text)
        found = all_numerals(passage) if numerals else parse_sentence(passage, date, publisher)
    except ValueError as error:
        _fail(error)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    columns = _NUMERAL_COLUMNS if numerals else _FOUND_COLUMNS
    table = Table(*columns.values())
    for row in found:
        table.add_row(*("" if row[name] is None else str(row[name]) for name in columns))
    _out.print(table if found else "没有读出什么 nothing found")


_FOUND_COLUMNS = {
    "found": "类 kind", "quote": "原文 quote", "start": "起 start", "end": "止 end",
    "reading": "读作 reading",
}  # fmt: skip
_NUMERAL_COLUMNS = {
    "type": "类 type", "text": "原文 text", "start": "起 start", "end": "止 end", "value": "值 value",
    "value_max": "上限 max", "unit": "单位 unit",
}  # fmt: skip


def _passage(text: str) -> str:
    """The text to be read; NotTextError where it is too long or no text at all."""
    data = sys.stdin.buffer.read(MAX_BYTES + 1) if text == "-" else os.fsencode(text)
    if len(data) > MAX_BYTES:
        raise NotTextError(f"超过 {MAX_BYTES} 字节", f"more than {MAX_BYTES} bytes")
    return decode(data).text


@app.command()
def schema() -> None:
    """由模型重新生成 schemas/ 与数据字典。

    Regenerate what comes from the models: schemas/ and docs/data-dictionary.md.
    """
    repository = find_repository(Path("build"))
    if repository is None:
        _fail("请在项目根目录运行 run this in the root of the project")
    for path in refresh_generated(repository, data_dictionary):
        typer.echo(path)
