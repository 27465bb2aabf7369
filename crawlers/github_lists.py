"""Lists of internships that people keep on GitHub: where their files are, and their links without tracking.

A board's slug is `owner/repository`, with `/path/of/a/file` where it is not the usual one. Kept in rows, never
followed: what a link leads to is the employer's own board.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

import scrapy

from crawlers.boards import BoardSpider
from crawlers.fields import Unreadable
from pipeline.models import Board

RAW = "https://raw.githubusercontent.com/{owner}/{repository}/{branch}/"
TRACKING = re.compile(r"(?<=[?&])(?:utm_\w+=[^&#]*|ref=Simplify)(?:&|(?=#)|$)", re.IGNORECASE)


class ListSpider(BoardSpider):
    """One file of a repository, as it stands on the `branch` that a board may say."""

    defaults = (("branch", "main"),)
    file: ClassVar[str] = "README.md"

    def request(self, board: Board, page: Any) -> scrapy.Request:
        """The raw file. Raises Unreadable for a slug without an owner."""
        owner, _, rest = board.slug.partition("/")
        repository, _, file = rest.partition("/")
        if not repository:
            raise Unreadable(f"its name must be owner/repository, not {board.slug}")
        return scrapy.Request(self.address(RAW, board, owner=owner, repository=repository) + (file or self.file))


def untracked(url: str) -> str:
    """A link without the parameters that say who sent the reader."""
    return re.sub(r"[?&](?=#|$)", "", TRACKING.sub("", url))
