"""What a person sees in the terminal: safe text, tables, progress.

Results go to standard output, everything said about the work to standard error. Whatever came from a board
passes `safe` first: one value, one line, no control, bidi or escape character.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TextIO

if TYPE_CHECKING:
    from rich.console import Console

_SPACES = re.compile(r"[\s\x1c-\x1f\x85\u2028\u2029]+")
# C0, DEL, C1, soft hyphen, zero-width and bidi controls, line separators, lone surrogates, non-characters, tags
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


def safe(text: object) -> str:
    """`text` as one line that does to a terminal nothing but stand there."""
    return _UNSAFE.sub("\ufffd", _SPACES.sub(" ", str(text))).strip()


class OneLine(logging.Formatter):
    """One record, one safe line: a fault in the program is told by its last line."""

    def format(self, record: logging.LogRecord) -> str:
        fault = f": {record.exc_info[1]!r}" if record.exc_info and record.exc_info[1] else ""
        return safe(f"{record.levelname.lower()}: {record.name}: {record.getMessage()}{fault}")


class Terminal:
    """Where a command writes. Plain where asked for, by NO_COLOR, or where nobody watches."""

    def __init__(self, *, plain: bool = False, quiet: bool = False) -> None:
        self.plain = plain or bool(os.environ.get("NO_COLOR"))
        self.quiet = quiet
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                encoding = stream.encoding if stream.isatty() else "utf-8"  # what programs read is UTF-8 everywhere
                stream.reconfigure(encoding=encoding, errors="replace", line_buffering=True)

    def take_logs(self) -> None:
        """Warnings of libraries, as lines on standard error."""
        handler = logging.StreamHandler()
        handler.setFormatter(OneLine())
        handler.setLevel(logging.WARNING)
        logging.basicConfig(handlers=[handler], force=True)

    def console(self, stream: TextIO | None = None) -> Console:
        """A rich console that interprets no markup in what it is given."""
        from rich.console import Console  # noqa: PLC0415 -- `--help` must be quick

        stream = stream or sys.stdout
        watched = stream.isatty() and not self.plain
        return Console(
            file=stream, markup=False, emoji=False, highlight=False, no_color=not watched, soft_wrap=not watched,
            force_terminal=watched, legacy_windows=False, width=None if stream.isatty() else 160,
        )  # fmt: skip

    def say(self, text: object = "") -> None:
        """One line of a result."""
        print(safe(text))

    def note(self, text: object) -> None:
        """One line about the work; not when quiet."""
        if not self.quiet:
            print(safe(text), file=sys.stderr)

    def warn(self, text: object) -> None:
        """One line that a person must see."""
        print(safe(text), file=sys.stderr)

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[object]], *, wide: str | None = None) -> None:
        """Rows under headings; the column `wide` takes the room that is left."""
        cells = [[safe(cell) for cell in row] for row in rows]
        if not cells:
            return
        if self.plain or not sys.stdout.isatty():
            self._plain_table(headings, cells)
            return
        from rich.table import Table  # noqa: PLC0415 -- `--help` must be quick
        from rich.text import Text  # noqa: PLC0415

        table = Table(box=None, pad_edge=False, header_style="bold", expand=wide is not None)
        for heading in headings:
            table.add_column(heading, overflow="fold", ratio=1 if heading == wide else None, no_wrap=heading != wide)
        for row in cells:
            table.add_row(*(Text(cell) for cell in row))
        self.console().print(table)

    def _plain_table(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        columns = list(zip(headings, *rows, strict=True))
        widths = [max(len(cell) for cell in column) for column in columns]
        for row in (headings, *rows):
            print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())

    @contextmanager
    def progress(self, what: str, total: int) -> Iterator[Step]:
        """A bar that grows while the block works; nothing where nobody watches."""
        if self.quiet or self.plain or not sys.stderr.isatty() or not total:
            yield _silent
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[note]}", markup=False),
        )
        with Progress(*columns, console=self.console(sys.stderr), transient=True) as bar:
            task = bar.add_task(what, total=total, note="")
            yield lambda note="": bar.update(task, advance=1, note=safe(note))


class Step(Protocol):
    """One more is done."""

    def __call__(self, note: str = "") -> object: ...


def _silent(note: str = "") -> None:
    """Nobody watches."""
