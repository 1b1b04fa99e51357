"""The quality report: what it counts, what it says has changed, and that every build leaves one."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from command import PAGE, fangzhi
from package_sample import build, good_dataset
from rich.console import Console
from sample import SOURCE

from fangzhi.model.dataset import Dataset
from fangzhi.model.tables import Observation, SystemComponent
from fangzhi.package.findings import finding
from fangzhi.package.policy import TextPolicy
from fangzhi.quality.changes import LISTED, changes
from fangzhi.quality.measure import quality
from fangzhi.quality.report import Quality, Share
from fangzhi.run.build import Built
from fangzhi.run.build import build as run_build
from fangzhi.run.progress import Progress
from fangzhi.run.quality import QUALITY, last_rows, quality_lines, write_quality
from fangzhi.run.told import build_lines


def test_counts_of_a_build() -> None:
    report = quality(good_dataset(), None)
    assert (report.pages, report.articles, report.articles_by_kind) == (1, 1, {"news": 1})
    assert report.figures.total == 5
    assert report.figures.by_kind == {"count": 3, "money": 1, "length": 1}
    assert report.figures.by_qualifier == {"exact": 4, "approx": 1}
    assert report.figures.by_status == {"actual": 5}
    assert [
        (s.count, s.total, s.share) for s in (report.figures.with_indicator, report.figures.with_place)
    ] == [(1, 5, 0.2), (5, 5, 1.0)]
    assert (report.figures.with_standard_unit.count, report.figures.with_period.count) == (1, 5)
    assert (report.checks, report.corrections) == ({"holds": 1}, {"applied": 1})
    assert [(found.severity, found.kind, found.count) for found in report.issues] == [
        ("error", "empty_file", 1)
    ]
    assert (report.systems, report.system_gaps) == (1, ())
    assert report.repairs == {"line_break": 3}
    assert report.changes is None


def test_systems_with_other_parts_than_declared() -> None:
    data = good_dataset()
    parts = data.rows(SystemComponent)
    data.tables["system_components"] = [parts[0], parts[1].model_copy(update={"parent": "一户一档"})]
    (gap,) = quality(data, None).system_gaps
    assert (gap.system_id, gap.declared, gap.found) == (f"{SOURCE}-s16", 3, 1)


@pytest.mark.parametrize(
    ("count", "total", "told"),
    [(0, 0, "–"), (0, 7, "0%"), (7, 7, "100%"), (99_999, 100_000, "99.9%"), (2, 3, "66.6%"), (1, 2, "50%")],
)
def test_only_all_is_a_hundred_percent(count: int, total: int, told: str) -> None:
    assert Share(count=count, total=total).percent == told


def test_nothing_read_has_no_shares() -> None:
    report = quality(Dataset(), {})
    assert report.figures.with_place.share is None
    assert any("–" in line for line in quality_lines(report))


def test_rows_added_changed_and_gone() -> None:
    last = good_dataset()
    now = good_dataset()
    first, second, *rest = now.rows(Observation)
    changed = second.model_copy(update={"value": Decimal(7)})
    new = second.model_copy(update={"observation_id": "new"})
    now.tables["observations"] = [changed, new, *rest]
    (change,) = changes(now, last.tables).tables
    assert change.table == "observations"
    assert (change.added.keys, change.changed.keys, change.gone.keys) == (
        ("new",),
        (second.observation_id,),
        (first.observation_id,),
    )
    assert change.columns == {"value": 1}
    assert changes(last, last.tables).tables == ()


def test_keys_of_many_changes_are_listed_in_part() -> None:
    now = good_dataset()
    row = now.rows(SystemComponent)[0]
    now.tables["system_components"] = [row.model_copy(update={"position": n}) for n in range(1, LISTED + 51)]
    (change,) = changes(now, good_dataset().tables).tables
    assert (change.added.count, len(change.added.keys)) == (LISTED + 47, LISTED)
    assert change.added.keys == tuple(sorted(change.added.keys))


def test_the_last_build_is_read_from_what_is_published(tmp_path: Path) -> None:
    assert last_rows(tmp_path) is None
    build(tmp_path)
    found = last_rows(tmp_path)
    assert found == good_dataset().sorted().tables
    codes = tmp_path / "data" / "codes.csv"
    codes.write_text(codes.read_text("utf-8").replace("code_list", "list"), "utf-8")
    (tmp_path / "data" / "units.csv").unlink()
    report = write_quality(good_dataset(), last_rows(tmp_path), tmp_path / "staging")
    assert report.changes is not None
    assert (report.changes.not_compared, report.changes.tables) == (("units", "codes"), ())
    assert (
        Quality.model_validate_json((tmp_path / "staging" / QUALITY).read_text("utf-8"), extra="ignore")
        == report
    )


def test_every_build_tells_its_quality_and_what_changed(tmp_path: Path) -> None:
    pages, out = tmp_path / "pages", tmp_path / "out"
    pages.mkdir()
    (pages / "a.txt").write_text(PAGE, "utf-8")
    ended = fangzhi("build", pages, "-o", out)
    report = json.loads((out / QUALITY).read_text("utf-8"))
    assert (report["pages"], report["changes"]) == (1, None)
    assert report["figures"]["total"] == report["figures"]["with_place"]["total"] > 0
    assert "数据 figures" in ended.stdout
    assert "较上次构建" not in ended.stdout
    (pages / "b.txt").write_text(PAGE.replace("清河", "临县"), "utf-8")
    found = run_build([pages], out, TextPolicy.FULL, Progress(Console(stderr=True))).quality
    assert found == Quality.model_validate_json((out / QUALITY).read_text("utf-8"), extra="ignore")
    assert found is not None
    assert found.changes is not None
    unchanged = run_build([pages], out, TextPolicy.FULL, Progress(Console(stderr=True)))
    assert unchanged.unchanged
    assert unchanged.quality == found.model_copy(update={"changes": None})
    change = next(change for change in found.changes.tables if change.table == "sources")
    assert (change.added.count, change.changed.count, change.gone.count) == (1, 0, 0)
    assert "来源 sources +1" in list(quality_lines(found))[-1]


def test_a_build_that_its_judges_refuse_is_not_said_to_be_built() -> None:
    counts = {name: len(rows) for name, rows in good_dataset().tables.items()}
    found = (finding("package-missing", path="x"),)
    built = Built(Path("out"), counts, (), quality(good_dataset(), None), found, published=False)
    told = [line.text for line in build_lines(built)]
    assert told[0].startswith("未发布 not published")
    assert [line for line in told if "no package at x" in line]
    assert not [line for line in told if "fangzhi serve" in line]
    told = [line.text for line in build_lines(replace(built, findings=(), published=True))]
    assert (told[0].split(":")[0], told[-1]) == (
        "已构建 built",
        "  打开站点 open the site: fangzhi serve out",
    )


@pytest.mark.parametrize(
    "words", ["文章 articles", "数据 figures", "核验 checks", "体系 systems", "更正 corrections"]
)
def test_the_terminal_tells_each_part(words: str) -> None:
    report = quality(good_dataset(), good_dataset().tables).model_copy(
        update={"corrections": {"applied": 2, "stale": 1}}
    )
    lines = list(quality_lines(report))
    assert sum(line.startswith(words) for line in lines) == 1
    assert lines[-1].endswith("数据未变 same data")
