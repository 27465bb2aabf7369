"""SAP SuccessFactors careers sites: the feed they keep for search engines. https://help.sap.com (job feeds)"""

from typing import Any

from crawlers import fields
from crawlers.answers import xml_answer
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting


class SuccessFactors(BoardSpider):
    """The whole board as RSS with Google's words, on the employer's own `host`, as googlefeed.xml or sitemal.xml.

    Unverified: whether texts are whole (some are the title again), and how `g:expiration_date` is written: it is
    read as Google asks for it, in ISO 8601, and left alone where it is not.
    """

    name = "successfactors"
    url = "https://{host}/{feed}"
    identifier = "guid"
    options = ("host",)
    defaults = (("feed", "googlefeed.xml"),)

    def decode(self, body: bytes) -> Any:
        """The items of the channel, which must be there."""
        return fields.rows(xml_answer(body, "rss", many=("item",))["channel"], "item")

    def posting(self, row: Any, board: Board) -> Posting:
        """A job; a description that repeats the title is none."""
        title, text = fields.line(row, "title"), fields.markup(row, "description")
        until = fields.maybe(row, "g:expiration_date") or ""
        return Posting(
            board=board.id,
            ref=fields.ref(row, "guid"),
            url=fields.url(row, "link"),
            title=title,
            company=board.company,
            description="" if text.strip() == title else text,
            locations=fields.places(fields.maybe(row, "g:location")),
            department=fields.maybe(row, "g:job_function"),
            posted=fields.mail_date(row, "pubDate"),
            deadline=fields.day(row, "g:expiration_date") if until[:4].isdecimal() else None,
        )
