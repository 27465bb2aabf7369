"""Visits into the store: one transaction for a board, beside a commit for every row."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from benchmarks.measuring import Corpus, Row, agree, measured
from benchmarks.stage_whole import commit, visits
from pipeline import storable
from pipeline.bare_text import bare_text
from pipeline.models import Posting
from pipeline.store import Store


def rows(corpus: Corpus) -> Iterator[Row]:
    """Ours, ours when the boards say the same again, and the plainest way to keep rows."""
    snapshots, count = visits(corpus.postings), len(corpus.postings)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        numbers = iter(range(99))

        def ours() -> list[Posting]:
            with Store(path / f"{next(numbers)}.db", plain=bare_text) as store:
                commit(store, snapshots)
                return [listing.posting for listing in store.listings()]

        seconds, kept = measured(ours)
        agree("store: what is read back", kept, sorted(corpus.postings, key=lambda one: (one.board, one.ref)))
        yield Row("store", "reachlist, one transaction per board, and read back", seconds, count)
        with Store(path / "again.db", plain=bare_text) as store:
            commit(store, snapshots)
            later = visits(corpus.postings, "2026-11-22T09:00:00+00:00")
            seconds, _ = measured(lambda: commit(store, later), rounds=1)
        yield Row("store", "reachlist, the same listings again", seconds, count)
        seconds, _ = measured(lambda: one_by_one(path / f"{next(numbers)}.db", corpus.postings), rounds=1)
        yield Row("store", "a commit per row", seconds, count, "sqlite3 alone: no lifecycle, no plain text")


def one_by_one(path: Path, postings: Sequence[Posting]) -> None:
    """Every row in a transaction of its own."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute(f"CREATE TABLE posting ({', '.join(storable.COLUMNS)}, PRIMARY KEY (board, ref))")
        marks = ", ".join("?" * len(storable.COLUMNS))
        for posting in postings:
            with database:
                database.execute(f"INSERT INTO posting VALUES ({marks})", storable.row(posting))
