"""Open, missing, closed, reopened: what a visit to a board proves about its postings.

Pure functions over what was known and what was seen: no clock, no store, no network. That a
posting is absent has to be proved: by a complete listing it is missing, by a second one closed; a listing
that contradicts the board's history is suspect until it repeats.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from pipeline.models import NEWEST_ONLY, Snapshot, State, Verdict

HISTORY = 5  # complete listings whose median is a board's usual size
LEAST_HISTORY = 3  # fewer are no history
DROP = 0.7  # a listing below this share of the usual size is suspect
MASS = 25  # so many postings gone at once are suspect, whatever the board's size

DAY = timedelta(days=1)
SLACK = timedelta(hours=4)  # a daily schedule does not run at the same second every day
LONGEST = 7  # days between two visits to a board that lives
DEAD = (301, 302, 303, 307, 308, 404, 410)  # not there, or sent on to a host that is not the board's


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one snapshot proves. The refs of `missing` and `closed` were not so before it."""

    verdict: Verdict
    reason: str | None = None
    new: frozenset[str] = frozenset()
    reopened: frozenset[str] = frozenset()  # closed before, listed now
    missing: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()  # listed now, readable or not
    doubted: frozenset[str] | None = None  # a suspect listing, to be compared with the next one


@dataclass(frozen=True, slots=True)
class Past:
    """What was known of a board before a visit."""

    states: Mapping[str, State] = field(default_factory=dict)  # by ref
    sizes: Sequence[int] = ()  # rows of its complete listings, latest first
    doubted: frozenset[str] | None = None  # the refs of the suspect listing that came last, if one did


def judge(snapshot: Snapshot, past: Past) -> Judgement:
    """Decides what `snapshot` proves, given the board's past."""
    seen = frozenset(p.ref for p in snapshot.postings) | {r.ref for r in snapshot.rejected if r.ref}
    gone = _known(frozenset(snapshot.gone) - seen, past, State.OPEN, State.MISSING)
    absent = _known(frozenset(past.states) - seen, past, State.OPEN, State.MISSING)
    proved_gone = gone if len(gone) < MASS else frozenset()  # so many 404s at once are a broken server
    if snapshot.verdict in (Verdict.FAILED, Verdict.UNCHANGED):
        doubted = past.doubted if snapshot.verdict is Verdict.FAILED else None
        return Judgement(snapshot.verdict, snapshot.reason, closed=proved_gone, doubted=doubted)
    new = frozenset(p.ref for p in snapshot.postings) - frozenset(past.states)
    reopened = _known(seen, past, State.CLOSED)
    verdict, reason = snapshot.verdict, snapshot.reason
    if verdict is Verdict.COMPLETE and any(r.ref is None for r in snapshot.rejected):
        verdict, reason = Verdict.PARTIAL, "a record without an id could be any posting: absence proves nothing"
    if verdict is Verdict.COMPLETE or reason == NEWEST_ONLY:
        doubt = _doubt(snapshot, seen, absent, past)
        repeats = past.doubted is not None and same_listing(seen, past.doubted)
        if doubt and not (repeats and verdict is Verdict.COMPLETE):
            verdict, reason = Verdict.SUSPECT, doubt
    if verdict is not Verdict.COMPLETE:
        doubted = seen if verdict is Verdict.SUSPECT else past.doubted
        return Judgement(verdict, reason, new, reopened, closed=proved_gone, seen=seen, doubted=doubted)
    closed = gone | _known(absent, past, State.MISSING)
    return Judgement(verdict, reason, new, reopened, absent - closed, closed, seen)


def same_listing(one: Collection[str], other: Collection[str]) -> bool:
    """Do two listings of a board agree, a tenth of their postings aside?"""
    union, common = set(one) | set(other), set(one) & set(other)
    return len(union) - len(common) <= len(union) // 10


def _doubt(snapshot: Snapshot, seen: frozenset[str], absent: frozenset[str], past: Past) -> str | None:
    """Why a listing cannot be believed at its first sight, or None."""
    rows = len(seen) if snapshot.listed is None else snapshot.listed
    believed = _known(frozenset(past.states), past, State.OPEN)  # the listing that was believed last
    standing = sum(state is not State.CLOSED for state in past.states.values())
    fresh = absent & believed
    if believed and not seen and not rows:
        postings = "1 posting" if standing == 1 else f"{standing} postings"
        return f"the listing is empty, and {postings} stood here before"
    if snapshot.verdict is not Verdict.COMPLETE:  # it lists its newest only, and leaves out what it likes
        return None
    if fresh and (len(fresh) >= MASS or len(fresh) > standing / 2):
        return f"{len(fresh)} of {standing} postings would vanish at once"
    if len(past.sizes) >= LEAST_HISTORY and not same_listing(seen, believed):
        usual = median(past.sizes[:HISTORY])
        if rows < DROP * usual:
            return f"{rows} rows listed, where {usual:g} are usual"
    return None


def _known(refs: frozenset[str], past: Past, *states: State) -> frozenset[str]:
    return frozenset(ref for ref in refs if past.states.get(ref) in states)


# --- when to visit ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit as remembered."""

    at: str  # ISO 8601 UTC
    verdict: Verdict
    listed: int | None = None
    reason: str | None = None
    status: int | None = None
    moved: int = 0  # postings that were new, changed, missing, closed or reopened


def next_visit(visits: Sequence[Visit], *, wanted: bool) -> datetime | None:
    """When a board is due again; None: at once. `visits` latest first; `wanted`: it has had ML internships.

    Daily where the board is wanted, else after 1 to 7 days, longer the longer nothing moved; a dead board
    (DEAD) weekly, then monthly; one that failed otherwise, at the next run.
    """
    if not visits:
        return None
    last = visits[0]
    if last.status in DEAD and last.verdict is Verdict.FAILED:
        dead = next((i for i, visit in enumerate(visits) if visit.status not in DEAD), len(visits))
        return _after(last, 7 if dead <= 4 else 30)
    if last.verdict is Verdict.FAILED:
        return None
    if wanted or last.verdict in (Verdict.PARTIAL, Verdict.SUSPECT):
        return _after(last, 1)
    still = next((i for i, visit in enumerate(visits) if visit.moved), len(visits))
    return _after(last, min(LONGEST, 1 + still))


def _after(visit: Visit, days: int) -> datetime:
    return datetime.fromisoformat(visit.at) + days * DAY - SLACK


# --- drift --------------------------------------------------------------------------------------------

FALL = 0.2  # a field filled in so much smaller a share of postings than usual is an alarm
LEAST_POSTINGS = 20  # fewer say nothing about a platform


def fell(share: float, earlier: Sequence[float]) -> bool:
    """Has a field's coverage (0..1) fallen against that of earlier runs, latest first?"""
    return bool(earlier) and share < median(earlier[:HISTORY]) - FALL
