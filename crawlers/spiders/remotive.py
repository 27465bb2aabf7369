"""Remotive. https://github.com/remotive-com/remote-jobs-api: credit and a link to its pages are asked for."""

import html
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider, Record
from pipeline.models import Board, Posting


class Remotive(BoardSpider):
    """The jobs of the last weeks, a day late, in one answer; asked at most four times a day.

    Unverified: whether the answer is all of them (one report saw 16), so what is absent proves nothing.
    """

    name = "remotive"
    url = "https://remotive.com/api/remote-jobs"
    listing = ("jobs",)
    newest_only = True
    always = (("workplace", "remote"),)
    record = Record(
        ref="id", url="url", title="title", company="company_name", locations="candidate_required_location",
        employment="job_type", department="category", posted="publication_date",
    )  # fmt: skip

    def posting(self, row: Any, board: Board) -> Posting:
        """A job; pay is a line of free text, and is put under the description."""
        pay = fields.section("Salary", html.escape(fields.maybe(row, "salary") or "", quote=False))
        text = fields.together(fields.markup(row, "description"), pay)
        return self.read(row, board, description=text)
