"""Stores of several machines become one: every board's past as the store knows it that visited it last.

For the command `merge`; the store's own tables, and nothing of what they mean. No host is met from two machines
(crawlers/shards.py), so a board's rows come from one store; where stores overlap, the newer visit counts, in whatever
order they are named. Sources are read as they are at one moment, and never written to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from pipeline import database
from pipeline.database import Database, Statements
from pipeline.storable import content_hash_of_row
from pipeline.tables import Tables, batched

ROWS = 1000  # written at once
BOARD = ("id", "platform", "slug", "company", "confirmed", "wanted", "doubted")
OF_BOARDS = {  # replaced, board by board, which stands first
    "visit": "board, run, at, verdict, listed, ignored, rejected, reason, status, new, changed, missing, closed,"
    " reopened, fingerprint",
    "posting": "board, ref, url, title, company, description, locations, workplace, employment, department, pay,"
    " posted, updated, deadline, apply_url, language, requisition, text, digest, content, state, first_seen, last_seen",
    "event": "board, ref, at, what",
    "rejected": "board, at, ref, reason, evidence",
}
BY_KEY = {  # the row of the store that visited any board last counts
    "validator": ("url", "etag, last_modified, body_hash"),
    "robots": ("origin", "status, body, fetched_at"),
    "employer": ("name", "source, size, website, aliases"),
}
ORDER = {"event": " ORDER BY rowid"}
OUTWEIGHS = ("running", "interrupted", "done", "imported", "failed")  # of states of one run, the first
Last = tuple[str, int, str]  # when a board was visited last, how often it was, and what the last visit saw
Part = tuple[str, str]  # the day on which a run began, and a platform


@dataclass(slots=True)
class Known:
    """What one store knows."""

    rows: Database
    last: dict[str, Last] = field(default_factory=dict)  # by board
    visited: dict[Part, set[str]] = field(default_factory=lambda: defaultdict(set))  # the boards, part by part
    filled: dict[Part, dict[str, tuple[int, int]]] = field(default_factory=lambda: defaultdict(dict))  # as `coverage`

    @property
    def age(self) -> Last:
        """Greater for the store that visited any board later."""
        return max(self.last.values(), default=("", 0, ""))


def join(target: Tables, places: Iterable[Path | str]) -> int:
    """Takes in what the stores at `places` know, in one transaction; joining again changes nothing. How many boards.

    Runs that began on one day (UTC) are one run. Marks of the target stay; lists are made anew from it. Raises
    StoreError.
    """
    with ExitStack() as opened:
        there = [_known(opened.enter_context(_as_it_is(place))) for place in places]
        sources, here = sorted(there, key=lambda one: one.age), _known(target._database)
        with target._transaction() as db:
            runs = _join_runs(db, sources)
            for source, numbers in zip(sources, runs, strict=True):
                _join_boards(db, source, numbers, _newest(source, here, sources))
                _join_answers(db, source, source.age >= here.age)
            for source in reversed(sources):
                _join_rest(db, source)
            _join_coverage(db, [here, *sources])
    return len({board for source in sources for board in source.last})


def _as_it_is(place: Path | str) -> AbstractContextManager[Database]:
    if isinstance(place, Path):
        return database.as_it_is(place, {"content_hash": content_hash_of_row})
    from pipeline import server  # noqa: PLC0415 -- an optional extra

    return server.as_it_is(place)


def _known(rows: Database) -> Known:
    known = Known(rows)
    for board, at, fingerprint, started, platform in rows.stream(
        "SELECT visit.board, visit.at, visit.fingerprint, run.started, board.platform FROM visit"
        " JOIN run ON run.id = visit.run JOIN board ON board.id = visit.board ORDER BY visit.at, visit.run"
    ):
        known.last[board] = (at, known.last.get(board, ("", 0))[1] + 1, fingerprint)
        known.visited[_day(started), platform].add(board)
    query = "SELECT run.started, platform, field, filled, total FROM coverage JOIN run ON run.id = coverage.run"
    for started, platform, name, filled, total in rows.stream(query):
        so_far = known.filled[_day(started), platform]
        before = so_far.get(name, (0, 0))
        so_far[name] = (before[0] + filled, before[1] + total)
    return known


def _newest(source: Known, here: Known, sources: Sequence[Known]) -> set[str]:
    """The boards that no store knows better than this one, nor the target as well."""
    nothing = ("", 0, "")
    found = set()
    for board, last in source.last.items():
        others = [one.last.get(board, nothing) for one in sources if one is not source]
        if last > here.last.get(board, nothing) and last >= max(others, default=nothing):
            found.add(board)
    return found


def _join_runs(db: Statements, sources: Sequence[Known]) -> list[dict[int, int]]:
    """For every source, its runs' numbers -> the target's, which go on in the order of time."""
    rows = [one.rows.rows("SELECT started, id, finished, state FROM run") for one in sources]
    begun: dict[str, str] = {}
    for started, *_ in sorted(chain(*rows)):
        begun.setdefault(_day(started), started)
    here = _runs_by_day(db)
    new = sorted(started for day, started in begun.items() if day not in here)
    stood = sorted(db.execute("SELECT started, id FROM run").fetchall())
    after = max((run for _, run in stood), default=0) + 1
    if new and stood and new[0] < stood[-1][0]:  # an older past: all runs are numbered anew behind the last
        order = sorted([*stood, *((started, 0) for started in new)])
    else:
        order = [(started, 0) for started in new]
    for number, (started, old) in enumerate(order, after):
        if not old:
            db.execute("INSERT INTO run (id, started) VALUES (?, ?)", (number, started))
            continue
        db.execute("INSERT INTO run SELECT ?, started, finished, state FROM run WHERE id = ?", (number, old))
        for table in ("visit", "coverage"):
            db.execute(f"UPDATE {table} SET run = ? WHERE run = ?", (number, old))
        db.execute("DELETE FROM run WHERE id = ?", (old,))
    here = _runs_by_day(db)
    ends: dict[int, list[tuple[str | None, str]]] = defaultdict(list)
    for started, _, finished, state in chain(*rows):
        ends[here[_day(started)]].append((finished, state))
    for run, several in ends.items():
        finished = max((end for end, _ in several if end), default=None)
        state = min((state for _, state in several), key=OUTWEIGHS.index)
        db.execute("UPDATE run SET finished = ?, state = ? WHERE id = ?", (finished, state, run))
    return [{run: here[_day(started)] for started, run, *_ in some} for some in rows]


def _runs_by_day(db: Statements) -> dict[str, int]:
    """Day -> its last run."""
    return {_day(started): run for started, run in db.execute("SELECT started, id FROM run ORDER BY id").fetchall()}


def _day(at: str) -> str:
    """Machines that share a crawl begin it on one day."""
    return at[:10]


def _join_boards(db: Statements, source: Known, runs: dict[int, int], newest: Collection[str]) -> None:
    """Puts what a source knows of the boards it knows best in the place of what the target knows of them."""
    for table in OF_BOARDS:
        db.executemany(f"DELETE FROM {table} WHERE board = ?", [(board,) for board in sorted(newest)])
    boards = source.rows.rows(f"SELECT {', '.join(BOARD)} FROM board ORDER BY id")
    update = ", ".join(f"{name} = excluded.{name}" for name in BOARD if name not in ("id", "wanted"))
    _insert(db, "board", BOARD, (one for one in boards if one[0] in newest), f"ON CONFLICT (id) DO UPDATE SET {update}")
    for table, names in OF_BOARDS.items():
        rows = (
            row for row in source.rows.stream(f"SELECT {names} FROM {table}{ORDER.get(table, '')}") if row[0] in newest
        )
        if table == "visit":
            rows = ((board, runs[run], *rest) for board, run, *rest in rows)
        _insert(db, table, names.split(", "), rows, "ON CONFLICT DO NOTHING" if table == "visit" else "")


def _join_answers(db: Statements, source: Known, newer: bool) -> None:
    """Takes in what hosts answered and directories said; a source that is `newer` than the target is believed."""
    for table, (key, values) in BY_KEY.items():
        columns = [*key.split(", "), *values.split(", ")]
        update = ", ".join(f"{name} = excluded.{name}" for name in values.split(", "))
        rows = source.rows.stream(f"SELECT {', '.join(columns)} FROM {table}")
        _insert(db, table, columns, rows, f"ON CONFLICT ({key}) DO {f'UPDATE SET {update}' if newer else 'NOTHING'}")


def _join_rest(db: Statements, source: Known) -> None:
    """Takes in what is known of hosts, texts, boards nobody added and openings; what is there stays."""
    for table, columns in (("reader", ["version", "vocabulary"]),
                           ("reading", ["content", "version", "wanted", "body"]),
                           ("candidate", ["board", "seen_in", "url", "company", "first_seen"]),
                           ("mark", ["opening", "status", "note", "cells"])):  # fmt: skip
        rows = source.rows.stream(f"SELECT {', '.join(columns)} FROM {table}")
        _insert(db, table, columns, rows, "ON CONFLICT DO NOTHING")
    wanted = source.rows.rows("SELECT id FROM board WHERE wanted = 1 ORDER BY id")
    db.executemany("UPDATE board SET wanted = 1 WHERE id = ? AND wanted = 0", wanted)
    more = "count = CASE WHEN excluded.count > request.count THEN excluded.count ELSE request.count END"
    requests = source.rows.stream("SELECT day, host, count FROM request")
    _insert(db, "request", ["day", "host", "count"], requests, f"ON CONFLICT (day, host) DO UPDATE SET {more}")


def _join_coverage(db: Statements, stores: Sequence[Known]) -> None:
    """Adds up what stores counted in one run on one platform, each board once."""
    here, rows = _runs_by_day(db), []
    for part in sorted({part for store in stores for part in store.filled}):
        counted: set[str] = set()
        sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for store in sorted(stores, key=lambda one: len(one.visited[part]), reverse=True):
            if part not in store.filled or store.visited[part] & counted:
                continue
            counted |= store.visited[part]
            for name, counts in store.filled[part].items():
                sums[name] = [a + b for a, b in zip(sums[name], counts, strict=True)]
        rows += [(here[part[0]], part[1], name, *counts) for name, counts in sums.items()]
    update = "ON CONFLICT (run, platform, field) DO UPDATE SET filled = excluded.filled, total = excluded.total"
    _insert(db, "coverage", ["run", "platform", "field", "filled", "total"], rows, update)


def _insert(db: Statements, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], conflict: str) -> None:
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))}) {conflict}"
    for some in batched(rows, ROWS):
        db.executemany(statement, some)
