"""Careers pages that state their jobs as schema.org JobPosting: the base of those platforms' spiders.

A listing gives addresses alone, of landing pages and jobs long gone too: only a page that states a job is a posting.
It is read where its address names a job that can be an internship, once, and again when the listing says that it
changed. What may not enter: where one site lists its pages.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

import scrapy

from crawlers import fields, schema_org
from crawlers.boards import BoardSpider
from crawlers.records import Record
from crawlers.titles import may_be_internship
from pipeline.models import Board, Posting

WORD = re.compile(r"[^\W\d_]+")


class JobPages(BoardSpider):
    """Rows are {"url", "updated"}; an address that does not name a job is ignored, as nothing is known of it."""

    proved_by_page = True
    record = Record(ref="url", url="url")
    listed = ("updated",)

    def posting(self, row: Any, board: Board) -> Posting | None:
        """What an address says; the rest is on the page."""
        url = fields.url(row, "url")
        title = " ".join(WORD.findall(unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]))
        if not may_be_internship(title):
            return None
        updated = fields.moment(row, "updated")
        return Posting(board.id, url, url, title, board.company, description="", updated=updated)

    def detail_request(self, posting: Posting, board: Board) -> scrapy.Request:
        """The job's page."""
        return scrapy.Request(posting.url)

    def detailed(self, body: bytes, posting: Posting, board: Board) -> Posting:
        """All that the page states; the employer is named as in boards.yaml."""
        stated = schema_org.posting(schema_org.job_postings(body)[0], board, posting.ref, posting.url)
        return replace(stated, company=posting.company, updated=posting.updated)
