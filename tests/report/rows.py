"""Rows built from the nouns alone, as many as a test needs: what the report shows, without the stages before it."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.models import (
    BANDS,
    Bar,
    Employer,
    Finding,
    Listing,
    Opening,
    Pay,
    Posting,
    Profile,
    Reading,
    Score,
    SizeEvidence,
    Skills,
    Span,
    Student,
)

TODAY = date(2026, 3, 2)
CRITERIA = {"reach": 30.0, "role": 30.0, "bar": 20.0, "skills": 10.0, "place": 4.0, "freshness": 4.0, "pay": 4.0}
PROFILE = Profile(Student("bachelor"), Skills(strong=("python",), working=("pytorch", "git"), learning=("sql",)))
COMPANIES = ("Kestrel Vision", "Tallow & Finch", "Nordlicht KI", "Moss Robotics", "Plainsong AI", "Quarry Data")
TITLES = (
    "Machine Learning Intern",
    "Praktikum Maschinelles Lernen (m/w/d)",
    "Computer Vision Internship",
    "Data Science Working Student",
    "Research Intern, Reinforcement Learning",
)
PLACES = ("Lisbon, Portugal", "Remote, Europe", "Berlin, Germany", "Toronto, Canada; Montréal, Canada", "")
SKILLS = ("python", "pytorch", "sql", "docker", "c++", "kubernetes", "spark", "jax")


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of a shortlist row that the report reads."""

    opening: Opening
    reading: Reading
    employer: Employer
    score: Score
    status: str = ""
    notes: str = ""
    missing_skills: tuple[str, ...] = ()


def row(number: int = 0, seed: int = 7) -> Row:
    """One row; the same number and seed give the same row."""
    chance = random.Random(f"{seed}-{number}")
    company = f"{chance.choice(COMPANIES)} {number % 40}"
    band = chance.choice((*BANDS, None))
    day = TODAY - timedelta(days=chance.randrange(150))
    posting = Posting(
        board=f"greenhouse/{company.split(maxsplit=1)[0].lower()}{number % 40}",
        ref=str(1000 + number),
        url=f"https://boards.example.com/{number}",
        title=chance.choice(TITLES),
        company=company,
        description="",
        locations=tuple(part for part in chance.choice(PLACES).split("; ") if part),
        workplace=chance.choice(("remote", "hybrid", "onsite", None)),
        posted=chance.choice((day.isoformat(), None)),
    )
    wanted = tuple((name,) for name in chance.sample(SKILLS, chance.randrange(4)))
    reading = Reading(
        language="en",
        internship=True,
        ml_role=chance.choice(("core", "data", "adjacent")),
        phd=chance.choice((None, None, "required", "preferred")),
        publications=chance.choice((None, "preferred")),
        skills_required=wanted,
        skills_preferred=("jax",),
        term=chance.choice((None, "summer 2026", "fall 2026")),
        deadline=chance.choice((None, (TODAY + timedelta(days=chance.randrange(60))).isoformat())),
        duration_weeks=chance.choice((None, Span(10, 12))),
        pay=chance.choice((None, Pay(25, 40, "USD", "hour"))),
    )
    employer = Employer(
        key=company.lower(),
        name=company,
        size=band,
        confidence=0.8 if band else 0.0,
        evidence=(SizeEvidence("posting", band, 1.0, "states “a team of twelve”", "a team of twelve"),) if band else (),
    )
    listings = (Listing(posting, first_seen=f"{day.isoformat()}T06:00:00Z"),)
    if number % 11 == 0:
        second = replace(posting, board="lever/mirror", url=f"https://jobs.example.org/{number}")
        listings += (Listing(second, first_seen=f"{day.isoformat()}T06:00:00Z"),)
    return Row(
        opening=Opening(posting.id, listings),
        reading=reading,
        employer=employer,
        score=Score(findings(chance, number), bars(reading)),
        status=chance.choice(("", "", "", "applied", "hidden")),
        notes=chance.choice(("", "", "ask about the start date")),
        missing_skills=tuple(name for (name,) in wanted if name not in {"python", "pytorch", "sql"}),
    )


def findings(chance: random.Random, number: int) -> tuple[Finding, ...]:
    """One finding per criterion, some unknown, with values coarse enough that totals tie."""
    return tuple(
        Finding(
            name,
            chance.choice((None, 0.0, 0.25, 1 / 3, 0.5, 0.85, 1.0)),
            weight,
            f"reason {chance.randrange(40)} of the criterion {name}",
            chance.choice((None, f"words {number} that the posting itself says about {name}, as they stand in it")),
        )
        for name, weight in CRITERIA.items()
    )


def bars(reading: Reading) -> tuple[Bar, ...]:
    """The bars that follow from the reading."""
    if reading.phd == "required":
        return (Bar("phd", "no", "a PhD is required", "PhD students only"),)
    if reading.phd == "preferred":
        return (Bar("phd", "unsure", "a PhD is preferred", "PhD preferred"),)
    return (Bar("levels_open", "yes", "open to bachelor students"),)


def rows(count: int, seed: int = 7) -> list[Row]:
    """Many rows."""
    return [row(number, seed) for number in range(count)]
