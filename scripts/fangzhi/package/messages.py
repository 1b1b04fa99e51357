"""What each kind of finding says, in Chinese and English; the kinds are stable names.

The second half are the error types of frictionless; ``{note}`` is its own English detail.
"""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # the package as a whole
    "package-missing": ("找不到数据包：{path}", "no package at {path}"),
    "descriptor-missing": ("没有 datapackage.json：{path}", "there is no datapackage.json in {path}"),
    "descriptor-not-object": ("{path} 的最外层应是 JSON 对象", "{path} must be a JSON object"),
    "archive-broken": ("压缩包 {path} 无法解开：{reason}", "the archive {path} cannot be unpacked: {reason}"),
    "archive-encrypted": ("压缩包中的 {path} 有密码", "{path} in the archive is encrypted"),
    "archive-too-large": (
        "压缩包解开后过大（{files} 个文件，{bytes} 字节），已拒绝",
        "the archive would unpack to {bytes} bytes in {files} files and is refused",
    ),
    "unsafe-path": (
        "路径 {path} 会越出数据包所在的文件夹，已拒绝",
        "the path {path} leads out of the package and is refused",
    ),
    "not-read": (
        "未检查 {path}：只检查数据包内的 CSV、TSV 文件与内嵌数据",
        "{path} was not checked: only CSV and TSV files inside the package and inline data are",
    ),
    "file-missing": ("文件不存在：{path}", "the file {path} does not exist"),
    "file-too-large": ("文件过大：{path}（{bytes} 字节）", "the file {path} is too large ({bytes} bytes)"),
    "file-unreadable": ("文件无法读取：{path}（{reason}）", "the file {path} cannot be read ({reason})"),
    "json-invalid": ("{path} 不是有效的 JSON：{reason}", "{path} is not valid JSON: {reason}"),
    "json-duplicate-key": ("{path} 中的键 {key} 重复", "the key {key} stands twice in one object of {path}"),
    "json-not-a-number": ("{path} 中的 {value} 不是 JSON 数值", "{value} in {path} is not a JSON number"),
    # descriptor and schemas
    "unknown-key": ("{where} 中有不认识的键 {key}", "unknown key {key} in {where}"),
    "misspelt-key": (
        "{where} 中的键 {key} 疑为 {meant} 之误",
        "the key {key} in {where} is probably meant as {meant}",
    ),
    "hash-form": (
        "校验值应为 sha256: 加 64 位小写十六进制：{value}",
        "a hash must be sha256: and 64 lower-case hex digits, not {value}",
    ),
    "created-form": ("created 应为 RFC 3339 时间：{value}", "created must be an RFC 3339 time, not {value}"),
    "profile-unknown": (
        "$schema 不是标准所定的地址：{value}",
        "$schema is not an address of the standard: {value}",
    ),
    "table-missing": ("缺少数据表 {name}", "the table {name} is missing"),
    "table-unknown": ("多出数据表 {name}", "the table {name} is not one of this package"),
    "schema-differs": (
        "表结构与本版程序所定不同：{where}",
        "the schema is not the one of this version of the program: {where}",
    ),
    "pages-lost": (
        "上次已发布的 {count} 个版面这次没有读到：{pages}。确要发布请加 --allow-fewer",
        "{count} pages of the last build are gone or could not be read: {pages}. --allow-fewer publishes so",
    ),
    "figures-lost": (
        "数据由 {before} 条减为 {after} 条，少了一成以上。确要发布请加 --allow-fewer",
        "the figures fell from {before} to {after}, by more than a tenth. --allow-fewer publishes so",
    ),
    "version-differs": (
        "version 的摘要与数据不符：{value}",
        "the digest in version does not fit the data: {value}",
    ),
    "text-policy": (
        "所声明的原文范围（{policy}）之外仍有原文",
        "there is text here beyond the declared text policy ({policy})",
    ),
    "profile-required": (
        "{where} 缺少 {value}（标准 {version}）",
        "{where} lacks {value} (standard {version})",
    ),
    "profile-type": (
        "{where} 应为 {wanted} 类型（标准 {version}）",
        "{where} must be of type {wanted} (standard {version})",
    ),
    "profile-enum": (
        "{where} 的值 {value} 不在允许之列（标准 {version}）",
        "the value {value} of {where} is not allowed (standard {version})",
    ),
    "profile-pattern": (
        "{where} 的值 {value} 格式不符（标准 {version}）",
        "the value {value} of {where} has the wrong form (standard {version})",
    ),
    "profile-other": (
        "{where} 不合标准 {version} 的 {value} 一条",
        "{where} breaks the rule {value} of standard {version}",
    ),
    # data files
    "csv-broken": ("CSV 结构有误：{reason}", "the CSV is broken: {reason}"),
    "encoding": ("{path} 不是有效的 UTF-8", "{path} is not valid UTF-8"),
    "byte-order-mark": (
        "{path} 开头有字节序标记（BOM），应去掉",
        "{path} starts with a byte order mark; remove it",
    ),
    "line-ending": ("行尾应为 LF，此处有 CR", "lines must end in LF; there is a CR here"),
    "last-line": ("文件最后一行没有换行", "the last line does not end in a line feed"),
    "white-space": ("首尾有多余空白：{value}", "stray white space at the start or end: {value}"),
    "control-character": ("含有控制字符：{value}", "there is a control character: {value}"),
    "not-a-number": ("{value} 不是数值", "{value} is no number"),
    "exponent": ("数值不得用指数写法：{value}", "a number must not have an exponent: {value}"),
    "number-form": ("数值应写作普通十进制：{value}", "a number must be plain decimal digits: {value}"),
    "date-form": ("日期应写作 YYYY-MM-DD：{value}", "a date must be written YYYY-MM-DD: {value}"),
    "json-form": (
        "单元格应为紧凑、键已排序的 JSON：{value}",
        "the cell must be compact JSON with sorted keys: {value}",
    ),
    "unsorted": ("行未按主键排序：{value}", "rows are not in the order of their key: {value}"),
    "duplicate-key": ("键值重复：{value}", "the key occurs twice: {value}"),
    "quote-differs": (
        "原文 {value} 与正文该处的 {text} 不符",
        "the quote {value} is not what the text has there: {text}",
    ),
    "span-outside": (
        "起止 {span} 超出正文（长 {length}）",
        "the span {span} lies outside the text of {length}",
    ),
    "span-order": ("起点 {start} 应小于终点 {end}", "the start {start} must be before the end {end}"),
    "period-order": ("首日 {start} 晚于末日 {end}", "the first day {start} is after the last day {end}"),
    "decimal-size": (
        "{value} 超出 23 位整数、15 位小数",
        "{value} has more than 23 digits before or 15 behind the point",
    ),
    "range-order": ("下限 {start} 大于上限 {end}", "the lower value {start} is above the upper value {end}"),
    "reference": ("所指的 {value} 不在表 {name} 中", "{value} does not exist in the table {name}"),
    # error types of frictionless
    "package-error": ("描述文件有误：{note}", "the descriptor is wrong: {note}"),
    "resource-error": ("资源描述有误：{note}", "the resource descriptor is wrong: {note}"),
    "schema-error": ("表结构有误：{note}", "the schema is wrong: {note}"),
    "field-error": ("字段描述有误：{note}", "the field descriptor is wrong: {note}"),
    "dialect-error": ("dialect 有误：{note}", "the dialect is wrong: {note}"),
    "hash-count": ("文件的校验值与描述不符：{note}", "the file's hash is not the one described: {note}"),
    "byte-count": ("文件的字节数与描述不符：{note}", "the file's size is not the one described: {note}"),
    "row-count": ("行数与描述不符：{note}", "the number of rows is not the one described: {note}"),
    "field-count": ("列数与描述不符：{note}", "the number of columns is not the one described: {note}"),
    "source-error": ("数据无法读取：{note}", "the data cannot be read: {note}"),
    "scheme-error": ("文件无法打开：{note}", "the file cannot be opened: {note}"),
    "format-error": ("文件格式有误：{note}", "the file format is wrong: {note}"),
    "encoding-error": ("字符编码有误：{note}", "the character encoding is wrong: {note}"),
    "compression-error": ("压缩有误：{note}", "the compression is wrong: {note}"),
    "blank-header": ("表头为空", "the header is blank"),
    "unmatched-header": ("表头与表结构不符：{note}", "the header does not match the schema: {note}"),
    "extra-label": ("表头多出一列", "the header has a column too many"),
    "missing-label": ("表头缺少一列", "the header lacks a column"),
    "blank-label": ("表头有空列名：{note}", "the header has a blank name: {note}"),
    "duplicate-label": ("表头列名重复", "the header has a name twice"),
    "incorrect-label": ("表头列名不符", "the header has a wrong name"),
    "blank-row": ("整行为空", "the row is blank"),
    "primary-key": ("主键重复或为空：{note}", "the primary key is empty or occurs twice: {note}"),
    "foreign-key": ("外键所指的行不存在：{note}", "the foreign key points to no row: {note}"),
    "duplicate-row": ("整行重复：{note}", "the row occurs twice: {note}"),
    "extra-cell": ("多出一格", "there is a cell too many"),
    "missing-cell": ("缺少一格", "there is a cell too few"),
    "type-error": ("值的类型不符：{note}", "the value has the wrong type: {note}"),
    "constraint-error": ("值不合约束：{note}", "the value breaks a constraint: {note}"),
    "unique-error": ("值应唯一而重复：{note}", "the value must be unique and is not: {note}"),
    "frictionless-other": ("frictionless 报告 {type}：{note}", "frictionless reports {type}: {note}"),
    "judge-failed": (
        "frictionless 未能完成检查：{note}",
        "frictionless could not finish its check: {note}",
    ),
    "too-many": (
        "问题过多，此表只列出前 {count} 处",
        "too many problems: only the first {count} of this table are listed",
    ),
}
