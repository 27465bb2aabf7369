"""The Muse. https://www.themuse.com/developers/api/v2: 500 requests an hour without a key."""

from collections.abc import Sequence
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from crawlers.records import Record, spots
from pipeline.models import Board, Posting

REMOTE = "Flexible / Remote"


class TheMuse(BoardSpider):
    """Its internships, 20 at a time; whatever `page_count` says, a page beyond 99 is refused.

    Unverified: that pages count from 0. Where they count from 1, page 0 is answered as the first one.
    """

    name = "themuse"
    url = "https://www.themuse.com/api/public/jobs?page={page}&level={level}"
    defaults = (("level", "Internship"),)
    page_size, pages, most = 20, 99, 1_980
    listing, counted = ("results",), ("total",)
    record = Record(
        ref="id", url="refs.landing_page", title="name", company="company.name", description="contents",
        employment="levels", department="categories", posted="publication_date",
    )  # fmt: skip

    def following(self, answer: Any, rows: Sequence[Any], page: Any) -> Any:
        """The number after the one that the answer says it is, while it is below `page_count`."""
        after = int(fields.number(answer, "page") or page) + 1
        return after if after < min(self.pages or 0, fields.number(answer, "page_count") or 0) else None

    def posting(self, row: Any, board: Board) -> Posting:
        """A job; one of its places may say that it can be done from anywhere."""
        every = spots(row, "locations")
        places = tuple(place for place in every if place != REMOTE)
        return self.read(row, board, locations=places, workplace="remote" if REMOTE in every else None)
