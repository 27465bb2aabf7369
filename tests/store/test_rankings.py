"""What the ranking keeps: readings, openings, marks, scores."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import storable
from pipeline.models import EmployerFact, Listing, Mark, Sheet, Snapshot, State, Verdict
from pipeline.store import ASKED, Listed, Store, content_hash
from pipeline.tables import batched
from tests.store.days import (
    BOARD,
    MARK,
    SCHEMA,
    day,
    everything,
    named_rows,
    posting,
    read_by,
    rows,
    seen,
    stored_opening,
    writes_told,
)


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
