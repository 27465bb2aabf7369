"""The Muse. https://www.themuse.com/developers/api/v2: 500 requests an hour without a key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting

REMOTE = "Flexible / Remote"


class TheMuse(BoardSpider):
    """Its internships, 20 at a time; it gives no more than some 1,980 rows.

    Unverified: that pages count from 0. Where they count from 1, page 0 is the first one too, or is refused.
    """

    name = "themuse"
    url = "https://www.themuse.com/api/public/jobs?page={page}&level={level}"
    defaults = (("level", "Internship"),)
    page_size = 20
    listing = ("results",)

    def following(self, answer: Any, rows: Sequence[Any], page: Any) -> Any:
        """The next number, while it is below `page_count`."""
        return page + 1 if rows and page + 1 < (fields.number(answer, "page_count") or 0) else None

    def posting(self, row: Any, board: Board) -> Posting:
        """A job; one of its places may say that it can be done from anywhere."""
        places = names(row, "locations")
        return Posting(
            board=board.id,
            ref=fields.ref(row, "id"),
            url=fields.url(row, "refs", "landing_page"),
            title=fields.line(row, "name"),
            company=fields.line(row, "company", "name"),
            description=fields.markup(row, "contents"),
            locations=tuple(place for place in places if place != REMOTE),
            workplace="remote" if REMOTE in places else None,
            employment=", ".join(names(row, "levels")) or None,
            department=", ".join(
                fields.places(*(fields.maybe(part, "name") for part in fields.rows(row, "categories")))
            )
            or None,
            posted=fields.moment(row, "publication_date"),
        )


def names(row: Any, key: str) -> tuple[str, ...]:
    """The names in a list of objects."""
    return fields.places(*(fields.maybe(entry, "name") for entry in fields.rows(row, key)))
