"""amazon.jobs: the search that its own pages read. https://www.amazon.jobs"""

from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider, Record
from pipeline.models import Board, Posting

SECTIONS = {"Basic qualifications": "basic_qualifications", "Preferred qualifications": "preferred_qualifications"}


class Amazon(BoardSpider):
    """What the site finds for `search`, newest first, with the texts; its 10,000th row is the last.

    One board, of any name; `company_name` is one of Amazon's many legal entities, and the board's word is kept.
    Unverified against an answer: the fields, as readers of it name them; more than 100 rows a page come back empty.
    """

    name = "amazon"
    url = "https://www.amazon.jobs/en/search.json?base_query={search}&loc_query=&sort=recent&result_limit={limit}&offset={offset}"
    page_size, most = 100, 10_000
    listing, counted = ("jobs",), ("hits",)
    defaults = (("search", "machine learning intern"),)
    record = Record(
        ref=("id_icims", "id"), title="title", locations=("normalized_location", "location"),
        employment="job_schedule_type", department=("job_category", "business_category"),
        apply_url="url_next_step",
    )  # fmt: skip

    def posting(self, row: Any, board: Board) -> Posting:
        """A job; `posted_date` is in words, like "July  3, 2026"."""
        parts = (fields.section(heading, fields.markup(row, name)) for heading, name in SECTIONS.items())
        text = fields.together(fields.markup(row, "description"), *parts)
        path, posted = fields.line(row, "job_path").lstrip("/"), fields.written(row, "%B %d, %Y", "posted_date")
        kind = {"employment": "intern"} if fields.flag(row, "is_intern") else {}
        return self.read(row, board, url=f"https://www.amazon.jobs/{path}", description=text, posted=posted, **kind)
