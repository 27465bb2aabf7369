"""What may be asked: the hosts and paths of config/platforms.yaml, over https, at public addresses.

Every request passes here, a redirected one again. Addresses are checked where the socket is made, after
resolution, so that no spelling and no resolver gets around it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from crawlers.session import Session
from crawlers.trouble import Refused, SentOn
from pipeline.config import Platform, never_asked
from pipeline.models import Board

ROBOTS = "/robots.txt"
NO_PLATFORM = "out of scope: only a platform's spider asks; `scrapy shell --spider=NAME URL` uses one"
_NAME = re.compile(r"(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_EMBEDDED_V4 = IPv6Network("64:ff9b::/96")

logger = logging.getLogger(__name__)


class ScopeMiddleware:
    """Refuses what platforms.yaml does not list."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raises Refused for a request out of scope."""
        spider: Any = self.crawler.spider
        session: Session | None = getattr(spider, "session", None)
        if session is None:
            logger.warning(NO_PLATFORM)  # Scrapy's shell says nothing of a request that was refused
            raise Refused(NO_PLATFORM)
        platform = session.platforms[spider.name]
        try:
            if never := never_asked(host_of(request.url), session.platforms):
                raise Refused(f"out of scope: {never}")
            if not _is_robots_moved(request):
                check(request.url, platform, request.meta.get("board"))
                _stays(request, platform)
        except Refused as error:
            if "redirect_urls" in request.meta:
                raise _sent_on(request, platform, str(error)) from None
            raise


def _is_robots_moved(request: Request) -> bool:
    """Whether a host keeps its robots.txt elsewhere on itself: RFC 9309 2.3.1.2 follows it there, whatever the path."""
    if not request.meta.get("robots") or "redirect_urls" not in request.meta:
        return False
    first, here = urlsplit(request.meta["redirect_urls"][0]), urlsplit(request.url)
    return (first.scheme, first.netloc) == (here.scheme, here.netloc)


def _stays(request: Request, platform: Platform) -> None:
    """Raises Refused for a redirect to another board: neither to a host that all boards share nor to its own name."""
    first, here = host_of(request.meta.get("redirect_urls", [request.url])[0]), host_of(request.url)
    same = here == first or here in platform.hosts or here.partition(".")[0] == first.partition(".")[0]
    if not same and not request.meta.get("robots"):
        raise Refused(f"out of scope: {here} is another board than {first}")


def _sent_on(request: Request, platform: Platform, reason: str) -> SentOn:
    """The refusal of a redirect; a host that is one board's own says by it that the board is there no more."""
    first, here = host_of(request.meta["redirect_urls"][0]), host_of(request.url)
    if here == first or first in platform.hosts:
        return SentOn(reason)
    status = request.meta["redirect_reasons"][-1]
    return SentOn(
        f"moved or gone: {first} sends us on to {here} ({status}); change or remove its line; {reason}", status
    )


def host_of(url: str) -> str:
    """The host that a URL in scope asks: one name, and so one turn and one robots.txt, however it is spelled."""
    return urlsplit(url).hostname or ""


def check(url: str, platform: Platform, board: Board | None = None) -> None:
    """Raises Refused unless `url` is https, at a host and under a path that `platform` lists.

    A listed host may be `*.example.com`, or `{option}`: the host that the board itself names.
    """
    parts = urlsplit(url)
    try:
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise Refused(f"out of scope: {error}") from error
    if parts.scheme != "https":
        raise Refused(f"out of scope: only https is asked, not {parts.scheme}://{host}")
    if "@" in parts.netloc or port not in (None, 443) or not _NAME.fullmatch(host):
        raise Refused(f"out of scope: {parts.netloc!r} is no plain host name")
    options = dict(board.options) if board else {}
    if not any(_covers(pattern, host, options) for pattern in platform.hosts):
        raise Refused(f"out of scope: {host} is no host of {platform.name} in platforms.yaml")
    if not _path_allowed(parts.path or "/", platform.paths):
        raise Refused(f"out of scope: {host}{parts.path} is no path of {platform.name} in platforms.yaml")


def _covers(pattern: str, host: str, options: dict[str, str]) -> bool:
    if pattern.startswith("{"):
        return host == options.get(pattern.strip("{}"), "").lower()
    return host.endswith(pattern[1:]) if pattern.startswith("*.") else host == pattern


def _path_allowed(path: str, prefixes: Collection[str]) -> bool:
    steps = unquote(unquote(path)).replace("\\", "/").split("/")
    return ".." not in steps and (path == ROBOTS or any(path.startswith(prefix) for prefix in prefixes))


def public(address: str) -> bool:
    """Whether an address is one of the open internet: not private, loopback, link-local, CGNAT, multicast, …"""
    ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and ip in _EMBEDDED_V4:
        ip = IPv4Address(int(ip) & 0xFFFFFFFF)
    if isinstance(ip, IPv6Address) and (ip not in _GLOBAL_UNICAST or ip.sixtofour or ip.teredo):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved
