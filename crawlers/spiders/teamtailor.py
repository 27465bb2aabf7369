"""Teamtailor careers sites. https://support.teamtailor.com (RSS feed of jobs)"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crawlers import fields
from crawlers.answers import xml_answer
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting

WORKPLACES = {"fully": "remote", "hybrid": "hybrid"}  # `none` is what stands there unasked; `temporary` ends


class Teamtailor(BoardSpider):
    """The RSS feed that the help pages describe: the texts are in it, page by page until one is short.

    Tenants of the North American instance have `.na` in their name: `example.na`.
    """

    name = "teamtailor"
    identifier = "guid"
    url = "https://{slug}.teamtailor.com/jobs.rss?offset={offset}&per_page={limit}"
    page_size = 100

    def decode(self, body: bytes) -> Any:
        """RSS 2.0 with places of Teamtailor's own."""
        return xml_answer(body, "rss", many=("item", "tt:location"))

    def rows(self, answer: Any, board: Board) -> Sequence[Any]:
        """The items of the channel, which must be there."""
        return fields.rows(answer["channel"], "item")

    def posting(self, row: Any, board: Board) -> Posting:
        """An item of the feed."""
        sites = fields.rows(row, "tt:locations", "tt:location")
        return Posting(
            board=board.id,
            ref=fields.ref(row, "guid"),
            url=fields.url(row, "link"),
            title=fields.line(row, "title"),
            company=board.company,
            description=fields.markup(row, "description"),
            locations=fields.places(*(place(site) for site in sites)),
            workplace=WORKPLACES.get(fields.maybe(row, "remoteStatus") or ""),
            department=fields.maybe(row, "department"),
            posted=fields.mail_date(row, "pubDate"),
        )


def place(site: Any) -> str | None:
    """City and country; without a country the place's name, which may be that of a building, says more."""
    city, country = fields.maybe(site, "tt:city"), fields.maybe(site, "tt:country")
    return ", ".join(fields.places(city, country)) if country else fields.maybe(site, "tt:name") or city
