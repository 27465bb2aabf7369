"""Whether it is too late for an opening: its deadline has passed, its term is over, or no visit finds it any more.

Boards leave postings standing for long; only what they state counts. A board that died, moved or is no longer
visited closes nothing: what stood there is probably gone, and nobody knows.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from pipeline import stated
from pipeline.models import IMPORTED, Opening, Reading

# The last day of a season by (years on, month, day), at its latest: a winter may begin in one year and end in the next.
UNPROVED = timedelta(days=30)  # every board that lives is visited at least weekly
ENDS = {"spring": (0, 6, 21), "summer": (0, 9, 22), "fall": (0, 12, 31), "winter": (1, 3, 20)}
SOUTHERN = frozenset({"AR", "AU", "BR", "CL", "NZ", "PE", "UY", "ZA"})  # where a summer has two years


class Last(NamedTuple):
    """The last day on which an application makes sense, and what says so."""

    day: date
    words: str  # "the deadline was 2026-03-01"
    topic: str  # whose quote shows it


def last(opening: Opening, reading: Reading) -> Last | None:
    """The deadline, the end of the term or of all proof that it stands, whichever comes first; None for none."""
    deadline = stated.deadline(opening, reading)
    days = [Last(deadline, f"the deadline was {deadline}", "deadline")] if deadline else []
    season, _, year = (reading.term or "").partition(" ")
    if year.isdecimal() and season in ENDS and SOUTHERN.isdisjoint(reading.countries):
        on, month, day = ENDS[season]
        days.append(Last(date(int(year) + on, month, day), f"{season} {year} is over", "term"))
    if found := _found(opening):
        days.append(Last(found + UNPROVED, f"no visit has found it since {found}", "last_seen"))
    return min(days, default=None)


def _found(opening: Opening) -> date | None:
    """The day a visit last found it; None where none is told, or where it was only imported: no visit looks there."""
    visited = [one for one in opening.standing if one.posting.board.partition("/")[0] != IMPORTED]
    days = [stated.as_date(one.last_seen) for one in visited]
    return max(filter(None, days), default=None) if all(days) else None


def passed(opening: Opening, reading: Reading, today: date) -> Last | None:
    """What makes it too late today; None while it is not."""
    end = last(opening, reading)
    return end if end and end.day < today else None
