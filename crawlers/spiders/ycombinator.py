"""Companies that Y Combinator backs: https://github.com/yc-oss/api, a mirror of its directory, made anew daily."""

from typing import Any
from urllib.parse import quote

from scrapy import Request

from crawlers import fields
from crawlers.boards import BoardSpider, Record
from pipeline.models import BANDS, Board, EmployerFact

LARGEST = (10, 50, 200, 500, 1000, 5000)  # people in each band but the last


class YCombinator(BoardSpider):
    """Facts about employers, no postings: size, website and former names of companies that are not gone.

    A board is one list of the mirror, by its path: `companies/hiring`, `tags/machine-learning`.
    """

    name = "ycombinator"
    record = Record(ref="id", title="name")
    expected = (("status", ("Active", "Acquired", "Inactive", "Public")),)

    def request(self, board: Board, page: Any) -> Request:
        """The list; the slash of its path stays."""
        return Request(f"https://yc-oss.github.io/api/{quote(board.slug)}.json")

    def fact(self, row: Any, board: Board) -> EmployerFact | None:
        """A company; None for one that is inactive, or whose size is not said."""
        people = fields.number(row, "team_size")
        if fields.maybe(row, "status") == "Inactive" or not people:
            return None
        band = BANDS[sum(people > most for most in LARGEST)]
        website, former = fields.link(row, "website"), fields.lines(row, "former_names")
        return EmployerFact(fields.line(row, "name"), "YC directory", band, website, former)

    def posting(self, row: Any, board: Board) -> None:
        """None: a company is no posting."""
