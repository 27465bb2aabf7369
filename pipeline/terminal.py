"""What a person sees in the terminal: safe text, tables, progress.

Results go to standard output, everything said about the work to standard error. Whatever came from a board
passes `safe` first: one value, one line, no control, bidi or escape character.
"""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from pipeline.one_line import safe

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.progress import Step

SHORT = 24  # letters of a cell that is never folded


class OneLine(logging.Formatter):
    """One record, one safe line: a fault in the program is told by its last line."""

    def format(self, record: logging.LogRecord) -> str:
        fault = f": {record.exc_info[1]!r}" if record.exc_info and record.exc_info[1] else ""
        return safe(f"{record.levelname.lower()}: {record.name}: {record.getMessage()}{fault}")


class Terminal:
    """Where a command writes. Plain where asked for, by NO_COLOR, on a dumb terminal, or where nobody watches."""

    def __init__(self, *, plain: bool = False, quiet: bool = False) -> None:
        self.plain = plain or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
        self.quiet = quiet
        for name in ("stdout", "stderr"):
            if getattr(sys, name) is None:  # closed by whoever started the program
                setattr(sys, name, io.TextIOWrapper(io.BytesIO(), "utf-8"))
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

    def watched(self, stream: TextIO) -> bool:
        """Whether a person looks at `stream` and wants more than plain lines."""
        return stream.isatty() and not self.plain

    def console(self, stream: TextIO | None = None) -> Console:
        """A rich console that interprets no markup in what it is given."""
        from rich.console import Console  # noqa: PLC0415 -- `--help` must be quick

        stream = stream or sys.stdout
        watched = self.watched(stream)
        return Console(
            file=stream, markup=False, emoji=False, highlight=False, soft_wrap=not watched,
            no_color=not watched, force_terminal=watched, legacy_windows=False, width=None if stream.isatty() else 160,
        )  # fmt: skip

    def say(self, text: object = "") -> None:
        """One line of a result; it may be indented."""
        words = str(text)
        print(" " * (len(words) - len(words.lstrip(" "))) + safe(words))

    def note(self, text: object, style: str = "") -> None:
        """One line about the work; not when quiet."""
        if not self.quiet:
            self._line(text, style)

    def warn(self, text: object, style: str = "") -> None:
        """One line that a person must see."""
        self._line(text, style)

    def _line(self, text: object, style: str) -> None:
        """With a style (as rich names it), one line of a watched screen: its end gives way."""
        if not style or not self.watched(sys.stderr):
            print(safe(text), file=sys.stderr)
            return
        from rich.text import Text  # noqa: PLC0415

        self.console(sys.stderr).print(Text(safe(text), style), no_wrap=True, overflow="ellipsis")

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[object]], *, wide: str | None = None) -> None:
        """Rows under headings; where the screen is narrow, `wide` and other columns of sentences fold."""
        cells = [[safe(cell) for cell in row] for row in rows]
        if not cells:
            return
        if not self.watched(sys.stdout):
            self._plain_table(headings, cells)
            return
        from rich.table import Table  # noqa: PLC0415 -- `--help` must be quick
        from rich.text import Text  # noqa: PLC0415

        table = Table(box=None, pad_edge=False, header_style="bold")
        for heading, column in zip(headings, zip(*cells, strict=True), strict=True):
            short = heading != wide and max(map(len, column)) <= SHORT
            table.add_column(heading, overflow="fold", no_wrap=short)
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
        from pipeline.progress import Unwatched, bar  # noqa: PLC0415

        if self.quiet or not total or not self.watched(sys.stderr):
            yield Unwatched()
            return
        with bar(self.console(sys.stderr), what, total) as step:
            yield step
