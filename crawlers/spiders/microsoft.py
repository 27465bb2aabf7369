"""Microsoft careers: Eightfold's newer interface (PCSX) on a host of its own. https://careers.microsoft.com"""

from crawlers.boards import BoardSpider, Record

API = "https://apply.careers.microsoft.com/api/pcsx"


class Microsoft(BoardSpider):
    """What the site finds for `search`, newest first, ten at a time. One board, of any name.

    Unverified: robots.txt of the host. `workLocationOption` may be a sentence, which is no word for a workplace.
    """

    name = "microsoft"
    url = f"{API}/search?domain=microsoft.com&query={{search}}&location=&start={{offset}}&sort_by=timestamp"
    page = "https://apply.careers.microsoft.com/careers/job/{ref}"
    detail = f"{API}/position_details?position_id={{ref}}&domain=microsoft.com&hl=en"
    page_size = 10
    listing, counted = ("data", "positions"), ("data", "count")
    defaults = (("search", "intern"),)
    record = Record(
        ref="id", title="name", locations=("standardizedLocations", "locations"),
        workplace="workLocationOption", department="department", posted=("postedTs", "creationTs"),
        requisition="displayJobId",
    )  # fmt: skip
    detailing = ("data",)
    detail_record = Record(description="jobDescription")
