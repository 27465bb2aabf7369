"""BambooHR careers pages: the JSON they read. https://www.bamboohr.com (applicant tracking)"""

import html
from dataclasses import replace
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider, Record
from pipeline.models import Board, Posting

LOCATION_TYPES = {"0": "onsite", "1": "remote", "2": "hybrid"}


class BambooHR(BoardSpider):
    """One answer lists the openings; text and date are answers of their own.

    Unverified: the shape of the details. Pay is a line of free text there, and is put under the description.
    """

    name = "bamboohr"
    url = "https://{slug}.bamboohr.com/careers/list"
    page = "https://{slug}.bamboohr.com/careers/{ref}"
    detail = f"{page}/detail"
    listing, counted = ("result",), ("meta", "totalCount")
    record = Record(
        ref="id",
        title="jobOpeningName",
        employment="employmentStatusLabel",
        department="departmentLabel",
    )
    detailing = ("result", "jobOpening")
    expected = (("locationType", tuple(LOCATION_TYPES)),)
    detail_record = Record(description="description", posted="datePosted")

    def posting(self, row: Any, board: Board) -> Posting:
        """An opening; `atsLocation`, where it says anything, knows the country too."""
        place = fields.place(fields.dig(row, "atsLocation"), "city", "state", "province", "country")
        kind = fields.code(row, "locationType")
        remote = "remote" if fields.dig(row, "isRemote") in (True, 1) else None
        return self.read(
            row,
            board,
            locations=fields.places(place or fields.place(fields.dig(row, "location"), "city", "state")),
            workplace=LOCATION_TYPES.get(kind) if kind else remote,
        )

    def detailed(self, body: bytes, posting: Posting, board: Board) -> Posting:
        """`result.jobOpening`."""
        pay = html.escape(fields.maybe(self.detail_row(body), "compensation") or "", quote=False)
        said = super().detailed(body, posting, board)
        return replace(said, description=fields.together(said.description, fields.section("Compensation", pay)))
