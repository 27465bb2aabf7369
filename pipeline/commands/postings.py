"""Postings from a file: JSON lines of `id, company, title, location, description`, or one text."""

from __future__ import annotations

import contextlib
import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.commands.session import UsageError
from pipeline.encoded import text_of
from pipeline.models import Listing, Posting
from pipeline.storable import clean

BOARD = "file"  # postings of a file stand on no board
FIELDS = ("id", "company", "title", "location", "description")
OPTIONAL = ("url", "posted", "employment", "workplace", "department", "deadline", "apply_url", "requisition")
SHOWN = 3  # ids that are named
LONGEST_TITLE = 300  # characters of a first line; a longer one is text
STOPS = (".", "!", "?", "。")  # what a sentence ends in: alone in a file, it is no title

Identity = str | int | float  # as it stands in the file


def content(source: str) -> str:
    """The text of a file, or of standard input for `-`. Raises UsageError."""
    try:
        raw = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise UsageError(f"{source}: {error.strerror}") from error
    return text_of(raw)


def from_lines(
    source: str, complain: Callable[[str], None], *, empty: bool = False
) -> Iterator[tuple[Identity, Posting]]:
    """(id, posting) of every JSON line; a line that is none is complained of and left out.

    `empty`: one whose title and description hold nothing is a posting all the same. A posting's own id is its place
    in the file, so that two lines with one id stay two postings.
    """
    for number, line in enumerate(_lines(source), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(text_of(line))
            if not isinstance(row, dict):
                raise TypeError("not an object of JSON, {…}")
            yield _identity(row), _posting(row, number, empty=empty)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            what = f"the key {error} is missing" if isinstance(error, KeyError) else str(error) or "no posting"
            complain(f"{source}:{number}: {what}; the line is left out")


def _lines(source: str) -> Iterator[bytes]:
    """The lines of a file, one at a time: it may be larger than memory. Raises UsageError."""
    try:
        with contextlib.nullcontext(sys.stdin.buffer) if source == "-" else Path(source).open("rb") as file:
            yield from file
    except OSError as error:
        raise UsageError(f"{source}: {error.strerror}") from error


def _identity(row: dict[str, Any]) -> Identity:
    identity = row["id"]
    if not isinstance(identity, Identity) or (isinstance(identity, float) and not math.isfinite(identity)):
        raise TypeError("id is neither text nor a number")
    return identity


def _posting(row: dict[str, Any], number: int, *, empty: bool) -> Posting:
    values = {}
    for name in (*FIELDS, *OPTIONAL):
        value = row.get(name)
        if name == "location" and isinstance(value, list):
            value = "; ".join(map(str, value))
        if value is not None and not isinstance(value, str | int | float):
            raise TypeError(f"{name} is no text")
        values[name] = None if value is None else clean(str(value))
    said = values["title"] or values["description"] or values["url"]
    if not said and not (empty and row.keys() & {"title", "description"}):
        raise ValueError("neither a title nor a description nor a link")
    return Posting(
        board=BOARD,
        ref=str(number),
        url=values["url"] or "",
        title=values["title"] or "",
        company=values["company"] or "",
        description=values["description"] or "",
        locations=(values["location"],) if values["location"] else (),
        posted=values["posted"],
        employment=values["employment"],
        workplace=values["workplace"],
        department=values["department"],
        deadline=values["deadline"],
        apply_url=values["apply_url"],
        requisition=values["requisition"],
    )


def from_text(source: str) -> Posting:
    """One posting: its first line is the title, but for a sentence that stands alone."""
    text = clean(content(source)).strip()
    title, _, body = text.partition("\n")
    if title.startswith("<") or len(title) > LONGEST_TITLE or (not body and title.endswith(STOPS)):
        return Posting(BOARD, "1", "", "", "", text)
    return Posting(BOARD, "1", "", title.strip(), "", body)


def listings(read: Iterator[tuple[Identity, Posting]], ids: dict[str, str]) -> Iterator[Listing]:
    """The postings as listings; fills `ids` with posting id -> id in the file, as text."""
    for identity, posting in read:
        ids[posting.id] = str(identity)
        yield Listing(posting)


def doubled(source: str, ids: Mapping[str, str]) -> list[str]:
    """What is to be said where lines of a file share an id: what is told of one may be of the other."""
    names = [name for name, count in Counter(ids.values()).items() if count > 1]
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return [f"{source}: more than one line has the id {', '.join(names[:SHOWN])}{more}"] if names else []
