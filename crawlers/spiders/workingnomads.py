"""Working Nomads. https://www.workingnomads.com: the JSON that its pages point to."""

from __future__ import annotations

from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting


class WorkingNomads(BoardSpider):
    """Recent remote jobs in one answer, by their address, as they have no other name.

    Unverified against an answer: the fields are as several readers of it name them.
    """

    name = "workingnomads"
    url = "https://www.workingnomads.com/api/exposed_jobs/"
    identifier = "url"
    newest_only = True

    def posting(self, row: Any, board: Board) -> Posting:
        """A job."""
        return Posting(
            board=board.id,
            ref=fields.ref(row, "url"),
            url=fields.url(row, "url"),
            title=fields.line(row, "title"),
            company=fields.line(row, "company_name"),
            description=fields.markup(row, "description"),
            locations=fields.places(fields.maybe(row, "location")),
            workplace="remote",
            department=fields.maybe(row, "category_name"),
            posted=fields.moment(row, "pub_date"),
        )
