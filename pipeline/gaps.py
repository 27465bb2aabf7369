"""What would open or lift most openings for this student: a skill, a course, a proof, a later graduation.

Every change of the profile is counted by ranking the stored openings again with that one thing changed; nothing
is estimated. A proof that no criterion weighs (a Kaggle result) is counted by the openings that ask for it. The
ranking and the words of courses and proofs are handed in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from pipeline.models import LEVELS, Profile, Reading, Row

EXAMPLES = 3
CLOSED = 2  # the verdict no, by its place in score.ELIGIBLE
LIFT = 0.05  # points of the total below which an opening is not called lifted
AN_OPENING = 10  # points that opening one opening is held to be worth in the order of the gaps
MONTHS = (6, 12)  # later graduations worth a look


class Numbers(Protocol):
    """A row of numbers."""

    def __getitem__(self, at: int, /) -> Any: ...


class Ranking(Protocol):
    """What a profile makes of the rows, in their order."""

    @property
    def total(self) -> Numbers: ...
    @property
    def eligible(self) -> Numbers:
        """0 yes, 1 unsure, CLOSED."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing to learn or to show, and what it would change."""

    kind: str  # skill, course, proof, language, level, date
    name: str  # "sql", "a publication", …
    asked: int  # openings that ask for it
    opens: int  # openings that a bar closes now and would not then
    closes: int  # openings that no bar closes now and one would then
    lifts: int  # openings the student may apply to that would score higher
    points: float  # the sum of what they gain
    examples: tuple[str, ...] = ()  # "Company — title", what gains most first


@dataclass(frozen=True, slots=True)
class Change:
    """One thing changed in a profile."""

    kind: str
    name: str
    asked: int  # openings that ask for it
    profile: Profile


@dataclass(frozen=True, slots=True)
class Advice:
    """config/vocabulary/courses.yaml."""

    courses: Mapping[str, Sequence[str]]  # name -> skills it teaches
    proofs: Mapping[str, Sequence[str]]  # name -> words with which postings ask for it


def gaps(rows: Sequence[Row], profile: Profile, rank: Callable[[Profile], Ranking], advice: Advice) -> list[Gap]:
    """Every change that opens or lifts something, best first; then the proofs asked for.

    What a change opens counts as much as what it closes.
    """
    now = rank(profile)
    readings = [row.reading for row in rows]
    found = [_gap(rows, change, now, rank(change.profile)) for change in changes(readings, profile, advice)]
    found = [gap for gap in found if gap.opens or gap.lifts]
    return [
        *sorted(found, key=lambda gap: ((gap.closes - gap.opens) * AN_OPENING - gap.points, gap.kind, gap.name)),
        *sorted(_proofs(rows, now, advice), key=lambda gap: (-gap.asked, gap.name)),
    ]


def changes(readings: Sequence[Reading], profile: Profile, advice: Advice) -> Iterator[Change]:
    """Every change worth a look."""
    student, has = profile.student, {*profile.skills.strong, *profile.skills.working}
    skills = [_asked(reading) for reading in readings]
    asked = Counter(name for names in skills for name in names)
    for name in sorted(asked.keys() - has):
        yield Change("skill", name, asked[name], learnt(profile, [name]))
    for course, taught in advice.courses.items():
        new = [name for name in taught if name in asked and name not in has]
        if len(new) > 1:  # one alone is that skill
            asking = sum(not names.isdisjoint(new) for names in skills)
            yield Change("course", f"{course} ({', '.join(new)})", asking, learnt(profile, new))
    spoken = Counter(language for reading in readings for language in reading.languages_required)
    for language in sorted(spoken.keys() - {*student.languages}):
        yield Change(
            "language", language, spoken[language], _student(profile, languages=(*student.languages, language))
        )
    if not student.publications:
        asking = sum(reading.publications in ("required", "preferred") for reading in readings)
        yield Change("proof", "a publication", asking, _student(profile, publications=1))
    asking = sum((reading.years_min or 0) > student.years_experience for reading in readings)
    more = _student(profile, years_experience=student.years_experience + 1)
    yield Change("proof", "a year of experience", asking, more)
    for level in LEVELS[LEVELS.index(student.level) + 1 :][:1]:
        asking = sum(student.level not in one.levels_open and level in one.levels_open for one in readings)
        yield Change("level", f"studying for a {level}", asking, _student(profile, level=level))
    if student.graduates:
        asking = sum(reading.graduation is not None for reading in readings)
        for months in MONTHS:
            changed = _student(profile, graduates=later(student.graduates, months))
            yield Change("date", f"graduating {months} months later", asking, changed)


def learnt(profile: Profile, names: Sequence[str]) -> Profile:
    """The profile of one who has built something with these."""
    learning = tuple(one for one in profile.skills.learning if one not in names)
    return replace(
        profile, skills=replace(profile.skills, working=(*profile.skills.working, *names), learning=learning)
    )


def later(month: str, months: int) -> str:
    """`YYYY-MM`, this many months on."""
    year, number = map(int, month.split("-"))
    total = year * 12 + number - 1 + months
    return f"{total // 12:04}-{total % 12 + 1:02}"


def _student(profile: Profile, **changed: object) -> Profile:
    return replace(profile, student=replace(profile.student, **changed))  # type: ignore[arg-type]


def _asked(reading: Reading) -> set[str]:
    """The skills a posting asks for, required or preferred."""
    return {*(name for group in reading.skills_required for name in group), *reading.skills_preferred}


def _gap(rows: Sequence[Row], change: Change, now: Ranking, then: Ranking) -> Gap:
    opened: list[tuple[float, str]] = []
    lifted: list[tuple[float, str]] = []
    closes = 0
    for at, row in enumerate(rows):
        gain = float(then.total[at] - now.total[at])
        if then.eligible[at] == CLOSED:
            closes += now.eligible[at] != CLOSED
        elif now.eligible[at] == CLOSED:
            opened.append((gain, _words(row)))
        elif gain > LIFT:
            lifted.append((gain, _words(row)))
    best = [*sorted(opened, key=lambda one: (-one[0], one[1])), *sorted(lifted, key=lambda one: (-one[0], one[1]))]
    examples = tuple(dict.fromkeys(words for _, words in best))[:EXAMPLES]
    points = round(sum(gain for gain, _ in lifted), 2)
    return Gap(change.kind, change.name, change.asked, len(opened), closes, len(lifted), points, examples)


def _proofs(rows: Sequence[Row], now: Ranking, advice: Advice) -> Iterator[Gap]:
    """The proofs that openings ask for which are not closed to the student."""
    for name, words in advice.proofs.items():
        pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})", re.I)
        asking = [
            _words(row)
            for at, row in enumerate(rows)
            if now.eligible[at] != CLOSED and pattern.search(row.opening.posting.description)
        ]
        if asking:
            yield Gap("proof", name, len(asking), 0, 0, 0, 0.0, tuple(dict.fromkeys(asking))[:EXAMPLES])


def _words(row: Row) -> str:
    return f"{row.opening.posting.company or 'employer not named'} — {row.opening.posting.title}"
