"""Arbeitnow. https://www.arbeitnow.com/blog/job-board-api: credit is asked for."""

from collections.abc import Sequence
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider, Record


class Arbeitnow(BoardSpider):
    """Jobs in Germany above all, page by page; `links.next` says whether one follows, its words are not used.

    Unverified: that the last page has no `links.next`, and which words of `job_types` mean internships.
    """

    name = "arbeitnow"
    url = "https://www.arbeitnow.com/api/job-board-api?page={page}"
    first_page, page_size = 1, 100
    listing = ("data",)
    record = Record(
        ref="slug", url="url", title="title", company="company_name", description="description",
        locations="location", workplace="remote", employment="job_types", department="tags",
        posted="created_at",
    )  # fmt: skip

    def following(self, answer: Any, rows: Sequence[Any], page: Any) -> Any:
        """The next number, while the board says there is one."""
        return page + 1 if fields.maybe(answer, "links", "next") else None
