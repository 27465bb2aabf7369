"""Ashby job boards. https://developers.ashbyhq.com/docs/public-job-posting-api"""

from __future__ import annotations

from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Pay, Posting

WORKPLACES = {"remote": "remote", "hybrid": "hybrid", "onsite": "onsite"}
PERIODS = {"1 HOUR": "hour", "1 DAY": "day", "1 WEEK": "week", "1 MONTH": "month", "1 YEAR": "year"}


class Ashby(BoardSpider):
    """The public posting API: one answer, slow (about 10 s); unlisted postings are among the rows.

    One report has an unknown board answer like an empty one, so an empty listing proves nothing.
    """

    name = "ashby"
    url = "https://api.ashbyhq.com/posting-api/job-board/{slug}?includeCompensation=true"
    empty_is_unknown = True
    listing = ("jobs",)

    def posting(self, row: Any, board: Board) -> Posting | None:
        """A posting that is listed; `workplaceType` is right where `isRemote` contradicts it."""
        if fields.flag(row, "isListed") is False:
            return None
        workplace = fields.maybe(row, "workplaceType")
        remote = "remote" if fields.flag(row, "isRemote") else None
        elsewhere = (fields.maybe(place, "location") for place in fields.rows(row, "secondaryLocations"))
        return Posting(
            board=board.id,
            ref=fields.ref(row, "id"),
            url=fields.url(row, "jobUrl"),
            title=fields.line(row, "title"),
            company=board.company,
            description=fields.markup(row, "descriptionHtml") or fields.markup(row, "descriptionPlain"),
            locations=fields.places(fields.maybe(row, "location") or address(row), *elsewhere),
            workplace=WORKPLACES.get(workplace.lower()) if workplace else remote,
            employment=fields.maybe(row, "employmentType"),
            department=fields.maybe(row, "department") or fields.maybe(row, "team"),
            pay=pay(row),
            posted=fields.moment(row, "publishedAt"),
            apply_url=fields.maybe_url(row, "applyUrl"),
        )


def address(row: Any) -> str | None:
    """The postal address in one line."""
    parts = ("addressLocality", "addressRegion", "addressCountry")
    return ", ".join(fields.places(*(fields.maybe(row, "address", "postalAddress", part) for part in parts))) or None


def pay(row: Any) -> Pay | None:
    """The salary among the components of `compensation`."""
    for part in fields.rows(row, "compensation", "summaryComponents"):
        period = PERIODS.get(fields.maybe(part, "interval") or "")
        ends = [n for n in (fields.number(part, "minValue"), fields.number(part, "maxValue")) if n]
        currency = fields.maybe(part, "currencyCode")
        if fields.maybe(part, "compensationType") == "Salary" and ends and currency and period:
            return Pay(min(ends), max(ends), currency, period)
    return None
