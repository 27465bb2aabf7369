"""The gate of robots.txt: RFC 9309, over Protego, which parses the rules.

Every request of every host waits for that host's robots.txt, all of them for one download. 4xx allows;
401, 403 and 429 leave the host alone; 5xx, no answer and too many redirects disallow for this run. An answer
is kept in the store and asked again after 24 hours.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler

from crawlers.middlewares.scope import ROBOTS, host_of
from crawlers.session import Session, named
from crawlers.trouble import LeftAlone, Refused, SentOn, explain
from pipeline.store import RobotsAnswer

AGENT = "reachlist"
LIMIT = 500 * 1024  # bytes that are read; RFC 9309 2.5
FRESH = timedelta(hours=24)
REFUSED = {401, 403, 429}
_LINE = re.compile(r"^\s*(user-?agent|allow|disallow|crawl-?delay)\s*[:\s](.*)", re.IGNORECASE)
_END_OF_LINE = re.compile(r"\r\n|\r|\n")
_TOKEN = re.compile(r"[A-Za-z_-]*")


class Rules:
    """The rules of one robots.txt, for one agent."""

    def __init__(self, body: bytes, agent: str = AGENT) -> None:
        self._agent = agent
        self._rules = Protego.parse(normalised(body, agent))

    def allows(self, url: str) -> bool:
        """Whether the agent may fetch `url`."""
        return self._rules.can_fetch(url, self._agent)

    @property
    def crawl_delay(self) -> float:
        """Seconds, 0 where none is asked."""
        return self._rules.crawl_delay(self._agent) or 0.0


def normalised(body: bytes, agent: str = AGENT) -> str:
    """The lines that count, as Protego reads them rightly.

    Only known fields, as an unknown line must not end a group; each product token is either `agent`, `*`, or a
    name that matches neither, as Protego takes a beginning of the agent's name for the name.
    """
    lines = []
    text = body[:LIMIT].removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="replace")
    for line in _END_OF_LINE.split(text):
        found = _LINE.match(line.partition("#")[0])
        if found is None:
            continue
        name, value = found[1].lower().replace("useragent", "user-agent"), found[2].strip()
        if name == "user-agent" and not value.startswith("*"):
            token = _TOKEN.match(value)
            value = agent if token and token[0].lower() == agent.lower() else f"not-{agent}"
        elif name == "user-agent":
            value = "*"
        lines.append(f"{name}: {value}")
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Gate:
    """What one host's robots.txt lets through; `refusal` is set where nothing passes.

    `elsewhere` is the status of the redirect where the host sent us on to another, in place of an answer.
    """

    rules: Rules | None = None
    refusal: str | None = None
    elsewhere: int | None = None

    @classmethod
    def of(cls, host: str, status: int, body: bytes) -> Gate:
        """The gate that an answer to robots.txt makes."""
        if 200 <= status < 300:
            return cls(Rules(body))
        if status in REFUSED:
            return cls(refusal=f"robots.txt of {host} answers {status}: left alone for this run")
        if not 400 <= status < 500:
            return cls(refusal=f"robots.txt of {host} answers {status}: nothing is asked there in this run")
        return cls()

    def check(self, url: str) -> None:
        """Raises Refused where `url` may not be fetched."""
        if self.refusal and self.elsewhere:
            raise SentOn(self.refusal, self.elsewhere)
        if self.refusal:
            raise LeftAlone(self.refusal)
        parts = urlsplit(url)
        if self.rules is not None and parts.path != ROBOTS and not self.rules.allows(url):
            raise Refused(f"robots.txt of {host_of(url)} disallows {parts.path}")


class RobotsMiddleware:
    """Holds every request until its host's gate is known."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raises Refused where the host's robots.txt does not let the request through."""
        if request.meta.get("robots"):
            return
        spider: Any = self.crawler.spider
        session: Session = spider.session
        origin = f"https://{host_of(request.url)}"
        if origin not in session.gates:
            session.gates[origin] = asyncio.ensure_future(self._gate(session, origin, request))
        (await asyncio.shield(session.gates[origin])).check(request.url)

    async def _gate(self, session: Session, origin: str, request: Request) -> Gate:
        """The gate of `origin`, from the store where it is fresh, else asked for; never raises."""
        host = host_of(origin)
        kept = session.store.robots(named(origin, session.connect_to))
        if kept is None or not timedelta(0) <= session.now - datetime.fromisoformat(kept.fetched_at) < FRESH:
            try:
                kept = await self._fetch(session, origin, request)
            except Exception as error:  # whatever went wrong, the host did not allow it
                refusal = f"robots.txt of {host} could not be had: {explain(error)}"
                return Gate(refusal=refusal, elsewhere=error.status if isinstance(error, SentOn) else None)
        gate = Gate.of(host, kept.status, kept.body)
        if gate.rules is not None:
            session.pacing.slow(host, gate.rules.crawl_delay)
        return gate

    async def _fetch(self, session: Session, origin: str, request: Request) -> RobotsAnswer:
        assert self.crawler.engine is not None
        asked = Request(origin + ROBOTS, meta={"robots": True, "board": request.meta.get("board")})
        response = await self.crawler.engine.download_async(asked)
        answer = RobotsAnswer(response.status, response.body[:LIMIT], session.now.isoformat())
        if 200 <= answer.status < 300 or (400 <= answer.status < 500 and answer.status not in REFUSED):
            session.store.save_robots(named(origin, session.connect_to), answer)
        return answer
