"""Reed, jobs in the United Kingdom. https://www.reed.co.uk/developers/jobseeker: free key in REED_KEY"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime
from typing import Any

import scrapy
from w3lib.http import basic_auth_header

from crawlers import fields
from crawlers.boards import BoardSpider
from crawlers.fields import Unreadable
from pipeline.models import Board, Posting

PERIODS = {"per annum": "year", "per month": "month", "per week": "week", "per day": "day", "per hour": "hour"}


class Reed(BoardSpider):
    """What it finds for `search`; whole texts are answers of their own.

    Unverified: `salaryType`, `contractType` and `externalUrl` of the details, as its documentation has them.
    """

    name = "reed"
    url = "https://www.reed.co.uk/api/1.0/search?keywords={search}&resultsToTake={limit}&resultsToSkip={offset}"
    detail = "https://www.reed.co.uk/api/1.0/jobs/{ref}"
    defaults = (("search", "machine learning intern"),)
    page_size = 100
    identifier = "jobId"
    listing = ("results",)
    counted = ("totalResults",)

    def request(self, board: Board, page: Any) -> scrapy.Request:
        """A page."""
        return keyed(self.address(self.url, board, page=page))

    def posting(self, row: Any, board: Board) -> Posting:
        """A job, with the beginning of its text."""
        return Posting(
            board=board.id,
            ref=fields.ref(row, "jobId"),
            url=fields.url(row, "jobUrl"),
            title=fields.line(row, "jobTitle"),
            company=fields.line(row, "employerName"),
            description=fields.markup(row, "jobDescription"),
            locations=fields.places(fields.maybe(row, "locationName")),
            posted=day(row, "date"),
            deadline=day(row, "expirationDate"),
        )

    def detail_request(self, posting: Posting, board: Board) -> scrapy.Request:
        """The job's own answer."""
        return keyed(self.address(self.detail, board, ref=posting.ref))

    def detailed(self, body: bytes, posting: Posting, board: Board) -> Posting:
        """The whole text, pay and where to apply."""
        job = self.decode(body)
        ends = (fields.number(job, "minimumSalary"), fields.number(job, "maximumSalary"))
        period = PERIODS.get((fields.maybe(job, "salaryType") or "").lower())
        return replace(
            posting,
            description=fields.markup(job, "jobDescription") or posting.description,
            pay=fields.pay_range(ends, fields.maybe(job, "currency"), period),
            employment=fields.maybe(job, "contractType"),
            apply_url=fields.maybe_url(job, "externalUrl"),
        )


def keyed(url: str) -> scrapy.Request:
    """A request with the key as its user's name, and no password."""
    return scrapy.Request(url, headers={"Authorization": basic_auth_header(os.environ["REED_KEY"], "")})


def day(row: Any, name: str) -> str | None:
    """The date of a field like 21/11/2026."""
    words = fields.maybe(row, name)
    try:
        return datetime.strptime(words, "%d/%m/%Y").date().isoformat() if words else None
    except ValueError as error:
        raise Unreadable(f"{name}: not a date: {words!r:.40}") from error
