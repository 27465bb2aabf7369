"""Whom to write to: small employers that do the student's kind of work and have no internship posted, and groups.

A group is a research site that takes undergraduates (NSF REU): an award is no dated opening, and a letter is how one
gets in.

Everything said of an employer or in a draft is a fact of its own postings or of the profile. People are never
looked up: contacts are searches by kind of person, which the student opens.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus, unquote, urlsplit

from pipeline.models import BANDS, Employer, Posting, Profile, Reading
from pipeline.reach import SIZES, size_value

LARGEST = "501-1000"  # larger employers take applications through their boards only
CONTACTS = (
    ("a founder", "{company} founder OR CEO OR CTO"),
    ("an engineer", "{company} machine learning engineer"),
    ("a university recruiter", "{company} university recruiter OR talent"),
)
SEARCH = "https://duckduckgo.com/?q={query}"
WORK = ("core", "data")  # roles that are the student's kind of work
SHOWN = 4  # skills and postings named in a draft
GROUPS = ("nsf",)  # platforms whose postings are awards to research sites
GROUP_CONTACTS = (
    ("the site's own page", "{title} {company}"),
    ("a programme coordinator", "{company} REU coordinator"),
)
GROUP_RULE = "places of an NSF site are for citizens and permanent residents of the US"


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
    fit: float  # 0..1: half what its size is worth in reach (an unknown one for groups), half skills in common
    evidence: tuple[str, ...]  # sentences, each a fact with its link
    careers: str | None  # the employer's website, else its board
    point_at: tuple[str, ...]  # skills of the profile that its postings ask for
    draft: str
    contacts: tuple[tuple[str, str], ...]  # kind of person, link of a search


def leads(hiring: Iterable[Hiring], profile: Profile) -> list[Lead]:
    """The best to write to first: no internship posted, small enough, ML or data work, something in common.

    Asked of some employers at a time, each with all it has posted, these are the leads of all: see `best_first`.
    """
    by_employer: dict[str, list[Hiring]] = defaultdict(list)
    found = []
    for one in hiring:
        if is_group(one.posting.board):
            if one.reading.ml_role in WORK and _takes(profile) and not _avoids(profile, one.employer):
                found.append(_group(one, profile))
        elif one.employer.key:
            by_employer[one.employer.key].append(one)
    for openings in by_employer.values():
        employer = openings[0].employer
        work = [one for one in openings if one.reading.ml_role in WORK]
        if not work or any(one.reading.internship for one in openings) or not _welcome(employer, profile):
            continue
        if lead := _lead(employer, sorted(work, key=lambda one: one.posting.id), profile):
            found.append(lead)
    return best_first(found)


def best_first(found: Iterable[Lead]) -> list[Lead]:
    """Leads in the order in which to write."""
    return sorted(found, key=lambda lead: (-lead.fit, lead.employer.key, lead.careers or ""))


def is_group(board: str) -> bool:
    """Whether what stands on a board are research sites to write to, and no openings."""
    return board.split("/", 1)[0] in GROUPS


def _takes(profile: Profile) -> bool:
    """Whether the sites' rule leaves the student a chance: an undergraduate, and not shut out by citizenship."""
    student = profile.student
    abroad = student.may_work_in is not None and "US" not in student.may_work_in
    return student.level == "bachelor" and not (student.citizen_of and "US" not in student.citizen_of and abroad)


def _avoids(profile: Profile, employer: Employer) -> bool:
    return bool({employer.key, employer.name.casefold()} & {name.casefold() for name in profile.wants.avoid_employers})


def _welcome(employer: Employer, profile: Profile) -> bool:
    """Small enough to answer a letter, not a recruiter, and not one the student avoids."""
    small = employer.size is not None and BANDS.index(employer.size) <= BANDS.index(LARGEST)
    return small and not employer.agency and not _avoids(profile, employer)


def _lead(employer: Employer, work: Sequence[Hiring], profile: Profile) -> Lead | None:
    asked = Counter(name for one in work for name in _named(one.reading))
    common = _common(asked, profile)
    if not common:
        return None
    size, _ = size_value(employer, profile)
    share = sum(asked[name] for name in common) / sum(asked.values())
    evidence = [f"{employer.size} people: {piece.text}" for piece in employer.evidence if piece.band == employer.size][
        :1
    ]
    evidence += [f"hires: {one.posting.title}{_at(one.posting)}" for one in work[:SHOWN]]
    return Lead(
        employer,
        round(0.5 * size + 0.5 * share, 3),
        tuple(evidence),
        employer.website or board_page(work[0].posting),
        tuple(common[:SHOWN]),
        draft(employer, work[0], common[:SHOWN], profile),
        _searches(CONTACTS, company=employer.name),
    )


def _group(site: Hiring, profile: Profile) -> Lead:
    """A research site: its award, what it works with that the student knows, and a letter."""
    posting = site.posting
    asked = Counter(_named(site.reading))
    common = _common(asked, profile)
    share = sum(asked[name] for name in common) / max(sum(asked.values()), 1)
    unknown = (SIZES | profile.wants.employer_sizes)["unknown"]
    return Lead(
        site.employer,
        round(0.5 * unknown + 0.5 * share, 3),
        (f"has an award for undergraduates, “{posting.title}”: {posting.url}", GROUP_RULE),
        posting.url or None,
        tuple(common[:SHOWN]),
        group_draft(posting, common[:SHOWN], profile),
        _searches(GROUP_CONTACTS, company=posting.company, title=posting.title),
    )


def _named(reading: Reading) -> set[str]:
    """Every skill that a posting names."""
    required = {name for group in reading.skills_required for name in group}
    return required.union(reading.skills_preferred, reading.skills_mentioned)


def _common(asked: Counter[str], profile: Profile) -> list[str]:
    """What the student can do of what is asked, the most asked for first."""
    mine = [*profile.skills.strong, *profile.skills.working]
    return sorted((name for name in mine if asked[name]), key=lambda name: (-asked[name], mine.index(name)))


def _searches(kinds: Iterable[tuple[str, str]], **words: str) -> tuple[tuple[str, str], ...]:
    """(kind, link of a search) for each kind of person or page."""
    return tuple((kind, SEARCH.format(query=quote_plus(query.format(**words)))) for kind, query in kinds)


def board_page(posting: Posting) -> str | None:
    """The employer's own board that a posting stands on, by its link; the posting itself where it is on a feed."""
    parts = urlsplit(posting.url)
    slug, first = posting.board.partition("/")[2].casefold(), parts.path.strip("/").split("/", 1)[0]
    if slug and unquote(first).casefold() == slug:
        return f"{parts.scheme}://{parts.netloc}/{first}"
    return posting.url or None


def draft(employer: Employer, seen: Hiring, common: Sequence[str], profile: Profile) -> str:
    """A short first message, from facts of the posting and the profile alone; the student adds the rest."""
    terms = f" for {' or '.join(profile.wants.terms)}" if profile.wants.terms else ""
    return (
        f"Hello, I saw your opening “{seen.posting.title}” at {employer.name}{_at(seen.posting)}. "
        f"I {_studies(profile)}, and work with {_listed(common)}, which you ask for there. "
        f"I saw no internship on your board. Would you take an intern{terms}? "
        "[One sentence: something you built that is close to their work, with a link.]"
    )


def group_draft(site: Posting, common: Sequence[str], profile: Profile) -> str:
    """The same to a research site, from facts of the award and the profile alone."""
    skills = f" I work with {_listed(common)}, which your abstract names." if common else ""
    terms = f" for {' or '.join(profile.wants.terms)}" if profile.wants.terms else ""
    return (
        f"Hello, I read of your NSF award “{site.title}” at {site.company}{_at(site)}. I {_studies(profile)}.{skills} "
        f"Do you still take students{terms}, and how do I apply? "
        "[One sentence: the part of the abstract that you would work on, and why.]"
    )


def _studies(profile: Profile) -> str:
    student = profile.student
    when = f" and graduate in {student.graduates}" if student.graduates else ""
    return f"study for a {student.level}'s degree{when}"


def _at(posting: Posting) -> str:
    return f" ({posting.url})" if posting.url else ""


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1]
