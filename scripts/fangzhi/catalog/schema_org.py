"""schema.org Dataset as JSON-LD, for pages: what search engines for data read.

https://schema.org/Dataset; a description has 50 to 5,000 characters.
"""

from __future__ import annotations

from fangzhi.catalog.published import OPEN_LICENCE, Download, Json, Published
from fangzhi.model.bilingual import apart

_SHORTEST, _LONGEST = 50, 5000


def dataset(published: Published, address: str, language: str) -> Json:
    """The dataset in ``zh`` or ``en`` at the public address of the site, which ends in a stroke."""
    of = published.descriptor
    index = ("zh", "en").index(language)
    description = apart(of["description"])[index]
    if len(description) < _SHORTEST:
        description = of["description"]
    found = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": f"{address}#dataset",
        "name": apart(of["title"])[index],
        "alternateName": apart(of["title"])[1 - index],
        "description": description[:_LONGEST],
        "url": address,
        "identifier": f"{of['name']} {of['version']}",
        "version": of["version"],
        "dateModified": published.day,
        "inLanguage": ["zh", "en"],
        "keywords": of["keywords"],
        "license": published.licence(None) or OPEN_LICENCE,
        "isAccessibleForFree": True,
        "creator": [{"@type": "Organization", "name": c["title"]} for c in of["contributors"]],
        "isBasedOn": [source["path"] for source in of.get("sources", []) if source.get("path")],
        "spatialCoverage": {"@type": "Country", "name": "China", "identifier": "CN"},
        "distribution": [_download(file, address, index) for file in published.files],
    }
    return {key: value for key, value in found.items() if value not in (None, [])}


def _download(file: Download, address: str, index: int) -> Json:
    return {
        "@type": "DataDownload",
        "name": (file.title_zh, file.title_en)[index],
        "contentUrl": f"{address}downloads/{file.path}",
        "encodingFormat": file.media_type,
        "contentSize": f"{file.bytes} B",
        "sha256": file.sha256,
    }
