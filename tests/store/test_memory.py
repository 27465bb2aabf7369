"""What the crawl remembers: validators, robots, when to visit, drift."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from pipeline.models import Board, Snapshot, State, Verdict
from pipeline.store import RobotsAnswer, Store, Validators
from pipeline.tables import RESERVED
from tests.store.days import BOARD, START, day, posting, rows, seen, states

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
