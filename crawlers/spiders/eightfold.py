"""Eightfold careers sites: the interfaces they read. The one it documents (https://docs.eightfold.ai) needs a key."""

from crawlers.boards import BoardSpider, Record


class Eightfold(BoardSpider):
    """What a site finds for `search`, ten at a time whatever one asks; the texts are answers of their own.

    `domain` is the employer's, like acme.com. Unverified: `count`, and that every site of this interface answers the
    details of the newer one (PCSX) too.
    """

    name = "eightfold"
    url = "https://{slug}.eightfold.ai/api/apply/v2/jobs?domain={domain}&query={search}&start={offset}&num={limit}"
    detail = "https://{slug}.eightfold.ai/api/pcsx/position_details?position_id={ref}&domain={domain}&hl=en"
    page_size = 10
    listing, counted = ("positions",), ("count",)
    options = ("domain",)
    defaults = (("search", "intern"),)
    record = Record(
        ref="id", url="canonicalPositionUrl", title=("posting_name", "name"),
        locations=("locations", "location"), workplace=("work_location_option", "workLocationOption"),
        department=("department", "business_unit"), posted="t_create", updated="t_update",
        requisition="display_job_id",
    )  # fmt: skip
    detailing = ("data",)
    detail_record = Record(description="jobDescription")
