"""Personio careers pages. https://developer.personio.de/docs/retrieving-open-job-positions"""

from typing import Any

from crawlers import fields
from crawlers.answers import xml_answer
from crawlers.boards import BoardSpider, Record
from pipeline.models import Board, Posting


class Personio(BoardSpider):
    """The documented XML feed: one answer, with the texts in English where the employer wrote them.

    It holds no addresses: a position's page follows from its id. The .com host sends the same bytes. An unknown
    employer answers 404; a position that is listed again is at one more office.
    """

    name = "personio"
    url = "https://{slug}.jobs.personio.de/xml?language=en"
    page = "https://{slug}.jobs.personio.de/job/{ref}"
    record = Record(
        ref="id", title="name", employment="employmentType", department=("department", "recruitingCategory"),
        posted="createdAt",
    )  # fmt: skip

    def decode(self, body: bytes) -> Any:
        """The positions."""
        answer = xml_answer(body, "workzag-jobs", many=("position", "office", "jobDescription"))
        return fields.rows(answer, "position")

    def posting(self, row: Any, board: Board) -> Posting:
        parts = fields.rows(row, "jobDescriptions", "jobDescription")
        texts = (fields.section(fields.maybe(part, "name"), fields.markup(part, "value")) for part in parts)
        offices = fields.lines(row, "office") + fields.lines(row, "additionalOffices", "office")
        return self.read(row, board, description=fields.together(*texts), locations=fields.places(*offices))
