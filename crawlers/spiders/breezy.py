"""Breezy HR careers pages: their JSON. The interface it documents (https://developer.breezy.hr) needs a key."""

import html
from typing import Any

import scrapy

from crawlers import fields
from crawlers.boards import BoardSpider
from crawlers.records import Record, spots
from pipeline.models import Board, Posting


class Breezy(BoardSpider):
    """One answer lists the positions, of late with their texts; else each position's page states it as JSON-LD.

    An unknown board answers an empty list. Pay is a line of free text, and is put under the description.
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
        """A position."""
        own = self.address(self.detail, board, ref=fields.line(row, "friendly_id"))
        places = fields.places(*map(place, [fields.dig(row, "location"), *fields.rows(row, "locations")]))
        pay = html.escape(fields.maybe(row, "salary") or "", quote=False)
        text = fields.markup(row, "description")
        text = fields.together(text, fields.section("Salary", pay)) if text else ""
        return self.read(row, board, url=fields.link(row, "url") or own, locations=places, description=text)

    def detail_request(self, posting: Posting, board: Board) -> scrapy.Request | None:
        """The position's page, on the platform's own host, where the listing lacks the text."""
        if posting.description:
            return None
        return scrapy.Request(self.address(self.detail, board, ref=posting.url.partition("?")[0].rpartition("/p/")[2]))


def place(at: Any) -> str | None:
    """One line, or parts of one."""
    parts = fields.places(fields.maybe(at, "city"), *spots(at, "state"), *spots(at, "country"))
    return fields.maybe(at, "name") or ", ".join(parts)
