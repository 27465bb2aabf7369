"""Rippling careers pages: the JSON they read. https://developer.rippling.com needs a key."""

from dataclasses import replace
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting


class Rippling(BoardSpider):
    """One answer lists at most 1,000 rows, one for each place of a job; text and date are answers of their own.

    Unverified: the board's words for periods of pay.
    """

    name = "rippling"
    url = "https://api.rippling.com/platform/api/ats/v1/board/{slug}/jobs"
    detail = f"{url}/{{ref}}"
    identifier = "uuid"

    def posting(self, row: Any, board: Board) -> Posting:
        """A job at one place; those of one uuid are joined."""
        return Posting(
            board=board.id,
            ref=fields.ref(row, "uuid"),
            url=fields.url(row, "url"),
            title=fields.line(row, "name"),
            company=board.company,
            description="",
            locations=fields.places(fields.maybe(row, "workLocation", "label")),
            department=fields.maybe(row, "department", "label"),
        )

    def detailed(self, body: bytes, posting: Posting, board: Board) -> Posting:
        """The text on the company and the text on the role; the first of the pay ranges."""
        answer = self.decode(body)
        about = answer["description"]
        pay = next(iter(fields.rows(answer, "payRangeDetails")), None)
        return replace(
            posting,
            description=fields.together(fields.markup(about, "company"), fields.markup(about, "role")),
            locations=posting.locations or fields.lines(answer, "workLocations"),
            employment=fields.maybe(answer, "employmentType", "label"),
            posted=fields.moment(answer, "createdOn"),
            pay=fields.pay(pay, "rangeStart", "rangeEnd", "currency", "frequency"),
        )
