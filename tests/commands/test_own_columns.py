"""Columns that the user adds to a list: they stay, cell by cell, and come back with a row that was away."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from pipeline import whole_file
from pipeline.commands import shortlisting
from pipeline.commands.marking import moved
from pipeline.marks import COLUMNS, merged
from pipeline.models import Mark, Sheet
from pipeline.shard_stores import join
from pipeline.store import Store
from tests.commands.world import Command, edit

# What stands in a cell of the user's own, and what the list has of it.
CELLS = {
    "plain": "plain", '"quoted", and more': '"quoted", and more', "two\nlines": "two\nlines", "a\r\nb": "a\r\nb",
    "café 机器学习 🤖": "café 机器学习 🤖", "007": "007", "4.50": "4.50", "-3": "-3", "-1,5": "-1,5",
    "21.11.2026": "21.11.2026",
    "TRUE": "TRUE", "'quoted'": "'quoted'", "'": "'", "  spaces ": "  spaces ", "a;b\tc": "a;b\tc",
    "=2+2": "'=2+2", "+49 30": "'+49 30", "@ana": "'@ana", "- maybe": "'- maybe", "'=2+2": "'=2+2", " =1": "' =1",
}  # fmt: skip


def table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def add(path: Path, header: Sequence[str], *rows: Sequence[str]) -> None:
    """Puts columns behind those of a list; rows beyond the given ones get empty cells."""
    lines = table(path)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for at, line in enumerate(lines):
            given = header if at == 0 else rows[at - 1] if at <= len(rows) else [""] * len(header)
            writer.writerow([*line, *given])


def own(path: Path) -> tuple[list[str], dict[str, list[str]]]:
    """The header behind the fixed columns, and the cells there by opening."""
    header, *rows = table(path)
    assert header[: len(COLUMNS)] == list(COLUMNS)
    return header[len(COLUMNS) :], {row[len(COLUMNS) - 1]: row[len(COLUMNS) :] for row in rows}


@pytest.fixture
def path(reachlist: Command) -> Path:
    reachlist.run()
    return reachlist.data / "shortlist.csv"


def test_columns_stay_in_their_order_and_the_same_bytes_are_written_again(reachlist: Command, path: Path) -> None:
    add(path, ["recruiter", "Rating", "empty"], ["Ana", "3", ""], ["", "-3", ""])
    first, second, *_ = own(path)[1]
    for _ in range(3):
        assert reachlist("rank") == 0
        header, cells = own(path)
        assert header == ["recruiter", "Rating", "empty"]
        assert cells[first] == ["Ana", "3", ""] and cells[second] == ["", "-3", ""]
        before = path.read_bytes()
        reachlist("rank")
        assert path.read_bytes() == before


def test_cells_are_as_they_were_but_for_what_a_spreadsheet_would_run(reachlist: Command, path: Path) -> None:
    names = [f"column {number}" for number in range(len(CELLS))]
    add(path, names, list(CELLS))
    first = next(iter(own(path)[1]))
    for day in (1, 2):
        reachlist.run("--all", day=day)
        assert dict(zip(CELLS, own(path)[1][first], strict=True)) == CELLS


def test_what_is_taken_back_in_a_cell_or_a_whole_column_is_gone(reachlist: Command, path: Path) -> None:
    add(path, ["a", "b"], ["1", "2"], ["3", "4"])
    reachlist("rank")
    edit(path, lambda row: (row.pop("a"), row.update(b="" if row["b"] == "2" else row["b"])))
    reachlist("rank")
    header, cells = own(path)
    assert header == ["b"] and list(cells.values())[:2] == [[""], ["4"]]
    with Store(reachlist.data / "reachlist.db") as store:
        assert [mark.cells for mark in store.marks().values()] == [(("b", "4"),)]


def test_a_column_put_elsewhere_goes_behind_the_fixed_ones(reachlist: Command, path: Path) -> None:
    lines = table(path)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(["x" if at else "first", *line] for at, line in enumerate(lines))
    reachlist("rank")
    header, cells = own(path)
    assert header == ["first"] and {*map(tuple, cells.values())} == {("x",)}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("name", ["pay\nper hour", "a;b;c;d\ne", "a,id,status\n", "a\tid\tstatus"])
def test_a_column_first_in_the_file_may_have_any_name(
    reachlist: Command, path: Path, name: str, delimiter: str
) -> None:
    edit(path, lambda row: row.update(status="applied"))
    lines = table(path)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(["x" if at else name, *line] for at, line in enumerate(lines))
    reachlist("rank")
    header, cells = own(path)
    assert header == [name] and {*map(tuple, cells.values())} == {("x",)}
    assert {row["status"] for row in reachlist.rows()} == {"applied"}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (["Notes", "STATUS", "Id"], ["Notes", "STATUS", "Id"]),
        (["x", "x", "x (2)"], ["x", "x (3)", "x (2)"]),
        (["notes", "id", "rank"], ["notes (2)", "id (2)", "rank (2)"]),
        (["", "", "=cmd"], ["", "(2)", "'=cmd"]),
    ],
    ids=["in other case", "twice", "as a fixed one", "without a name"],
)
def test_odd_names_lose_no_cell(reachlist: Command, path: Path, given: list[str], kept: list[str]) -> None:
    edit(path, lambda row: row.update(status="applied", notes="mine"))
    add(path, given, ["1", "2", "3"])
    first = next(iter(own(path)[1]))
    for _ in range(2):
        reachlist("rank")
        header, cells = own(path)
        assert (header, cells[first]) == (kept, ["1", "2", "3"])
        assert {(row["status"], row["notes"]) for row in reachlist.rows()} == {("applied", "mine")}


def test_a_fixed_column_that_was_renamed_says_nothing_and_what_it_held_is_in_both(
    reachlist: Command, path: Path
) -> None:
    edit(path, lambda row: row.update(status="applied", notes="mine"))
    reachlist("rank")
    edit(path, lambda row: row.update(Notes=row.pop("notes"), rating="3", status="offer"))
    for _ in range(2):
        reachlist("rank")
        assert {(row["status"], row["notes"]) for row in reachlist.rows()} == {("offer", "mine")}
        assert {*map(tuple, own(path)[1].values())} == {("mine", "3")}


def test_an_empty_column_without_a_name_is_none_and_cells_beyond_the_header_are_kept(
    reachlist: Command, path: Path
) -> None:
    add(path, ["", "", ""])
    reachlist("rank")
    assert own(path)[0] == []
    text = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([text[0], text[1].rstrip() + ",called\r\n", *text[2:]]), encoding="utf-8", newline="")
    reachlist("rank")
    assert own(path)[0] == [""] and next(iter(own(path)[1].values())) == ["called"]


def test_a_thousand_columns_stay(reachlist: Command, path: Path) -> None:
    names = [f"c{number}" for number in range(1000)]
    add(path, names, names)
    reachlist("rank")
    header, cells = own(path)
    assert header == names and next(iter(cells.values())) == names


def test_a_row_that_was_away_has_its_cells_again(reachlist: Command, path: Path) -> None:
    one, titles = "greenhouse/mottle/1", reachlist.world.boards["mottle"]
    edit(path, lambda row: row.update(rating=row["id"]))
    for day in (1, 2, 3, 4):
        reachlist.world.boards["mottle"] = titles if day == 4 else {ref: titles[ref] for ref in titles if ref != "1"}
        reachlist.run("--all", day=day)
        assert (one in own(path)[1]) == (day in (1, 4)), "a cell of the user's own holds no closed opening"
        assert all(cells == [opening] for opening, cells in own(path)[1].items())


def test_a_list_that_was_lost_has_its_columns_again(reachlist: Command, path: Path) -> None:
    add(path, ["b", "a"], ["1", "2"])
    reachlist("rank")
    before = path.read_bytes()
    for content in (None, b"", b"\x00\x00"):
        path.unlink() if content is None else path.write_bytes(content)
        reachlist("rank")
        assert path.read_bytes() == before


def test_mark_leaves_the_cells_alone_and_takes_new_ones_over(reachlist: Command, path: Path) -> None:
    add(path, ["rating"], ["3"])
    first = next(iter(own(path)[1]))
    assert reachlist("mark", first, "applied", "--note", "by mail") == 0
    assert own(path)[1][first] == ["3"] and reachlist.rows()[0]["status"] == "applied"
    edit(path, lambda row: row.update(rating="4"))
    reachlist("mark", first, "interviewing")
    assert own(path)[1][first] == ["4"] and "marked both" not in reachlist.err


def test_a_column_added_while_a_run_is_at_work_is_taken_over(
    reachlist: Command, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare = shortlisting.compare

    def edited(*arguments: object) -> object:
        add(path, ["rating", "empty"], ["3", ""])
        return compare(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(shortlisting, "compare", edited)
    assert reachlist("rank") == 0
    header, cells = own(path)
    assert header == ["rating", "empty"] and next(iter(cells.values())) == ["3", ""]
    assert "was edited while this ran: 1 rows taken over" in reachlist.err


def test_csv_has_the_columns_and_other_formats_have_not(reachlist: Command, path: Path, tmp_path: Path) -> None:
    add(path, ["rating"], ["a cell of mine"])
    for name, there in (("a.csv", True), ("a.jsonl", False), ("a.md", False)):
        assert reachlist("rank", "--to", str(tmp_path / name)) == 0
        assert ("a cell of mine" in (tmp_path / name).read_text(encoding="utf-8")) == there
    reachlist("rank")
    assert "a cell of mine" not in (reachlist.data / "report.html").read_text(encoding="utf-8")


def test_a_list_held_open_elsewhere_loses_no_cell(
    reachlist: Command, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "held by a spreadsheet")

    write = whole_file.write
    add(path, ["rating"], ["3"])
    with monkeypatch.context() as patched:
        patched.setattr(whole_file, "write", lambda file, content: refused() if file == path else write(file, content))
        reachlist("rank")
    assert next(iter(own(path.with_name("shortlist.new.csv"))[1].values())) == ["3"]
    edit(path, lambda row: row.update(rating="4"))
    reachlist("rank")
    assert {*map(tuple, own(path)[1].values())} == {("4",)}


def test_a_column_taken_out_is_gone_from_rows_that_are_away_and_one_of_another_list_is_not() -> None:
    stored = {"here": Mark("", "", (("theirs", "1"),)), "away": Mark("", "", (("mine", "2"), ("theirs", "3")))}
    written = Sheet({}, ("mine", "empty"))
    now = merged(stored, written, Sheet({"here": Mark()}, ("empty",)))
    cells = {"here": Mark("", "", (("theirs", "1"),)), "away": Mark("", "", (("theirs", "3"),))}
    assert now == Sheet(cells, ("empty", "theirs"))


def test_stores_that_are_merged_bring_their_cells(tmp_path: Path) -> None:
    marks = {"a": Mark("", "", (("rating", "3"),))}
    with Store(tmp_path / "one.db") as one, Store(tmp_path / "all.db") as whole:
        one.set_marks(marks)
        join(whole, [tmp_path / "one.db"])
        assert whole.marks() == marks


def test_two_that_become_one_opening_keep_the_cells_of_both() -> None:
    marks = {"A": Mark("", "", (("x", "1"), ("y", "2"))), "B": Mark("applied", "", (("x", "3"), ("z", "4")))}
    cells = (("x", "1 | 3"), ("y", "2"), ("z", "4"))
    assert moved(marks, {"B": "A"}) == {"A": Mark("applied", "", cells)}


def test_a_students_list_keeps_its_columns_below_the_top_too(reachlist: Command, students: Path) -> None:
    assert reachlist("rank", "--profiles", str(students)) == 0
    ada, ben = (reachlist.data / f"lists/{name}.csv" for name in ("ada", "ben"))
    edit(ada, lambda row: row.update(rating=row["id"], empty=""))
    whole: Callable[[], dict[str, list[str]]] = lambda: {one: [one, ""] for one in own(ben)[1]}  # noqa: E731
    before = whole()
    reachlist("rank", "--profiles", str(students), "--top", "1")
    assert len(own(ada)[1]) == 1 and own(ada)[0] == ["rating", "empty"]
    reachlist("rank", "--profiles", str(students))
    assert own(ada)[1] == before and own(ben)[0] == []


def test_a_store_of_before_opens_and_takes_the_columns(reachlist: Command, path: Path) -> None:
    reachlist("mark", "1", "applied", "--note", "by mail")
    with closing(sqlite3.connect(reachlist.data / "reachlist.db", isolation_level=None)) as db:
        for statement in (
            "DROP TABLE own_column", "ALTER TABLE mark DROP COLUMN cells", "ALTER TABLE written DROP COLUMN cells",
            "PRAGMA user_version = 8",
        ):  # fmt: skip
            db.execute(statement)
    edit(path, lambda row: row.update(rating="3"))
    assert reachlist("rank") == 0
    assert {tuple(cells) for cells in own(path)[1].values()} == {("3",)}
    assert {row["status"] for row in reachlist.rows()} == {"", "applied"}
