"""A platform whose listing lacks the texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import scrapy

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting


class Terse(BoardSpider):
    """Lists titles; each text is a request of its own."""

    name = "terse"
    url = "https://{slug}.terse.example/jobs"

    def rows(self, answer: Any, board: Board) -> Sequence[Any]:
        """The answer itself."""
        return answer

    def posting(self, row: Any, board: Board) -> Posting:
        """A title and a place."""
        return Posting(
            board.id,
            fields.ref(row, "id"),
            f"https://{board.slug}.terse.example/jobs/{row['id']}",
            fields.line(row, "title"),
            board.company,
            "",
            fields.places(fields.maybe(row, "place")),
        )

    def detail_request(self, posting: Posting, board: Board) -> scrapy.Request:
        """The posting's own address."""
        return scrapy.Request(posting.url)

    def detailed(self, body: bytes, posting: Posting, board: Board) -> Posting:
        """`text`."""
        return replace(posting, description=fields.line(self.decode(body), "text"))
