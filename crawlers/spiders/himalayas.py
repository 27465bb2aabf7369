"""Himalayas. https://himalayas.app/api: free, with a visible link to its pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting

PAGES = 20  # of 20 jobs; the newest come first
MILLISECONDS = 100_000_000_000  # a number above this is no count of seconds


class Himalayas(BoardSpider):
    """Internships from its search, newest first, 20 at a time whatever one asks.

    Unverified: the search's parameters, as other readers use them; its documentation has dates in milliseconds and
    places as objects, its answers have had seconds and names: both are read.
    """

    name = "himalayas"
    url = "https://himalayas.app/jobs/api/search?employment_type={employment}&sort=recent&page={page}"
    defaults = (("employment", "Intern"),)
    first_page = 1
    page_size = 20
    identifier = "guid"
    listing = ("jobs",)
    newest_only = True

    def following(self, answer: Any, rows: Sequence[Any], page: Any) -> Any:
        """The next number, while pages are full and not too many."""
        return super().following(answer, rows, page) if page + 1 < PAGES else None

    def posting(self, row: Any, board: Board) -> Posting:
        """A job; nothing in `locationRestrictions` means anywhere."""
        places = fields.rows(row, "locationRestrictions")
        return Posting(
            board=board.id,
            ref=fields.ref(row, "guid"),
            url=fields.url(row, "applicationLink"),
            title=fields.line(row, "title"),
            company=fields.line(row, "companyName"),
            description=fields.markup(row, "description") or fields.markup(row, "excerpt"),
            locations=fields.places(*(fields.maybe(p if isinstance(p, dict) else {"name": p}, "name") for p in places)),
            workplace="remote",
            employment=fields.maybe(row, "employmentType"),
            department=", ".join(fields.lines(row, "parentCategories")) or None,
            pay=fields.pay(row, "minSalary", "maxSalary", "currency", "salaryPeriod"),
            posted=moment(row, "pubDate"),
            deadline=(moment(row, "expiryDate") or "")[:10] or None,
        )


def moment(row: Any, name: str) -> str | None:
    """A time since 1970, in seconds or in milliseconds."""
    value = fields.number(row, name)
    return fields.epoch(row, name, per_second=1000 if value and value > MILLISECONDS else 1)
