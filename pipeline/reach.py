"""Reach: the odds that an application is answered, from the employer's size and the crowd of applicants."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from pipeline.case import Case, Judgement
from pipeline.lateness import passed
from pipeline.models import NEUTRAL, Employer, Listing, Opening, Profile, State
from pipeline.stated import known_since

SIZES = {
    "1-10": 1.0, "11-50": 1.0, "51-200": 0.9, "201-500": 0.75, "501-1000": 0.55, "1001-5000": 0.3,
    "5000+": 0.05, "unknown": 0.6,
}  # fmt: skip
SIZE_SHARE = 0.75  # of reach; the rest is how uncrowded the opening is
LATE = 0.5  # of the odds are left once the deadline has passed or the term is over
LISTS = ("simplify", "speedyapply")  # platforms that are lists thousands of students read
LONG_OPEN = (60, 400)  # days; beyond the second, the date says nothing

# What makes for a crowd of applicants: the share of the chance it takes, and the words for it.
CROWDS = (
    (0.8, "a well-known name"),
    (0.4, "an evergreen pool, not one dated opening"),
    (0.3, "seen on {boards} boards"),
    (0.2, "open in {cities} places"),
    (0.2, "on a community list that many read"),
    (0.1, "posted again after it was closed"),
    (0.1, "open for {days} days"),
)
LAST_DAY = "~"  # later than any time as it is written
POOL = 1  # its place among them


def reach(case: Case) -> Judgement:
    """The odds of an answer: a small employer, and not a crowd of other applicants.

    Three quarters come from the employer's size (`wants.employer_sizes`), drawn towards its value for
    `unknown` as far as the size is unsure; one quarter from what makes for a crowd. Half of it once it is too late.
    """
    employer = case.employer
    size, said = size_value(employer, case.profile)
    crowd = crowds(case)
    value = SIZE_SHARE * size + (1 - SIZE_SHARE) * uncrowded(crowd)
    causes = [words.format(**_counts(case)) for (_, words), holds in zip(CROWDS, crowd, strict=True) if holds]
    quote = size_quote(employer)
    if end := passed(case.opening, case.reading, case.today):
        value *= LATE
        causes.append(end.words)
        quote = quote or case.reading.quote(end.topic)
    if causes:
        said += (", though " if size >= NEUTRAL else ", and ") + ", ".join(causes)
    return Judgement(value, said, quote, known=says_size(employer))


def says_size(employer: Employer) -> bool:
    """Whether the size of who hires is known: a recruiter's own says nothing, a research group needs none."""
    return employer.academic or (employer.size is not None and not employer.agency)


def size_quote(employer: Employer) -> str | None:
    """The words of this posting that say the size which counts; those of other postings stand under who hires."""
    if employer.academic or employer.agency:
        return None
    own = (piece.quote for piece in employer.evidence if piece.band == employer.size and not piece.elsewhere)
    return next(filter(None, own), None)


def size_value(employer: Employer, profile: Profile) -> tuple[float, str]:
    """What the employer's size is worth to the student, 0..1, and the words for it."""
    sizes = SIZES | profile.wants.employer_sizes
    if employer.academic:
        return sizes["unknown"], "a research institution hires lab by lab"
    if employer.agency:
        return sizes["unknown"], "a recruiter, whose client's size is unknown"
    if employer.size is None:
        return sizes["unknown"], "employer size unknown"
    value = employer.confidence * sizes[employer.size] + (1 - employer.confidence) * sizes["unknown"]
    return value, f"{employer.size} people"


def crowds(case: Case) -> tuple[bool, ...]:
    """Which of CROWDS hold today."""
    day = known_since(case.opening)
    return *lasting_crowds(case.opening, case.employer, pool=case.reading.pool), long_open(day, case.today)


def lasting_crowds(opening: Opening, employer: Employer, *, pool: bool) -> tuple[bool, ...]:
    """Which of CROWDS hold on any day: all but the last."""
    boards, cities = _boards(opening), _cities(opening)
    return (
        employer.well_known,
        pool,
        len(boards) > 2,
        len(cities) > 4,
        any(board.split("/", 1)[0] in LISTS for board in boards),
        _put_up_anew(opening.listings),
    )


def long_open(day: date | None, today: date) -> bool:
    """Whether it was posted so long ago that many have found it."""
    return day is not None and LONG_OPEN[0] < (today - day).days < LONG_OPEN[1]


def uncrowded(crowd: Sequence[bool]) -> float:
    """The chance that is left where these of CROWDS hold, 0..1."""
    return math.prod(1 - share for (share, _), holds in zip(CROWDS, crowd, strict=True) if holds)


def _put_up_anew(listings: Sequence[Listing]) -> bool:
    """Whether one of them was closed before another came."""
    gone = min((one.last_seen or LAST_DAY for one in listings if one.state is State.CLOSED), default=LAST_DAY)
    return any((one.first_seen or "") > gone for one in listings)


def _boards(opening: Opening) -> set[str]:
    return {listing.posting.board for listing in opening.listings}


def _cities(opening: Opening) -> set[str]:
    return {place for listing in opening.listings for place in listing.posting.locations}


def _counts(case: Case) -> dict[str, int]:
    day = known_since(case.opening)
    return {
        "boards": len(_boards(case.opening)),
        "cities": len(_cities(case.opening)),
        "days": (case.today - day).days if day else 0,
    }
