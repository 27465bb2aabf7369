"""One transaction per board, the same snapshot twice changes nothing, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.models import Board, Candidate, EmployerFact, Listing, Pay, Rejected, Snapshot, State, Verdict
from pipeline.store import Changes, Store, Visited
from tests.store.days import BOARD, day, everything, posting, rows, seen, states, writes_told


def test_a_posting_comes_back_as_the_board_said_it(store: Store, run: int) -> None:
    full = posting(
        "1",
        locations=("Zürich", "Genève"),
        workplace="hybrid",
        pay=Pay(30, 45.5, "CHF", "hour"),
        posted="2026-10-01",
        deadline="2026-12-01",
        apply_url="https://jobs.example/1/apply",
        language="de",
        requisition="R-7",
    )
    store.commit(run, Snapshot(BOARD, day(0), Verdict.COMPLETE, (full,)))
    assert list(store.listings()) == [Listing(full, State.OPEN, day(0), day(0))]
    assert store.known(BOARD.id) == {"1": full}


def test_a_description_that_is_plain_text_already_is_stored_once(store: Store, run: int) -> None:
    store.commit(run, Snapshot(BOARD, day(0), Verdict.COMPLETE, (posting("a", description="Do a"), posting("b"))))
    assert rows(store, "SELECT text FROM posting ORDER BY ref") == [(None,), ("Do b",)]
    assert rows(store, "SELECT text FROM postings ORDER BY ref") == [("Do a",), ("Do b",)]


def test_facts_about_employers_and_candidates_are_kept_once(store: Store, run: int) -> None:
    fact = EmployerFact("Fen Robotics", "YC directory", "1-10", "https://fen.example", ("Fenbot",))
    store.commit(run, seen(0, facts=(fact,)))
    store.commit(run, seen(1, facts=(replace(fact, size="11-50"),)))
    assert store.employer_facts() == (replace(fact, size="11-50"),)
    first = Candidate("ashby/fen", "simplify/list", "https://jobs.ashbyhq.com/fen/1", "Fen", day(0))
    store.remember([first])
    store.remember([replace(first, first_seen=day(1)), replace(first, seen_in="hackernews/all", first_seen=day(1))])
    assert store.candidates() == [first, replace(first, seen_in="hackernews/all", first_seen=day(1))]


def test_the_life_of_a_posting(store: Store, run: int) -> None:
    kept = [str(number) for number in range(9)]
    for number, refs in enumerate([["a", *kept], kept, kept, ["a", *kept]]):
        store.commit(run, seen(number, *refs))
    assert store.events(BOARD.id, "a") == [
        (day(0), "new"),
        (day(1), "missing"),
        (day(2), "closed"),
        (day(3), "reopened"),
    ]
    (listing,) = (one for one in store.listings() if one.posting.ref == "a")
    assert (listing.state, listing.first_seen, listing.last_seen) == (State.OPEN, day(0), day(3))


def test_what_the_board_changes_is_named(store: Store, run: int) -> None:
    store.commit(run, seen(0, "a", "b"))
    changed = (posting("a", title="Research Intern", locations=("Bern",)), posting("b"))
    assert store.commit(run, Snapshot(BOARD, day(1), Verdict.COMPLETE, changed)) == Changes(changed=1)
    assert store.events(BOARD.id, "a")[-1] == (day(1), "changed: title, locations")
    assert store.known(BOARD.id)["a"].title == "Research Intern"


def test_an_unchanged_board_proves_its_postings_open(store: Store, run: int) -> None:
    store.commit(run, seen(0, "a"))
    store.commit(run, seen(5, verdict=Verdict.UNCHANGED))
    assert [one.last_seen for one in store.listings()] == [day(5)]


def test_an_unchanged_board_costs_no_write_but_its_visit(store: Store, run: int) -> None:
    store.commit(run, seen(0, "a"))
    with writes_told(store) as written:
        store.commit(run, seen(1, verdict=Verdict.UNCHANGED))
    assert [" ".join(statement.split()[:3]) for statement in written] == [
        "INSERT INTO board",  # where there is none yet
        "UPDATE board SET",  # when its postings were last proved open
        "INSERT INTO visit",
    ]


def test_the_same_listing_on_another_day_writes_no_posting_again(store: Store, run: int) -> None:
    store.commit(run, seen(0, "a", "b"))
    with writes_told(store) as written:
        store.commit(run, seen(1, "a", "b"))
    assert not [statement for statement in written if "posting" in statement]
    assert [one.last_seen for one in store.listings()] == [day(1), day(1)]


def test_a_posting_that_goes_missing_was_last_seen_where_its_board_was_last_proved(store: Store, run: int) -> None:
    store.commit(run, seen(0, "a", "b"))
    store.commit(run, seen(1, "a", "b"))
    store.commit(run, seen(2, verdict=Verdict.UNCHANGED))
    store.commit(run, seen(3, "a"))
    store.commit(run, seen(4, verdict=Verdict.UNCHANGED))
    assert {one.posting.ref: one.last_seen for one in store.listings()} == {"a": day(4), "b": day(2)}
    store.commit(run, seen(5, "a", "b"))
    assert states(store) == {"a": State.OPEN, "b": State.OPEN}
    assert {one.last_seen for one in store.listings()} == {day(5)}


def test_what_was_only_partly_listed_or_doubted_is_no_proof_of_the_rest(store: Store, run: int) -> None:
    store.commit(run, seen(0, "a", "b"))
    store.commit(run, seen(1, "a", verdict=Verdict.PARTIAL))
    for _ in range(2):
        store.commit(run, seen(2))
    assert store.history(BOARD.id, 1)[0].verdict is Verdict.SUSPECT
    assert {one.posting.ref: one.last_seen for one in store.listings()} == {"a": day(1), "b": day(0)}
    assert store.unproved(day(1)) == [(BOARD.id, "b", day(0))] and store.unproved(day(0)) == []


def test_the_verdict_stored_is_the_one_that_was_judged(store: Store, run: int) -> None:
    store.commit(run, seen(0, "a", "b"))
    store.commit(run, seen(1))
    assert [visit.verdict for visit in store.history(BOARD.id)] == [Verdict.SUSPECT, Verdict.COMPLETE]
    assert "empty" in (store.history(BOARD.id)[0].reason or "")


def test_what_a_visit_listed_is_counted_where_the_board_does_not(store: Store, run: int) -> None:
    store.commit(run, seen(0, "a", "b"))
    store.commit(run, seen(1))
    store.commit(run, seen(2, "a", verdict=Verdict.PARTIAL))
    store.commit(run, seen(3, "a", "b", listed=7))
    assert [visit.listed for visit in store.history(BOARD.id)] == [7, None, 0, 2]


def test_changes_add_up() -> None:
    assert Changes(1, 2, 3, 4, 5) + Changes(10, 20, 30, 40, 50) == Changes(11, 22, 33, 44, 55)
    assert Changes(1, 2, 3, 4, 5).total == 15


def test_the_same_snapshot_again_changes_nothing(store: Store, run: int) -> None:
    store.commit(run, seen(0, "a", "b", "c"))
    store.commit(run, seen(1, "a", "b"))
    before = everything(store)
    assert store.commit(run, seen(1, "a", "b")) == Changes()
    assert store.commit(store.begin_run(day(1)), seen(1, "a", "b")) == Changes()
    assert [line for line in everything(store) if not line.startswith("run ")] == [
        line for line in before if not line.startswith("run ")
    ]
    assert states(store)["c"] is State.MISSING


def test_boards_do_not_touch_each_other(store: Store, run: int) -> None:
    other = Board("lever", "mottle", "Mottle")
    store.commit(run, seen(0, "a"))
    store.commit(run, Snapshot(other, day(0), Verdict.COMPLETE, (posting("a", other),)))
    store.commit(run, Snapshot(other, day(1), Verdict.COMPLETE, gone=("a",)))
    assert [(one.posting.board, one.state) for one in store.listings(tuple(State))] == [
        (BOARD.id, State.OPEN),
        (other.id, State.CLOSED),
    ]


def test_a_commit_that_breaks_leaves_nothing(store: Store, run: int, monkeypatch: pytest.MonkeyPatch) -> None:
    store.commit(run, seen(0, "a"))
    before = everything(store)
    calls = iter(range(3))

    def break_later(text: str) -> str:
        if next(calls) == 2:
            raise KeyboardInterrupt
        return text

    monkeypatch.setattr(store, "_plain", break_later)
    with pytest.raises(KeyboardInterrupt):
        store.commit(run, seen(1, "a", "b", "c", "d"))
    assert everything(store) == before and len(store.history(BOARD.id)) == 1


def test_a_run_that_was_killed_is_known_by_the_next(store: Store, run: int) -> None:
    store.finish_run(store.begin_run(day(1)), day(1), "done")
    assert [(one.id, one.state) for one in store.runs()] == [(2, "done"), (1, "interrupted")]


def test_a_run_tells_what_it_saw_board_by_board(store: Store, run: int) -> None:
    other = Board("lever", "tarn", "Tarn")
    store.commit(run, seen(0, "a", "b", reason="of page 1", listed=3))
    store.commit(run, Snapshot(other, day(1), Verdict.FAILED, reason="answered 500"))
    assert store.visited(run) == [
        Visited(BOARD.id, day(0), Verdict.COMPLETE, 3, 0, "of page 1", Changes(new=2)),
        Visited(other.id, day(1), Verdict.FAILED, None, 0, "answered 500", Changes()),
    ]
    assert [(visit.at, visit.verdict) for visit in store.history(other.id)] == [(day(1), Verdict.FAILED)]


def test_the_same_listing_in_another_run_keeps_its_reason(store: Store, run: int) -> None:
    store.commit(run, Snapshot(BOARD, day(0), Verdict.PARTIAL, (posting("a"),), reason="page 2: answered 500"))
    store.commit(
        again := store.begin_run(day(0)), replace(seen(0, "a"), verdict=Verdict.PARTIAL, reason="page 2: answered 500")
    )
    assert [visit.reason for visit in store.visited(again)] == ["page 2: answered 500"]


def test_how_boards_fare_is_told_with_what_stands_on_them(store: Store, run: int) -> None:
    empty = Board("lever", "tarn", "Tarn")
    store.commit(run, seen(0, "a", "b"))
    store.commit(run, seen(1, "a", "b", "c"))
    store.commit(run, Snapshot(empty, day(0), Verdict.FAILED, reason="answered 500", status=500))
    store.set_wanted([empty.id])
    assert [(one.board, one.company, one.open, one.wanted) for one in store.health()] == [
        (BOARD.id, "Mottle", 3, False),
        (empty.id, "Tarn", 0, True),
    ]
    assert [[visit.at for visit in one.visits] for one in store.health()] == [[day(1), day(0)], [day(0)]]
    assert store.health(limit=1)[0].visits == tuple(store.history(BOARD.id, 1))
    (failed,) = store.health()[1].visits
    assert (failed.verdict, failed.reason, failed.status) == (Verdict.FAILED, "answered 500", 500)


def test_postings_are_counted_by_their_state(store: Store, run: int) -> None:
    store.commit(run, seen(0, "a", "b", "c"))
    store.commit(run, seen(1, "a", "b", gone=("c",)))
    assert (store.count(), store.count([State.CLOSED]), store.count(tuple(State))) == (2, 1, 3)


def test_lone_surrogates_and_nul_are_replaced(store: Store, run: int) -> None:
    odd = posting("a", title="Intern \ud83d\x00!", locations=("\udc00rt",), description="\x00")
    store.commit(run, Snapshot(BOARD, day(0), Verdict.COMPLETE, (odd,), reason="\ud800", gone=("\udfff",)))
    (listing,) = store.listings()
    assert listing.posting.title == "Intern \ufffd\ufffd!" and listing.posting.locations == ("\ufffdrt",)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title": "  "}, "it has no title"),
        ({"title": 7}, "title is no text"),
        ({"ref": " "}, "it has no id"),
        ({"description": None}, "description is no text"),
        ({"description": "x" * 400_001}, "description is longer than 400000 characters"),
        ({"locations": ("Bern", 3)}, "a location is no text"),
        ({"pay": Pay(10**400, 10**400, "USD", "year")}, "the pay is no amount of money"),
        ({"pay": Pay(0, 10**5000, "USD", "year")}, "the pay is no amount of money"),
        ({"pay": Pay(float("nan"), 1, "USD", "year")}, "the pay is no amount of money"),
        ({"board": "lever/mottle"}, "it belongs to another board, lever/mottle"),
    ],
)
def test_a_record_no_row_can_hold_is_that_records_error(
    store: Store, run: int, fields: dict[str, object], reason: str
) -> None:
    changes = store.commit(
        run, Snapshot(BOARD, day(0), Verdict.COMPLETE, (posting("a"), replace(posting("b"), **fields)))
    )  # type: ignore[arg-type]
    assert changes.new == 1 and list(states(store)) == ["a"]
    ((_, said, evidence),) = store.rejected(BOARD.id, day(0))
    assert said == reason and len(evidence) <= 2000
    assert store.visited(run)[0].rejected == 1


def test_a_ref_that_stands_twice_is_stored_once(store: Store, run: int) -> None:
    store.commit(run, Snapshot(BOARD, day(0), Verdict.COMPLETE, (posting("a"), posting("a", title="Other"))))
    assert [one.posting.title for one in store.listings()] == ["Intern a"]


def test_evidence_of_unreadable_records_is_kept_of_the_last_visit_that_had_any(store: Store, run: int) -> None:
    store.commit(run, seen(0, "a", rejected=(Rejected("no title", "{1}", "x"),)))
    store.commit(run, seen(1, "a", rejected=(Rejected("no title", "{2}", "x"),)))
    assert store.rejected(BOARD.id, day(0)) == []
    assert store.rejected(BOARD.id, day(1)) == [("x", "no title", "{2}")]
