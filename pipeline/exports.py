"""The list for other programs: a Markdown table for notes and pull requests, Parquet for data frames.

What comes in is rows as `shortlist.cells` names them; CSV and JSON lines stand in shortlist.py.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from pipeline.one_line import one_line

SHOWN = ("rank", "score", "eligible", "company", "title", "location", "employer_size", "deadline", "why", "id")
NUMBERS = {"rank": "int64", "score": "float64", "reach": "float64", "skills": "float64"}  # all else is text
_MEANT = re.compile(r"([\\`*_\[\]<>|~&#!])")  # characters that Markdown takes for more than themselves


class MissingExtraError(Exception):
    """A format whose library is not installed; the message says how to get it."""


def markdown(rows: Iterable[Mapping[str, Any]]) -> str:
    """A table of the columns a person reads, each title linked to its posting."""
    lines = ["| " + " | ".join(SHOWN) + " |", "|" + "---|" * len(SHOWN)]
    for row in rows:
        title = _words(row["title"])
        address = row["url"] or ""
        if address.lower().startswith(("http://", "https://")):
            title = f"[{title}](<{quote(one_line(address), safe=';/?:@&=+$,%#!~.-_()')}>)"
        lines.append("| " + " | ".join(title if name == "title" else _words(row[name]) for name in SHOWN) + " |")
    return "\n".join(lines) + "\n"


def _words(value: Any) -> str:
    return "" if value is None else _MEANT.sub(r"\\\1", one_line(str(value)))


def parquet(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> bytes:
    """One Parquet file with all columns; None where the posting does not say. Raises MissingExtraError."""
    try:
        import pyarrow  # noqa: PLC0415 -- an optional extra
        from pyarrow import parquet as file_format  # noqa: PLC0415
    except ImportError:
        raise MissingExtraError("Parquet needs pyarrow: pip install 'reachlist[parquet]'") from None
    types = {"int64": pyarrow.int64(), "float64": pyarrow.float64()}
    schema = pyarrow.schema([(name, types.get(NUMBERS.get(name, ""), pyarrow.string())) for name in columns])
    out = io.BytesIO()
    file_format.write_table(pyarrow.Table.from_pylist([_encodable(row) for row in rows], schema=schema), out)
    return out.getvalue()


def _encodable(row: Mapping[str, Any]) -> dict[str, Any]:
    # Halves of surrogate pairs are no text in any file.
    return {
        name: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
        for name, value in row.items()
    }
