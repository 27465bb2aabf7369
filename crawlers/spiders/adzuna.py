"""Adzuna, by country: a board's name is its code, such as `us` or `gb`. https://developer.adzuna.com/docs/search

Free key in ADZUNA_APP_ID and ADZUNA_APP_KEY: 25 requests a minute, 250 a day; personal research is permitted.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import scrapy

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Pay, Posting

CURRENCIES = {"us": "USD", "gb": "GBP", "ca": "CAD", "au": "AUD", "nz": "NZD", "in": "INR", "sg": "SGD", "ch": "CHF"}
CURRENCIES |= {"pl": "PLN", "br": "BRL", "mx": "MXN", "za": "ZAR"} | dict.fromkeys(
    ("at", "be", "de", "es", "fr", "it", "nl"), "EUR"
)
PAGES = 10  # of 50, newest first


class KeyedRequest(scrapy.Request):
    """A request whose address holds a key: whatever logs it, logs no more than host and path."""

    def __repr__(self) -> str:
        return f"<{self.method} {self.url.partition('?')[0]}>"

    __str__ = __repr__


class Adzuna(BoardSpider):
    """What was posted within a fortnight, with the beginning of each text; a salary that Adzuna guessed is none."""

    name = "adzuna"
    url = (
        "https://api.adzuna.com/v1/api/jobs/{slug}/search/{page}?results_per_page={limit}&what_phrase={phrase}"
        "&what_or={any_of}&max_days_old=14&sort_by=date&content-type=application/json&app_id={id}&app_key={key}"
    )
    defaults = (("phrase", "machine learning"), ("any_of", "intern internship trainee"))
    first_page = 1
    page_size = 50
    listing = ("results",)
    newest_only = True

    def request(self, board: Board, page: Any) -> scrapy.Request:
        """A page, with the key."""
        key = {"id": os.environ["ADZUNA_APP_ID"], "key": os.environ["ADZUNA_APP_KEY"]}
        return KeyedRequest(self.address(self.url, board, page=page, **key))

    def following(self, answer: Any, rows: Sequence[Any], page: Any) -> Any:
        """The next number, while pages are full and not too many."""
        return super().following(answer, rows, page) if page + 1 < PAGES else None

    def posting(self, row: Any, board: Board) -> Posting:
        """A job; `redirect_url` is for a person to follow."""
        return Posting(
            board=board.id,
            ref=fields.ref(row, "id"),
            url=fields.url(row, "redirect_url"),
            title=fields.line(row, "title"),
            company=fields.line(row, "company", "display_name"),
            description=fields.markup(row, "description"),
            locations=fields.places(fields.maybe(row, "location", "display_name")),
            employment=fields.maybe(row, "contract_time"),
            department=fields.maybe(row, "category", "label"),
            pay=pay(row, CURRENCIES.get(board.slug)),
            posted=fields.moment(row, "created"),
        )


def pay(row: Any, currency: str | None) -> Pay | None:
    """What the advertisement states, a year."""
    if fields.dig(row, "salary_is_predicted") not in ("0", 0):
        return None
    return fields.pay_range((fields.number(row, "salary_min"), fields.number(row, "salary_max")), currency, "year")
