"""What the user wrote into the list, `status` and `notes`, and cells that survive a spreadsheet unharmed.

A guarded cell starts no formula; reading one back gives the text that was guarded.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

GUARD = "'"  # spreadsheets show what follows as text
RISKY = re.compile(rf"[{GUARD}\t\r\n]|\s*[=+\-@＝＋－＠]")  # a guard, or what starts a formula
MARKS = ("id", "status", "notes")
# What a status says of an opening; one in the user's own words says nothing of it.
OVER = frozenset({"hidden", "rejected", "withdrawn"})
APPLIED = frozenset({"applied", "interviewing", "offer"})
# What spreadsheets take for a number, a date, a time or a truth value, and write back as they see fit.
MISREAD = re.compile(
    r"(?=.*\d)[\d\s.,:;/%()+$£€-]{0,40}(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|[ap]m|e)?[\d\s.,:;/%()+-]{0,40}"
    r"|true|false",
    re.IGNORECASE,
)
Marks = Mapping[str, tuple[str, str]]  # opening id -> (status, notes)


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


def read_marks(path: Path) -> dict[str, tuple[str, str]]:
    """Opening id -> (status, notes) as they stand in the file, empty ones too; a row that is gone says nothing.

    Takes what spreadsheets make of a CSV: a byte-order mark, semicolons or tabs, columns moved about,
    another encoding. A file without the three columns has no marks.
    """
    return _marks_in(path.read_bytes()) if path.exists() else {}


@lru_cache(maxsize=1)
def _marks_in(raw: bytes) -> dict[str, tuple[str, str]]:
    """A list is read again right before it is replaced, as a rule unchanged."""
    try:
        text = raw.decode("utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    lines = io.StringIO(text, newline="")
    delimiter = max(",;\t", key=lines.readline().count)
    lines.seek(0)
    csv.field_size_limit(10**8)
    rows = csv.reader(lines, delimiter=delimiter)
    places = {name: at for at, name in enumerate(next(rows, ()))}
    if not {*MARKS} <= places.keys():
        return {}
    marks, at, width = {}, [places[name] for name in MARKS], len(places)
    for row in rows:
        full = row if len(row) >= width else [*row, *[""] * width]
        identity, status, notes = [unguarded(full[place]) for place in at]
        if identity:
            marks[identity] = (status, notes)
    return marks


def merged_marks(
    stored: Marks,
    written: Marks,
    in_file: Marks,
) -> dict[str, tuple[str, str]]:
    """The user's marks from the store and from the file, where `written` is what the last run put in the file.

    What was edited on one side wins; where both sides were edited apart, the file's status wins and the
    notes of both are kept.
    """
    merged = {}
    for identity in stored.keys() | in_file.keys() | written.keys():
        base, ours = (side.get(identity, ("", "")) for side in (written, stored))
        theirs = in_file.get(identity, base)  # a row that is gone, or was never there, says nothing
        theirs = (_unharmed(theirs[0], base[0]), _unharmed(theirs[1], base[1]))
        status = ours[0] if theirs[0] == base[0] else theirs[0]
        if theirs[1] == base[1] or theirs[1] == ours[1]:
            notes = ours[1]
        elif ours[1] == base[1]:
            notes = theirs[1]
        else:
            notes = " | ".join(filter(None, [theirs[1], ours[1]]))
        if status or notes:
            merged[identity] = (status, notes)
    return merged


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
