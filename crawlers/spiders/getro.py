"""Getro talent boards of investors: the search that they read, which is undocumented. https://www.getro.com"""

from typing import Any

from scrapy.http import JsonRequest

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting

WORKPLACES = {"remote": "remote", "hybrid": "hybrid", "on_site": "onsite", "onsite": "onsite"}


class Getro(BoardSpider):
    """What a board finds for `search` among its companies' jobs, 20 at a time: titles and links, without texts.

    `collection` is the board's number. The host answers 406 to whoever does not come from one of its boards.
    Unverified: the names of the fields of pay, in cents, which are left alone.
    """

    name = "getro"
    url = "https://api.getro.com/api/v2/collections/{collection}/search/jobs"
    page_size = 20
    listing = ("results", "jobs")
    counted = ("results", "count")
    options = ("collection",)
    defaults = (("search", "machine learning intern"),)

    def request(self, board: Board, page: Any) -> JsonRequest:
        """One page of the search."""
        asked = {"hitsPerPage": self.page_size, "page": page, "filters": {"page": page}}
        return JsonRequest(self.address(self.url, board), data=asked | {"query": self.options_of(board)["search"]})

    def posting(self, row: Any, board: Board) -> Posting:
        """A job of one of the companies; its address is on the company's own board."""
        dated = fields.moment if isinstance(row.get("created_at"), str) else fields.epoch
        return Posting(
            board=board.id,
            ref=fields.ref(row, "id"),
            url=fields.url(row, "url"),
            title=fields.line(row, "title"),
            company=fields.line(row, "organization", "name"),
            description="",
            locations=fields.lines(row, "locations") or fields.lines(row, "searchable_locations"),
            workplace=WORKPLACES.get(fields.maybe(row, "work_mode") or ""),
            posted=dated(row, "created_at"),
        )
