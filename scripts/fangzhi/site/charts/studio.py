"""Where charts are drawn: one at a time, in a process beside the server, and kept for who asks next."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections import OrderedDict

from fangzhi.site.charts import draw
from fangzhi.site.charts.draw import LENGTH, Form
from fangzhi.site.charts.spec import Spec
from fangzhi.site.requests import Turns

WAITING = 24
"""How many may wait for a chart to be drawn; it takes a tenth of a second."""
KEPT = 24_000_000  # bytes
TIME_LIMIT = 15.0  # seconds; the first chart waits for the process to start


class Studio:
    """Draws charts and keeps the latest, by what is drawn, up to a number of bytes."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._size = 0
        self._drawn: OrderedDict[str, bytes] = OrderedDict()
        self._turns = Turns(1, WAITING)
        self._process: Process | None = None

    async def picture(self, spec: Spec, form: Form) -> bytes | None:
        """The chart as SVG or PNG; None where too many wait already, or it could not be drawn in time."""
        request = json.dumps({"form": form, "spec": spec}, sort_keys=True).encode()
        key = hashlib.sha256(request).hexdigest()
        if key in self._drawn:
            self._drawn.move_to_end(key)
            return self._drawn[key]
        if not await self._turns.take():
            return None
        try:
            picture = self._drawn.get(key) or await self._draw(request)
            if picture and key not in self._drawn:
                self._keep(key, picture)
        finally:
            self._turns.give_back()
        return picture

    async def _draw(self, request: bytes) -> bytes | None:
        """What the process answers; one that fails, is late or is left half way is ended."""
        answered = False
        try:
            async with asyncio.timeout(TIME_LIMIT):
                picture = await self._exchange(request)
            answered = True
        except (TimeoutError, EOFError, OSError):
            return None
        finally:
            if not answered:
                await self.close()
        return picture

    async def _exchange(self, request: bytes) -> bytes:
        if self._process is None or self._process.returncode is not None:
            program = (sys.executable, "-m", draw.__name__)
            self._process = await asyncio.create_subprocess_exec(*program, stdin=PIPE, stdout=PIPE)
        given, answers = self._process.stdin, self._process.stdout
        assert given
        assert answers
        given.write(request + b"\n")
        await given.drain()
        length = int.from_bytes(await answers.readexactly(LENGTH), "big")
        return await answers.readexactly(length)

    def _keep(self, key: str, picture: bytes) -> None:
        self._drawn[key] = picture
        self._size += len(picture)
        while self._size > self._kept:
            self._size -= len(self._drawn.popitem(last=False)[1])

    async def close(self) -> None:
        """End the process; the next chart starts another."""
        process, self._process = self._process, None
        if process and process.returncode is None:
            process.kill()
            await process.wait()
