"""jobs.ac.uk: its RSS feed of one subject or kind of post. https://www.jobs.ac.uk/feeds"""

import html
import re
from typing import Any

from crawlers import fields
from crawlers.fields import Unreadable
from crawlers.records import Record
from crawlers.rss import RssSpider
from pipeline.models import Board, Posting

BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
MARKUP = re.compile(r"<[^<>]+>")


class JobsAcUk(RssSpider):
    """The twenty newest posts. A description is "Employer - Department", "Salary: …", each ended by a line break.

    Unverified against an answer: that description, as readers of the feed describe it, and dates, which they miss.
    """

    name = "jobsacuk"
    url = "https://www.jobs.ac.uk/jobs/{slug}/?format=rss"
    record = Record(ref="link", url="link", title="title", description="description", posted="pubDate")

    def posting(self, row: Any, board: Board) -> Posting:
        """An item; `Salary:` stays in the description, where it is read."""
        first = BREAK.split(fields.markup(row, "description").strip(), maxsplit=1)[0]
        company, _, department = " ".join(html.unescape(MARKUP.sub(" ", first)).split()).partition(" - ")
        if not company:
            raise Unreadable("description: no employer in its first line")
        return self.read(row, board, company=company[: fields.MAX_LINE], department=department or None)
