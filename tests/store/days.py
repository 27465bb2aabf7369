"""Days on which a board was visited, and what another program would see in the store."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pipeline import database
from pipeline.models import Board, Mark, Opening, Posting, Snapshot, State, Verdict
from pipeline.store import Store

MARK = Mark("applied", "on Monday", (("Wörter", "“so”"), ("a", "1")))
BOARD = Board("greenhouse", "mottle", "Mottle")
SCHEMA = (database.MIGRATIONS / "0001.sql").read_text(encoding="utf-8")
TABLES = sorted({*re.findall(r"CREATE TABLE (\w+)", SCHEMA)} - {"visit"})
START = datetime(2026, 11, 1, 8, tzinfo=UTC)


def day(number: int) -> str:
    return (START + timedelta(days=number)).isoformat()


def posting(ref: str, board: Board = BOARD, **fields: object) -> Posting:
    made = Posting(board.id, ref, f"https://jobs.example/{ref}", f"Intern {ref}", board.company, f"<p>Do {ref}</p>")
    return replace(made, **fields)  # type: ignore[arg-type]


def seen(number: int, *refs: str, verdict: Verdict = Verdict.COMPLETE, **fields: object) -> Snapshot:
    return Snapshot(BOARD, day(number), verdict, tuple(posting(ref) for ref in refs), **fields)  # type: ignore[arg-type]


def states(store: Store) -> dict[str, State]:
    return {one.posting.ref: one.state for one in store.listings(tuple(State))}


def everything(store: Store) -> list[str]:
    """All that is stored but visits, as text."""
    return sorted(f"{name} {tuple(row)}" for name in TABLES for row in rows(store, f"SELECT * FROM {name}"))


def rows(store: Store, query: str) -> list[Any]:
    """What another program would see."""
    return store._database.rows(query)


def read_by(store: Store, version: str) -> list[str | None]:
    """The readings by one version of the reader, in the order of the postings."""
    return [body for _, _, body in store.to_rank(version)]


def stored_opening(store: Store, identity: str, *refs: str) -> Opening:
    by_ref = {one.posting.ref: one for one in store.listings(tuple(State))}
    return Opening(identity, tuple(by_ref[ref] for ref in refs))


@contextmanager
def writes_told(store: Store) -> Iterator[list[str]]:
    """The statements that wrote anything within the block, one for each row."""
    written: list[str] = []

    class Told:
        def __init__(self, statements: Any) -> None:
            self._statements = statements

        def execute(self, statement: str, values: Any = ()) -> Any:
            if not statement.startswith("SELECT"):
                written.append(statement)
            return self._statements.execute(statement, values)

        def executemany(self, statement: str, values: Any) -> None:
            if several := list(values):
                written.extend(statement for _ in several)
                self._statements.executemany(statement, several)

    transaction = store._database.transaction

    @contextmanager
    def telling() -> Iterator[Told]:
        with transaction() as statements:
            yield Told(statements)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(store._database, "transaction", telling)
        yield written


def named_rows(answer: Any) -> list[dict[str, Any]]:
    """The rows of an answer of either database, by column."""
    cursor = getattr(answer, "cursor", answer)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
