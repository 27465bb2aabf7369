"""read: how a posting is read, for a person or as JSON lines."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from pipeline.commands.compiled import reader_of
from pipeline.commands.postings import from_lines, from_text
from pipeline.commands.session import DONE, SOME_FAILED, Session
from pipeline.commands.work import read_one
from pipeline.json_lines import json_line

if TYPE_CHECKING:
    from pipeline.models import Reading
    from pipeline.reading import Reader


def read(session: Session, arguments: Namespace) -> int:
    """`--jsonl`: one line out for every line in, in order. Else one posting with what was taken from where."""
    reader = _reader(session)
    if not arguments.jsonl:
        from pipeline.reading.annotated import annotated  # noqa: PLC0415 -- `--help` must be quick

        posting = from_text(arguments.source)
        reading = reader.read(posting)
        session.terminal.console().print(annotated(reader.view(posting).document, reading))
        _show(session, reading)
        return DONE
    from pipeline.reading import to_row  # noqa: PLC0415 -- `--help` must be quick

    complaints = []

    def complain(line: str) -> None:
        complaints.append(line)
        session.terminal.warn(line)

    for identity, posting in from_lines(arguments.source, complain, empty=True):
        reading, fault = read_one(reader, posting)
        print(json_line({"id": identity} | to_row(reading)))
        if fault:
            complain(f"{arguments.source}: {identity}: {reading.note}; please report it")
    return SOME_FAILED if complaints else DONE


def _reader(session: Session) -> Reader:
    from pipeline.config import find, load_vocabulary  # noqa: PLC0415

    return reader_of(load_vocabulary(find(session.config, "vocabulary")))


def _show(session: Session, reading: Reading) -> None:
    from pipeline.reading import to_row  # noqa: PLC0415

    values = {
        key: value for key, value in to_row(reading).items() if key != "quotes" and value not in (None, [], False)
    }
    rows = [
        (key, _told(value), "; ".join(dict.fromkeys(q.text for q in reading.quotes(key))))
        for key, value in values.items()
    ]
    session.terminal.table(("what", "value", "in its own words"), rows, wide="in its own words")


def _told(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(" or ".join(one) if isinstance(one, list) else str(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {one}" for key, one in value.items() if one is not None)
    return "yes" if value is True else str(value)
