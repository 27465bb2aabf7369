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
WORKPLACE = re.compile(r"(workplace|location|work) type", re.IGNORECASE)
PERIODS = {
    "hour": r"\bhour",
    "day": r"\bda(y|ily)\b",
    "week": r"\bweek",
    "month": r"\bmonth",
    "year": r"\b(year|annual)",
}
STATED = re.compile(  # what a text says of pay itself; holidays are counted in hours, too
    r"\b(hourly|daily|weekly|monthly|annual(?:ized|ised|ly)?|yearly)\b.{0,20}\b(?:base|pay|salary|rate|wage|compensation)"
    r"|\b(?:base|pay|salary|rate|wage|range|compensation)\b.{0,40}\b(annualized|annualised|annually)"
    r"|\b(?:per|an|a) (hour|day|week|month|year)\b",
    re.IGNORECASE,
)
PLAUSIBLE = {"hour": 1_000, "day": 5_000}  # what is above it was meant for a longer time


class Greenhouse(BoardSpider):
    """The public job-board API: one answer lists the whole board with its texts.

    A job shown at several places has a post for each: they share `internal_job_id`.
    """

    name = "greenhouse"
    url = "https://boards-api.greenhouse.io/v1/boards/{slug}/jobs?content=true&pay_transparency=true"
    listing, counted = ("jobs",), ("meta", "total")
    record = Record(
        ref="id", url="absolute_url", title="title", posted="first_published",
        updated="updated_at", deadline="application_deadline", language="language",
        requisition=("requisition_id", "internal_job_id"),
    )  # fmt: skip

    def posting(self, row: Any, board: Board) -> Posting | None:
        """A job post; a null `internal_job_id` is a "general application", which is no job."""
        if "internal_job_id" in row and row["internal_job_id"] is None:
            return None
        mode = workplace(row, "location", "name") or workplace({"own": own(row, WORKPLACE)}, "own")
        stated = pay(row)
        offices = spots(row, "offices") if workplace(row, "location", "name") else ()  # "Hybrid" is no place
        return self.read(
            row,
            board,
            company=fields.maybe(row, "company_name") or board.company,
            description=fields.together(decoded(fields.markup(row, "content")), "" if stated else unread_pay(row)),
            locations=offices or spots(row, "location"),
            employment=own(row, EMPLOYMENT),
            workplace=mode,
            department="; ".join(spots(row, "departments")) or None,
            pay=stated,
        )


class GreenhouseEU(Greenhouse):
    """Boards shown at job-boards.eu.greenhouse.io: the same API serves them."""

    name = "greenhouse-eu"


def decoded(content: str) -> str:
    """`content` is HTML written as entities: decoded once, twice only where that still shows no tag."""
    once = html.unescape(content)
    return html.unescape(once) if "&lt;" in once and not TAG.search(once) else once


def own(row: Any, name: re.Pattern[str]) -> str | None:
    """What the employer's own field of such a name says, among those it shows."""
    named = [entry for entry in fields.rows(row, "metadata") if name.fullmatch(fields.maybe(entry, "name") or "")]
    said = (entry.get("value") for entry in named)
    return next((fields.maybe({"own": value}, "own") for value in said if isinstance(value, str)), None)


def pay(row: Any) -> Pay | None:
    """The first stated range, in cents there; None where neither its title nor its text says for how long."""
    for entry in fields.rows(row, "pay_input_ranges"):
        said = STATED.search(fields.markup(entry, "blurb"))
        words = (fields.maybe(entry, "title") or "", " ".join(filter(None, said.groups())) if said else "")
        period = next((p for text in words for p, word in PERIODS.items() if re.search(word, text, re.I)), None)
        ends = [n / 100 for n in (fields.number(entry, "min_cents"), fields.number(entry, "max_cents")) if n]
        stated = fields.pay_range(ends, fields.maybe(entry, "currency_type"), period)
        if stated and stated.max <= PLAUSIBLE.get(stated.period, stated.max):
            return stated
    return None


def unread_pay(row: Any) -> str:
    """The first range of a record that does not say for how long, as a line to stand under the text."""
    for entry in fields.rows(row, "pay_input_ranges"):
        ends = [n / 100 for n in (fields.number(entry, "min_cents"), fields.number(entry, "max_cents")) if n]
        if ends:
            said = (fields.maybe(entry, "currency_type") or "", " - ".join(f"{end:,.0f}" for end in ends))
            title = fields.maybe(entry, "title") or "Pay range"
            return fields.section(title, html.escape(" ".join(said), quote=False))
    return ""
