"""Findwork. https://findwork.dev/developers: free key in FINDWORK_TOKEN"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import scrapy

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting


class Findwork(BoardSpider):
    """What it finds for `search`, page by page while the board says there is one more.

    Unverified against an answer: the fields, as its documentation and readers name them; `count` may be off.
    """

    name = "findwork"
    url = "https://findwork.dev/api/jobs/?search={search}&sort_by=date&page={page}"
    defaults = (("search", "machine learning intern"),)
    first_page = 1
    page_size = 100
    listing = ("results",)

    def request(self, board: Board, page: Any) -> scrapy.Request:
        """A page, with the key."""
        key = {"Authorization": f"Token {os.environ['FINDWORK_TOKEN']}"}
        return scrapy.Request(self.address(self.url, board, page=page), headers=key)

    def following(self, answer: Any, rows: Sequence[Any], page: Any) -> Any:
        """The next number, while `next` is an address; its words are not used."""
        return page + 1 if rows and fields.maybe(answer, "next") else None

    def posting(self, row: Any, board: Board) -> Posting:
        """A job."""
        return Posting(
            board=board.id,
            ref=fields.ref(row, "id"),
            url=fields.url(row, "url"),
            title=fields.line(row, "role"),
            company=fields.line(row, "company_name"),
            description=fields.markup(row, "text"),
            locations=fields.places(fields.maybe(row, "location")),
            workplace="remote" if fields.flag(row, "remote") else None,
            employment=fields.maybe(row, "employment_type"),
            posted=fields.moment(row, "date_posted"),
        )
