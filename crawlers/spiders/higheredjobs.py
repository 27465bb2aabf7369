"""HigherEdJobs: its RSS feed of one category, by the number that the site gives it. https://www.higheredjobs.com/rss/"""

import re
from typing import Any

from crawlers import fields
from crawlers.records import Record
from crawlers.rss import RssSpider
from pipeline.models import Board, Posting

WHERE = re.compile(r"(?P<company>.+?)\s*\((?P<place>[^()]+)\)")


class HigherEdJobs(RssSpider):
    """Titles and places only: a description is "Institution (City, ST)". Dates may be in EDT and EST.

    Unverified against an answer: all of it, as readers of the feed describe it.
    """

    name = "higheredjobs"
    url = "https://www.higheredjobs.com/rss/categoryFeed.cfm?catID={slug}"
    record = Record(ref="link", url="link", title="title", posted="pubDate")

    def posting(self, row: Any, board: Board) -> Posting:
        """An item; without a place in brackets, the description is the institution's name."""
        said = fields.line(row, "description")
        where = WHERE.fullmatch(said)
        company, place = (where["company"], where["place"]) if where else (said, None)
        return self.read(row, board, company=company, locations=fields.places(place))
