"""Oracle Recruiting Cloud: the REST resource that careers sites read. https://docs.oracle.com (Recruiting CE)"""

from dataclasses import replace
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting

API = "https://{host}/hcmRestApi/resources/latest/recruitingCEJobRequisition"
FINDER = "findReqs;siteNumber={site},keyword=%22{search}%22,limit={limit},offset={offset},sortBy=POSTING_DATES_DESC"
WORKPLACES = {"ORA_REMOTE": "remote", "ORA_HYBRID": "hybrid", "ORA_ON_SITE": "onsite"}
ABOUT = ("CorporateDescriptionStr", "OrganizationDescriptionStr")
TEXTS = ("ExternalDescriptionStr", "ExternalResponsibilitiesStr", "ExternalQualificationsStr", *ABOUT)


class Oracle(BoardSpider):
    """What a site finds for `search`, newest first, page by page; the texts are answers of their own.

    `host` is like acme.fa.us2.oraclecloud.com, `site` the word after /sites/, like CX_1. The list comes empty where
    `expand` is not asked; `hasMore` is not relied on. Unverified: that TotalJobsCount counts the whole search.
    """

    name = "oracle"
    url = f"{API}s?onlyData=true&expand=requisitionList.workLocation,requisitionList.secondaryLocations&finder={FINDER}"
    detail = f"{API}Details?onlyData=true&expand=all&finder=ById;Id=%22{{ref}}%22,siteNumber={{site}}"
    page_size = 25
    listing = ("requisitionList",)
    counted = ("TotalJobsCount",)
    identifier = "Id"
    options = ("host", "site")
    defaults = (("search", "intern"),)

    def decode(self, body: bytes) -> Any:
        """The one item of an answer."""
        return super().decode(body)["items"][0]

    def posting(self, row: Any, board: Board) -> Posting:
        """A requisition."""
        ref = fields.ref(row, "Id")
        elsewhere = (fields.maybe(place, "Name") for place in fields.rows(row, "secondaryLocations"))
        return Posting(
            board=board.id,
            ref=ref,
            url=self.address("https://{host}/hcmUI/CandidateExperience/en/sites/{site}/job/{ref}", board, ref=ref),
            title=fields.line(row, "Title"),
            company=board.company,
            description="",
            locations=fields.places(fields.maybe(row, "PrimaryLocation"), *elsewhere),
            workplace=WORKPLACES.get(fields.maybe(row, "WorkplaceTypeCode") or ""),
            posted=fields.day(row, "PostedDate"),
            requisition=ref,
        )

    def detailed(self, body: bytes, posting: Posting, board: Board) -> Posting:
        """The text, in up to five parts."""
        job = self.decode(body)
        return replace(posting, description=fields.together(*(fields.markup(job, name) for name in TEXTS)))
