"""Lists that another program wrote: CSV with a heading, JSON, JSON lines. Columns are known by their usual names."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from crawlers.answers import json_answer
from crawlers.fields import Unreadable
from crawlers.importers.building import Found

MAX_FILE = 32_000_000  # bytes
NAMES = {
    "url": ("url", "link", "job url", "job link", "posting url", "apply url", "job_url"),
    "title": ("title", "job title", "position", "role", "job_title"),
    "company": ("company", "company name", "employer", "organization", "organisation", "company_name"),
    "location": ("location", "city", "place", "job location", "locations"),
    "text": ("description", "text", "job description", "details", "notes"),
    "posted": ("posted", "date posted", "posted at", "date_posted"),
}
Complain = Callable[[str], None]


def csv_file(path: Path, complain: Complain) -> Iterator[Found]:
    """A row per job. Raises Unreadable where no column holds links."""
    text = _bytes(path).decode("utf-8-sig", "replace")
    separator = max(",;\t", key=text.split("\n", 1)[0].count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        if "url" not in _known(rows.fieldnames or ()):
            raise Unreadable(f"no column of links: name it {NAMES['url'][0]} or {NAMES['url'][1]}")
        yield from (_found(row) for row in rows)
    except csv.Error as error:
        raise Unreadable(f"line {rows.line_num}: {error}") from error


def json_file(path: Path, complain: Complain) -> Iterator[Found]:
    """A list of objects, or an object that holds one. Raises Unreadable."""
    content = json_answer(_bytes(path))
    if isinstance(content, dict):
        content = next((value for value in content.values() if isinstance(value, list)), [content])
    if not isinstance(content, list):
        raise Unreadable("no list of jobs in it")
    yield from _objects(content, complain)


def json_lines(path: Path, complain: Complain) -> Iterator[Found]:
    """An object per line; a line that is none is told and left out."""
    for number, line in enumerate(_bytes(path).splitlines(), 1):
        if line.strip():
            try:
                yield from _objects([json_answer(line)], complain)
            except Unreadable as error:
                complain(f"line {number}: {error}")


def _objects(rows: list[Any], complain: Complain) -> Iterator[Found]:
    for number, row in enumerate(rows, 1):
        if isinstance(row, dict):
            yield _found(row)
        else:
            complain(f"entry {number}: no object")


def _known(names: Any) -> dict[str, str]:
    """Field -> the column that holds it."""
    columns = {str(name).strip().lower(): name for name in names if name is not None}
    return {field: columns[alias] for field, wanted in NAMES.items() for alias in wanted[::-1] if alias in columns}


def _found(row: dict[Any, Any]) -> Found:
    said = {field: row[name] for field, name in _known(row).items()}
    values: dict[str, Any] = {field: value for field, value in said.items() if isinstance(value, str) and value.strip()}
    return Found(**({"url": "", "source": "export"} | values))


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > MAX_FILE:
        raise Unreadable(f"larger than {MAX_FILE:,} bytes: not read")
    return path.read_bytes()
