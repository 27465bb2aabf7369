"""Status, doctor, check, boards and schedule."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crawlers.run import crawl
from pipeline.models import Board
from tests.commands.world import Command


def test_status_fails_when_the_list_is_old(reachlist: Command) -> None:
    reachlist.run()
    assert reachlist("status") == 0
    assert reachlist("status", day=2) == 0
    assert reachlist("status", day=3) == 1 and "attention: the list is older" in reachlist.out


def test_a_platform_that_stops_filling_a_field_is_an_alarm(reachlist: Command) -> None:
    for day in range(3):
        many = {str(number): f"Machine Learning Intern {number} {day}" for number in range(1, 31)}
        reachlist.world.boards = {"mottle": many}
        reachlist.world.place = "Bern" if day < 2 else ""
        assert reachlist.run("--all", day=day) == (0 if day < 2 else 1)
    alarm = "greenhouse: only 0% of the postings have a location, where 100% is usual"
    assert alarm in reachlist.err
    assert reachlist("status", day=2) == 1 and alarm in reachlist.out
    assert reachlist.run("--all", day=3) == 1 and alarm in reachlist.err, "the same answer is no better"
    assert reachlist.run(day=3) == 0 and "0 visited" in reachlist.err
    assert reachlist("status", day=3) == 1 and alarm in reachlist.out


def test_an_empty_answer_of_a_board_that_had_postings_is_told_until_it_is_believed(reachlist: Command) -> None:
    reachlist.run("--all")
    reachlist.world.boards["kestrel"] = {}
    said = "greenhouse/kestrel: the listing is empty, and 1 posting stood here before"
    assert reachlist.run("--all", day=1) == 1 and said in reachlist.err
    assert reachlist("status", day=1) == 1 and f"attention: {said}" in reachlist.out
    assert reachlist.run("--all", day=2) == 0 and "1 missing" in reachlist.err
    assert reachlist("status", day=2) == 0


def test_a_run_that_is_interrupted_says_so_and_the_next_goes_on(
    reachlist: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = crawl

    def interrupted(boards: Sequence[Board], **options: Any) -> None:
        whole(boards[:1], **options)
        raise KeyboardInterrupt

    monkeypatch.setattr("crawlers.run.crawl", interrupted)
    assert reachlist.run() == 1 and "interrupted: what was visited is stored" in reachlist.err
    assert reachlist("status") == 1 and "attention: the last run was interrupted" in reachlist.out
    monkeypatch.undo()
    assert reachlist.run() == 0 and "1 visited" in reachlist.err and "1 not due yet" in reachlist.err
    assert reachlist("status") == 0


def test_a_run_that_is_interrupted_before_its_list_is_written_is_no_good_run(
    reachlist: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.commands.shortlisting.write", interrupted)
    assert reachlist.run() != 0
    assert reachlist("status") == 1
    assert "no run has ended well yet" in reachlist.out and "the last run was interrupted" in reachlist.out
    monkeypatch.undo()
    assert reachlist.run() == 0 and len(reachlist.rows()) == 4
    assert reachlist("status") == 0


def test_a_run_that_crawled_nothing_is_no_good_run(reachlist: Command) -> None:
    reachlist.world.boards = {"mottle": 500}
    assert reachlist.run() == 3
    assert reachlist("status") == 1 and "no run has ended well yet" in reachlist.out


def test_doctor_restores_a_damaged_store_as_the_last_run_left_it(reachlist: Command) -> None:
    reachlist.run()
    (reachlist.data / "reachlist.db").write_bytes(b"not a database, " * 1000)
    assert reachlist("rank") == 2 and "reachlist doctor" in reachlist.err
    assert reachlist("doctor") == 1 and "backup was restored" in reachlist.out
    assert reachlist("rank") == 0 and len(reachlist.rows()) == 4


@pytest.mark.parametrize("left", [None, b""])
def test_a_store_that_is_gone_is_damage_as_long_as_its_backup_stands(reachlist: Command, left: bytes | None) -> None:
    reachlist.run()
    store, backup, listed = (reachlist.data / name for name in ("reachlist.db", "reachlist.backup.db", "shortlist.csv"))
    reachlist("mark", "1", "applied", "--note", "after the copy was made")
    before, rows = (backup.read_bytes(), listed.read_bytes()), reachlist.rows()
    store.unlink()
    if left is not None:
        store.write_bytes(left)
    for words in (["rank"], ["status"], ["run"], ["crawl"]):
        assert reachlist(*words) == 2 and "reachlist doctor" in reachlist.err
    assert (backup.read_bytes(), listed.read_bytes()) == before
    assert reachlist("doctor") == 1 and "backup was restored" in reachlist.out
    assert reachlist("rank") == 0 and reachlist.rows() == rows


def test_a_backup_with_postings_is_not_replaced_by_a_store_with_none(reachlist: Command) -> None:
    reachlist.run()
    store, backup = reachlist.data / "reachlist.db", reachlist.data / "reachlist.backup.db"
    before = backup.read_bytes()
    with closing(sqlite3.connect(store)) as db:
        db.execute("DELETE FROM posting")
        db.commit()
    assert reachlist("doctor") == 1 and "no postings" in reachlist.err
    assert backup.read_bytes() == before


def test_an_empty_file_is_no_store(reachlist: Command) -> None:
    reachlist.data.mkdir(parents=True, exist_ok=True)
    (reachlist.data / "reachlist.db").touch()
    assert reachlist("rank") == 2 and "there is no store" in reachlist.err
    assert not (reachlist.data / "shortlist.csv").exists()


def test_whatever_stores_postings_keeps_a_backup(reachlist: Command, tmp_path: Path) -> None:
    def postings(name: str) -> list[Any]:
        with closing(sqlite3.connect(reachlist.data / name)) as db:
            return db.execute("SELECT board, ref FROM posting ORDER BY board, ref").fetchall()

    jobs = tmp_path / "jobs.csv"
    jobs.write_text("title,company,url\nML Intern,Kestrel,https://kestrel.example/jobs/1\n")
    reachlist.world.write()
    for words in (["crawl", "--replay", str(reachlist.world.folder)], ["import", str(jobs)]):
        assert reachlist(*words) == 0
        assert postings("reachlist.backup.db") == postings("reachlist.db") != []


def test_doctor_keeps_a_backup_of_a_sound_store(reachlist: Command) -> None:
    reachlist.run()
    backup = reachlist.data / "reachlist.backup.db"
    backup.unlink()
    assert reachlist("doctor") == 0 and "is sound; a backup stands beside it" in reachlist.out
    assert backup.exists()


def test_check_says_what_there_is(reachlist: Command) -> None:
    reachlist.world.write()
    assert reachlist("check") == 0 and "2 on 1 platforms" in reachlist.out


def test_boards_are_listed_with_what_becomes_of_them(reachlist: Command) -> None:
    reachlist.world.boards["gone"] = 404
    reachlist.run()
    assert reachlist("boards", "list") == 0 and "greenhouse/mottle" in reachlist.out
    assert reachlist("boards", "health") == 1
    assert reachlist.out.splitlines()[1].startswith("greenhouse/gone")


@pytest.mark.parametrize("kind", ["cron", "systemd", "github"])
def test_schedule_prints_a_unit_that_runs_it(reachlist: Command, kind: str) -> None:
    assert reachlist("schedule", kind) == 0
    assert "run" in reachlist.out and re.search(r"\b7\b|07:00", reachlist.out)
