"""Whether it is too late for an opening: its deadline has passed, or the term it runs in is over.

Boards leave such postings standing, and say no more of it; only what they state counts.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from pipeline import stated
from pipeline.models import Opening, Reading

# The last day of a season by (years on, month, day), at its latest: a winter may begin in one year and end in the next.
ENDS = {"spring": (0, 6, 21), "summer": (0, 9, 22), "fall": (0, 12, 31), "winter": (1, 3, 20)}
SOUTHERN = frozenset({"AR", "AU", "BR", "CL", "NZ", "PE", "UY", "ZA"})  # where a summer has two years


class Last(NamedTuple):
    """The last day on which an application makes sense, and what says so."""

    day: date
    words: str  # "the deadline was 2026-03-01"
    topic: str


def last(opening: Opening, reading: Reading) -> Last | None:
    """The deadline or the end of the term, whichever comes first; None where neither is stated with its year."""
    deadline = stated.deadline(opening, reading)
    days = [Last(deadline, f"the deadline was {deadline}", "deadline")] if deadline else []
    season, _, year = (reading.term or "").partition(" ")
    if year.isdecimal() and season in ENDS and SOUTHERN.isdisjoint(reading.countries):
        on, month, day = ENDS[season]
        days.append(Last(date(int(year) + on, month, day), f"{season} {year} is over", "term"))
    return min(days, default=None)


def passed(opening: Opening, reading: Reading, today: date) -> Last | None:
    """What makes it too late today; None while it is not."""
    end = last(opening, reading)
    return end if end and end.day < today else None
