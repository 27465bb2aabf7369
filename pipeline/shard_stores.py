"""Stores of several machines become one: every board's past as the machine that visits it knows it.

For the command `merge`; the store's own tables, and nothing of what they mean. No host is met from two machines
(crawlers/shards.py), so a board's rows come from one store.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from pipeline.database import Statements
from pipeline.tables import Tables, batched

ROWS = 1000  # written at once
OF_BOARDS = {  # replaced, board by board
    "visit": "run, board, at, verdict, listed, ignored, rejected, reason, status, new, changed, missing, closed,"
    " reopened, fingerprint",
    "posting": "board, ref, url, title, company, description, locations, workplace, employment, department, pay,"
    " posted, updated, deadline, apply_url, language, requisition, text, digest, content, state, first_seen, last_seen",
    "event": "board, ref, at, what",
    "rejected": "board, at, ref, reason, evidence",
}
BY_KEY = {  # the source's row counts
    "validator": ("url", "etag, last_modified, body_hash"),
    "robots": ("origin", "status, body, fetched_at"),
    "request": ("day, host", "count"),
}
ORDER = {"event": " ORDER BY rowid"}
OUTWEIGHS = ("running", "interrupted", "done", "imported", "failed")  # of states of one run, the first


def join(target: Tables, sources: Sequence[Tables]) -> int:
    """Takes in what `sources` know, in one transaction; joining again changes nothing. How many boards that were.

    Runs that began at the same time are one run. Marks of the target stay; lists are made anew from it.
    """
    boards = 0
    with target._transaction() as db:
        numbers = _join_runs(db, sources)
        coverage: dict[tuple[Any, ...], list[int]] = {}
        for source, runs in zip(sources, numbers, strict=True):
            boards += _join_boards(db, source, runs)
            for table, (key, values) in BY_KEY.items():
                columns = [*key.split(", "), *values.split(", ")]
                update = ", ".join(f"{name} = excluded.{name}" for name in values.split(", "))
                rows = source._database.stream(f"SELECT {', '.join(columns)} FROM {table}")
                _insert(db, table, columns, rows, f"ON CONFLICT ({key}) DO UPDATE SET {update}")
            for table, columns in (("reader", ["version", "vocabulary"]),
                                   ("reading", ["content", "version", "wanted", "body"]),
                                   ("mark", ["opening", "status", "note"])):  # fmt: skip
                rows = source._database.stream(f"SELECT {', '.join(columns)} FROM {table}")
                _insert(db, table, columns, rows, "ON CONFLICT DO NOTHING")
            for run, platform, field, *counts in source._rows(
                "SELECT run, platform, field, filled, total FROM coverage"
            ):
                so_far = coverage.setdefault((runs[run], platform, field), [0, 0])
                so_far[:] = (a + b for a, b in zip(so_far, counts, strict=True))
        rows = ((*key, *counts) for key, counts in coverage.items())
        update = "ON CONFLICT (run, platform, field) DO UPDATE SET filled = excluded.filled, total = excluded.total"
        _insert(db, "coverage", ["run", "platform", "field", "filled", "total"], rows, update)
    return boards


def _join_runs(db: Statements, sources: Sequence[Tables]) -> list[dict[int, int]]:
    """For every source, its runs' numbers -> the target's."""
    rows = [one._rows("SELECT started, id, finished, state FROM run") for one in sources]
    here = dict(db.execute("SELECT started, id FROM run").fetchall())
    new = sorted({row[0] for some in rows for row in some} - here.keys())
    for run, started in enumerate(new, max(here.values(), default=0) + 1):
        db.execute("INSERT INTO run (id, started) VALUES (?, ?)", (run, started))
        here[started] = run
    ends: dict[int, list[tuple[str | None, str]]] = defaultdict(list)
    for started, _, finished, state in chain(*rows):
        ends[here[started]].append((finished, state))
    for run, several in ends.items():
        finished = max((end for end, _ in several if end), default=None)
        state = min((state for _, state in several), key=OUTWEIGHS.index)
        db.execute("UPDATE run SET finished = ?, state = ? WHERE id = ?", (finished, state, run))
    return [{run: here[started] for started, run, *_ in some} for some in rows]


def _join_boards(db: Statements, source: Tables, runs: dict[int, int]) -> int:
    """Puts what a source knows of its boards in the place of what the target knows of them; how many boards."""
    columns = ["id", "platform", "slug", "company", "confirmed", "wanted", "doubted"]
    boards = source._rows(f"SELECT {', '.join(columns)} FROM board ORDER BY id")
    for table in OF_BOARDS:
        db.executemany(f"DELETE FROM {table} WHERE board = ?", [(board[0],) for board in boards])
    update = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in ("id", "wanted"))
    keep_wanted = "wanted = CASE WHEN excluded.wanted > board.wanted THEN excluded.wanted ELSE board.wanted END"
    _insert(db, "board", columns, boards, f"ON CONFLICT (id) DO UPDATE SET {update}, {keep_wanted}")
    for table, names in OF_BOARDS.items():
        rows = source._database.stream(f"SELECT {names} FROM {table}{ORDER.get(table, '')}")
        if table == "visit":
            rows = ((runs[run], *rest) for run, *rest in rows)
        _insert(db, table, names.split(", "), rows, "")
    return len(boards)


def _insert(db: Statements, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], conflict: str) -> None:
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))}) {conflict}"
    for some in batched(rows, ROWS):
        db.executemany(statement, some)
