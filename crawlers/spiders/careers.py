"""Any careers site that publishes schema.org JobPosting. https://schema.org/JobPosting, https://www.sitemaps.org"""

import re
import zlib
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import scrapy

from crawlers import fields
from crawlers.answers import xml_answer
from crawlers.fields import Unreadable
from crawlers.job_pages import JobPages
from pipeline.models import Board

JOB = re.compile(r"/[^/]*(job|career|position|opening|vacanc|karriere|stelle|emploi)", re.IGNORECASE)
LARGEST = 16 * 1024 * 1024  # bytes of a sitemap, unpacked


class Careers(JobPages):
    """The job pages in the sitemap of `host`, and in the sitemaps it names; `sitemap` is its path there.

    Only addresses that speak of jobs are kept. A page whose address does not name the job is not read.
    """

    name = "careers"
    options = ("host",)
    defaults = (("sitemap", "sitemap.xml"),)

    def request(self, board: Board, page: Any) -> scrapy.Request:
        """The site's sitemap, then those that it names."""
        path = board.option("sitemap") or dict(self.defaults)["sitemap"]
        return scrapy.Request(page[0] if page else f"https://{board.option('host')}/{path.lstrip('/')}")

    def decode(self, body: bytes) -> Any:
        """A sitemap or an index of sitemaps, packed or not."""
        if body.startswith(b"\x1f\x8b"):
            unpacking = zlib.decompressobj(wbits=31)
            body = unpacking.decompress(body, LARGEST)
            if unpacking.unconsumed_tail:
                raise Unreadable("the sitemap is too large")
        root = "sitemapindex" if b"<sitemapindex" in body[:2_000] else "urlset"
        return xml_answer(body, root, many=("url", "sitemap"))

    def following(self, answer: Any, rows: Sequence[Any], page: Any) -> Any:
        """The sitemaps still to be read, the next one first."""
        named = [fields.url(entry, "loc") for entry in fields.rows(answer, "sitemap")]
        return tuple(dict.fromkeys((*(page or ())[1:], *named))) or None

    def rows(self, answer: Any, board: Board) -> Sequence[Any]:
        """The addresses that speak of jobs."""
        pages = (
            {"url": fields.maybe(p, "loc"), "updated": fields.maybe(p, "lastmod")} for p in fields.rows(answer, "url")
        )
        return [page for page in pages if JOB.search(urlsplit(page["url"] or "").path)]
