"""iCIMS careers portals: their pages. https://www.icims.com"""

import re
from typing import Any

import scrapy

from crawlers import fields
from crawlers.answers import html_part, html_records
from crawlers.boards import BoardSpider
from crawlers.fields import Unreadable
from crawlers.records import Record
from pipeline.models import Board, Posting

PAGES = re.compile(rb"\bPage\s+\d+\s+of\s+(\d{1,5})\b")
NONE = re.compile(rb"\bno\s+(?:open\s+|current\s+)?(?:jobs|openings|positions|vacancies)\b", re.IGNORECASE)
PATH = re.compile(r"/jobs/(\d+)/")
CARD = {"url": "a.iCIMS_Anchor::attr(href)", "title": "h2, h3, h4", "place": ".header.left span:not(.sr-only)"}


class Icims(BoardSpider):
    """Cards on the pages of a search; each job's own page states text and date as JSON-LD.

    A board's name is all that stands before .icims.com: careers-acme. A page beyond the last may repeat it, so the
    heading ("Page 1 of 3") is believed. Zero is an empty list, or words that there are no jobs. Unverified: heading and
    words, and how many cards a page holds without the heading.
    """

    name = "icims"
    url = "https://{slug}.icims.com/jobs/search?ss=1&in_iframe=1&pr={page}"
    detail = "https://{slug}.icims.com/jobs/{ref}/job?in_iframe=1"
    page_size = 20
    listing = ("cards",)
    empty_is_unknown = stated = True
    record = Record(ref="id", title="title")

    def decode(self, body: bytes) -> Any:
        """The cards as records, and how many pages there are."""
        cards, pages = html_records(body, ".iCIMS_JobCardItem", **CARD), PAGES.search(body)
        if not cards and not html_part(body, ".iCIMS_JobsTable") and not NONE.search(body):
            raise Unreadable("neither a list of jobs nor word that there are none: not a listing of iCIMS")
        for card in cards:
            number = PATH.search(card["url"] or "")
            card["id"] = number[1] if number else None
        return {"cards": cards, "pages": int(pages[1]) if pages else None}

    def following(self, answer: Any, rows: Any, page: Any) -> Any:
        """By the heading; where there is none, while a page is full."""
        last = answer["pages"]
        if page and not rows:
            raise Unreadable("a page without jobs, where the one before it said that more follow")
        return super().following(answer, rows, page) if last is None else page + 1 if page + 1 < last else None

    def detail_request(self, posting: Posting, board: Board) -> scrapy.Request | None:
        """A job's page at the address its card gives, words of the title and all."""
        request = super().detail_request(posting, board)
        here = request and posting.url.startswith(request.url.partition("/jobs/")[0] + "/jobs/")
        return request.replace(url=f"{posting.url}?in_iframe=1") if request and here else request

    def posting(self, row: Any, board: Board) -> Posting:
        places = (place.strip() for place in (fields.maybe(row, "place") or "").split("|"))
        return self.read(row, board, url=fields.url(row, "url").partition("?")[0], locations=fields.places(*places))
