"""Where charts are drawn: one at a time, beside the server's own thread, and kept for who asks next."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

import vl_convert

from fangzhi.site.charts.colours import with_dark
from fangzhi.site.charts.spec import Spec
from fangzhi.site.requests import Turns

Form = Literal["svg", "png"]

WAITING = 24
"""How many may wait for a chart to be drawn; it takes less than a tenth of a second."""
KEPT = 24_000_000  # bytes
SHARPNESS = 2  # pixels of a PNG for one of the page


def draw(spec: Spec, form: Form) -> bytes:
    """A Vega-Lite chart as a picture; it may load nothing."""
    if form == "png":
        png: bytes = vl_convert.vegalite_to_png(spec, scale=SHARPNESS, allowed_base_urls=[])
        return png
    return with_dark(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])).encode()


class Studio:
    """Draws charts and keeps the latest, by what is drawn, up to a number of bytes."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._size = 0
        self._drawn: OrderedDict[str, bytes] = OrderedDict()
        self._turns = Turns(1, WAITING)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="charts")

    async def picture(self, spec: Spec, form: Form) -> bytes | None:
        """The chart as SVG or PNG; None where too many wait already."""
        key = hashlib.sha256(f"{form}{json.dumps(spec, sort_keys=True)}".encode()).hexdigest()
        if key in self._drawn:
            self._drawn.move_to_end(key)
            return self._drawn[key]
        if not await self._turns.take():
            return None
        try:
            picture = self._drawn.get(key)
            if picture is None:
                picture = await asyncio.get_running_loop().run_in_executor(self._worker, draw, spec, form)
                self._keep(key, picture)
        finally:
            self._turns.give_back()
        return picture

    def _keep(self, key: str, picture: bytes) -> None:
        self._drawn[key] = picture
        self._size += len(picture)
        while self._size > self._kept:
            self._size -= len(self._drawn.popitem(last=False)[1])
