"""What the user wrote into a list, `status`, `notes` and columns of their own, and cells that survive a spreadsheet.

A guarded cell starts no formula; reading one back gives the text that was guarded. In columns of the user's own a guard
is part of the cell.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

from pipeline.models import NOTHING, Mark, Marks, Sheet

GUARD = "'"  # spreadsheets show what follows as text
RISKY = re.compile(rf"[{GUARD}\t\r\n]|\s*[=+\-@＝＋－＠]")  # a guard, or what starts a formula
COLUMNS = (  # of a list; every other one in its file is the user's own
    "rank", "score", "eligible", "company", "title", "location", "workplace", "employer_size", "size_basis",
    "reach", "skills", "role", "why", "missing_skills", "level", "phd", "publications", "sponsorship", "pay",
    "term", "duration", "deadline", "posted", "first_seen", "state", "url", "also_on", "status", "notes", "id",
)  # fmt: skip
MARKS = ("status", "notes")
NEGATIVE = re.compile(r"-\d+(?:[.,]\d+)*")  # begins like a formula, and is none
# What a status says of an opening; one in the user's own words says nothing of it.
OVER = frozenset({"hidden", "rejected", "withdrawn"})
APPLIED = frozenset({"applied", "interviewing", "offer"})
# What spreadsheets take for a number, a date, a time or a truth value, and write back as they see fit.
MISREAD = re.compile(
    r"(?=.*\d)[\d\s.,:;/%()+$£€-]{0,40}(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|[ap]m|e)?[\d\s.,:;/%()+-]{0,40}"
    r"|true|false",
    re.IGNORECASE,
)


def is_over(status: str) -> bool:
    """Whether the user is done with an opening so marked, however the status is capitalised."""
    return status.strip().casefold() in OVER


def is_settled(status: str) -> bool:
    """Whether nothing is left to apply for: it is over, or applied to."""
    return is_over(status) or status.strip().casefold() in APPLIED


def guarded(value: Any) -> str:
    """A cell no spreadsheet runs as a formula; `unguarded` gives the text back."""
    text = "" if value is None else str(value).replace("\x00", "")
    return GUARD + text if not text[:1].isalnum() and RISKY.match(text) else text


def kept(value: str) -> str:
    """A cell of the user's own: one that no spreadsheet rewrites either (007, 3/4, 5 Nov)."""
    return GUARD + value if MISREAD.fullmatch(value) else guarded(value)


def unguarded(text: str) -> str:
    """What `guarded` or `kept` was given, also where a person or a spreadsheet took the guard away."""
    if not text.startswith(GUARD):
        return text
    rest = text[1:]
    return rest if RISKY.match(rest) or MISREAD.fullmatch(rest) else text


def harmless(text: str) -> str:
    """A cell in a column of the user's own: as it is, but for a guard where a spreadsheet would run it."""
    text = text.replace("\x00", "")
    return text if text.startswith(GUARD) or NEGATIVE.fullmatch(text) else guarded(text)


def read_sheet(path: Path, known: Sequence[str] = ()) -> Sheet:
    """What the user wrote as it stands in the file, empty marks too; a row that is gone says nothing.

    Takes what spreadsheets make of a CSV: a byte-order mark, semicolons or tabs, columns moved about,
    another encoding; columns of the user's own that are `known` are recognised all the same. A file without
    `id` is no list.
    """
    return _recognised(_sheet_in(path.read_bytes()), known) if path.exists() else Sheet()


@lru_cache(maxsize=1)
def _sheet_in(raw: bytes) -> Sheet:
    """A list is read again right before it is replaced, as a rule unchanged."""
    rows = _rows_in(raw)
    header = next(rows, [])
    if "id" not in header:
        return Sheet()
    width, at = len(header), {name: header.index(name) for name in ("id", *MARKS) if name in header}
    fixed = {header.index(name) for name in COLUMNS if name in header}
    own = [place for place in range(width) if place not in fixed]
    named = {place: header[place] for place in own if header[place]}
    said: dict[str, tuple[dict[str, str], list[tuple[int, str]]]] = {}
    for row in rows:
        full = row if len(row) >= width else [*row, *[""] * (width - len(row))]
        mark = {name: unguarded(full[place]) for name, place in at.items()}
        cells = [(place, full[place]) for place in (*own, *range(width, len(full))) if full[place]]
        if identity := mark.pop("id"):
            said[identity] = (mark, cells)
            named |= {place: "" for place, _ in cells if place not in named}
    places = sorted(named)
    names = dict(zip(places, _told_apart([harmless(named[place]) for place in places]), strict=True))
    marks = {
        identity: Mark(**mark, cells=tuple(sorted((names[place], harmless(text)) for place, text in cells)))
        for identity, (mark, cells) in said.items()
    }
    return Sheet(marks, tuple(names.values()), tuple(name for name in MARKS if name not in at))


def _rows_in(raw: bytes) -> Iterator[list[str]]:
    try:
        text = raw.decode("utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    csv.field_size_limit(10**8)
    lines = io.StringIO(text, newline="")
    delimiter = max(",;\t", key=lambda one: _columns_parted_by(one, lines))
    lines.seek(0)
    return csv.reader(lines, delimiter=delimiter)


def _columns_parted_by(delimiter: str, lines: io.StringIO) -> tuple[bool, int]:
    """Whether the header has an `id` then, and how many columns of a list."""
    lines.seek(0)
    header = next(csv.reader(lines, delimiter=delimiter), [])
    return "id" in header, len({*header}.intersection(COLUMNS))


def _told_apart(names: Sequence[str]) -> Iterator[str]:
    """Names of columns, with a number behind one that stands there already."""
    seen = {*COLUMNS}
    for name in names:
        free = name
        if name in seen:
            numbered = (f"{name} ({number})".lstrip() for number in count(2))
            free = next(one for one in numbered if one not in seen and one not in names)
        seen.add(free)
        yield free


def _recognised(sheet: Sheet, known: Sequence[str]) -> Sheet:
    """The sheet with its columns named as `known` where a spreadsheet's encoding changed nothing but the names."""
    there = sheet.columns or ()
    missing = [name for name in known if name not in there]
    names = {}
    for column in there:
        if column not in known and (name := next((one for one in missing if _unharmed(column, one) == one), None)):
            names[column] = name
            missing.remove(name)
    if not names:
        return sheet
    marks = {
        identity: mark._replace(cells=tuple(sorted((names.get(name, name), text) for name, text in mark.cells)))
        for identity, mark in sheet.marks.items()
    }
    return replace(sheet, marks=marks, columns=tuple(names.get(column, column) for column in there))


def merged(stored: Marks, written: Sheet, in_file: Sheet) -> Sheet:
    """The user's marks from the store and from the file, where `written` is what the last run put in the file.

    What was edited on one side wins; where both sides were edited apart, the file's status wins and the
    notes and cells of both are kept. Columns are the file's; one taken out of it is gone from every mark.
    """
    before = written.columns or ()
    own = before if in_file.columns is None else in_file.columns
    gone = {*before} - {*own}
    marks = {}
    for identity in stored.keys() | in_file.marks.keys() | written.marks.keys():
        base, ours = (side.get(identity, NOTHING) for side in (written.marks, stored))
        theirs = in_file.marks.get(identity, base)  # a row that is gone, or was never there, says nothing
        if in_file.lacks:
            theirs = theirs._replace(**{name: getattr(base, name) for name in in_file.lacks})
        mark = _merged_mark(base, ours, theirs, gone)
        if any(mark):
            marks[identity] = mark
    others = {name for mark in marks.values() for name, _ in mark.cells} - {*own}
    return Sheet(marks, (*own, *sorted(others)))


def _merged_mark(base: Mark, ours: Mark, theirs: Mark, gone: set[str]) -> Mark:
    status = _unharmed(theirs.status, base.status)
    sides = [dict(side.cells) for side in (base, ours, theirs)]
    names = sorted((sides[1].keys() | sides[2].keys()) - gone)
    cells = [(name, _merged_text(*(side.get(name, "") for side in sides))) for name in names]
    return Mark(
        ours.status if status == base.status else status,
        _merged_text(base.notes, ours.notes, theirs.notes),
        tuple((name, text) for name, text in cells if text),
    )


def _merged_text(base: str, ours: str, theirs: str) -> str:
    theirs = _unharmed(theirs, base)
    if theirs in (base, ours):
        return ours
    return theirs if ours == base else " | ".join(filter(None, [theirs, ours]))


def _unharmed(text: str, written: str) -> str:
    """`written` where the text is only what a spreadsheet that takes the file for its own encoding made of it."""
    if text == written:
        return written
    mangled = {form(cell) for form in (_without_unicode, _misread) for cell in (written, kept(written))}
    return written if text in mangled else text


def _without_unicode(text: str) -> str:
    return text.encode("cp1252", "replace").decode("cp1252")


def _misread(text: str) -> str:
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode("utf-8", "replace"))
