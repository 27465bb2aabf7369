"""The store: one transaction per board, the same snapshot twice changes nothing, and nothing is lost."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import database, storable
from pipeline.models import (
    Board,
    Candidate,
    EmployerFact,
    Listing,
    Mark,
    Opening,
    Pay,
    Posting,
    Rejected,
    Sheet,
    Snapshot,
    State,
    Verdict,
)
from pipeline.store import (
    ASKED,
    LACKING,
    Changes,
    DamagedStore,
    Listed,
    RobotsAnswer,
    Store,
    StoreError,
    Validators,
    Visited,
    content_hash,
)
from pipeline.tables import RESERVED, batched
from tests import postgresql

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


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | str]:
    if request.param == "sqlite":
        yield tmp_path / "reachlist.db"
    else:
        with postgresql.schema() as url:
            yield url


@pytest.fixture
def store(where: Path | str) -> Iterator[Store]:
    with Store(where, plain=lambda text: text.replace("<p>", "").replace("</p>", "")) as opened:
        yield opened


@pytest.fixture
def run(store: Store) -> int:
    return store.begin_run(day(0))


def states(store: Store) -> dict[str, State]:
    return {one.posting.ref: one.state for one in store.listings(tuple(State))}


def everything(store: Store) -> list[str]:
    """All that is stored but visits, as text."""
    return sorted(f"{name} {tuple(row)}" for name in TABLES for row in rows(store, f"SELECT * FROM {name}"))


def rows(store: Store, query: str) -> list[Any]:
    """What another program would see."""
    return store._database.rows(query)


# --- what a visit leaves behind -----------------------------------------------------------------------


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


# --- what no row can hold -----------------------------------------------------------------------------


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


# --- what the crawl remembers -------------------------------------------------------------------------

URL = "https://boards.example/mottle"
FRESH = {URL: Validators("etag", None, "hash")}


def test_validators_go_with_a_listing_that_was_believed(store: Store, run: int) -> None:
    store.commit(run, seen(0, "a"), validators=FRESH)
    assert store.validators(URL) == FRESH[URL]


def test_validators_of_a_listing_that_was_not_believed_are_not_kept(store: Store, run: int) -> None:
    store.commit(run, seen(0, "a"))
    store.commit(run, seen(1), validators=FRESH)
    assert store.validators(URL) is None


def test_while_a_posting_is_missing_the_board_is_asked_for_its_whole_listing(store: Store, run: int) -> None:
    """An answer "not modified" could never close it."""
    kept = [str(number) for number in range(9)]
    store.commit(run, seen(0, "a", *kept), validators=FRESH)
    store.commit(run, seen(1, *kept), validators=FRESH)
    assert store.validators(URL) is None
    store.commit(run, seen(2, *kept), validators=FRESH)
    assert store.validators(URL) == FRESH[URL] and states(store)["a"] is State.CLOSED


def test_requests_are_counted_per_day_and_host(store: Store) -> None:
    for key in [("2026-11-01", "a"), ("2026-11-01", "a"), ("2026-11-02", "a")]:
        store.count_request(*key)
    assert store.requests_on("2026-11-01", "a") == 2 and store.requests_on("2026-11-01", "b") == 0


def test_the_count_of_requests_outlives_the_run(where: Path | str) -> None:
    with Store(where) as first:
        run = first.begin_run(day(0))
        for _ in range(50):
            first.count_request("2026-11-01", "a")
        first.finish_run(run, day(0), "done")
        assert first.requests_on("2026-11-01", "a") == 50
        first.count_request("2026-11-01", "a")
    with Store(where) as second:
        assert second.requests_on("2026-11-01", "a") == 51


def test_a_store_that_cannot_be_written_any_more_closes_with_more_requests_counted_than_sent(tmp_path: Path) -> None:
    path = tmp_path / "reachlist.db"
    with Store(path) as store:
        store.count_request("2026-11-01", "a")
        rows(store, "PRAGMA query_only = ON")
    with Store(path) as store:
        assert store.requests_on("2026-11-01", "a") == RESERVED


def test_a_killed_run_never_counts_fewer_requests_than_it_sent(where: Path | str) -> None:
    with Store(where) as killed, Store(where) as beside:
        for sent in range(1, 70):
            killed.count_request("2026-11-01", "a")
            assert sent <= beside.requests_on("2026-11-01", "a") < sent + RESERVED


def test_robots_answers_are_kept_as_they_came(store: Store) -> None:
    answer = RobotsAnswer(200, b"\xef\xbb\xbfUser-agent: *\x00", day(0))
    store.save_robots("https://a.example", answer)
    assert store.robots("https://a.example") == answer and store.robots("https://b.example") is None


# --- what the ranking keeps ---------------------------------------------------------------------------


def read_by(store: Store, version: str) -> list[str | None]:
    """The readings by one version of the reader, in the order of the postings."""
    return [body for _, _, body in store.to_rank(version)]


def test_readings_are_kept_by_one_version_of_the_reader_with_its_vocabulary(store: Store, run: int) -> None:
    store.commit(run, seen(0, "a", "b"))
    first, second = (content for _, content, _ in store.to_rank("1"))
    assert store.readers() == set()
    store.keep_readings_by("1", "words")
    store.save_readings([(first, "{}", True), (second, "[]", True)], "1")
    assert store.readers() == {"1"} and store.vocabulary("1") == "words" and read_by(store, "1") == ["{}", "[]"]
    store.keep_readings_by("1", "words")
    assert read_by(store, "1") == ["{}", "[]"]
    store.keep_readings_by("2", "other words")
    assert store.readers() == {"2"} and read_by(store, "1") == read_by(store, "2") == [None, None]


def test_a_reading_that_still_holds_becomes_another_readers(store: Store, run: int) -> None:
    store.commit(run, seen(0, "a", "b", "c"))
    first, second, third = (content for _, content, _ in store.to_rank("1"))
    store.save_readings([(content, "old", True) for content in (first, second)], "1")
    store.save_readings([(second, "new", True)], "2")
    assert {(content, one.ref) for content, one in store.was_read("1")} == {(first, "a"), (second, "b")}
    assert store.count_read("1") == 2
    store.carry_over([first, second, third], "1", "2")
    assert read_by(store, "2") == ["old", "new", None] and read_by(store, "1") == [None, "old", None]


def test_what_is_known_to_be_unwanted_is_not_looked_up_again(store: Store, run: int) -> None:
    store.commit(run, seen(0, "a", "b", "c"))
    wanted, unwanted, _ = (content for _, content, _ in store.to_rank("1"))
    assert store.unread("1") == 3 and store.on_boards() == {BOARD.id: 3}
    store.save_readings([(wanted, "{}", True), (unwanted, "[]", False)], "1")
    assert [(one.posting.ref, body) for one, _, body in store.to_rank("1")] == [("a", "{}"), ("c", None)]
    assert store.unread("1") == 1 and store.on_boards() == {BOARD.id: 3}
    assert [body for _, _, body in store.to_rank("2")] == [None, None, None]


def test_what_is_left_to_read_has_no_reading_and_is_not_closed(store: Store, run: int) -> None:
    for number, refs in enumerate(["abcd", "abc", "abc"]):
        store.commit(run, seen(number, *refs))
    (first, *_), last = store.to_read("1"), day(2)
    store.save_readings([(first[1], "{}", True)], "1")
    found = [(one.posting.ref, one.state, one.first_seen, one.last_seen, body) for one, _, body in store.to_read("1")]
    assert found == [("b", State.OPEN, day(0), last, None), ("c", State.OPEN, day(0), last, None)]
    assert [one.posting.ref for one, _, _ in store.to_read("2")] == ["a", "b", "c"]


def test_what_is_read_page_by_page_is_all_of_it_in_order(
    store: Store, run: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.store.PAGE", 2)
    for number, board in enumerate((BOARD, replace(BOARD, slug="a"), replace(BOARD, slug="z"))):
        postings = tuple(posting(ref, board) for ref in "cab"[: number + 1])
        store.commit(run, Snapshot(board, day(0), Verdict.COMPLETE, postings))
    expected = ["greenhouse/a/a", "greenhouse/a/c", "greenhouse/mottle/c", *(f"greenhouse/z/{ref}" for ref in "abc")]
    assert [one.posting.id for one, _, _ in store.to_rank("1")] == expected
    once = []
    for one, content, _ in store.to_read("1"):  # the same words on a later page were read meanwhile
        once.append(one.posting.id)
        store.save_readings([(content, "{}", True)], "1")
    assert once == ["greenhouse/a/a", "greenhouse/a/c", "greenhouse/z/b"]
    assert [one.id for _, one in store.was_read("1")] == expected


def test_the_log_is_emptied_while_a_long_answer_is_read_and_its_readings_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.store.PAGE", 10)
    body, log = "x" * 100_000, tmp_path / "reachlist.db-wal"
    with Store(tmp_path / "reachlist.db") as store:
        store.commit(store.begin_run(day(0)), seen(0, *map(str, range(300))))
        longest = 0
        for batch in batched(store.to_rank("1"), 10):
            store.save_readings([(content, body, True) for _, content, _ in batch], "1")
            longest = max(longest, log.stat().st_size)
        assert read_by(store, "1") == [body] * 300
    assert longest < 300 * len(body) / 3


def test_what_was_read_is_found_by_board_and_ref(store: Store, run: int) -> None:
    for number, refs in enumerate(["bacd", "bac", "bac"]):
        store.commit(run, seen(number, *refs))
        store.save_readings([(content, f'"{one.posting.ref}"', True) for one, content, _ in store.to_read("1")], "1")
    assert list(store.readings("1")) == [(BOARD.id, ref, "Mottle", f'"{ref}"') for ref in "abc"]
    assert list(store.readings("2")) == []
    nobody = [f"nobody{number}" for number in range(ASKED)]
    found = store.read_of("1", BOARD.id, ["c", "a", *nobody, "b"])
    assert [(one, body) for one, body in found] == [(posting(ref), f'"{ref}"') for ref in "acb"]
    assert list(store.read_of("1", "greenhouse/other", ["a"])) == list(store.read_of("2", BOARD.id, ["a"])) == []


def test_a_closed_posting_of_an_opening_that_was_listed_is_followed_for_a_while(store: Store, run: int) -> None:
    for number, refs in enumerate(["abcd", "ab", "ab"]):
        store.commit(run, seen(number, *refs))
        store.save_openings([(stored_opening(store, ref, ref), None) for ref in "abc"])
    followed = [(one.posting.ref, one.state, one.last_seen) for one, _, _ in store.to_follow("1", day(0))]
    assert followed == [("c", State.CLOSED, day(0))]
    assert list(store.to_follow("1", day(1))) == []
    store.set_marks({"c": Mark("applied")})
    assert [one.posting.ref for one, _, _ in store.to_follow("1", day(1))] == ["c"], "the user's own is never dropped"


def test_what_no_visit_proved_for_long_is_ranked_and_known(store: Store, run: int) -> None:
    store.commit(run, seen(0, "a"))
    assert [one.last_seen for one, _, _ in store.to_rank("1")] == [day(0)] and store.on_boards() == {BOARD.id: 1}
    assert store.unproved(day(1)) == [(BOARD.id, "a", day(0))]
    store.commit(run, Snapshot(BOARD, day(2), Verdict.UNCHANGED))
    assert store.unproved(day(1)) == []


def test_a_store_of_the_first_shape_is_read_as_before(tmp_path: Path) -> None:
    path = tmp_path / "reachlist.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript(SCHEMA)
        db.execute("PRAGMA user_version = 1")
        db.execute(
            "INSERT INTO board (id, platform, slug, company) VALUES (?, 'greenhouse', 'mottle', 'M')", (BOARD.id,)
        )
        row = storable.row(posting("a", locations=("Bern",)))
        old = dict(zip(storable.COLUMNS, row, strict=True)) | {
            "digest": "", "state": "missing", "first_seen": day(0), "last_seen": day(1),
        }  # fmt: skip
        marks = ", ".join("?" * len(old))
        db.execute(f"INSERT INTO posting ({', '.join(old)}) VALUES ({marks})", tuple(old.values()))
    with Store(path) as store:
        ((listing, content, _),) = store.to_rank("1")
        assert listing == Listing(posting("a", locations=("Bern",)), State.MISSING, day(0), day(1))
        assert content == content_hash(listing.posting)


def test_postings_that_every_reader_reads_alike_have_one_hash() -> None:
    assert content_hash(posting("a")) == content_hash(replace(posting("a"), ref="b", url="x", updated=day(1)))
    assert content_hash(posting("a")) != content_hash(replace(posting("a"), workplace="remote"))


def stored_opening(store: Store, identity: str, *refs: str) -> Opening:
    by_ref = {one.posting.ref: one for one in store.listings(tuple(State))}
    return Opening(identity, tuple(by_ref[ref] for ref in refs))


def test_a_mark_follows_its_posting_into_another_opening(store: Store, run: int) -> None:
    store.commit(run, seen(0, "a", "b"))
    store.save_openings([(stored_opening(store, "A", "a"), None), (stored_opening(store, "B", "b"), "1-10")])
    store.set_marks({"B": MARK})
    store.save_openings([(stored_opening(store, "A", "a", "b"), "1-10")])
    assert store.marks()["A"] == MARK
    assert store.opening_ids() == {"greenhouse/mottle/a": "A", "greenhouse/mottle/b": "A"}


def test_a_mark_stays_with_its_opening_where_a_posting_leaves_it(store: Store, run: int) -> None:
    store.commit(run, seen(0, "a", "b"))
    store.save_openings([(stored_opening(store, "A", "a", "b"), None)])
    store.set_marks({"A": MARK})
    store.save_openings([(stored_opening(store, "A", "a"), None), (stored_opening(store, "B", "b"), None)])
    assert store.marks() == {"A": MARK}


def test_the_last_list_is_kept_whole(store: Store) -> None:
    first, second = Listed(1, {"score": 71.5, "why": ["Zürich"]}), Listed(2, {})
    store.save_list({"b": second, "a": first})
    store.save_list({"c": second, "a": first})
    assert list(store.last_list().items()) == [("a", first), ("c", second)]


def test_of_a_list_only_what_differs_is_written(where: Path | str) -> None:
    with Store(where) as store:
        store.commit(store.begin_run(day(0)), seen(0, "a", "b"))

        def write(size: str | None, *names: str) -> None:
            store.save_openings([(stored_opening(store, name, name.lower()), size) for name in names])
            store.set_marks(dict.fromkeys(names, Mark("applied")))
            store.save_list({name: Listed(rank, {}) for rank, name in enumerate(names)})
            store.save_written("one.csv", Sheet(dict.fromkeys(names, MARK), ("b", "a")))
            store.save_employer_blocks({name: f"{name} of {size}" for name in names})

        write(None, "A", "B")
        before = everything(store)
        with writes_told(store) as written:
            write(None, "A", "B")
        assert written == [] and everything(store) == before
        with writes_told(store) as written:
            store.set_marks({"A": Mark("applied"), "B": Mark("rejected")})
            store.save_written("one.csv", Sheet({"A": MARK, "B": Mark("rejected")}, ("b", "a")))
        assert len(written) == 2
        write("1-10", "B")
        assert rows(store, "SELECT opening FROM listed") == [("B",)] and list(store.marks()) == ["B"]
        assert rows(store, "SELECT id, employer_size FROM openings ORDER BY id") == [("A", None), ("B", "1-10")]
        assert store.employer_blocks() == {"B": "B of 1-10"}


def test_a_list_keeps_the_users_columns_in_their_order_apart_from_other_lists(store: Store) -> None:
    sheet = Sheet({"A": MARK, "B": Mark()}, ("Wörter", "a", ""))
    store.save_written("one.csv", sheet)
    assert store.written("one.csv") == Sheet({"A": MARK}, ("Wörter", "a", ""))
    assert store.written("other.csv") == Sheet({}, ())
    store.save_written("one.csv", Sheet({}, ("a", "Wörter")))
    assert store.written("one.csv") == Sheet({}, ("a", "Wörter"))


def test_an_opening_lasts_while_it_holds_any_posting(store: Store, run: int) -> None:
    store.commit(run, seen(0, "a", "b"))
    store.save_openings([(stored_opening(store, "A", "a"), None)])
    store.save_openings([(stored_opening(store, "A", "b"), None), (stored_opening(store, "B", "a"), None)])
    assert rows(store, "SELECT id, title FROM openings ORDER BY id") == [("A", "Intern b"), ("B", "Intern a")]
    store.save_openings([(stored_opening(store, "B", "a", "b"), None)])
    assert rows(store, "SELECT id FROM openings") == [("B",)]


def test_the_stamp_is_another_whenever_a_list_could_be(store: Store, run: int) -> None:
    def changed(change: Callable[[], object]) -> bool:
        before = store.stamp()
        change()
        return store.stamp() != before

    fact = EmployerFact("Fen Robotics", "YC directory", "1-10")
    assert changed(lambda: store.commit(run, seen(0, *"abcd")))
    assert not changed(lambda: store.commit(run, seen(1, verdict=Verdict.UNCHANGED)))
    assert not changed(lambda: store.commit(run, seen(2, *"abcd")))
    other_words = (posting("a", title="Other"), *map(posting, "bcd"))
    assert changed(lambda: store.commit(run, replace(seen(3), postings=other_words)))
    assert changed(lambda: store.commit(run, seen(4, *"bcd")))
    assert changed(lambda: store.commit(run, seen(5, *"abcd")))
    assert changed(lambda: store.commit(run, seen(6, verdict=Verdict.FAILED, facts=(fact,))))
    assert changed(lambda: store.save_openings([(stored_opening(store, "A", "a", "b"), None)]))
    assert not changed(lambda: store.save_openings([(stored_opening(store, "A", "a", "b"), None)]))
    assert not changed(lambda: store.commit(run, seen(7, verdict=Verdict.FAILED)))
    assert not changed(lambda: store.set_marks({"A": Mark("applied")}))


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


def test_the_views_are_what_people_and_programs_rely_on(store: Store, run: int) -> None:
    store.commit(run, Snapshot(BOARD, day(0), Verdict.COMPLETE, (posting("a", locations=("Bern", "Basel")),), listed=1))
    store.save_openings([(stored_opening(store, "A", "a"), "11-50")])
    with store._database.transaction() as db:
        views = {name: named_rows(db.execute(f"SELECT * FROM {name}")) for name in ("postings", "openings", "visits")}
    common = {
        "company": "Mottle",
        "title": "Intern a",
        "location": "Bern; Basel",
        "first_seen": day(0),
        "state": "open",
    }
    url = "https://jobs.example/a"
    assert views["postings"] == [
        common | {"board": BOARD.id, "ref": "a", "url": url, "posted": None, "last_seen": day(0), "text": "Do a"}
    ]
    names = "board, ref, url, company, title, location, posted, state, first_seen, last_seen, text"
    assert list(views["postings"][0]) == names.split(", ")
    assert views["openings"] == [common | {"id": "A", "employer_size": "11-50", "url": url}]
    names = "id, company, title, location, employer_size, first_seen, state, url"
    assert list(views["openings"][0]) == names.split(", ")
    assert views["visits"] == [
        {"run": run, "board": BOARD.id, "at": day(0), "verdict": "complete", "listed": 1, "reason": None}
    ]


def test_an_opening_lives_as_long_as_any_of_its_postings(store: Store, run: int) -> None:
    store.commit(run, seen(0, "a", "b", *map(str, range(9))))
    store.save_openings([(stored_opening(store, "A", "a", "b"), None)])

    def state() -> str:
        return rows(store, "SELECT state FROM openings")[0][0]

    store.commit(run, seen(1, "b", *map(str, range(9)), gone=("a",)))
    assert state() == "open"
    store.commit(run, seen(2, *map(str, range(9)), gone=("b",)))
    assert state() == "closed"


# --- when to visit, and drift -------------------------------------------------------------------------


def test_boards_are_due_by_how_they_fared(store: Store, run: int) -> None:
    quiet, wanted, new = (Board("lever", slug, slug) for slug in ("quiet", "wanted", "new"))
    for number in range(6):
        for board in (quiet, wanted):
            store.commit(run, Snapshot(board, day(number), Verdict.COMPLETE, (posting("a", board),)))
    store.set_wanted([wanted.id])
    boards = [quiet, wanted, new]
    assert store.due(boards, START + timedelta(days=5, hours=1)) == [new]
    assert store.due(boards, START + timedelta(days=6)) == [wanted, new]
    assert store.due(boards, START + timedelta(days=12)) == boards
    due = store.health()[0].due
    assert due is not None and quiet in store.due(boards, due)
    assert quiet not in store.due(boards, due - timedelta(seconds=1))


def test_a_field_that_a_platform_stops_filling_is_an_alarm(store: Store) -> None:
    def visit(number: int, **fields: object) -> int:
        run = store.begin_run(day(number))
        postings = tuple(posting(str(ref), posted="2026-10-01", **fields) for ref in range(30))
        store.commit(run, Snapshot(BOARD, day(number), Verdict.COMPLETE, postings))
        return run

    assert store.drift(visit(0, locations=("Bern",))) == []
    assert store.drift(visit(1, locations=("Bern",))) == []
    alarm = "greenhouse: only 0% of the postings have a location, where 100% is usual"
    assert store.drift(visit(2)) == [alarm]
    unchanged, elsewhere = store.begin_run(day(3)), store.begin_run(day(4))
    store.commit(unchanged, Snapshot(BOARD, day(3), Verdict.UNCHANGED))
    store.commit(elsewhere, Snapshot(replace(BOARD, platform="lever"), day(4), Verdict.UNCHANGED))
    assert store.drift(unchanged) == [alarm], "an unchanged board is what it was"
    assert store.drift(elsewhere) == []
    assert store.drift(visit(5, locations=("Bern",))) == []
    assert store.drift(visit(6)) == [alarm], "one run without it is not what is usual"


# --- the file -----------------------------------------------------------------------------------------


def test_a_store_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "reachlist.db"
    Store(path).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="newer reachlist"):
        Store(path)


def test_a_migration_is_preceded_by_a_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "reachlist.db"
    with Store(path) as store:
        store.commit(store.begin_run(day(0)), seen(0, "a"))
    steps = tmp_path / "migrations"
    steps.mkdir()
    for step in database.MIGRATIONS.glob("*.sql"):
        (steps / step.name).write_bytes(step.read_bytes())
    (steps / "9999.sql").write_text("ALTER TABLE mark ADD COLUMN since TEXT;")
    monkeypatch.setattr(database, "MIGRATIONS", steps)
    with Store(path) as store:
        assert states(store) == {"a": State.OPEN}
    (backup,) = tmp_path.glob("reachlist.before-*.db")
    assert not database.damage(backup)
    with closing(sqlite3.connect(backup)) as db:
        assert "since" not in [row[1] for row in db.execute("PRAGMA table_info(mark)")]
        assert db.execute("SELECT count(*) FROM posting").fetchone() == (1,)


def test_a_migration_that_breaks_leaves_the_old_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "reachlist.db"
    Store(path).close()
    steps = tmp_path / "migrations"
    steps.mkdir()
    for step in database.MIGRATIONS.glob("*.sql"):
        (steps / step.name).write_bytes(step.read_bytes())
    (steps / "9999.sql").write_text("ALTER TABLE mark ADD COLUMN since TEXT; SELECT nothing FROM nowhere;")
    with monkeypatch.context() as patched:
        patched.setattr(database, "MIGRATIONS", steps)
        with pytest.raises(StoreError):
            Store(path)
    with Store(path) as store:
        store.set_marks({"a": Mark("applied")})
        assert store.marks() == {"a": Mark("applied")}


def test_a_file_that_is_no_database_is_named_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "reachlist.db"
    path.write_text("this is a shopping list, and a rather long one at that" * 40)
    with pytest.raises(DamagedStore, match=f"^{re.escape(str(path))}: .* `reachlist doctor` repairs it"):
        Store(path)
    assert database.damage(path) == ["file is not a database"]


def test_a_database_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "songs.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE song (title TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="no store of reachlist"):
        Store(path)
    assert path.read_bytes() == before


def _damage(path: Path) -> None:
    """Overwrites pages in the middle of the file."""
    with Store(path) as store:
        run = store.begin_run(day(0))
        postings = tuple(posting(str(ref), description="words " * 300) for ref in range(100))
        store.commit(run, Snapshot(BOARD, day(0), Verdict.COMPLETE, postings))
        store.back_up()
        store.commit(run, Snapshot(BOARD, day(1), Verdict.COMPLETE, (*postings, posting("later"))))
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 3 // 4096 * 4096)
        file.write(b"\x5a" * 4096 * 8)


def test_a_copy_that_lacks_but_visits_of_a_few_runs_is_as_good_as_another(tmp_path: Path) -> None:
    with Store(tmp_path / "reachlist.db") as store:

        def after(change: Callable[[], object]) -> bool:
            store.back_up()
            change()
            return store.is_backed_up()

        def unchanged_run(number: int) -> Changes:
            return store.commit(store.begin_run(day(number)), seen(number, verdict=Verdict.UNCHANGED))

        assert not store.is_backed_up()
        store.commit(run := store.begin_run(day(0)), seen(0, "a"))
        assert not store.is_backed_up()
        assert after(lambda: None) and after(lambda: unchanged_run(1))
        assert not after(lambda: store.commit(run, seen(2, "a", "b")))
        assert not after(lambda: store.set_marks({"A": Mark("applied")}))
        assert not after(lambda: [unchanged_run(number) for number in range(3, 3 + LACKING)])
        assert not after(lambda: database.backup_of(tmp_path / "reachlist.db").write_bytes(b"torn"))


def test_a_damaged_store_is_restored_from_its_backup_and_kept_aside(tmp_path: Path) -> None:
    path = tmp_path / "reachlist.db"
    _damage(path)
    assert database.damage(path)
    said, whole = database.salvage(path)
    assert "backup was restored" in said and not whole and not database.damage(path)
    with Store(path) as store:
        assert len(states(store)) == 100
    assert (tmp_path / "reachlist.damaged.db").exists()


def test_whoever_reads_a_damaged_store_is_told_which_and_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "reachlist.db"
    _damage(path)
    with Store(path) as store:
        for asked in (lambda: list(store.listings()), lambda: store.known(BOARD.id)):
            with pytest.raises(DamagedStore, match=f"^{re.escape(str(path))}: .* `reachlist doctor` repairs it"):
                asked()


def test_a_row_that_refers_to_nothing_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "reachlist.db"
    with Store(path) as store:
        store.commit(store.begin_run(day(0)), seen(0, "a"))
    with closing(sqlite3.connect(path)) as db:  # as another program does, which does not ask for foreign keys
        db.execute("DELETE FROM board")
        db.commit()
    assert "posting: row 1 refers to nothing" in database.damage(path)


def test_the_log_of_a_damaged_store_is_kept_aside_too(tmp_path: Path) -> None:
    """Played into the restored store, it would damage that; another program that has it open keeps it alive."""
    path = tmp_path / "reachlist.db"
    _damage(path)
    with closing(sqlite3.connect(path)) as other:
        other.execute("SELECT at FROM visit").fetchone()
        path.write_bytes(b"\x5a" * path.stat().st_size)
        assert "backup was restored" in database.salvage(path)[0]
        assert {log.name for log in tmp_path.glob("*-*")} == {"reachlist.damaged.db-wal", "reachlist.damaged.db-shm"}
    with Store(path) as store:
        assert len(states(store)) == 100


def test_broken_indexes_are_rebuilt_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "reachlist.db"
    with Store(path) as store:
        store.commit(store.begin_run(day(0)), seen(0, "a", "b"))
    with closing(sqlite3.connect(path)) as db:  # the index is now said to hold another column than it does
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_schema SET sql = replace(sql, ', board,', ', title,') WHERE name = 'posting_state'")
        db.commit()
    assert database.damage(path)
    assert database.salvage(path) == ("the indexes were rebuilt; nothing was lost", True)
    with Store(path) as store:
        assert len(states(store)) == 2
    assert not database.damage(path)


def test_a_damaged_store_does_not_replace_its_sound_backup(tmp_path: Path) -> None:
    path = tmp_path / "reachlist.db"
    _damage(path)
    with Store(path) as store, pytest.raises(DamagedStore, match="reachlist doctor"):
        store.back_up()
    assert not database.damage(database.backup_of(path))


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    path = tmp_path / "not there yet" / "100% sure? #1 ü" / "reachlist.db"
    Store(path).close()
    assert not database.damage(path)


@pytest.mark.parametrize("backup", ["none", "damaged"])
def test_without_a_sound_backup_a_damaged_store_starts_anew(tmp_path: Path, backup: str) -> None:
    path = tmp_path / "reachlist.db"
    _damage(path)
    if backup == "none":
        database.backup_of(path).unlink()
    else:
        database.backup_of(path).write_bytes(path.read_bytes())
    said, whole = database.salvage(path)
    assert "starts empty" in said and not whole
    with Store(path) as store:
        assert states(store) == {}


def test_no_room_on_the_disk_is_said_and_the_store_stays_as_it_was(tmp_path: Path) -> None:
    with Store(tmp_path / "reachlist.db") as store:
        run = store.begin_run(day(0))
        store.commit(run, seen(0, "a"))
        before = everything(store)
        rows(store, f"PRAGMA max_page_count = {rows(store, 'PRAGMA page_count')[0][0]}")
        big = tuple(posting(str(ref), description="words " * 2000) for ref in range(50))
        with pytest.raises(StoreError, match="no room on the disk"):
            store.commit(run, Snapshot(BOARD, day(1), Verdict.COMPLETE, big))
        assert everything(store) == before


# --- whatever comes -----------------------------------------------------------------------------------

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
