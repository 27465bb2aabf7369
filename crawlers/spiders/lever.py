"""Lever postings. https://github.com/lever/postings-api"""

import html
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider, Record
from pipeline.models import Board, Posting


class Lever(BoardSpider):
    """A bare list, page by page until one is short; the texts come in parts.

    `createdAt`, in milliseconds, is undocumented and always there so far; the interval of pay reads like
    `per-year-salary`.
    """

    name = "lever"
    url = "https://api.lever.co/v0/postings/{slug}?mode=json&skip={offset}&limit={limit}"
    page_size = 100
    record = Record(
        ref="id", url="hostedUrl", title="text", workplace="workplaceType", employment="categories.commitment",
        department=("categories.department", "categories.team"), posted="createdAt", apply_url="applyUrl",
        pay=("salaryRange.min", "salaryRange.max", "salaryRange.currency", "salaryRange.interval"),
    )  # fmt: skip
    expected = (("workplaceType", ("unspecified", "on-site", "onsite", "remote", "hybrid")),)

    def posting(self, row: Any, board: Board) -> Posting:
        at = fields.dig(row, "categories")
        places = fields.places(fields.maybe(at, "location"), *fields.lines(at, "allLocations"))
        return self.read(row, board, description=description(row), locations=places)


class LeverEU(Lever):
    """Boards shown at jobs.eu.lever.co."""

    name = "lever-eu"
    url = "https://api.eu.lever.co/v0/postings/{slug}?mode=json&skip={offset}&limit={limit}"


def description(row: Any) -> str:
    """The whole text in its order: opening and body, each list under its heading, closing, pay."""
    parts = [fields.markup(row, "description") or html.escape(fields.markup(row, "descriptionPlain"), quote=False)]
    for entry in fields.rows(row, "lists"):
        heading = html.escape(fields.maybe(entry, "text") or "", quote=False)
        parts.append(f"<h3>{heading}</h3><ul>{fields.markup(entry, 'content')}</ul>")
    return fields.together(*parts, fields.markup(row, "additional"), fields.markup(row, "salaryDescription"))
