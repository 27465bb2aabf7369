"""Pinpoint careers pages: their JSON. The interface it documents (https://developers.pinpointhq.com) needs a key."""

from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider, Record
from pipeline.models import Board, Posting

SECTIONS = ("key_responsibilities", "skills_knowledge_expertise", "benefits")
PAY = ("compensation_minimum", "compensation_maximum", "compensation_currency", "compensation_frequency")


class Pinpoint(BoardSpider):
    """One answer with the texts, in parts; it has no date of posting. Pay counts where the employer shows it."""

    name = "pinpoint"
    url = "https://{slug}.pinpointhq.com/postings.json"
    listing = ("data",)
    record = Record(
        ref="id", title="title", locations=("location.name", "location.city"), workplace="workplace_type",
        employment=("employment_type_text", "employment_type"),
        department=("job.department.name", "department.name"), deadline="deadline_at",
        requisition="job.requisition_id",
    )  # fmt: skip

    def posting(self, row: Any, board: Board) -> Posting:
        parts = (fields.section(fields.maybe(row, f"{name}_header"), fields.markup(row, name)) for name in SECTIONS)
        home = self.address("https://{slug}.pinpointhq.com/", board)
        return self.read(
            row,
            board,
            url=fields.link(row, "url") or home + fields.line(row, "path").lstrip("/"),
            description=fields.together(fields.markup(row, "description"), *parts),
            pay=fields.pay(row, *PAY) if fields.flag(row, "compensation_visible") else None,
        )
