"""What is stated of an opening: one answer to each question, for all that judge, show or count it.

Where the text and a field of the board differ, the reading decides: it has seen both. Facts are taken from the
opening's first posting; when it was first seen, from all of them, and when it was put up, from those that stand.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from pipeline.models import Opening, Pay, Reading


def workplace(opening: Opening, reading: Reading) -> str | None:
    """remote, hybrid, onsite."""
    return reading.workplace or opening.posting.workplace


def pay(opening: Opening, reading: Reading) -> Pay | None:
    """The range; None, too, where it says that it is unpaid."""
    return None if reading.unpaid else reading.pay or opening.posting.pay


def deadline(opening: Opening, reading: Reading) -> date | None:
    """The last day to apply."""
    return as_date(reading.deadline) or as_date(opening.posting.deadline)


def first_seen(opening: Opening) -> str | None:
    """When the first of its postings was first seen, ISO 8601."""
    return min((one.first_seen for one in opening.listings if one.first_seen), default=None)


def posted_on(opening: Opening) -> date | None:
    """The latest day that one of its postings which stand names as its own; None where none does."""
    return max(filter(None, (as_date(one.posting.posted) for one in opening.standing)), default=None)


def known_since(opening: Opening) -> date | None:
    """The day it was posted, else the day it was first seen: it is as old as that, or older."""
    seen = (as_date(one.first_seen) for one in opening.standing)
    return posted_on(opening) or min(filter(None, seen), default=None)


@lru_cache(maxsize=1 << 14)
def as_date(text: str | None) -> date | None:
    """The day of an ISO 8601 date or date-time; None for anything else."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
