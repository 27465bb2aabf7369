"""RSS 2.0, as feeds of jobs write it: the base of those platforms' spiders.

https://www.rssboard.org/rss-specification. What may not enter: the fields of one feed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crawlers import fields
from crawlers.answers import xml_answer
from crawlers.boards import BoardSpider
from crawlers.records import Record
from pipeline.models import Board


class RssSpider(BoardSpider):
    """The items of the one channel. A feed holds what came last, so a job that left it may still be open."""

    record = Record(ref="guid", url="link", title="title")
    newest_only = True

    def decode(self, body: bytes) -> Any:
        """The feed; an item's categories are a list."""
        return xml_answer(body, "rss", many=("item", "category"))

    def rows(self, answer: Any, board: Board) -> Sequence[Any]:
        """The items of the channel, which must be there."""
        return fields.rows(answer["channel"], "item")
