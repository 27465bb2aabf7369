"""Whatever comes: any history of visits leaves a sound store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.models import Pay, Snapshot, State, Verdict
from pipeline.store import Store
from tests.store.days import BOARD, day, posting, seen, states

IN_MEMORY = Path(":memory:")  # the same store without waiting for a disk
REFS = st.sets(st.sampled_from([f"r{number}" for number in range(12)]))
SNAPSHOTS = st.lists(st.tuples(st.sampled_from(list(Verdict)), REFS, REFS), max_size=12)


@settings(max_examples=60, deadline=None)
@given(visits=SNAPSHOTS, twice=st.sets(st.integers(0, 11)))
def test_committing_again_never_matters(
    tmp_path_factory: pytest.TempPathFactory, visits: list, twice: set[int]
) -> None:
    """Two stores that got the same snapshots, one of them some twice, hold the same."""
    with Store(IN_MEMORY) as once, Store(IN_MEMORY) as again:
        for one in (once, again):
            run = one.begin_run(day(0))
            for number, (verdict, refs, gone) in enumerate(visits):
                snapshot = seen(number, *sorted(refs), verdict=verdict, gone=tuple(sorted(gone)))
                for _ in range(2 if one is again and number in twice else 1):
                    one.commit(run, snapshot)
        assert list(once.listings(tuple(State))) == list(again.listings(tuple(State)))
        assert once.history(BOARD.id, 99) == again.history(BOARD.id, 99)


@settings(max_examples=60, deadline=None)
@given(visits=SNAPSHOTS)
def test_a_posting_is_only_closed_on_proof(visits: list) -> None:
    """Closed means: its own page was gone, or two believed listings in a row did not show it."""
    with Store(IN_MEMORY) as store:
        run = store.begin_run(day(0))
        misses: dict[str, int] = {}
        for number, (verdict, refs, gone) in enumerate(visits):
            listed = set() if verdict in (Verdict.FAILED, Verdict.UNCHANGED) else refs
            before = states(store)
            store.commit(run, seen(number, *sorted(listed), verdict=verdict, gone=tuple(sorted(gone))))
            believed = store.history(BOARD.id, 1)[0].verdict is Verdict.COMPLETE
            for ref, state in states(store).items():
                misses[ref] = 0 if ref in listed else misses.get(ref, 0) + believed
                if state is State.CLOSED and before.get(ref) is not State.CLOSED:
                    assert misses[ref] >= 2 or ref in gone
                if ref in listed:
                    assert state is State.OPEN


@settings(max_examples=100, deadline=None)
@given(text=st.text(st.characters(codec=None), max_size=60), pay=st.floats() | st.integers())
def test_any_text_is_stored_or_refused(text: str, pay: float) -> None:
    with Store(IN_MEMORY) as store:
        odd = posting("a", title=text, description=text, requisition=text, pay=Pay(pay, pay, "USD", "hour"))
        changes = store.commit(store.begin_run(day(0)), Snapshot(BOARD, day(0), Verdict.COMPLETE, (odd, posting("b"))))
        rejected = store.rejected(BOARD.id, day(0))
        assert changes.new + len(rejected) == 2
        for listing in store.listings():
            json.dumps(listing.posting.title, ensure_ascii=False).encode()
