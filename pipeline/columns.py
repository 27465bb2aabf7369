"""Every opening as columns of numbers, so that one profile is held against hundreds of thousands at once.

A criterion or a bar that looks at few things is worked out once for each combination of them that occurs,
by the very function that explains it (a Facet); what looks at many, reach, skills and freshness, is the
same arithmetic on arrays. A test holds both ways equal over every opening. Reasons and quotes may not
enter: they are made for the rows that are shown, by score.py.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline import criteria
from pipeline.case import Case, Judgement
from pipeline.eligibility import RULES
from pipeline.lateness import last
from pipeline.models import NEUTRAL, Employer, Opening, Profile, Reading
from pipeline.reach import CROWDS, LATE, LONG_OPEN, POOL, SIZE_SHARE, lasting_crowds, size_value, uncrowded
from pipeline.score import CRITERIA, ELIGIBLE
from pipeline.stated import known_since, posted_on

Numbers = NDArray[np.float64]
Judge = Callable[[Case], Judgement | None]

# What of a case each criterion looks at; the student and the day come on top.
LOOKS_AT: dict[str, tuple[str, ...]] = {
    "role": ("reading.ml_role",),
    "bar": (
        "reading.levels_open", "reading.phd", "reading.publications", "reading.years_min", "reading.gpa_min",
        "reading.citizenship_required", "reading.citizens_of", "reading.clearance_active", "reading.language",
        "reading.degree_stated",
    ),
    "term": ("reading.term",),
    "pay": ("reading.pay", "reading.unpaid", "opening.posting.pay"),
    "favourite": ("employer.key", "employer.name"),
}  # fmt: skip
EMPLOYER = ("employer.academic", "employer.agency", "employer.size", "employer.confidence")
NEVER = 0  # the ordinal of a day that is not named
UNKNOWN = np.nan
OLDEST = 2_000  # days after which nothing is left of freshness


@dataclass(frozen=True, slots=True)
class Facet:
    """What openings have in common in one respect: `examples[codes[n]]` is the n-th opening's."""

    codes: NDArray[np.int32]
    examples: tuple[Any, ...]

    def each(self, function: Callable[[Any], float]) -> Numbers:
        """The function of every opening, worked out once per example."""
        values = np.fromiter(map(function, self.examples), float, len(self.examples))
        return values[self.codes]


@dataclass(frozen=True, slots=True)
class Groups:
    """Lists of skill groups, one list per opening."""

    facet: Facet  # of all groups in one row; examples: tuples of skill names
    owner: NDArray[np.int64]  # the opening each group is of
    count: Numbers  # groups of each opening

    def mean(self, function: Callable[[tuple[str, ...]], float]) -> Numbers:
        """The mean of the function over each opening's groups, 0 where it has none."""
        sums = np.bincount(self.owner, self.facet.each(function), len(self.count))
        return sums / np.maximum(self.count, 1)


@dataclass(frozen=True, slots=True)
class Columns:
    """What a score rests on, by column; nothing of it depends on a profile or a day."""

    size: int
    facets: dict[str, Facet]  # by criterion; examples are (opening, reading, employer)
    rules: tuple[Facet, ...]  # one for each of eligibility.RULES
    employers: Facet
    crowds: NDArray[np.uint8]  # a bit for each lasting cause of reach.CROWDS
    places: Facet  # examples: all that is said of where the work is, as criteria.here has it
    required: Groups
    preferred: Groups
    since: NDArray[np.int32]  # the day it was posted or first seen, as a date ordinal, or NEVER
    dated: NDArray[np.bool_]  # whether that is the day it was posted
    last: NDArray[np.int32]  # the deadline, the end of the term, or a month after a visit last found it


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a profile makes of all openings: `order` holds their places in the columns, best first."""

    values: dict[str, Numbers]  # by criterion that takes part, 0..1 or not a number
    total: Numbers  # 0..100
    eligible: NDArray[np.int8]  # places in score.ELIGIBLE
    in_the_way: NDArray[np.int8]  # bars that are not passed
    order: NDArray[np.int64]


def columns(rows: Iterable[tuple[Opening, Reading, Employer]]) -> Columns:
    """The columns of openings, in the order of their ids, which breaks the last ties."""
    rows = list(rows)
    assert all(a[0].id < b[0].id for a, b in itertools.pairwise(rows)), "rows stand in the order of their ids"
    posted = [posted_on(opening) for opening, _, _ in rows]
    return Columns(
        len(rows),
        {name: _facet(rows, names) for name, names in LOOKS_AT.items()},
        tuple(_facet(rows, names) for _, names in RULES),
        _facet(rows, EMPLOYER),
        _crowds(rows),
        _numbered([criteria.here(opening, reading) for opening, reading, _ in rows]),
        _groups([reading.skills_required for _, reading, _ in rows]),
        _groups([tuple((name,) for name in reading.skills_preferred) for _, reading, _ in rows]),
        _days(day or known_since(opening) for day, (opening, _, _) in zip(posted, rows, strict=True)),
        np.array([day is not None for day in posted], np.bool_),
        _days((end := last(opening, reading)) and end.day for opening, reading, _ in rows),
    )


def rank(table: Columns, profile: Profile, today: date) -> Ranking:
    """The openings in the order of score.order, with the totals of score.score."""
    weights = {name: profile.weights.get(name, default) for name, _, default in CRITERIA}
    values = {}
    for name, judge, _ in CRITERIA:
        found = _values(name, judge, table, profile, today) if weights[name] and table.size else None
        if found is not None:
            values[name] = found
    eligible, in_the_way = _bars(table, profile, today)
    total = np.zeros(table.size)
    for name, found in values.items():
        total += weights[name] * np.where(np.isnan(found), NEUTRAL, found)
    total *= 100 / (sum(weights[name] for name in values) or 1)
    return Ranking(values, total, eligible, in_the_way, _order(table, total, eligible, in_the_way))


# --- the arithmetic of the criteria ---------------------------------------------------------------------


def _values(name: str, judge: Judge, table: Columns, profile: Profile, today: date) -> Numbers | None:
    """One criterion of every opening; None where this profile does not ask for it."""
    if name == "reach":
        return _reach(table, profile, today)
    if name == "place":
        return table.places.each(lambda where: _or_unknown(criteria.placed(profile.wants.places, where)[0]))
    if name == "skills":
        return _skills(table, profile)
    if name == "freshness":
        return _freshness(table, today)
    facet = table.facets[name]
    if judge(_case(facet.examples[0], profile, today)) is None:
        return None

    def value(example: Any) -> float:
        judgement = judge(_case(example, profile, today))
        return _or_unknown(judgement and judgement.value)

    return facet.each(value)


def _case(example: Any, profile: Profile, today: date) -> Case:
    opening, reading, employer = example
    return Case(opening, reading, employer, profile, today)


def _or_unknown(value: float | None) -> float:
    return UNKNOWN if value is None else value


def _reach(table: Columns, profile: Profile, today: date) -> Numbers:
    size = table.employers.each(lambda example: size_value(example[2], profile)[0])
    days = today.toordinal() - table.since
    late = (table.since != NEVER) & (days > LONG_OPEN[0]) & (days < LONG_OPEN[1])
    holds = itertools.product((False, True), repeat=len(CROWDS))
    free = np.fromiter((uncrowded(crowd[::-1]) for crowd in holds), float, 2 ** len(CROWDS))
    bits = table.crowds | (late.astype(np.uint8) << np.uint8(len(CROWDS) - 1))
    return (SIZE_SHARE * size + (1 - SIZE_SHARE) * free[bits]) * np.where(_late(table, today), LATE, 1.0)


def _skills(table: Columns, profile: Profile) -> Numbers:
    command = criteria.skill_command(profile.skills)

    def met(group: tuple[str, ...]) -> float:
        return max((command.get(name, 0.0) for name in group), default=0.0)

    shares = [(table.required, criteria.REQUIRED_SHARE), (table.preferred, 1 - criteria.REQUIRED_SHARE)]
    weight, points = np.zeros(table.size), np.zeros(table.size)
    for groups, share in shares:
        weight += share * (groups.count > 0)
        points += share * groups.mean(met)
    return np.divide(points, weight, out=np.full(table.size, UNKNOWN), where=weight > 0)


def _freshness(table: Columns, today: date) -> Numbers:
    now = today.toordinal()
    days = np.clip(now - table.since, 0, OLDEST)
    fresh = (0.5 ** (np.arange(OLDEST + 1) / criteria.HALVES))[days]
    fresh[(table.since == NEVER) | ~table.dated & (days <= criteria.HALVES)] = UNKNOWN
    fresh[_late(table, today)] = 0.0
    return fresh


def _late(table: Columns, today: date) -> NDArray[np.bool_]:
    return (table.last != NEVER) & (table.last < today.toordinal())


def _bars(table: Columns, profile: Profile, today: date) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """The worst verdict of every opening, and how many bars it does not pass."""
    worst, in_the_way = np.zeros(table.size, np.int8), np.zeros(table.size, np.int8)
    for (rule, _), facet in zip(RULES, table.rules, strict=True):
        bars = [[bar.verdict for bar in rule(_case(example, profile, today))] for example in facet.examples]
        verdicts = [max(map(ELIGIBLE.index, found), default=0) for found in bars]
        if any(verdicts):
            np.maximum(worst, np.array(verdicts, np.int8)[facet.codes], out=worst)
            in_the_way += np.array([sum(one != "yes" for one in found) for found in bars], np.int8)[facet.codes]
    return worst, in_the_way


def _order(
    table: Columns, total: Numbers, eligible: NDArray[np.int8], in_the_way: NDArray[np.int8]
) -> NDArray[np.int64]:
    """score.sort_key of all openings as one number each; the sort is stable, so ids break the ties."""
    pool = table.crowds >> np.uint8(POOL) & np.uint8(1)
    key = eligible.astype(np.int64) << 6 | pool.astype(np.int64) << 5 | in_the_way
    key = key << 27 | (100_000_000 - np.round(total, 6) * 1_000_000).astype(np.int64)
    key = key << 22 | (date.max.toordinal() - table.since.astype(np.int64))
    return np.lexsort(key.astype("<u8").view("<u2").reshape(-1, 4).T)  # sixteen bits at a time: a radix sort


# --- how the columns are made ---------------------------------------------------------------------------


def _facet(rows: Sequence[tuple[Opening, Reading, Employer]], names: Sequence[str]) -> Facet:
    """The openings by the values of these fields of opening, reading and employer."""
    places = {"opening": 0, "reading": 1, "employer": 2}
    looks = [(places[noun], attrgetter(field)) for noun, _, field in (name.partition(".") for name in names)]
    numbers: dict[tuple[Any, ...], int] = {}
    codes = np.empty(len(rows), np.int32)
    examples: list[Any] = []
    for at, row in enumerate(rows):
        key = tuple(look(row[place]) for place, look in looks)
        number = numbers.setdefault(key, len(examples))
        if number == len(examples):
            examples.append(row)
        codes[at] = number
    return Facet(codes, tuple(examples))


def _numbered(values: Iterable[Any]) -> Facet:
    """Values by the order in which they first stand there."""
    numbers: dict[Any, int] = {}
    codes = [numbers.setdefault(value, len(numbers)) for value in values]
    return Facet(np.array(codes, np.int32), tuple(numbers))


def _groups(lists: Sequence[Sequence[tuple[str, ...]]]) -> Groups:
    count = np.array([len(groups) for groups in lists], np.int64)
    facet = _numbered(group for groups in lists for group in groups)
    return Groups(facet, np.repeat(np.arange(len(lists)), count), count.astype(float))


def _crowds(rows: Iterable[tuple[Opening, Reading, Employer]]) -> NDArray[np.uint8]:
    held = (lasting_crowds(opening, employer, pool=reading.pool) for opening, reading, employer in rows)
    return np.array([sum(holds << bit for bit, holds in enumerate(crowd)) for crowd in held], np.uint8)


def _days(days: Iterable[date | None]) -> NDArray[np.int32]:
    return np.array([day.toordinal() if day else NEVER for day in days], np.int32)
