"""What a criterion looks at and what it answers: one opening and one student, and a judgement with its reason."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from pipeline.models import Employer, Opening, Profile, Reading


class Case(NamedTuple):
    """Everything a criterion may look at."""

    opening: Opening
    reading: Reading
    employer: Employer
    profile: Profile
    today: date


class Judgement(NamedTuple):
    """What a criterion says: 0..1 or None, one sentence, and the posting's words where it rests on them."""

    value: float | None
    reason: str
    quote: str | None = None
    known: bool = True  # False: the value is the profile's word on the unknown


def names_employer(names: tuple[str, ...], employer: Employer) -> bool:
    """Whether a list of the profile names this employer, by key or as written."""
    if not names:
        return False
    keys = _folded(names)
    return employer.key in keys or employer.name.casefold() in keys


def years(number: float) -> str:
    """1 year, 2 years, 0.5 years."""
    return f"{number:g} {'year' if number == 1 else 'years'}"


@lru_cache(maxsize=64)
def _folded(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name.casefold() for name in names)
