"""Rippling careers pages: the JSON they read. https://developer.rippling.com needs a key."""

from crawlers.boards import BoardSpider, Record


class Rippling(BoardSpider):
    """One answer lists at most 1,000 rows, one for each place of a job; text and date are answers of their own.

    The rows of one uuid are one posting. Where there are several pay ranges, the first counts.
    """

    name = "rippling"
    url = "https://api.rippling.com/platform/api/ats/v1/board/{slug}/jobs"
    detail = f"{url}/{{ref}}"
    most = 1_000
    record = Record(ref="uuid", url="url", title="name", locations="workLocation", department="department")
    detail_record = Record(
        description=("description.company", "description.role"), locations="workLocations",
        employment="employmentType", posted="createdOn",
        pay=tuple(f"payRangeDetails.0.{name}" for name in ("rangeStart", "rangeEnd", "currency", "frequency")),
    )  # fmt: skip
