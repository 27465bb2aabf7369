"""USAJOBS, jobs of the US federal government. https://developer.usajobs.gov/api-reference/get-api-search

Free key in USAJOBS_KEY, asked with the address it was given to, in USAJOBS_EMAIL.
"""

import os
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from crawlers.records import Record, spots
from pipeline.models import Board, Pay, Posting

JOB, DETAILS = "MatchedObjectDescriptor", ("MatchedObjectDescriptor", "UserArea", "Details")
RATES = {"PA": "year", "PH": "hour", "PD": "day", "PM": "month", "PW": "week"}


class UsaJobs(BoardSpider):
    """What it finds for students and `search`, with summaries and duties."""

    name = "usajobs"
    url = "https://data.usajobs.gov/api/Search?Keyword={search}&HiringPath=student&ResultsPerPage={limit}&Page={page}"
    defaults = (("search", "machine learning"),)
    first_page, page_size = 1, 250
    listing, counted = ("SearchResult", "SearchResultItems"), ("SearchResult", "SearchResultCountAll")
    record = Record(
        ref="MatchedObjectId", url=f"{JOB}.PositionURI", title=f"{JOB}.PositionTitle",
        company=f"{JOB}.OrganizationName", workplace=f"{JOB}.UserArea.Details.RemoteIndicator",
        department=f"{JOB}.DepartmentName", posted=f"{JOB}.PublicationStartDate",
        deadline=f"{JOB}.ApplicationCloseDate", apply_url=f"{JOB}.ApplyURI.0", requisition=f"{JOB}.PositionID",
    )  # fmt: skip

    def headers(self) -> dict[str, str]:
        """The key; the interface wants its owner for a user agent."""
        return {"User-Agent": os.environ["USAJOBS_EMAIL"], "Authorization-Key": os.environ["USAJOBS_KEY"]}

    def posting(self, row: Any, board: Board) -> Posting:
        job = row[JOB]
        duties = (fields.markup({"duty": duty}, "duty") for duty in _several(fields.dig(row, *DETAILS, "MajorDuties")))
        needed = fields.section("Qualifications", fields.markup(job, "QualificationSummary"))
        places = (fields.maybe(place, "LocationName") for place in fields.rows(job, "PositionLocation"))
        kinds = fields.places(*spots(job, "PositionSchedule"), *spots(job, "PositionOfferingType"))
        return self.read(
            row,
            board,
            description=fields.together(fields.markup(row, *DETAILS, "JobSummary"), *duties, needed),
            locations=fields.places(*places) or spots(job, "PositionLocationDisplay"),
            employment=", ".join(kinds) or None,
            pay=pay(fields.dig(job, "PositionRemuneration", "0")),
        )


def pay(stated: Any) -> Pay | None:
    """The first range, in dollars; its period is a code, or words."""
    rate = fields.maybe(stated, "RateIntervalCode") or ""
    period = RATES.get(rate) or fields.maybe(stated, "Description") or rate
    return fields.pay_range([fields.numeral(stated, f"{end}Range") for end in ("Minimum", "Maximum")], "USD", period)


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
