"""Gem careers pages: the GraphQL that they read, which is undocumented. https://jobs.gem.com"""

from dataclasses import replace
from typing import Any

from scrapy.http import JsonRequest

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting

LIST = """query JobBoardList($boardId: String!) { oatsExternalJobPostings(boardId: $boardId) { jobPostings { extId title
  locations { name city isoCountry isRemote } job { department { name } locationType employmentType } } } }"""
DETAIL = """query ExternalJobPostingQuery($boardId: String!, $extId: String!) {
  oatsExternalJobPosting(boardId: $boardId, extId: $extId) { firstPublishedTsSec descriptionHtml compensationHtml } }"""
WORKPLACES = {"REMOTE": "remote", "HYBRID": "hybrid", "IN_OFFICE": "onsite", "ONSITE": "onsite"}


class Gem(BoardSpider):
    """One answer lists the board; text and date are answers of their own.

    Unverified, as the interface may change at any time: all of it, the words of `locationType` above all.
    """

    name = "gem"
    url = "https://jobs.gem.com/api/public/graphql/batch"
    identifier = "extId"
    empty_is_unknown = True

    def request(self, board: Board, page: Any) -> JsonRequest:
        """The query for the listing, alone in its batch."""
        return JsonRequest(
            self.url, data=[{"operationName": "JobBoardList", "query": LIST, "variables": {"boardId": board.slug}}]
        )

    def rows(self, answer: Any, board: Board) -> Any:
        """The postings in the answer to the one query."""
        return answer[0]["data"]["oatsExternalJobPostings"]["jobPostings"]

    def posting(self, row: Any, board: Board) -> Posting:
        """A posting; a place has a name, or parts."""
        ref, every = fields.ref(row, "extId"), fields.rows(row, "locations")
        named = (fields.maybe(place, "name") or fields.place(place, "city", "isoCountry") for place in every)
        return Posting(
            board=board.id,
            ref=ref,
            url=self.address("https://jobs.gem.com/{slug}/{ref}", board, ref=ref),
            title=fields.line(row, "title"),
            company=board.company,
            description="",
            locations=fields.places(*named),
            workplace=WORKPLACES.get((fields.maybe(row, "job", "locationType") or "").upper()),
            employment=fields.maybe(row, "job", "employmentType"),
            department=fields.maybe(row, "job", "department", "name"),
        )

    def detail_request(self, posting: Posting, board: Board) -> JsonRequest:
        """The query for one posting."""
        asked = {"operationName": "ExternalJobPostingQuery", "query": DETAIL}
        return JsonRequest(self.url, data=[asked | {"variables": {"boardId": board.slug, "extId": posting.ref}}])

    def detailed(self, body: bytes, posting: Posting, board: Board) -> Posting:
        """Text, date, and pay in words."""
        job = self.decode(body)[0]["data"]["oatsExternalJobPosting"]
        text = fields.together(fields.markup(job, "descriptionHtml"), fields.markup(job, "compensationHtml"))
        return replace(posting, description=text, posted=fields.epoch(job, "firstPublishedTsSec"))
