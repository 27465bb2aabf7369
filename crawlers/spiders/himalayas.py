"""Himalayas. https://himalayas.app/api and https://himalayas.app/docs/data-dictionary: free, with a visible link."""

from collections.abc import Sequence
from typing import Any

import scrapy

from crawlers import fields
from crawlers.boards import BoardSpider, Record
from pipeline.models import Board, Posting

FEEDS = {
    "search": "https://himalayas.app/jobs/api/search?employment_type={employment}&sort=recent&page={page}",
    "newest": "https://himalayas.app/jobs/api?limit={limit}&offset={offset}",
}


class Himalayas(BoardSpider):
    """Internships from its search, newest first, 20 at a time whatever one asks; else the newest of all its jobs.

    A page may hold fewer than 20 and still not be the last. Its documentation has dates in milliseconds and places as
    objects, its answers have had seconds and names: both are read. Pay is by the year where no period is said.
    Unverified: the name of the search's parameter `employment_type`, and of the cursor that answers are said to have of
    late, which is not followed: a feed that ignores page and offset ends at the first page that repeats.
    """

    name = "himalayas"
    defaults = (("employment", "Intern"),)
    feeds = tuple(FEEDS)
    first_page, page_size, pages, newest_only = 1, 20, 20, True
    listing = ("jobs",)
    always = (("workplace", "remote"),)
    record = Record(
        ref="guid", url="applicationLink", title="title", company="companyName",
        locations="locationRestrictions", employment="employmentType", department="parentCategories",
        posted="pubDate", deadline="expiryDate",
    )  # fmt: skip

    def request(self, board: Board, page: Any) -> scrapy.Request:
        """A page of the feed."""
        return scrapy.Request(self.address(FEEDS[self.options_of(board)["feed"]], board, page=page))

    def following(self, answer: Any, rows: Sequence[Any], page: Any) -> Any:
        """The next number, while rows come, fewer than `totalCount`, and not too many pages."""
        seen, total = (page + 1) * 20, fields.number(answer, "totalCount")
        return page + 1 if rows and page + 1 < 20 and (total is None or seen < total) else None

    def posting(self, row: Any, board: Board) -> Posting:
        """A job; no place in `locationRestrictions` means anywhere."""
        text = fields.markup(row, "description") or fields.markup(row, "excerpt")
        ends = [fields.numeral(row, "minSalary"), fields.numeral(row, "maxSalary")]
        pay = fields.pay_range(ends, fields.maybe(row, "currency"), fields.maybe(row, "salaryPeriod") or "year")
        return self.read(row, board, description=text, pay=pay)
