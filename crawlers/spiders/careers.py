"""Any careers site that publishes schema.org JobPosting. https://schema.org/JobPosting, https://www.sitemaps.org

Unverified: that a site's sitemaps name all of its open jobs, and that their addresses speak of jobs; most do.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import scrapy

from crawlers import fields
from crawlers.answers import xml_answer
from crawlers.fields import Unreadable
from crawlers.job_pages import JobPages
from crawlers.snapshots import Page
from pipeline.models import Board

ROBOTS, USUAL = "robots.txt", "sitemap.xml"
NAMED = re.compile(rb"^\s*sitemap\s*:\s*(\S{1,2000})", re.IGNORECASE | re.MULTILINE)
SITEMAP = re.compile(rb"\x1f\x8b|.{0,2000}<(urlset|sitemapindex)", re.DOTALL)
JOB = re.compile(r"/[^/]*(job|career|position|opening|vacanc|karriere|stelle|emploi)", re.IGNORECASE)
LARGEST = 16 * 1024 * 1024  # bytes of a sitemap, unpacked


class Careers(JobPages):
    """The job pages in the sitemaps of `host`: those that its robots.txt names, else the usual one.

    A board may say the path of its `sitemap`. Only addresses that speak of jobs are kept. A page whose address does
    not name the job is not read.
    """

    name = "careers"
    options = ("host",)
    optional = ("sitemap",)

    def forms(self, board: Board) -> list[Board]:
        """As robots.txt says, then, where there is none, with the usual sitemap."""
        usual = replace(board, options=(*board.options, ("sitemap", USUAL)))
        return [board] if board.option("sitemap") else [board, usual]

    def request(self, board: Board, page: Any) -> scrapy.Request:
        """The site's robots.txt or its sitemap, then the sitemaps that are named there."""
        path = (board.option("sitemap") or ROBOTS).lstrip("/")
        return scrapy.Request(page[0] if page else f"https://{board.option('host')}/{path}")

    def parse(self, body: bytes, board: Board, page: Any = 0) -> Page:  # type: ignore[override]
        """Of robots.txt, the sitemaps of this host that it names, those that speak of jobs first."""
        if page or board.option("sitemap") or SITEMAP.match(body):
            return super().parse(body, board, page)
        site = f"https://{board.option('host')}/"
        named = [safe(found.decode("latin-1")) for found in NAMED.findall(body)]
        ours = [address for address in named if address.startswith(site)]
        return Page(
            following=tuple(sorted(ours, key=lambda address: not JOB.search(_path(address)))) or (site + USUAL,)
        )

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
        named = [safe(fields.url(entry, "loc")) for entry in fields.rows(answer, "sitemap")]
        return tuple(dict.fromkeys((*(page or ())[1:], *named))) or None

    def others(self, page: Any) -> Any:
        """The other sitemaps; one that is elsewhere, or dead, takes none of them with it."""
        return page[1:] if page else None

    def rows(self, answer: Any, board: Board) -> Sequence[Any]:
        """The addresses that speak of jobs."""
        pages = [(safe(fields.maybe(p, "loc") or ""), fields.maybe(p, "lastmod")) for p in fields.rows(answer, "url")]
        return [{"url": page, "updated": updated} for page, updated in pages if JOB.search(_path(page))]


def safe(address: str) -> str:
    """An old site's address by https, as nothing else is asked."""
    return re.sub(r"^http:", "https:", address.strip())


def _path(address: str) -> str:
    return address.partition("?")[0].partition("://")[2]
