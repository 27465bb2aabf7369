"""Breezy HR careers pages: their JSON. The interface it documents (https://developer.breezy.hr) needs a key."""

from typing import Any

import scrapy

from crawlers import fields
from crawlers.boards import BoardSpider
from crawlers.records import Record, spots
from pipeline.models import Board, Posting


class Breezy(BoardSpider):
    """One answer lists the positions; each position's page states its text, and pay, as JSON-LD.

    Unverified: whether an unknown board answers an empty list.
    """

    name = "breezy"
    url = "https://{slug}.breezy.hr/json"
    detail = "https://{slug}.breezy.hr/p/{ref}"
    empty_is_unknown = stated = True
    record = Record(
        ref="id", title="name", workplace="location.is_remote", employment="type", department="department",
        posted="published_date",
    )  # fmt: skip

    def posting(self, row: Any, board: Board) -> Posting:
        """A position; its place is one line, or parts of one."""
        at, own = fields.dig(row, "location"), self.address(self.detail, board, ref=fields.line(row, "friendly_id"))
        parts = fields.places(fields.maybe(at, "city"), *spots(at, "state"), *spots(at, "country"))
        place = fields.maybe(at, "name") or ", ".join(parts)
        return self.read(row, board, url=fields.link(row, "url") or own, locations=fields.places(place))

    def detail_request(self, posting: Posting, board: Board) -> scrapy.Request:
        """The position's page, on the platform's own host."""
        return scrapy.Request(self.address(self.detail, board, ref=posting.url.partition("?")[0].rpartition("/p/")[2]))
