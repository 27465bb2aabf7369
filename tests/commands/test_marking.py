"""The list is the user's, too: what was edited in it meanwhile, on both sides, or taken out, is kept and told."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import whole_file
from pipeline.commands import shortlisting
from pipeline.store import Store
from tests.commands.world import PROFILE, Command, edit


def by_id(reachlist: Command) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in reachlist.rows()}


def test_what_is_edited_between_reading_and_writing_is_taken_over_and_told(
    reachlist: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    reachlist.run()
    compare = shortlisting.compare

    def edited(*arguments: Any) -> Any:
        edit(reachlist.data / "shortlist.csv", lambda row: row.update(status="applied", notes="while it ran"))
        return compare(*arguments)

    monkeypatch.setattr(shortlisting, "compare", edited)
    assert reachlist("rank") == 0
    assert {(row["status"], row["notes"]) for row in reachlist.rows()} == {("applied", "while it ran")}
    assert "was edited while this ran: 4 rows taken over" in reachlist.err
    monkeypatch.setattr(shortlisting, "compare", compare)
    reachlist("rank")
    assert {row["notes"] for row in reachlist.rows()} == {"while it ran"}
    assert "edited while" not in reachlist.err


def test_a_row_that_is_over_and_taken_out_stays_out_however_its_status_is_capitalised(reachlist: Command) -> None:
    reachlist.run()
    first = reachlist.rows()[0]["id"]
    path = reachlist.data / "shortlist.csv"
    edit(path, lambda row: row.update(status="Hidden" if row["id"] == first else ""))
    reachlist("rank")
    edit(path, lambda row: row["id"] != first)
    reachlist("rank")
    assert first not in by_id(reachlist)


@pytest.fixture
def held(reachlist: Command, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """The list is held open by a spreadsheet, which on Windows lets nobody replace it; calling this lets it go."""
    write = whole_file.write

    def refused(path: Path, content: bytes) -> None:
        if path == reachlist.data / "shortlist.csv":
            raise PermissionError(13, "held by a spreadsheet", str(path))
        write(path, content)

    reachlist.run()
    monkeypatch.setattr(whole_file, "write", refused)
    return lambda: monkeypatch.setattr(whole_file, "write", write)


def test_marks_set_on_both_sides_keep_both_notes_and_say_so(reachlist: Command, held: Callable[[], None]) -> None:
    first = reachlist.rows()[0]["id"]
    reachlist("mark", first, "rejected", "--note", "by mail")
    held()
    mine = {"status": "interviewing", "notes": "Monday"}
    edit(reachlist.data / "shortlist.csv", lambda row: row["id"] != first or row.update(mine))
    reachlist("rank")
    row = by_id(reachlist)[first]
    assert (row["status"], row["notes"]) == ("interviewing", "Monday | by mail")
    assert f"marked both in the list and by command: {first}" in reachlist.err


@pytest.mark.parametrize(("status", "back"), [("", True), ("applied", True), ("hidden", False), ("rejected", False)])
def test_a_deleted_row_stays_out_only_if_marked(reachlist: Command, status: str, back: bool) -> None:
    reachlist.run()
    first = reachlist.rows()[0]["id"]
    if status:
        reachlist("mark", first, status)
    edit(reachlist.data / "shortlist.csv", lambda row: row["id"] != first)
    for day in (1, 2):
        reachlist.run("--all", day=day)
        assert (first in by_id(reachlist)) == back
    reachlist("mark", first, "applied")
    assert by_id(reachlist)[first]["status"] == "applied"


def test_a_list_that_was_lost_is_written_in_full(reachlist: Command) -> None:
    reachlist.run()
    reachlist("mark", "1", "hidden")
    for content in (None, b"", b"\x00\x00"):
        path = reachlist.data / "shortlist.csv"
        path.unlink() if content is None else path.write_bytes(content)
        reachlist("rank")
        assert len(reachlist.rows()) == 4


def test_a_list_held_open_elsewhere_is_written_beside_and_no_mark_is_lost(
    reachlist: Command, held: Callable[[], None]
) -> None:
    first = reachlist.rows()[0]["id"]
    assert reachlist("mark", first, "applied") == 0
    assert "is open in another program" in reachlist.err and "shortlist.new.csv" in reachlist.err
    with (reachlist.data / "shortlist.new.csv").open(newline="", encoding="utf-8") as file:
        assert {row["status"] for row in csv.DictReader(file) if row["id"] == first} == {"applied"}
    held()
    reachlist("rank")
    assert by_id(reachlist)[first]["status"] == "applied"
    assert not (reachlist.data / "shortlist.new.csv").exists()  # the list itself is the newest again


def test_what_the_user_is_done_with_leaves_the_top_and_stays_in_the_list(reachlist: Command) -> None:
    reachlist.run()
    first = reachlist.rows()[0]
    reachlist("mark", first["id"], "hidden")
    reachlist("rank")
    assert first["title"] not in reachlist.out
    assert by_id(reachlist)[first["id"]]["status"] == "hidden"


# --- lists of many students ---------------------------------------------------------------------------


def listed_for(reachlist: Command, name: str) -> dict[str, dict[str, str]]:
    with (reachlist.data / f"lists/{name}.csv").open(newline="", encoding="utf-8") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def test_what_a_student_marked_is_there_again_when_an_opening_reopens(reachlist: Command, students: Path) -> None:
    assert reachlist("rank", "--profiles", str(students)) == 0
    one = "greenhouse/mottle/1"
    edit(reachlist.data / "lists/ada.csv", lambda row: row["id"] != one or row.update(status="rejected", notes="Ada"))
    titles = reachlist.world.boards["mottle"]
    for day in (1, 2, 3):
        reachlist.world.boards["mottle"] = titles if day == 3 else {ref: titles[ref] for ref in titles if ref != "1"}
        reachlist.run("--all", day=day)
        assert reachlist("rank", "--profiles", str(students), "--top", "1", day=day) == 0
        assert (one in listed_for(reachlist, "ada")) == (day != 2)
    row = listed_for(reachlist, "ada")[one]
    assert (row["status"], row["notes"]) == ("rejected", "Ada")
    assert {row["status"] for row in listed_for(reachlist, "ben").values()} == {""}


def test_what_a_student_takes_back_stays_taken_back(reachlist: Command, students: Path) -> None:
    for status in ("applied", ""):
        assert reachlist("rank", "--profiles", str(students)) == 0
        edit(reachlist.data / "lists/ada.csv", lambda row, status=status: row.update(status=status))
    assert reachlist("rank", "--profiles", str(students)) == 0
    assert {row["status"] for row in listed_for(reachlist, "ada").values()} == {""}


def test_lists_of_many_note_what_a_list_alone_notes(reachlist: Command, students: Path) -> None:
    """Which boards have internships, so that they are visited daily, and what was found of employers."""
    (reachlist.data / "reachlist.db").unlink()
    (reachlist.data / "reachlist.backup.db").unlink()
    assert reachlist("crawl", "--replay", str(reachlist.world.folder)) == 0
    assert reachlist("rank", "--profiles", str(students)) == 0
    with Store(reachlist.data / "reachlist.db") as store:
        assert all(board.wanted for board in store.health()) and store.employer_blocks()


def test_a_profile_that_cannot_be_read_stops_no_other(reachlist: Command, students: Path) -> None:
    for name in ("cy", "dee"):
        (students / f"{name}.yaml").write_text("student: {level: wizard}\n")
    (students / "eve.yml").write_text(PROFILE)
    (students / "class").mkdir()
    assert reachlist("rank", "--profiles", str(students)) == 1
    assert all(str(students / name) in reachlist.err for name in ("cy.yaml", "dee.yaml", "eve.yml", "class"))
    assert {path.stem for path in (reachlist.data / "lists").iterdir()} == {"ada", "ben"}
    for name in ("ada", "ben"):
        (students / f"{name}.yaml").unlink()
    assert reachlist("rank", "--profiles", str(students)) == 2


def test_lists_of_many_need_a_store(reachlist: Command, students: Path) -> None:
    (reachlist.data / "reachlist.db").unlink()
    assert reachlist("rank", "--profiles", str(students)) == 2
    assert not (reachlist.data / "lists").exists()


@pytest.mark.parametrize("content", [b"\x00\xff\xfe\x01\x02", b"a,b,c\n1,2,3\n", b"\xff\xfe\x00 nothing"])
def test_what_is_no_list_is_set_aside_and_told(reachlist: Command, students: Path, content: bytes) -> None:
    reachlist("rank", "--profiles", str(students))
    for path in (reachlist.data / "shortlist.csv", reachlist.data / "lists/ada.csv"):
        command = ("rank",) if path.stem == "shortlist" else ("rank", "--profiles", str(students))
        written = path.read_bytes()
        for name in (f"{path.stem}.unread.csv", f"{path.stem}.unread-2.csv"):
            path.write_bytes(content)
            assert reachlist(*command) == 0
            copy = path.with_name(name)
            assert copy.read_bytes() == content and path.read_bytes() == written
            assert reachlist.err.splitlines() == [
                f"{path} could not be read as a list: what stood there is kept in {copy}"
            ]
    assert not (reachlist.data / "lists/ben.unread.csv").exists()


@pytest.mark.parametrize("content", [b"", b"\r\n", None])
def test_a_list_that_is_gone_or_empty_leaves_nothing_to_set_aside(reachlist: Command, content: bytes | None) -> None:
    reachlist.run()
    path = reachlist.data / "shortlist.csv"
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    assert reachlist("rank") == 0
    assert not reachlist.err and not list(reachlist.data.glob("*unread*"))
