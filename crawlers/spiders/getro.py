"""Getro talent boards of investors: the search that they read, which is undocumented. https://www.getro.com"""

from typing import Any

from scrapy.http import JsonRequest

from crawlers import fields
from crawlers.boards import BoardSpider, Record
from pipeline.models import Board, Posting

PAY = ("compensation_amount_min_cents", "compensation_amount_max_cents")


class Getro(BoardSpider):
    """What a board finds for `search` among its companies' jobs, 20 at a time: titles and links, without texts.

    `collection` is the board's number. The host answers 406 to whoever does not come from one of its boards.
    """

    name = "getro"
    url = "https://api.getro.com/api/v2/collections/{collection}/search/jobs"
    page_size, options = 20, ("collection",)
    listing, counted = ("results", "jobs"), ("results", "count")
    defaults = (("search", "machine learning intern"),)
    record = Record(
        ref="id", url="url", title="title", company="organization.name",
        locations=("locations", "searchable_locations"), workplace="work_mode", posted="created_at",
    )  # fmt: skip

    def request(self, board: Board, page: Any) -> JsonRequest:
        """One page of the search."""
        asked = {"hitsPerPage": self.page_size, "page": page, "filters": {"page": page}}
        return JsonRequest(self.address(self.url, board), data=asked | {"query": self.options_of(board)["search"]})

    def posting(self, row: Any, board: Board) -> Posting:
        """A job, on its company's own board; pay counts where it is public."""
        cents = [fields.number(row, name) or 0 for name in PAY] if fields.flag(row, "compensation_public") else []
        words = fields.maybe(row, "compensation_currency"), fields.maybe(row, "compensation_period")
        return self.read(row, board, pay=fields.pay_range([end / 100 for end in cents], *words))
