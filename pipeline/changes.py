"""What is different between two lists: which openings are new, gone, up or down, and why.

Pure functions over the facts of a row; nothing here ranks or reads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.models import Opening, Row


@dataclass(frozen=True, slots=True)
class Change:
    """One difference from the last list."""

    kind: str  # new, gone, up, down
    opening: str  # Opening.id
    title: str
    company: str
    detail: str  # in words for a person: "12 to 9: skills 0.40 to 0.80"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a whole list rests on besides the postings, each equal as long as it is the same."""

    profile: str = ""
    program: str = ""  # its version and its vocabulary
    employers: str = ""  # what is known of them


Facts = Mapping[str, Any]
NO_BASIS = Basis()
CAUSES = (
    "the posting changed", "your profile changed", "the program or its vocabulary changed",
    "what is known of employers changed",
)  # fmt: skip
RANKS = 30  # days of an opening's ranks that are remembered


def digest(*parts: Any) -> str:
    """Equal for equal parts."""
    return hashlib.sha256(repr(parts).encode(errors="replace")).hexdigest()[:12]


def facts(row: Row, basis: Basis = NO_BASIS) -> Facts:
    """What of a row is compared with the next list, JSON-serialisable."""
    posting, score = row.opening.posting, row.score
    return {
        "basis": [row.said, basis.profile, basis.program, basis.employers],
        "title": posting.title,
        "company": posting.company,
        "eligible": score.eligible,
        "bars": {bar.topic: [bar.verdict, bar.reason] for bar in score.bars if bar.verdict != "yes"},
        "findings": {f.criterion: [f.value, f.weight, f.reason] for f in score.findings},
    }


def said(opening: Opening) -> str:
    """Equal as long as the opening's postings say the same, and are the same."""
    words = hashlib.blake2b(digest_size=6)
    for listing in opening.listings:
        one = listing.posting
        also = one.id, one.title, one.locations, one.pay, one.workplace, one.employment, one.posted, one.deadline
        words.update(f"{listing.state} {also} {one.description}".encode(errors="replace"))
    return words.hexdigest()


def ranks(before: Facts | None, day: str, rank: int) -> list[list[Any]]:
    """The ranks in the facts of an earlier list, [day, rank], with today's where it is another; one a day, the last."""
    known = [one for one in before.get("ranks", ()) if one[0] != day] if before else []
    return known if known and known[-1][1] == rank else [*known, [day, rank]][-RANKS:]


def compare(before: Mapping[str, tuple[int, Facts]], rows: Sequence[Row], now: Mapping[str, Facts]) -> list[Change]:
    """The changes from `before` (opening id -> rank and facts) to `rows`, whose facts are `now`, in their order.

    Each says whether the posting, the profile, the program or what is known of employers is what changed; where none
    of them did, time passed, or other postings told more of the employer. A row that only made room for others has
    not moved: ranks are compared among the openings of both lists.
    """
    kept = [row for row in rows if row.opening.id in before]
    old_order = sorted((row.opening.id for row in kept), key=lambda opening: before[opening][0])
    old_place = {opening: place for place, opening in enumerate(old_order)}
    new_place = {row.opening.id: place for place, row in enumerate(kept)}
    changes = []
    for row in rows:
        opening, posting = row.opening.id, row.opening.posting
        if opening not in before:
            changes.append(Change("new", opening, posting.title, posting.company, f"new at {row.rank}"))
            continue
        was, is_now = before[opening][1], now[opening]
        moved = old_place[opening] - new_place[opening]
        if moved and (reasons := list(_reasons(was, is_now))):
            detail = f"{before[opening][0]} to {row.rank}{_cause(was, is_now)}: {'; '.join(reasons)}"
            changes.append(Change("up" if moved > 0 else "down", opening, posting.title, posting.company, detail))
    for opening, (rank, was) in before.items():
        if opening not in new_place:
            changes.append(Change("gone", opening, was["title"], was["company"], f"was at {rank}"))
    return changes


def _cause(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """What changed between two lists, in brackets; nothing where the older one does not say."""
    if len(old.get("basis", ())) != len(new["basis"]):
        return ""
    causes = [words for words, was, now in zip(CAUSES, old["basis"], new["basis"], strict=True) if was != now]
    return f" ({' and '.join(causes)})" if causes else ""


def _reasons(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """Why a row moved: what of its eligibility and its findings differs, the weightiest first."""
    if old["eligible"] != new["eligible"]:
        causes = [bar[1] for topic, bar in new["bars"].items() if old["bars"].get(topic) != bar]
        yield f"eligible: {old['eligible']} to {new['eligible']}" + (f" ({'; '.join(causes)})" if causes else "")
    differing = [name for name in {**old["findings"], **new["findings"]} if _points(old, name) != _points(new, name)]
    for name in sorted(differing, key=lambda name: -abs(_points(new, name) - _points(old, name))):
        was, now = old["findings"].get(name), new["findings"].get(name)
        reason = f" ({now[2]})" if now and (was is None or was[2] != now[2]) else ""
        yield f"{name} {_told(was)} to {_told(now)}{reason}"


def _points(side: Mapping[str, Any], name: str) -> float:
    finding = side["findings"].get(name)
    return 0.0 if finding is None else finding[1] * ((0.5 if finding[0] is None else finding[0]) - 0.5)


def _told(finding: Sequence[Any] | None) -> str:
    if finding is None:
        return "not asked"
    value = "unknown" if finding[0] is None else f"{finding[0]:.2f}"
    return f"{value}×{finding[1]:g}"


def lines(changes: Iterable[Change]) -> Iterator[str]:
    """One sentence per change."""
    for change in changes:
        yield f"{change.kind}: {change.company}: {change.title} ({change.detail})"
