"""USAJOBS, jobs of the US federal government. https://developer.usajobs.gov/api-reference/get-api-search

Free key in USAJOBS_KEY, asked with the address it was given to, in USAJOBS_EMAIL.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import scrapy

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Pay, Posting

RATES = {"PA": "year", "PH": "hour", "PD": "day", "PM": "month", "PW": "week"}
DUTIES = ("UserArea", "Details", "MajorDuties")


class UsaJobs(BoardSpider):
    """What it finds for students and `search`, with summaries and duties.

    Unverified: codes of pay other than PA and PH; that `MajorDuties` is a list, as its documentation has it.
    """

    name = "usajobs"
    url = "https://data.usajobs.gov/api/Search?Keyword={search}&HiringPath=student&ResultsPerPage={limit}&Page={page}"
    defaults = (("search", "machine learning"),)
    first_page = 1
    page_size = 250
    identifier = "MatchedObjectId"
    listing = ("SearchResult", "SearchResultItems")
    counted = ("SearchResult", "SearchResultCountAll")

    def request(self, board: Board, page: Any) -> scrapy.Request:
        """A page; the interface wants the key's owner for a user agent."""
        keys = {"User-Agent": os.environ["USAJOBS_EMAIL"], "Authorization-Key": os.environ["USAJOBS_KEY"]}
        return scrapy.Request(self.address(self.url, board, page=page), headers=keys)

    def posting(self, row: Any, board: Board) -> Posting:
        """A vacancy."""
        job = row["MatchedObjectDescriptor"]
        summary = fields.markup(job, "UserArea", "Details", "JobSummary")
        duties = (fields.markup({"duty": duty}, "duty") for duty in fields.rows(job, *DUTIES))
        qualifications = fields.markup(job, "QualificationSummary")
        places = (fields.maybe(place, "LocationName") for place in fields.rows(job, "PositionLocation"))
        return Posting(
            board=board.id,
            ref=fields.ref(row, "MatchedObjectId"),
            url=fields.url(job, "PositionURI"),
            title=fields.line(job, "PositionTitle"),
            company=fields.line(job, "OrganizationName"),
            description=fields.together(summary, *duties, fields.section("Qualifications", qualifications)),
            locations=fields.places(*places) or fields.places(fields.maybe(job, "PositionLocationDisplay")),
            workplace="remote" if fields.flag(job, "UserArea", "Details", "RemoteIndicator") else None,
            department=fields.maybe(job, "DepartmentName"),
            pay=pay(fields.rows(job, "PositionRemuneration")),
            posted=fields.moment(job, "PublicationStartDate"),
            deadline=fields.day(job, "ApplicationCloseDate"),
        )


def pay(ranges: Sequence[Any]) -> Pay | None:
    """The first range, in dollars."""
    if not ranges:
        return None
    ends = (fields.numeral(ranges[0], "MinimumRange"), fields.numeral(ranges[0], "MaximumRange"))
    return fields.pay_range(ends, "USD", RATES.get(fields.maybe(ranges[0], "RateIntervalCode") or ""))
