"""SAP SuccessFactors careers sites: the feed they keep for search engines. https://help.sap.com (job feeds)"""

from typing import Any

from crawlers import fields
from crawlers.answers import xml_answer
from crawlers.boards import BoardSpider, Record
from pipeline.models import Board, Posting


class SuccessFactors(BoardSpider):
    """The whole board as RSS with Google's words, on the employer's own `host`, as googlefeed.xml or sitemal.xml.

    Unverified: whether texts are whole (some are the title again), and how `g:expiration_date` is written: it is
    read as Google asks for it, in ISO 8601, and left alone where it is not.
    """

    name = "successfactors"
    url = "https://{host}/{feed}"
    options = ("host",)
    feeds = ("googlefeed.xml", "sitemal.xml")
    record = Record(ref="guid", url="link", title="title", locations="g:location", posted="pubDate")

    def decode(self, body: bytes) -> Any:
        """The items of the channel, which must be there."""
        return fields.rows(xml_answer(body, "rss", many=("item",))["channel"], "item")

    def posting(self, row: Any, board: Board) -> Posting:
        """A job; a description that repeats the title is none, nor is a form a function."""
        text, until = fields.markup(row, "description"), fields.maybe(row, "g:expiration_date") or ""
        function = fields.maybe(row, "g:job_function")
        return self.read(
            row,
            board,
            description="" if text.strip() == fields.line(row, "title") else fields.decoded(text),
            department=None if function == "ATS_WEBFORM" else function,
            deadline=fields.day(row, "g:expiration_date") if until[:4].isdecimal() else None,
        )
