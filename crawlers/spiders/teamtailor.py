"""Teamtailor careers sites: the RSS feed of their jobs. https://support.teamtailor.com"""

from typing import Any

from crawlers import fields
from crawlers.answers import xml_answer
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting

WORKPLACES = {"fully": "remote", "hybrid": "hybrid"}  # `none` is what stands there unasked; `temporary` ends


class Teamtailor(BoardSpider):
    """The feed holds the texts, page by page until one is short.

    Employers of the North American instance have `.na` in their name: `example.na`.
    """

    name = "teamtailor"
    url = "https://{slug}.teamtailor.com/jobs.rss?offset={offset}&per_page={limit}"
    page_size = 100
    identifier = "guid"

    def decode(self, body: bytes) -> Any:
        """The items of the channel, which must be there."""
        return fields.rows(xml_answer(body, "rss", many=("item", "tt:location"))["channel"], "item")

    def posting(self, row: Any, board: Board) -> Posting:
        """An item; a place without a country is told best by its name, which else may be a building's."""
        sites = fields.rows(row, "tt:locations", "tt:location")
        names = [("tt:city", "tt:country") if fields.maybe(site, "tt:country") else ("tt:name",) for site in sites]
        return Posting(
            board=board.id,
            ref=fields.ref(row, "guid"),
            url=fields.url(row, "link"),
            title=fields.line(row, "title"),
            company=board.company,
            description=fields.markup(row, "description"),
            locations=fields.places(*(fields.place(site, *said) for site, said in zip(sites, names, strict=True))),
            workplace=WORKPLACES.get(fields.maybe(row, "remoteStatus") or ""),
            department=fields.maybe(row, "department"),
            posted=fields.mail_date(row, "pubDate"),
        )
