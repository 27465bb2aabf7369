"""Awards of the US National Science Foundation. https://resources.research.gov/common/webapi/awardapisearch-v1.htm"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from crawlers.fields import Unreadable
from pipeline.models import Board, Posting


class Nsf(BoardSpider):
    """Sites of Research Experiences for Undergraduates: groups to write to, not dated openings.

    Unverified against an answer: that `offset` counts from 1, and `ActiveAwards`, as readers of it write it.
    """

    name = "nsf"
    url = (
        "https://api.nsf.gov/services/v1/awards.json?keyword={search}&ActiveAwards=true&offset={start}&rpp={limit}"
        "&printFields=id,title,abstractText,awardeeName,awardeeCity,awardeeStateCode,startDate,expDate,piFirstName,piLastName"
    )
    defaults = (("search", '"REU Site" machine learning'),)
    page_size = 25
    listing = ("response", "award")

    def address(self, template: str, board: Board, *, page: Any = 0, **words: str) -> str:
        """As elsewhere; rows count from 1."""
        return super().address(template, board, page=page, start=str(page * 25 + 1), **words)

    def posting(self, row: Any, board: Board) -> Posting | None:
        """An award for a site; other awards that the words find are ignored."""
        ref, title = fields.ref(row, "id"), fields.line(row, "title")
        if "REU" not in title.upper():
            return None
        lead = " ".join(fields.places(fields.maybe(row, "piFirstName"), fields.maybe(row, "piLastName")))
        ends = day(row, "expDate")
        facts = (f"Principal investigator: {lead}" if lead else "", f"The award ends on {ends}" if ends else "")
        return Posting(
            board=board.id,
            ref=ref,
            url=self.address("https://www.nsf.gov/awardsearch/showAward?AWD_ID={ref}", board, ref=ref),
            title=title,
            company=fields.line(row, "awardeeName"),
            description=fields.together(fields.markup(row, "abstractText"), *facts),
            locations=fields.places(fields.place(row, "awardeeCity", "awardeeStateCode")),
            posted=day(row, "startDate"),
        )


def day(row: Any, name: str) -> str | None:
    """The date of a field like 09/15/2026."""
    words = fields.maybe(row, name)
    try:
        return datetime.strptime(words, "%m/%d/%Y").date().isoformat() if words else None
    except ValueError as error:
        raise Unreadable(f"{name}: not a date: {words!r:.40}") from error
