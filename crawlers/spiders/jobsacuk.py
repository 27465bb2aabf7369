"""jobs.ac.uk: its RSS feed of one subject or kind of post. https://www.jobs.ac.uk/feeds"""

from __future__ import annotations

import html
import re
from typing import Any

from crawlers import fields
from crawlers.fields import Unreadable
from crawlers.rss import RssSpider
from pipeline.models import Board, Posting

BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
MARKUP = re.compile(r"<[^>]+>")


class JobsAcUk(RssSpider):
    """The twenty newest posts. A description is "Employer - Department", "Salary: …", each ended by a line break.

    Unverified against an answer: that description, as readers of the feed describe it, and dates, which they miss.
    """

    name = "jobsacuk"
    url = "https://www.jobs.ac.uk/jobs/{slug}/?format=rss"
    identifier = "link"

    def posting(self, row: Any, board: Board) -> Posting:
        """An item; `Salary:` stays in the description, where it is read."""
        text = fields.markup(row, "description")
        head = " ".join(html.unescape(MARKUP.sub(" ", BREAK.split(text.strip(), maxsplit=1)[0])).split())
        company, _, department = head.partition(" - ")
        if not company:
            raise Unreadable("description: no employer in its first line")
        return Posting(
            board=board.id,
            ref=fields.ref(row, "link"),
            url=fields.url(row, "link"),
            title=fields.line(row, "title"),
            company=company[: fields.MAX_LINE],
            description=text,
            department=department or None,
            posted=fields.mail_date(row, "pubDate"),
        )
