"""Eightfold careers sites: the interfaces they read. The one it documents (https://docs.eightfold.ai) needs a key."""

from dataclasses import replace
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting


class Eightfold(BoardSpider):
    """What a site finds for `search`, ten at a time whatever one asks; the texts are answers of their own.

    `domain` is the employer's, like acme.com. Unverified: `count`, and that every site of this interface answers the
    details of the newer one (PCSX) too.
    """

    name = "eightfold"
    url = "https://{slug}.eightfold.ai/api/apply/v2/jobs?domain={domain}&query={search}&start={offset}&num={limit}"
    detail = "https://{slug}.eightfold.ai/api/pcsx/position_details?position_id={ref}&domain={domain}&hl=en"
    page_size = 10
    listing = ("positions",)
    counted = ("count",)
    options = ("domain",)
    defaults = (("search", "intern"),)

    def posting(self, row: Any, board: Board) -> Posting:
        """A position."""
        return Posting(
            board=board.id,
            ref=fields.ref(row, "id"),
            url=fields.url(row, "canonicalPositionUrl"),
            title=fields.line(row, "name"),
            company=board.company,
            description="",
            locations=fields.lines(row, "locations") or fields.places(fields.maybe(row, "location")),
            department=fields.maybe(row, "department"),
            posted=fields.epoch(row, "t_create"),
            updated=fields.epoch(row, "t_update"),
            requisition=fields.maybe(row, "display_job_id"),
        )

    def detailed(self, body: bytes, posting: Posting, board: Board) -> Posting:
        """`data.jobDescription`."""
        return replace(posting, description=fields.markup(self.decode(body)["data"], "jobDescription"))
