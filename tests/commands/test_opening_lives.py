"""An opening through run after run: merged, split, moved and put up anew, with the user's marks on it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.commands.world import Command
from tests.conftest import ROOT

TITLE = "Data Science Intern"
LEVER = "5b1e8a0c-0000-4000-a000-000000000001"


def give_words(reachlist: Command) -> None:
    """The words that tell whether two postings are one job."""
    for stem in ("same_job", "job_links", "employers"):
        words = (ROOT / f"config/vocabulary/{stem}.yaml").read_text(encoding="utf-8")
        (reachlist.world.folder / f"config/vocabulary/{stem}.yaml").write_text(words, encoding="utf-8")


def twice(reachlist: Command, title: str, day: int) -> dict[str, dict[str, str]]:
    """Runs a world in which Kestrel has one job on Greenhouse and one of this title on Lever; the rows by id."""
    give_words(reachlist)
    reachlist.world.boards = {"kestrel": {"10": TITLE}, "mottle": {"1": "Machine Learning Intern"}}
    reachlist.world.lever = {"kestrel": {LEVER: title}}
    assert reachlist.run("--all", day=day) == 0, reachlist.err
    return {row["id"]: row for row in reachlist.rows() if row["company"] == "Kestrel"}


def test_the_users_marks_survive_a_merge_whichever_of_the_two_was_marked(reachlist: Command) -> None:
    apart = twice(reachlist, "Computer Vision Intern", 0)
    assert len(apart) == 2
    for identity in apart:
        reachlist("mark", identity, "applied", "--note", f"wrote to {identity}")
    (row,) = twice(reachlist, TITLE, 1).values()
    assert row["id"] in apart
    assert row["status"] == "applied"
    assert all(f"wrote to {identity}" in row["notes"] for identity in apart)


def test_one_marked_of_two_that_merge_leaves_its_mark(reachlist: Command) -> None:
    for day in (0, 2):
        apart = twice(reachlist, "Computer Vision Intern", day)
        marked = sorted(apart)[day // 2]
        reachlist("mark", marked, "applied", "--note", "sent on Monday", day=day)
        (row,) = twice(reachlist, TITLE, day + 1).values()
        assert (row["status"], row["notes"]) == ("applied", "sent on Monday")
        assert row["id"] in apart
        reachlist("mark", row["id"], "", "--note", "", day=day + 1)


def test_an_id_and_a_mark_survive_a_merge_and_the_split_after_it(reachlist: Command) -> None:
    (one,) = twice(reachlist, TITLE, 0)
    reachlist("mark", one, "interviewing", "--note", "on Friday")
    apart = twice(reachlist, "Computer Vision Intern", 1)
    assert len(apart) == 2
    assert (apart[one]["status"], apart[one]["notes"]) == ("interviewing", "on Friday")
    (again,) = twice(reachlist, TITLE, 2).values()
    assert (again["id"], again["status"], again["notes"]) == (one, "interviewing", "on Friday")


@pytest.mark.parametrize("left_behind", ["dead", "taken out of the directory"])
def test_a_board_that_moves_to_another_platform_keeps_its_ids_and_marks(reachlist: Command, left_behind: str) -> None:
    give_words(reachlist)
    world, one = reachlist.world, "greenhouse/kestrel/10"
    world.boards = {"kestrel": {"10": TITLE}, "mottle": {"1": "Machine Learning Intern"}}
    reachlist.run()
    reachlist("mark", one, "applied", "--note", "sent on Monday")
    world.lever = {"kestrel": {LEVER: TITLE}}
    world.boards["kestrel"] = 404
    if left_behind != "dead":
        del world.boards["kestrel"]
    for day in (1, 10, 40, 80):
        reachlist.run("--all", day=day)
        (row,) = (row for row in reachlist.rows() if row["company"] == "Kestrel")
        assert (row["id"], row["status"], row["notes"]) == (one, "applied", "sent on Monday")
    assert "jobs.lever.co" in row["url"]


def test_a_mark_stays_with_its_job_when_a_twin_beside_it_stands_on(reachlist: Command) -> None:
    give_words(reachlist)
    one = "greenhouse/kestrel/10"
    reachlist.world.boards = {"kestrel": {"10": TITLE, "11": TITLE, "12": "Baker"}}
    reachlist.run()
    reachlist("mark", one, "applied", "--note", "sent on Monday")
    del reachlist.world.boards["kestrel"]["10"]
    for day in (1, 2, 3):
        reachlist.run("--all", day=day)
    rows = {row["id"]: row for row in reachlist.rows()}
    assert {name: (row["state"], row["status"]) for name, row in rows.items()} == {
        one: ("closed", "applied"),
        "greenhouse/kestrel/11": ("open", ""),
    }
    assert "posted again" not in rows["greenhouse/kestrel/11"]["why"]


@pytest.mark.parametrize(
    ("status", "note", "stays"),
    [("applied", "", True), ("", "ask Ada", True), ("rejected", "no", False), ("", "", False)],
)
def test_what_the_user_is_not_done_with_stays_when_it_closes(
    reachlist: Command, status: str, note: str, stays: bool
) -> None:
    one = "greenhouse/kestrel/10"
    reachlist.world.boards["kestrel"] |= {"12": "Baker"}
    reachlist.run()
    reachlist("mark", one, status, "--note", note)
    del reachlist.world.boards["kestrel"]["10"]
    for day in (1, 2, 3, 500):
        reachlist.run("--all", day=day)
        rows = reachlist.rows()
        if day != 1:
            assert (one in {row["id"] for row in rows}) == stays
    if stays:
        assert (rows[-1]["id"], rows[-1]["state"], rows[-1]["eligible"]) == (one, "closed", "no")
        assert (rows[-1]["status"], rows[-1]["notes"]) == (status, note)
    assert rows[0]["state"] == "open"


def test_a_closed_opening_can_be_shown_and_marked(reachlist: Command) -> None:
    one = "greenhouse/kestrel/10"
    reachlist.world.boards["kestrel"] |= {"12": "Baker"}
    reachlist.run()
    del reachlist.world.boards["kestrel"]["10"]
    for day in (1, 2, 3):
        reachlist.run("--all", day=day)
    assert one not in {row["id"] for row in reachlist.rows()}
    assert reachlist("show", one, day=3) == 0
    assert "on no list" in reachlist.out and "closed" in reachlist.out
    assert reachlist("mark", one, "interviewing", day=3) == 0
    assert {row["id"]: row["status"] for row in reachlist.rows()}[one] == "interviewing"


def blocks(reachlist: Command) -> dict[str, str]:
    """What the store keeps of each employer whose postings were compared."""
    with closing(sqlite3.connect(reachlist.data / "reachlist.db")) as db:
        return dict(db.execute("SELECT employer, body FROM employer_block"))


def test_a_new_posting_has_its_own_employer_judged_anew_and_no_other(reachlist: Command) -> None:
    employers = ("kestrel", "mottle", "gannet")
    reachlist.world.boards = {slug: {f"{at}1": TITLE} for at, slug in enumerate(employers, 1)}
    reachlist.world.lever = {slug: {f"{at}{LEVER[1:]}": TITLE} for at, slug in enumerate(employers, 1)}
    reachlist.run("--all")
    first = blocks(reachlist)
    assert set(first) == set(employers)
    reachlist.run("--all", day=1)
    assert blocks(reachlist) == first
    reachlist.world.boards["mottle"]["22"] = "Computer Vision Intern"
    reachlist.run("--all", day=2)
    assert {name for name, body in blocks(reachlist).items() if first[name] != body} == {"mottle"}


def test_a_repost_shows_its_new_date_and_keeps_the_day_it_was_first_seen(reachlist: Command) -> None:
    one = "greenhouse/kestrel/10"
    for day, jobs in enumerate(({"10": TITLE}, *[{"70": "Baker"}] * 3)):
        reachlist.world.boards["kestrel"] = jobs
        reachlist.run("--all", day=day)
        if one in {row["id"] for row in reachlist.rows()}:
            reachlist("show", one, day=day)
            assert "posted again" not in reachlist.out
    assert one not in {row["id"] for row in reachlist.rows()}
    reachlist.world.published = "2026-12-01"
    reachlist.world.boards["kestrel"] = {"70": "Baker", "90": TITLE}
    reachlist.run("--all", day=30)
    (row,) = (row for row in reachlist.rows() if row["id"] == one)
    assert (row["posted"][:10], row["first_seen"][:10]) == ("2026-12-01", "2026-11-02")
    reachlist("show", one, day=30)
    assert "posted again after it was closed" in reachlist.out
    assert "greenhouse/kestrel/10 · closed" in reachlist.out and "greenhouse/kestrel/90 · open" in reachlist.out
