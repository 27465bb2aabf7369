"""What would open or lift most openings for this student: a skill, a proof, a later graduation.

Every line is counted by scoring the stored openings again with one thing changed in the profile; nothing is
estimated, and nothing but the profile is changed. The score itself is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from pipeline.models import LEVELS, Employer, Opening, Profile, Reading, Score

Scorer = Callable[[Opening, Reading, Employer, Profile], Score]
EXAMPLES = 3
LIFT = 0.05  # points of the total below which an opening is not called lifted
VERDICTS = ("no", "unsure", "yes")


class Row(Protocol):
    """One row of the list."""

    @property
    def opening(self) -> Opening: ...
    @property
    def reading(self) -> Reading: ...
    @property
    def employer(self) -> Employer: ...
    @property
    def score(self) -> Score: ...


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing to learn or to show, and what it would change."""

    kind: str  # skill, proof, language, level, date
    name: str  # "sql", "a publication", …
    opens: int  # openings that a bar closes now and would not then
    lifts: int  # openings the student may apply to that would score higher
    points: float  # the sum of what they gain
    examples: tuple[str, ...] = ()  # "Company — title", what gains most first


def gaps(rows: Sequence[Row], profile: Profile, score: Scorer) -> list[Gap]:
    """Every change that opens or lifts something, what opens and lifts most first."""
    found = [
        _gap(kind, name, _touched(rows, kind, name), changed, score) for kind, name, changed in changes(rows, profile)
    ]
    return sorted(
        (gap for gap in found if gap.opens or gap.lifts),
        key=lambda gap: (-gap.opens * 10 - gap.points, gap.kind, gap.name),
    )


def changes(rows: Iterable[Row], profile: Profile) -> Iterator[tuple[str, str, Profile]]:
    """Every change worth a look: kind, name and the profile it makes."""
    readings = [row.reading for row in rows]
    student, skills = profile.student, profile.skills
    asked = {
        name
        for reading in readings
        for name in (*(name for group in reading.skills_required for name in group), *reading.skills_preferred)
    }
    for name in sorted(asked - {*skills.strong, *skills.working}):
        learning = tuple(one for one in skills.learning if one != name)
        yield (
            "skill",
            name,
            replace(profile, skills=replace(skills, working=(*skills.working, name), learning=learning)),
        )
    for language in sorted({one for reading in readings for one in reading.languages_required} - {*student.languages}):
        yield "language", language, _student(profile, languages=(*student.languages, language))
    if not student.publications:
        yield "proof", "a publication", _student(profile, publications=1)
    yield "proof", "a year of experience", _student(profile, years_experience=student.years_experience + 1)
    for level in LEVELS[LEVELS.index(student.level) + 1 :][:1]:
        yield "level", f"studying for a {level}", _student(profile, level=level)
    if student.graduates:
        for months in (6, 12):
            yield (
                "date",
                f"graduating {months} months later",
                _student(profile, graduates=later(student.graduates, months)),
            )


def later(month: str, months: int) -> str:
    """`YYYY-MM`, this many months on."""
    year, number = map(int, month.split("-"))
    total = year * 12 + number - 1 + months
    return f"{total // 12:04}-{total % 12 + 1:02}"


def _student(profile: Profile, **changed: object) -> Profile:
    return replace(profile, student=replace(profile.student, **changed))  # type: ignore[arg-type]


def _touched(rows: Iterable[Row], kind: str, name: str) -> list[Row]:
    """The rows a change can touch: for a skill, those that ask for it."""
    if kind != "skill":
        return list(rows)
    return [
        row
        for row in rows
        if name in row.reading.skills_preferred or any(name in group for group in row.reading.skills_required)
    ]


def _gap(kind: str, name: str, rows: Iterable[Row], changed: Profile, score: Scorer) -> Gap:
    opened: list[tuple[float, str]] = []
    lifted: list[tuple[float, str]] = []
    for row in rows:
        before, after = row.score, score(row.opening, row.reading, row.employer, changed)
        gain = after.total - before.total
        words = f"{row.opening.posting.company} — {row.opening.posting.title}"
        if VERDICTS.index(after.eligible) > VERDICTS.index(before.eligible):
            opened.append((gain, words))
        elif after.eligible != "no" and gain > LIFT:
            lifted.append((gain, words))
    best = [*sorted(opened, key=lambda one: (-one[0], one[1])), *sorted(lifted, key=lambda one: (-one[0], one[1]))]
    examples = tuple(dict.fromkeys(words for _, words in best))[:EXAMPLES]
    return Gap(kind, name, len(opened), len(lifted), round(sum(gain for gain, _ in lifted), 2), examples)
