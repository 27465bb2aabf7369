"""Adzuna, by country: a board's name is its code, such as `us` or `gb`. https://developer.adzuna.com/docs/search

Free key in ADZUNA_APP_ID and ADZUNA_APP_KEY: 25 requests a minute, 250 a day; personal research is permitted.
"""

import os
from typing import Any

import scrapy

from crawlers import fields
from crawlers.boards import BoardSpider, Record
from pipeline.models import Board, Posting

CURRENCIES = {"us": "USD", "gb": "GBP", "ca": "CAD", "au": "AUD", "nz": "NZD", "in": "INR", "sg": "SGD", "ch": "CHF"}
CURRENCIES |= {"pl": "PLN", "br": "BRL", "mx": "MXN", "za": "ZAR"} | dict.fromkeys(
    ("at", "be", "de", "es", "fr", "it", "nl"), "EUR"
)


class KeyedRequest(scrapy.Request):
    """A request whose address holds a key: whatever logs it, logs no more than host and path."""

    def __repr__(self) -> str:
        return f"<{self.method} {self.url.partition('?')[0]}>"

    __str__ = __repr__


class Adzuna(BoardSpider):
    """What was posted within a fortnight, with the beginning of each text; a salary that Adzuna guessed is none.

    `redirect_url` is for a person to follow.
    """

    name = "adzuna"
    url = (
        "https://api.adzuna.com/v1/api/jobs/{slug}/search/{page}?results_per_page={limit}&what_phrase={phrase}"
        "&what_or={any_of}&max_days_old=14&sort_by=date&content-type=application/json&app_id={id}&app_key={key}"
    )
    defaults = (("phrase", "machine learning"), ("any_of", "intern internship trainee"))
    first_page, page_size, pages, newest_only = 1, 50, 10, True
    listing = ("results",)
    record = Record(
        ref="id", url="redirect_url", title="title", company="company.display_name", description="description",
        locations="location.display_name", employment=("contract_time", "contract_type"),
        department="category.label", posted="created",
    )  # fmt: skip
    expected = (("salary_is_predicted", ("0", "1")),)

    def request(self, board: Board, page: Any) -> scrapy.Request:
        """A page, with the key."""
        key = {"id": os.environ["ADZUNA_APP_ID"], "key": os.environ["ADZUNA_APP_KEY"]}
        return KeyedRequest(self.address(self.url, board, page=page, **key))

    def posting(self, row: Any, board: Board) -> Posting:
        """A job; what it pays is stated by the year."""
        stated = fields.dig(row, "salary_is_predicted") in ("0", 0)
        ends = [fields.number(row, "salary_min"), fields.number(row, "salary_max")] if stated else []
        return self.read(row, board, pay=fields.pay_range(ends, CURRENCIES.get(board.slug), "year"))
