"""Breezy HR careers pages: their JSON. The interface it documents (https://developer.breezy.hr) needs a key."""

from typing import Any

import scrapy

from crawlers import fields, schema_org
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting


class Breezy(BoardSpider):
    """One answer lists the positions; each position's page states its text, and pay, as JSON-LD.

    Unverified: whether an unknown board answers an empty list.
    """

    name = "breezy"
    url = "https://{slug}.breezy.hr/json"
    empty_is_unknown = True

    def posting(self, row: Any, board: Board) -> Posting:
        """A position; its place is one line, or parts of one."""
        parts = fields.places(fields.maybe(row, "location", "city"), fields.maybe(row, "location", "country", "name"))
        return Posting(
            board=board.id,
            ref=fields.ref(row, "id"),
            url=self.address("https://{slug}.breezy.hr/p/{own}", board, own=fields.line(row, "friendly_id")),
            title=fields.line(row, "name"),
            company=board.company,
            description="",
            locations=fields.places(fields.maybe(row, "location", "name") or ", ".join(parts)),
            workplace="remote" if fields.flag(row, "location", "is_remote") else None,
            employment=fields.maybe(row, "type", "name"),
            department=fields.maybe(row, "department"),
            posted=fields.moment(row, "published_date"),
        )

    def detail_request(self, posting: Posting, board: Board) -> scrapy.Request:
        """The position's page."""
        return scrapy.Request(posting.url)

    def detailed(self, body: bytes, posting: Posting, board: Board) -> Posting:
        """What the page states for search engines."""
        return schema_org.completed(posting, body, board)
