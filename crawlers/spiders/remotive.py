"""Remotive. https://github.com/remotive-com/remote-jobs-api: credit and a link to its pages are asked for."""

from __future__ import annotations

import html
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting


class Remotive(BoardSpider):
    """The jobs of the last weeks, a day late, in one answer; asked at most four times a day.

    Unverified: whether the answer is all of them (one report saw 16), so what is absent proves nothing.
    """

    name = "remotive"
    url = "https://remotive.com/api/remote-jobs"
    listing = ("jobs",)
    newest_only = True

    def posting(self, row: Any, board: Board) -> Posting:
        """A job; pay is a line of free text, and is put under the description."""
        pay = html.escape(fields.maybe(row, "salary") or "", quote=False)
        return Posting(
            board=board.id,
            ref=fields.ref(row, "id"),
            url=fields.url(row, "url"),
            title=fields.line(row, "title"),
            company=fields.line(row, "company_name"),
            description=fields.together(fields.markup(row, "description"), fields.section("Salary", pay)),
            locations=fields.places(fields.maybe(row, "candidate_required_location")),
            workplace="remote",
            employment=fields.maybe(row, "job_type"),
            department=fields.maybe(row, "category"),
            posted=fields.moment(row, "publication_date"),
        )
