"""Oracle Recruiting Cloud: the REST resource that careers sites read. https://docs.oracle.com (Recruiting CE)"""

from typing import Any

from crawlers.boards import BoardSpider
from crawlers.records import Record, spots
from pipeline.models import Board, Posting

API = "https://{host}/hcmRestApi/resources/latest/recruitingCEJobRequisition"
FINDER = "findReqs;siteNumber={site},keyword=%22{search}%22,limit={limit},offset={offset},sortBy=POSTING_DATES_DESC"
ABOUT = ("CorporateDescriptionStr", "OrganizationDescriptionStr")


class Oracle(BoardSpider):
    """What a site finds for `search`, newest first, page by page; texts, in up to five parts, are their own answers.

    `host` is like acme.fa.us2.oraclecloud.com, `site` the word after /sites/, like CX_1. The list comes empty where
    `expand` is not asked; `hasMore` is not relied on. Unverified: that TotalJobsCount counts the whole search.
    """

    name = "oracle"
    url = f"{API}s?onlyData=true&expand=requisitionList.workLocation,requisitionList.secondaryLocations&finder={FINDER}"
    page = "https://{host}/hcmUI/CandidateExperience/en/sites/{site}/job/{ref}"
    detail = f"{API}Details?onlyData=true&expand=all&finder=ById;Id=%22{{ref}}%22,siteNumber={{site}}"
    page_size = 25
    listing, counted = ("items", "0", "requisitionList"), ("items", "0", "TotalJobsCount")
    options, defaults = ("host", "site"), (("search", "intern"),)
    record = Record(ref="Id", title="Title", requisition="Id", posted="PostedDate", workplace="WorkplaceTypeCode")
    detailing = ("items", "0")
    detail_record = Record(
        description=("ExternalDescriptionStr", "ExternalResponsibilitiesStr", "ExternalQualificationsStr", *ABOUT),
        workplace=("WorkplaceTypeCode", "WorkplaceType"), employment=("JobSchedule", "JobType"),
        department=("Category", "JobFunction"), posted="ExternalPostedStartDate",
    )  # fmt: skip
    expected = (("WorkplaceTypeCode", ("ORA_REMOTE", "ORA_HYBRID", "ORA_ON_SITE")),)

    def posting(self, row: Any, board: Board) -> Posting:
        """A requisition, with every place."""
        return self.read(row, board, locations=(*spots(row, "PrimaryLocation"), *spots(row, "secondaryLocations")))
