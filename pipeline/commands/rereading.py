"""Reading what is stored again after an edit: what the edit cannot have changed is kept as it was read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipeline.tables import batched

if TYPE_CHECKING:
    from pipeline.progress import Step
    from pipeline.reading import Reader
    from pipeline.store import Store
    from pipeline.terminal import Terminal

BATCH = 1000  # readings carried over at once


@contextmanager
def being_read(terminal: Terminal, store: Store, reader: Reader) -> Iterator[Step]:
    """A step for every posting that is read in the block; readings that still hold are carried over before it."""
    carry_over(terminal, store, reader)
    with terminal.progress("reading", store.unread(reader.version)) as step:
        yield step


def carry_over(terminal: Terminal, store: Store, reader: Reader) -> None:
    """Makes readings of other readers this one's where it would read the same; the rest are forgotten.

    Says how many are to be read again, and why.
    """
    before = store.readers()
    if before == {reader.version}:
        return
    for version in sorted(before - {reader.version}):
        told = _carried_over(terminal, store, reader, version)
        if told:
            terminal.note(told)
    store.keep_readings_by(reader.version, reader.vocabulary.to_json())


def _carried_over(terminal: Terminal, store: Store, reader: Reader, version: str) -> str | None:
    from pipeline.reading import Edit, Vocabulary  # noqa: PLC0415 -- `--help` must be quick

    count = store.count_read(version)
    if not count:
        return None
    if version.partition("-")[0] != reader.version.partition("-")[0]:
        return f"all {count:,} postings are read again: the program changed"
    edit = Edit(Vocabulary.from_json(store.vocabulary(version)), reader.vocabulary)
    if edit.everywhere:
        return f"all {count:,} postings are read again: {' and '.join(edit.everywhere)} changed"
    again = 0
    with terminal.progress("what the edit touches", count) as step:
        for batch in batched(store.was_read(version), BATCH):
            held = []
            for content, posting in batch:
                if edit.touches(posting):
                    again += 1
                else:
                    held.append(content)
                step()
            store.carry_over(held, version, reader.version)
    return f"{again:,} of {count:,} postings are read again: the vocabulary changed"
