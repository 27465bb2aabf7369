"""The list as files: columns, cells no spreadsheet runs, and the user's own words kept."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from pipeline.marks import merged, read_sheet
from pipeline.models import (
    Bar,
    Employer,
    Finding,
    Listing,
    Mark,
    Marks,
    Opening,
    Pay,
    Posting,
    Reading,
    Score,
    Sheet,
    SizeEvidence,
    Span,
    State,
)
from pipeline.shortlist import (
    COLUMNS,
    Row,
    cells,
    guarded,
    jsonl,
    numbered,
    table,
    to_csv,
    unguarded,
    write_csv,
)
from tests.conftest import ROOT

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # what spreadsheets take for the start of one
texts = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), max_size=30)


def row(ref: str = "1", **changed: str) -> Row:
    posting = Posting(
        board="lever/kelpwater",
        ref=ref,
        url=f"https://jobs.lever.co/kelpwater/{ref}",
        title="ML Intern",
        company="Kelpwater",
        description="",
        locations=("Lisbon", "Porto"),
        posted="2026-11-10T08:00:00Z",
    )
    twin = replace(posting, board="feed/sea", ref=ref, url=f"https://sea.example/{ref}", locations=("Porto",))
    one = Opening(posting.id, (Listing(replace(posting, **changed), State.OPEN, "2026-11-11"), Listing(twin)))  # type: ignore[arg-type]
    reading = Reading(
        internship=True,
        ml_role="core",
        pay=Pay(30, 35, "USD", "hour"),
        duration_weeks=Span(12, 12),
        skills_required=(("rust", "go"),),
    )
    employer = Employer(
        "kelpwater", "Kelpwater", "11-50", 0.9, (SizeEvidence("posting", "11-50", 2, "states 12 people"),)
    )
    score = Score(
        (
            Finding("reach", 0.9, 30, "11-50 people"),
            Finding("skills", 0.0, 10, "0 of 1 required skills; missing rust or go"),
            Finding("term", None, 4, "does not say when it runs"),
        ),
        (Bar("phd", "yes", "no PhD needed", "no PhD required"),),
    )
    return Row(one, reading, employer, score, missing_skills=("rust or go",))


def written(rows: list[Row]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(rows), newline="")))


def test_the_columns_are_those_of_the_design() -> None:
    design = ROOT.parent / "shared" / "DESIGN.md"
    if not design.exists():
        pytest.skip("needs ../shared, the design beside the checkout")
    section = design.read_text(encoding="utf-8").split("## shortlist.csv")[1]
    named = section.split("`rank, ", 1)[1].split("`", 1)[0]
    assert ("rank, " + named).replace("\n", " ").split(", ") == list(COLUMNS)
    assert list(cells(row())) == list(COLUMNS)


def test_a_row_says_what_a_person_needs() -> None:
    (shown,) = written(numbered([row()], {}))
    assert (shown["rank"], shown["eligible"], shown["employer_size"]) == ("1", "yes", "11-50")
    assert shown["location"] == "Lisbon; Porto"
    assert shown["pay"] == "30–35 USD per hour"
    assert shown["duration"] == "12 weeks"
    assert shown["posted"] == "2026-11-10"
    assert shown["missing_skills"] == "rust or go"
    assert shown["also_on"] == "https://sea.example/1"
    assert shown["why"] == "11-50 people; but 0 of 1 required skills; missing rust or go"


def test_what_one_reason_says_another_does_not_repeat() -> None:
    score = Score(
        (Finding("reach", 0.7, 30, "11-50 people, though it is over"), Finding("freshness", 0.0, 4, "it is over"))
    )
    assert cells(replace(row(), score=score))["why"] == "11-50 people, though it is over"


def test_what_closes_a_row_stands_in_its_why_with_the_quote() -> None:
    closed = replace(row(), score=Score((), (Bar("phd", "no", "a PhD is required", "must hold\na PhD"),)))
    assert cells(closed)["why"] == "no: a PhD is required “must hold a PhD”"


def test_the_unknown_is_an_empty_cell() -> None:
    (shown,) = written([row()])
    assert (shown["phd"], shown["term"], shown["deadline"], shown["notes"]) == ("", "", "", "")


@given(texts, texts)
def test_any_text_comes_back_from_the_file_as_it_was(title: str, notes: str) -> None:
    assert unguarded(guarded(title)) == title
    (shown,) = written(numbered([row(title=title)], {"lever/kelpwater/1": Mark("applied", notes)}))
    assert unguarded(shown["notes"]) == notes
    assert unguarded(shown["title"]) == title


@given(texts, st.sampled_from(FORMULA))
def test_no_cell_runs_as_a_formula(text: str, start: str) -> None:
    (shown,) = written([row(title=start + text, company=" " + start + text)])
    for cell in shown.values():
        assert not cell.lstrip().startswith(FORMULA), cell


def test_lines_end_as_the_standard_says_and_every_row_has_every_column() -> None:
    text = to_csv([row(title='a "quoted", title\nover two lines')])
    assert text.endswith("\r\n")
    assert all(len(record) == len(COLUMNS) for record in csv.reader(io.StringIO(text, newline="")))


# --- the user's own columns ---------------------------------------------------------------------------


def test_status_and_notes_survive_every_later_run(tmp_path: Path) -> None:
    path = tmp_path / "shortlist.csv"
    marks: Marks = {"lever/kelpwater/1": Mark("applied", "=call Ana; „Montag“ 10:00")}
    for _ in range(3):
        write_csv(path, numbered([row("1"), row("2")], marks))
        marks = read_sheet(path).marks
    assert marks["lever/kelpwater/1"] == Mark("applied", "=call Ana; „Montag“ 10:00")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_spreadsheet_may_save_the_list_its_own_way(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "shortlist.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerows([["notes", "id", "status"], ["café, seen; twice", "lever/kelpwater/1", "applied"]])
    assert read_sheet(path) == Sheet({"lever/kelpwater/1": Mark("applied", "café, seen; twice")}, ())


def test_a_file_that_is_no_list_has_no_marks(tmp_path: Path) -> None:
    assert read_sheet(tmp_path / "missing.csv") == Sheet()
    (tmp_path / "odd.csv").write_bytes(b"\xff\xfe\x00 nothing")
    assert read_sheet(tmp_path / "odd.csv") == Sheet()


@pytest.mark.parametrize(
    ("stored", "written_last", "in_file", "kept"),
    [
        (("", ""), ("", ""), ("applied", "hi"), ("applied", "hi")),
        (("applied", "hi"), ("applied", "hi"), ("applied", "hi"), ("applied", "hi")),
        (("rejected", "hi"), ("applied", "hi"), ("applied", "hi"), ("rejected", "hi")),
        (("applied", "hi"), ("applied", "hi"), ("", ""), None),
        (("rejected", "by mail"), ("applied", "hi"), ("interviewing", "Monday"), ("interviewing", "Monday | by mail")),
    ],
)
def test_edits_on_both_sides_are_kept(
    stored: tuple[str, str], written_last: tuple[str, str], in_file: tuple[str, str], kept: tuple[str, str] | None
) -> None:
    """Of notes, and of a cell in a column of the user's own."""
    noted = [Mark(*said) for said in (stored, written_last, in_file)]
    in_cells = [Mark(status, "", (("own", text),) if text else ()) for status, text, _ in noted]
    for ours, base, theirs in (noted, in_cells):
        mark = merged({"x": ours}, Sheet({"x": base}, ("own",)), Sheet({"x": theirs}, ("own",))).marks.get("x")
        assert (mark and (mark.status, mark.notes or dict(mark.cells).get("own"))) == kept


def test_a_row_that_left_the_file_keeps_its_marks() -> None:
    assert merged({"x": Mark("applied")}, Sheet(), Sheet()).marks == {"x": Mark("applied")}


def test_the_file_is_replaced_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "shortlist.csv"
    write_csv(path, [row()])
    before = path.read_bytes()
    monkeypatch.setattr("pipeline.whole_file.os.fsync", _no_room)
    with pytest.raises(OSError, match="no space"):
        write_csv(path, [row("2")])
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def _no_room(_: int) -> None:
    raise OSError("no space")


# --- JSON lines and the terminal ------------------------------------------------------------------------


def test_json_rows_carry_the_columns_and_every_posting() -> None:
    (line,) = jsonl(numbered([row()])).splitlines()
    read = json.loads(line)
    assert list(read) == [*COLUMNS, "postings"]
    assert read["postings"] == ["lever/kelpwater/1", "feed/sea/1"]
    assert read["phd"] is None


def test_the_table_shows_the_why_on_one_line() -> None:
    console = Console(width=160, record=True, file=io.StringIO())
    console.print(table(numbered([row(title="ML [bold]Intern[/bold]")])))
    shown = console.export_text()
    assert "ML [bold]Intern[/bold]" in shown
    assert "11-50 people; but 0 of 1 required skills" in shown
