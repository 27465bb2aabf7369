"""The only reader and writer of data/reachlist.db.

One transaction per board: a snapshot is stored whole or not at all, and storing it again changes nothing.
What a snapshot proves is lifecycle.py's to say; how a posting is read or ranked may not enter here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any, Self

from pipeline import lifecycle, storable
from pipeline.committing import POSTING, Changes, VisitTables
from pipeline.database import DamagedStore, StoreError
from pipeline.lifecycle import Visit
from pipeline.models import Board, Listing, Posting, State, Verdict
from pipeline.storable import content_hash
from pipeline.tables import CrawlTables, DirectoryTables, Listed, RankTables, RobotsAnswer, Validators, batched

__all__ = [
    "BoardHealth",
    "Changes",
    "DamagedStore",
    "Found",
    "Listed",
    "RobotsAnswer",
    "Run",
    "Store",
    "StoreError",
    "Validators",
    "Visited",
    "content_hash",
]

Found = tuple[Listing, str, str | None]  # with its content hash, and its reading as JSON if it has one

ASKED = 500  # refs named in one question
PAGE = 500  # postings of one answer
LACKING = 7  # runs whose visits a copy may lack
ANY = "SELECT 1 FROM posting LIMIT 1"
COPIED = (  # what a copy is known by
    "SELECT coalesce(max(id), 0) FROM run",
    "SELECT value FROM stamp",
    "SELECT opening, status, note, cells FROM mark ORDER BY opening",
    "SELECT list, opening, status, note, cells FROM written ORDER BY list, opening",
    "SELECT list, place, name FROM own_column ORDER BY list, place",
)

_VISIT = "at, verdict, listed, reason, status, new + changed + missing + closed + reopened"  # as Visit has it

_STANDING = "FROM posting JOIN board ON board.id = posting.board"
_READ = "LEFT JOIN reading ON reading.version = ? AND reading.content = posting.content"
_PROVED = (  # as in the view `postings`
    "CASE WHEN posting.state = 'open' AND board.confirmed > posting.last_seen"
    " THEN board.confirmed ELSE posting.last_seen END"
)
_STANDS = "posting.state IN ('open', 'missing')"  # the same as not closed, for what the index of states answers alone
_MARKED = (
    "SELECT posting FROM opening_posting WHERE opening IN (SELECT opening FROM mark UNION SELECT opening FROM written)"
)
_FOLLOWED = (  # two questions that hang on no row: one that did would be asked of every closed posting
    "posting.state = 'closed' AND posting.board || '/' || posting.ref IN (SELECT posting FROM opening_posting)"
    f" AND (posting.last_seen >= ? OR posting.board || '/' || posting.ref IN ({_MARKED}))"
)


@dataclass(frozen=True, slots=True)
class Run:
    """One run as stored; `finished` is None while it goes on, or where it was killed."""

    id: int
    started: str
    finished: str | None
    state: str  # running, done, failed, interrupted; imported: no crawl


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


class Store(VisitTables, CrawlTables, RankTables, DirectoryTables):
    """The store, made or migrated on opening. Raises StoreError with what to do next.

    `where` is the path of a SQLite file or the URL of a PostgreSQL database; `plain` turns a description into
    the plain text of the `postings` view.
    """

    def __init__(self, where: Path | str, *, plain: Callable[[str], str] | None = None) -> None:
        super().__init__(where)
        self._plain = plain

    def close(self) -> None:
        if self._reserved:
            with suppress(StoreError), self._transaction() as db:  # they stay counted, then
                self._give_back(db)
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- runs -----------------------------------------------------------------------------------------

    def begin_run(self, at: str) -> int:
        """Starts a run; one that never ended before it is noted as interrupted."""
        with self._transaction() as db:
            db.execute("UPDATE run SET state = 'interrupted' WHERE state = 'running'")
            run = db.execute("SELECT coalesce(max(id), 0) + 1 FROM run").fetchone()[0]
            db.execute("INSERT INTO run (id, started) VALUES (?, ?)", (run, at))
        return run

    def finish_run(self, run: int, at: str, state: str) -> None:
        """Ends a run as `done`, `failed` (nothing could be crawled) or `interrupted`."""
        with self._transaction() as db:
            db.execute("UPDATE run SET finished = ?, state = ? WHERE id = ?", (at, state, run))
            self._give_back(db)

    def runs(self, limit: int = 10) -> list[Run]:
        """The latest runs, latest first."""
        return [Run(*row) for row in self._rows("SELECT * FROM run ORDER BY id DESC LIMIT ?", limit)]

    def last_run(self, *states: str, before: int | None = None) -> Run | None:
        """The latest run that ended, in one of `states` if any is named; `before`: of those before this one."""
        wanted = f"AND state IN ({', '.join('?' * len(states))})" if states else ""
        earlier = "AND id < ?" if before is not None else ""
        values = (*states, *(() if before is None else (before,)))
        query = f"SELECT * FROM run WHERE finished IS NOT NULL {wanted} {earlier} ORDER BY id DESC LIMIT 1"
        return next((Run(*row) for row in self._rows(query, *values)), None)

    def last_crawl(self) -> int | None:
        """The latest run that visited a board; an import visits none."""
        visiting = "SELECT 1 FROM visit WHERE visit.run = run.id"
        query = f"SELECT id FROM run WHERE state != 'imported' AND EXISTS ({visiting}) ORDER BY id DESC LIMIT 1"
        return next((run for (run,) in self._rows(query)), None)

    def back_up(self) -> bool:
        """Keeps a copy from which `reachlist doctor` restores a file; a server's backups are the server's.

        False: the copy that is there has postings and this store has none, so it was left as it is.
        """
        if not self._rows(ANY) and self._database.rows_of_copy(ANY):
            return False
        self._database.back_up()
        return True

    def renew_backup(self) -> None:
        """The same, where the copy that is there is not as good."""
        if not self.is_backed_up():
            self.back_up()

    def is_backed_up(self) -> bool:
        """Whether the copy that is there lacks nothing but visits of a few runs, in which no posting changed."""
        latest, *rest = (self._rows(query) for query in COPIED)
        in_copy, *same = (self._database.rows_of_copy(query) for query in COPIED)
        return rest == same and latest[0][0] - in_copy[0][0] < LACKING

    # --- what is stored -------------------------------------------------------------------------------

    def known(self, board: str) -> dict[str, Posting]:
        """Ref -> posting of everything stored of a board, closed ones too."""
        rows = self._rows(f"SELECT {POSTING} FROM posting WHERE board = ?", board)
        return {posting.ref: posting for posting in map(storable.posting, rows)}

    def listings(self, states: Collection[State] = (State.OPEN, State.MISSING)) -> Iterator[Listing]:
        """Every posting in one of `states`, of all boards, in the order of their ids."""
        query = (
            f"SELECT {POSTING}, posting.state, posting.first_seen, postings.last_seen"
            " FROM posting JOIN postings USING (board, ref)"
            f" WHERE posting.state IN ({', '.join('?' * len(states))}) ORDER BY posting.board, posting.ref"
        )
        for row in self._database.stream(query, tuple(states)):
            *_, state, first_seen, last_seen = row
            yield Listing(storable.posting(row), State(state), first_seen, last_seen)

    def to_rank(self, version: str) -> Iterator[Found]:
        """What a list can be made of, in the order of their ids.

        Left out are postings that are closed, and those whose reading by this version of the reader is not wanted:
        their words are not even looked up.
        """
        return self._found(_PROVED, "posting.state != 'closed' AND coalesce(reading.wanted, 1) = 1", version)

    def to_read(self, version: str) -> Iterator[Found]:
        """What is not closed and was not read by this version of the reader, in the order of their ids."""
        return self._found(_PROVED, "posting.state != 'closed' AND reading.content IS NULL", version)

    def to_follow(self, version: str, since: str) -> Iterator[Found]:
        """The closed postings of openings that were listed, in the order of their ids.

        Those last seen `since` then, which the same job put up anew may follow, and whenever the user marked one.
        """
        return self._found("posting.last_seen", _FOLLOWED, version, since)

    def unproved(self, since: str) -> list[tuple[str, str, str]]:
        """(board, ref, when a visit last proved it) of what is not closed and none proved `since` then, in order."""
        query = f"SELECT posting.board, posting.ref, {_PROVED} {_STANDING} WHERE {_STANDS} AND {_PROVED} < ?"
        return sorted(map(tuple, self._rows(query, since)))

    def count_to_follow(self, since: str) -> int:
        """How many are in `to_follow`."""
        return self._rows(f"SELECT count(*) {_STANDING} WHERE {_FOLLOWED}", since)[0][0]

    def _found(self, proved: str, where: str, *values: str) -> Iterator[Found]:
        query = (
            f"SELECT {POSTING}, posting.state, posting.first_seen, {proved}, posting.content, reading.body"
            f" {_STANDING} {_READ} WHERE {where}"
        )
        for row in self._paged(query, *values):
            *_, state, first_seen, last_seen, content, body = row
            yield Listing(storable.posting(row), State(state), first_seen, last_seen), content, body

    def _paged(self, query: str, *values: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a question of postings, board and ref first, in the order of their ids.

        Between two pages no answer is open: what is written meanwhile is in later ones, and need not wait in the log.
        """
        after = ("", "")
        page = f"{query} AND (posting.board, posting.ref) > (?, ?) ORDER BY posting.board, posting.ref LIMIT {PAGE}"
        while found := self._rows(page, *values, *after):
            yield from found
            after = found[-1][:2]

    def readings(self, version: str) -> Iterator[tuple[str, str, str, str]]:
        """(board, ref, company, reading as JSON) of all that is not closed and read, in the order of their ids."""
        query = (
            f"SELECT posting.board, posting.ref, posting.company, reading.body {_STANDING} {_READ}"
            " WHERE posting.state != 'closed' AND reading.body IS NOT NULL ORDER BY posting.board, posting.ref"
        )
        return self._database.stream(query, (version,))

    def read_of(self, version: str, board: str, refs: Iterable[str]) -> Iterator[tuple[Posting, str]]:
        """(posting, reading as JSON) of those of `readings` that stand on a board under these refs, in their order."""
        for some in batched(refs, ASKED):
            query = (
                f"SELECT {POSTING}, reading.body {_STANDING} {_READ} WHERE posting.board = ?"
                f" AND posting.ref IN ({', '.join('?' * len(some))}) AND reading.body IS NOT NULL ORDER BY posting.ref"
            )
            for row in self._rows(query, version, board, *some):
                yield storable.posting(row), row[-1]

    def unread(self, version: str) -> int:
        """How many of `to_rank` have no reading by this version of the reader."""
        query = f"SELECT count(*) {_STANDING} {_READ} WHERE posting.state != 'closed' AND reading.content IS NULL"
        return self._rows(query, version)[0][0]

    def was_read(self, version: str) -> Iterator[tuple[str, Posting]]:
        """(content hash, posting) of every posting that this version of the reader has read, in order."""
        query = f"SELECT {POSTING}, posting.content FROM posting JOIN reading USING (content) WHERE reading.version = ?"
        for row in self._paged(query, version):
            yield row[-1], storable.posting(row)

    def on_boards(self) -> dict[str, int]:
        """Board -> how many postings it carries that are not closed."""
        return dict(self._rows(f"SELECT board, count(*) FROM posting WHERE {_STANDS} GROUP BY board"))

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
        """(ref, reason, evidence) of the records of a visit that could not be read in full."""
        return self._rows("SELECT ref, reason, evidence FROM rejected WHERE board = ? AND at = ?", board, at)

    def health(self, limit: int = 10) -> list[BoardHealth]:
        """How every board that was ever visited has fared, by id, with its latest `limit` visits."""
        visits: dict[str, list[Visit]] = {}
        for board, at, verdict, *rest in self._rows(
            f"SELECT board, {_VISIT} FROM (SELECT *, row_number() OVER"
            " (PARTITION BY board ORDER BY at DESC, run DESC) AS age FROM visit) AS aged WHERE age <= ?"
            " ORDER BY board, age",
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
            db.executemany("UPDATE board SET wanted = 1 WHERE id = ? AND wanted = 0", [(b,) for b in boards])

    def drift(self, run: int) -> list[str]:
        """A sentence for every field that a platform of the run fills in much less often than before.

        What a platform fills in is what was read of it last: an unchanged board is what it was.
        """
        alarms = []
        enough, share_of = f"total >= {lifecycle.LEAST_POSTINGS}", "CAST(filled AS DOUBLE PRECISION) / total"
        visited = "SELECT platform FROM board JOIN visit ON visit.board = board.id WHERE visit.run = ?"
        latest = f"SELECT platform, max(run) AS run FROM coverage WHERE run <= ? AND {enough} GROUP BY platform"
        for platform, name, share, seen in self._rows(
            f"SELECT platform, field, {share_of}, run FROM coverage JOIN ({latest}) AS latest USING (platform, run)"
            f" WHERE platform IN ({visited}) AND {enough}",
            run,
            run,
        ):
            earlier = self._rows(
                f"SELECT {share_of} FROM coverage WHERE platform = ? AND field = ? AND run < ? AND {enough}"
                " ORDER BY run DESC LIMIT ?",
                platform,
                name,
                seen,
                lifecycle.HISTORY,
            )
            if lifecycle.fell(share, [row[0] for row in earlier]):
                usual = median(row[0] for row in earlier)
                alarms.append(f"{platform}: only {share:.0%} of the postings have a {name}, where {usual:.0%} is usual")
        return alarms
