"""A small hand-made dataset: every table has a row, so that packages and sites can be tried without a run."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal

from fangzhi.model import codes
from fangzhi.model.dataset import Dataset
from fangzhi.model.table import Row
from fangzhi.model.tables import (
    Article,
    Check,
    CodeRow,
    Correction,
    Event,
    Indicator,
    Issue,
    Mention,
    Observation,
    Organization,
    Period,
    Person,
    Place,
    Programme,
    Source,
    System,
    SystemComponent,
    SystemObservation,
    Theme,
    UnitRow,
)  # fmt: skip

TEXT = (
    "去年，清河县在两個乡镇试行“电子培训券”。全县共领取培训券31348张，其中开放券30906张，封闭券442张。\n"
    "县里投入资金约3013.5万元，新建供水管网42公里。“三个一”机制包括一户一档、一村一策、一季一评。"
    "<script>alert('x')</script> & \"quoted\", comma"
)
PAGE = f"本报讯 {TEXT}"
SOURCE = "0123456789ab"


def span(quote: str) -> dict[str, int]:
    """Offsets of a quote in the text and in the page."""
    start = TEXT.index(quote)
    shift = len(PAGE) - len(TEXT)
    return {
        "text_start": start, "text_end": start + len(quote),
        "source_start": start + shift, "source_end": start + shift + len(quote),
    }  # fmt: skip


def text_span(quote: str) -> dict[str, int]:
    return {k: v for k, v in span(quote).items() if k.startswith("text")}


def figure(quote: str, measure: str, value: str, unit: str, **more: object) -> Observation:
    fields: dict[str, object] = {
        "observation_id": f"{SOURCE}-o{span(quote)['source_start']}", "article_id": f"{SOURCE}-a4",
        "measure": measure, "place_id": "cn130534", "kind": codes.Kind.COUNT,
        "qualifier": codes.Qualifier.EXACT, "status": codes.Status.ACTUAL, "value": Decimal(value),
        "unit": unit, "quote": quote, "sentence": next(s.strip() + "。" for s in TEXT.split("。") if quote in s),
        "period_start": date(2021, 1, 1), "period_end": date(2021, 12, 31), "period_text": "去年",
        "method": "grammar", "confidence": Decimal("0.9"), **span(quote),
    }  # fmt: skip
    return Observation.model_validate(fields | more)


def rows() -> list[Row]:
    total = figure("31348张", "领取培训券", "31348", "张")
    opened = figure("30906张", "开放券", "30906", "张")
    closed = figure("442张", "封闭券", "442", "张")
    money = figure(
        "约3013.5万元", "投入资金", "30135000.0", "元", kind=codes.Kind.MONEY, qualifier=codes.Qualifier.APPROX,
        unit_id="元", unit_code="CNY", standard_value=Decimal("30135000.0"), standard_unit="CNY",
    )  # fmt: skip
    pipe = figure("42公里", "新建供水管网", "42", "公里", kind=codes.Kind.LENGTH, indicator_id="water_mains_built")
    return [
        Source(
            source_id=SOURCE, path="样 page.txt", title="清河日报 要闻", publisher="清河日报",
            publisher_basis=codes.Basis.GIVEN, published_on="2022-03", published_on_basis=codes.Basis.INFERRED,
            page="1", script=codes.Script.HANS, encoding="utf-8", sha256=hashlib.sha256(PAGE.encode()).hexdigest(),
            bytes=len(PAGE.encode()), characters=len(PAGE), repairs={"line_break": 3}, rights="清河日报社",
            source_lines=PAGE.splitlines(keepends=True),
        ),
        Article(
            article_id=f"{SOURCE}-a4", source_id=SOURCE, position=1, title="清河县试行<b>电子培训券</b>",
            kind=codes.ArticleKind.NEWS, credit="本报讯", reporters=["张三"], place_id="cn130534",
            theme_id="employment", published_on="2022-03", published_on_basis=codes.Basis.INFERRED, text=TEXT,
            characters=len(TEXT), keywords=["电子培训券", "供水管网"], source_spans=[[4, 4 + len(TEXT)]],
        ),
        total, opened, closed, money, pipe,
        Place(place_id="cn", name="中国", full_name="中国", level=codes.PlaceLevel.COUNTRY, name_basis=codes.NameBasis.LISTED),
        Place(place_id="cn130000", name="河北省", full_name="河北省", level=codes.PlaceLevel.PROVINCE, name_basis=codes.NameBasis.LISTED, code="130000", code_system="GB/T 2260", parent_id="cn"),
        Place(
            place_id="cn130534", name="清河县", full_name="河北省清河县", level=codes.PlaceLevel.COUNTY,
            name_basis=codes.NameBasis.LISTED, code="130534",
            code_system="GB/T 2260", parent_id="cn130000", latitude=Decimal("37.05"), longitude=Decimal("115.66"),
            coordinate_precision=codes.PlaceLevel.COUNTY,
        ),
        Organization(organization_id="org-1", name="清河县人社局", kind="government", place_id="cn130534"),
        Person(person_id="per-1", name="张三", role=codes.PersonRole.REPORTER),
        Mention(mention_id=f"{SOURCE}-m7", article_id=f"{SOURCE}-a4", entity_type=codes.EntityType.PLACE, entity_id="cn130534", quote="清河县", **text_span("清河县")),
        Period(period_id=f"{SOURCE}-d4", article_id=f"{SOURCE}-a4", date_start=date(2021, 1, 1), date_end=date(2021, 12, 31), basis=codes.Basis.INFERRED, quote="去年", **span("去年")),
        System(system_id=f"{SOURCE}-s16", article_id=f"{SOURCE}-a4", name="“三个一”机制", kind=codes.SystemKind.MECHANISM, owner="清河县", owner_place_id="cn130534", owner_organization_id=None, programme_id="prog-1", sentence="“三个一”机制包括一户一档、一村一策、一季一评。", place_id="cn130534", components_declared=3, quote="“三个一”机制", **text_span("“三个一”机制")),
        SystemObservation(system_id=f"{SOURCE}-s16", observation_id=pipe.observation_id, evidence=codes.SystemEvidence.CONTINUED),
        Programme(programme_id="prog-1", name="“三个一”机制", kind=codes.SystemKind.MECHANISM, article_count=2, first_seen="2021-12", last_seen="2022-03-01", place_ids=["cn130534"]),
        *(SystemComponent(system_id=f"{SOURCE}-s16", position=i, name=part, **text_span(part)) for i, part in enumerate(("一户一档", "一村一策", "一季一评"), 1)),
        Event(event_id=f"{SOURCE}-e4", article_id=f"{SOURCE}-a4", date_start=date(2021, 1, 1), date_end=date(2021, 12, 31), name="试行电子培训券", place_id="cn130534", quote="去年", **text_span("去年")),
        Check(
            check_id=f"{SOURCE}-c1", article_id=f"{SOURCE}-a4", kind=codes.CheckKind.SUM, inputs=[opened.observation_id, closed.observation_id],
            reported=total.observation_id, expected=Decimal(31348), difference=Decimal(0), tolerance=Decimal(0),
            verdict=codes.Verdict.HOLDS, formula="30906 + 442 = 31348",
        ),
        Correction(
            correction_id="cor-1", table_name="observations", row_key=pipe.observation_id, field="measure", article_id=pipe.article_id,
            old_value="供水管网", new_value="新建供水管网", reason="漏读“新建”", author="李四", corrected_on=date(2022, 5, 1),
            state=codes.CorrectionState.APPLIED,
        ),
        Issue(issue_id="empty-1", path="空.txt", kind=codes.IssueKind.EMPTY, severity=codes.Severity.ERROR, reason="文件是空的；请补上内容。", reason_en="The file is empty; put its text in."),
        Indicator(indicator_id="water_mains_built", name="新建供水管网", name_en="Water mains built", definition="当期新建成的供水管网长度", definition_en="Length of water mains newly built", dimension="length", units=[], statistics=["level", "total", "cumulative"]),
        UnitRow(unit_id="元", name="元", name_en="yuan", kind=codes.Kind.MONEY, unit_code="CNY", standard_unit="CNY", factor_numerator=1, factor_denominator=1),
        Theme(theme_id="employment", name="就业", name_en="Employment", terms=["就业", "培训"]),
        CodeRow(code_list="kind", code="count", name="数量", name_en="count"),
    ]  # fmt: skip


def dataset() -> Dataset:
    """The sample, sorted."""
    data = Dataset()
    data.add(rows())
    return data.sorted()
