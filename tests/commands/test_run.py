"""A run as a person or a schedule meets it: what is written, said and returned."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

from filelock import FileLock

from tests.commands.world import Command


def test_run_stores_ranks_writes_and_says_where(reachlist: Command) -> None:
    assert reachlist.run() == 0
    assert {row["title"] for row in reachlist.rows()} == {
        "Machine Learning Intern 1",
        "Machine Learning Intern 2",
        "Machine Learning Intern 3",
        "Data Science Intern",
    }
    assert [int(row["rank"]) for row in reachlist.rows()] == [1, 2, 3, 4]
    assert (reachlist.data / "report.html").read_bytes().startswith(b"<!")
    assert (
        str(reachlist.data / "shortlist.csv") in reachlist.out and str(reachlist.data / "report.html") in reachlist.out
    )
    assert "Machine Learning Intern" in reachlist.out and "1 other postings left out" in reachlist.err
    with closing(sqlite3.connect(reachlist.data / "reachlist.db")) as db:
        assert db.execute("SELECT count(*) FROM postings").fetchone() == (5,)
        assert db.execute("SELECT count(*) FROM openings").fetchone() == (4,)
        assert "train models with PyTorch" in db.execute("SELECT text FROM postings").fetchone()[0]


def test_the_summary_says_how_many_of_those_one_can_apply_to_are_too_late(reachlist: Command) -> None:
    reachlist.run()
    assert "4 you can apply to, 0 unsure" in reachlist.err
    del reachlist.world.boards["kestrel"]  # nobody visits it any more
    reachlist.run("--all", day=40)
    assert "4 you can apply to (1 of them too late), 0 unsure" in reachlist.err


def test_a_run_leaves_what_the_pages_name_and_nothing_else(reachlist: Command) -> None:
    for day in (0, 1):
        reachlist.run("--all", day=day)
        assert set(reachlist.files()) - {".lock", ".judged"} <= {
            "reachlist.db", "reachlist.backup.db", "shortlist.csv", "report.html", "deadlines.ics", "shortlist.atom",
            "outreach.json",
        }  # fmt: skip


def test_the_same_run_again_changes_nothing_but_the_visit(reachlist: Command) -> None:
    reachlist.run("--all")
    before = reachlist.files()["shortlist.csv"]
    assert reachlist.run("--all") == 0
    assert reachlist.files()["shortlist.csv"] == before


def test_a_board_that_fails_is_named_and_the_rest_goes_on(reachlist: Command) -> None:
    reachlist.world.boards |= {"broken": b'{"jobs": [{"id": 1', "gone": 404, "down": 500}
    assert reachlist.run() == 1
    for slug in ("broken", "gone", "down"):
        assert re.search(rf"^failed: greenhouse/{slug}: \S", reachlist.err, re.MULTILINE)
    assert len(reachlist.rows()) == 4 and "Traceback" not in reachlist.err


def test_where_nothing_can_be_crawled_the_list_is_still_written(reachlist: Command) -> None:
    reachlist.run()
    reachlist.world.boards = {"mottle": 500, "kestrel": 500}
    (reachlist.data / "shortlist.csv").unlink()
    assert reachlist.run(day=9) == 3
    assert len(reachlist.rows()) == 4 and "make demo" in reachlist.err


def test_the_summary_names_what_is_new(reachlist: Command) -> None:
    reachlist.run()
    reachlist.world.boards["mottle"] = reachlist.world.boards["mottle"] | {"5": "Deep Learning Intern"}
    reachlist.run("--all", day=1)
    assert re.search(r"^new: Mottle: Deep Learning Intern \(new at \d\)$", reachlist.err, re.MULTILINE)
    assert "1 new" in reachlist.err


def test_a_posting_that_vanishes_is_closed_after_two_visits_and_says_so(reachlist: Command) -> None:
    many = {str(number): f"Machine Learning Intern {number}" for number in range(1, 11)}
    reachlist.world.boards = {"mottle": many}
    reachlist.run()
    del many["3"]
    seen = []
    for day in (1, 2):
        reachlist.run("--all", day=day)
        seen.append({row["title"]: row["state"] for row in reachlist.rows()}.get("Machine Learning Intern 3"))
    assert seen == ["missing", None]
    assert "1 closed" in reachlist.err and "1 gone" in reachlist.err


def test_only_boards_that_are_due_are_visited(reachlist: Command) -> None:
    reachlist.run()
    assert reachlist.run() == 0 and "0 visited" in reachlist.err and "2 not due yet" in reachlist.err
    reachlist.run("--all")
    assert "2 visited" in reachlist.err
    reachlist.run("--board", "greenhouse/kestrel")
    assert "1 visited" in reachlist.err


def test_what_no_visit_found_for_a_month_stays_and_says_so(reachlist: Command) -> None:
    reachlist.run()
    reachlist.world.boards["kestrel"] = 404
    score = {}
    for day in (20, 40):
        reachlist.run("--all", day=day)
        rows = {row["title"]: row for row in reachlist.rows()}
        score[day] = float(rows["Data Science Intern"]["score"])
        doubted = {title for title, row in rows.items() if "no visit has found it since 2026-11-02" in row["why"]}
        assert doubted == ({"Data Science Intern"} if day == 40 else set())
    assert score[40] < score[20] - 5


def test_time_alone_never_empties_a_list(reachlist: Command) -> None:
    reachlist.run()
    reachlist("mark", "1", "applied")
    before = {row["id"]: (row["eligible"], row["status"], row["state"]) for row in reachlist.rows()}
    assert reachlist("rank", day=400) == 0
    assert {row["id"]: (row["eligible"], row["status"], row["state"]) for row in reachlist.rows()} == before
    assert "nothing to rank" not in reachlist.out


def test_what_was_imported_waits_for_no_visit(reachlist: Command, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text("url,title,company\nhttps://jobs.example/ml,Machine Learning Intern,Gannet\n")
    assert reachlist("import", str(mine)) == 0, reachlist.err
    for day in (1, 60):
        reachlist("rank", day=day)
        (row,) = reachlist.rows()
        assert (row["company"], row["state"]) == ("Gannet", "open") and "no visit" not in row["why"]


def test_a_list_without_a_row_says_why(reachlist: Command) -> None:
    reachlist.world.boards = {"mottle": {"9": "Accountant"}}
    reachlist.run()
    reachlist("rank")
    assert "none of the 1 postings stored is an internship" in reachlist.out
    reachlist.world.boards = {"mottle": {"8": "Bookkeeper"}}
    for day in (1, 2, 3):
        reachlist.run("--all", day=day)
    reachlist.world.boards = {"mottle": {}}
    for day in range(4, 9):
        reachlist.run("--all", day=day)
    reachlist("rank", day=9)
    assert "all 2 postings stored are closed" in reachlist.out


def test_an_employer_that_moves_keeps_the_users_marks(reachlist: Command) -> None:
    """The line in boards.yaml changes, the job and what the user noted about it do not."""
    reachlist.run()
    titles = {row["id"]: row["title"] for row in reachlist.rows()}
    (kestrel,) = (identity for identity, title in titles.items() if title == "Data Science Intern")
    reachlist("mark", kestrel, "applied")
    del reachlist.world.boards["kestrel"]
    reachlist.world.lever["kestrel"] = {"5b1e8a0c-0000-4000-a000-000000000001": "Data Science Intern"}
    reachlist.run(day=2)
    for day in (3, 45):
        reachlist.run("--all", day=day)
        rows = [row for row in reachlist.rows() if row["title"] == "Data Science Intern"]
        assert [(row["id"], row["status"]) for row in rows] == [(kestrel, "applied")]


def test_a_job_put_up_anew_is_the_opening_it_was(reachlist: Command) -> None:
    """Closed for a month, then there again under another id: the user's marks stand, the history tells."""
    reachlist.run()
    (kestrel,) = (row["id"] for row in reachlist.rows() if row["title"] == "Data Science Intern")
    reachlist("mark", kestrel, "applied")
    jobs = dict(reachlist.world.boards["kestrel"])
    (former,) = (ref for ref, title in jobs.items() if title == "Data Science Intern")
    reachlist.world.boards["kestrel"] = {ref: title for ref, title in jobs.items() if ref != former} | {"70": "Baker"}
    for day in (1, 2, 3):
        reachlist.run("--all", day=day)
    (row,) = (row for row in reachlist.rows() if row["title"] == "Data Science Intern")
    assert (row["status"], row["state"], row["eligible"]) == ("applied", "closed", "no")
    reachlist.world.boards["kestrel"] |= {"90": "Data Science Intern"}
    reachlist.run("--all", day=33)
    (row,) = (row for row in reachlist.rows() if row["title"] == "Data Science Intern")
    assert (row["id"], row["status"], row["state"]) == (kestrel, "applied", "open")
    assert row["url"].endswith("/90")
    reachlist("show", kestrel, day=33)
    assert f"greenhouse/kestrel/{former} · closed" in reachlist.out and "greenhouse/kestrel/90 · open" in reachlist.out


def test_a_record_without_a_title_is_that_records_error(reachlist: Command) -> None:
    reachlist.world.boards["mottle"] = reachlist.world.boards["mottle"] | {"4": None}
    reachlist.run()
    assert "1 record could not be read" in reachlist.err and "greenhouse/mottle" in reachlist.err
    assert len(reachlist.rows()) == 4


def test_a_second_run_is_told_who_holds_the_lock(reachlist: Command) -> None:
    reachlist.data.mkdir()
    (reachlist.data / ".lock.holder").write_text(
        json.dumps({"process": 4711, "command": "reachlist run", "since": "2026-11-02T08:00:00+00:00"})
    )
    with FileLock(reachlist.data / ".lock"):
        assert reachlist.run() == 75
    assert "process 4711, `reachlist run`, since 2026-11-02T08:00:00+00:00" in reachlist.err
    assert set(reachlist.files()) == {".lock", ".lock.holder"}
