"""Vouchers and programmes that several articles tell of: one row each, with where and when they were seen."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from fangzhi.model.codes import SystemKind
from fangzhi.model.dataset import Dataset
from fangzhi.model.tables import Article, Observation, Programme, System, SystemObservation
from fangzhi.rows.keys import digest
from fangzhi.system.vocabulary import closing_kind
from fangzhi.text.fold import fold

_QUOTED = re.compile(r"[“「《]([^”」》]+)[”」》]")
#: A shorter name is shared by different things.
_LEAST = 4
#: What closes alike is the same thing only for these: 全省文旅电子消费券 and 电子消费券.
_BY_END = frozenset((SystemKind.VOUCHER, SystemKind.PROJECT, SystemKind.BRAND))
#: Bodies and titled documents are no programmes.
_NONE = frozenset((SystemKind.BODY,))


def with_programmes(data: Dataset) -> Dataset:
    """The dataset with its programmes and the systems that refer to them; figures of what was struck go."""
    systems = data.rows(System)
    figures = {row.observation_id for row in data.rows(Observation)}
    known = {row.system_id for row in systems}
    data.tables["system_observations"] = [
        row
        for row in data.rows(SystemObservation)
        if row.observation_id in figures and row.system_id in known
    ]
    keys = _joined({row.system_id: (_key(row.name), row.kind) for row in systems if row.kind not in _NONE})
    groups: dict[str, list[System]] = defaultdict(list)
    for row in systems:
        if row.system_id in keys:
            groups[keys[row.system_id]].append(row)
    several = {key: rows for key, rows in groups.items() if len({row.article_id for row in rows}) > 1}
    articles = {row.article_id: row for row in data.rows(Article)}
    ids = {row.system_id: _id(key) for key, rows in several.items() for row in rows}
    data.tables["systems"] = [
        row.model_copy(update={"programme_id": ids.get(row.system_id)}) for row in systems
    ]
    data.add(_programme(key, rows, articles) for key, rows in several.items())
    return data


def _id(key: str) -> str:
    return f"prog-{digest(key)}"


def _key(name: str) -> str:
    """What makes two names one: the letters in quotation marks, else those of the whole name."""
    folded = fold(name)
    match = _QUOTED.search(folded)
    kind = closing_kind(folded)
    body = kind is not None and kind.kind in _NONE
    return re.sub(r"\W", "", match[1] if match and not body else folded)


def _joined(named: Mapping[str, tuple[str, SystemKind]]) -> dict[str, str]:
    """The key of each system; a longer one that ends in a shorter of the same kind takes that."""
    keys = {(key, kind) for key, kind in named.values() if len(key) >= _LEAST}
    found = {}
    for system_id, (key, kind) in named.items():
        if len(key) < _LEAST:
            continue
        ends = (key[i:] for i in range(len(key) - _LEAST, 0, -1)) if kind in _BY_END else ()
        found[system_id] = next((end for end in ends if (end, kind) in keys and len(end) > _LEAST), key)
    return found


def _programme(key: str, rows: Sequence[System], articles: Mapping[str, Article]) -> Programme:
    seen = sorted(_dates(rows, articles))
    names = Counter(row.name for row in rows)
    return Programme(
        programme_id=_id(key),
        name=min(names, key=lambda name: (-names[name], len(name), name)),
        kind=Counter(row.kind for row in rows).most_common(1)[0][0],
        article_count=len({row.article_id for row in rows}),
        first_seen=seen[0] if seen else None,
        last_seen=seen[-1] if seen else None,
        place_ids=sorted({row.place_id for row in rows if row.place_id}),
    )


def _dates(rows: Iterable[System], articles: Mapping[str, Article]) -> Iterable[str]:
    for row in rows:
        article = articles.get(row.article_id)
        if article and article.published_on:
            yield article.published_on
