"""What is told to the author of a correction, in Chinese and English."""

from __future__ import annotations

from typing import NamedTuple

SHOWN = 200  # characters of a cell that a message repeats


class Words(NamedTuple):
    """The same message in Chinese and English."""

    zh: str
    en: str


MESSAGES: dict[str, tuple[str, str]] = {
    # the file
    "not-utf-8": (
        "不是 UTF-8；在表格软件中请另存为“CSV UTF-8（逗号分隔）”",
        "it is not UTF-8; in a spreadsheet, save it as “CSV UTF-8 (comma delimited)”",
    ),
    "not-csv": (
        "第 {line} 行起不是 CSV（{reason}）；请检查引号",
        "from line {line} on it is no CSV ({reason}); look at its quotes",
    ),
    "header": (
        "首行应为 {expected}，以逗号分隔；现为 {found}",
        "the first line must be {expected}, with commas between; it is {found}",
    ),
    "cells": (
        "有 {found} 格而非 {expected} 格；含逗号的格请加双引号",
        "it has {found} cells, not {expected}; put double quotes around a cell with a comma",
    ),
    "too-many-lines": ("超过 {limit} 行；请分成几个文件", "it has more than {limit} lines; split it"),
    # the line
    "missing": ("缺 {column}，请补上", "{column} is missing; give it"),
    "too-long": ("{column} 超过 {limit} 字", "{column} has more than {limit} characters"),
    "control": (
        "{column} 中有看不见的控制字符，请重新键入",
        "{column} holds invisible control characters; type it anew",
    ),
    "withdraw": (
        "field 为空时 value 应为 delete（撤下整行）",
        "where field is empty, value must be delete (the row is withdrawn)",
    ),
    "key-mangled": (
        "主键 “{cell}” 已被表格软件改写；请将该列设为文本格式后重填",
        "a spreadsheet rewrote the key {cell}; format the column as text and give it again",
    ),
    "nothing-changed": (
        "value 与 expected 相同，没有更正什么",
        "value and expected are the same: nothing is corrected",
    ),
    "repeated": ("与 {where} 重复，请删去一行", "it repeats {where}; remove one of the two"),
    "conflict": (
        "与 {where} 相冲突：请留其一，或使后一行的 expected 等于前一行的 value",
        "it contradicts {where}: keep one, or let expected of the later line be value of the earlier",
    ),
    # what it is about
    "no-table": (
        "没有数据表 {table}；可更正：{known}",
        "there is no table {table}; to be corrected are: {known}",
    ),
    "no-column": (
        "{table} 没有 {column} 列；可更正：{known}",
        "{table} has no column {column}; to be corrected are: {known}",
    ),
    "sources": (
        "来源的标题、报纸、日期等请写在 sources.csv 中，其他列随文件而定",
        "say title, newspaper and date of a source in sources.csv; the rest follows from the file",
    ),
    "places": (
        "地点出自区划表；请更正引用它的 place_id",
        "places come from the gazetteer; correct the place_id that refers to them",
    ),
    "checks": ("核验由数据算出；请更正所涉数据", "checks are worked out from the figures; correct those"),
    "issues": ("问题记录由构建得出；请更正所涉的行", "issues are what a build finds; correct the rows"),
    "corrections": ("请直接改写该条更正", "change the correction itself"),
    "vocabulary": ("词表不由更正改动", "vocabularies are not changed by corrections"),
    "key": ("{table} 的 {column} 是主键，不可更改", "{column} is the key of {table} and does not change"),
    "of-page": (
        "{table} 的 {column} 系于原文的原字，不可更改；如整行有误，请撤下",
        "{column} of {table} ties the row to the characters of the page; withdraw the row if it is wrong",
    ),
    "computed": (
        "{table} 的 {column} 由其他各列得出，不可更改；请更正那些列",
        "{column} of {table} follows from other columns; correct those",
    ),
    # the value
    "required": ("{column} 不能为空", "{column} may not be empty"),
    "number-mangled": (
        "“{cell}” 是表格软件缩写的数，数位已失；请将该列设为文本格式，重填全部数字",
        "a spreadsheet shortened {cell} and lost its digits; format the column as text, write it in full",
    ),
    "number": (
        "“{cell}” 不是数字；请写如 100000 或 3.5，不带逗号、单位与百分号",
        "{cell} is not a number; write it as 100000 or 3.5, without commas, unit or percent sign",
    ),
    "whole-number": ("“{cell}” 应为整数", "{cell} must be a whole number"),
    "date": (
        "“{cell}” 不是日期；请写如 2021-03-05（表格软件会改写日期，请将该列设为文本格式）",
        "{cell} is not a date; write 2021-03-05 (spreadsheets rewrite dates: format the column as text)",
    ),
    "list": (
        '“{cell}” 应为 JSON 列表，如 ["张三","李四"]',
        '{cell} must be a JSON list, such as ["张三","李四"]',
    ),
    "code": ("“{cell}” 不在代码表中；可用：{known}", "{cell} is not a code; use one of: {known}"),
    "pattern": ("“{cell}” 不合写法：{zh}", "{cell} is not written as it must be: {en}"),
    "decimal": (
        "“{cell}” 位数过多：小数点前至多 {before} 位，后至多 {behind} 位",
        "{cell} has too many digits: at most {before} before the point and {behind} behind it",
    ),
    "minimum": ("“{cell}” 小于 {limit}", "{cell} is less than {limit}"),
    "unknown": (
        "{table} 表中没有 {cell}；{hint_zh}",
        "there is no {cell} in the table {table}; {hint_en}",
    ),
    # what came of it
    "gone": (
        "这次构建中没有这一行（读法已变，或主键有误）",
        "this build has no such row: the reading changed, or the key is mistyped",
    ),
    "other-row": ("该行的原字已不是 expected 所写", "the row is no longer about what expected says"),
    "already": (
        "该列现已是更正后的值，无须更正",
        "the cell already reads as corrected; there is nothing to correct",
    ),
    "changed": ("该列的现值已不是 expected 所写", "the cell no longer reads as expected says"),
    "page-gone": (
        "这次构建中没有这一版（版面文字已变，或未在输入之列）",
        "the page it was read from is not in this build: its text changed, or it was not given",
    ),
    "order": ("更正后 {first} 大于 {last}", "{first} would be beyond {last}"),
    "no-unit": (
        "“{unit}” 不是单位表（units）中的单位，也不见于该数据的原文",
        "{unit} is no unit of the table units, nor does it stand in the quote of the figure",
    ),
    "kind-of-unit": (
        "单位 {unit} 属 {zh}（{wanted}），而 kind 为 {said}；请一并更正 kind",
        "the unit {unit} is one of {en} ({wanted}), but kind is {said}; correct kind as well",
    ),
}


def say(kind: str, **cells: object) -> Words:
    """A message with cells filled in; KeyError for a kind without words."""
    told = {name: _shown(cell) for name, cell in cells.items()}
    zh, en = MESSAGES[kind]
    return Words(zh.format(**told), en.format(**told))


def _shown(cell: object) -> str:
    """A cell in short, without characters that steer a terminal."""
    text = str(cell)
    text = text if len(text) <= SHOWN else text[:SHOWN] + "…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
