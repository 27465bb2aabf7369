"""The crawl of 500 boards on 8 hosts of a loopback world: CPU for a board, wall time against politeness, memory.

The world is served by another process, and each contender crawls it in a process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import loopback_world
from benchmarks.measuring import ROOT, Corpus, Row, absent, agree
from pipeline.config import load_platforms

MANY = 8  # times the boards, for the memory


def rows(corpus: Corpus) -> Iterator[Row]:
    """CPU for a board beside others; one row each for wall time and memory. Units are boards, not postings."""
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder)
        boards = loopback_world.boards()
        urls = loopback_world.write(world, boards)
        (world / "urls.json").write_text(json.dumps(urls))
        (world / "times").write_text("1")
        with loopback_world.served(world) as address:
            ours = best(world, address, "reachlist")
            hosts = 8
            agree("crawl: boards seen whole", ours["complete"], len(boards))
            agree("crawl: one request per board, one robots.txt per host", ours["answers"], len(boards) + hosts)
            yield told("aiohttp + orjson, bare", best(world, address, "aiohttp"), len(boards))
            yield told("reachlist, with parsing and the store", ours, len(boards))
            for part, seconds in ours["parts"].items():
                note = f"of {ours['postings']:,} postings"
                yield Row("crawl", f"· {part}", seconds, len(boards), note)
            rest = ours["cpu"] - sum(ours["parts"].values())
            yield Row("crawl", "· Scrapy, robots.txt, turns", rest, len(boards), "what is left")
            yield absent("crawl", "Scrapy as it comes", "scrapy") or told(
                "Scrapy as it comes", best(world, address, "scrapy"), len(boards)
            )
            polite, least = crawl(world, address, "reachlist", scale=1.0), politeness(boards)  # some four minutes
            note = f"wall {polite['wall']:.0f} s, {polite['wall'] / least:.3f} of requests × delay"
            yield Row("crawl", "reachlist, with delays", polite["cpu"], len(boards), note)
        many = loopback_world.boards(MANY)
        loopback_world.write(world, many)
        (world / "times").write_text(str(MANY))
        with loopback_world.served(world) as address:
            more = crawl(world, address, "reachlist")
        grown = (f"{found['memory']:.0f} MB for {count:,}" for found, count in ((more, len(many)), (ours, len(boards))))
        note = f"over the start {', '.join(grown)} boards"
        yield Row("crawl", f"reachlist, {MANY} times the boards", more["cpu"], len(many), note)


def politeness(boards: list[Any]) -> float:
    """Seconds of the slowest host: requests, robots.txt too, times its delay; the last answer needs no wait."""
    platforms = load_platforms(ROOT / "config" / "platforms.yaml")
    counts = Counter(b.platform if b.platform != "recruitee" else b.id for b in boards)
    return max(count * platforms[name.split("/")[0]].delay for name, count in counts.items())


def told(contender: str, found: dict[str, Any], boards: int) -> Row:
    """A row of CPU."""
    note = f"{found['answers']} answers, {found['wall']:.1f} s, {found['memory']:.0f} MB over the start"
    return Row("crawl", contender, found["cpu"], boards, note)


def best(world: Path, address: str, who: str) -> dict[str, Any]:
    """The crawl that took the least CPU of three."""
    return min((crawl(world, address, who) for _ in range(3)), key=lambda found: found["cpu"])


def crawl(world: Path, address: str, who: str, scale: float = 0.0) -> dict[str, Any]:
    """What one crawl in a process of its own cost."""
    command = [sys.executable, "-m", "benchmarks.crawl_once", who, str(world), address, str(scale)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=900)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return json.loads(done.stdout.splitlines()[-1])
