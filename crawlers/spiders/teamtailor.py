"""Teamtailor careers sites: the feed of their jobs. https://support.teamtailor.com"""

from typing import Any

from crawlers import fields, schema_org
from crawlers.answers import json_answer, xml_answer
from crawlers.boards import BoardSpider, Record
from pipeline.models import Board, Posting


class Teamtailor(BoardSpider):
    """The feed holds the texts, page by page until one is short: RSS, else JSON.

    North American employers have `.na` in their name: `example.na`. Of the words of `remoteStatus`, `none` is what
    stands there unasked, and `temporary` ends: both are left alone.
    """

    name = "teamtailor"
    url = "https://{slug}.teamtailor.com/{feed}?offset={offset}&per_page={limit}"
    page_size, feeds = 100, ("jobs.rss", "jobs.json")
    record = Record(
        ref=("guid", "link"), url="link", title="title", description="description", workplace="remoteStatus",
        department=("department", "tt:department"), posted="pubDate",
    )  # fmt: skip
    expected = (("remoteStatus", ("none", "hybrid", "temporary", "fully")),)

    def decode(self, body: bytes) -> Any:
        """The items of the feed; those of JSON hold a schema.org JobPosting each."""
        if body.lstrip().startswith(b"{"):
            return [{"guid": item.get("id"), **item} for item in json_answer(body)["items"]]
        return fields.rows(xml_answer(body, "rss", many=("item", "tt:location"))["channel"], "item")

    def posting(self, row: Any, board: Board) -> Posting:
        """An item; a place without a country is told best by its name, which else may be a building's."""
        if "_jobposting" in row:
            job = {"description": row.get("content_html"), **row["_jobposting"]}
            return schema_org.posting(job, board, fields.ref(row, "guid"), fields.url(row, "url"))
        sites = fields.rows(row, "tt:locations", "tt:location")
        named = (None if fields.maybe(at, "tt:country") else fields.maybe(at, "tt:name") for at in sites)
        places = (name or fields.place(at, "tt:city", "tt:country") for name, at in zip(named, sites, strict=True))
        return self.read(row, board, locations=fields.places(*places))
