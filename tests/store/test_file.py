"""The file of a store: older and newer ones, damage, backups."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pipeline import database
from pipeline.models import Mark, Snapshot, State, Verdict
from pipeline.store import LACKING, Changes, DamagedStore, Store, StoreError
from tests.store.days import BOARD, day, everything, posting, rows, seen, states


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
