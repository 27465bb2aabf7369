"""Remote OK. https://remoteok.com/api: its terms, in the answer, ask to name Remote OK and to link to its pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting


class RemoteOK(BoardSpider):
    """The newest hundred or so jobs; before them stand the terms.

    Unverified: that pay is in US dollars a year, as the site's pages show it. Some texts come with their UTF-8
    read as Latin-1, which is undone.
    """

    name = "remoteok"
    url = "https://remoteok.com/api"
    newest_only = True

    def rows(self, answer: Any, board: Board) -> Sequence[Any]:
        """What follows the terms."""
        return answer[1:] if "legal" in answer[0] else answer

    def posting(self, row: Any, board: Board) -> Posting:
        """A job; a salary of 0 is none."""
        ends = (fields.number(row, "salary_min"), fields.number(row, "salary_max"))
        return Posting(
            board=board.id,
            ref=fields.ref(row, "id"),
            url=fields.url(row, "url"),
            title=repaired(fields.line(row, "position")),
            company=repaired(fields.line(row, "company")),
            description=repaired(fields.markup(row, "description")),
            locations=fields.places(repaired(fields.maybe(row, "location") or "").strip(", ")),
            workplace="remote",
            pay=fields.pay_range(ends, "USD", "year"),
            posted=fields.moment(row, "date"),
            apply_url=fields.maybe_url(row, "apply_url"),
        )


def repaired(text: str) -> str:
    """Text whose UTF-8 was read as Latin-1, as it was meant; any other text as it is."""
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text
