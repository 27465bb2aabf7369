"""One crawl of the loopback world in a process of its own: python -m benchmarks.crawl_once WHO WORLD ADDRESS [SCALE]

Prints JSON: CPU and wall seconds, memory over the start (MB), answers, postings.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.measuring import ROOT

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
Crawl = Callable[[Path, str, float], dict[str, Any]]


def reachlist(world: Path, address: str, scale: float) -> dict[str, Any]:
    """The whole crawl: robots.txt, turns, parsing, the store; and the seconds of the last two."""
    from benchmarks.loopback_world import boards  # noqa: PLC0415
    from crawlers.boards import BoardSpider  # noqa: PLC0415
    from crawlers.run import crawl  # noqa: PLC0415
    from pipeline.bare_text import bare_text  # noqa: PLC0415
    from pipeline.config import load_platforms  # noqa: PLC0415
    from pipeline.store import Store  # noqa: PLC0415

    parts = {"parsing": timed(BoardSpider, "parse"), "storing": timed(Store, "commit")}
    times = int((world / "times").read_text())
    platforms = load_platforms(ROOT / "config" / "platforms.yaml")
    with Store(world / f"{time.time_ns()}.db", plain=bare_text) as store:
        run = store.begin_run(NOW.isoformat())
        visited = boards(times)
        crawl(
            visited, platforms=platforms, store=store, run=run, now=NOW, connect_to=address, delay_scale=scale,
            progress=lambda snapshot: None,
        )  # fmt: skip
        store.finish_run(run, NOW.isoformat(), "done")
        day = NOW.date().isoformat()
        asked = {board.platform: 0 for board in visited}
        for row in store._database.rows("SELECT host, count FROM request WHERE day = ?", (day,)):
            asked[row[0]] = row[1]
        complete = sum(one.verdict == "complete" for one in store.visited(run))
        spent = {name: sum(seconds) for name, seconds in parts.items()}
        return {"answers": sum(asked.values()), "complete": complete, "postings": store.count(), "parts": spent}


def timed(owner: type, name: str) -> list[float]:
    """The CPU seconds of every call of a method from now on."""
    method, seconds = getattr(owner, name), []

    @wraps(method)
    def call(*arguments: Any, **named: Any) -> Any:
        start = time.process_time()
        try:
            return method(*arguments, **named)
        finally:
            seconds.append(time.process_time() - start)

    setattr(owner, name, call)
    return seconds


def bare(world: Path, address: str, scale: float) -> dict[str, int]:
    """The bare libraries, eight requests at once: no robots.txt, no turns, no postings, no store."""
    import aiohttp  # noqa: PLC0415
    import orjson  # noqa: PLC0415

    urls = json.loads((world / "urls.json").read_text())

    async def all_of_them() -> int:
        places = asyncio.Semaphore(8)

        async def one(url: str) -> bool:
            parts = urlsplit(url)
            target = f"http://{address}{parts.path}" + (f"?{parts.query}" if parts.query else "")
            async with places, session.get(target, headers={"Host": parts.netloc}) as response:
                return bool(orjson.loads(await response.read()))

        async with aiohttp.ClientSession() as session:
            return sum(await asyncio.gather(*map(one, urls)))

    return {"answers": asyncio.run(all_of_them())}


def scrapy(world: Path, address: str, scale: float) -> dict[str, int]:
    """Scrapy as it comes: a spider that loads the JSON and gives an item per board; logs at ERROR."""
    from scrapy import Request, Spider  # noqa: PLC0415
    from scrapy.crawler import CrawlerProcess  # noqa: PLC0415

    urls = json.loads((world / "urls.json").read_text())
    found: list[bool] = []

    class Bare(Spider):
        name = "bare"

        async def start(self):
            for url in urls:
                parts = urlsplit(url)
                target = f"http://{address}{parts.path}" + (f"?{parts.query}" if parts.query else "")
                yield Request(target, headers={"Host": parts.netloc}, dont_filter=True)

        def parse(self, response):
            found.append(bool(response.json()))
            yield {"url": response.url}

    settings = {"LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "DOWNLOAD_DELAY": 0,
                "CONCURRENT_REQUESTS_PER_DOMAIN": 8, "ROBOTSTXT_OBEY": False}  # fmt: skip
    process = CrawlerProcess(settings)
    process.crawl(Bare)
    process.start()
    return {"answers": sum(found)}


def peak() -> float:
    """The most memory this process has had, MB. What `getrusage` tells may be that of the process that began it."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Print what one crawl cost."""
    who, world, address, *rest = sys.argv[1:]
    crawl: Crawl = {"reachlist": reachlist, "aiohttp": bare, "scrapy": scrapy}[who]
    import crawlers.run  # noqa: F401, PLC0415 -- before the clock starts, for all of them

    memory = peak()
    cpu, wall = time.process_time(), time.monotonic()
    found = crawl(Path(world), address, float(rest[0]) if rest else 0.0)
    print(json.dumps(found | {
        "cpu": time.process_time() - cpu, "wall": time.monotonic() - wall,
        "memory": peak() - memory,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
