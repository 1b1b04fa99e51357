"""The vocabularies, published as tables beside the facts: units, indicators, themes, code lists."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

from fangzhi.lexicons import read_lexicon
from fangzhi.measure.indicator_words import indicator_rows
from fangzhi.model import codes
from fangzhi.model.table import Row
from fangzhi.model.tables import CodeRow, Indicator, Theme
from fangzhi.quantity.units import unit_rows


def vocabulary_rows() -> Iterator[Row]:
    """Every entry of every vocabulary."""
    yield from unit_rows()
    for row in indicator_rows():
        yield Indicator(
            indicator_id=row["indicator_id"],
            parent_id=row["parent_id"] or None,
            theme_id=row["theme_id"],
            name=row["name"],
            name_en=row["name_en"],
            definition=row["definition"],
            definition_en=row["definition_en"],
            dimension=row["dimension"],
            units=row["units"].split(),
            statistics=[name for name in row["statistics"].split() if name != "per"],
        )
    for row in read_lexicon("themes"):
        yield Theme(
            theme_id=row["theme_id"], name=row["name"], name_en=row["name_en"], terms=row["terms"].split()
        )
    for name, members in inspect.getmembers(codes, inspect.isclass):
        if issubclass(members, codes.Code) and members is not codes.Code:
            list_name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
            yield from (CodeRow(code_list=list_name, code=m.value, name=m.zh, name_en=m.en) for m in members)
