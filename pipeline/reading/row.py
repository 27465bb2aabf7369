"""A Reading as JSON: one row of the codebook's keys, and a whole copy that the store can keep."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec

from pipeline.models import Claim, Pay, Reading, Span, Window

KEYS = (
    "language", "internship", "ml_role", "degree_stated", "levels_open", "phd", "publications",
    "enrolled_required", "graduation", "gpa_min", "years_min", "skills_required", "skills_preferred",
    "skills_mentioned", "sponsorship", "citizenship_required", "workplace", "pay", "unpaid",
    "duration_weeks", "term", "deadline", "headcount_stated",
)  # fmt: skip
_encode, _decode = msgspec.json.Encoder().encode, msgspec.json.Decoder(Reading).decode
QUOTED = ("phd", "publications", "levels_open", "sponsorship", "citizenship_required")


def to_row(reading: Reading) -> dict[str, Any]:
    """The codebook's keys, with `quotes` for those that need one, and `note` where the reading is partial."""
    row = {key: plain(getattr(reading, key)) for key in KEYS}
    quotes = {key: reading.quote(key) for key in QUOTED if key != "levels_open" or reading.degree_stated}
    row["quotes"] = {key: text for key, text in quotes.items() if text is not None}
    return row | ({"note": reading.note} if reading.note else {})


def to_json(reading: Reading) -> str:
    """Every field; `from_json` gives an equal Reading back."""
    return _encode(reading).decode()


def from_json(body: str) -> Reading:
    """The Reading that `to_json` wrote."""
    reading = _decode(body)
    if any(isinstance(claim.value, list) for claim in reading.claims):
        return replace(reading, claims=tuple(map(_frozen, reading.claims)))
    return reading


def plain(value: Any) -> Any:
    """One value of a Reading in the codebook's JSON shape."""
    match value:
        case Pay():
            return {"min": value.min, "max": value.max, "currency": value.currency, "period": value.period}
        case Span():
            return {"min": value.min, "max": value.max}
        case Window():
            return {"from": value.start, "to": value.end}
        case tuple() | list():
            return [plain(item) for item in value]
    return value


def _frozen(claim: Claim) -> Claim:
    """JSON knows no tuples."""
    if not isinstance(claim.value, list):
        return claim
    return Claim(claim.topic, _tuple(claim.value), claim.quote, claim.severity, claim.sentence)


def _tuple(value: Any) -> Any:
    return tuple(map(_tuple, value)) if isinstance(value, list) else value
