"""The crawl: boards in, snapshots in the store. `crawl` is the one function that cli.py calls."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cache

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from crawlers.boards import BoardSpider
from crawlers.connection import client
from crawlers.session import Session
from pipeline.config import Platform, never_asked
from pipeline.models import Board, Snapshot, Verdict
from pipeline.store import Store

GRACE = 9.0  # seconds a board in hand has to end after SIGINT or SIGTERM
SIGNALS = (signal.SIGINT, signal.SIGTERM)

logger = logging.getLogger(__name__)


def crawl(
    boards: Sequence[Board],
    *,
    platforms: Mapping[str, Platform],
    store: Store,
    run: int,
    now: datetime,
    connect_to: str | None = None,
    delay_scale: float | None = None,
    progress: Callable[[Snapshot], None] | None = None,
    waits: Callable[[str, float], object] | None = None,
) -> None:
    """Visit `boards`, each platform's beside the others', and commit every Snapshot as it arrives.

    `progress` hears of each once it is committed; none is held, however many boards there are. `waits` hears
    of every host whose turn is waited for, and for how many seconds. A board that may not be visited (`why_not`)
    is `failed` with that reason and costs no request. Raises ValueError for a wrong address or delay scale, and
    KeyboardInterrupt after SIGINT or SIGTERM, once the boards in hand are committed or their 10 s are over.
    """
    session = Session.open(platforms, store, now, connect_to, delay_scale)
    session.pacing.waits = waits or session.pacing.waits

    def keep(snapshot: Snapshot) -> None:
        store.commit(run, snapshot, validators=session.validators.pop(snapshot.board.id, None))
        if progress is not None:
            progress(snapshot)

    session.keep = keep
    by_platform: dict[str, list[Board]] = {}
    for board in dict.fromkeys(boards):
        reason = why_not(board, platforms)
        if reason is None:
            by_platform.setdefault(board.platform, []).append(board)
        else:
            keep(Snapshot(board, session.at, Verdict.FAILED, reason=reason))
    if by_platform:
        with quiet():
            asyncio.run(_crawl(by_platform, session))
    if session.broken is not None:
        raise session.broken
    if session.stopping:
        raise KeyboardInterrupt


def why_not(board: Board, platforms: Mapping[str, Platform]) -> str | None:
    """Why a board is not visited, for a person; None where it is."""
    platform = platforms.get(board.platform)
    if platform is None:
        return f"no platform {board.platform} in platforms.yaml"
    if platform.policy == "denied":
        return f"{platform.name} is never visited: {platform.reason}"
    if platform.policy == "off":
        return f"{platform.name} is off in platforms.yaml: {platform.reason}"
    if board.platform not in spider_names():
        return f"no spider yet for {platform.name}"
    if never := never_asked(board.option("host") or "", platforms):
        return never
    missing = [name for name in platform.environment if not os.environ.get(name)]
    if platform.policy == "key" and missing:
        return f"{platform.name} needs a free key in {', '.join(missing)}: {platform.reason}"
    if lacking := unsaid(board):
        return f"boards.yaml does not say its {', '.join(lacking)} (docs/boards.md)"
    return None


def unsaid(board: Board) -> tuple[str, ...]:
    """The options that a board's platform needs and the board does not say; none where there is no spider."""
    if board.platform not in spider_names():
        return ()
    return board.unsaid(needed(board.platform))


@cache
def spider_names() -> frozenset[str]:
    """The platforms that have a spider: what `scrapy list` prints."""
    return frozenset(SpiderLoader.from_settings(_settings()).list())


@cache
def needed(platform: str) -> tuple[str, ...]:
    """The options that every board of a platform must say. Raises KeyError for a platform without a spider."""
    return type(spider(platform)).options


def spider(platform: str) -> BoardSpider:
    """A spider, for its parsing alone. Raises KeyError for a platform without one."""
    return SpiderLoader.from_settings(_settings()).load(platform)()  # type: ignore[return-value]


def _settings() -> Settings:
    settings = Settings()
    settings.setmodule("crawlers.settings", priority="project")
    return settings


async def _crawl(boards: Mapping[str, Sequence[Board]], session: Session) -> None:
    settings = _settings()
    settings.set("DOWNLOADER_STATS", False, priority="cmdline")  # counts of bytes that a run shows nobody
    runner = AsyncCrawlerRunner(settings)
    with stopping_on_signals(session):
        async with client(session.connect_to) as session.client:  # hangs up however the crawl ends
            await asyncio.gather(
                *(runner.crawl(name, boards=chosen, session=session) for name, chosen in boards.items())
            )


@contextmanager
def stopping_on_signals(session: Session) -> Iterator[None]:
    """SIGINT and SIGTERM end the crawl after the boards in hand; a second one ends it at once."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()

    def stop() -> None:
        if session.stopping and task is not None:
            task.cancel()
        session.stopping = True
        if task is not None:
            loop.call_later(GRACE, task.cancel)

    try:
        for number in SIGNALS:
            loop.add_signal_handler(number, stop)
    except (NotImplementedError, RuntimeError, ValueError):  # Windows, or not the main thread
        logger.debug("signals end the crawl at once here")
    try:
        with suppress(asyncio.CancelledError):
            yield
    finally:
        for number in SIGNALS:
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.remove_signal_handler(number)


@contextmanager
def quiet() -> Iterator[None]:
    """Scrapy's own log is for errors: the run says what matters, board by board."""
    scrapy = logging.getLogger("scrapy")
    before = scrapy.level
    scrapy.setLevel(logging.ERROR)
    try:
        yield
    finally:
        scrapy.setLevel(before)
