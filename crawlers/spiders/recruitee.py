"""Recruitee (Tellent) careers sites. https://docs.recruitee.com/reference/intro-to-careers-site-api"""

from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting

WORKPLACES = {"remote": "remote", "hybrid": "hybrid", "on_site": "onsite"}


class Recruitee(BoardSpider):
    """The Careers Site API: one answer with the texts; `careers_url` is often on the employer's own domain."""

    name = "recruitee"
    url = "https://{slug}.recruitee.com/api/offers/"
    listing = ("offers",)

    def posting(self, row: Any, board: Board) -> Posting | None:
        """An offer that is published; `location` is the first of its `locations` in one line."""
        if fields.maybe(row, "status") not in (None, "published"):
            return None
        modes = [workplace for key, workplace in WORKPLACES.items() if fields.flag(row, key)]
        first, every = fields.maybe(row, "location"), fields.rows(row, "locations")
        elsewhere = [place for place in every if (fields.maybe(place, "city") or "") not in (first or "")]
        return Posting(
            board=board.id,
            ref=fields.ref(row, "id"),
            url=fields.url(row, "careers_url"),
            title=fields.line(row, "title"),
            company=board.company,
            description=fields.together(fields.markup(row, "description"), fields.markup(row, "requirements")),
            locations=fields.places(first, *(fields.place(p, "city", "state", "country") for p in elsewhere)),
            workplace=modes[0] if len(modes) == 1 else None,
            employment=fields.maybe(row, "employment_type_code"),
            department=fields.maybe(row, "department"),
            pay=fields.pay(fields.dig(row, "salary"), "min", "max", "currency", "period"),
            posted=fields.moment(row, "published_at") or fields.moment(row, "created_at"),
            updated=fields.moment(row, "updated_at"),
            deadline=fields.day(row, "close_at"),
            apply_url=fields.maybe_url(row, "careers_apply_url"),
        )
