"""Ashby job boards. https://developers.ashbyhq.com/docs/public-job-posting-api"""

from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from crawlers.records import Record, workplace
from pipeline.models import Board, Pay, Posting


class Ashby(BoardSpider):
    """The public posting API: one answer, slow (about 10 s); unlisted postings are among the rows.

    One report has an unknown board answer like an empty one, so an empty listing proves nothing.
    """

    name = "ashby"
    url = "https://api.ashbyhq.com/posting-api/job-board/{slug}?includeCompensation=true"
    empty_is_unknown = True
    listing = ("jobs",)
    record = Record(
        ref="id", url="jobUrl", title="title", employment="employmentType",
        department=("department", "team"), posted="publishedAt", apply_url="applyUrl",
    )  # fmt: skip

    expected = (
        ("workplaceType", ("OnSite", "Hybrid", "Remote")),
        ("employmentType", ("FullTime", "PartTime", "Intern", "Contract", "Temporary")),
    )

    def posting(self, row: Any, board: Board) -> Posting | None:
        """A posting that is listed; `workplaceType` is right where `isRemote` contradicts it."""
        if fields.flag(row, "isListed") is False:
            return None
        places = (fields.maybe(place, "location") or address(place) for place in fields.rows(row, "secondaryLocations"))
        stated = "workplaceType" if fields.maybe(row, "workplaceType") else "isRemote"
        text = fields.markup(row, "descriptionHtml") or fields.markup(row, "descriptionPlain")
        return self.read(
            row,
            board,
            description=text,
            locations=fields.places(fields.maybe(row, "location") or address(row), *places),
            workplace=workplace(row, stated),
            pay=pay(row),
        )


def address(row: Any) -> str | None:
    """The postal address in one line."""
    postal = fields.dig(row, "address", "postalAddress")
    return fields.place(postal, "addressLocality", "addressRegion", "addressCountry")


def pay(row: Any) -> Pay | None:
    """The salary among the components of `compensation`, unless the employer does not show it."""
    if fields.flag(row, "shouldDisplayCompensationOnJobPostings") is False:
        return None
    parts = fields.rows(row, "compensation", "summaryComponents")
    salary = (part for part in parts if fields.maybe(part, "compensationType") == "Salary")
    stated = (fields.pay(part, "minValue", "maxValue", "currencyCode", "interval") for part in salary)
    return next(filter(None, stated), None)
