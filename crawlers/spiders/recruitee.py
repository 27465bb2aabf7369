"""Recruitee (Tellent) careers sites. https://docs.recruitee.com/reference/intro-to-careers-site-api"""

from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider, Record
from pipeline.models import Board, Posting

WORKPLACES = {"remote": "remote", "hybrid": "hybrid", "on_site": "onsite"}


class Recruitee(BoardSpider):
    """The Careers Site API: one answer with the texts; `careers_url` is often on the employer's own domain.

    `location` is the first of its `locations` in one line.
    """

    name = "recruitee"
    url = "https://{slug}.recruitee.com/api/offers/"
    listing = ("offers",)
    record = Record(
        ref="id", url="careers_url", title="title", description=("description", "requirements"),
        employment="employment_type_code", department="department", posted=("published_at", "created_at"),
        updated="updated_at", deadline="close_at", apply_url="careers_apply_url",
        pay=("salary.min", "salary.max", "salary.currency", "salary.period"),
    )  # fmt: skip

    def posting(self, row: Any, board: Board) -> Posting | None:
        """An offer that is published."""
        if fields.maybe(row, "status") not in (None, "published"):
            return None
        modes = [workplace for key, workplace in WORKPLACES.items() if fields.flag(row, key)]
        first = fields.maybe(row, "location") or fields.place(row, "city", "state_name", "country")
        every = [p for p in fields.rows(row, "locations") if (fields.maybe(p, "city") or "") not in (first or "")]
        places = (fields.place(p, "city", "state", "country") or fields.maybe(p, "name") for p in every)
        mode = modes[0] if len(modes) == 1 else None
        return self.read(row, board, locations=fields.places(first, *places), workplace=mode)
