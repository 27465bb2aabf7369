"""Ninety days of a board with one bad visit in ten: the store ends equal to the truth."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.models import Board, Posting, Snapshot, State, Verdict
from pipeline.store import Store
from tests.conftest import Figure

BOARD = Board("greenhouse", "mottle", "Mottle")
START = datetime(2026, 8, 1, 8, tzinfo=UTC)
DAYS = 90
BAD = 0.1


def world(chance: random.Random) -> Iterator[set[int]]:
    """What truly stands on the board, day by day; it ends with days on which nothing moves."""
    standing, latest = set(range(30)), 30
    for number in range(DAYS):
        if number < DAYS - 14:
            standing = {ref for ref in standing if chance.random() > 0.02}
            added = chance.choice([0, 0, 1, 2])
            standing |= set(range(latest, latest + added))
            latest += added
        yield set(standing)


def visit(standing: set[int], at: str, chance: random.Random) -> Snapshot:
    """What one visit brings: mostly the truth, else one of the ways in which a visit goes bad."""

    def saw(verdict: Verdict, refs: set[int], reason: str | None = None) -> Snapshot:
        postings = tuple(
            Posting(BOARD.id, str(ref), f"https://jobs.example/{ref}", f"Intern {ref}", "Mottle", "")
            for ref in sorted(refs)
        )
        return Snapshot(BOARD, at, verdict, postings, reason=reason)

    if chance.random() > BAD:
        return saw(Verdict.COMPLETE, standing)
    some = set(chance.sample(sorted(standing), int(len(standing) * chance.uniform(0, 0.65))))
    return chance.choice(
        [
            saw(Verdict.FAILED, set(), "answered 500"),
            saw(Verdict.PARTIAL, some, "page 2: answered 500"),
            saw(Verdict.COMPLETE, set()),  # an error page in the shape of an empty listing
            saw(Verdict.COMPLETE, some),  # a listing cut short that looks whole
        ]
    )


def test_no_posting_is_closed_that_lives_and_none_lives_that_is_closed(long_form: bool, figure: Figure) -> None:
    closings = 0
    for seed in range(20 if long_form else 5):
        chance = random.Random(seed)
        closed_at: dict[str, int] = {}
        left_at: dict[str, int] = {}
        believed: list[int] = []
        with Store(Path(":memory:")) as store:
            run = store.begin_run(START.isoformat())
            before: dict[str, State] = {}
            for number, standing in enumerate(world(chance)):
                store.commit(run, visit(standing, (START + timedelta(days=number)).isoformat(), chance))
                if store.history(BOARD.id, 1)[0].verdict is Verdict.COMPLETE:
                    believed.append(number)
                after = {one.posting.ref: one.state for one in store.listings(tuple(State))}
                for ref, state in after.items():
                    if int(ref) in standing:
                        assert state is not State.CLOSED, f"seed {seed}, day {number}: {ref} lives"
                        left_at.pop(ref, None)
                        closed_at.pop(ref, None)
                    else:
                        left_at.setdefault(ref, number)
                        if state is State.CLOSED and before.get(ref) is not State.CLOSED:
                            closed_at[ref] = number
                before = after
            assert {int(ref) for ref, state in before.items() if state is State.OPEN} == standing
            assert {ref for ref, state in before.items() if state is State.CLOSED} == set(left_at) == set(closed_at)
            for ref, closed in closed_at.items():
                assert len([day for day in believed if left_at[ref] <= day <= closed]) <= 2
            closings += len(closed_at)
    figure(f"{seed + 1} seeds of {DAYS} days, {BAD:.0%} bad visits: {closings} true closings, 0 false, each within two")


@pytest.mark.parametrize("verdict", [Verdict.COMPLETE, Verdict.PARTIAL])
def test_a_board_that_truly_empties_is_closed_in_the_end(verdict: Verdict) -> None:
    with Store(Path(":memory:")) as store:
        run = store.begin_run(START.isoformat())
        for number in range(6):
            postings = tuple(Posting(BOARD.id, str(ref), "u", "t", "c", "") for ref in range(40 if number < 2 else 0))
            store.commit(run, Snapshot(BOARD, f"2026-08-0{number + 1}T00:00:00+00:00", verdict, postings))
        expected = State.CLOSED if verdict is Verdict.COMPLETE else State.OPEN
        assert {one.state for one in store.listings(tuple(State))} == {expected}
