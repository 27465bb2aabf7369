"""Workday careers sites: the search they ask (CXS), which is undocumented. https://www.workday.com"""

import re
from dataclasses import replace
from typing import Any

from scrapy.http import JsonRequest, Request

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting

SEVERAL = re.compile(r"\d{1,3} \w+")  # "3 Locations", in the site's language
WORKPLACES = {"remote": "remote", "fully remote": "remote", "hybrid": "hybrid", "on-site": "onsite", "onsite": "onsite"}


class Workday(BoardSpider):
    """What a site finds for `search`, 20 at a time, as no answer holds more; text and date are answers of their own.

    `host` is like acme.wd5.myworkdayjobs.com, `site` the word after it in a careers address, without the language.
    Many sites find 2,000 at most. Unverified: the words of `remoteType`, which employers choose.
    """

    name = "workday"
    url = "https://{host}/wday/cxs/{tenant}/{site}"
    page_size = 20
    listing = ("jobPostings",)
    counted = ("total",)
    identifier = "externalPath"
    options = ("host", "site")
    defaults = (("search", "intern"),)

    def address(self, template: str, board: Board, *, page: Any = 0, **words: str) -> str:
        """The tenant is the first part of the host."""
        tenant = (board.option("host") or "").partition(".")[0]
        return super().address(template, board, page=page, tenant=tenant, **words)

    def request(self, board: Board, page: Any) -> Request:
        """One page of the search."""
        asked = {"appliedFacets": {}, "limit": self.page_size, "offset": page * self.page_size}
        return JsonRequest(
            f"{self.address(self.url, board)}/jobs", data=asked | {"searchText": self.options_of(board)["search"]}
        )

    def ref(self, row: Any) -> str | None:
        """The end of the path: a requisition's number, with a copy's; what stands before it may change."""
        return (super().ref(row) or "").rpartition("_")[2] or None

    def posting(self, row: Any, board: Board) -> Posting:
        """A posting; several places are told by its own answer."""
        path, place = fields.line(row, "externalPath"), fields.maybe(row, "locationsText")
        return Posting(
            board=board.id,
            ref=self.ref(row) or path,
            url=fields.url({"url": f"{self.address('https://{host}/{site}', board)}/{path.lstrip('/')}"}, "url"),
            title=fields.line(row, "title"),
            company=board.company,
            description="",
            locations=() if place and SEVERAL.fullmatch(place) else fields.places(place),
            workplace=WORKPLACES.get((fields.maybe(row, "remoteType") or "").lower()),
            employment=fields.maybe(row, "timeType"),
        )

    def detail_request(self, posting: Posting, board: Board) -> Request:
        """The posting's own answer, under the path of its page."""
        path = posting.url.removeprefix(self.address("https://{host}/{site}", board))
        return Request(self.address(self.url, board) + path, headers={"Accept": "application/json"})

    def detailed(self, body: bytes, posting: Posting, board: Board) -> Posting:
        """`jobPostingInfo`; its `startDate` is the day of posting, not of work."""
        job = self.decode(body)["jobPostingInfo"]
        places = fields.places(fields.maybe(job, "location"), *fields.lines(job, "additionalLocations"))
        return replace(
            posting,
            description=fields.markup(job, "jobDescription"),
            locations=posting.locations or places,
            workplace=posting.workplace or WORKPLACES.get((fields.maybe(job, "remoteType") or "").lower()),
            employment=posting.employment or fields.maybe(job, "timeType"),
            posted=fields.day(job, "startDate"),
            requisition=fields.maybe(job, "jobReqId"),
        )
