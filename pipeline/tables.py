"""The tables of the store that stand apart from visits: what the crawl remembers, what the ranking keeps.

For store.py alone, which is their face.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from pipeline.database import Database, File, Statements, connect
from pipeline.models import Candidate, EmployerFact, Mark, Marks, Opening, Sheet
from pipeline.storable import clean, content_hash_of_row

Value = TypeVar("Value")
Row = tuple[Any, ...]

OPENING = ("id", "company", "title", "location", "employer_size", "url")
MEMBER = ("posting", "board", "ref", "opening")
LISTED = ("opening", "rank", "body")
MARK = ("opening", "status", "note", "cells")
NO_CELLS = "{}"
OWN_COLUMN = ("list", "place", "name")
RESERVED = 20  # requests counted at once: a transaction for each would cost more than the request


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
    facts: Mapping[str, Any]  # what the next list is compared with, JSON-serialisable


class Tables:
    """An open database, and transactions on it."""

    def __init__(self, where: Path | str) -> None:
        self._database: Database
        if isinstance(where, str) and "://" in where:
            from pipeline.server import Server  # noqa: PLC0415 -- an optional extra

            self._database = Server(where)
        else:
            path = Path(where)
            self._database = File(path, connect(path, {"content_hash": content_hash_of_row}))

    def _transaction(self) -> AbstractContextManager[Statements]:
        """Everything or nothing."""
        return self._database.transaction()

    def _rows(self, query: str, *values: Any) -> list[Any]:
        return self._database.rows(query, values)


class CrawlTables(Tables):
    """What the crawl remembers between requests and runs."""

    def __init__(self, where: Path | str) -> None:
        super().__init__(where)
        self._reserved: dict[tuple[str, str], int] = {}  # requests counted in the database, not sent yet

    def validators(self, url: str) -> Validators | None:
        """What to revalidate `url` with, if it was fetched before."""
        rows = self._rows("SELECT etag, last_modified, body_hash FROM validator WHERE url = ?", url)
        return Validators(*rows[0]) if rows else None

    def robots(self, origin: str) -> RobotsAnswer | None:
        """The last answer to `origin`/robots.txt, however old."""
        rows = self._rows("SELECT status, body, fetched_at FROM robots WHERE origin = ?", origin)
        return RobotsAnswer(*rows[0]) if rows else None

    def save_robots(self, origin: str, answer: RobotsAnswer) -> None:
        with self._transaction() as db:
            db.execute(
                "INSERT INTO robots VALUES (?, ?, ?, ?) ON CONFLICT (origin) DO UPDATE SET"
                " status = excluded.status, body = excluded.body, fetched_at = excluded.fetched_at",
                (origin, answer.status, answer.body, answer.fetched_at),
            )

    def requests_on(self, day: str, host: str) -> int:
        """How many requests `host` got on `day` (YYYY-MM-DD)."""
        rows = self._rows("SELECT count FROM request WHERE day = ? AND host = ?", day, host)
        return (rows[0][0] if rows else 0) - self._reserved.get((day, host), 0)

    def count_request(self, day: str, host: str) -> None:
        """Counts one more request, before it is sent.

        Written for RESERVED requests at once; what is not sent is given back at the end of the run. A run
        that is killed has counted more than it sent, never less.
        """
        left = self._reserved.get((day, host), 0)
        if not left:
            left = RESERVED
            with self._transaction() as db:
                _add_requests(db, day, host, left)
        self._reserved[day, host] = left - 1

    def _give_back(self, db: Statements) -> None:
        """Counts only the requests that were sent."""
        for (day, host), left in self._reserved.items():
            _add_requests(db, day, host, -left)
        self._reserved.clear()


def _add_requests(db: Statements, day: str, host: str, count: int) -> None:
    db.execute(
        "INSERT INTO request VALUES (?, ?, ?) ON CONFLICT (day, host) DO UPDATE SET count = request.count + ?",
        (day, host, count, count),
    )


def keep_validators(db: Statements, by_url: Mapping[str, Validators]) -> None:
    db.executemany(
        "INSERT INTO validator VALUES (?, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET"
        " etag = excluded.etag, last_modified = excluded.last_modified, body_hash = excluded.body_hash",
        [(url, v.etag, v.last_modified, v.body_hash) for url, v in by_url.items()],
    )


def forget_validators(db: Statements, urls: Iterable[str]) -> None:
    db.executemany("DELETE FROM validator WHERE url = ?", [(url,) for url in urls])


class RankTables(Tables):
    """What is derived from postings, and what the user says of openings."""

    def readers(self) -> set[str]:
        """Versions of the readers whose readings are kept."""
        return {version for (version,) in self._rows("SELECT version FROM reader")}

    def vocabulary(self, version: str) -> str:
        """The vocabulary of one of `readers`, as it was handed in."""
        return self._rows("SELECT vocabulary FROM reader WHERE version = ?", version)[0][0]

    def count_read(self, version: str) -> int:
        """How many postings this version of the reader has read."""
        query = "SELECT count(*) FROM posting JOIN reading USING (content) WHERE reading.version = ?"
        return self._rows(query, version)[0][0]

    def carry_over(self, contents: Iterable[str], before: str, after: str) -> None:
        """Readings of these content hashes by one version of the reader are readings by another from now on."""
        with self._transaction() as db:
            db.executemany(
                "UPDATE reading SET version = ? WHERE version = ? AND content = ? AND NOT EXISTS"
                " (SELECT 1 FROM reading AS other WHERE other.version = ? AND other.content = reading.content)",
                [(after, before, content, after) for content in contents],
            )

    def keep_readings_by(self, version: str, vocabulary: str) -> None:
        """From now on readings are kept by this version of the reader; those by others are forgotten."""
        with self._transaction() as db:
            db.execute("DELETE FROM reading WHERE version < ? OR version > ?", (version, version))
            db.execute("DELETE FROM reader WHERE version != ?", (version,))
            db.execute("INSERT INTO reader VALUES (?, ?) ON CONFLICT DO NOTHING", (version, vocabulary))

    def save_readings(self, readings: Iterable[tuple[str, str, bool]], version: str) -> None:
        """Keeps (content hash, reading as JSON, whether it is wanted)."""
        with self._transaction() as db:
            db.executemany(
                "INSERT INTO reading (content, version, wanted, body) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (version, content) DO UPDATE SET wanted = excluded.wanted, body = excluded.body",
                ((content, version, int(wanted), body) for content, body, wanted in readings),
            )

    def stamp(self) -> int:
        """Another number whenever anything changed that a list is made of; by chance, so that none comes back."""
        return int(self._rows("SELECT value FROM stamp")[0][0])

    def opening_ids(self) -> dict[str, str]:
        """Posting id -> the id of the opening it belonged to when last ranked."""
        return dict(self._rows("SELECT posting, opening FROM opening_posting"))

    def employer_blocks(self) -> dict[str, str]:
        """Employer -> which of its postings were found to be one job, as JSON."""
        return dict(self._rows("SELECT employer, body FROM employer_block"))

    def save_employer_blocks(self, blocks: Mapping[str, str]) -> int:
        """Replaces what `employer_blocks` gives, touching only what is different; how many were."""
        before = self.employer_blocks()
        changed = [(employer, body) for employer, body in blocks.items() if before.get(employer) != body]
        gone = [(employer,) for employer in before.keys() - blocks.keys()]
        if changed or gone:
            with self._transaction() as db:
                db.executemany("DELETE FROM employer_block WHERE employer = ?", gone)
                db.executemany(
                    "INSERT INTO employer_block VALUES (?, ?)"
                    " ON CONFLICT (employer) DO UPDATE SET body = excluded.body",
                    changed,
                )
        return len(changed) + len(gone)

    def save_openings(self, openings: Iterable[tuple[Opening, str | None]]) -> None:
        """Keeps openings with their employer's size; the mark of one that is gone follows its postings.

        Only what differs from what is kept is written.
        """
        heads, members = {}, {}
        for opening, size in openings:
            head = opening.posting
            heads[opening.id] = (head.company, head.title, head.location, size, head.url)
            for posting in (listing.posting for listing in opening.listings):
                members[posting.id] = (posting.board, posting.ref, opening.id)
        with self._transaction() as db:
            kept = {row[0]: tuple(row[1:]) for row in db.execute("SELECT * FROM opening").fetchall()}
            stood = dict(db.execute("SELECT posting, opening FROM opening_posting").fetchall())
            moved = {posting: row for posting, row in members.items() if stood.get(posting) != row[-1]}
            _upsert(db, "opening", OPENING, [(name, *head) for name, head in heads.items() if kept.get(name) != head])
            db.executemany(
                "INSERT INTO mark SELECT ?, status, note, cells FROM mark WHERE opening = ? ON CONFLICT DO NOTHING",
                [
                    (row[-1], stood[posting])
                    for posting, row in moved.items()
                    if stood.get(posting, row[-1]) not in heads
                ],
            )
            _upsert(db, "opening_posting", MEMBER, [(posting, *row) for posting, row in moved.items()])
            living = {*(stood | {posting: row[-1] for posting, row in moved.items()}).values()}
            db.executemany("DELETE FROM opening WHERE id = ?", [(name,) for name in kept.keys() - living])

    def marks(self) -> dict[str, Mark]:
        """What the user says of openings, by id."""
        return _marks(self._rows(f"SELECT {', '.join(MARK)} FROM mark"))

    def set_marks(self, marks: Marks) -> None:
        """Replaces every mark; only what differs is written."""
        before = self._rows(f"SELECT {', '.join(MARK)} FROM mark")
        self._rewrite("mark", MARK, before, [(opening, *_mark_row(mark)) for opening, mark in marks.items()])

    def written(self, name: str) -> Sheet:
        """What was the user's in the list of this name, as it was kept with the list when it was written."""
        marks = self._rows(f"SELECT {', '.join(MARK)} FROM written WHERE list = ?", name)
        columns = self._rows("SELECT name FROM own_column WHERE list = ? ORDER BY place", name)
        return Sheet(_marks(marks), tuple(column for (column,) in columns))

    def save_written(self, name: str, sheet: Sheet) -> None:
        """Replaces what `written` gives of this list; only what differs is written."""
        marks, columns = ("list", *MARK), enumerate(sheet.columns or ())
        before = self._rows(f"SELECT {', '.join(marks)} FROM written WHERE list = ?", name)
        wanted = [(name, opening, *_mark_row(mark)) for opening, mark in sheet.marks.items() if any(mark)]
        self._rewrite("written", marks, before, wanted, keys=2)
        before = self._rows(f"SELECT {', '.join(OWN_COLUMN)} FROM own_column WHERE list = ?", name)
        self._rewrite("own_column", OWN_COLUMN, before, [(name, place, clean(one)) for place, one in columns], keys=2)

    def last_list(self) -> dict[str, Listed]:
        """Opening id -> how it stood in the list that was written last, in its order."""
        rows = self._rows(f"SELECT {', '.join(LISTED)} FROM listed ORDER BY rank")
        return {name: Listed(rank, msgspec.json.decode(body)) for name, rank, body in rows}

    def save_list(self, listed: Mapping[str, Listed]) -> None:
        """Keeps how every opening stood in the list written now; only what differs is written."""
        encode = msgspec.json.Encoder().encode
        wanted = [(name, one.rank, encode(one.facts).decode()) for name, one in listed.items()]
        self._rewrite("listed", LISTED, self._rows(f"SELECT {', '.join(LISTED)} FROM listed"), wanted)

    def _rewrite(
        self, table: str, columns: Sequence[str], before: Iterable[Sequence[Any]], rows: Sequence[Row], keys: int = 1
    ) -> None:
        """Puts `rows` in the place of those `before`, known by their first `keys` columns; writes only what differs."""
        stood = {tuple(row) for row in before}
        gone = sorted({row[:keys] for row in stood} - {row[:keys] for row in rows})
        changed = [row for row in rows if row not in stood]
        if not gone and not changed:
            return
        with self._transaction() as db:
            where = " AND ".join(f"{name} = ?" for name in columns[:keys])
            db.executemany(f"DELETE FROM {table} WHERE {where}", gone)
            _upsert(db, table, columns, changed, keys)


def _marks(rows: Iterable[Sequence[str]]) -> dict[str, Mark]:
    return {
        opening: Mark(status, note, tuple(sorted(json.loads(cells).items())) if cells != NO_CELLS else ())
        for opening, status, note, cells in rows
    }


def _mark_row(mark: Mark) -> Row:
    cells = json.dumps(dict(mark.cells), ensure_ascii=False) if mark.cells else NO_CELLS
    return (clean(mark.status), clean(mark.notes), clean(cells))


def _upsert(db: Statements, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], keys: int = 1) -> None:
    """Inserts rows, or replaces those with the same first `keys` columns."""
    update = ", ".join(f"{name} = excluded.{name}" for name in columns[keys:])
    db.executemany(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        f" ON CONFLICT ({', '.join(columns[:keys])}) DO UPDATE SET {update}",
        rows,
    )


def batched(values: Iterable[Value], size: int) -> Iterator[list[Value]]:
    """Lists of up to `size` values."""
    rest = iter(values)
    while batch := list(islice(rest, size)):
        yield batch


class DirectoryTables(Tables):
    """What is learnt of boards and employers besides postings."""

    def remember(self, candidates: Iterable[Candidate]) -> None:
        """Keeps boards that links lead to; one seen before in the same place stays as it was."""
        rows = [(c.board, c.seen_in, c.url, clean(c.company), c.first_seen) for c in candidates]
        with self._transaction() as db:
            db.executemany("INSERT INTO candidate VALUES (?, ?, ?, ?, ?) ON CONFLICT (board, seen_in) DO NOTHING", rows)

    def candidates(self) -> list[Candidate]:
        """Every sighting, oldest first."""
        query = "SELECT board, seen_in, url, company, first_seen FROM candidate ORDER BY first_seen, board, seen_in"
        return [Candidate(*row) for row in self._rows(query)]

    def employer_facts(self) -> tuple[EmployerFact, ...]:
        """What directories of employers said at their last visit."""
        rows = self._rows("SELECT name, source, size, website, aliases FROM employer ORDER BY name")
        return tuple(
            EmployerFact(name, source, size, website, tuple(json.loads(aliases)))
            for name, source, size, website, aliases in rows
        )


def keep_facts(db: Statements, facts: Iterable[EmployerFact]) -> None:
    """Facts of one visit; an employer's newer ones count."""
    db.executemany(
        "INSERT INTO employer VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET source = excluded.source,"
        " size = excluded.size, website = excluded.website, aliases = excluded.aliases",
        [(fact.name, fact.source, fact.size, fact.website, json.dumps(list(fact.aliases))) for fact in facts],
    )
