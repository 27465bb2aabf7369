"""JazzHR careers pages. https://www.jazzhr.com (the interface it documents needs a key)"""

from dataclasses import replace
from typing import Any

from crawlers import fields, schema_org
from crawlers.answers import html_part, html_records
from crawlers.boards import BoardSpider
from crawlers.fields import Unreadable
from pipeline.models import Board, Posting

LINK = "a.job_title_link"
ROW = {"url": f"{LINK}::attr(href)", "title": LINK, "place": "td:last-child", "department": ".resumator_department"}


class JazzHR(BoardSpider):
    """A table of jobs; each job's page has the text, and no date.

    Unverified: table and pages, which are read as other readers of them describe them; JSON-LD stands in where a
    page shows no `job_description`.
    """

    name = "jazzhr"
    url = "https://{slug}.applytojob.com/apply/jobs"
    detail = f"{url}/details/{{ref}}"

    def decode(self, body: bytes) -> Any:
        """The rows of the table as records, named by the end of their address."""
        if b"job_listings_wrapper" not in body:
            raise Unreadable("not a page with JazzHR's list of jobs")
        rows = html_records(body, "tr[id^=row_job]", **ROW)
        return [row | {"id": (row["url"] or "").partition("?")[0].rpartition("/details/")[2]} for row in rows]

    def posting(self, row: Any, board: Board) -> Posting:
        """A row."""
        ref = fields.ref(row, "id")
        return Posting(
            board=board.id,
            ref=ref,
            url=self.address(self.detail, board, ref=ref),
            title=fields.line(row, "title"),
            company=board.company,
            description="",
            locations=fields.places(fields.maybe(row, "place")),
            department=fields.maybe(row, "department"),
        )

    def detailed(self, body: bytes, posting: Posting, board: Board) -> Posting:
        """The text as the page shows it, else as it states it for search engines."""
        shown = html_part(body, ".job_description, #job_description")
        return replace(posting, description=shown) if shown else schema_org.completed(posting, body, board)
