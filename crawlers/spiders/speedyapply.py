"""Tables of AI internships that speedyapply keeps. https://github.com/speedyapply/2026-AI-College-Jobs"""

import re
from collections.abc import Iterator
from typing import Any

from parsel import Selector

from crawlers import fields
from crawlers.fields import Unreadable
from crawlers.github_lists import ListSpider, untracked
from crawlers.records import Record
from pipeline.models import Board, Pay, Posting

CELLS = re.compile(r"(?<!\\)\|")
RULE = re.compile(r"[\s|:-]+")
HOURLY = re.compile(r"\$(\d+(?:\.\d+)?)/hr")
WHOLE = ("_START -->", "_END -->"), ("(#bottom)", 'name="bottom"')  # marks of a beginning, and of its end
MORE = re.compile(r"\s*\+\d+$")


class SpeedyApply(ListSpider):
    """Markdown tables, read by their headings; pay is in some. Rows are known by their links.

    An age ("3d") is not a date, as the file does not say of when it is.
    """

    name = "speedyapply"
    record = Record(ref="posting", url="posting", title="position", company="company")

    def decode(self, body: bytes) -> Any:
        """The rows of all tables."""
        text = body.decode("utf-8", "replace")
        if any(text.count(begin) > text.count(end) for begin, end in WHOLE):
            raise Unreadable("the file breaks off")
        found = list(table_rows(text))
        if not found:
            raise Unreadable("no table of jobs in the file")
        return found

    def posting(self, row: Any, board: Board) -> Posting | None:
        """A row with a link; "+3" after a place stands for three more that are not named."""
        if not row["posting"]:
            return None
        place = MORE.sub("", fields.maybe(row, "location") or "")
        return self.read(row, board, locations=fields.places(place), pay=pay(fields.maybe(row, "salary")))


def table_rows(text: str) -> Iterator[dict[str, str]]:
    """Every row as {heading in lower case: text of the cell}; `posting` is its link."""
    headings: list[str] = []
    for line in text.splitlines():
        if not line.startswith("|"):
            headings = []
        elif not headings:
            headings = [cell.strip().lower() for cell in line.strip("| ").split("|")]
        elif not RULE.fullmatch(line):
            cells = [
                Selector(cell.replace("\\|", "|") or " ", type="html") for cell in CELLS.split(line.strip().strip("|"))
            ]
            row = {name: " ".join(cell.css("*::text").getall()) for name, cell in zip(headings, cells, strict=False)}
            link = cells[headings.index("posting")].css("a::attr(href)").get() if "posting" in headings else None
            yield row | {"posting": untracked(link or "")}


def pay(cell: str | None) -> Pay | None:
    """What a cell like $62/hr states."""
    amount = HOURLY.fullmatch(cell) if cell else None
    return fields.pay_range([float(amount[1])], "USD", "hour") if amount else None
