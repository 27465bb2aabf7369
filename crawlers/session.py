"""What all spiders of one crawl share: the rules, the store, the clock, turns with hosts, robots gates.

Made once per crawl by run.py, or from Scrapy's settings for a lone `scrapy crawl`. Nothing here requests.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import ClientSession
from scrapy.settings import BaseSettings

from crawlers import settings
from crawlers.middlewares.pacing import Pacing
from pipeline import config
from pipeline.config import Platform
from pipeline.models import Snapshot
from pipeline.store import Store, Validators

if TYPE_CHECKING:
    from crawlers.middlewares.robots import Gate

_CONTACT = re.compile(r"(https://|mailto:)[!-'*-~]+")  # what may stand between brackets in a header


@dataclass(slots=True)
class Session:
    """One crawl."""

    platforms: Mapping[str, Platform]
    store: Store
    now: datetime
    pacing: Pacing
    connect_to: tuple[str, int] | None = None
    stopping: bool = False  # set once: no board is begun any more
    broken: Exception | None = None  # why no Snapshot can be kept any more
    gates: dict[str, asyncio.Future[Gate]] = field(default_factory=dict)  # by origin
    client: ClientSession | None = None  # what the crawl's requests share; a lone spider opens its own
    validators: dict[str, dict[str, Validators]] = field(default_factory=dict)  # by board, until committed
    keep: Callable[[Snapshot], None] = lambda snapshot: None  # what becomes of a Snapshot beside being exported

    @classmethod
    def open(
        cls,
        platforms: Mapping[str, Platform],
        store: Store,
        now: datetime,
        connect_to: str | None = None,
        delay_scale: float | None = None,
    ) -> Session:
        """Raises ValueError for an address or a contact that cannot be used, or a delay scale that may not."""
        if not _CONTACT.fullmatch(settings.CONTACT):
            raise ValueError(f"REACHLIST_CONTACT: neither an https:// nor a mailto: address: {settings.CONTACT!r}")
        address, scale = stand_in(connect_to, delay_scale)
        pacing = Pacing(store, now.date().isoformat(), scale=scale, named=lambda host: named(host, address))
        return cls(platforms, store, now, pacing, address)

    @classmethod
    def from_settings(cls, chosen: BaseSettings) -> Session:
        """For a lone `scrapy crawl`: robots answers and budgets are kept in the store, snapshots are not."""
        directory, data = Path(chosen.get("CONFIG_DIR", "config")), Path(chosen.get("DATA_DIR", "data"))
        data.mkdir(parents=True, exist_ok=True)
        scale: Any = chosen.get("DELAY_SCALE")
        return cls.open(
            config.load_platforms(config.find(directory, "platforms.yaml")),
            Store(data / "reachlist.db"),
            datetime.now(UTC),
            chosen.get("CONNECT_TO"),
            None if scale is None else float(scale),
        )

    @property
    def at(self) -> str:
        """The time of the crawl, ISO 8601 UTC."""
        return self.now.astimezone(UTC).isoformat()


def named(host: str, connect_to: tuple[str, int] | None) -> str:
    """A host as the store knows it: what stood in for it, in a replay, says nothing of the host itself."""
    return host if connect_to is None else f"stand-in for {host}"


def stand_in(connect_to: str | None, delay_scale: float | None) -> tuple[tuple[str, int] | None, float]:
    """The address that stands in for all hosts, None for none, and what delays are multiplied by. Raises ValueError."""
    address = split_address(connect_to) if connect_to else None
    on_loopback = address is not None and loopback(address[0])
    if delay_scale is None:
        return address, 0.0 if on_loopback else 1.0
    if not on_loopback:
        raise ValueError("--delay-scale is for loopback only: give --connect-to or --replay as well")
    if not 0 <= delay_scale <= 1000:
        raise ValueError(f"--delay-scale must be between 0 and 1000, not {delay_scale}")
    return address, delay_scale


def split_address(text: str) -> tuple[str, int]:
    """`HOST:PORT`, with an IPv6 host in brackets."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError(f"not HOST:PORT: {text!r}")
    return host.strip("[]"), int(port)


def loopback(host: str) -> bool:
    """Whether `host` is this machine, by its spelling alone: what a resolver says may change."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
