"""The command line: build, serve, export-site, validate, evaluate, train, parse, schema.

What a command needs is imported when it runs, so that help and wrong calls are answered at once.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from dataclasses import asdict
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.markup import escape

from fangzhi import __version__
from fangzhi.errors import UserError, told

_err = Console(stderr=True, soft_wrap=True)
_out = Console(soft_wrap=True)
_INTERRUPTED = 130


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
        code, message = told(error)
        _say(message)
        sys.exit(code)


def _say(message: object) -> None:
    _err.print(f"fangzhi: {message}", style="red", markup=False, highlight=False)


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


_Corrections = Annotated[
    Path | None,
    typer.Option(
        "--corrections",
        help="更正文件或文件夹 Corrections: a CSV file or folder (default: beside the pages).",
        show_default=False,
    ),
]
_AllowFewer = Annotated[
    bool,
    typer.Option(
        "--allow-fewer",
        help="版面或数据变少也发布 Publish though pages, or a tenth of the figures, are gone.",
    ),
]


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
    corrections: _Corrections = None,
    allow_fewer: _AllowFewer = False,
) -> None:
    """由版面构建数据包与数据库。 Build the data package and the site's database from pages.

    例 Example: `fangzhi build my-pages -o my-build`

    Beside a folder's pages, an optional `sources.csv` (columns: path, title, publisher, published_on, page,
    rights …) says what is known of each, and an optional `corrections.csv` (columns: table, key, field,
    expected, value, reason, author, date) what to change in the rows as read. What could not be read stands
    in the table `issues`, and `quality.json` sums it up; the last good build stays in place until the new
    one has passed its judges.
    """
    from fangzhi.package.policy import TextPolicy
    from fangzhi.run.build import build
    from fangzhi.run.progress import Progress
    from fangzhi.run.repository import find_repository
    from fangzhi.run.told import build_lines

    chosen = inputs or [Path("seeds")]
    progress, repository = Progress(_err), find_repository(output)
    built = build(
        chosen, output, TextPolicy(text), progress, repository, corrections, allow_fewer=allow_fewer
    )
    for line in build_lines(built):
        _out.print(line.text, style=line.style, markup=False, highlight=False)
    if built.findings:
        _say("未发布，原有数据未动 not published; what was published stands as it was")
    raise typer.Exit(1 if built.has_errors else 0)


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
    """打开站点：浏览、检索、SQL、下载。 Serve a built package as a site: browse, search, SQL, downloads.

    例 Example: `fangzhi serve my-build --port 8010`

    The address is printed once the site answers; Ctrl-C stops it.
    """
    from fangzhi.site.serve import serve as serve_site

    with suppress(KeyboardInterrupt):  # the way to stop it
        serve_site(package, host, port)


@app.command("export-site")
def export_command(
    package: Annotated[
        Path, typer.Argument(metavar="[PACKAGE]", help="构建出的文件夹 A built folder.")
    ] = Path("build"),
    output: Annotated[
        Path, typer.Option("--output", "-o", help="输出文件夹 Folder of the copy, replaced as a whole.")
    ] = Path("site"),
) -> None:
    """把整个站点写成静态文件，可放在任何网页空间。 Write the whole site as files for any web space.

    例 Example: `fangzhi export-site my-build -o public`

    Pages, links and downloads work without a server; search, filters and SQL need `fangzhi serve`.
    """
    from fangzhi.run.progress import Progress
    from fangzhi.site.export import export_site

    pages = export_site(package, output, Progress(_err).step)
    _out.print(f"已写出 written: {output}/ ({pages} 页 pages)", markup=False, highlight=False)


@app.command()
def validate(
    package: Annotated[
        Path,
        typer.Argument(
            metavar="PACKAGE", help="文件夹、datapackage.json 或 zip A folder, a datapackage.json or a zip."
        ),
    ],
    lang: Annotated[Literal["zh", "en"], typer.Option("--lang", help="语言 Language of the report.")] = "zh",
) -> None:
    """核验任一数据包：官方规范、frictionless、本项目的检查。

    Judge any data package by the standard's profiles, by frictionless and by the house rules. Exit code 0:
    valid, 1: it has faults, each told with its table, row and column.

    例 Example: `fangzhi validate my-build/packages/fangzhi.zip --lang en`
    """
    if not package.exists():
        raise UserError(
            f"没有 {package}；请给出数据包的文件夹、datapackage.json 或 zip / "
            f"there is no {package}; give the folder of a package, a datapackage.json or a zip"
        )
    from fangzhi.package.findings import report
    from fangzhi.package.judges import judge

    findings = judge(package)
    for line in report(findings, lang):
        _out.print(line, markup=False, highlight=False)
    raise typer.Exit(1 if findings else 0)


@app.command("evaluate")
def evaluate_command(
    texts: Annotated[Path, typer.Argument(metavar="TEXTS", help="版面文字 Texts of the annotated pages.")],
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="标注 Annotations: a JSON file for each text, of its name.")
    ],
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

    例 Example: `fangzhi evaluate my-pages my-gold --misses 20`, where `my-gold/x.json` holds what a careful
    reader finds in `my-pages/x.txt`. docs/annotation.md tells the form.

    Exit code 0: scored, whatever the score; 1: scored, but some annotations do not stand in their text and
    were not counted; 2: texts or annotations are missing or cannot be read.
    """
    from fangzhi.run.evaluate import evaluate, miss_lines, not_in_text, score_json, score_table, table_notes
    from fangzhi.run.progress import Progress

    score = evaluate(texts, gold, package, Progress(_err))
    lost = not_in_text(score)
    if as_json:
        listed = [asdict(miss) for miss in score.misses[:misses]]
        found = {"tables": score_json(score), "misses": listed, "not_in_text": [asdict(m) for m in lost]}
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _out.print(score_table(score))
        for line in (*table_notes(score, misses), *miss_lines(score.misses[:misses])):
            _out.print(line, markup=False, highlight=False)
    if lost:
        _say(
            "\n  ".join(
                ["有标注在文中找不到，未计 annotations not in the text, not counted:", *miss_lines(lost)]
            )
        )
    raise typer.Exit(1 if lost else 0)


@app.command("train")
def train_command(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="TEXTS GOLD …",
            help="成对的文件夹：文字、标注 Pairs of folders: pages, and their annotations.",
        ),
    ],
    choice: Annotated[
        list[str] | None,
        typer.Option("--choice", help="只学这一种选择 Learn this choice only.", show_default=False),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="写入何处 Where to write the weights (default: the lexicon that the reader uses).",
            show_default=False,
        ),
    ] = None,
) -> None:
    """由人工标注学习：几种读法相争时，取哪一种。 Learn from annotated pages which of several readings wins.

    例 Example: `fangzhi train my-pages my-gold` fits the weights of `choice_weights.csv`, and tells how often
    they choose right on pages that they were not fitted on. docs/annotation.md tells the form.
    """
    from fangzhi.run.progress import Progress
    from fangzhi.run.train import LEXICON, learned_table, train, weights_csv

    learned = train(folders, choice or [], Progress(_err))
    _out.print(learned_table(learned))
    path = output or LEXICON
    path.write_text(weights_csv(learned), encoding="utf-8")
    _out.print(f"已写入 written: {path}", markup=False, highlight=False)


@app.command()
def parse(
    text: Annotated[
        str,
        typer.Argument(
            metavar="TEXT",
            help="一句话、一个文件，或 - 为标准输入 A sentence, a file, or - for standard input.",
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
    """看一段话里读出了什么。 Show what is found in a passage, and where.

    例 Examples: `fangzhi parse "去年，全县新建供水管网42公里，投资约3013万元。" --date 2022-08` ·
    `fangzhi parse page.txt` · `fangzhi parse 保德县` (the id of a place, for a correction)

    A file is read as one passage; `fangzhi build` finds the articles of a page.
    """
    from fangzhi.run.sentence import parse_sentence, read_passage

    passage = read_passage(text, sys.stdin.buffer)
    if numerals:
        from fangzhi.run.numerals import all_numerals

        found = all_numerals(passage)
    else:
        found = parse_sentence(passage, date, publisher)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _out.print(_found_table(found, _NUMERAL_COLUMNS if numerals else _FOUND_COLUMNS))


def _found_table(found: list[dict[str, Any]], columns: dict[str, str]) -> Any:
    from rich.table import Table

    table = Table(*columns.values())
    for row in found:
        table.add_row(*("" if row[name] is None else escape(str(row[name])) for name in columns))
    return table if found else "没有读出什么 nothing found"


_FOUND_COLUMNS = {
    "found": "类 kind", "quote": "原文 quote", "start": "起 start", "end": "止 end",
    "reading": "读作 reading",
}  # fmt: skip
_NUMERAL_COLUMNS = {
    "type": "类 type", "text": "原文 text", "start": "起 start", "end": "止 end", "value": "值 value",
    "value_max": "上限 max", "unit": "单位 unit",
}  # fmt: skip


@app.command()
def schema() -> None:
    """由模型重新生成 schemas/ 与数据字典。

    Regenerate what comes from the models: schemas/ and docs/data-dictionary.md. For those who change the
    code; run it in the root of the project.

    例 Example: `fangzhi schema`
    """
    from fangzhi.package.dictionary import data_dictionary
    from fangzhi.run.repository import find_repository, refresh_generated

    repository = find_repository(Path("build"))
    if repository is None:
        raise UserError("请在项目根目录运行 run this in the root of the project")
    for path in refresh_generated(repository, data_dictionary):
        typer.echo(path)
