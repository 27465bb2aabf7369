"""One item per posting instead of one Snapshot per board, for Scrapy projects that want rows.

Switched on by a project's own settings: SPIDER_MIDDLEWARES = {"crawlers.middlewares.postings.PostingsMiddleware": 50}.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from pipeline.models import Snapshot


class PostingsMiddleware:
    """Lets a Snapshot's postings through in its place; what the visit proved stands in the stats."""

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """The spider's items, Snapshots taken apart."""
        async for item in start:
            if isinstance(item, Snapshot):
                for posting in item.postings:
                    yield posting
            else:
                yield item
