"""HigherEdJobs: its RSS feed of one category, by the number that the site gives it. https://www.higheredjobs.com/rss/"""

from __future__ import annotations

import re
from typing import Any

from crawlers import fields
from crawlers.rss import RssSpider
from pipeline.models import Board, Posting

WHERE = re.compile(r"(?P<company>.+?)\s*\((?P<place>[^()]+)\)")


class HigherEdJobs(RssSpider):
    """Titles and places only: a description is "Institution (City, ST)". Dates may be in EDT and EST."""

    name = "higheredjobs"
    url = "https://www.higheredjobs.com/rss/categoryFeed.cfm?catID={slug}"
    identifier = "link"

    def posting(self, row: Any, board: Board) -> Posting:
        """An item; without a place in brackets, the description is the institution's name."""
        said = fields.line(row, "description")
        where = WHERE.fullmatch(said)
        return Posting(
            board=board.id,
            ref=fields.ref(row, "link"),
            url=fields.url(row, "link"),
            title=fields.line(row, "title"),
            company=where["company"] if where else said,
            description="",
            locations=fields.places(where["place"] if where else None),
            posted=fields.mail_date(row, "pubDate"),
        )
