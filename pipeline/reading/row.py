"""A Reading as JSON: one row of the codebook's keys, and a whole copy that the store can keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from pipeline.models import Claim, Pay, Quote, Reading, Severity, Span, Window

KEYS = (
    "language", "internship", "ml_role", "degree_stated", "levels_open", "phd", "publications",
    "enrolled_required", "graduation", "gpa_min", "years_min", "skills_required", "skills_preferred",
    "skills_mentioned", "sponsorship", "citizenship_required", "workplace", "pay", "unpaid",
    "duration_weeks", "term", "deadline", "headcount_stated",
)  # fmt: skip
QUOTED = ("phd", "publications", "levels_open", "sponsorship", "citizenship_required")


def to_row(reading: Reading) -> dict[str, Any]:
    """The codebook's keys, with `quotes` for those that need one, and `note` where the reading is partial."""
    row = {key: plain(getattr(reading, key)) for key in KEYS}
    quotes = {key: reading.quote(key) for key in QUOTED if key != "levels_open" or reading.degree_stated}
    row["quotes"] = {key: text for key, text in quotes.items() if text is not None}
    return row | ({"note": reading.note} if reading.note else {})


def to_json(reading: Reading) -> dict[str, Any]:
    """Every field, JSON-serialisable; `from_json` gives an equal Reading back."""
    return {field.name: plain(getattr(reading, field.name)) for field in fields(Reading)}


def from_json(row: Mapping[str, Any]) -> Reading:
    """The Reading that `to_json` wrote."""
    values = {key: _frozen(value) for key, value in row.items()}
    for key, noun in (("pay", Pay), ("duration_weeks", Span), ("headcount_stated", Span)):
        values[key] = noun(**row[key]) if row.get(key) else None
    graduation = row.get("graduation")
    values["graduation"] = Window(graduation["from"], graduation["to"]) if graduation else None
    values["claims"] = tuple(_claim(claim) for claim in row.get("claims", ()))
    return Reading(**values)


def _claim(row: Mapping[str, Any]) -> Claim:
    severity = Severity(row["severity"]) if row["severity"] else None
    return Claim(row["topic"], _frozen(row["value"]), Quote(*row["quote"]), severity, row.get("sentence"))


def plain(value: Any) -> Any:
    """One value of a Reading in the codebook's JSON shape."""
    match value:
        case Pay():
            return {"min": value.min, "max": value.max, "currency": value.currency, "period": value.period}
        case Span():
            return {"min": value.min, "max": value.max}
        case Window():
            return {"from": value.start, "to": value.end}
        case Quote():
            return [value.start, value.end, value.text]
        case Claim():
            return {
                "topic": value.topic,
                "value": plain(value.value),
                "quote": plain(value.quote),
                "severity": plain(value.severity),
            } | ({"sentence": value.sentence} if value.sentence else {})
        case Severity():
            return str(value)
        case tuple() | list():
            return [plain(item) for item in value]
    return value


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
