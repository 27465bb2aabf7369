"""One request in flight per host, a gap after each, and an ear for "not now".

The gap is measured from the end of one request to the start of the next and is never below the platform's
delay or the host's Crawl-delay; jitter only lengthens it. What may not enter: deciding what to request.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Protocol

from scrapy.http import Headers, Response

from crawlers.trouble import LeftAlone

JITTER = 0.04  # at most this share of the gap is added: two crawls fall out of step, and little time is lost
PATIENCE = 60.0  # seconds; a host that asks for more is left alone for this run
BACKOFF = 5.0  # seconds after a first failure, doubled with each that follows
REFUSALS = {401, 403, 406}
NOT_NOW = {429, 503}
ENOUGH = 12  # failures in a row, those of four boards, after ten minutes of waiting: the host is down, or wants no more


class Ledger(Protocol):
    """Where requests are counted across runs: the store."""

    def requests_on(self, day: str, host: str) -> int:
        """How many requests `host` got on `day`."""

    def count_request(self, day: str, host: str) -> None:
        """Count one more."""


@dataclass(slots=True)
class Host:
    """What is known of one host in this run; times in seconds of the monotonic clock."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    ready_at: float = 0.0
    crawl_delay: float = 0.0
    failures: int = 0
    blocked: str | None = None  # why it gets no more requests in this run


class Pacing:
    """Turns with hosts, shared by all spiders of a run."""

    def __init__(
        self,
        ledger: Ledger,
        day: str,
        *,
        scale: float = 1.0,
        named: Callable[[str], str] = str,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._ledger, self._day, self.scale = ledger, day, scale
        self._named = named  # a host as the ledger knows it
        self._clock, self._sleep, self._jitter = clock, sleep, jitter
        self._hosts: dict[str, Host] = defaultdict(Host)
        self.waits: Callable[[str, float], object] = lambda host, seconds: None  # told of each wait for a host

    @asynccontextmanager
    async def turn(self, name: str, *, delay: float, daily_budget: int) -> AsyncIterator[None]:
        """Wait for the host's turn and hold it; raises LeftAlone where it gets no more requests."""
        host = self._hosts[name]
        async with host.lock:
            while (pause := host.ready_at - self._clock()) > 0 and not host.blocked:
                self.waits(name, pause)
                await self._sleep(pause)
            if host.blocked:
                raise LeftAlone(host.blocked)
            if self._ledger.requests_on(self._day, self._named(name)) >= daily_budget:
                raise LeftAlone(f"{name}: the day's budget of {daily_budget} requests is spent")
            self._ledger.count_request(self._day, self._named(name))
            try:
                yield
            except BaseException:
                self._failed(name)
                raise
            finally:
                gap = max(delay, host.crawl_delay) * (1 + JITTER * self._jitter())
                self._wait(host, gap)

    def heed(self, name: str, response: Response, now: datetime, *, patient: bool = True) -> None:
        """Take what the answer says about further requests; called while the turn is held.

        Not `patient`: the first 429 ends the host's turns.
        """
        host = self._hosts[name]
        if response.status in REFUSALS:
            self.block(name, f"{name} refused with {response.status}: left alone for this run")
            return
        if response.status < 500 and response.status not in NOT_NOW:
            host.failures = 0
            return
        if response.status == 429 and not patient:
            self.block(name, f"{name} has had enough requests (429): left alone for this run")
        self._failed(name)
        asked = retry_after(response.headers, now)
        if response.status in NOT_NOW and asked is not None:
            if asked > PATIENCE:
                self.block(name, f"{name} asks to wait {asked:,.0f} s ({response.status}): left alone for this run")
            self._wait(host, asked)

    def block(self, name: str, reason: str) -> None:
        """No more requests to the host in this run; the first reason stays."""
        host = self._hosts[name]
        host.blocked = host.blocked or reason

    def slow(self, name: str, seconds: float) -> None:
        """The host's own Crawl-delay, honoured up to 60 s; from now on, where robots.txt itself was a request."""
        host = self._hosts[name]
        host.crawl_delay = min(seconds, PATIENCE)
        if host.ready_at:
            self._wait(host, host.crawl_delay)

    def _failed(self, name: str) -> None:
        host = self._hosts[name]
        self._wait(host, min(BACKOFF * 2**host.failures, PATIENCE))
        host.failures += 1
        if host.failures >= ENOUGH:
            self.block(name, f"{name} fails again and again: left alone for this run")

    def _wait(self, host: Host, seconds: float) -> None:
        host.ready_at = max(host.ready_at, self._clock() + seconds * self.scale)


def retry_after(headers: Headers, now: datetime) -> float | None:
    """Seconds the host asks to wait: RFC 9110 10.2.3, seconds or a date; None where absent or unreadable."""
    value = (headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isdecimal():
        return float(value[:9])
    until, at = _date(value), _date((headers.get("Date") or b"").decode("latin-1"))
    return max(0.0, (until - (at or now)).total_seconds()) if until else None


def _date(value: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
