"""The catalogue entry that Chinese open-data portals ask for, under their local names of core metadata.

After 《政务信息资源目录编制指南》 and the forms of provincial portals.
"""

from __future__ import annotations

from fangzhi.catalog.published import Json, Published
from fangzhi.model.bilingual import apart

_TYPES = {
    "string": "字符串", "integer": "整数", "number": "数值", "date": "日期",
    "array": "列表", "object": "对象",
}  # fmt: skip


def catalogue(published: Published) -> Json:
    """One entry a table, with its items and where to fetch it."""
    of = published.descriptor
    return {
        "数据目录名称": apart(of["title"])[0],
        "摘要": apart(of["description"])[0],
        "数据提供方": "、".join(apart(c["title"])[0] for c in of["contributors"]),
        "来源": [apart(source["title"])[0] for source in of.get("sources", [])],
        "数据领域": "地方新闻；社会经济统计",
        "关键字": [word for word in of["keywords"] if not word.isascii()],
        "更新频率": "不定期",
        "开放类型": "无条件开放",
        "许可": [apart(licence["title"])[0] for licence in of["licenses"]],
        "版本": of["version"],
        "更新日期": published.day,
        "数据资源": [_resource(published, resource) for resource in of["resources"]],
    }


def _resource(published: Published, resource: Json) -> Json:
    name = resource["name"]
    files = [file for file in published.files if file.table == name]
    return {
        "数据资源名称": apart(resource["title"])[0],
        "数据资源标识": name,
        "摘要": apart(resource["description"])[0],
        "数据量": resource["rows"],
        "许可": [apart(licence["title"])[0] for licence in resource["licenses"]],
        "下载": [{"格式": file.media_type, "路径": file.path, "sha256": file.sha256} for file in files],
        "数据项": [_item(published.schemas[name], field) for field in published.schemas[name]["fields"]],
    }


def _item(schema: Json, field: Json) -> Json:
    return {
        "数据项名称": apart(field["title"])[0],
        "英文名称": field["name"],
        "数据类型": _TYPES[field["type"]],
        "说明": apart(field["description"])[0],
        "是否主键": field["name"] in schema["primaryKey"],
        "是否必填": bool(field.get("constraints", {}).get("required")),
    }
