"""What the user wrote into the list, and how old the list may grow."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands.world import Command, edit
from tests.conftest import ROOT


def test_status_and_notes_written_in_the_list_survive(reachlist: Command) -> None:
    reachlist.run()
    edit(reachlist.data / "shortlist.csv", lambda row: row.update(status="applied", notes="ü, “quoted”\nand more"))
    reachlist.run("--all", day=1)
    assert {(row["status"], row["notes"]) for row in reachlist.rows()} == {("applied", "ü, “quoted”\nand more")}


def test_a_mark_survives_the_row_being_deleted(reachlist: Command) -> None:
    reachlist.run()
    assert reachlist("mark", "1", "applied", "--note", "on Monday") == 0
    marked = reachlist.rows()[0]
    assert (marked["status"], marked["notes"]) == ("applied", "on Monday")
    edit(reachlist.data / "shortlist.csv", lambda row: row["id"] != marked["id"])
    reachlist("rank")
    assert {row["id"]: row["status"] for row in reachlist.rows()}[marked["id"]] == "applied"


def test_a_mark_taken_back_in_the_list_is_gone(reachlist: Command) -> None:
    reachlist.run()
    reachlist("mark", "1", "applied")
    edit(reachlist.data / "shortlist.csv", lambda row: row.update(status=""))
    reachlist("rank")
    assert not any(row["status"] for row in reachlist.rows())


@pytest.mark.parametrize(
    ("words", "day", "stale"),
    [((), 2, False), ((), 3, True), (("--period", "7"), 14, False), (("--period", "7"), 15, True)],
)
def test_a_list_older_than_twice_its_period_fails_the_status(
    reachlist: Command, words: tuple[str, ...], day: int, stale: bool
) -> None:
    reachlist.run()
    assert reachlist("status", *words, day=day) == int(stale)
    assert ("is the schedule running?" in reachlist.out) == stale


def test_many_imports_leave_the_last_good_run_in_sight(reachlist: Command, tmp_path: Path) -> None:
    reachlist.run()
    for number in range(12):
        (tmp_path / "saved.csv").write_text(
            f"company,title,url\nMottle,ML Intern {number},https://mottle.example/{number}\n"
        )
        assert reachlist("import", str(tmp_path / "saved.csv"), day=1) == 0
    assert reachlist("status", day=1) == 0
    assert "last good run: 2026-11-02" in reachlist.out


def test_what_is_new_is_counted_from_the_run_before_whichever_command_writes(reachlist: Command) -> None:
    reachlist.run()
    with closing(sqlite3.connect(reachlist.data / "reachlist.db")) as db, db:  # a run that was killed
        db.execute("INSERT INTO run (id, started, state) VALUES (2, '2026-11-02T12:00:00+00:00', 'interrupted')")
    reachlist.run("--all", day=1)
    for words in (["rank"], ["mark", "1", "applied"]):
        assert reachlist(*words, day=1) == 0
        report = (reachlist.data / "report.html").read_text(encoding="utf-8")
        assert re.search(r'"since": ?"2026-11-02T08:00:00', report), words


def test_a_board_that_was_taken_out_is_no_trouble_any_more(reachlist: Command) -> None:
    reachlist.world.boards["gone"] = 404
    for day in range(3):
        reachlist.run("--all", day=day)
    assert reachlist("status", day=2) == 1 and "greenhouse/gone failed three times" in reachlist.out
    assert reachlist("boards", "health", day=2) == 1
    del reachlist.world.boards["gone"]
    reachlist.world.write()
    assert reachlist("status", day=2) == 0 and "gone" not in reachlist.out
    assert reachlist("boards", "health", day=2) == 0
    (line,) = (line for line in reachlist.out.splitlines() if line.startswith("greenhouse/gone"))
    assert "never" in line and "0 in trouble" in reachlist.err


def test_a_board_of_a_platform_that_was_put_off_is_no_trouble_any_more(reachlist: Command) -> None:
    reachlist.world.boards |= {"mottle": 500, "kestrel": 500}
    for day in range(3):
        reachlist.run("--all", day=day)
    reachlist.world.boards["fernlike"] = {}
    reachlist.run("--all", day=3)  # a run that ends well
    assert "failed three times" in (reachlist("status", day=3) and reachlist.out)
    platforms = (ROOT / "config/platforms.yaml").read_text(encoding="utf-8")
    (reachlist.world.folder / "config/platforms.yaml").write_text(platforms.replace('policy: "on"', 'policy: "off"'))
    assert reachlist("status", day=3) == 0
    assert reachlist("boards", "health", day=3) == 0 and "0 in trouble" in reachlist.err


def test_a_run_that_came_to_nothing_does_not_make_the_list_fresh(reachlist: Command) -> None:
    reachlist.run()
    reachlist.world.boards = {"mottle": 500, "kestrel": 500}
    assert reachlist.run("--all", day=3) == 3
    assert reachlist("status", day=3) == 1
    assert "is the schedule running?" in reachlist.out
