"""What hangs on no profile is kept from list to list, and the list is the same as one made anew."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pipeline.commands import kept, work
from pipeline.commands.stages import Stages
from tests.commands.world import PROFILE, Command
from tests.commands.world import edit as edit_rows
from tests.engines import FILES


def made(command: Command) -> dict[str, bytes]:
    """What a list is on disk."""
    return {name: (command.data / name).read_bytes() for name in FILES}


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A word for every time that what is stored is read and judged."""
    told: list[str] = []
    read = Stages.read_stored

    def counted(self: Stages, *arguments: Any, **options: Any) -> Iterator[Any]:
        told.append("read")
        return read(self, *arguments, **options)

    monkeypatch.setattr(Stages, "read_stored", counted)
    return told


def edit(command: Command, skills: str) -> None:
    path = command.world.folder / "config/profile.yaml"
    path.write_text(PROFILE.replace("python", skills))


def test_an_edit_of_the_profile_ranks_what_was_kept_as_if_it_were_made_anew(
    reachlist: Command, readings: list[str]
) -> None:
    reachlist.run()
    readings.clear()
    edit(reachlist, "pytorch")
    assert reachlist("rank") == 0
    assert readings == []
    of_kept = made(reachlist)
    edit(reachlist, "python")
    reachlist("rank")
    (reachlist.data / kept.NAME).unlink()
    edit(reachlist, "pytorch")
    reachlist("rank")
    assert readings == ["read"]
    assert made(reachlist) == of_kept


def closed(command: Command) -> None:
    with closing(sqlite3.connect(command.data / "reachlist.db")) as db, db:
        db.execute("UPDATE posting SET state = 'missing'")


def new_words(command: Command) -> None:
    (command.world.folder / "config/employers.yaml").write_text("Nobody: {size: 11-50, source: their page}\n")


def torn(command: Command) -> None:
    path = command.data / kept.NAME
    path.write_bytes(path.read_bytes()[:-9])


def of_another(command: Command) -> None:
    path = command.data / kept.NAME
    path.write_bytes(b"another " + path.read_bytes())


@pytest.mark.parametrize("change", [closed, new_words, torn, of_another])
def test_what_is_not_good_any_more_is_made_anew(
    change: Callable[[Command], None], reachlist: Command, readings: list[str]
) -> None:
    reachlist.run()
    readings.clear()
    change(reachlist)
    assert reachlist("rank") == 0
    assert readings == ["read"]
    assert reachlist("rank") == 0
    assert readings == ["read"]


def test_it_is_good_as_long_as_its_postings_are_proved(reachlist: Command, readings: list[str]) -> None:
    reachlist.run()
    readings.clear()
    reachlist("rank", day=29)
    assert readings == []
    reachlist("rank", day=60)
    assert readings == ["read"]


def test_a_run_in_which_nothing_changed_ranks_what_was_kept(reachlist: Command, readings: list[str]) -> None:
    reachlist.run()
    readings.clear()
    reachlist.run(day=1)
    reachlist("rank", day=1)
    assert readings == []
    of_kept = made(reachlist)
    (reachlist.data / kept.NAME).unlink()
    reachlist("rank", day=1)
    assert readings == ["read"]
    assert made(reachlist) == of_kept


def test_a_store_that_was_restored_has_another_stamp(reachlist: Command) -> None:
    reachlist.run()
    with closing(sqlite3.connect(reachlist.data / "reachlist.db")) as db, db:
        (before,) = db.execute("SELECT value FROM stamp").fetchone()
        for _ in range(2):
            db.execute("UPDATE posting SET state = CASE state WHEN 'open' THEN 'missing' ELSE 'open' END")
            (after,) = db.execute("SELECT value FROM stamp").fetchone()
            assert after != before


def test_advice_that_looks_into_the_texts_has_the_texts(reachlist: Command, readings: list[str]) -> None:
    reachlist.run()
    readings.clear()
    assert reachlist("gaps") == 0
    assert readings == ["read"]


def test_what_ranks_openings_for_any_student_is_made_once(
    reachlist: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_of = []
    made_once = work.table
    monkeypatch.setattr(work, "table", lambda *part: made_of.append(part) or made_once(*part))
    monkeypatch.setattr("pipeline.commands.stages.GROUP", 1)
    students = tmp_path / "students"
    students.mkdir()
    reachlist.run()
    for name in ("python", "pytorch", "sql"):
        (students / f"{name}.yaml").write_text(PROFILE.replace("python", name))
    assert reachlist("rank", "--profiles", str(students), "--top", "1") == 0
    assert len(made_of) == 1
    assert len(list((reachlist.data / "lists").iterdir())) == 3


def test_what_a_student_notes_while_many_lists_are_made_is_kept(
    reachlist: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    students = tmp_path / "students"
    students.mkdir()
    for name in ("ada", "ben"):
        (students / f"{name}.yaml").write_text(PROFILE)
    reachlist.run()
    assert reachlist("rank", "--profiles", str(students)) == 0
    whole = {name: reachlist.data / f"lists/{name}.csv" for name in ("ada", "ben")}
    lists = Stages.lists

    def meanwhile(self: Stages, *of: Any) -> Iterator[Any]:
        edit_rows(whole["ada"], lambda row: row.update(notes=f"place {row['rank']}"))
        return lists(self, *of)

    monkeypatch.setattr(Stages, "lists", meanwhile)
    assert reachlist("rank", "--profiles", str(students), "--top", "2") == 0
    ada, ben = (list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) for path in whole.values())
    assert [row["notes"] for row in ada] == ["place 1", "place 2", "place 3", "place 4"], "beyond the two as well"
    assert [row["notes"] for row in ben] == ["", ""]
