"""We Work Remotely: its RSS feed, read for oneself. Its terms ask to apply through its own pages: `url` is one."""

from typing import Any

from crawlers import fields
from crawlers.fields import Unreadable
from crawlers.records import Record
from crawlers.rss import RssSpider
from pipeline.models import Board, Posting


class WeWorkRemotely(RssSpider):
    """The newest jobs, some hundred. A title is "Company: Role"; `region` says where applicants may live."""

    name = "weworkremotely"
    url = "https://weworkremotely.com/remote-jobs.rss"
    always = (("workplace", "remote"),)
    record = Record(
        ref="guid", url="link", title="title", description="description", employment="type",
        department="category", posted="pubDate", deadline="expires_at",
    )  # fmt: skip

    def posting(self, row: Any, board: Board) -> Posting:
        company, colon, title = fields.line(row, "title").partition(": ")
        if not colon:
            raise Unreadable(f"title: no company before a colon: {company[:80]!r}")
        places = fields.places(fields.maybe(row, "region"), fields.maybe(row, "country"))
        return self.read(row, board, title=title, company=company, locations=places)
