"""A host that says no is believed: challenge pages and reservations of text and data mining.

401, 403 and 406 end the host's turns at once, in pacing.py; what has to be read in the answer is read here.
"""

from __future__ import annotations

import re
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from selectolax.lexbor import LexborHTMLParser

from crawlers.middlewares.scope import host_of
from crawlers.trouble import LeftAlone, Refused

_CHALLENGE = re.compile(  # scripts/jsd is Cloudflare's look at a browser, which stands in ordinary pages
    rb"<title>\s*just a moment|/cdn-cgi/challenge-platform/(?!(?:h/\w+/)?scripts/jsd/)|cf-chl-"
    rb"|captcha-delivery\.com|_incapsula_resource|px-captcha|/_sec/cp_challenge|awswafcaptcha|token\.awswaf\.com",
    re.IGNORECASE,
)
_TDM = b"tdm-reservation"  # https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/
_SCAN = 200_000  # bytes of a page


class RefusalMiddleware:
    """Ends a host's turns on a challenge page, a board's visit on a reservation."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Raises Refused where the answer is a no."""
        host = host_of(request.url)
        page = response.body[:_SCAN] if _is_page(response) else b""
        if _reserved(response, page):
            raise Refused(f"{host} reserves its content from text and data mining")
        if response.headers.get("cf-mitigated") == b"challenge" or _CHALLENGE.search(page):
            spider: Any = self.crawler.spider
            reason = f"{host} answers with a challenge for browsers: left alone for this run"
            spider.session.pacing.block(host, reason)
            raise LeftAlone(reason)
        return response


def _is_page(response: Response) -> bool:
    return b"html" in (response.headers.get("Content-Type") or b"").lower() or response.body[:1] == b"<"


def _reserved(response: Response, page: bytes) -> bool:
    stated = (response.headers.get(_TDM) or b"").decode("latin-1").split(",")
    if _TDM in page.lower():
        metas = LexborHTMLParser(page).css(f'meta[name="{_TDM.decode()}" i]')
        stated += [meta.attributes.get("content") or "" for meta in metas]
    return any(value.strip() == "1" for value in stated)
