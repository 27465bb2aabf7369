"""We Work Remotely: its RSS feed, read for oneself. Its terms ask to apply through its own pages: `url` is one."""

from __future__ import annotations

from typing import Any

from crawlers import fields
from crawlers.fields import Unreadable
from crawlers.rss import RssSpider
from pipeline.models import Board, Posting


class WeWorkRemotely(RssSpider):
    """The newest jobs, some hundred. A title is "Company: Role"; `region` says where applicants may live."""

    name = "weworkremotely"
    url = "https://weworkremotely.com/remote-jobs.rss"

    def posting(self, row: Any, board: Board) -> Posting:
        """An item."""
        company, colon, title = fields.line(row, "title").partition(": ")
        if not colon:
            raise Unreadable(f"title: no company before a colon: {company[:80]!r}")
        return Posting(
            board=board.id,
            ref=fields.ref(row, "guid"),
            url=fields.url(row, "link"),
            title=title,
            company=company,
            description=fields.markup(row, "description"),
            locations=fields.places(fields.maybe(row, "region"), fields.maybe(row, "country")),
            workplace="remote",
            employment=fields.maybe(row, "type"),
            department=", ".join(fields.lines(row, "category")) or None,
            posted=fields.mail_date(row, "pubDate"),
            deadline=(fields.mail_date(row, "expires_at") or "")[:10] or None,
        )
