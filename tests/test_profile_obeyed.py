"""Every setting of the profile is obeyed: changing it changes what some posting is worth, or whether it is open."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pipeline.models import (
    Claim,
    Employer,
    Listing,
    Opening,
    Pay,
    Posting,
    Profile,
    Quote,
    Reading,
    Skills,
    Student,
    Wants,
    Window,
)
from pipeline.score import CRITERIA, score
from tests.conftest import ROOT

PROFILE = Profile(Student("bachelor"), Skills(strong=("python",)), Wants())
CLAIMS = tuple(
    Claim(topic, True, Quote(0, 18, "U.S. citizens only"))
    for topic in ("levels_open", "citizenship_required", "clearance_active", "graduation", "sponsorship")
)

# A posting on which each setting can show: what the reading says where it matters.
READING = Reading(language="en", internship=True, ml_role="core", claims=CLAIMS)
READINGS = {
    "level": replace(READING, degree_stated=True, levels_open=("master", "phd")),
    "enrolled": replace(READING, enrolled_required=True),
    "graduates": replace(READING, graduation=Window("2027-01", "2027-12")),
    "gpa": replace(READING, gpa_min=3.5),
    "publications": replace(READING, publications="required"),
    "years_experience": replace(READING, years_min=3),
    "may_work_in": replace(READING, sponsorship="no"),
    "citizen_of": replace(READING, citizenship_required=True, citizens_of=("US",)),
    "clearance": replace(READING, clearance_active=True),
    "languages": replace(READING, languages_required=("de",)),
    "strong": replace(READING, skills_required=(("sql",),)),
    "working": replace(READING, skills_required=(("sql",),)),
    "learning": replace(READING, skills_required=(("sql",),)),
    "terms": replace(READING, term="summer 2027"),
    "unpaid": replace(READING, unpaid=True),
    "pay_min": replace(READING, pay=Pay(10, 10, "USD", "hour")),
}
CHANGES: dict[str, dict[str, Any]] = {
    "student": {
        "level": "phd",
        "enrolled": False,
        "graduates": "2029-06",
        "gpa": 3.9,
        "publications": 2,
        "years_experience": 3,
        "may_work_in": ("DE",),
        "citizen_of": ("US",),
        "clearance": True,
        "languages": ("en", "de"),
    },
    "skills": {"strong": ("sql",), "working": ("sql",), "learning": ("sql",)},
    "wants": {
        "roles": {"core": 0.2},
        "places": {"berlin": 1.0},
        "terms": ("fall 2027",),
        "unpaid": True,
        "employer_sizes": {"11-50": 0.1},
        "avoid_employers": ("Mottle",),
        "favourite_employers": ("Mottle",),
        "pay_min": Pay(30, 30, "USD", "hour"),
    },
}
POSTING = Posting(
    "lever/mottle", "1", "https://jobs.example/1", "ML Intern", "Mottle", "", locations=("Austin, TX, United States",)
)


def settings() -> Iterator[tuple[str, str]]:
    schema = json.loads((ROOT / "pipeline/schemas/profile.json").read_text(encoding="utf-8"))["properties"]
    for part in ("student", "skills", "wants"):
        for key in schema[part]["properties"]:
            yield part, key


def worth(profile: Profile, key: str) -> tuple[Any, ...]:
    """What the score comes to: values, weights and verdicts, not the words for them."""
    reading = READINGS.get(key, READING)
    employer = Employer("mottle", "Mottle", "11-50", 0.9)
    result = score(Opening("1", (Listing(POSTING),)), reading, employer, profile, date(2026, 11, 20))
    findings = tuple((finding.criterion, finding.value, finding.weight) for finding in result.findings)
    return result.eligible, findings, tuple((bar.topic, bar.verdict) for bar in result.bars)


@pytest.mark.parametrize(("part", "key"), list(settings()))
def test_a_setting_changes_what_a_posting_is_worth(part: str, key: str) -> None:
    changed = replace(PROFILE, **{part: replace(getattr(PROFILE, part), **{key: CHANGES[part][key]})})
    assert worth(changed, key) != worth(PROFILE, key)


@pytest.mark.parametrize("name", [name for name, *_ in CRITERIA])
def test_a_weight_is_taken(name: str) -> None:
    wants = Wants(terms=("summer 2027",), pay_min=Pay(20, 20, "USD", "hour"), favourite_employers=("Mottle",))
    profile = replace(PROFILE, wants=wants, weights={name: 77})
    assert (name, 77) in [(one[0], one[2]) for one in worth(profile, "terms")[1]]
