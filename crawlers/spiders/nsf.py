"""Awards of the US National Science Foundation. https://resources.research.gov/common/webapi/awardapisearch-v1.htm"""

from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from crawlers.records import Record
from pipeline.models import Board, Posting

DATE = "%m/%d/%Y"


class Nsf(BoardSpider):
    """Sites of Research Experiences for Undergraduates: groups to write to, not dated openings.

    Unverified against an answer: that `offset` counts from 1, and `ActiveAwards`, as readers of it write it.
    """

    name = "nsf"
    url = (
        "https://api.nsf.gov/services/v1/awards.json?keyword={search}&ActiveAwards=true&offset={start}&rpp={limit}"
        "&printFields=id,title,abstractText,awardeeName,awardeeCity,awardeeStateCode,startDate,expDate,piFirstName,piLastName"
    )
    page = "https://www.nsf.gov/awardsearch/showAward?AWD_ID={ref}"
    defaults = (("search", '"REU Site" machine learning'),)
    page_size = 25
    listing = ("response", "award")
    record = Record(ref="id", title="title", company="awardeeName")

    def address(self, template: str, board: Board, *, page: Any = 0, **words: str) -> str:
        """As elsewhere; rows count from 1."""
        return super().address(template, board, page=page, start=str(page * 25 + 1), **words)

    def posting(self, row: Any, board: Board) -> Posting | None:
        """An award for a site; other awards that the words find are ignored."""
        if "REU" not in fields.line(row, "title").upper():
            return None
        lead = " ".join(fields.places(fields.maybe(row, "piFirstName"), fields.maybe(row, "piLastName")))
        ends = fields.written(row, DATE, "expDate")
        facts = (f"Principal investigator: {lead}" if lead else "", f"The award ends on {ends}" if ends else "")
        return self.read(
            row,
            board,
            description=fields.together(fields.markup(row, "abstractText"), *facts),
            locations=fields.places(fields.place(row, "awardeeCity", "awardeeStateCode")),
            posted=fields.written(row, DATE, "startDate"),
        )
