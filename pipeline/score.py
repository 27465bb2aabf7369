"""How well one opening suits one student: a visible list of criteria and weights, and the order that follows.

A criterion is a pure function of a Case, in pipeline/criteria.py and pipeline/reach.py; its docstring is the
public explanation. No clock, no file and no posting-specific rule may enter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Protocol, TypeVar

from pipeline import criteria
from pipeline.case import Case, Judgement
from pipeline.eligibility import bars
from pipeline.models import Employer, Finding, Opening, Profile, Reading, Score
from pipeline.reach import reach
from pipeline.stated import known_since

CRITERIA: tuple[tuple[str, Callable[[Case], Judgement | None], float], ...] = (
    ("reach", reach, 30),
    ("role", criteria.role, 30),
    ("bar", criteria.bar, 20),
    ("skills", criteria.skills, 10),
    ("place", criteria.place, 4),
    ("term", criteria.term, 4),
    ("freshness", criteria.freshness, 4),
    ("pay", criteria.pay, 4),
    ("favourite", criteria.favourite, 10),
)
ELIGIBLE = ("yes", "unsure", "no")


class Scored(Protocol):
    """Anything that can be ordered: a row of the list."""

    @property
    def opening(self) -> Opening: ...
    @property
    def score(self) -> Score: ...


Row = TypeVar("Row", bound=Scored)


def score(opening: Opening, reading: Reading, employer: Employer, profile: Profile, today: date) -> Score:
    """The findings of every criterion that applies to this student, and the bars of eligibility."""
    case = Case(opening, reading, employer, profile, today)
    findings = []
    for name, criterion, default in CRITERIA:
        weight = profile.weights.get(name, default)
        judgement = criterion(case) if weight else None
        if judgement:
            findings.append(Finding(name, judgement.value, weight, judgement.reason, judgement.quote, judgement.known))
    return Score(tuple(findings), bars(case), reading.pool)


def order(rows: Iterable[Row]) -> list[Row]:
    """Best first: those the student may apply to, dated before pools, then fewer bars in the way, total, date, id."""
    return sorted(rows, key=lambda row: sort_key(row.opening, row.score))


def sort_key(opening: Opening, result: Score) -> tuple[int, bool, int, float, int, str]:
    """Ascending is best first."""
    day = known_since(opening)
    return *standing(result), -day.toordinal() if day else 0, opening.id


def standing(result: Score) -> tuple[int, bool, int, float]:
    """The order of the list before ties are broken: eligible, dated or a pool, bars in the way, total."""
    in_the_way = sum(bar.verdict != "yes" for bar in result.bars)
    return ELIGIBLE.index(result.eligible), result.pool, in_the_way, -round(result.total, 6)
