"""A bar for work that takes long: how much is done, what failed, which hosts are waited for, the time left.

It stands on standard error while the work goes on and leaves nothing behind. Who counts knows nothing of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.one_line import safe

if TYPE_CHECKING:
    from rich.console import Console

WORTH_TELLING = 0.5  # seconds of a wait


class Step(Protocol):
    """One more is done; `wait` tells that a host's turn is waited for."""

    def __call__(self, note: str = "", *, failed: bool = False) -> object: ...

    def wait(self, host: str, seconds: float) -> object:
        """The next request to `host` goes out in `seconds`."""


class Unwatched:
    """The step where nobody watches."""

    def __call__(self, note: str = "", *, failed: bool = False) -> None:
        """Nothing is said."""

    def wait(self, host: str, seconds: float) -> None:
        """Nothing is said."""


class Tally:
    """What stands beside the bar, in words; the clock counts seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}
        self.failed = 0
        self.note = ""

    def wait(self, host: str, seconds: float) -> None:
        """`host` is waited for during the next `seconds`."""
        self._until[host] = self._clock() + seconds

    def words(self) -> str:
        """`2 failed · 3 hosts wait, 14 s · lever/mottle complete`."""
        now = self._clock()
        self._until = {host: until for host, until in self._until.items() if until - now > WORTH_TELLING}
        parts = [f"{self.failed} failed"] if self.failed else []
        if self._until:
            hosts = f"{len(self._until)} hosts wait" if len(self._until) > 1 else f"{next(iter(self._until))} waits"
            parts.append(f"{hosts}, {max(self._until.values()) - now:.0f} s")
        return " · ".join([*parts, *filter(None, [self.note])])


@contextmanager
def bar(console: Console, what: str, total: int) -> Iterator[Step]:
    """The bar on `console`, redrawn ten times a second until the block ends."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415
    from rich.table import Column  # noqa: PLC0415 -- `--help` must be quick

    tally = Tally()
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True),
        TextColumn("left"),
        _words(tally, Column(ratio=1, no_wrap=True, overflow="ellipsis")),
    )
    with Progress(*columns, console=console, transient=True, expand=True) as progress:
        task = progress.add_task(what, total=total)

        class Watched(Unwatched):
            def __call__(self, note: str = "", *, failed: bool = False) -> None:
                tally.failed += failed
                tally.note = note or tally.note
                progress.advance(task)

            def wait(self, host: str, seconds: float) -> None:
                tally.wait(host, seconds)

        yield Watched()


def _words(tally: Tally, column: Any) -> Any:
    """A column that asks the tally each time it is drawn: a wait grows shorter while nothing else happens."""
    from rich.progress import ProgressColumn, Task  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    class Words(ProgressColumn):
        max_refresh = 0.2

        def render(self, task: Task) -> Text:
            return Text(safe(tally.words()), style="dim")

    return Words(table_column=column)
