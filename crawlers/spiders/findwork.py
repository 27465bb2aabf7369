"""Findwork. https://findwork.dev/developers: free key in FINDWORK_TOKEN"""

import os
from collections.abc import Sequence
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider, Record


class Findwork(BoardSpider):
    """What it finds for `search`, page by page while the board says there is one more.

    Unverified against an answer: the fields, as its documentation and readers name them; `count` may be off.
    """

    name = "findwork"
    url = "https://findwork.dev/api/jobs/?search={search}&sort_by=date&page={page}"
    defaults = (("search", "machine learning intern"),)
    first_page, page_size = 1, 100
    listing = ("results",)
    record = Record(
        ref="id", url="url", title="role", company="company_name", description="text", locations="location",
        workplace="remote", employment="employment_type", posted="date_posted",
    )  # fmt: skip

    def headers(self) -> dict[str, str]:
        """The key."""
        return {"Authorization": f"Token {os.environ['FINDWORK_TOKEN']}"}

    def following(self, answer: Any, rows: Sequence[Any], page: Any) -> Any:
        """The next number, while `next` is an address; its words are not used."""
        return page + 1 if fields.maybe(answer, "next") else None
