"""Arbeitnow. https://www.arbeitnow.com/blog/job-board-api: credit is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting


class Arbeitnow(BoardSpider):
    """Jobs in Germany above all, page by page; `links.next` says whether one follows, its words are not used.

    Unverified: that the last page has no `links.next`, and which words of `job_types` mean internships.
    """

    name = "arbeitnow"
    url = "https://www.arbeitnow.com/api/job-board-api?page={page}"
    first_page = 1
    page_size = 100
    identifier = "slug"
    listing = ("data",)

    def following(self, answer: Any, rows: Sequence[Any], page: Any) -> Any:
        """The next number, while the board says there is one."""
        return page + 1 if rows and fields.maybe(answer, "links", "next") else None

    def posting(self, row: Any, board: Board) -> Posting:
        """A job."""
        return Posting(
            board=board.id,
            ref=fields.ref(row, "slug"),
            url=fields.url(row, "url"),
            title=fields.line(row, "title"),
            company=fields.line(row, "company_name"),
            description=fields.markup(row, "description"),
            locations=fields.places(fields.maybe(row, "location")),
            workplace="remote" if fields.flag(row, "remote") else None,
            employment=", ".join(fields.lines(row, "job_types")) or None,
            department=", ".join(fields.lines(row, "tags")) or None,
            posted=fields.epoch(row, "created_at"),
        )
