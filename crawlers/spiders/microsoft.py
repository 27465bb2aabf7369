"""Microsoft careers: Eightfold's newer interface (PCSX) on a host of its own. https://careers.microsoft.com"""

from dataclasses import replace
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting

API = "https://apply.careers.microsoft.com/api/pcsx"
WORKPLACES = {"remote": "remote", "hybrid": "hybrid", "onsite": "onsite"}


class Microsoft(BoardSpider):
    """What the site finds for `search`, newest first, ten at a time. One board, of any name.

    Unverified: robots.txt of the host, the words of `workLocationOption`, and that `postedTs` is in seconds.
    """

    name = "microsoft"
    url = f"{API}/search?domain=microsoft.com&query={{search}}&location=&start={{offset}}&sort_by=timestamp"
    detail = f"{API}/position_details?position_id={{ref}}&domain=microsoft.com&hl=en"
    page_size = 10
    listing = ("data", "positions")
    counted = ("data", "count")
    defaults = (("search", "intern"),)

    def posting(self, row: Any, board: Board) -> Posting:
        """A position."""
        ref = fields.ref(row, "id")
        return Posting(
            board=board.id,
            ref=ref,
            url=self.address("https://apply.careers.microsoft.com/careers/job/{ref}", board, ref=ref),
            title=fields.line(row, "name"),
            company=board.company,
            description="",
            locations=fields.lines(row, "standardizedLocations") or fields.lines(row, "locations"),
            workplace=WORKPLACES.get((fields.maybe(row, "workLocationOption") or "").lower()),
            department=fields.maybe(row, "department"),
            posted=fields.epoch(row, "postedTs"),
            requisition=fields.maybe(row, "displayJobId"),
        )

    def detailed(self, body: bytes, posting: Posting, board: Board) -> Posting:
        """`data.jobDescription`."""
        return replace(posting, description=fields.markup(self.decode(body)["data"], "jobDescription"))
