"""Progress of long work: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

T = TypeVar("T")


class Progress:
    """Says on standard error how far the work has come."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def step(self, what: str) -> None:
        """Name the step that begins."""
        self.console.print(f"· {what}", highlight=False)

    def over(self, items: Iterable[T], total: int, what: str) -> Iterator[T]:
        """Pass the items on one by one and show how many are done."""
        if not self.console.is_terminal:
            self.step(f"{what}: {total}")
            yield from self._lines(items, total, what)
            return
        columns = (
            TextColumn("· {task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        with Bar(*columns, console=self.console) as bar:
            yield from bar.track(items, total=total, description=what)

    def _lines(self, items: Iterable[T], total: int, what: str) -> Iterator[T]:
        every = max(100, total // 20)
        for done, item in enumerate(items, 1):
            yield item
            if done % every == 0:
                self.step(f"{what}: {done} / {total}")
