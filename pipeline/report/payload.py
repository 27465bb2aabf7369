"""Rows become the JSON the page reads: one array per opening, long texts held once in a pool."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any, Protocol

from pipeline import stated
from pipeline.lateness import passed
from pipeline.marks import is_over
from pipeline.models import BANDS, NEUTRAL, Employer, Pay, Profile, Row, Span

LONGEST_QUOTE = 300  # characters of a quote shown; the posting itself is one click away


class Change(Protocol):
    """One difference from the last list, as `changes.Change` has it."""

    @property
    def kind(self) -> str:
        """new, gone, up, down."""

    @property
    def opening(self) -> str:
        """Opening.id."""

    @property
    def title(self) -> str: ...
    @property
    def company(self) -> str: ...
    @property
    def detail(self) -> str:
        """In words for a person."""


@dataclass(frozen=True, slots=True)
class Visit:
    """The latest visit to one board."""

    board: str  # Board.id
    company: str
    at: str | None  # ISO 8601; None: never visited
    verdict: str  # a Verdict, or "no spider yet", "off", …
    listed: int | None = None
    reason: str | None = None


class Lead(Protocol):
    """An employer worth writing to, as `outreach.Lead` has it."""

    @property
    def employer(self) -> Employer: ...
    @property
    def evidence(self) -> tuple[str, ...]: ...
    @property
    def careers(self) -> str | None: ...
    @property
    def point_at(self) -> tuple[str, ...]: ...
    @property
    def draft(self) -> str: ...
    @property
    def contacts(self) -> tuple[tuple[str, str], ...]: ...


class Pool:
    """Texts in the order they came, each once; None is -1."""

    def __init__(self) -> None:
        self.texts: dict[str, int] = {}

    def __call__(self, text: str | None) -> int:
        return -1 if text is None else self.texts.setdefault(text, len(self.texts))


def payload(
    rows: Sequence[Row],
    *,
    generated: datetime,
    profile: Profile | None,
    since: str | None,
    visits: Sequence[Visit],
    changes: Sequence[Change],
    outreach: Sequence[Lead],
) -> dict[str, Any]:
    """Everything the page shows, JSON-serialisable. Rows keep their order; see `record` for the fields."""
    pool = Pool()
    weights = _weights(rows)
    records = [record(row, pool, tuple(weights), since, generated.date()) for row in rows]
    for place, one in enumerate(sorted(sorted(records, key=itemgetter("id")), key=_dated, reverse=True)):
        one["tie"] = place  # equal totals are ordered by freshness, newest first, then by id, as in the shortlist
    fields = list(records[0]) if records else []
    return {
        "generated": generated.isoformat(timespec="minutes"),
        "since": since,
        "neutral": NEUTRAL,
        "bands": BANDS,
        "criteria": list(weights.items()),
        "other_weights": [pair for pair in profile.weights.items() if pair[0] not in weights] if profile else [],
        "fields": fields,
        "rows": [list(fact.values()) for fact in records],
        "pool": list(pool.texts),
        "visits": [[v.board, v.company, v.at, v.verdict, v.listed, v.reason] for v in visits],
        "changes": [[c.kind, c.opening, c.title, c.company, c.detail] for c in changes],
        "outreach": [
            [o.employer.name, o.employer.size, http(o.careers), o.evidence, o.point_at, o.draft, o.contacts]
            for o in outreach
        ],
    }


def record(row: Row, pool: Pool, criteria: Collection[str], since: str | None, today: date) -> dict[str, Any]:
    """One opening's fields by name. Texts that repeat over openings are places in the pool."""
    posting, reading, employer = row.opening.posting, row.reading, row.employer
    findings = {finding.criterion: finding for finding in row.score.findings}
    seen = stated.first_seen(row.opening)
    return {
        "id": row.opening.id,
        "title": posting.title,
        "company": posting.company,
        "location": posting.location,
        "url": http(posting.url) or http(posting.apply_url),
        "apply": http(posting.apply_url) if posting.apply_url != posting.url else None,
        "size": employer.size,
        "confidence": round(employer.confidence, 2),
        "evidence": [[pool(e.text), e.band, pool(_cut(e.quote)), e.elsewhere] for e in employer.evidence],
        "eligible": row.score.eligible,
        "pool": row.score.pool,
        "late": passed(row.opening, reading, today) is not None,
        "role": reading.ml_role,
        "internship": reading.internship,
        "countries": list(reading.countries),
        "workplace": stated.workplace(row.opening, reading),
        "levels": list(reading.levels_open),
        "phd": reading.phd,
        "publications": reading.publications,
        "sponsorship": reading.sponsorship,
        "citizenship": reading.citizenship_required,
        "enrolled": reading.enrolled_required,
        "gpa": reading.gpa_min,
        "years": reading.years_min,
        "term": reading.term,
        "duration": duration(reading.duration_weeks),
        "pay": "unpaid" if reading.unpaid else pay(stated.pay(row.opening, reading)),
        "deadline": _iso(stated.deadline(row.opening, reading)),
        "posted": _iso(stated.posted_on(row.opening)),
        "dated": _iso(stated.known_since(row.opening)),
        "first_seen": seen,
        "new": bool(since and seen and seen > since),
        "state": row.opening.state.value,
        "required": [" or ".join(group) for group in reading.skills_required],
        "preferred": list(reading.skills_preferred),
        "missing": list(row.missing_skills),
        "also": [[listing.posting.board, http(listing.posting.url)] for listing in row.opening.listings[1:]],
        "maybe": list(row.opening.maybe_also),
        "status": row.status,
        "over": is_over(row.status),
        "notes": row.notes,
        "findings": [
            [finding.value, pool(finding.reason), pool(_cut(finding.quote)), finding.known]
            if (finding := findings.get(name))
            else None
            for name in criteria
        ],
        "bars": [[pool(b.topic), b.verdict, pool(b.reason), pool(_cut(b.quote))] for b in row.score.bars],
    }


def http(url: str | None) -> str | None:
    """The address if a browser may be sent there: http and https only."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def pay(stated: Pay | None) -> str | None:
    """A pay range in words: `USD 30 to 45 per hour`."""
    if stated is None:
        return None
    low, high = (f"{amount:,.2f}".removesuffix(".00") for amount in (stated.min, stated.max))
    amount = low if stated.min == stated.max else f"{low} to {high}"
    return f"{stated.currency} {amount} {'in total' if stated.period == 'total' else f'per {stated.period}'}"


def duration(weeks: Span | None) -> str | None:
    """A length in words: `10 to 12 weeks`."""
    if weeks is None:
        return None
    return f"{weeks.min:g} weeks" if weeks.min == weeks.max else f"{weeks.min:g} to {weeks.max:g} weeks"


def _weights(rows: Sequence[Row]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for row in rows:
        for finding in row.score.findings:
            if weights.setdefault(finding.criterion, finding.weight) != finding.weight:
                raise ValueError(f"criterion {finding.criterion!r} has two weights in one list")
    return weights


def _dated(one: Mapping[str, Any]) -> str:
    return one["dated"] or ""


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _cut(quote: str | None) -> str | None:
    return quote if quote is None or len(quote) <= LONGEST_QUOTE else quote[: LONGEST_QUOTE - 1] + "…"
