"""Greenhouse job boards. https://developers.greenhouse.io/job-board.html"""

import html
import re
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from crawlers.records import Record, spots, workplace
from pipeline.models import Board, Pay, Posting

TAG = re.compile(r"<[a-zA-Z/!]")
EMPLOYMENT = re.compile(r"(employment|job|time|contract|worker) type", re.IGNORECASE)
PERIODS = {
    "hour": r"\bhour",
    "day": r"\bda(y|ily)\b",
    "week": r"\bweek",
    "month": r"\bmonth",
    "year": r"\b(year|annual)",
}


class Greenhouse(BoardSpider):
    """The public job-board API: one answer lists the whole board with its texts.

    A job shown at several places has a post for each: they share `internal_job_id`.
    """

    name = "greenhouse"
    url = "https://boards-api.greenhouse.io/v1/boards/{slug}/jobs?content=true&pay_transparency=true"
    listing, counted = ("jobs",), ("meta", "total")
    record = Record(
        ref="id", url="absolute_url", title="title", workplace="location.name", posted="first_published",
        updated="updated_at", deadline="application_deadline", language="language",
        requisition=("requisition_id", "internal_job_id"),
    )  # fmt: skip

    def posting(self, row: Any, board: Board) -> Posting | None:
        """A job post; a null `internal_job_id` is a "general application", which is no job."""
        if "internal_job_id" in row and row["internal_job_id"] is None:
            return None
        offices = spots(row, "offices") if workplace(row, "location", "name") else ()  # "Hybrid" is no place
        return self.read(
            row,
            board,
            company=fields.maybe(row, "company_name") or board.company,
            description=decoded(fields.markup(row, "content")),
            locations=offices or spots(row, "location"),
            employment=employment(row),
            department="; ".join(spots(row, "departments")) or None,
            pay=pay(row),
        )


class GreenhouseEU(Greenhouse):
    """Boards shown at job-boards.eu.greenhouse.io: the same API serves them."""

    name = "greenhouse-eu"


def decoded(content: str) -> str:
    """`content` is HTML written as entities: decoded once, twice only where that still shows no tag."""
    once = html.unescape(content)
    return html.unescape(once) if "&lt;" in once and not TAG.search(once) else once


def employment(row: Any) -> str | None:
    """The employer's own field of that name, among those it shows."""
    own = (entry for entry in fields.rows(row, "metadata") if EMPLOYMENT.fullmatch(fields.maybe(entry, "name") or ""))
    return next((said for entry in own if (said := ", ".join(spots(entry, "value")))), None)


def pay(row: Any) -> Pay | None:
    """The first stated range, in cents there; None where neither its title nor its text names the period."""
    for entry in fields.rows(row, "pay_input_ranges"):
        words = f"{fields.maybe(entry, 'title') or ''} {fields.markup(entry, 'blurb')}"
        period = next((p for p, word in PERIODS.items() if re.search(word, words, re.IGNORECASE)), None)
        ends = [n / 100 for n in (fields.number(entry, "min_cents"), fields.number(entry, "max_cents")) if n]
        if stated := fields.pay_range(ends, fields.maybe(entry, "currency_type"), period):
            return stated
    return None
