"""BambooHR careers pages: the JSON they read. https://www.bamboohr.com (applicant tracking)"""

import html
from dataclasses import replace
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting

WORKPLACES = {"0": "onsite", "1": "remote", "2": "hybrid"}


class BambooHR(BoardSpider):
    """One answer lists the openings; text and date are answers of their own.

    Unverified: the shape of the details. Pay is a line of free text there, and is put under the description.
    """

    name = "bamboohr"
    url = "https://{slug}.bamboohr.com/careers/list"
    detail = "https://{slug}.bamboohr.com/careers/{ref}/detail"
    listing = ("result",)
    counted = ("meta", "totalCount")

    def posting(self, row: Any, board: Board) -> Posting:
        """An opening; `atsLocation`, where it says anything, knows the country too."""
        place = fields.place(fields.dig(row, "atsLocation"), "city", "state", "province", "country")
        ref = fields.ref(row, "id")
        return Posting(
            board=board.id,
            ref=ref,
            url=self.address("https://{slug}.bamboohr.com/careers/{ref}", board, ref=ref),
            title=fields.line(row, "jobOpeningName"),
            company=board.company,
            description="",
            locations=fields.places(place or fields.place(fields.dig(row, "location"), "city", "state")),
            workplace=WORKPLACES.get(fields.maybe(row, "locationType") or ""),
            employment=fields.maybe(row, "employmentStatusLabel"),
            department=fields.maybe(row, "departmentLabel"),
        )

    def detailed(self, body: bytes, posting: Posting, board: Board) -> Posting:
        """`result.jobOpening`."""
        opening = self.decode(body)["result"]["jobOpening"]
        pay = fields.section("Compensation", html.escape(fields.maybe(opening, "compensation") or "", quote=False))
        text = fields.together(fields.markup(opening, "description"), pay)
        return replace(posting, description=text, posted=fields.moment(opening, "datePosted"))
