"""Whether two postings of one employer, with no common job id, are the same job: same, different or unsure.

Titles are compared with season, year, level and kind taken apart, places as sets of cities, texts by the share
of the shorter one that stands in the other, and employers' own numbers of the job. No grouping enters here.
"""

from __future__ import annotations

import math
from datetime import date

from rapidfuzz.distance import OSA

from pipeline.job_places import apart, same_place
from pipeline.job_sketch import Sketch

LONG_ENOUGH = 40  # words: a shorter text proves nothing, unless all of it stands in the other
SLIPS = 2  # letters left out, added or exchanged
YEARLY = 270  # days: what was up so long before is the job of the year before
LONG_WORD = 6  # letters: in a shorter word a slip makes another word
ELLIPSIS = " .…"

SAME, UNSURE, DIFFERENT = "same", "unsure", "different"
Verdict = tuple[str, float]  # and how strongly, 0..1
PROVED = 1.0
BY_TEXT = 0.8  # title and text make more than this
UNPROVED = 0.5  # title and place alone make at most this


def containment(one: Sketch, other: Sketch, enough: float = 1.0) -> float | None:
    """The share of the shorter text that stands in the other; None where a text is too short.

    By shingles, unless whole sentences in common make `enough` already.
    """
    if one.posting.description == other.posting.description:
        return 1.0 if one.text else None
    mine, theirs = one.text, other.text
    if not mine or not theirs:
        return None
    if mine == theirs:
        return 1.0
    shorter, longer = (mine, theirs) if len(mine) <= len(theirs) else (theirs, mine)
    if shorter in longer or shorter.rstrip(ELLIPSIS) in longer:
        return 1.0
    if shorter.count(" ") + 1 < LONG_ENOUGH:
        return None
    common = sum(map(len, one.sentences & other.sentences)) / len(shorter)
    if common >= enough:
        return common
    return len(one.shingles & other.shingles) / max(min(len(one.shingles), len(other.shingles)), 1)


def same_title(one: Sketch, other: Sketch) -> str:
    """`same`, `near` (one adds words to the other, or has none of its own) or `different`."""
    mine, theirs = one.title.words, other.title.words
    if mine == theirs:
        return SAME
    places = one.place.words | other.place.words | one.employer
    mine, theirs = mine - theirs - places, theirs - mine - places
    if not mine and not theirs:
        return SAME
    if mine and theirs:
        return SAME if misspelt(one.title.spelt, other.title.spelt) else DIFFERENT
    return DIFFERENT if any(len(word) == 1 or word.isdigit() for word in mine or theirs) else "near"


def misspelt(mine: str, theirs: str) -> bool:
    """Whether two titles are one but for a slip or two in long words."""
    if OSA.distance(mine, theirs, score_cutoff=SLIPS) > SLIPS:
        return False
    words, others = mine.split(), theirs.split()
    return len(words) == len(others) and all(
        word == other or (min(len(word), len(other)) >= LONG_WORD and word[0] == other[0])
        for word, other in zip(words, others, strict=True)
    )


def conflict(one: Sketch, other: Sketch) -> bool:
    """Whether rank, season, month, year, level, kind or place speak against one job."""
    mine, theirs = one.title, other.title
    if mine is not theirs and (
        mine.rank != theirs.rank
        or _disjoint(mine.season, theirs.season)
        or _disjoint(mine.month, theirs.month)
        or _disjoint(mine.year, theirs.year)
        or _disjoint(mine.level, theirs.level)
        or _disjoint(mine.kind, theirs.kind)
    ):
        return True
    return one.place is not other.place and apart(one.place, other.place)


def _disjoint(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _at_odds(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether each names something that the other does not: what was cut off or added is on one side alone."""
    return all(
        any(not any(misspelt(name, other) for other in others) for name in names - others)
        for names, others in ((mine, theirs), (theirs, mine))
    )


def days_between(one: str | None, other: str | None) -> int | None:
    """Days between two dates, None where one is no date."""
    try:
        return abs((date.fromisoformat((one or "")[:10]) - date.fromisoformat((other or "")[:10])).days)
    except ValueError:
        return None


def compare(one: Sketch, other: Sketch) -> Verdict:
    """`same`, `different` or `unsure`, and how strongly 0..1."""
    title = same_title(one, other)
    if title == DIFFERENT or conflict(one, other):
        return DIFFERENT, 1.0
    same, unsure = _bars(one, other, title)
    share = containment(one, other, same)
    if title != SAME and share == 1.0 and min(one.text.count(" "), other.text.count(" ")) < LONG_ENOUGH - 1:
        share = None
    if share != 1.0:
        mine, theirs = one.numbers, other.numbers
        if (mine | one.ids) & (theirs | other.ids):
            return SAME, PROVED
        if mine and theirs:
            return DIFFERENT, 1.0
        if title == SAME and one.page and one.page == other.page:
            return SAME, PROVED
    if (days_between(one.posting.posted, other.posting.posted) or 0) >= YEARLY:
        return UNSURE, 0.1
    if share is None:
        return _without_text(one, other, title)
    if unsure <= share < 1.0:
        if any(map(_at_odds, one.asks, other.asks)):
            return DIFFERENT, share
        if _at_odds(one.teams, other.teams):
            return UNSURE, share
    strength = share * (1 - BY_TEXT) + BY_TEXT if title == SAME else share * BY_TEXT
    return (SAME if share >= same else UNSURE if share >= unsure else DIFFERENT), strength


def _bars(one: Sketch, other: Sketch, title: str) -> tuple[float, float]:
    """The shares of text from which two postings are the same, and may be."""
    if title == SAME and one.title.level == other.title.level and one.title.kind == other.title.kind:
        return 0.6, 0.25
    if title != SAME and one.site and one.site == other.site:
        return math.inf, 0.5  # one site does not list one job under two titles
    return 0.85, 0.5


def _without_text(one: Sketch, other: Sketch, title: str) -> Verdict:
    """Title and place alone, one of the two being more than that: the more alike they are, the stronger."""
    mine, theirs = one.title, other.title
    alike = title == SAME and mine.words and mine.level == theirs.level and mine.kind == theirs.kind
    linked = one.posting.url and other.posting.url and one.posting.url != other.posting.url
    bare = not any(side.text or side.posting.url for side in (one, other))
    if not alike or linked or bare or not same_place(one.place, other.place):
        return UNSURE, 0.1
    signs = (
        mine.spelt == theirs.spelt,
        mine.year == theirs.year,
        mine.season == theirs.season,
        mine.words == theirs.words,
        one.posting.locations == other.posting.locations,
        one.posting.company == other.posting.company,
    )
    return SAME, UNPROVED * (1 + sum(signs)) / (1 + len(signs))
