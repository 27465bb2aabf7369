"""The criteria of the score: each a pure function of a Case that returns a value, a sentence and a quote.

What the posting does not say has the value None. A criterion the student did not ask for returns None
itself and takes no part. Weights and order are in pipeline/score.py, reach is in pipeline/reach.py.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import lru_cache

from pipeline import stated
from pipeline.case import Case, Judgement, names_employer, years
from pipeline.lateness import passed
from pipeline.models import NEUTRAL, Opening, Pay, Profile, Reading, Skills, Student
from pipeline.plain_words import plain

HOURS = {"hour": 1, "day": 8, "week": 40, "month": 173.3, "year": 2080}
COMMAND = {"strong": 1.0, "working": 0.85, "learning": 0.5}
ANYWHERE = "anywhere"
REQUIRED_SHARE = 0.75  # of the skills; the rest is for those preferred
HALVES = 21  # days in which freshness halves


def role(case: Case) -> Judgement:
    """How much of the work is what the student wants: the values of `wants.roles`."""
    kind = case.reading.ml_role
    value = case.profile.wants.roles.get(kind, 0.0)
    words = {
        "core": "the work is machine learning itself",
        "data": "data work: analytics, data engineering or data science",
        "adjacent": "work beside machine learning",
        "none": "not machine learning or data work",
    }[kind]
    return Judgement(value, words, case.reading.quote("ml_role") or case.opening.posting.title)


def bar(case: Case) -> Judgement:
    """How far above or below the student the posting sets its bar; silence is neutral.

    Starts at 1 where the posting opens itself to the student's level in words, and at neutral where it does not say.
    Falls from there with every wish the student does not meet: a PhD, papers, years, marks, a clearance, citizenship.
    """
    reading, student = case.reading, case.profile.student
    if student.level not in reading.levels_open:
        return Judgement(0.0, f"not open to {student.level} students", reading.sentence("levels_open"))
    wishes = _unmet(reading, student)
    opened = _opened(reading, student)
    if not wishes and not opened:
        return Judgement(None, "says nothing about degrees, papers or years")
    said = ", ".join(words for _, words, _ in wishes)
    topics = [topic for _, _, topic in sorted(wishes)] + ([opened[1]] if opened else [])
    quote = next(filter(None, map(reading.sentence, topics)), case.opening.posting.title)
    start = 1.0 if opened else NEUTRAL
    value = start * math.prod(share for share, _, _ in wishes)
    return Judgement(value, (f"{opened[0]}, but {said}" if said else opened[0]) if opened else said, quote)


def _unmet(reading: Reading, student: Student) -> list[tuple[float, str, str]]:
    """(share of the value that is left, words, topic of the quote) of every wish that the student does not meet."""
    wishes: list[tuple[float, str, str]] = []
    if student.level != "phd" and reading.phd in ("required", "preferred", "accepted"):
        share = {"required": 0.0, "preferred": 0.4, "accepted": 0.85}[reading.phd]
        wishes.append((share, f"a PhD is {reading.phd}", "phd"))
    if not student.publications and reading.publications in ("required", "preferred"):
        share = {"required": 0.0, "preferred": 0.4}[reading.publications]
        wishes.append((share, f"papers are {reading.publications}", "publications"))
    gap = (reading.years_min or 0) - student.years_experience
    if gap > 0:
        wishes.append((1 / (1 + gap), f"asks {years(reading.years_min or 0)} of experience", "years_min"))
    if reading.gpa_min and (student.gpa is None or student.gpa < reading.gpa_min):
        share = 0.9 if student.gpa is None else 0.5
        wishes.append((share, f"asks a GPA of {reading.gpa_min:g}", "gpa_min"))
    if reading.clearance_active and not student.clearance:
        wishes.append((0.3, "asks an active clearance", "clearance_active"))
    if reading.citizenship_required and not _is_citizen(reading, student):
        wishes.append((0.3, "takes citizens only", "citizenship_required"))
    if reading.language and reading.language not in student.languages:
        wishes.append((0.9, f"written in {reading.language}", "language"))
    return wishes


def _opened(reading: Reading, student: Student) -> tuple[str, str] | None:
    """The words with which the posting opens itself to the student, and the topic of their quote."""
    for topic, words in (("phd", "no PhD needed"), ("publications", "no papers needed")):
        if getattr(reading, topic) == "negated":
            return words, topic
    return (f"says it is open to {student.level} students", "levels_open") if reading.degree_stated else None


def _is_citizen(reading: Reading, student: Student) -> bool:
    """Whether the student is one of those asked for; who holds a clearance is a citizen of where it was given."""
    return bool({*student.citizen_of} & {*reading.citizens_of}) or (student.clearance and not reading.citizens_of)


def skills(case: Case) -> Judgement:
    """The share of the skills asked that the student has: three quarters required, one quarter preferred.

    Any one name of a group satisfies it; a strong skill counts 1, a working one 0.85, one being learnt 0.5.
    """
    reading = case.reading
    command = skill_command(case.profile.skills)
    required = [max((command.get(name, 0.0) for name in group), default=0.0) for group in reading.skills_required]
    preferred = [command.get(name, 0.0) for name in reading.skills_preferred]
    if not required and not preferred:
        return Judgement(None, "names no skills it asks for")
    shares = [(REQUIRED_SHARE, required), (1 - REQUIRED_SHARE, preferred)]
    weight = sum(share for share, values in shares if values)
    value = sum(share * sum(values) / len(values) for share, values in shares if values) / weight
    met = sum(1 for asked in required if asked)
    missing = missing_skills(reading, case.profile)
    words = f"{met} of {len(required)} required skills" if required else "no skill required"
    if learning := required.count(COMMAND["learning"]):
        words += f" ({learning} still being learnt)"
    if preferred:
        words += f", {sum(1 for asked in preferred if asked)} of {len(preferred)} preferred"
    if missing:
        words += f"; missing {', '.join(missing[:4])}{' …' if len(missing) > 4 else ''}"
    topic = "skills_required" if required else "skills_preferred"
    return Judgement(value, words, reading.quote(topic))


@lru_cache(maxsize=256)
def skill_command(skills: Skills) -> Mapping[str, float]:
    """Skill -> how far the student commands it, 0..1."""
    return {name: COMMAND[level] for level in reversed(COMMAND) for name in getattr(skills, level)}


def missing_skills(reading: Reading, profile: Profile) -> list[str]:
    """The required groups that the student meets with no skill at all, each as "a or b"."""
    command = skill_command(profile.skills)
    return [" or ".join(g) for g in reading.skills_required if g and not any(name in command for name in g)]


def place(case: Case) -> Judgement:
    """Where the work is, by `wants.places`: remote, hybrid, onsite, words of a location, a country, or anywhere."""
    workplace, location = stated.workplace(case.opening, case.reading), case.opening.posting.location
    value, best = placed(case.profile.wants.places, here(case.opening, case.reading))
    if best:
        words = f"{best} is worth {value:g} on your list of places"
        return Judgement(value, words, reading_quote(case, "workplace") if best == workplace else location)
    if value is None:
        return Judgement(None, "does not say where")
    words = f"{location or workplace} is not on your list of places"
    return Judgement(value, words, location or case.reading.quote("workplace"))


def here(opening: Opening, reading: Reading) -> str:
    """All that is said of where the work is, in one line: plain words, then the codes of its countries."""
    words = f"{stated.workplace(opening, reading) or ''} {opening.posting.location}"
    return " ".join((plain(words), *reading.countries))


def placed(places: Mapping[str, float], where: str) -> tuple[float | None, str | None]:
    """What a place is worth by a list of places, and the name on the list that says so; None: nobody says where."""
    named = [(value, name) for name, value in places.items() if _named(name).search(where)]
    if named:
        return max(named)
    for name, value in places.items():
        if name.casefold() == ANYWHERE:
            return value, ANYWHERE
    return (0.0 if where.strip() else None), None


@lru_cache(maxsize=1_000)
def _named(name: str) -> re.Pattern[str]:
    """What finds a place in the words of `here`; two capitals are a country's code, or a state's: “Austin, TX”."""
    words = re.escape(plain(name))
    if re.fullmatch("[A-Z]{2}", name):
        return re.compile(rf"\b{name}\b|, {words}\b")
    return re.compile(rf"{words}(?<![a-z0-9]{words})(?![a-z0-9])")  # the literal first, which is looked for quickest


def reading_quote(case: Case, topic: str) -> str | None:
    """The words behind a key, or the location where the board itself has a field for it."""
    return case.reading.quote(topic) or case.opening.posting.location or None


def term(case: Case) -> Judgement | None:
    """Whether it runs in a term the student wants (`wants.terms`); not asked where none is named."""
    wanted, when = case.profile.wants.terms, case.reading.term
    if not wanted:
        return None
    if not when:
        return Judgement(None, "does not say when it runs")
    value = max(_in_term(when, one) for one in wanted)
    words = f"runs in {when}" if value else f"runs in {when}, not in a term you want"
    return Judgement(value, words, case.reading.quote("term"))


def _in_term(when: str, wanted: str) -> float:
    """How surely what runs then runs in a term that is wanted; either may name no year."""
    season, _, year = when.partition(" ")
    wanted_season, _, wanted_year = wanted.partition(" ")
    if season != wanted_season or (year and wanted_year and year != wanted_year):
        return 0.0
    return 1.0 if year or not wanted_year else 0.8


def freshness(case: Case) -> Judgement:
    """How recently it was posted: halves every three weeks, and is 0 once it is too late.

    Where no day is named, the day it was first seen proves no more than that it is as old as that.
    """
    if end := passed(case.opening, case.reading, case.today):
        return Judgement(0.0, end.words, case.reading.quote(end.topic))
    dated, day = stated.posted_on(case.opening), stated.known_since(case.opening)
    if not day:
        return Judgement(None, "does not say when it was posted")
    days = max((case.today - day).days, 0)
    ago = f"{days} days ago" if days > 1 else "yesterday" if days else "today"
    if dated:
        return Judgement(0.5 ** (days / HALVES), f"posted {ago}")
    value = 0.5 ** (days / HALVES) if days > HALVES else None  # until then it may be as good as new
    return Judgement(value, f"does not say when it was posted, first seen {ago}")


def pay(case: Case) -> Judgement | None:
    """The pay against `wants.pay_min`; not asked where the profile names none."""
    least, offer = case.profile.wants.pay_min, stated.pay(case.opening, case.reading)
    if not least:
        return None
    if case.reading.unpaid:
        return Judgement(0.0, "unpaid", case.reading.quote("unpaid"))
    if not offer:
        return Judgement(None, "does not say what it pays")
    quote = case.reading.quote("pay")
    offered, wanted = hourly(offer), hourly(least)
    if offer.currency != least.currency or offered is None or wanted is None:
        return Judgement(None, f"pays in {offer.currency} per {offer.period}, which cannot be compared", quote)
    words = f"pays up to {offer.max:g} {offer.currency} per {offer.period}"
    return Judgement(min(1.0, offered / wanted), words, quote)


def favourite(case: Case) -> Judgement | None:
    """Whether it is one of `wants.favourite_employers`; not asked where the profile names none."""
    names = case.profile.wants.favourite_employers
    if not names:
        return None
    if names_employer(names, case.employer):
        return Judgement(1.0, f"{case.employer.name} is one of your favourites")
    return Judgement(NEUTRAL, "not one of your favourites")


def hourly(amount: Pay) -> float | None:
    """The upper end of a range per hour; None for a total."""
    return amount.max / HOURS[amount.period] if amount.period in HOURS else None
