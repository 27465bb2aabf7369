"""Teamtailor careers sites: the feed of their jobs. https://support.teamtailor.com"""

from typing import Any

from crawlers import fields, schema_org
from crawlers.answers import json_answer, xml_answer
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting

WORKPLACES = {"fully": "remote", "hybrid": "hybrid"}  # `none` is what stands there unasked; `temporary` ends


class Teamtailor(BoardSpider):
    """The feed holds the texts, page by page until one is short: RSS, or JSON where a board's `feed` is jobs.json.

    Employers of the North American instance have `.na` in their name: `example.na`.
    """

    name = "teamtailor"
    url = "https://{slug}.teamtailor.com/{feed}?offset={offset}&per_page={limit}"
    page_size = 100
    identifier = "guid"
    defaults = (("feed", "jobs.rss"),)

    def decode(self, body: bytes) -> Any:
        """The items of the feed; those of JSON hold a schema.org JobPosting each."""
        if body.lstrip().startswith(b"{"):
            return [{"guid": item.get("id"), **item} for item in json_answer(body)["items"]]
        return fields.rows(xml_answer(body, "rss", many=("item", "tt:location"))["channel"], "item")

    def posting(self, row: Any, board: Board) -> Posting:
        """An item; a place without a country is told best by its name, which else may be a building's."""
        ref = fields.ref(row, "guid")
        if "_jobposting" in row:
            job = {"description": row.get("content_html"), **row["_jobposting"]}
            return schema_org.posting(job, board, ref, fields.url(row, "url"))
        sites = fields.rows(row, "tt:locations", "tt:location")
        names = [("tt:city", "tt:country") if fields.maybe(site, "tt:country") else ("tt:name",) for site in sites]
        return Posting(
            board=board.id,
            ref=ref,
            url=fields.url(row, "link"),
            title=fields.line(row, "title"),
            company=board.company,
            description=fields.markup(row, "description"),
            locations=fields.places(*(fields.place(site, *said) for site, said in zip(sites, names, strict=True))),
            workplace=WORKPLACES.get(fields.maybe(row, "remoteStatus") or ""),
            department=fields.maybe(row, "department"),
            posted=fields.mail_date(row, "pubDate"),
        )
