"""The command line: what it teaches, what it answers, how it ends."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from command import PAGE, ROOT, arguments, environment, fangzhi
from rich.console import Console

from fangzhi.model.tables import TABLES
from fangzhi.package.policy import TextPolicy
from fangzhi.run.build import Built, build
from fangzhi.run.progress import Progress

COMMANDS = {
    "build": ("--output", "--text", "sources.csv", "issues"),
    "serve": ("--port", "--host"),
    "validate": ("--lang", "datapackage.json"),
    "evaluate": ("--misses", "docs/annotation.md", "x.json"),
    "train": ("TEXTS GOLD", "--output", "choice_weights.csv"),
    "parse": ("--json", "--date", "--publisher"),
    "schema": ("schemas/",),
}


def test_help_names_every_command_and_exit_code() -> None:
    shown = fangzhi("--help")
    assert shown.returncode == 0
    assert all(command in shown.stdout for command in COMMANDS)
    assert all(f"{code} " in shown.stdout for code in (0, 1, 2, 3, 130))
    assert fangzhi().stdout.split() == shown.stdout.split()


@pytest.mark.parametrize(("command", "words"), COMMANDS.items(), ids=COMMANDS)
def test_help_of_each_command_teaches(command: str, words: tuple[str, ...]) -> None:
    shown = fangzhi(command, "-h")
    assert shown.returncode == 0
    assert all(word in shown.stdout for word in words)
    assert f"fangzhi {command}" in shown.stdout.split("Example", 1)[1]
    assert any("\u4e00" <= character <= "\u9fff" for character in shown.stdout)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["bild"], "bild"),
        (["build", "--out"], "--out"),
        (["build", "--text", "half"], "half"),
        (["serve", "--port", "99999"], "65535"),
        (["serve", "nowhere"], "fangzhi build"),
        (["validate"], "PACKAGE"),
        (["validate", "nowhere"], "nowhere"),
        (["validate", ".", "--lang", "fr"], "fr"),
        (["parse"], "TEXT"),
        (["parse", "去年", "--date", "2022-13-45"], "2022-08-16"),
        (["parse", "去年", "--date", "yesterday"], "2022-08-16"),
        (["schema", "now"], "now"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_call_ends_in_2_and_says_what_is_wrong(words: list[str], told: str, tmp_path: Path) -> None:
    ended = fangzhi(*words, cwd=tmp_path)
    assert ended.returncode == 2
    assert told in ended.stderr
    assert not ended.stdout


def test_help_waits_for_nothing_that_only_the_commands_need() -> None:
    heavy = {"datasette", "frictionless", "jieba", "pyarrow", "pydantic", "rjieba", "uvicorn"}
    code = f"import sys, fangzhi.cli; print(sorted({heavy} & set(sys.modules)))"
    ended = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True
    )
    assert ended.stdout == "[]\n"


def test_version() -> None:
    shown = fangzhi("--version").stdout.strip()
    assert shown.count(".") == 2
    assert f'version = "{shown}"' in (ROOT / "pyproject.toml").read_text("utf-8")


SENTENCE = "去年，全县新建供水管网42公里，投资约3013万元。"


def test_parse_shows_a_table() -> None:
    shown = fangzhi("parse", SENTENCE, "--date", "2022-08", env={"COLUMNS": "200"})
    assert shown.returncode == 0
    assert all(word in shown.stdout for word in ("42公里", "约3013万元", "30130000", "2021-01-01", "去年"))


@pytest.mark.parametrize(
    ("words", "stdin"),
    [
        ([SENTENCE], ""),
        (["-"], SENTENCE),
        (["-"], SENTENCE.encode("gb18030")),
        (["-"], SENTENCE.encode("utf-16")),
    ],
)
def test_parse_as_json(words: list[str], stdin: str | bytes) -> None:
    shown = fangzhi("parse", *words, "--json", "--date", "2022-08", "--publisher", "忻州日报", stdin=stdin)
    found = json.loads(shown.stdout)
    assert [row["quote"] for row in found if row["found"] == "observation"] == ["42公里", "约3013万元"]
    assert all(SENTENCE[row["start"] : row["end"]] == row["quote"] for row in found)
    money = next(row["row"] for row in found if row["quote"] == "约3013万元")
    assert (money["value"], money["qualifier"], money["period_start"]) == ("30130000", "approx", "2021-01-01")


def test_parse_reads_a_file_and_knows_a_name_from_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "页.txt").write_bytes(SENTENCE.encode("gb18030"))
    (tmp_path / "image.txt").write_bytes(b"\x89PNG\0\0")
    found = json.loads(fangzhi("parse", "页.txt", "--json", cwd=tmp_path).stdout)
    assert "42公里" in [row["quote"] for row in found]
    assert "42公里" in fangzhi("parse", tmp_path / "页.txt").stdout
    for given, told in (
        ("无.txt", "there is no such file"),
        (".", "fangzhi build"),
        ("image.txt", "NUL bytes"),
    ):
        ended = fangzhi("parse", given, cwd=tmp_path)
        assert (ended.returncode, told in ended.stderr) == (2, True), ended.stderr
    assert "3公里" in fangzhi("parse", "修路3公里，见附件.txt", cwd=tmp_path).stdout


def test_parse_of_nothing() -> None:
    assert "nothing found" in fangzhi("parse", "").stdout
    assert json.loads(fangzhi("parse", "<b>。</b>\n", "--json").stdout) == []


@pytest.mark.parametrize("stdin", [b"\x89PNG\0\0", b"\xff\xfe\xfd" * 9, b"1" * 5_000_000])
def test_parse_of_what_is_no_text(stdin: bytes) -> None:
    ended = fangzhi("parse", "-", stdin=stdin)
    assert ended.returncode == 2
    assert ended.stderr.startswith("fangzhi: ")


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONUTF8": "0", "LC_ALL": "POSIX"}]
)
def test_any_terminal_will_do(locale: dict[str, str]) -> None:
    ended = fangzhi("parse", SENTENCE, env=locale)
    assert ended.returncode == 0
    assert "42" in ended.stdout


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "page.txt").write_text(PAGE, "utf-8")
    (folder / "sources.csv").write_text("path,publisher\npage.txt,清河日报\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def built(pages: Path) -> Path:
    out = pages.parent / f"{pages.name}-out"
    assert fangzhi("build", pages, "--output", out).returncode == 0
    return out


@pytest.mark.parametrize(
    ("name", "lang", "word"),
    [
        ("", "zh", "数据包有效"),
        ("datapackage.json", "en", "The package is valid"),
        ("packages/fangzhi.zip", "en", "The package is valid"),
    ],
)
def test_validate(built: Path, name: str, lang: str, word: str) -> None:
    ended = fangzhi("validate", built / name, "--lang", lang)
    assert (ended.returncode, word in ended.stdout) == (0, True)


@pytest.mark.parametrize(("lang", "word"), [("zh", "校验值"), ("en", "hash")])
def test_validate_finds_a_changed_figure(built: Path, tmp_path: Path, lang: str, word: str) -> None:
    copy = shutil.copytree(built, tmp_path / "copy")
    table = copy / "data" / "observations.csv"
    table.write_text(table.read_text("utf-8").replace("42公里", "43公里"), "utf-8")
    ended = fangzhi("validate", copy, "--lang", lang)
    assert ended.returncode == 1
    assert word in ended.stdout
    assert "quote-differs" in ended.stdout


def restored(folder: Path) -> Callable[[], None]:
    """Puts the files of a folder back as they are now."""
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def put_back() -> None:
        for path, content in files.items():
            path.write_bytes(content)

    return put_back


CHANGES: dict[str, Callable[[Path, Path], object]] = {
    "a byte of a page": lambda pages, out: (pages / "page.txt").write_text(PAGE.replace("42", "41"), "utf-8"),
    "the list of sources": lambda pages, out: (pages / "sources.csv").write_text("path\npage.txt\n", "utf-8"),
    "a table cut off": lambda pages, out: os.truncate(out / "data" / "articles.csv", 100),
    "a byte of a table": lambda pages, out: (out / "data" / "units.csv").write_bytes(
        (out / "data" / "units.csv").read_bytes().replace(b"1", b"2", 1)
    ),
    "a download removed": lambda pages, out: (out / "downloads" / "fangzhi.xlsx").unlink(),
    "the database removed": lambda pages, out: (out / "fangzhi.db").unlink(),
    "the stamp cut off": lambda pages, out: os.truncate(out / "build.json", 30),
    "the stamp replaced": lambda pages, out: (out / "build.json").write_text(
        '{"fingerprint": 1, "files": []}'
    ),
}


def rebuilt(pages: Path, out: Path, policy: TextPolicy = TextPolicy.FULL) -> Built:
    return build([pages], out, policy, Progress(Console(quiet=True)))


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_makes_it_build_again(
    pages: Path, built: Path, change: Callable[[Path, Path], object]
) -> None:
    put_back = [restored(pages), restored(built)]
    change(pages, built)
    assert not rebuilt(pages, built).unchanged
    assert rebuilt(pages, built).unchanged
    for undo in put_back:
        undo()


def test_nothing_changed_is_said_and_quick(pages: Path, built: Path, tmp_path: Path) -> None:
    moved = shutil.copytree(pages, tmp_path / "elsewhere")
    os.utime(moved / "page.txt", (1, 1))
    begun = time.monotonic()
    ended = fangzhi("build", moved, "-o", built)
    assert (ended.returncode, ended.stdout.split(":")[0]) == (0, "没有变化 nothing changed")
    assert time.monotonic() - begun < 5


def test_a_build_names_each_file_that_it_finds_fault_with(pages: Path, tmp_path: Path) -> None:
    more, out = shutil.copytree(pages, tmp_path / "pages"), tmp_path / "out"
    for number in range(5):
        (more / f"empty{number}.txt").touch()
    (more / "sources.csv").write_text("path,published_on\npage.txt,last week\nnone.txt,\n", "utf-8")
    ended = fangzhi("build", more, "-o", out)
    told = [line.strip() for line in ended.stdout.splitlines()]
    assert ended.returncode == 1
    assert "错误 error: 来源清单有误 mistake in the list of sources × 2" in told
    assert any(line.startswith("sources.csv: 第 2 行 published_on：") for line in told)
    assert any(line.startswith("row 3, path: there is no such file: none.txt") for line in told)
    assert any(line.startswith("empty0.txt, empty1.txt, empty2.txt …（共 5 处 5 in all）") for line in told)
    assert any(line.startswith("page.txt: 未能得知这一版的日期") for line in told)
    assert told[-1] == f"打开站点 open the site: fangzhi serve {out}"
    again = fangzhi("build", more, "-o", out).stdout.splitlines()
    since = [line for line in told if line.startswith("较上次")]
    assert [line.strip() for line in again[1:]] == [line for line in told[1:] if line not in since]


def test_another_file_or_option_makes_it_build_again(pages: Path, built: Path, tmp_path: Path) -> None:
    out = shutil.copytree(built, tmp_path / "out")
    assert not rebuilt(pages, out, TextPolicy.QUOTES).unchanged
    shutil.copytree(pages, tmp_path / "pages")
    (tmp_path / "pages" / "empty.txt").touch()
    ended = fangzhi("build", tmp_path / "pages", "-o", out)
    assert (ended.returncode, ended.stdout.split(":")[0]) == (1, "已构建 built")
    again = fangzhi("build", tmp_path / "pages", "-o", out)
    assert (again.returncode, again.stdout.split(":")[0]) == (1, "没有变化 nothing changed")


def test_changed_code_makes_it_build_again(pages: Path, tmp_path: Path) -> None:
    package, out = tmp_path / "scripts" / "fangzhi", tmp_path / "out"
    shutil.copytree(ROOT / "scripts" / "fangzhi", package, ignore=shutil.ignore_patterns("__pycache__"))
    states = []
    for changed in (None, None, "text/fold.py", "lexicons/units.csv"):
        if changed:
            with (package / changed).open("a", encoding="utf-8") as file:
                file.write("\n")
        states.append(fangzhi("build", pages, "-o", out, env={"PYTHONPATH": str(package.parent)}).stdout[:3])
    assert states == ["已构建", "没有变", "已构建", "已构建"]


@pytest.mark.parametrize("policy", [TextPolicy.QUOTES, TextPolicy.NONE])
def test_text_policies(pages: Path, tmp_path: Path, policy: TextPolicy) -> None:
    assert not rebuilt(pages, tmp_path / "out", policy).findings
    figures = (tmp_path / "out" / "data" / "observations.csv").read_text("utf-8")
    assert ("42公里" in figures) == (policy is TextPolicy.QUOTES)
    assert "培训券442张" not in (tmp_path / "out" / "data" / "articles.csv").read_text("utf-8")


OUTPUTS: dict[str, Callable[[Path], Path]] = {
    "an input folder": lambda pages: pages,
    "a file": lambda pages: pages / "page.txt",
    "below a file": lambda pages: pages / "page.txt" / "out",
    "not writable": lambda pages: Path("/proc/fangzhi"),
    "another's package": lambda pages: pages.parent / "theirs",
}


@pytest.mark.parametrize("output", OUTPUTS.values(), ids=OUTPUTS)
def test_an_output_that_cannot_be(tmp_path: Path, output: Callable[[Path], Path]) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "page.txt").write_text(PAGE, "utf-8")
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "datapackage.json").write_text('{"name": "theirs"}', "utf-8")
    ended = fangzhi("build", pages, "-o", output(pages))
    assert ended.returncode == 2
    assert ended.stderr.rstrip().splitlines()[-1].startswith("fangzhi: ")
    assert (pages / "page.txt").read_text("utf-8") == PAGE
    assert [path.name for path in pages.iterdir()] == ["page.txt"]
    assert (tmp_path / "theirs" / "datapackage.json").read_text("utf-8") == '{"name": "theirs"}'


def digest(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@contextmanager
def started(*words: str | Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        arguments(*words),
        cwd=ROOT,
        env=environment(),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=1,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("step", ["reading pages", "writing the package", "judging the package"])
def test_ctrl_c_leaves_the_last_build(pages: Path, built: Path, tmp_path: Path, step: str) -> None:
    out = shutil.copytree(built, tmp_path / "out")
    before = digest(out)
    more = shutil.copytree(pages, tmp_path / "pages")
    (more / "page.txt").write_text(PAGE.replace("42", "77"), "utf-8")
    with started("build", more, "-o", out) as process:
        assert process.stderr is not None
        while step not in (line := process.stderr.readline()):
            assert line, "the build ended before the step"
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        assert process.wait(60) == 130
    assert "Interrupted" in rest
    assert "Traceback" not in rest
    assert digest(out) == before
    assert not rebuilt(more, out).findings


def test_two_builds_at_once(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with started("build", pages, "-o", out) as one, started("build", pages, "-o", out) as other:
        told = [process.communicate(timeout=120) for process in (one, other)]
        codes = [one.returncode, other.returncode]
    assert 0 in codes
    assert set(codes) <= {0, 2}
    assert all("Traceback" not in text for pair in told for text in pair)
    if 2 in codes:
        assert "another build" in told[codes.index(2)][1]
    assert fangzhi("validate", out).returncode == 0


def test_serve_says_where_answers_and_stops(built: Path) -> None:
    with started("serve", built, "--port", "0") as process:
        assert process.stdout is not None
        address = next(word for word in process.stdout.readline().split() if word.startswith("http://"))
        with urllib.request.urlopen(address, timeout=30) as answer:  # the address is our own
            assert answer.status == 200
            assert "方志" in answer.read().decode("utf-8")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, "Traceback" in out + err) == (0, False)


def test_serve_takes_another_port_where_one_is_taken(built: Path) -> None:
    with started("serve", built) as one, started("serve", built) as other:
        assert one.stdout is not None
        assert other.stdout is not None
        lines = {one.stdout.readline(), other.stdout.readline()}
        assert len(lines) == 2
        port = lines.pop().split("://localhost:")[1].split("/")[0]
        taken = fangzhi("serve", built, "--port", port)
    assert (taken.returncode, "--port" in taken.stderr) == (2, True)


def test_a_pipe_that_closes_early_is_no_error(built: Path) -> None:
    command = " ".join(f"'{word}'" for word in arguments("parse", SENTENCE * 200, "--json"))
    ended = subprocess.run(
        f"{command} | head -c 10", shell=True, cwd=ROOT, env=environment(), capture_output=True, check=False
    )
    assert (ended.stdout[:1], ended.stderr) == (b"[", b"")


def test_schema_writes_what_the_models_say(tmp_path: Path) -> None:
    (tmp_path / "scripts" / "fangzhi").mkdir(parents=True)
    (tmp_path / "pyproject.toml").touch()
    ended = fangzhi("schema", cwd=tmp_path)
    assert ended.returncode == 0
    assert {path.stem for path in (tmp_path / "schemas").iterdir()} == set(TABLES)
    assert all((tmp_path / line).exists() for line in ended.stdout.splitlines())


def test_the_entry_point_is_the_module() -> None:
    script = Path(sys.executable).parent / "fangzhi"
    shown = subprocess.run([script, "--help"], env=environment(), capture_output=True, text=True, check=True)
    assert shown.stdout == fangzhi("--help").stdout
