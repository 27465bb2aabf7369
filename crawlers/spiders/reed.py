"""Reed, jobs in the United Kingdom. https://www.reed.co.uk/developers/jobseeker: free key in REED_KEY"""

import os
from dataclasses import replace
from typing import Any

from w3lib.http import basic_auth_header

from crawlers import fields
from crawlers.boards import BoardSpider, Record
from pipeline.models import Board, Posting


class Reed(BoardSpider):
    """What it finds for `search`, with the beginning of each text; whole texts are answers of their own."""

    name = "reed"
    url = "https://www.reed.co.uk/api/1.0/search?keywords={search}&resultsToTake={limit}&resultsToSkip={offset}"
    detail = "https://www.reed.co.uk/api/1.0/jobs/{ref}"
    defaults = (("search", "machine learning intern"),)
    page_size = 100
    listing, counted = ("results",), ("totalResults",)
    record = Record(
        ref="jobId", url="jobUrl", title="jobTitle", company="employerName", description="jobDescription",
        locations="locationName",
    )  # fmt: skip
    detail_record = Record(
        employment="contractType", apply_url="externalUrl",
        pay=("minimumSalary", "maximumSalary", "currency", "salaryType"),
    )  # fmt: skip

    def headers(self) -> dict[str, str]:
        """The key, as a user's name without a password."""
        return {"Authorization": basic_auth_header(os.environ["REED_KEY"], "").decode()}

    def posting(self, row: Any, board: Board) -> Posting:
        posted, deadline = (fields.written(row, "%d/%m/%Y", name) for name in ("date", "expirationDate"))
        return self.read(row, board, posted=posted, deadline=deadline)

    def detailed(self, body: bytes, posting: Posting, board: Board) -> Posting:
        """The whole text in place of its beginning."""
        text = fields.markup(self.detail_row(body), "jobDescription")
        return replace(super().detailed(body, posting, board), description=text or posting.description)
