"""Jobicy. https://jobicy.com/jobs-rss-feed: a few times a day, with credit."""

from __future__ import annotations

import html
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting


class Jobicy(BoardSpider):
    """The newest fifty remote jobs, which is the most it gives."""

    name = "jobicy"
    url = "https://jobicy.com/api/v2/remote-jobs?count=50"
    listing = ("jobs",)
    newest_only = True

    def posting(self, row: Any, board: Board) -> Posting:
        """A job; its industry is written with entities."""
        return Posting(
            board=board.id,
            ref=fields.ref(row, "id"),
            url=fields.url(row, "url"),
            title=html.unescape(fields.line(row, "jobTitle")),
            company=html.unescape(fields.line(row, "companyName")),
            description=fields.markup(row, "jobDescription") or fields.markup(row, "jobExcerpt"),
            locations=fields.places(fields.maybe(row, "jobGeo")),
            workplace="remote",
            employment=", ".join(fields.lines(row, "jobType")) or None,
            department=html.unescape(", ".join(fields.lines(row, "jobIndustry"))) or None,
            pay=fields.pay(row, "salaryMin", "salaryMax", "salaryCurrency", "salaryPeriod"),
            posted=fields.moment(row, "pubDate"),
        )
