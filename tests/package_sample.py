"""A built package of the sample, for the tests of the package."""

from __future__ import annotations

from pathlib import Path

import sample

from fangzhi.model.dataset import Dataset
from fangzhi.model.tables import Observation
from fangzhi.package.build import Manifest, write_package
from fangzhi.package.policy import TextPolicy, redact


def good_dataset() -> Dataset:
    """The sample with sentences as the extraction leaves them: without the line breaks around them."""
    data = sample.dataset()
    rows = data.rows(Observation)
    data.tables["observations"] = [
        r.model_copy(update={"sentence": (r.sentence or "").strip()}) for r in rows
    ]
    return data


def build(folder: Path, policy: TextPolicy = TextPolicy.FULL) -> Manifest:
    folder.mkdir(parents=True, exist_ok=True)
    return write_package(redact(good_dataset(), policy), folder, policy)
