"""The colours of charts: each has a twin for the dark, and the picture itself turns to it."""

from __future__ import annotations

INK = "#22262b"
SOFT = "#5b6168"
LINE = "#dcd8cd"
PAPER = "#ffffff"
SERIES = ("#9c2f20", "#1d4f91", "#1c6136", "#8a5a00", "#67358c", "#4d5257")
_DARK = {
    INK: "#e7e4dc", SOFT: "#a9adb3", LINE: "#3a3e44", PAPER: "#1f2226",
    "#9c2f20": "#f2998a", "#1d4f91": "#8fb7f5", "#1c6136": "#7fd09d",
    "#8a5a00": "#e7bd62", "#67358c": "#cda6ee", "#4d5257": "#b9bec4",
}  # fmt: skip


def with_dark(svg: str) -> str:
    """The picture with rules that change its colours where the visitor prefers the dark.

    Colours stand in attributes, which any rule outweighs.
    """
    rules = "".join(
        f'[{name}="{light}"]{{{name}:{dark}}}' for light, dark in _DARK.items() for name in ("fill", "stroke")
    )
    head, mark, rest = svg.partition(">")
    return f"{head}{mark}<style>@media (prefers-color-scheme:dark){{{rules}}}</style>{rest}"
