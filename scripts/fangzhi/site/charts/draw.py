"""Draw Vega-Lite charts: as a function, and as a process that draws what it is sent until nobody is there.

The renderer holds the interpreter while it draws, so that a server which drew by itself would stand still.
A request is a line of JSON with ``form`` and ``spec``; the answer is the length of a picture in eight bytes,
and the picture.
"""

from __future__ import annotations

import json
import signal
import sys
from typing import Any, Literal

from fangzhi.site.charts.colours import with_dark

Form = Literal["svg", "png"]

LENGTH = 8
SHARPNESS = 2  # pixels of a PNG for one of the page


def draw(spec: dict[str, Any], form: Form) -> bytes:
    """A Vega-Lite chart as a picture; it may load nothing."""
    import vl_convert  # here, since who only sends requests needs no renderer

    if form == "png":
        png: bytes = vl_convert.vegalite_to_png(spec, scale=SHARPNESS, allowed_base_urls=[])
        return png
    return with_dark(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])).encode()


def main() -> None:
    """Draw what stands on the lines of standard input; Ctrl-C is for the server, whose end ends them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for line in sys.stdin.buffer:
        picture = draw(**json.loads(line))
        sys.stdout.buffer.write(len(picture).to_bytes(LENGTH, "big") + picture)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
