"""Personio careers pages. https://developer.personio.de/docs/retrieving-open-job-positions"""

from typing import Any

from crawlers import fields
from crawlers.answers import xml_answer
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting


class Personio(BoardSpider):
    """The documented XML feed: one answer, with the texts in English where the employer wrote them.

    It holds no addresses: a position's page follows from its id. The .com host sends the same bytes.
    """

    name = "personio"
    url = "https://{slug}.jobs.personio.de/xml?language=en"

    def decode(self, body: bytes) -> Any:
        """The positions; none is an empty board, as an unknown one answers 404."""
        answer = xml_answer(body, "workzag-jobs", many=("position", "office", "jobDescription"))
        return fields.rows(answer, "position")

    def posting(self, row: Any, board: Board) -> Posting:
        """A position; one that is listed again is at one more office."""
        parts = fields.rows(row, "jobDescriptions", "jobDescription")
        ref = fields.ref(row, "id")
        return Posting(
            board=board.id,
            ref=ref,
            url=self.address("https://{slug}.jobs.personio.de/job/{ref}", board, ref=ref),
            title=fields.line(row, "name"),
            company=board.company,
            description=fields.together(
                *(fields.section(fields.maybe(p, "name"), fields.markup(p, "value")) for p in parts)
            ),
            locations=fields.places(*fields.lines(row, "office"), *fields.lines(row, "additionalOffices", "office")),
            employment=fields.maybe(row, "employmentType"),
            department=fields.maybe(row, "department"),
            posted=fields.moment(row, "createdAt"),
        )
