"""The list through spreadsheets and data frames: opened, saved, read again, and the same bytes are written."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.marks import harmless, kept, merged, read_sheet, unguarded
from pipeline.models import Mark, Sheet
from pipeline.shortlist import COLUMNS, Row, numbered, to_csv
from tests.test_shortlist import row

# What a student writes into a cell, and what spreadsheets like to make of it.
NOTES = (
    "007", "0049 30 1234567", "3/4", "5 Nov", "Nov 5", "2026-11-21", "10:30", "1e5", "1.000,50", "50 %", "TRUE",
    "false", "=2+2", "+49 30 1234", "-1", "@ana", "'quoted'", "''", "-", "call Ana; then, “maybe”, \"Tom\"",
    "two\nlines", "café 机器学习 🤖", "in 3/4 of all cases", "12345678901234567890", "€ 20", "1-10", "(5)", "may",
    "#1", "",
)  # fmt: skip
OWN = ("備考", "Wörter", "stars")  # columns of the user's own
WORDS = ("café 机器学习 🤖", "two\nlines", "", "=2+2", 'say "Ana"; then', "@ana")
STATUSES = ("applied", "interviewing", "", "hidden", "to do", "1")


@pytest.fixture
def rows() -> list[Row]:
    """One opening for each note, with cells in columns of the user's own."""
    made = [row(str(place), title=f"ML Intern {place}") for place in range(len(NOTES))]
    marks = {}
    for place, one in enumerate(made):
        cells = zip(sorted(OWN), (WORDS[place % 6], str(place), WORDS[(place + 1) % 6]), strict=True)
        own = tuple((name, harmless(text)) for name, text in cells if text)
        marks[one.opening.id] = Mark(STATUSES[place % 6], NOTES[place], own)
    return numbered(made, marks)


def written_again(rows: list[Row], path: Path) -> str:
    """What the next run writes, from the file as it is now and what was written last."""
    last = Sheet({one.opening.id: one.mark for one in rows}, OWN)
    now = merged(last.marks, last, read_sheet(path, OWN))
    return to_csv(numbered(rows, now.marks), now.columns or ())


def excel(text: str, *, delimiter: str, encoding: str, decimal: str = ",") -> bytes:
    """What Excel saves: guards as they are, numbers, dates and days its own way, quotes only where it must."""
    table = list(csv.DictReader(io.StringIO(text, newline="")))
    for cells in table:
        for name in ("score", "reach", "skills"):
            cells[name] = f"{float(cells[name]):g}".replace(".", decimal) if cells[name] else ""
        for name in ("posted", "first_seen", "deadline"):
            cells[name] = ".".join(reversed(cells[name].split("-")))
        cells["employer_size"] = "Nov 50"
        for name in ("status", "notes"):
            cells[name] = as_excel_reads(cells[name])
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(table[0]), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(table)
    return out.getvalue().encode(encoding, "replace")


def as_excel_reads(text: str) -> str:
    """Numbers lose their zeros and digits, days become dates, truth values capitals."""
    if text.replace(".", "", 1).isdigit():
        return f"{float(text):.15g}"
    return {"3/4": "04. Mrz", "5 Nov": "05. Nov", "Nov 5": "05. Nov", "1-10": "01. Okt", "false": "FALSCH"}.get(
        text, text
    )


def misread(text: str) -> str:
    """UTF-8 without a mark, as a program reads it that takes every file for cp1252."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


DIALECTS: dict[str, Callable[[str], bytes]] = {
    "Excel, CSV UTF-8": lambda text: excel(text, delimiter=",", encoding="utf-8-sig", decimal="."),
    "German Excel, CSV UTF-8": lambda text: excel(text, delimiter=";", encoding="utf-8-sig"),
    "German Excel, CSV": lambda text: excel(text, delimiter=";", encoding="cp1252"),
    "Excel, opened by a double click": lambda text: excel(misread(text), delimiter=",", encoding="utf-8-sig"),
    "Excel, Unicode text": lambda text: excel(text, delimiter="\t", encoding="utf-16"),
}


@pytest.mark.parametrize("name", DIALECTS)
def test_excel_saves_it_and_the_next_run_writes_the_same_bytes(rows: list[Row], tmp_path: Path, name: str) -> None:
    path = tmp_path / "shortlist.csv"
    path.write_bytes(DIALECTS[name](to_csv(rows, OWN)))
    assert written_again(rows, path) == to_csv(rows, OWN)


@pytest.mark.parametrize("name", DIALECTS)
def test_what_was_edited_in_excel_arrives(rows: list[Row], tmp_path: Path, name: str) -> None:
    path = tmp_path / "shortlist.csv"
    mark = Mark("rejected", "by mail; sadly", (("stars", "5"), ("Wörter", "sent; then")))
    edited = [*rows[:3], numbered([rows[3]], {rows[3].opening.id: mark})[0], *rows[4:]]
    path.write_bytes(DIALECTS[name](to_csv(edited, OWN)))
    assert written_again(rows, path) == to_csv(numbered(edited), OWN)


@pytest.mark.parametrize("typed", [{}, {"dtype": str, "keep_default_na": False}], ids=["as it guesses", "as text"])
def test_pandas_saves_it_and_the_next_run_writes_the_same_bytes(
    rows: list[Row], tmp_path: Path, typed: dict[str, object]
) -> None:
    path = tmp_path / "shortlist.csv"
    path.write_bytes(to_csv(rows, OWN).encode())
    pandas.read_csv(path, **typed).to_csv(path, index=False)  # type: ignore[call-overload]
    assert written_again(rows, path) == to_csv(rows, OWN)


def test_pandas_reads_numbers_as_numbers_and_silence_as_silence(rows: list[Row], tmp_path: Path) -> None:
    path = tmp_path / "shortlist.csv"
    path.write_bytes(to_csv(rows, OWN).encode())
    frame = pandas.read_csv(path)
    assert list(frame.columns) == [*COLUMNS, *OWN]
    assert frame["score"].dtype == "float64" and frame["rank"].dtype == "int64"
    assert frame["phd"].isna().all()


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice (soffice)")
@pytest.mark.parametrize("by_way_of", ["csv", "xlsx", "ods"])
def test_libreoffice_saves_it_and_the_next_run_writes_the_same_bytes(
    rows: list[Row], tmp_path: Path, by_way_of: str
) -> None:
    path = tmp_path / "shortlist.csv"
    path.write_bytes(to_csv(rows, OWN).encode())
    if by_way_of != "csv":
        libreoffice(path, by_way_of, tmp_path)
    libreoffice(path.with_suffix(f".{by_way_of}"), "csv:Text - txt - csv (StarCalc):44,34,76,1", tmp_path / "saved")
    assert written_again(rows, tmp_path / "saved" / "shortlist.csv") == to_csv(rows, OWN)


def libreoffice(path: Path, form: str, folder: Path) -> None:
    """Opens the file as a person does (commas, quotes, UTF-8) and saves it in another form, with its own settings."""
    opened = ["--infilter=CSV:44,34,76,1"] if path.suffix == ".csv" else []
    home = f"-env:UserInstallation={(path.parent / 'office').as_uri()}"
    words = [
        "soffice",
        home,
        "--headless",
        "--norestore",
        *opened,
        "--convert-to",
        form,
        "--outdir",
        str(folder),
        str(path),
    ]
    done = subprocess.run(words, capture_output=True, text=True, timeout=180, check=False)
    assert (folder / f"{path.stem}.{form.split(':', maxsplit=1)[0]}").exists(), done.stderr


@pytest.mark.parametrize("note", NOTES)
def test_a_note_is_read_as_it_was_written(note: str, tmp_path: Path) -> None:
    path = tmp_path / "shortlist.csv"
    path.write_bytes(to_csv(numbered([row()], {"lever/kelpwater/1": Mark("", note)})).encode())
    assert read_sheet(path).marks["lever/kelpwater/1"] == Mark("", note)


@given(st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00")))
def test_any_note_comes_back(note: str) -> None:
    assert unguarded(kept(note)) == note


@pytest.mark.parametrize("note", ["in 3/4 of all cases", "call Ana", "may", "#1 choice", "asked 3 questions"])
def test_words_stay_without_a_guard(note: str) -> None:
    assert kept(note) == note
