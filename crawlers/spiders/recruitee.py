"""Recruitee (Tellent) careers sites. https://docs.recruitee.com/reference/intro-to-careers-site-api"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Pay, Posting

WORKPLACES = {"remote": "remote", "hybrid": "hybrid", "on_site": "onsite"}
PERIODS = ("hour", "day", "week", "month", "year")


class Recruitee(BoardSpider):
    """The Careers Site API: one answer with the texts; `careers_url` is often on the employer's own domain.

    Unverified: periods of pay other than `year`, which real answers show.
    """

    name = "recruitee"
    url = "https://{slug}.recruitee.com/api/offers/"

    def rows(self, answer: Any, board: Board) -> Sequence[Any]:
        """`offers`, which must be there."""
        return answer["offers"]

    def posting(self, row: Any, board: Board) -> Posting | None:
        """An offer that is published; the text is in two parts."""
        if fields.maybe(row, "status") not in (None, "published"):
            return None
        modes = [workplace for key, workplace in WORKPLACES.items() if fields.flag(row, key)]
        return Posting(
            board=board.id,
            ref=fields.ref(row, "id"),
            url=fields.url(row, "careers_url"),
            title=fields.line(row, "title"),
            company=board.company,
            description=f"{fields.markup(row, 'description')}\n{fields.markup(row, 'requirements')}".strip(),
            locations=places(row),
            workplace=modes[0] if len(modes) == 1 else None,
            employment=fields.maybe(row, "employment_type_code"),
            department=fields.maybe(row, "department"),
            pay=pay(row),
            posted=fields.moment(row, "published_at") or fields.moment(row, "created_at"),
            updated=fields.moment(row, "updated_at"),
            deadline=fields.day(row, "close_at"),
            apply_url=fields.maybe_url(row, "careers_apply_url"),
        )


def places(row: Any) -> tuple[str, ...]:
    """`location` is the first place in one line, `locations` are all of them in parts."""
    first, every = fields.maybe(row, "location"), fields.rows(row, "locations")
    parts = [[fields.maybe(place, key) for key in ("city", "state", "country")] for place in every]
    elsewhere = (", ".join(fields.places(*place)) for place in parts if not (first and place[0] and place[0] in first))
    return fields.places(first, *elsewhere)


def pay(row: Any) -> Pay | None:
    """`salary`, whose ends are numbers or numerals."""
    ends = [n for n in (fields.numeral(row, "salary", end) for end in ("min", "max")) if n]
    currency, period = fields.maybe(row, "salary", "currency"), fields.maybe(row, "salary", "period")
    return Pay(min(ends), max(ends), currency, period) if ends and currency and period in PERIODS else None
