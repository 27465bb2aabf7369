"""Gem careers pages: the GraphQL that they read, which is undocumented. https://jobs.gem.com"""

from typing import Any

from scrapy.http import JsonRequest

from crawlers.boards import BoardSpider, Record
from pipeline.models import Board, Posting

LIST = """query JobBoardList($boardId: String!) { oatsExternalJobPostings(boardId: $boardId) { jobPostings { extId title
  locations { name city isoCountry isRemote } job { department { name } locationType employmentType } } } }"""
DETAIL = """query ExternalJobPostingQuery($boardId: String!, $extId: String!) {
  oatsExternalJobPosting(boardId: $boardId, extId: $extId) { firstPublishedTsSec descriptionHtml compensationHtml } }"""


class Gem(BoardSpider):
    """One answer lists the board; text, date and pay in words are answers of their own, each alone in its batch.

    The interface may change at any time. Unverified: what an unknown board answers.
    """

    name = "gem"
    url = "https://jobs.gem.com/api/public/graphql/batch"
    page = "https://jobs.gem.com/{slug}/{ref}"
    empty_is_unknown = True
    listing = ("0", "data", "oatsExternalJobPostings", "jobPostings")
    record = Record(
        ref="extId", title="title", locations="locations", workplace="job.locationType",
        employment="job.employmentType", department="job.department.name",
    )  # fmt: skip
    detailing = ("0", "data", "oatsExternalJobPosting")
    detail_record = Record(description=("descriptionHtml", "compensationHtml"), posted="firstPublishedTsSec")

    def request(self, board: Board, page: Any) -> JsonRequest:
        """The query for the listing."""
        asked = {"operationName": "JobBoardList", "query": LIST, "variables": {"boardId": board.slug}}
        return JsonRequest(self.url, data=[asked])

    def detail_request(self, posting: Posting, board: Board) -> JsonRequest:
        """The query for one posting."""
        variables = {"boardId": board.slug, "extId": posting.ref}
        return JsonRequest(
            self.url, data=[{"operationName": "ExternalJobPostingQuery", "query": DETAIL, "variables": variables}]
        )
