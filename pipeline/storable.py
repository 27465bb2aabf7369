"""Postings as rows: what of a board's words can be stored, and how it is written and read back.

For store.py alone. A record that no row can hold is that record's error, never the board's.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from itertools import compress
from operator import attrgetter
from types import NoneType
from typing import Any

import msgspec

from pipeline.models import Pay, Posting, Rejected, Snapshot

COLUMNS = tuple(field.name for field in fields(Posting))  # of the table, as a row has them
Row = tuple[str | None, ...]  # the values of COLUMNS
LONGEST = 400_000  # characters of one field
_TEXTS = tuple(name for name in COLUMNS if name not in ("locations", "pay"))
_json = json.JSONEncoder(ensure_ascii=False).encode
_locations = msgspec.json.Decoder(tuple[str, ...]).decode
_NEEDED = ("board", "ref", "url", "title", "company", "description")
_UNREAD = ("board", "ref", "url", "apply_url", "updated", "requisition")  # no reader looks at these

_values, _texts, _needed = attrgetter(*COLUMNS), attrgetter(*_TEXTS), attrgetter(*_NEEDED)
_PAY_NAMES = tuple(field.name for field in fields(Pay))
_pay = attrgetter(*_PAY_NAMES)
_LOCATIONS, _PAY = COLUMNS.index("locations"), COLUMNS.index("pay")
_READ = tuple(name not in _UNREAD for name in COLUMNS)

# NUL ends a text in SQLite's own functions; a lone surrogate is no character at all
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(snapshot: Snapshot) -> Snapshot:
    """The snapshot with texts that a row can hold; postings that none can are moved to the rejected."""
    postings, rejected = [], [_clean_record(record) for record in snapshot.rejected]
    for posting in snapshot.postings:
        fault = _fault(posting, snapshot.board.id)
        if fault:
            ref = clean(posting.ref) if isinstance(posting.ref, str) else None
            rejected.append(Rejected(fault, _evidence(posting), ref))
        else:
            postings.append(_clean_posting(posting))
    unique = {posting.ref: posting for posting in reversed(postings)}
    kept = tuple(posting for posting in postings if unique.get(posting.ref) is posting)
    return replace(
        snapshot,
        postings=kept,
        rejected=tuple(rejected),
        reason=None if snapshot.reason is None else clean(snapshot.reason),
        gone=tuple(clean(ref) for ref in snapshot.gone),
    )


def clean(text: str) -> str:
    """`text` with U+FFFD for every NUL and lone surrogate."""
    return text if _is_clean(text) else _UNSTORABLE.sub("\ufffd", text)


def _is_clean(text: str) -> bool:
    if "\x00" in text:
        return False
    try:
        return text.isascii() or bool(text.encode())
    except UnicodeEncodeError:  # a lone surrogate
        return False


def row(posting: Posting) -> Row:
    """The values of COLUMNS."""
    values = list(_values(posting))
    values[_LOCATIONS] = _json(posting.locations)
    if posting.pay is not None:
        values[_PAY] = json.dumps(dict(zip(_PAY_NAMES, _pay(posting.pay), strict=True)))
    return tuple(values)


def posting(values: Sequence[Any]) -> Posting:
    """The posting of a row that begins with COLUMNS."""
    named = dict(zip(COLUMNS, values, strict=False))
    named["locations"] = _locations(named["locations"])
    named["pay"] = None if named["pay"] is None else Pay(**json.loads(named["pay"]))
    return Posting(**named)


def digest(row: Row) -> str:
    """Equal for the rows of postings of which the board said the same."""
    return _hash(row)


def content(row: Row) -> str:
    """Equal for the rows of postings that every reader reads alike."""
    return _hash(compress(row, _READ))


def content_hash(posting: Posting) -> str:
    """Equal for postings that every reader reads alike."""
    return content(row(posting))


def content_hash_of_row(*values: Any) -> str:
    """The same of a row, for migrations."""
    return content_hash(posting(values))


def fingerprint(snapshot: Snapshot, digests: Iterable[str]) -> str:
    """Equal for the same visit committed twice; `digests` are those of its postings."""
    seen = (snapshot.board.id, snapshot.at, snapshot.verdict, str(snapshot.listed), str(len(snapshot.rejected)))
    return _hash([*seen, *sorted(snapshot.gone), None, *sorted(digests)])


def _hash(values: Iterable[str | None]) -> str:
    """Of texts that can be stored: a NUL parts them, and a lone surrogate is None."""
    joined = "\x00".join(["\ud800" if value is None else value for value in values])
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()


def _fault(posting: Posting, board: str) -> str | None:
    """Why no row can hold the posting, or None."""
    if None in _needed(posting) or not _are_texts(_texts(posting)):
        for name, value in zip(_TEXTS, _texts(posting), strict=True):
            if not isinstance(value, str) and (value is not None or name in _NEEDED):
                return f"{name} is no text"
            if value is not None and len(value) > LONGEST:
                return f"{name} is longer than {LONGEST} characters"
    if posting.board != board:
        return f"it belongs to another board, {posting.board}"
    if not posting.ref.strip() or not posting.title.strip():
        return "it has no id" if not posting.ref.strip() else "it has no title"
    if not all(isinstance(location, str) for location in posting.locations):
        return "a location is no text"
    if posting.pay is not None and not all(_is_amount(end) for end in (posting.pay.min, posting.pay.max)):
        return "the pay is no amount of money"
    return None


def _are_texts(values: Sequence[Any]) -> bool:
    """Whether all are texts of no more than LONGEST characters, or None."""
    return {str, NoneType}.issuperset(map(type, values)) and max(map(len, filter(None, values)), default=0) <= LONGEST


def _evidence(posting: Posting) -> str:
    try:
        return clean(repr(posting))[:2000]
    except ValueError:  # Python writes no integer of more than 4,300 digits
        return clean(repr(replace(posting, pay=None)))[:2000]


def _is_amount(value: object) -> bool:
    return isinstance(value, int | float) and abs(value) < 1e15 and math.isfinite(value)


def _clean_posting(posting: Posting) -> Posting:
    if _is_clean("".join((*filter(None, _texts(posting)), *posting.locations))):
        return posting
    texts: dict[str, Any] = {name: value and clean(value) for name, value in zip(_TEXTS, _texts(posting), strict=True)}
    return replace(posting, locations=tuple(map(clean, posting.locations)), **texts)


def _clean_record(record: Rejected) -> Rejected:
    ref = None if record.ref is None else clean(record.ref)
    return Rejected(clean(record.reason), clean(record.evidence)[:2000], ref)
