"""JazzHR careers pages. https://www.jazzhr.com (the interface it documents needs a key)"""

from typing import Any

from crawlers import schema_org
from crawlers.answers import html_part, html_records
from crawlers.boards import BoardSpider, completed
from crawlers.fields import Unreadable
from crawlers.records import Record
from pipeline.models import Board, Posting

LINK = "a.job_title_link"
ROW = {"url": f"{LINK}::attr(href)", "title": LINK, "place": "td:last-child", "department": ".resumator_department"}
LINKED = "a[href*='/apply/jobs/details/']"  # a job of the list, whatever stands around it
TEXT = ".job_description, #job_description, #job-description, #resumator-job-description"
TYPE = {"type": "#resumator-job-employment, #resumator-job-type"}


class JazzHR(BoardSpider):
    """A table or a list of jobs; each job's page has the text, and states date and pay as JSON-LD in most cases.

    An employer that left has a page without either. Unverified against an answer: table and pages, which are read
    as other readers of them describe them.
    """

    name = "jazzhr"
    url = "https://{slug}.applytojob.com/apply/jobs"
    detail = page = f"{url}/details/{{ref}}"
    record = Record(ref="id", title="title", locations="place", department="department")

    def decode(self, body: bytes) -> Any:
        """The rows of the table as records, or the links of a list without one, named by the end of their address."""
        if b"job_listings_wrapper" not in body and b'id="jobs_table"' not in body:
            raise Unreadable("not a page with JazzHR's list of jobs")
        rows = html_records(body, "tr[id^=row_job]", **ROW)
        if not any(row["url"] for row in rows):
            rows += html_records(body, f":has(> {LINKED})", url=f"{LINKED}::attr(href)", title=LINKED)
        return [row | {"id": (row["url"] or "").partition("?")[0].rpartition("/details/")[2]} for row in rows]

    def detailed(self, body: bytes, posting: Posting, board: Board) -> Posting:
        """The text as the page shows it; all else as it states it for search engines."""
        kind = html_records(body, "body", **TYPE)
        said = {
            "description": html_part(body, TEXT) or "",
            "employment": Record(employment="0.type").read(kind)["employment"],
        }
        shown = completed(posting, said)
        try:
            return schema_org.completed(shown, body, board)
        except Unreadable:
            if shown.description:
                return shown
            raise
