"""The tables of the store that stand apart from visits: what the crawl remembers, what the ranking keeps.

For store.py alone, which is their face.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import database
from pipeline.models import Opening


@dataclass(frozen=True, slots=True)
class Validators:
    """What a later visit to a URL is revalidated with."""

    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None


@dataclass(frozen=True, slots=True)
class RobotsAnswer:
    """A host's robots.txt as it was answered."""

    status: int
    body: bytes
    fetched_at: str  # ISO 8601 UTC


@dataclass(frozen=True, slots=True)
class Listed:
    """How one opening stood in a list that was written."""

    rank: int
    body: str  # JSON
    status: str
    note: str


class Tables:
    """An open database, and transactions on it."""

    def __init__(self, path: Path) -> None:
        self.path = Path(path)
        self._connection = database.connect(self.path)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything or nothing."""
        with database.explained(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _rows(self, query: str, *values: Any) -> list[Any]:
        with database.explained(self.path):
            return self._connection.execute(query, values).fetchall()


class CrawlTables(Tables):
    """What the crawl remembers between requests and runs."""

    def validators(self, url: str) -> Validators | None:
        """What to revalidate `url` with, if it was fetched before."""
        rows = self._rows("SELECT etag, last_modified, body_hash FROM validator WHERE url = ?", url)
        return Validators(*rows[0]) if rows else None

    def save_validators(self, url: str, validators: Validators) -> None:
        """For pages that belong to no board; those of a board go with its `commit`."""
        with self._transaction() as db:
            keep_validators(db, {url: validators})

    def robots(self, origin: str) -> RobotsAnswer | None:
        """The last answer to `origin`/robots.txt, however old."""
        rows = self._rows("SELECT status, body, fetched_at FROM robots WHERE origin = ?", origin)
        return RobotsAnswer(*rows[0]) if rows else None

    def save_robots(self, origin: str, answer: RobotsAnswer) -> None:
        with self._transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO robots VALUES (?, ?, ?, ?)",
                (origin, answer.status, answer.body, answer.fetched_at),
            )

    def requests_on(self, day: str, host: str) -> int:
        """How many requests `host` got on `day` (YYYY-MM-DD)."""
        rows = self._rows("SELECT count FROM request WHERE day = ? AND host = ?", day, host)
        return rows[0][0] if rows else 0

    def count_request(self, day: str, host: str) -> int:
        """Counts one more request, before it is sent; returns how many there are now."""
        with self._transaction() as db:
            db.execute(
                "INSERT INTO request VALUES (?, ?, 1) ON CONFLICT (day, host) DO UPDATE SET count = count + 1",
                (day, host),
            )
            return db.execute("SELECT count FROM request WHERE day = ? AND host = ?", (day, host)).fetchone()[0]


def keep_validators(db: sqlite3.Connection, by_url: dict[str, Validators]) -> None:
    db.executemany(
        "INSERT OR REPLACE INTO validator VALUES (?, ?, ?, ?)",
        [(url, v.etag, v.last_modified, v.body_hash) for url, v in by_url.items()],
    )


def forget_validators(db: sqlite3.Connection, urls: Iterable[str]) -> None:
    db.executemany("DELETE FROM validator WHERE url = ?", [(url,) for url in urls])


class RankTables(Tables):
    """What is derived from postings, and what the user says of openings."""

    def readings(self, contents: Collection[str], version: str) -> dict[str, str]:
        """Content hash -> reading (JSON) by this version of the reader, where there is one."""
        rows = self._rows(
            "SELECT content, body FROM reading WHERE version = ? AND content IN (SELECT value FROM json_each(?))",
            version,
            json.dumps(list(contents)),
        )
        return dict(rows)

    def save_readings(self, readings: Iterable[tuple[str, str]], version: str) -> None:
        """Keeps (content hash, reading as JSON); readings by other versions are forgotten."""
        with self._transaction() as db:
            db.execute("DELETE FROM reading WHERE version != ?", (version,))
            db.executemany(
                "INSERT OR REPLACE INTO reading VALUES (?, ?, ?)",
                ((content, version, body) for content, body in readings),
            )

    def opening_ids(self) -> dict[str, str]:
        """Posting id -> the id of the opening it belonged to when last ranked."""
        return dict(self._rows("SELECT posting, opening FROM opening_posting"))

    def save_openings(self, openings: Iterable[tuple[Opening, str | None]]) -> None:
        """Keeps openings with their employer's size; a mark follows its postings into another opening."""
        with self._transaction() as db:
            for opening, size in openings:
                self._save_opening(db, opening, size)
            db.execute("DELETE FROM opening WHERE id NOT IN (SELECT opening FROM opening_posting)")

    def _save_opening(self, db: sqlite3.Connection, opening: Opening, size: str | None) -> None:
        head = opening.posting
        db.execute(
            "INSERT OR REPLACE INTO opening VALUES (?, ?, ?, ?, ?, ?)",
            (opening.id, head.company, head.title, head.location, size, head.url),
        )
        for posting in (listing.posting for listing in opening.listings):
            db.execute(
                "INSERT OR IGNORE INTO mark SELECT ?, status, note FROM mark"
                " WHERE opening = (SELECT opening FROM opening_posting WHERE posting = ?)",
                (opening.id, posting.id),
            )
            db.execute(
                "INSERT OR REPLACE INTO opening_posting VALUES (?, ?, ?, ?)",
                (posting.id, posting.board, posting.ref, opening.id),
            )

    def set_mark(self, opening: str, status: str, note: str) -> None:
        """What the user says of an opening."""
        with self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO mark VALUES (?, ?, ?)", (opening, status, note))

    def marks(self) -> dict[str, tuple[str, str]]:
        """Opening id -> (status, note)."""
        return {opening: (status, note) for opening, status, note in self._rows("SELECT * FROM mark")}

    def set_marks(self, marks: Mapping[str, tuple[str, str]]) -> None:
        """Replaces every mark."""
        with self._transaction() as db:
            db.execute("DELETE FROM mark")
            db.executemany("INSERT INTO mark VALUES (?, ?, ?)", [(key, *mark) for key, mark in marks.items()])

    def last_list(self) -> dict[str, Listed]:
        """Opening id -> how it stood in the list that was written last, in its order."""
        rows = self._rows("SELECT opening, rank, body, status, note FROM listed ORDER BY rank")
        return {opening: Listed(rank, body, status, note) for opening, rank, body, status, note in rows}

    def save_list(self, listed: Mapping[str, Listed]) -> None:
        """Keeps how every opening stood in the list written now."""
        with self._transaction() as db:
            db.execute("DELETE FROM listed")
            db.executemany(
                "INSERT INTO listed VALUES (?, ?, ?, ?, ?)",
                [(opening, one.rank, one.body, one.status, one.note) for opening, one in listed.items()],
            )
