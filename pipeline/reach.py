"""Reach: the odds that an application is answered, from the employer's size and the crowd of applicants."""

from __future__ import annotations

import math

from pipeline.case import Case, Judgement, posted_on

SIZES = {
    "1-10": 1.0, "11-50": 1.0, "51-200": 0.9, "201-500": 0.75, "501-1000": 0.55, "1001-5000": 0.3,
    "5000+": 0.05, "unknown": 0.6,
}  # fmt: skip
SIZE_SHARE = 0.75  # of reach; the rest is how uncrowded the opening is


def reach(case: Case) -> Judgement:
    """The odds of an answer: a small employer, and not a crowd of other applicants.

    Three quarters come from the employer's size (`wants.employer_sizes`), drawn towards its value for
    `unknown` as far as the size is unsure; one quarter from what makes for a crowd.
    """
    sizes = SIZES | case.profile.wants.employer_sizes
    employer = case.employer
    if employer.academic:
        size, said = sizes["unknown"], "a research institution hires lab by lab"
    elif employer.size:
        size = employer.confidence * sizes[employer.size] + (1 - employer.confidence) * sizes["unknown"]
        said = f"{employer.size} people"
    else:
        size, said = sizes["unknown"], "employer size unknown"
    crowd, causes = crowding(case)
    value = SIZE_SHARE * size + (1 - SIZE_SHARE) * (1 - crowd)
    quote = next((e.quote for e in employer.evidence if e.quote and e.band == employer.size), None)
    return Judgement(value, "; ".join([said, *causes]), quote, known=employer.academic or employer.size is not None)


def crowding(case: Case) -> tuple[float, list[str]]:
    """How many others will apply, 0..1, and what says so."""
    opening = case.opening
    boards = {listing.posting.board for listing in opening.listings}
    cities = {place for listing in opening.listings for place in listing.posting.locations}
    day = posted_on(opening)
    days = (case.today - day).days if day else 0
    causes = [
        (0.8, "a well-known name", case.employer.well_known),
        (0.4, "an evergreen pool, not one dated opening", case.reading.pool),
        (0.3, f"seen on {len(boards)} boards", len(boards) > 2),
        (0.2, f"open in {len(cities)} places", len(cities) > 4),
        (0.1, f"open for {days} days", 60 < days < 400),
    ]
    free = math.prod(1 - share for share, _, holds in causes if holds)
    return 1 - free, [words for _, words, holds in causes if holds]
