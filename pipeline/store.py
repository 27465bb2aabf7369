"""The only reader and writer of data/reachlist.db.

One transaction per board: a snapshot is stored whole or not at all, and storing it again changes nothing.
What a snapshot proves is lifecycle.py's to say; how a posting is read or ranked may not enter here.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from pipeline import database, lifecycle, storable
from pipeline.database import DamagedStore, StoreError
from pipeline.lifecycle import Judgement, Past, Visit
from pipeline.models import Board, Listing, Posting, Snapshot, State, Verdict
from pipeline.storable import content_hash
from pipeline.tables import (
    CrawlTables,
    Listed,
    RankTables,
    RobotsAnswer,
    Validators,
    _forget_validators,
    _save_validators,
)

__all__ = [
    "BoardHealth",
    "Changes",
    "DamagedStore",
    "Listed",
    "RobotsAnswer",
    "Run",
    "Store",
    "StoreError",
    "Validators",
    "Visited",
    "content_hash",
]

_POSTING = ", ".join(f"posting.{name}" for name in storable.COLUMNS)
_VISIT = "at, verdict, listed, reason, status, new + changed + missing + closed + reopened"  # as Visit has it
_COVERED = {"title": "title", "location": "locations", "date": "posted", "text": "description", "URL": "url"}


@dataclass(frozen=True, slots=True)
class Changes:
    """How many postings of a board one visit moved."""

    new: int = 0
    changed: int = 0
    missing: int = 0
    closed: int = 0
    reopened: int = 0

    def __add__(self, other: Changes) -> Changes:
        return Changes(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    @property
    def total(self) -> int:
        return sum(astuple(self))


@dataclass(frozen=True, slots=True)
class Run:
    """One run as stored; `finished` is None while it goes on, or where it was killed."""

    id: int
    started: str
    finished: str | None
    state: str  # running, done, failed, interrupted


@dataclass(frozen=True, slots=True)
class Visited:
    """One board's visit in a run: the verdict as judged, and what changed."""

    board: str
    at: str
    verdict: Verdict
    listed: int | None
    rejected: int
    reason: str | None
    changes: Changes


@dataclass(frozen=True, slots=True)
class BoardHealth:
    """How one board has fared."""

    board: str
    company: str
    visits: tuple[Visit, ...]  # latest first
    open: int
    wanted: bool  # has had ML internships

    @property
    def due(self) -> datetime | None:
        """When it is to be visited next; None: at once."""
        return lifecycle.next_visit(self.visits, wanted=self.wanted)


class Store(CrawlTables, RankTables):
    """The store at `path`, made or migrated on opening. Raises StoreError with what to do next.

    `plain` turns a description into the plain text of the `postings` view.
    """

    def __init__(self, path: Path, *, plain: Callable[[str], str] | None = None) -> None:
        super().__init__(path)
        self._plain = plain

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- runs -----------------------------------------------------------------------------------------

    def begin_run(self, at: str) -> int:
        """Starts a run; one that never ended before it is noted as interrupted."""
        with self._transaction() as db:
            db.execute("UPDATE run SET state = 'interrupted' WHERE state = 'running'")
            run = db.execute("INSERT INTO run (started) VALUES (?)", (at,)).lastrowid
        assert run is not None
        return run

    def finish_run(self, run: int, at: str, state: str) -> None:
        """Ends a run as `done`, `failed` (nothing could be crawled) or `interrupted`."""
        with self._transaction() as db:
            db.execute("UPDATE run SET finished = ?, state = ? WHERE id = ?", (at, state, run))

    def runs(self, limit: int = 10) -> list[Run]:
        """The latest runs, latest first."""
        return [Run(*row) for row in self._rows("SELECT * FROM run ORDER BY id DESC LIMIT ?", limit)]

    def back_up(self) -> None:
        """Copies the store beside itself; `reachlist doctor` restores it from there."""
        with database.explained(self.path):
            database.back_up(self._connection, database.backup_of(self.path))

    # --- what a visit saw -----------------------------------------------------------------------------

    def commit(self, run: int, snapshot: Snapshot, *, validators: Mapping[str, Validators] | None = None) -> Changes:
        """Stores what one visit saw, in one transaction; the same snapshot again changes nothing.

        `validators` (by URL) are kept only where the whole listing was believed and no posting is left
        missing, so that the visit that would close it sees the listing again, not a "not modified".
        """
        snapshot = storable.storable(snapshot)
        board, fingerprint = snapshot.board.id, storable.fingerprint(snapshot)
        with self._transaction() as db:
            _save_board(db, snapshot.board)
            if _latest_fingerprint(db, board) == fingerprint:
                judgement, changes = Judgement(snapshot.verdict, snapshot.reason), Changes()
            else:
                judgement = lifecycle.judge(snapshot, _past(db, board))
                changes = self._save_postings(db, snapshot, judgement)
                _save_doubt(db, board, judgement)
                _save_rejected(db, snapshot)
                _save_coverage(db, run, snapshot)
            _save_visit(db, run, snapshot, judgement, changes=changes, fingerprint=fingerprint)
            if judgement.verdict in (Verdict.COMPLETE, Verdict.UNCHANGED):
                if judgement.missing:
                    _forget_validators(db, validators or ())
                else:
                    _save_validators(db, dict(validators or {}))
        return changes

    def _save_postings(self, db: sqlite3.Connection, snapshot: Snapshot, judgement: Judgement) -> Changes:
        board, at = snapshot.board.id, snapshot.at
        changed = [what for posting in snapshot.postings if (what := self._save_posting(db, posting, at))]
        db.executemany(
            "UPDATE posting SET state = 'open', last_seen = ? WHERE board = ? AND ref = ?",
            [(at, board, ref) for ref in judgement.seen],
        )
        steps = {name: sorted(getattr(judgement, name)) for name in ("new", "missing", "closed", "reopened")}
        for state in (State.MISSING, State.CLOSED):
            db.executemany(
                "UPDATE posting SET state = ? WHERE board = ? AND ref = ?",
                [(state, board, ref) for ref in steps[state]],
            )
        events = [(ref, what) for what, refs in steps.items() for ref in refs] + changed
        db.executemany("INSERT INTO event VALUES (?, ?, ?, ?)", [(board, ref, at, what) for ref, what in events])
        return Changes(changed=len(changed), **{what: len(refs) for what, refs in steps.items()})

    def _save_posting(self, db: sqlite3.Connection, posting: Posting, at: str) -> tuple[str, str] | None:
        """Stores a posting's words; (ref, what changed) where they differ from those stored before."""
        digest = storable.digest(posting)
        row = db.execute(
            f"SELECT {_POSTING}, digest FROM posting WHERE board = ? AND ref = ?", (posting.board, posting.ref)
        ).fetchone()
        if row is not None and row[-1] == digest:
            return None
        values = storable.row(posting) | {
            "text": self._plain(posting.description) if self._plain else None,
            "digest": digest,
        }
        if row is None:
            values |= {"state": State.OPEN, "first_seen": at, "last_seen": at}
            db.execute(
                f"INSERT INTO posting ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",
                tuple(values.values()),
            )
            return None
        db.execute(
            f"UPDATE posting SET {', '.join(f'{name} = ?' for name in values)} WHERE board = ? AND ref = ?",
            (*values.values(), posting.board, posting.ref),
        )
        before = storable.posting(row)
        different = [name for name in storable.COLUMNS if getattr(before, name) != getattr(posting, name)]
        return posting.ref, "changed: " + ", ".join(different)

    # --- what is stored -------------------------------------------------------------------------------

    def known(self, board: str) -> dict[str, Posting]:
        """Ref -> posting of everything stored of a board, closed ones too."""
        rows = self._rows(f"SELECT {_POSTING} FROM posting WHERE board = ?", board)
        return {posting.ref: posting for posting in map(storable.posting, rows)}

    def listings(self, states: Collection[State] = (State.OPEN, State.MISSING)) -> Iterator[Listing]:
        """Every posting in one of `states`, of all boards, in the order of their ids."""
        query = (
            f"SELECT {_POSTING}, posting.state, posting.first_seen, postings.last_seen"
            " FROM posting JOIN postings USING (board, ref)"
            f" WHERE posting.state IN ({', '.join('?' * len(states))}) ORDER BY posting.board, posting.ref"
        )
        with database.explained(self.path):
            for row in self._connection.execute(query, tuple(states)):
                *_, state, first_seen, last_seen = row
                yield Listing(storable.posting(row), State(state), first_seen, last_seen)

    def count(self, states: Collection[State] = (State.OPEN, State.MISSING)) -> int:
        """How many postings are in one of `states`."""
        rows = self._rows("SELECT state, count(*) FROM posting GROUP BY state")
        return sum(count for state, count in rows if state in states)

    def events(self, board: str, ref: str) -> list[tuple[str, str]]:
        """(when, what) of one posting's life, in order."""
        return self._rows("SELECT at, what FROM event WHERE board = ? AND ref = ? ORDER BY rowid", board, ref)

    def history(self, board: str, limit: int = 10) -> list[Visit]:
        """The latest visits to a board, latest first."""
        rows = self._rows(
            f"SELECT {_VISIT} FROM visit WHERE board = ? ORDER BY at DESC, run DESC LIMIT ?",
            board,
            limit,
        )
        return [Visit(at, Verdict(verdict), *rest) for at, verdict, *rest in rows]

    def visited(self, run: int) -> list[Visited]:
        """What a run saw, board by board."""
        rows = self._rows(
            "SELECT board, at, verdict, listed, rejected, reason, new, changed, missing, closed, reopened"
            " FROM visit WHERE run = ? ORDER BY board, at",
            run,
        )
        return [
            Visited(board, at, Verdict(verdict), listed, rejected, reason, Changes(*counts))
            for board, at, verdict, listed, rejected, reason, *counts in rows
        ]

    def rejected(self, board: str, at: str) -> list[tuple[str | None, str, str]]:
        """(ref, reason, evidence) of the records of a visit that could not be read."""
        return self._rows("SELECT ref, reason, evidence FROM rejected WHERE board = ? AND at = ?", board, at)

    def health(self, limit: int = 10) -> list[BoardHealth]:
        """How every board that was ever visited has fared, by id, with its latest `limit` visits."""
        visits: dict[str, list[Visit]] = {}
        for board, at, verdict, *rest in self._rows(
            f"SELECT board, {_VISIT} FROM (SELECT *, row_number() OVER"
            " (PARTITION BY board ORDER BY at DESC, run DESC) AS age FROM visit) WHERE age <= ? ORDER BY board, age",
            limit,
        ):
            visits.setdefault(board, []).append(Visit(at, Verdict(verdict), *rest))
        listed = dict(self._rows("SELECT board, count(*) FROM posting WHERE state = 'open' GROUP BY board"))
        return [
            BoardHealth(board, company, tuple(visits[board]), listed.get(board, 0), bool(wanted))
            for board, company, wanted in self._rows("SELECT id, company, wanted FROM board ORDER BY id")
        ]

    def due(self, boards: Sequence[Board], now: datetime) -> list[Board]:
        """Those of `boards` that are to be visited now."""
        health = {board.board: board for board in self.health()}
        return [b for b in boards if (at := health[b.id].due if b.id in health else None) is None or at <= now]

    def set_wanted(self, boards: Collection[str]) -> None:
        """Notes boards that have ML internships: they are visited daily from now on."""
        with self._transaction() as db:
            db.executemany("UPDATE board SET wanted = 1 WHERE id = ? AND NOT wanted", [(b,) for b in boards])

    def drift(self, run: int) -> list[str]:
        """A sentence for every field that a platform fills in much less often than in earlier runs."""
        alarms = []
        enough = f"total >= {lifecycle.LEAST_POSTINGS}"
        for platform, name, share in self._rows(
            f"SELECT platform, field, 1.0 * filled / total FROM coverage WHERE run = ? AND {enough}", run
        ):
            earlier = self._rows(
                f"SELECT 1.0 * filled / total FROM coverage WHERE platform = ? AND field = ? AND run < ? AND {enough}"
                " ORDER BY run DESC LIMIT ?",
                platform,
                name,
                run,
                lifecycle.HISTORY,
            )
            if lifecycle.fell(share, [row[0] for row in earlier]):
                usual = sum(row[0] for row in earlier) / len(earlier)
                alarms.append(f"{platform}: only {share:.0%} of the postings have a {name}, where {usual:.0%} is usual")
        return alarms


def _save_board(db: sqlite3.Connection, board: Board) -> None:
    db.execute(
        "INSERT INTO board (id, platform, slug, company) VALUES (?, ?, ?, ?) ON CONFLICT (id)"
        " DO UPDATE SET company = excluded.company WHERE company != excluded.company",
        (board.id, board.platform, board.slug, board.company),
    )


def _latest_fingerprint(db: sqlite3.Connection, board: str) -> str | None:
    row = db.execute(
        "SELECT fingerprint FROM visit WHERE board = ? ORDER BY at DESC, run DESC LIMIT 1", (board,)
    ).fetchone()
    return row[0] if row else None


def _past(db: sqlite3.Connection, board: str) -> Past:
    states = {
        ref: State(state) for ref, state in db.execute("SELECT ref, state FROM posting WHERE board = ?", (board,))
    }
    sizes = db.execute(
        "SELECT listed FROM visit WHERE board = ? AND verdict = 'complete' AND listed IS NOT NULL"
        " ORDER BY at DESC, run DESC LIMIT ?",
        (board, lifecycle.HISTORY),
    )
    (doubted,) = db.execute("SELECT doubted FROM board WHERE id = ?", (board,)).fetchone()
    return Past(states, [row[0] for row in sizes], None if doubted is None else frozenset(json.loads(doubted)))


def _save_doubt(db: sqlite3.Connection, board: str, judgement: Judgement) -> None:
    doubted = None if judgement.doubted is None else json.dumps(sorted(judgement.doubted))
    db.execute("UPDATE board SET doubted = ? WHERE id = ? AND doubted IS NOT ?", (doubted, board, doubted))


def _save_rejected(db: sqlite3.Connection, snapshot: Snapshot) -> None:
    if snapshot.rejected:
        db.execute("DELETE FROM rejected WHERE board = ?", (snapshot.board.id,))  # the latest are evidence enough
    db.executemany(
        "INSERT INTO rejected VALUES (?, ?, ?, ?, ?)",
        [(snapshot.board.id, snapshot.at, r.ref, r.reason, r.evidence) for r in snapshot.rejected],
    )


def _save_coverage(db: sqlite3.Connection, run: int, snapshot: Snapshot) -> None:
    total = len(snapshot.postings)
    for name, column in _COVERED.items():
        filled = sum(bool(getattr(posting, column)) for posting in snapshot.postings)
        db.execute(
            "INSERT INTO coverage VALUES (?, ?, ?, ?, ?) ON CONFLICT (run, platform, field)"
            " DO UPDATE SET filled = filled + excluded.filled, total = total + excluded.total",
            (run, snapshot.board.platform, name, filled, total),
        )


def _save_visit(
    db: sqlite3.Connection,
    run: int,
    snapshot: Snapshot,
    judgement: Judgement,
    *,
    changes: Changes,
    fingerprint: str,
) -> None:
    listed = snapshot.listed
    if listed is None and judgement.verdict in (Verdict.COMPLETE, Verdict.SUSPECT):
        listed = len(judgement.seen)
    if judgement.verdict is Verdict.UNCHANGED:
        db.execute("UPDATE board SET confirmed = ? WHERE id = ?", (snapshot.at, snapshot.board.id))
    db.execute(
        "INSERT OR IGNORE INTO visit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            run,
            snapshot.board.id,
            snapshot.at,
            judgement.verdict,
            listed,
            snapshot.ignored,
            len(snapshot.rejected),
            judgement.reason,
            snapshot.status,
            *astuple(changes),
            fingerprint,
        ),
    )
