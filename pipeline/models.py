"""The nouns of Reachlist, as frozen dataclasses.

What the words mean is fixed here and nowhere else. No behaviour beyond properties that follow from the
fields, and no import but the standard library.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

# --- boards and what a visit to one saw ---------------------------------------------------------------


class Verdict(StrEnum):
    """What one visit to a board proves."""

    COMPLETE = "complete"  # the whole listing was seen: absence is evidence
    UNCHANGED = "unchanged"  # the board answered that nothing changed, or sent the same bytes
    PARTIAL = "partial"  # some of it was seen: nothing may be called missing
    FAILED = "failed"  # no listing was obtained
    SUSPECT = "suspect"  # a whole listing that contradicts the board's history; must repeat to count


NEWEST_ONLY = "lists its newest only: what is absent may still be open"  # the reason of a `partial` that is no trouble
IMPORTED = "import"  # the platform of what the user held already: no visit looks there


class State(StrEnum):
    """Where a posting stands in its life."""

    OPEN = "open"
    MISSING = "missing"  # absent from one complete listing
    CLOSED = "closed"  # absent from two in a row, or its own page answered 404 or 410


@dataclass(frozen=True, slots=True)
class Board:
    """One employer's page on one platform, or one feed: a line of config/boards.yaml."""

    platform: str
    slug: str
    company: str
    options: tuple[tuple[str, str], ...] = ()  # what a platform needs beyond the slug, e.g. a Workday site

    @property
    def id(self) -> str:
        return f"{self.platform}/{self.slug}"

    def option(self, name: str) -> str | None:
        return dict(self.options).get(name)

    def unsaid(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those of `names` for which it has no option."""
        return tuple(name for name in names if not self.option(name))


@dataclass(frozen=True, slots=True)
class Pay:
    """A stated pay range, in units of `currency` per `period`; both ends equal where one figure was named."""

    min: float
    max: float
    currency: str  # ISO 4217
    period: str  # hour, day, week, month, year, total


@dataclass(frozen=True, slots=True)
class Posting:
    """What a board said, untouched. `(board, ref)` names it for ever."""

    board: str  # Board.id
    ref: str  # the platform's own id of the posting
    url: str  # the page a person would open
    title: str
    company: str
    description: str  # HTML or plain text, entity layers of the transport removed
    locations: tuple[str, ...] = ()
    workplace: str | None = None  # remote, hybrid, onsite: only where the board has a field for it
    employment: str | None = None  # the board's own word: Intern, Full-time, …
    department: str | None = None
    pay: Pay | None = None
    posted: str | None = None  # ISO 8601 date or date-time
    updated: str | None = None
    deadline: str | None = None  # ISO 8601 date
    apply_url: str | None = None
    language: str | None = None  # ISO 639-1
    requisition: str | None = None  # the employer's own number: equal on the postings of one job

    @property
    def id(self) -> str:
        return f"{self.board}/{self.ref}"

    @property
    def location(self) -> str:
        return "; ".join(self.locations)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record of a board that could not be read, or not in full: counted, and kept as evidence."""

    reason: str
    evidence: str  # the record as it came, cut to 2,000 characters
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class EmployerFact:
    """What is known of one employer before any posting is read: of config/employers.yaml, or of a directory."""

    name: str
    source: str
    size: str | None = None  # one of BANDS
    website: str | None = None
    aliases: tuple[str, ...] = ()
    agency: bool = False
    well_known: bool = False
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A board that nobody has added, seen behind the link of a posting elsewhere."""

    board: str  # Board.id
    seen_in: str  # the board or import whose posting links to it
    url: str  # the link
    company: str
    first_seen: str  # ISO 8601 UTC


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one visit to one board saw. The only thing that crosses from `crawlers` into the store."""

    board: Board
    at: str  # ISO 8601 UTC, when the visit ended
    verdict: Verdict
    postings: tuple[Posting, ...] = ()
    listed: int | None = None  # rows the board listed, dropped and rejected ones included
    ignored: int = 0  # rows left out on purpose: unlisted, "general application"
    rejected: tuple[Rejected, ...] = ()
    reason: str | None = None  # why the verdict is not `complete`, in words for a person
    gone: tuple[str, ...] = ()  # refs whose own page answered 404 or 410
    status: int | None = None  # HTTP status of the listing
    facts: tuple[EmployerFact, ...] = ()  # about employers, from a directory of them


# --- the text of a posting ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quote:
    """A span of a Document: `document.text[start:end] == text`, always."""

    start: int
    end: int
    text: str


class Severity(StrEnum):
    """How strongly a posting asks for something. Ordered from strongest; see reading/severity.py."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    MENTIONED = "mentioned"
    NEGATED = "negated"


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing a posting says, with the words that say it."""

    topic: str  # a codebook key: phd, skills_required, pay, …
    value: Any  # JSON-serialisable
    quote: Quote
    severity: Severity | None = None
    sentence: str | None = None  # the sentence around the quote, where the score has to show it


@dataclass(frozen=True, slots=True)
class Span:
    """An interval of months or weeks: both ends inclusive, None where open."""

    min: float
    max: float


@dataclass(frozen=True, slots=True)
class Window:
    """A stated graduation window, `YYYY-MM` at either end, None where open."""

    start: str | None
    end: str | None


LEVELS = ("bachelor", "master", "phd")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a posting asks and offers; keys and values as in the codebook. None means it did not say."""

    language: str | None = None
    internship: bool = False
    ml_role: str = "none"
    degree_stated: bool = False
    levels_open: tuple[str, ...] = LEVELS
    phd: str | None = None  # required, preferred, accepted, negated
    publications: str | None = None  # required, preferred, negated
    enrolled_required: bool = False
    graduation: Window | None = None
    gpa_min: float | None = None
    years_min: float | None = None
    skills_required: tuple[tuple[str, ...], ...] = ()  # groups: any one name of a group satisfies it
    skills_preferred: tuple[str, ...] = ()
    skills_mentioned: tuple[str, ...] = ()
    sponsorship: str | None = None  # yes, no
    citizenship_required: bool = False
    workplace: str | None = None  # remote, hybrid, onsite
    pay: Pay | None = None
    unpaid: bool = False
    duration_weeks: Span | None = None
    term: str | None = None  # "summer 2026", or the season alone
    deadline: str | None = None  # YYYY-MM-DD
    headcount_stated: Span | None = None
    clearance_active: bool = False  # an active security clearance is needed on day one
    languages_required: tuple[str, ...] = ()  # spoken, ISO 639-1: only where stated as required
    pool: bool = False  # evergreen or "general application", not one dated opening
    claims: tuple[Claim, ...] = ()  # every claim above with its words
    note: str | None = None  # why the reading is partial: cut, binary, empty
    citizens_of: tuple[str, ...] = ()  # ISO 3166-1: the countries that `citizenship_required` names
    countries: tuple[str, ...] = ()  # ISO 3166-1: where the work is, as far as the location names it

    def quotes(self, topic: str) -> tuple[Quote, ...]:
        """The words behind one key, in the order of the text."""
        return tuple(claim.quote for claim in self.claims if claim.topic == topic)

    def quote(self, topic: str) -> str | None:
        """The first words behind one key, or None."""
        claim = self._first(topic)
        return claim.quote.text if claim else None

    def sentence(self, topic: str) -> str | None:
        """The sentence of the first words behind one key, or those words, or None."""
        claim = self._first(topic)
        return claim.sentence or claim.quote.text if claim else None

    def _first(self, topic: str) -> Claim | None:
        for claim in self.claims:
            if claim.topic == topic:
                return claim
        return None


# --- employers and openings ---------------------------------------------------------------------------

BANDS = ("1-10", "11-50", "51-200", "201-500", "501-1000", "1001-5000", "5000+")


@dataclass(frozen=True, slots=True)
class SizeEvidence:
    """One source's word on how many people an employer has."""

    basis: str  # facts, posting, board, platform, …
    band: str  # one of BANDS
    weight: float
    text: str  # for a person: "states “a team of 12”"
    quote: str | None = None
    elsewhere: bool = False  # the quote is of another posting of the employer's than the one it is shown with


@dataclass(frozen=True, slots=True)
class Employer:
    """Who hires. An unknown size is None, never a guess."""

    key: str  # normalised name; equal for spellings of one employer
    name: str
    size: str | None = None  # one of BANDS
    confidence: float = 0.0  # 0..1, calibrated
    evidence: tuple[SizeEvidence, ...] = ()
    website: str | None = None
    agency: bool = False  # recruits for others
    well_known: bool = False
    parent: str | None = None  # key of the owner, where known
    academic: bool = False  # a university or research institute, which hires lab by lab


@dataclass(frozen=True, slots=True)
class Listing:
    """One posting as stored: the board's words and what the visits have proved about it."""

    posting: Posting
    state: State = State.OPEN
    first_seen: str | None = None
    last_seen: str | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """One real job, with every posting that is it. The first listing is the one facts are taken from."""

    id: str
    listings: tuple[Listing, ...]
    maybe_also: tuple[str, ...] = ()  # ids of openings that may be the same job

    @property
    def posting(self) -> Posting:
        return self.listings[0].posting

    @property
    def standing(self) -> tuple[Listing, ...]:
        """Those that are not closed; all where every one is."""
        return tuple(one for one in self.listings if one.state is not State.CLOSED) or self.listings

    @property
    def state(self) -> State:
        """Open while any of its postings is."""
        states = {listing.state for listing in self.listings}
        return states.pop() if len(states) == 1 else next(state for state in State if state in states)


# --- the score ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    """One criterion's verdict on one opening."""

    criterion: str
    value: float | None  # 0..1; None: the posting does not say, neutral and not counted in coverage
    weight: float
    reason: str  # one sentence
    quote: str | None = None  # the posting's words, where the reason comes from the posting
    known: bool = True  # False: the value is the profile's word on the unknown, not counted in coverage


@dataclass(frozen=True, slots=True)
class Bar:
    """One point of eligibility: does the student pass this bar?"""

    topic: str  # levels_open, publications, citizenship_required, …
    verdict: str  # yes, unsure, no
    reason: str
    quote: str | None = None


NEUTRAL = 0.5


@dataclass(frozen=True, slots=True)
class Score:
    """The findings and bars; total, coverage and eligibility follow from them and are stored nowhere."""

    findings: tuple[Finding, ...]
    bars: tuple[Bar, ...] = ()
    pool: bool = False  # of an evergreen pool or a general application: kept apart from dated openings

    @property
    def total(self) -> float:
        """Weighted mean of the findings, 0..100; an unknown counts as neutral."""
        weight = sum(finding.weight for finding in self.findings)
        if not weight:
            return 0.0
        points = sum(f.weight * (NEUTRAL if f.value is None else f.value) for f in self.findings)
        return 100 * points / weight

    @property
    def coverage(self) -> float:
        """The share of the weight about which something is known, 0..1."""
        weight = sum(finding.weight for finding in self.findings)
        known = sum(f.weight for f in self.findings if f.known and f.value is not None)
        return known / weight if weight else 0.0

    @property
    def eligible(self) -> str:
        """`no` if any bar is, else `unsure` if any is, else `yes`."""
        verdicts = {bar.verdict for bar in self.bars}
        return "no" if "no" in verdicts else "unsure" if "unsure" in verdicts else "yes"

    def value(self, criterion: str) -> float | None:
        return next((f.value for f in self.findings if f.criterion == criterion), None)


class Row(Protocol):
    """One line of the shortlist, as what is made of the list sees it."""

    @property
    def rank(self) -> int: ...
    @property
    def opening(self) -> Opening: ...
    @property
    def reading(self) -> Reading: ...
    @property
    def employer(self) -> Employer: ...
    @property
    def score(self) -> Score: ...
    @property
    def status(self) -> str: ...
    @property
    def notes(self) -> str: ...
    @property
    def missing_skills(self) -> tuple[str, ...]: ...
    @property
    def said(self) -> str: ...  # equal as long as its postings say the same


# --- the student --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Student:
    """The person the list is for."""

    level: str  # bachelor, master, phd: the level being studied for
    enrolled: bool = True
    graduates: str | None = None  # YYYY-MM
    gpa: float | None = None
    publications: int = 0
    years_experience: float = 0
    may_work_in: tuple[str, ...] | None = None  # ISO 3166-1 alpha-2; None: anywhere
    citizen_of: tuple[str, ...] = ()
    clearance: bool = False
    languages: tuple[str, ...] = ("en",)


@dataclass(frozen=True, slots=True)
class Skills:
    """What the student can do, by canonical name."""

    strong: tuple[str, ...] = ()
    working: tuple[str, ...] = ()
    learning: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wants:
    """What the student is after; numbers are 0..1, one is best."""

    roles: dict[str, float] = field(default_factory=lambda: {"core": 1.0, "data": 0.5, "adjacent": 0.25})
    places: dict[str, float] = field(default_factory=lambda: {"anywhere": 1.0})
    terms: tuple[str, ...] = ()
    unpaid: bool = False
    employer_sizes: dict[str, float] = field(default_factory=dict)
    avoid_employers: tuple[str, ...] = ()
    favourite_employers: tuple[str, ...] = ()
    pay_min: Pay | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """config/profile.yaml, checked."""

    student: Student
    skills: Skills = Skills()
    wants: Wants = Wants()
    weights: dict[str, float] = field(default_factory=dict)  # by criterion name; empty: the defaults


# --- what the user says of openings ---------------------------------------------------------------------


class Mark(NamedTuple):
    """What the user says of one opening."""

    status: str = ""
    notes: str = ""
    cells: tuple[tuple[str, str], ...] = ()  # (column of the user's own, what stands there), by name; no empty ones

    @property
    def stays(self) -> bool:
        """Whether it holds its opening on the list; cells of the user's own wait for it to come back."""
        return bool(self.status or self.notes)


Marks = Mapping[str, Mark]  # by opening id
NOTHING = Mark()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the user wrote into one list."""

    marks: Marks = field(default_factory=dict)
    columns: tuple[str, ...] | None = None  # of the user's own, in their order; None: there is no list to say
    lacks: tuple[str, ...] = ()  # which of `status` and `notes` have no column there: their being empty says nothing
