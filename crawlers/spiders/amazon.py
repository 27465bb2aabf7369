"""amazon.jobs: the search that its own pages read. https://www.amazon.jobs"""

from datetime import datetime
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting

SECTIONS = {"Basic qualifications": "basic_qualifications", "Preferred qualifications": "preferred_qualifications"}


class Amazon(BoardSpider):
    """What the site finds for `search`, newest first, with the texts; its 10,000th row is the last.

    One board, of any name; `company_name` is one of Amazon's many legal entities, and the board's word is kept.
    """

    name = "amazon"
    url = "https://www.amazon.jobs/en/search.json?base_query={search}&loc_query=&sort=recent&result_limit={limit}&offset={offset}"
    page_size = 100
    listing = ("jobs",)
    counted = ("hits",)
    identifier = "id_icims"
    defaults = (("search", "machine learning intern"),)

    def posting(self, row: Any, board: Board) -> Posting:
        """A job; `posted_date` is in words, like "July  3, 2026"."""
        parts = (fields.section(heading, fields.markup(row, name)) for heading, name in SECTIONS.items())
        date = datetime.strptime(fields.line(row, "posted_date"), "%B %d, %Y")
        intern = fields.flag(row, "is_intern")
        return Posting(
            board=board.id,
            ref=fields.ref(row, "id_icims"),
            url=f"https://www.amazon.jobs/{fields.line(row, 'job_path').lstrip('/')}",
            title=fields.line(row, "title"),
            company=board.company,
            description=fields.together(fields.markup(row, "description"), *parts),
            locations=fields.places(fields.maybe(row, "normalized_location") or fields.maybe(row, "location")),
            employment="intern" if intern else fields.maybe(row, "job_schedule_type"),
            department=fields.maybe(row, "job_category"),
            posted=date.date().isoformat(),
            apply_url=fields.maybe_url(row, "url_next_step"),
        )
