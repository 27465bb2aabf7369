"""What is different between two lists: which openings are new, gone, up or down, and why.

Pure functions over the facts of a row; nothing here ranks or reads.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from pipeline.models import Opening, Score


@dataclass(frozen=True, slots=True)
class Change:
    """One difference from the last list."""

    kind: str  # new, gone, up, down
    opening: str  # Opening.id
    title: str
    company: str
    detail: str  # in words for a person: "12 to 9: skills 0.40 to 0.80"


class Row(Protocol):
    """A row of the list."""

    @property
    def rank(self) -> int: ...
    @property
    def opening(self) -> Opening: ...
    @property
    def score(self) -> Score: ...


def facts(row: Row) -> str:
    """What of a row is compared with the next list, as JSON."""
    score = row.score
    return json.dumps(
        {
            "title": row.opening.posting.title,
            "company": row.opening.posting.company,
            "eligible": score.eligible,
            "bars": {bar.topic: [bar.verdict, bar.reason] for bar in score.bars},
            "findings": {f.criterion: [f.value, f.weight, f.reason] for f in score.findings},
        }
    )


def compare(before: Mapping[str, tuple[int, str]], rows: Sequence[Row]) -> list[Change]:
    """The changes from `before` (opening id -> rank and facts) to `rows`, in the order of the new list.

    A row that only made room for others has not moved: ranks are compared among the openings of both lists.
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
        reasons = list(_reasons(json.loads(before[opening][1]), json.loads(facts(row))))
        moved = old_place[opening] - new_place[opening]
        if moved and reasons:
            detail = f"{before[opening][0]} to {row.rank}: {'; '.join(reasons)}"
            changes.append(Change("up" if moved > 0 else "down", opening, posting.title, posting.company, detail))
    now = {row.opening.id for row in rows}
    for opening, (rank, body) in before.items():
        if opening not in now:
            was = json.loads(body)
            changes.append(Change("gone", opening, was["title"], was["company"], f"was at {rank}"))
    return changes


def _reasons(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """Why a row moved: what of its eligibility and its findings differs, the weightiest first."""
    if old["eligible"] != new["eligible"]:
        causes = [bar[1] for topic, bar in new["bars"].items() if old["bars"].get(topic) != bar and bar[0] != "yes"]
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
