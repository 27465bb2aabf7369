"""Whether the student may apply: one bar per point the posting raises, each with its sentence.

What is preferred never makes a no, and silence never makes one. No score enters here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.case import Case, names_employer, years
from pipeline.models import Bar, State

YEARS_IN_REACH = 1.0  # projects and coursework stand for a year of experience; more is a doubt, then a no


def bars(case: Case) -> tuple[Bar, ...]:
    """Every bar the posting raises for this student, in a fixed order."""
    return tuple(bar for rule, _ in RULES for bar in rule(case))


def _kind(case: Case) -> Iterator[Bar]:
    """The student asked for internships, and for machine-learning or data work."""
    title = case.opening.posting.title
    if not case.reading.internship:
        yield Bar("internship", "no", "not an internship", case.reading.sentence("internship") or title)
    if case.reading.ml_role == "none":
        yield Bar("ml_role", "no", "not a machine-learning or data role", case.reading.sentence("ml_role") or title)


def _closed(case: Case) -> Iterator[Bar]:
    if case.opening.state is State.CLOSED:
        days = [one.last_seen[:10] for one in case.opening.listings if one.last_seen]
        yield Bar("closed", "no", "closed" + (f", last seen {max(days)}" if days else ""))


def _level(case: Case) -> Iterator[Bar]:
    reading, student = case.reading, case.profile.student
    if not reading.degree_stated:
        return
    quote = reading.sentence("levels_open") or reading.sentence("phd")
    levels = ", ".join(reading.levels_open) or "no student"
    if student.level in reading.levels_open:
        yield Bar("levels_open", "yes", f"open to {levels}", quote)
    else:
        yield Bar("levels_open", "no", f"open to {levels}, not to {student.level} students", quote)


def _phd(case: Case) -> Iterator[Bar]:
    if case.reading.phd == "required" and case.profile.student.level != "phd":
        yield Bar("phd", "no", "a PhD is required", case.reading.sentence("phd"))
    elif case.reading.phd == "negated":
        yield Bar("phd", "yes", "no PhD needed", case.reading.sentence("phd"))


def _publications(case: Case) -> Iterator[Bar]:
    if case.reading.publications == "required":
        enough = case.profile.student.publications > 0
        reason = "papers are required" + (", and you have some" if enough else "")
        yield Bar("publications", "yes" if enough else "no", reason, case.reading.sentence("publications"))
    elif case.reading.publications == "negated":
        yield Bar("publications", "yes", "no papers needed", case.reading.sentence("publications"))


def _enrolment(case: Case) -> Iterator[Bar]:
    if case.reading.enrolled_required:
        enrolled = case.profile.student.enrolled
        quote = case.reading.sentence("enrolled_required") or case.reading.sentence("levels_open")
        yield Bar("enrolled_required", "yes" if enrolled else "no", "for students who are enrolled", quote)


def _graduation(case: Case) -> Iterator[Bar]:
    window, mine = case.reading.graduation, case.profile.student.graduates
    if not window or not (window.start or window.end):
        return
    said = f"for those who graduate {window.start or '…'} to {window.end or '…'}"
    quote = case.reading.sentence("graduation")
    if not mine:
        yield Bar("graduation", "unsure", f"{said}; your profile does not say when you do", quote)
        return
    inside = (window.start or mine) <= mine <= (window.end or mine)
    yield Bar("graduation", "yes" if inside else "no", f"{said}; you graduate {mine}", quote)


def _years(case: Case) -> Iterator[Bar]:
    asked = case.reading.years_min or 0
    if asked:
        gap, quote = asked - case.profile.student.years_experience, case.reading.sentence("years_min")
        verdict = "yes" if gap <= YEARS_IN_REACH else "unsure" if gap <= 2 * YEARS_IN_REACH else "no"
        yield Bar("years_min", verdict, f"asks {years(asked)} of experience", quote)


def _gpa(case: Case) -> Iterator[Bar]:
    asked, mine = case.reading.gpa_min, case.profile.student.gpa
    if asked and mine is not None:  # who does not say theirs may have it
        verdict = "yes" if mine >= asked else "unsure"  # never a no: the figure may be one that is only preferred
        yield Bar("gpa_min", verdict, f"asks a GPA of {asked:g}; yours is {mine:g}", case.reading.sentence("gpa_min"))


def _citizenship(case: Case) -> Iterator[Bar]:
    reading, student = case.reading, case.profile.student
    if reading.clearance_active:
        verdict = "yes" if student.clearance else "no"
        yield Bar("clearance_active", verdict, "an active clearance is needed", reading.sentence("clearance_active"))
    if not reading.citizenship_required:
        return
    quote, named = reading.sentence("citizenship_required"), reading.citizens_of
    mine = sorted({*student.citizen_of} & {*named})
    if mine:
        yield Bar("citizenship_required", "yes", f"citizens only, as you are ({', '.join(mine)})", quote)
    elif not student.citizen_of:
        yield Bar("citizenship_required", "unsure", "citizens only; your profile names no citizenship", quote)
    else:
        resident = student.may_work_in is None or {*student.may_work_in} & {*named}  # may hold for citizens
        said = f"citizens only{_of(named)}; you are a citizen of {', '.join(student.citizen_of)}"
        yield Bar("citizenship_required", "unsure" if resident or not named else "no", said, quote)


def _sponsorship(case: Case) -> Iterator[Bar]:
    reading, may = case.reading, case.profile.student.may_work_in
    if reading.sponsorship is None:
        return
    quote = reading.sentence("sponsorship")
    if reading.sponsorship == "yes":
        yield Bar("sponsorship", "yes", "sponsors, or welcomes student visas", quote)
    else:
        said, where = "will not sponsor a visa", ", ".join(reading.countries)
        if may is None:
            yield Bar("sponsorship", "yes", f"{said}; you may work anywhere", quote)
        elif not where:
            yield Bar("sponsorship", "unsure", f"{said}, and does not say in which country", quote)
        elif {*may} & {*reading.countries}:
            yield Bar("sponsorship", "yes", f"{said}; you need none in {where}", quote)
        else:
            yield Bar("sponsorship", "no", f"{said}, and you may not work in {where} without one", quote)


def _of(countries: tuple[str, ...]) -> str:
    return f" of {' or '.join(countries)}" if countries else ""


def _languages(case: Case) -> Iterator[Bar]:
    for language in case.reading.languages_required:
        spoken = language in case.profile.student.languages
        claims = [claim for claim in case.reading.claims if claim.topic == "languages_required"]
        said = next((claim for claim in claims if claim.value == language), claims[0] if claims else None)
        quote = (said.sentence or said.quote.text) if said else None
        yield Bar("languages_required", "yes" if spoken else "no", f"{language} must be spoken", quote)


def _unpaid(case: Case) -> Iterator[Bar]:
    if case.reading.unpaid and not case.profile.wants.unpaid:
        yield Bar("unpaid", "no", "unpaid, which you ruled out", case.reading.sentence("unpaid"))


def _avoided(case: Case) -> Iterator[Bar]:
    if names_employer(case.profile.wants.avoid_employers, case.employer):
        yield Bar("avoid_employers", "no", f"you avoid {case.employer.name}", case.opening.posting.company)


# Every rule, with what of a case it looks at; the student and the day come on top.
RULES: tuple[tuple[Callable[[Case], Iterator[Bar]], tuple[str, ...]], ...] = (
    (_kind, ("reading.internship", "reading.ml_role")),
    (_closed, ("opening.state",)),
    (_level, ("reading.degree_stated", "reading.levels_open")),
    (_phd, ("reading.phd",)),
    (_publications, ("reading.publications",)),
    (_enrolment, ("reading.enrolled_required",)),
    (_graduation, ("reading.graduation",)),
    (_years, ("reading.years_min",)),
    (_gpa, ("reading.gpa_min",)),
    (_citizenship, ("reading.clearance_active", "reading.citizenship_required", "reading.citizens_of")),
    (_sponsorship, ("reading.sponsorship", "reading.countries")),
    (_languages, ("reading.languages_required",)),
    (_unpaid, ("reading.unpaid",)),
    (_avoided, ("employer.key", "employer.name")),
)
