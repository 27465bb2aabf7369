"""Workable careers pages: the public widget's data. https://help.workable.com"""

from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting


class Workable(BoardSpider):
    """One answer with the texts; a job at several places comes once for each, under one shortcode.

    All employers share one host, which answers 429 with hours of `Retry-After` to whoever asks fast.
    """

    name = "workable"
    url = "https://apply.workable.com/api/v1/widget/accounts/{slug}?details=true"
    listing = ("jobs",)
    identifier = "shortcode"

    def posting(self, row: Any, board: Board) -> Posting:
        """A job; a place that the employer hides is left out."""
        every = fields.rows(row, "locations")
        shown = [fields.place(p, "city", "region", "country") for p in every if not fields.flag(p, "hidden")]
        return Posting(
            board=board.id,
            ref=fields.ref(row, "shortcode"),
            url=fields.url(row, "url"),
            title=fields.line(row, "title"),
            company=board.company,
            description=fields.markup(row, "description"),
            locations=fields.places(*shown if every else [fields.place(row, "city", "state", "country")]),
            workplace="remote" if fields.flag(row, "telecommuting") else None,
            employment=fields.maybe(row, "employment_type"),
            department=fields.maybe(row, "department"),
            posted=fields.day(row, "published_on"),
            apply_url=fields.maybe_url(row, "application_url"),
            requisition=fields.maybe(row, "code"),
        )
