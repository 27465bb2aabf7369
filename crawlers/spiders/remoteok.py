"""Remote OK. https://remoteok.com/api: its terms, in the answer, ask to name Remote OK and to link to its pages."""

from collections.abc import Sequence
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider, Record
from pipeline.models import Board, Posting


class RemoteOK(BoardSpider):
    """The newest hundred or so jobs; before them stand the terms.

    Unverified: that pay is in US dollars a year, as the site's pages show it. Some texts come with their UTF-8
    read as Latin-1, which is undone.
    """

    name = "remoteok"
    url = "https://remoteok.com/api"
    newest_only = True
    always = (("workplace", "remote"),)
    record = Record(
        ref="id", url="url", title="position", company="company", description="description",
        posted=("date", "epoch"), apply_url="apply_url",
    )  # fmt: skip

    def rows(self, answer: Any, board: Board) -> Sequence[Any]:
        """What follows the terms."""
        return [
            {name: repaired(value) if isinstance(value, str) else value for name, value in row.items()}
            if isinstance(row, dict)
            else row
            for row in (answer[1:] if "legal" in answer[0] else answer)
        ]

    def posting(self, row: Any, board: Board) -> Posting:
        """A job; a salary of 0 is none."""
        pay = fields.pay_range((fields.number(row, "salary_min"), fields.number(row, "salary_max")), "USD", "year")
        place = (fields.maybe(row, "location") or "").strip(", ")
        return self.read(row, board, locations=fields.places(place), pay=pay)


def repaired(text: str) -> str:
    """Text whose UTF-8 was read as Latin-1, as it was meant; any other text as it is."""
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text
