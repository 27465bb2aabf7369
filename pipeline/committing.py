"""What one visit saw becomes rows, in one transaction: postings, their events, the visit, its evidence.

For store.py alone. Whether a posting is missing or closed is lifecycle.py's to say.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from operator import attrgetter
from typing import Any

from pipeline import lifecycle, storable
from pipeline.database import Statements
from pipeline.lifecycle import Judgement, Past
from pipeline.models import Board, Posting, Snapshot, State, Verdict
from pipeline.tables import Tables, Validators, forget_validators, keep_facts, keep_validators

POSTING = ", ".join(f"posting.{name}" for name in storable.COLUMNS)
_WORDS = (*storable.COLUMNS, "text", "digest", "content")  # what a posting says, and what follows from it
_NEW = (*_WORDS, "state", "first_seen", "last_seen")
_INSERT = f"INSERT INTO posting ({', '.join(_NEW)}) VALUES ({', '.join('?' * len(_NEW))})"
_COVERED = {"title": "title", "location": "locations", "date": "posted", "text": "description", "URL": "url"}
_covered = attrgetter(*_COVERED.values())
_DESCRIPTION = storable.COLUMNS.index("description")
PROOF = (Verdict.COMPLETE, Verdict.UNCHANGED)  # of all that is open on the board


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


class VisitTables(Tables):
    """The tables that a visit writes."""

    _plain: Callable[[str], str] | None = None

    def commit(self, run: int, snapshot: Snapshot, *, validators: Mapping[str, Validators] | None = None) -> Changes:
        """Stores what one visit saw, in one transaction; the same snapshot again changes nothing.

        `validators` (by URL) are kept only where the whole listing was believed and no posting is left
        missing, so that the visit that would close it sees the listing again, not a "not modified".
        """
        snapshot = storable.storable(snapshot)
        board, rows = snapshot.board.id, list(map(storable.row, snapshot.postings))
        digests = list(map(storable.digest, rows))
        fingerprint = storable.fingerprint(snapshot, digests)
        with self._transaction() as db:
            _save_board(db, snapshot.board)
            if _latest_fingerprint(db, board) == fingerprint:
                judgement, changes = Judgement(snapshot.verdict, snapshot.reason), Changes()
            else:
                stored = _stored(db, board)
                judgement = lifecycle.judge(snapshot, stored.past)
                changed = self._save_words(db, snapshot, zip(rows, digests, strict=True), stored.digests)
                changes = _save_steps(db, snapshot, judgement, changed, stored)
                if judgement.doubted != stored.past.doubted:
                    _save_doubt(db, board, judgement)
                _save_rejected(db, snapshot)
                if snapshot.postings:
                    _save_coverage(db, run, snapshot)
                keep_facts(db, snapshot.facts)
                if judgement.verdict in PROOF:
                    db.execute("UPDATE board SET confirmed = ? WHERE id = ?", (snapshot.at, board))
                    if judgement.missing:
                        forget_validators(db, validators or ())
                    else:
                        keep_validators(db, validators or {})
            _save_visit(db, run, snapshot, judgement, changes=changes, fingerprint=fingerprint)
        return changes

    def _save_words(
        self, db: Statements, snapshot: Snapshot, rows: Iterable[tuple[storable.Row, str]], stored: Mapping[str, str]
    ) -> list[tuple[str, str]]:
        """Stores what the postings say, of (row, digest); (ref, event) of those that say something else than before."""
        fresh, changed = [], []
        for posting, (row, digest) in zip(snapshot.postings, rows, strict=True):
            if posting.ref not in stored:
                fresh.append((*self._values(row, digest), State.OPEN, snapshot.at, snapshot.at))
            elif stored[posting.ref] != digest and (different := self._replace(db, posting, row, digest)):
                changed.append((posting.ref, f"changed: {', '.join(different)}"))
        db.executemany(_INSERT, fresh)
        return changed

    def _values(self, row: storable.Row, digest: str) -> tuple[Any, ...]:
        """The values of _WORDS; a description that is its own plain text is stored once."""
        description = row[_DESCRIPTION] or ""
        text = self._plain(description) if self._plain else None
        return *row, None if text == description else text, digest, storable.content(row)

    def _replace(self, db: Statements, posting: Posting, row: storable.Row, digest: str) -> list[str]:
        """Stores a posting's words over those stored before; the fields that differ."""
        where = (posting.board, posting.ref)
        before = storable.posting(
            db.execute(f"SELECT {POSTING} FROM posting WHERE board = ? AND ref = ?", where).fetchone()
        )
        db.execute(
            f"UPDATE posting SET {', '.join(f'{name} = ?' for name in _WORDS)} WHERE board = ? AND ref = ?",
            (*self._values(row, digest), *where),
        )
        return [name for name in storable.COLUMNS if getattr(before, name) != getattr(posting, name)]


def _save_steps(
    db: Statements,
    snapshot: Snapshot,
    judgement: Judgement,
    changed: Sequence[tuple[str, str]],
    stored: _Stored,
) -> Changes:
    """Stores what became of each posting. That a whole listing shows it open as before, `confirmed` says for all."""
    board, at, states = snapshot.board.id, snapshot.at, stored.past.states
    proved = State.OPEN if judgement.verdict is Verdict.COMPLETE else None
    db.executemany(
        "UPDATE posting SET state = 'open', last_seen = ? WHERE board = ? AND ref = ?",
        [(at, board, ref) for ref in judgement.seen if ref in states and states[ref] is not proved],
    )
    steps = {name: sorted(getattr(judgement, name)) for name in ("new", "missing", "closed", "reopened")}
    for state in (State.MISSING, State.CLOSED):
        db.executemany(
            "UPDATE posting SET state = ?, last_seen ="
            " CASE WHEN state = 'open' AND last_seen < ? THEN ? ELSE last_seen END WHERE board = ? AND ref = ?",
            [(state, stored.confirmed, stored.confirmed, board, ref) for ref in steps[state]],
        )
    events = [(ref, what) for what, refs in steps.items() for ref in refs]
    db.executemany(
        "INSERT INTO event (board, ref, at, what) VALUES (?, ?, ?, ?)",
        [(board, ref, at, what) for ref, what in (*events, *changed)],
    )
    return Changes(changed=len(changed), **{what: len(refs) for what, refs in steps.items()})


def _save_board(db: Statements, board: Board) -> None:
    db.execute(
        "INSERT INTO board (id, platform, slug, company) VALUES (?, ?, ?, ?) ON CONFLICT (id)"
        " DO UPDATE SET company = excluded.company WHERE board.company != excluded.company",
        (board.id, board.platform, board.slug, board.company),
    )


def _latest_fingerprint(db: Statements, board: str) -> str | None:
    row = db.execute(
        "SELECT fingerprint FROM visit WHERE board = ? ORDER BY at DESC, run DESC LIMIT 1", (board,)
    ).fetchone()
    return row[0] if row else None


@dataclass(frozen=True, slots=True)
class _Stored:
    """What is stored of a board before a visit."""

    digests: Mapping[str, str]  # by ref
    confirmed: str  # when a visit last proved all that is open; "": none did
    past: Past


def _stored(db: Statements, board: str) -> _Stored:
    found = db.execute("SELECT ref, digest, state FROM posting WHERE board = ?", (board,)).fetchall()
    sizes = db.execute(
        "SELECT listed FROM visit WHERE board = ? AND verdict = 'complete' AND listed IS NOT NULL"
        " ORDER BY at DESC, run DESC LIMIT ?",
        (board, lifecycle.HISTORY),
    )
    confirmed, doubted = db.execute("SELECT confirmed, doubted FROM board WHERE id = ?", (board,)).fetchone()
    past = Past(
        {ref: State(state) for ref, _, state in found},
        [row[0] for row in sizes],
        None if doubted is None else frozenset(json.loads(doubted)),
    )
    return _Stored({ref: digest for ref, digest, _ in found}, confirmed or "", past)


def _save_doubt(db: Statements, board: str, judgement: Judgement) -> None:
    doubted = None if judgement.doubted is None else json.dumps(sorted(judgement.doubted))
    db.execute("UPDATE board SET doubted = ? WHERE id = ?", (doubted, board))


def _save_rejected(db: Statements, snapshot: Snapshot) -> None:
    if snapshot.rejected:
        db.execute("DELETE FROM rejected WHERE board = ?", (snapshot.board.id,))  # the latest are evidence enough
    db.executemany(
        "INSERT INTO rejected VALUES (?, ?, ?, ?, ?)",
        [(snapshot.board.id, snapshot.at, r.ref, r.reason, r.evidence) for r in snapshot.rejected],
    )


def _save_coverage(db: Statements, run: int, snapshot: Snapshot) -> None:
    platform, total = snapshot.board.platform, len(snapshot.postings)
    columns = zip(*map(_covered, snapshot.postings), strict=True)
    db.executemany(
        "INSERT INTO coverage VALUES (?, ?, ?, ?, ?) ON CONFLICT (run, platform, field)"
        " DO UPDATE SET filled = coverage.filled + excluded.filled, total = coverage.total + excluded.total",
        [(run, platform, name, sum(map(bool, column)), total) for name, column in zip(_COVERED, columns, strict=True)],
    )


def _save_visit(
    db: Statements,
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
    db.execute(
        "INSERT INTO visit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
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
