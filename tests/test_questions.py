"""What an analyst asks of the seeds: each question is one plain SQL statement, and this is its answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from fangzhi.database import FILE_NAME
from fangzhi.package.policy import TextPolicy
from fangzhi.run.build import build
from fangzhi.run.progress import Progress

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    output = tmp_path_factory.mktemp("questions")
    build([SEEDS], output, TextPolicy.FULL, Progress(Console(quiet=True)))
    connection = sqlite3.connect(output / FILE_NAME)
    yield connection
    connection.close()


def ask(database: sqlite3.Connection, sql: str) -> list[tuple[object, ...]]:
    return database.execute(sql).fetchall()


def test_subsidy_per_person_in_kelan(database: sqlite3.Connection) -> None:
    rows = ask(
        database,
        """SELECT o.per_value, coalesce(o.measure_simplified, o.measure) FROM observations o
        JOIN places p USING (place_id)
        WHERE p.name = '岢岚县' AND o.indicator_id = 'subsidy_rate' AND o.per = '人' ORDER BY o.text_start""",
    )
    assert [value for value, _ in rows] == [800, 300, 300]
    assert "省外" in str(rows[0][1])
    assert "县外省内" in str(rows[1][1])
    assert "就业奖补" in str(rows[2][1])


def test_average_paid_in_kelan(database: sqlite3.Connection) -> None:
    ((average,),) = ask(
        database,
        """SELECT 1.0 * paid.standard_value / people.value FROM observations paid
        JOIN observations people ON people.article_id = paid.article_id AND people.text_end <= paid.text_start
        JOIN places p ON p.place_id = paid.place_id
        WHERE p.name = '岢岚县' AND paid.indicator_id = 'subsidies_paid' AND people.unit IN ('人', '名')
        ORDER BY people.text_start DESC LIMIT 1""",
    )
    assert average == pytest.approx(671900 / 1603)


def test_relocated_households_by_place(database: sqlite3.Connection) -> None:
    rows = ask(
        database,
        """SELECT p.name, o.value FROM observations o JOIN places p USING (place_id)
        WHERE o.indicator_id = 'resettled_households'""",
    )
    assert dict(rows) == {"保德县": 2166, "广惠园社区": 1773, "宋家沟镇": 145}


def test_share_of_former_poor_in_guanghuiyuan(database: sqlite3.Connection) -> None:
    rows = ask(
        database,
        """SELECT poor.unit, 1.0 * poor.value / moved.value FROM observations poor
        JOIN observations moved USING (article_id, place_id, unit) JOIN places p USING (place_id)
        WHERE p.name = '广惠园社区' AND poor.indicator_id IN ('poor_people', 'poor_households')
        AND moved.indicator_id IN ('resettled_people', 'resettled_households') ORDER BY poor.text_start""",
    )
    assert [share for _, share in rows] == pytest.approx([1476 / 1773, 4195 / 5029])


def test_monthly_wages_by_job(database: sqlite3.Connection) -> None:
    rows = ask(
        database,
        """SELECT measure, value, value_max FROM observations
        WHERE indicator_id = 'wages' AND per = '月' ORDER BY text_start""",
    )
    assert [row[1:] for row in rows] == [(6000, 7000), (3000, None), (4000, None), (4500, None)]
    for job, row in zip(("月嫂", "养老护工", "酒店服务员", "工矿企业人员"), rows, strict=True):
        assert job in str(row[0])


def test_skilled_share_of_labour(database: sqlite3.Connection) -> None:
    ((share,),) = ask(
        database,
        """SELECT 1.0 * skilled.value / labour.value FROM observations skilled
        JOIN observations labour USING (place_id, period_end)
        WHERE skilled.indicator_id = 'skilled_people' AND labour.indicator_id = 'labour_registered'""",
    )
    assert share == pytest.approx(430 / 2440)


def test_target_completion_of_lvliang(database: sqlite3.Connection) -> None:
    rows = ask(
        database,
        """SELECT o.value FROM observations o JOIN places p USING (place_id)
        WHERE p.name = '吕梁市' AND o.indicator_id = 'target_share' ORDER BY o.text_start""",
    )
    assert rows == [(115.83,), (148.84,), (179.14,), (141.45,)]


def test_yuan_per_voucher_in_taiyuan(database: sqlite3.Connection) -> None:
    ((each,),) = ask(
        database,
        """SELECT 1.0 * paid.standard_value / issued.value FROM observations paid
        JOIN observations issued USING (article_id, place_id) JOIN places p USING (place_id)
        WHERE p.name = '太原市' AND paid.indicator_id = 'training_vouchers_value'
        AND issued.indicator_id = 'training_vouchers' AND issued.statistic = 'total'""",
    )
    assert each == pytest.approx(30130000 / 31348)


def test_cost_per_kilometre_of_huhutong(database: sqlite3.Connection) -> None:
    rows = ask(
        database,
        """SELECT 1000.0 * cost.standard_value / road.standard_value FROM observations cost
        JOIN observations road USING (article_id, place_id)
        WHERE cost.indicator_id = 'investment' AND road.measure LIKE '%户户通%' AND road.kind = 'length'""",
    )
    assert rows == [(464200.0,)]


def test_what_huimin_community_set_up(database: sqlite3.Connection) -> None:
    rows = ask(database, "SELECT name FROM systems WHERE owner = '惠民社区'")
    assert {name for (name,) in rows} >= {
        "“1258”管理模式", "“344”工作机制", "“十合一”工作机构", "党群服务中心",
    }  # fmt: skip


def test_who_uses_the_double_five_levels(database: sqlite3.Connection) -> None:
    rows = ask(
        database,
        """SELECT DISTINCT owner FROM systems
        WHERE coalesce(name_simplified, name) LIKE '%双五级%' ORDER BY owner""",
    )
    assert rows == [("岢岚县",), ("惠民社区",)]


def test_people_reached_by_each_programme_against_poverty(database: sqlite3.Connection) -> None:
    rows = ask(
        database,
        """SELECT (SELECT s.name FROM systems s WHERE s.article_id = o.article_id
          AND s.text_end <= o.text_start AND instr(o.sentence, s.quote) > 0 ORDER BY s.text_end DESC LIMIT 1)
          AS programme, o.value
        FROM observations o
        WHERE o.unit IN ('人', '人次') AND o.measure LIKE '%贫困人口%' AND programme IS NOT NULL""",
    )
    assert {value for _, value in rows} == {523000, 1277000, 1815000, 1000000, 2039600}
    reached = {value: str(name) for name, value in rows}
    assert "五大项目" in reached[523000]
    assert "产业扶贫" in reached[1277000]
    assert "三保险三救助" in reached[2039600]
    assert "危房改造" in reached[1000000]
