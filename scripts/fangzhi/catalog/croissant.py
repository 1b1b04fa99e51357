"""Croissant 1.0 over the Parquet files, which keep types: for those who load the tables into models.

http://mlcommons.org/croissant/1.0; paths are relative to the description's own place. Columns that hold maps
are left out: the format has no type for them.
"""

from __future__ import annotations

from fangzhi.catalog.published import OPEN_LICENCE, Download, Json, Published
from fangzhi.model.bilingual import apart

_TYPES = {"integer": "sc:Integer", "number": "sc:Float", "date": "sc:Date"}
_CONTEXT = {
    "@language": "en", "@vocab": "https://schema.org/", "citeAs": "cr:citeAs", "column": "cr:column",
    "conformsTo": "dct:conformsTo", "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"}, "equivalentProperty": "cr:equivalentProperty",
    "samplingRate": "cr:samplingRate", "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/", "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract", "field": "cr:field", "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject", "fileSet": "cr:fileSet", "format": "cr:format",
    "includes": "cr:includes", "isLiveDataset": "cr:isLiveDataset", "jsonPath": "cr:jsonPath",
    "key": "cr:key", "md5": "cr:md5", "parentField": "cr:parentField",
    "path": "cr:path", "recordSet": "cr:recordSet", "references": "cr:references",
    "regex": "cr:regex", "repeated": "cr:repeated", "replace": "cr:replace",
    "sc": "https://schema.org/", "separator": "cr:separator", "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}  # fmt: skip


def croissant(published: Published) -> Json:
    """The package as a Croissant dataset: a file object and a record set for each table."""
    of = published.descriptor
    files = published.file(".parquet")
    found = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": of["name"],
        "description": apart(of["description"])[1],
        "license": published.licence(None) or OPEN_LICENCE,
        "url": "./",
        "version": of["version"].partition("+")[0],
        "datePublished": published.day,
        "creator": [{"@type": "sc:Organization", "name": c["title"]} for c in of["contributors"]],
        "citeAs": f"{of['title']}, {of['version']}",
        "keywords": of["keywords"],
        "distribution": [_file_object(file) for file in files],
        "recordSet": [_record_set(published.schemas[str(file.table)], file) for file in files],
    }
    return {key: value for key, value in found.items() if value is not None}


def _file_object(file: Download) -> Json:
    return {
        "@type": "cr:FileObject",
        "@id": f"{file.table}.parquet",
        "name": f"{file.table}.parquet",
        "description": file.title_en,
        "contentUrl": file.path,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": "application/x-parquet",
        "sha256": file.sha256,
    }


def _record_set(schema: Json, file: Download) -> Json:
    table = str(file.table)
    return {
        "@type": "cr:RecordSet",
        "@id": table,
        "name": table,
        "key": [{"@id": f"{table}/{name}"} for name in schema["primaryKey"]],
        "field": [_field(field, file) for field in schema["fields"] if field["type"] != "object"],
    }


def _field(field: Json, file: Download) -> Json:
    identifier = f"{file.table}/{field['name']}"
    return {
        "@type": "cr:Field",
        "@id": identifier,
        "name": identifier,
        "description": apart(field["description"])[1],
        "dataType": _TYPES.get(field["type"], "sc:Text"),
        "source": {"fileObject": {"@id": f"{file.table}.parquet"}, "extract": {"column": field["name"]}},
    }
