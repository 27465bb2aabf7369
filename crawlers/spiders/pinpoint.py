"""Pinpoint careers pages: their JSON. The interface it documents (https://developers.pinpointhq.com) needs a key."""

from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting

WORKPLACES = {"remote": "remote", "hybrid": "hybrid", "onsite": "onsite", "on_site": "onsite"}
SECTIONS = ("key_responsibilities", "skills_knowledge_expertise", "benefits")
PAY = ("compensation_minimum", "compensation_maximum", "compensation_currency", "compensation_frequency")


class Pinpoint(BoardSpider):
    """One answer with the texts, in parts; it has no date of posting."""

    name = "pinpoint"
    url = "https://{slug}.pinpointhq.com/postings.json"
    listing = ("data",)

    def posting(self, row: Any, board: Board) -> Posting:
        """A posting; pay counts where the employer shows it."""
        parts = (fields.section(fields.maybe(row, f"{name}_header"), fields.markup(row, name)) for name in SECTIONS)
        home = self.address("https://{slug}.pinpointhq.com/", board)
        return Posting(
            board=board.id,
            ref=fields.ref(row, "id"),
            url=fields.maybe_url(row, "url") or home + fields.line(row, "path").lstrip("/"),
            title=fields.line(row, "title"),
            company=board.company,
            description=fields.together(fields.markup(row, "description"), *parts),
            locations=fields.places(fields.maybe(row, "location", "name") or fields.maybe(row, "location", "city")),
            workplace=WORKPLACES.get(fields.maybe(row, "workplace_type") or ""),
            employment=fields.maybe(row, "employment_type_text") or fields.maybe(row, "employment_type"),
            department=fields.maybe(row, "job", "department", "name") or fields.maybe(row, "department", "name"),
            pay=fields.pay(row, *PAY) if fields.flag(row, "compensation_visible") else None,
            deadline=fields.day(row, "deadline_at"),
            requisition=fields.maybe(row, "job", "requisition_id"),
        )
