"""Lever postings. https://github.com/lever/postings-api"""

from __future__ import annotations

import html
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Pay, Posting

WORKPLACES = {"remote": "remote", "hybrid": "hybrid", "on-site": "onsite", "onsite": "onsite"}
PERIODS = ("hour", "day", "week", "month", "year")


class Lever(BoardSpider):
    """A bare list, page by page until one is short; the texts come in parts."""

    name = "lever"
    url = "https://api.lever.co/v0/postings/{slug}?mode=json&skip={offset}&limit={limit}"
    page_size = 100

    def posting(self, row: Any, board: Board) -> Posting:
        """A posting; `createdAt`, in milliseconds, is undocumented and always there so far."""
        categories = fields.dig(row, "categories") or {}
        everywhere = (fields.maybe({"place": place}, "place") for place in fields.rows(categories, "allLocations"))
        return Posting(
            board=board.id,
            ref=fields.ref(row, "id"),
            url=fields.url(row, "hostedUrl"),
            title=fields.line(row, "text"),
            company=board.company,
            description=description(row),
            locations=fields.places(fields.maybe(categories, "location"), *everywhere),
            workplace=WORKPLACES.get((fields.maybe(row, "workplaceType") or "").lower()),
            employment=fields.maybe(categories, "commitment"),
            department=fields.maybe(categories, "department") or fields.maybe(categories, "team"),
            pay=pay(row),
            posted=fields.epoch(row, "createdAt", per_second=1000),
            apply_url=fields.maybe_url(row, "applyUrl"),
        )


class LeverEU(Lever):
    """Boards shown at jobs.eu.lever.co."""

    name = "lever-eu"
    url = "https://api.eu.lever.co/v0/postings/{slug}?mode=json&skip={offset}&limit={limit}"


def description(row: Any) -> str:
    """The whole text in its order: opening and body, each list under its heading, closing, pay."""
    parts = [fields.markup(row, "description") or html.escape(fields.markup(row, "descriptionPlain"), quote=False)]
    for entry in fields.rows(row, "lists"):
        heading = html.escape(fields.maybe(entry, "text") or "", quote=False)
        parts.append(f"<h3>{heading}</h3><ul>{fields.markup(entry, 'content')}</ul>")
    parts += [fields.markup(row, "additional"), fields.markup(row, "salaryDescription")]
    return "\n".join(part for part in parts if part)


def pay(row: Any) -> Pay | None:
    """`salaryRange`; its interval reads like `per-year-salary`."""
    stated = fields.dig(row, "salaryRange")
    interval = fields.maybe(stated, "interval") or ""
    period = next((period for period in PERIODS if period in interval), None)
    ends = [n for n in (fields.number(stated, "min"), fields.number(stated, "max")) if n]
    currency = fields.maybe(stated, "currency")
    return Pay(min(ends), max(ends), currency, period) if ends and currency and period else None
