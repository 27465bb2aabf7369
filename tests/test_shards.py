"""A crawl divided among machines: no host is met from two, and their stores become one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.shards import domains, shard
from pipeline import database, shard_stores
from pipeline.cli import main
from pipeline.commands.shortlisting import before_last
from pipeline.config import load_boards, load_platforms
from pipeline.models import Board, Candidate, EmployerFact, Mark, Posting, Snapshot, State, Verdict
from pipeline.shard_stores import join
from pipeline.store import Store, StoreError
from tests import postgresql
from tests.conftest import ROOT

PLATFORMS = load_platforms(ROOT / "config/platforms.yaml")
DIRECTORY = load_boards(ROOT / "config/boards.yaml", PLATFORMS)
FIRST, SECOND = "2026-11-01T08:00:00+00:00", "2026-11-02T08:00:00+00:00"


@settings(max_examples=30, deadline=None)
@given(count=st.integers(1, 12), boards=st.sets(st.sampled_from(DIRECTORY), max_size=80))
def test_every_board_has_one_machine_and_every_domain_too(count: int, boards: set[Board]) -> None:
    shards = [shard(list(boards), PLATFORMS, number, count) for number in range(1, count + 1)]
    assert sorted(board.id for one in shards for board in one) == sorted(board.id for board in boards)
    met = [{name for board in one for name in domains(board, PLATFORMS)} for one in shards]
    assert sum(map(len, met)) == len(set().union(*met))


def test_domains_are_what_an_owner_can_register() -> None:
    found = {platform: domains(Board(platform, "a", "A"), PLATFORMS) for platform in ("reed", "breezy", "personio")}
    assert found == {
        "reed": ["reed.co.uk"],
        "breezy": ["breezy.hr"],
        "personio": ["personio.de", "personio.com"],
    }


def test_a_site_of_an_employer_on_the_domain_of_a_platform_goes_with_the_platform() -> None:
    own = [Board("careers", f"c{n}", "C", (("host", f"careers{n}.myworkdayjobs.com"),)) for n in range(9)]
    boards = [*own, Board("workday", "w", "W")]
    (machine,) = [one for n in range(1, 9) if (one := shard(boards, PLATFORMS, n, 8))]
    assert machine == boards


def test_another_board_moves_none() -> None:
    for board in DIRECTORY[::50]:
        alone = [n for n in range(1, 6) if shard([board], PLATFORMS, n, 5)]
        assert [n for n in range(1, 6) if board in shard(DIRECTORY, PLATFORMS, n, 5)] == alone


@pytest.mark.parametrize("text", ["0/2", "3/2", "1", "a/b", "1/0", "1/2/3"])
def test_a_shard_that_is_none_is_refused(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["crawl", "--shard", text])
    assert refused.value.code == 2 and "such as 2/8" in capsys.readouterr().err


# --- joining ------------------------------------------------------------------------------------------


def visit(board: Board, at: str, *refs: str) -> Snapshot:
    postings = tuple(Posting(board.id, ref, "", f"Intern {ref}", board.company, "words") for ref in refs)
    return Snapshot(board, at, Verdict.COMPLETE, postings)


@pytest.fixture
def machines(tmp_path: Path) -> list[Path]:
    """Two stores of two days each; on the first day both began at the same second."""
    for number, board in enumerate([Board("greenhouse", "g", "G"), Board("lever", "l", "L")]):
        with Store(tmp_path / f"{number}.db") as store:
            for at, refs in ((FIRST, "abc"), (SECOND, "ab")):
                run = store.begin_run(at if at == FIRST else f"{at[:18]}{number}{at[19:]}")
                store.commit(run, visit(board, at, *refs))
                for _ in range(number + 3):
                    store.count_request("2026-11-01", board.platform)
                store.finish_run(run, at, "done")
    return [tmp_path / "0.db", tmp_path / "1.db"]


def told(store: Store) -> list[object]:
    """All that a store knows of boards."""
    listings = list(store.listings(tuple(State)))
    events = [store.events(one.posting.board, one.posting.ref) for one in listings]
    requests = [store.requests_on("2026-11-01", host) for host in ("greenhouse", "lever")]
    return [listings, events, store.health(), store.runs(), requests, [store.visited(run.id) for run in store.runs()]]


def test_a_joined_store_knows_what_each_knew(machines: list[Path], tmp_path: Path) -> None:
    with Store(machines[0]) as one, Store(machines[1]) as other, Store(tmp_path / "all.db") as whole:
        assert join(whole, machines) == 2
        assert list(whole.listings(tuple(State))) == [*one.listings(tuple(State)), *other.listings(tuple(State))]
        assert whole.events("lever/l", "c") == [(FIRST, "new"), (SECOND, "missing")]
        assert [run.started for run in reversed(whole.runs())] == [FIRST, SECOND]
        assert len(whole.visited(1)) == len(whole.visited(2)) == 2 and whole.health() == [
            *one.health(),
            *other.health(),
        ]
        assert whole.requests_on("2026-11-01", "lever") == 8


def test_joining_again_changes_nothing(machines: list[Path], tmp_path: Path) -> None:
    with Store(tmp_path / "all.db") as whole:
        join(whole, machines)
        whole.set_marks({"greenhouse/g/a": Mark("applied")})
        before = told(whole)
        join(whole, machines)
        assert told(whole) == before and whole.marks() == {"greenhouse/g/a": Mark("applied")}


def test_what_cannot_be_joined_is_refused(
    machines: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["merge", str(tmp_path / "nowhere"), "--data", str(tmp_path / "all")]) == 2
    (tmp_path / "all").mkdir()
    assert main(["merge", *map(str, machines), "--data", str(tmp_path / "all"), "--plain"]) == 0
    assert "2 boards of 2 stores" in capsys.readouterr().out
    assert main(["merge", str(tmp_path / "all"), "--data", str(tmp_path / "all")]) == 2


def merged(data: Path, *stores: Path | str) -> Path:
    assert main(["merge", *map(str, stores), "--data", str(data), "--quiet"]) == 0
    return data / "reachlist.db"


def everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of a store, without the numbers that only it knows them by."""
    with closing(sqlite3.connect(path)) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(db.execute(f"SELECT * FROM {name}"), key=repr) for name in tables if name != "stamp"}


def copied(path: Path, to: Path) -> Path:
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)
    return to


def test_of_a_board_the_newer_visit_counts_in_whatever_order(machines: list[Path], tmp_path: Path) -> None:
    older = copied(machines[0], tmp_path / "older.db")
    board = Board("greenhouse", "g", "G")
    with Store(machines[0]) as store:
        run = store.begin_run("2026-11-03T08:00:00+00:00")
        store.commit(run, visit(board, "2026-11-03T08:00:00+00:00", "a", "d"))
        store.finish_run(run, "2026-11-03T08:00:00+00:00", "done")
    whole = merged(tmp_path / "all", *machines, older)
    assert everything(whole) == everything(merged(tmp_path / "other", older, *reversed(machines)))
    with Store(whole) as store:
        assert {one.posting.ref for one in store.listings() if one.posting.board == board.id} == {"a", "b", "d"}
    before = everything(whole)
    assert everything(merged(tmp_path / "all", older)) == before, "what is older rolls nothing back"


def test_what_visits_learnt_of_employers_and_boards_is_joined_too(machines: list[Path], tmp_path: Path) -> None:
    board = Board("greenhouse", "g", "G")
    facts = [EmployerFact("Kestrel", "a directory", size, None, ()) for size in ("11-50", "51-200")]
    seen = Candidate("lever/k", "greenhouse/g", "https://jobs.lever.co/k", "Kestrel", FIRST)
    for day, (path, fact) in enumerate(zip(machines, facts, strict=True), 3):
        at = f"2026-11-0{day}T08:00:00+00:00"
        with Store(path) as store:
            store.commit(store.begin_run(at), replace(visit(board, at, "a"), facts=(fact,)))
            store.remember([seen])
    for number, order in enumerate((machines, machines[::-1])):
        with Store(merged(tmp_path / f"all{number}", *order)) as whole:
            assert whole.employer_facts() == (facts[1],) and whole.candidates() == [seen]


def test_a_store_that_is_given_twice_counts_once(
    machines: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    once = everything(merged(tmp_path / "once", *machines))
    again = copied(machines[1], tmp_path / "copy.db")
    assert everything(merged(tmp_path / "twice", *machines, machines[0], again)) == once
    assert once["coverage"]
    main(["merge", *map(str, machines), str(machines[0]), "--data", str(tmp_path / "told"), "--plain"])
    assert "2 boards of 2 stores" in capsys.readouterr().out


@pytest.fixture(params=["sqlite", "postgresql"])
def source(request: pytest.FixtureRequest, machines: list[Path]) -> Iterator[Path | str]:
    """The first machine's store, in a file or on a server."""
    if request.param == "sqlite":
        yield machines[0]
        return
    with postgresql.schema() as url:
        with Store(url) as there:
            join(there, machines[:1])
        yield url


def test_a_store_is_joined_as_it_was_at_one_moment(
    source: Path | str, machines: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = "2026-11-03T08:00:00+00:00"
    join_runs = shard_stores._join_runs

    def while_it_is_crawled(*arguments: Any) -> Any:
        numbers = join_runs(*arguments)
        with Store(source) as store:
            store.commit(store.begin_run(at), visit(Board("greenhouse", "g", "G"), at, "z"))
        return numbers

    before = everything(merged(tmp_path / "before", source, machines[1]))
    monkeypatch.setattr(shard_stores, "_join_runs", while_it_is_crawled)
    assert everything(merged(tmp_path / "all", source, machines[1])) == before


def test_what_is_joined_is_not_written_to(
    machines: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    songs, old, empty = tmp_path / "songs.db", tmp_path / "old.db", tmp_path / "empty.db"
    with closing(sqlite3.connect(songs)) as db:
        db.execute("CREATE TABLE song (title TEXT)")
    empty.touch()
    with closing(sqlite3.connect(old)) as db:
        db.executescript((database.MIGRATIONS / "0001.sql").read_text(encoding="utf-8") + "PRAGMA user_version = 1;")
        db.execute("INSERT INTO board (id, platform, slug, company) VALUES ('lever/o', 'lever', 'o', 'O')")
        db.execute("INSERT INTO run VALUES (1, ?, ?, 'done')", (FIRST, FIRST))
        db.execute(
            "INSERT INTO visit VALUES (1, 'lever/o', ?, 'complete', 0, 0, 0, NULL, 200, 0, 0, 0, 0, 0, '')", (FIRST,)
        )
        db.commit()
    files = {path: path.read_bytes() for path in (songs, old, empty, *machines)}
    for wrong in (songs, empty):
        assert main(["merge", str(wrong), "--data", str(tmp_path / "no")]) == 2
        assert "no store of reachlist" in capsys.readouterr().err
    with Store(merged(tmp_path / "all", *machines, old)) as store:
        assert {one.board for one in store.health()} == {"greenhouse/g", "lever/l", "lever/o"}
    assert {path: path.read_bytes() for path in files} == files and not list(tmp_path.glob("*.db-*"))


def test_a_store_on_a_server_is_joined(machines: list[Path], tmp_path: Path) -> None:
    pytest.importorskip("sqlalchemy", reason="needs the extra postgres")
    with postgresql.schema() as url:
        with pytest.raises(StoreError, match="no store of reachlist"), Store(tmp_path / "none.db") as whole:
            join(whole, [url])
        with Store(url) as there:
            join(there, machines)
        with Store(tmp_path / "all.db") as whole:
            join(whole, [url])
        assert everything(tmp_path / "all.db") == everything(merged(tmp_path / "files", *machines))


def test_runs_of_joined_stores_are_days_in_the_order_of_time(machines: list[Path], tmp_path: Path) -> None:
    """What is new is told by the run before the last: neither another machine's of that day, nor one joined later."""
    early = tmp_path / "early.db"
    with Store(early) as store:
        at = "2026-10-31T08:00:00+00:00"
        run = store.begin_run(at)
        store.commit(run, visit(Board("lever", "e", "E"), at, "a"))
        store.finish_run(run, at, "done")
    merged(tmp_path / "all", machines[1])
    for _ in range(2):
        with Store(merged(tmp_path / "all", machines[0], early)) as whole:
            assert [run.started for run in whole.runs()] == [f"{SECOND[:18]}1{SECOND[19:]}", FIRST, at]
            last = whole.last_run()
            assert last and last.finished == SECOND and {one.board for one in whole.visited(last.id)} == {
                "greenhouse/g", "lever/l"
            }  # fmt: skip
            assert before_last(whole) == FIRST
