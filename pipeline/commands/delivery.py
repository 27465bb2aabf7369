"""The list as asked for: a table on the screen, or CSV, JSON lines, Markdown, Parquet, printed or in a file."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.commands.session import Session, UsageError
from pipeline.commands.summary import show_rows

if TYPE_CHECKING:
    from pipeline.shortlist import Row

SUFFIXES = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".md": "md", ".markdown": "md", ".parquet": "parquet"}


def form_of(arguments: Namespace) -> str | None:
    """What `--format` asks for, or else the suffix of `--to`; None where neither is given. Raises UsageError."""
    if arguments.to is None:
        return arguments.format
    form = arguments.format or SUFFIXES.get(arguments.to.suffix.lower())
    if form is None or form == "table":
        raise UsageError(f"--to {arguments.to}: name a file that ends in {', '.join(SUFFIXES)}, or say --format")
    return form


def deliver(
    session: Session,
    rows: Sequence[Row],
    form: str,
    to: Path | None,
    encode: Callable[[Sequence[Row], str], bytes] | None = None,
) -> None:
    """Prints the rows, or writes them to a file, which is replaced as a whole. Raises UsageError, OSError."""
    if form == "table":
        if rows:
            show_rows(session.terminal, rows)
        else:
            session.terminal.say("none of it is an opening in machine learning or data")
        return
    content = (encode or encoded)(rows, form)
    if to is None and form == "csv" and sys.stdout.isatty():
        for line in content.decode().splitlines():  # a file has the words as they are, a screen as they can be shown
            session.terminal.say(line)
        return
    if to is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    from pipeline import whole_file  # noqa: PLC0415 -- `--help` must be quick

    whole_file.write(to, content)
    session.terminal.note(f"{len(rows)} {'row' if len(rows) == 1 else 'rows'} in {to}")


def encoded(
    rows: Sequence[Row],
    form: str,
    postings: Callable[[Row], list[str]] | None = None,
    columns: Sequence[str] = (),
) -> bytes:
    """The rows in one of accepted.FORMATS but `table`. Raises UsageError.

    `postings` names an opening's postings in JSON lines, `columns` the user's own, which CSV has.
    """
    from pipeline import exports, shortlist  # noqa: PLC0415 -- `--help` must be quick

    if form == "parquet":
        try:
            return exports.parquet(map(shortlist.cells, rows), shortlist.COLUMNS)
        except exports.MissingExtraError as error:
            raise UsageError(str(error)) from error
    if form == "csv":
        text = shortlist.to_csv(rows, columns)
    elif form == "md":
        text = exports.markdown(map(shortlist.cells, rows))
    else:
        text = shortlist.jsonl(rows, postings or shortlist.postings_of)
    return text.encode("utf-8", errors="replace")
