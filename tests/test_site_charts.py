"""Charts: what is drawn of which rows, how it looks in the dark, and that nobody can wear the server out."""

from __future__ import annotations

import asyncio
import re
import struct
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import make_package, serving
from playwright.sync_api import Browser, Page
from sample import SOURCE, dataset

from fangzhi.database.write import write_database
from fangzhi.model import codes
from fangzhi.model.tables import Check, Observation, Place
from fangzhi.site.app import create_app
from fangzhi.site.charts.declared import MOST, MOST_SERIES, Chart, Drawing, declared, drawing
from fangzhi.site.charts.draw import draw
from fangzhi.site.charts.spec import NARROW, WIDE, Words, size, spec
from fangzhi.site.charts.studio import Studio
from fangzhi.site.errors import SiteError
from fangzhi.site.languages import Language
from fangzhi.site.map import _gathered
from fangzhi.site.metadata import OWN_QUERIES
from fangzhi.site.words import unit_word

BAR = Chart(kind="bar", x="place", y="value", series="status", unit="unit", about="indicator")
LINE = Chart(kind="line", x="day", y="value", series="place", line="measure")
COLUMN = Chart(kind="column", x="month", y="n")
SHARE = Chart(kind="share", x="what", y="actual", target="goal")


def row(place: str, value: object, **more: object) -> dict[str, Any]:
    return {"place": place, "value": value, "status": "actual", "unit": "人", "indicator": "就业"} | more


ROWS: dict[Chart, list[dict[str, Any]]] = {
    BAR: [row("甲县", 31348), row("甲县", 30000, status="target"), row("<b>&乙县", 442)],
    LINE: [
        {"day": f"20{year}-12-31", "value": year * 1000, "place": "甲县", "measure": "造林"}
        for year in (19, 20, 21)
    ],
    COLUMN: [{"month": f"2021-{month:02}", "n": month} for month in range(1, 6)],
    SHARE: [
        {"what": "甲县：造林", "actual": 120, "goal": 100},
        {"what": "乙县：造林", "actual": 30, "goal": 60},
    ],
}
WORDS = Words(
    language=Language.ZH,
    x="地点",
    y="数值",
    name=lambda column, value: value,
    value=lambda value: f"{value:g}",
    title="各地比较",
    source="方志",
)


def drawn(chart: Chart) -> Drawing:
    found = drawing(chart, ROWS[chart])
    assert found
    return found


def test_a_chart_is_about_one_thing_in_one_unit() -> None:
    rows = [row("甲县", 1), row("乙县", 2), row("丙县", 3, unit="户"), row("丁县", 4, indicator="造林")]
    found = drawing(BAR, rows)
    assert found
    assert [point.x for point in found.points] == ["甲县", "乙县"]
    assert (found.about, found.unit, found.left_out) == ("就业", "人", 2)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [row("甲县", 1)],
        [row("甲县", 1), row("乙县", None)],
        [row("甲县", 1), row("乙县", "二")],
        [row("甲县", 1), row("乙县", float("inf"))],
        [{"x": 1}, {"x": 2}],
    ],
    ids=["none", "one", "empty", "words", "endless", "other columns"],
)
def test_what_makes_no_chart_is_not_drawn(rows: list[dict[str, Any]]) -> None:
    assert drawing(BAR, rows) is None


def test_rows_of_one_name_stay_apart_and_a_line_has_one_point_a_day() -> None:
    found = drawing(BAR, [row("甲县", 1), row("甲县", 2), row("甲县", 3, status="target")])
    assert found
    assert [(point.x, point.y) for point in found.points] == [("甲县", 1), ("甲县 (2)", 2), ("甲县", 3)]
    twice = [{"day": "2021-01-01", "value": 1, "place": "甲县", "measure": "造林"}] * 2
    assert drawing(LINE, twice) is None


def test_no_more_is_drawn_than_can_be_read() -> None:
    found = drawing(BAR, [row(f"{n}县", n) for n in range(500)])
    assert found
    assert len(found.points) == MOST["bar"]
    assert found.left_out == 500 - MOST["bar"]
    many = drawing(BAR, [row("甲县", n, status=f"s{n}") for n in range(40)])
    assert many
    assert len({point.series for point in many.points}) == MOST_SERIES


@pytest.mark.parametrize("chart", ROWS, ids=lambda chart: chart.kind)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_picture_is_whole_of_its_size_and_loads_nothing(chart: Chart, width: int) -> None:
    svg = draw(spec(drawn(chart), WORDS, width), "svg").decode()
    root = ElementTree.fromstring(svg)
    assert (int(root.attrib["width"]), int(root.attrib["height"])) == size(drawn(chart), width)
    assert "prefers-color-scheme:dark" in svg
    assert not re.search(r"<script|<image|<a |href=|\son\w+=|url\((?!#)", svg.replace("xmlns:xlink", ""))
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    for point in drawn(chart).points:
        assert chart.kind == "line" or point.x in texts


def test_a_picture_to_download_stands_alone() -> None:
    alone = spec(drawn(BAR), WORDS, WIDE, is_alone=True)
    png = draw(alone, "png")
    wide, high = struct.unpack(">II", png[16:24])
    assert png.startswith(b"\x89PNG")
    assert (wide, high) == (WIDE * 2, (size(drawn(BAR), WIDE)[1] + 48) * 2)
    assert alone["title"]["text"] == "各地比较"
    assert alone["background"] == "#ffffff"


def test_what_is_aimed_at_is_hollow() -> None:
    svg = draw(spec(drawn(BAR), WORDS, WIDE), "svg").decode()
    reached, aimed = (
        re.search(rf"<path [^>]*series: {status}[^>]*>", svg) for status in ("actual", "target")
    )
    assert reached
    assert aimed
    assert 'fill="' in reached[0]
    assert 'fill="' not in aimed[0]
    assert 'stroke-dasharray="5,3"' in aimed[0]


@pytest.mark.parametrize(
    "value", [{"kind": "pie", "x": "a", "y": "b"}, {"kind": "bar", "x": "a"}, "bar", {"z": 1}]
)
def test_a_wrong_declaration_stops_the_start_and_says_where(tmp_path: Path, value: object) -> None:
    with pytest.raises(SiteError, match="mine"):
        declared("mine", value)
    write_database(dataset(), tmp_path / "fangzhi.db")
    query = {"sql": "select 1", "chart": value}
    metadata = {"databases": {"fangzhi": {"queries": {"mine": query}}}}
    (tmp_path / "metadata.yml").write_text(repr(metadata), "utf-8")
    with pytest.raises(SiteError, match="mine"):
        create_app(tmp_path)


def test_a_studio_draws_once_forgets_the_oldest_and_turns_a_crowd_away() -> None:
    specs = [spec(drawn(COLUMN), Words(**vars(WORDS) | {"y": str(n)}), NARROW) for n in range(40)]

    async def visit() -> tuple[list[bytes | None], Studio]:
        studio = Studio(kept=30_000)
        first = await studio.picture(specs[0], "svg")
        assert await studio.picture(specs[0], "svg") is first
        crowd = await asyncio.gather(*(studio.picture(each, "svg") for each in specs[1:]))
        await studio.close()
        return list(crowd), studio

    pictures, studio = asyncio.run(visit())
    assert None in pictures
    assert sum(picture is not None for picture in pictures) >= 20
    assert sum(map(len, studio._drawn.values())) <= 30_000


def test_a_chart_that_cannot_be_drawn_harms_none_of_the_next() -> None:
    good = spec(drawn(BAR), WORDS, NARROW)

    async def visit() -> list[bytes | None]:
        studio = Studio()
        left = asyncio.create_task(studio.picture(good, "png"))
        await asyncio.sleep(0.05)
        left.cancel()
        pictures = [
            await studio.picture(each, "svg")
            for each in ({"mark": "nonsense", "data": 1}, good, {"$schema": 5})
        ]
        await studio.close()
        return pictures

    assert [bool(picture) for picture in asyncio.run(visit())] == [False, True, False]


def test_the_server_goes_on_while_charts_are_drawn() -> None:
    async def moments() -> int:
        studio = Studio()
        await studio.picture(spec(drawn(BAR), WORDS, WIDE), "png")
        others = [spec(drawn(COLUMN), Words(**vars(WORDS) | {"y": str(n)}), WIDE) for n in range(8)]
        all_drawn = asyncio.gather(*(studio.picture(each, "png") for each in others))
        count = 0
        while not all_drawn.done():
            await asyncio.sleep(0.001)
            count += 1
        assert all(await all_drawn)
        await studio.close()
        return count

    assert asyncio.run(moments()) > 100


# The site over a package in which places, periods and targets can be compared.


def more_rows() -> list[Any]:
    pipe = next(row for row in dataset().rows(Observation) if row.indicator_id)
    county = next(row for row in dataset().rows(Place) if row.place_id == "cn130534")
    other = {"place_id": "cn130535", "name": "临西县", "full_name": "河北省临西县", "code": "130535"}
    point = {"latitude": Decimal("36.87"), "longitude": Decimal("115.50")}
    told = [
        ("n1", "cn130534", "36", 2020, codes.Status.ACTUAL),
        ("n2", "cn130534", "40", 2021, codes.Status.TARGET),
        ("n3", "cn130535", "120000", 2021, codes.Status.ACTUAL),
        ("n4", "cn130535", "150000", 2021, codes.Status.TARGET),
    ]
    figures = [
        pipe.model_copy(
            update={
                "observation_id": f"{SOURCE}-{name}",
                "place_id": place,
                "value": Decimal(value),
                "status": status,
                "period_start": date(year, 1, 1),
                "period_end": date(year, 12, 31),
            }
        )
        for name, place, value, year, status in told
    ]
    share = Check(
        check_id=f"{SOURCE}-c2",
        article_id=pipe.article_id,
        kind=codes.CheckKind.SHARE,
        inputs=[pipe.observation_id, f"{SOURCE}-n2"],
        reported=pipe.observation_id,
        expected=Decimal(105),
        difference=Decimal(0),
        tolerance=Decimal(0),
        verdict=codes.Verdict.HOLDS,
        formula="42 ÷ 40 = 105 %",
    )
    return [county.model_copy(update=other | point), *figures, share]


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = make_package(tmp_path_factory.mktemp("compared"))
    data = dataset()
    data.add(more_rows())
    write_database(data, folder / "fangzhi.db")
    with serving(folder) as address:
        yield address


@pytest.fixture(scope="module")
def there(compared: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=compared, timeout=30) as client:
        yield client


@pytest.mark.parametrize(
    ("name", "arguments", "value"),
    [
        ("indicator_by_place", {}, 120000),
        ("indicator_by_place", {"indicator": "water_mains_built"}, 40),
        ("indicator_by_place", {"indicator": "Water mains built"}, 40),
        ("indicator_by_place", {"indicator": "火星"}, None),
        ("indicator_over_time", {}, 36),
        ("indicator_over_time", {"place": "临西县"}, 120000),
        ("indicator_over_time", {"place": "火星"}, None),
        ("actual_against_target", {}, 42),
        ("actual_against_target", {"place": "河北省清河县"}, 40),
        ("actual_against_target", {"place": "cn130000"}, None),
        ("figures_by_month", {}, "2022-03"),
        ("figures_of_a_theme", {"theme": "employment"}, "新建供水管网"),
        ("figures_of_a_theme", {"theme": "火星"}, None),
    ],
)
def test_the_sites_own_questions_are_answered(
    there: httpx.Client, name: str, arguments: dict[str, str], value: object
) -> None:
    assert name in OWN_QUERIES
    answer = there.get(f"/fangzhi/{name}.json", params=arguments).json()
    assert answer["ok"]
    assert bool(answer["rows"]) == (value is not None)
    assert value is None or any(value in line for line in answer["rows"])


def test_a_village_counts_at_the_point_of_its_county() -> None:
    places = [
        {
            "place_id": "b",
            "level": "village",
            "full_name": "某村",
            "latitude": 30.0,
            "longitude": 110.0,
            "figures": 5,
        },
        {
            "place_id": "a",
            "level": "county",
            "full_name": "某县",
            "latitude": 30.0,
            "longitude": 110.0,
            "figures": 2,
        },
        {
            "place_id": "c",
            "level": "county",
            "full_name": "别县",
            "latitude": 31.0,
            "longitude": 110.0,
            "figures": 3,
        },
    ]
    assert [(row["full_name"], row["figures"]) for row in _gathered(places)] == [("某县", 7), ("别县", 3)]
    assert [row["point"] for row in places] == ["某县", "某县", "别县"]


@pytest.mark.parametrize(
    ("unit", "zh", "en"),
    [
        ("CNY", "元", "yuan"),
        ("人", "人", "person"),
        ("m2", "平方米", "square metre"),
        ("1", "", ""),
        ("咫", "咫", "咫"),
        ("元/人", "元/人", "yuan/person"),
        ("", "", ""),
    ],
)
def test_a_unit_is_called_in_the_language_of_the_edition(unit: str, zh: str, en: str) -> None:
    assert (unit_word(unit, Language.ZH), unit_word(unit, Language.EN)) == (zh, en)


def test_a_chart_comes_in_the_language_of_its_address(there: httpx.Client) -> None:
    chinese, english, plain = (
        there.get(f"{base}/charts/indicator_by_place.svg").text for base in ("/zh", "/en", "")
    )
    assert {"12.0万" in chinese, "实际" in chinese, "目标" in chinese} == {True}
    assert {"120,000" in english, "actual" in english, "target" in english} == {True}
    assert plain == chinese


def test_a_chart_may_be_kept_and_used_elsewhere(there: httpx.Client) -> None:
    response = there.get("/zh/charts/actual_against_target.png")
    assert response.headers["content-type"] == "image/png"
    assert "max-age" in response.headers["cache-control"]
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/zh/charts/nope.svg", 404),
        ("/zh/charts/told_twice.svg", 404),
        ("/zh/charts/indicator_by_place.svg?indicator=火星", 404),
        ("/zh/charts/indicator_by_place.svg?nope=1", 400),
        ("/zh/charts/indicator_by_place.svg?_size=huge", 400),
        ("/zh/charts/indicator_by_place.svg?indicator=" + "x" * 300, 400),
        ("/zh/charts/indicator_by_place.svg?_size=narrow", 200),
        ("/zh/charts/indicator_by_place.gif", 404),
    ],
)
def test_what_is_no_chart_is_refused(there: httpx.Client, path: str, status: int) -> None:
    assert there.get(path).status_code == status


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/zh/place/cn130534", ["河北省清河县", "GB/T 2260 130534", "新建供水管网", "2020年"]),
        ("/zh/place/cn130534", ["“三个一”机制", "清河县人社局", "试行电子培训券", "逐期变化：新建供水管网"]),
        ("/zh/place/cn130000", ["临西县", "清河县", "没有直接归于此地的数据"]),
        ("/en/place/cn130534", ["county", "Water mains built", "30.1 million", "Named systems"]),
        ("/zh/indicator/water_mains_built", ["当期新建成的供水管网长度", "12.0万", "2020至2021年", "临西县"]),
        ("/zh/indicator/water_mains_built", ["实际值", "目标、标准与能力"]),
        (
            "/en/indicator/water_mains_built",
            ["Length of water mains newly built", "Actual values", "By place"],
        ),
        ("/zh/theme/employment", ["就业、培训", "清河县试行", "最常见的指标", "河北省临西县"]),
        ("/zh/map", ["河北省临西县", "36.87", "按省"]),
        ("/en/queries", ["Targets and money", "Which targets have been set?", "Containing"]),
        ("/zh/", ["目标完成了多少？", "数据从哪里来", "可以问什么", "引用与许可"]),
    ],
)
def test_a_page_tells(there: httpx.Client, path: str, words: list[str]) -> None:
    html = there.get(path).text
    assert [word for word in words if word not in html] == []


def test_a_table_leads_to_the_pages_and_they_to_the_rows(there: httpx.Client) -> None:
    assert 'href="/zh/place/cn130534"' in there.get("/zh/fangzhi/places").text
    assert 'href="/zh/indicator/water_mains_built"' in there.get("/zh/fangzhi/figures").text
    page = there.get("/zh/place/cn130534").text
    for link in ("/zh/fangzhi/places/cn130534", "/fangzhi/places/cn130534.json?_shape=objects"):
        assert f'href="{link}"' in page
        assert there.get(link).status_code == 200


def test_a_place_counts_all_below_it(there: httpx.Client) -> None:
    html = there.get("/zh/place/cn").text
    assert re.search(r'/zh/place/cn130000">河北省</a> <span class="count">9<', html)
    assert "cn130534" not in html


def test_every_chart_of_a_page_has_its_table_query_and_files(there: httpx.Client) -> None:
    html = there.get("/zh/indicator/water_mains_built").text
    figures = re.findall(r'<figure class="chart".*?</figure>', html, re.DOTALL)
    assert len(figures) == 2
    for figure in figures:
        links = [link.replace("&amp;", "&") for link in re.findall(r'(?:href|src|srcset)="([^"]+)"', figure)]
        for part in (".svg", "_size=narrow", ".png", ".csv", ".json"):
            assert any(part in link for link in links), part
        assert [link for link in links if there.get(link).status_code != 200] == []
        assert "<table" in figure


def test_the_map_and_its_table_tell_the_same(there: httpx.Client) -> None:
    html = there.get("/en/map").text
    dots = re.findall(r'aria-label="河北省(\S+): (\d+)"><circle', html)
    table = re.findall(r'>河北省(\S+)</a></th><td>county</td><td class="number">(\d+)</td><td>河北省', html)
    assert dots == table
    assert sum(int(count) for _, count in dots) == 9
    assert '<text x="' in html
    assert "<path" in html


PAGES = (
    "/zh/",
    "/zh/place/cn130534",
    "/en/indicator/water_mains_built",
    "/zh/map",
    "/en/fangzhi/indicator_by_place",
)


@pytest.fixture(scope="module", params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser, compared: str) -> Iterator[Page]:
    context = browser.new_context(base_url=compared, color_scheme=request.param)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_pages_with_charts_are_accessible_and_their_pictures_load(page: Page, path: str) -> None:
    page.goto(path)
    page.evaluate("for (const image of document.images) image.loading = 'eager'")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("[...document.images].every(image => image.naturalWidth > 100)")
    for opened in page.locator("details").all():
        opened.locator("summary").click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_chart_turns_dark_with_the_page(page: Page) -> None:
    page.goto("/zh/fangzhi/indicator_by_place")
    page.evaluate("for (const image of document.images) image.loading = 'eager'")
    page.wait_for_load_state("networkidle")
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    colours = page.evaluate(
        """() => { const image = document.images[0], canvas = document.createElement('canvas');
        canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
        const context = canvas.getContext('2d'); context.drawImage(image, 0, 0);
        const data = context.getImageData(0, 0, canvas.width, canvas.height).data, found = new Set();
        for (let i = 0; i < data.length; i += 4) found.add([data[i], data[i+1], data[i+2]].join());
        return [...found] }"""
    )
    assert ("242,153,138" in colours) == is_dark
    assert ("156,47,32" in colours) != is_dark


def test_a_chart_fits_a_phone(browser: Browser, compared: str) -> None:
    context = browser.new_context(base_url=compared, viewport={"width": 320, "height": 640})
    page = context.new_page()
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.goto("/zh/fangzhi/indicator_by_place")
    assert "_size=narrow" in page.evaluate("document.images[0].currentSrc")
    context.close()
