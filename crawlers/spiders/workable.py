"""Workable careers pages: the public widget's data. https://help.workable.com"""

from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider, Record
from pipeline.models import Board, Posting


class Workable(BoardSpider):
    """One answer with the texts; a job at several places comes once for each, under one shortcode.

    All employers share one host, which answers 429 with hours of `Retry-After` to whoever asks fast.
    """

    name = "workable"
    url = "https://apply.workable.com/api/v1/widget/accounts/{slug}?details=true"
    listing = ("jobs",)
    record = Record(
        ref="shortcode", url=("url", "shortlink"), title="title", description="description",
        workplace="telecommuting", employment="employment_type", department="department",
        posted=("published_on", "created_at"), apply_url="application_url", requisition="code",
    )  # fmt: skip

    def posting(self, row: Any, board: Board) -> Posting:
        """A job; a place that the employer hides is left out."""
        every = fields.rows(row, "locations")
        shown = [fields.place(p, "city", "region", "country") for p in every if not fields.flag(p, "hidden")]
        places = shown if every else [fields.place(row, "city", "state", "country")]
        return self.read(row, board, locations=fields.places(*places))
