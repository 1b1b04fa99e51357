"""The data dictionary: every table and column in words, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from fangzhi.model.table import Field, Table
from fangzhi.model.tables import TABLES
from fangzhi.package.findings import Language
from fangzhi.package.schema import code_list, field_type

_WORDS: dict[Language, dict[str, str]] = {
    "zh": {
        "title": "数据字典",
        "intro": "由数据模型生成，请勿手改。CSV 为 UTF-8 编码，行按主键排序；列表与对象在单元格中为 JSON；"
        "起止位置按码点计，不含终点。",
        "header": "| 列 | 名称 | 类型 | 必填 | 说明 |",
        "key": "主键", "yes": "是", "codes": "代码", "refers": "指向",
    },
    "en": {
        "title": "Data dictionary",
        "intro": "Generated from the data model; do not edit. CSV is UTF-8, rows in the order of their key; "
        "lists and objects are JSON in their cell; offsets count code points, end exclusive.",
        "header": "| column | title | type | required | description |",
        "key": "Primary key", "yes": "yes", "codes": "codes", "refers": "refers to",
    },
}  # fmt: skip


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _codes(field: Field, language: Language) -> str:
    return "; ".join(f"`{code}` {code.zh if language == 'zh' else code.en}" for code in code_list(field))


def _row(table: Table, field: Field, language: Language) -> str:
    words, column = _WORDS[language], field.column
    zh = language == "zh"
    target = next((key.table for key in table.foreign_keys if key.field == field.name), None)
    parts = [
        column.zh_text if zh else column.en_text,
        f"{words['codes']}: {_codes(field, language)}" if code_list(field) else "",
        f"{words['refers']} [{target}](#{target})" if target else "",
    ]
    text = ("；" if zh else "; ").join(filter(None, parts))
    told = [column.zh if zh else column.en, field_type(field), words["yes"] * field.required, text]
    return " | ".join([f"| `{field.name}`", *map(_cell, told)]) + " |"


def _section(table: Table, language: Language) -> Iterator[str]:
    words, zh = _WORDS[language], language == "zh"
    yield from ("", f"## {table.name}", "")
    yield f"**{table.zh if zh else table.en}**: {table.zh_text if zh else table.en_text}"
    yield from ("", f"{words['key']}: " + ", ".join(f"`{name}`" for name in table.key), "")
    yield from (words["header"], "| --- | --- | --- | --- | --- |")
    yield from (_row(table, field, language) for field in table.fields)


def data_dictionary(language: Language) -> str:
    """All tables and columns as a Markdown page in one language."""
    words = _WORDS[language]
    lines = [f"# {words['title']}", "", words["intro"]]
    for table in TABLES.values():
        lines.extend(_section(table, language))
    return "\n".join(lines) + "\n"
