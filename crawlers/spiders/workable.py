"""Workable careers pages: the public widget. https://help.workable.com (careers page widget)"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting

PARTS = ("city", "region", "country")


class Workable(BoardSpider):
    """One answer with the texts; a job at several places comes once for each, under one shortcode.

    All employers share one host, which answers 429 with hours of `Retry-After` to whoever asks fast.
    """

    name = "workable"
    identifier = "shortcode"
    url = "https://apply.workable.com/api/v1/widget/accounts/{slug}?details=true"

    def rows(self, answer: Any, board: Board) -> Sequence[Any]:
        """`jobs`, which must be there."""
        return answer["jobs"]

    def posting(self, row: Any, board: Board) -> Posting:
        """A job; a place that the employer hides is left out."""
        first = {"city": row.get("city"), "region": row.get("state"), "country": row.get("country")}
        every = fields.rows(row, "locations") or [first]
        return Posting(
            board=board.id,
            ref=fields.ref(row, "shortcode"),
            url=fields.url(row, "url"),
            title=fields.line(row, "title"),
            company=board.company,
            description=fields.markup(row, "description"),
            locations=fields.places(*(address(place) for place in every if not fields.flag(place, "hidden"))),
            workplace="remote" if fields.flag(row, "telecommuting") else None,
            employment=fields.maybe(row, "employment_type"),
            department=fields.maybe(row, "department"),
            posted=fields.day(row, "published_on"),
            apply_url=fields.maybe_url(row, "application_url"),
            requisition=fields.maybe(row, "code"),
        )


def address(place: Any) -> str | None:
    """A place in one line."""
    return ", ".join(fields.places(*(fields.maybe(place, part) for part in PARTS))) or None
