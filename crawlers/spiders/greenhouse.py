"""Greenhouse job boards. https://developers.greenhouse.io/job-board.html"""

from __future__ import annotations

import html
import re
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Pay, Posting

TAG = re.compile(r"<[a-zA-Z/!]")
MODES = {"remote": "remote", "hybrid": "hybrid", "in-office": "onsite", "onsite": "onsite", "on-site": "onsite"}
PERIODS = {
    "hour": r"\bhour",
    "day": r"\bda(y|ily)\b",
    "week": r"\bweek",
    "month": r"\bmonth",
    "year": r"\b(year|annual)",
}


class Greenhouse(BoardSpider):
    """The public job-board API: one answer lists the whole board with its texts."""

    name = "greenhouse"
    url = "https://boards-api.greenhouse.io/v1/boards/{slug}/jobs?content=true&pay_transparency=true"
    listing = ("jobs",)
    counted = ("meta", "total")

    def posting(self, row: Any, board: Board) -> Posting | None:
        """A job post; a null `internal_job_id` is a "general application", which is no job."""
        if "internal_job_id" in row and row["internal_job_id"] is None:
            return None
        place = fields.maybe(row, "location", "name")
        offices = named(row, "offices")
        workplace = MODES.get((place or "").lower())
        return Posting(
            board=board.id,
            ref=fields.ref(row, "id"),
            url=fields.url(row, "absolute_url"),
            title=fields.line(row, "title"),
            company=fields.maybe(row, "company_name") or board.company,
            description=decoded(fields.markup(row, "content")),
            locations=offices if workplace and offices else fields.places(place),
            workplace=workplace,
            department="; ".join(named(row, "departments")) or None,
            pay=pay(row),
            posted=fields.moment(row, "first_published"),
            updated=fields.moment(row, "updated_at"),
            deadline=fields.day(row, "application_deadline"),
            language=fields.maybe(row, "language"),
            requisition=fields.maybe(row, "requisition_id"),
        )


class GreenhouseEU(Greenhouse):
    """Boards shown at job-boards.eu.greenhouse.io: the same API serves them."""

    name = "greenhouse-eu"


def named(row: Any, key: str) -> tuple[str, ...]:
    """The names of a list of `{name}`."""
    return fields.places(*(fields.maybe(entry, "name") for entry in fields.rows(row, key)))


def decoded(content: str) -> str:
    """`content` is HTML written as entities: decoded once, twice only where that still shows no tag."""
    once = html.unescape(content)
    return html.unescape(once) if "&lt;" in once and not TAG.search(once) else once


def pay(row: Any) -> Pay | None:
    """The first stated range, in cents there; None where neither its title nor its text names the period."""
    for entry in fields.rows(row, "pay_input_ranges"):
        words = f"{fields.maybe(entry, 'title') or ''} {fields.markup(entry, 'blurb')}"
        period = next((p for p, word in PERIODS.items() if re.search(word, words, re.IGNORECASE)), None)
        ends = [n for n in (fields.number(entry, "min_cents"), fields.number(entry, "max_cents")) if n]
        currency = fields.maybe(entry, "currency_type")
        if ends and currency and period:
            return Pay(min(ends) / 100, max(ends) / 100, currency, period)
    return None
