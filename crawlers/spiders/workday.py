"""Workday careers sites: the search they ask (CXS), which is undocumented. https://www.workday.com"""

import re
from dataclasses import replace
from typing import Any

from scrapy.http import JsonRequest, Request

from crawlers import fields
from crawlers.boards import BoardSpider, Record
from pipeline.models import Board, Posting

HOME = "https://{host}/{site}"
SEVERAL = re.compile(r"\d{1,3} \w+")  # "3 Locations", in the site's language


class Workday(BoardSpider):
    """What a site finds for `search`, 20 at a time, as no answer holds more; text and date are answers of their own.

    `host` is like acme.wd5.myworkdayjobs.com, `site` the word after it in a careers address, without the language. A
    host like wd1.myworkdaysite.com says its `tenant` too.
    A site finds 2,000 at most, and may count on the first page alone. `startDate` is the day of posting, not of
    work. Unverified: the words of `remoteType`, which employers choose.
    """

    name = "workday"
    url = "https://{host}/wday/cxs/{tenant}/{site}"
    page_size, most = 20, 2_000
    listing, counted = ("jobPostings",), ("total",)
    options = ("host", "site")
    optional = ("tenant",)
    defaults = (("search", "intern"),)
    record = Record(ref="externalPath", title="title", workplace="remoteType", employment="timeType")
    detailing = ("jobPostingInfo",)
    detail_record = Record(
        description="jobDescription", workplace="remoteType", employment="timeType", posted="startDate",
        requisition="jobReqId",
    )  # fmt: skip

    def address(self, template: str, board: Board, *, page: Any = 0, **words: str) -> str:
        """The tenant is the first part of the host, where the board does not say it."""
        tenant = board.option("tenant") or (board.option("host") or "").partition(".")[0]
        return super().address(template, board, page=page, **words | {"tenant": tenant})

    def home(self, board: Board) -> str:
        """Where the site's pages are."""
        return self.address("https://{host}/recruiting/{tenant}/{site}" if board.option("tenant") else HOME, board)

    def request(self, board: Board, page: Any) -> Request:
        """One page of the search."""
        asked = {"appliedFacets": {}, "limit": self.page_size, "offset": page * self.page_size}
        asked |= {"searchText": self.options_of(board)["search"]}
        return JsonRequest(f"{self.address(self.url, board)}/jobs", data=asked)

    def ref(self, row: Any) -> str | None:
        """The end of the path: a requisition's number, with a copy's; what stands before it may change."""
        return (super().ref(row) or "").rpartition("_")[2] or None

    def posting(self, row: Any, board: Board) -> Posting:
        """A posting; several places are told by its own answer."""
        path, place = fields.line(row, "externalPath"), fields.maybe(row, "locationsText")
        return self.read(
            row,
            board,
            ref=self.ref(row) or path,
            url=fields.url({"url": f"{self.home(board)}/{path.lstrip('/')}"}, "url"),
            locations=() if place and SEVERAL.fullmatch(place) else fields.places(place),
        )

    def detail_request(self, posting: Posting, board: Board) -> Request:
        """The posting's own answer, under the path of its page."""
        path = posting.url.removeprefix(self.home(board))
        return Request(self.address(self.url, board) + path, headers={"Accept": "application/json"})

    def detailed(self, body: bytes, posting: Posting, board: Board) -> Posting:
        """`jobPostingInfo`, with every place."""
        job = self.detail_row(body)
        places = fields.places(fields.maybe(job, "location"), *fields.lines(job, "additionalLocations"))
        said = super().detailed(body, posting, board)
        return said if posting.locations else replace(said, locations=places)
