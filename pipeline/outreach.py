"""Employers to write to: small ones that do the student's kind of work and have no internship posted.

Everything said of an employer or in a draft is a fact of its own postings or of the profile. People are never
looked up: contacts are searches by kind of person, which the student opens.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus, urlsplit

from pipeline.models import BANDS, Employer, Posting, Profile, Reading

LARGEST = "501-1000"  # larger employers take applications through their boards only
CONTACTS = (
    ("a founder", "{company} founder OR CEO OR CTO"),
    ("an engineer", "{company} machine learning engineer"),
    ("a university recruiter", "{company} university recruiter OR talent"),
)
SEARCH = "https://duckduckgo.com/?q={query}"
SHOWN = 4  # skills and postings named in a draft


@dataclass(frozen=True, slots=True)
class Hiring:
    """One open posting of an employer, read."""

    posting: Posting
    reading: Reading
    employer: Employer


@dataclass(frozen=True, slots=True)
class Lead:
    """One employer to write to."""

    employer: Employer
    fit: float  # 0..1: half what the profile says of its size, half the skills in common
    evidence: tuple[str, ...]  # sentences, each a fact with its link
    careers: str | None  # the employer's website, else its board
    point_at: tuple[str, ...]  # skills of the profile that its postings ask for
    draft: str
    contacts: tuple[tuple[str, str], ...]  # kind of person, link of a search


def leads(hiring: Iterable[Hiring], profile: Profile) -> list[Lead]:
    """The best to write to first: no internship posted, small enough, ML or data work, something in common."""
    by_employer: dict[str, list[Hiring]] = defaultdict(list)
    for one in hiring:
        if one.employer.key:
            by_employer[one.employer.key].append(one)
    found = []
    for openings in by_employer.values():
        employer = openings[0].employer
        work = [one for one in openings if one.reading.ml_role in ("core", "data")]
        if not work or any(one.reading.internship for one in openings) or not _welcome(employer, profile):
            continue
        if lead := _lead(employer, sorted(work, key=lambda one: one.posting.id), profile):
            found.append(lead)
    return sorted(found, key=lambda lead: (-lead.fit, lead.employer.key))


def _welcome(employer: Employer, profile: Profile) -> bool:
    """Small enough to answer a letter, not a recruiter, and not one the student avoids."""
    avoided = {name.casefold() for name in profile.wants.avoid_employers}
    small = employer.size is not None and BANDS.index(employer.size) <= BANDS.index(LARGEST)
    return small and not employer.agency and not {employer.key, employer.name.casefold()} & avoided


def _lead(employer: Employer, work: Sequence[Hiring], profile: Profile) -> Lead | None:
    asked = Counter(
        name
        for one in work
        for name in {
            *(name for group in one.reading.skills_required for name in group),
            *one.reading.skills_preferred,
            *one.reading.skills_mentioned,
        }
    )
    mine = [*profile.skills.strong, *profile.skills.working]
    common = sorted((name for name in mine if asked[name]), key=lambda name: (-asked[name], mine.index(name)))
    if not common:
        return None
    size = profile.wants.employer_sizes.get(employer.size or "unknown", 0.5)
    share = sum(asked[name] for name in common) / sum(asked.values())
    evidence = [f"{employer.size} people: {piece.text}" for piece in employer.evidence if piece.band == employer.size][
        :1
    ]
    evidence += [f"hires a {one.posting.title}: {one.posting.url}" for one in work[:SHOWN]]
    return Lead(
        employer,
        round(0.5 * size + 0.5 * share, 3),
        tuple(evidence),
        employer.website or board_page(work[0].posting.url),
        tuple(common[:SHOWN]),
        draft(employer, work[0], common[:SHOWN], profile),
        tuple((kind, SEARCH.format(query=quote_plus(words.format(company=employer.name)))) for kind, words in CONTACTS),
    )


def board_page(url: str) -> str | None:
    """The board a posting stands on: its link without the last part."""
    parts = urlsplit(url)
    path = [part for part in parts.path.split("/") if part]
    return f"{parts.scheme}://{parts.netloc}/{path[0] if len(path) > 1 else ''}" if parts.netloc else None


def draft(employer: Employer, seen: Hiring, common: Sequence[str], profile: Profile) -> str:
    """A short first message, from facts of the posting and the profile alone; the student adds the rest."""
    student = profile.student
    graduates = f" and graduate in {student.graduates}" if student.graduates else ""
    skills = ", ".join(common[:-1]) + (" and " if len(common) > 1 else "") + common[-1]
    terms = f" for {' or '.join(profile.wants.terms)}" if profile.wants.terms else ""
    return (
        f"Hello, you are looking for a {seen.posting.title} at {employer.name} ({seen.posting.url}). "
        f"I study for a {student.level}'s degree{graduates}, and work with {skills}, which you ask for there. "
        f"I saw no internship on your board. Would you take an intern{terms}? "
        "[One sentence: something you built that is close to their work, with a link.]"
    )
