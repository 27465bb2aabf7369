"""A world of 500 boards on 8 hosts, served on loopback by another process: every board is one answer with texts.

The answers are the samples of tests/boards/, each with its rows eight times over.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.measuring import ROOT
from crawlers.boards import BoardSpider
from crawlers.fields import Unreadable
from crawlers.run import spider
from pipeline.models import Board

BOARDS = {"greenhouse": 115, "lever": 115, "lever-eu": 115, "ashby": 115, "workable": 37, "recruitee": 3}
SAMPLES = {"lever-eu": "lever"}
TIMES = 8


def boards(times: int = 1) -> list[Board]:
    """The boards of the world; `times` as many on the same hosts."""
    return [
        Board(platform, f"board{number}", f"Company {number}")
        for platform, count in BOARDS.items()
        for number in range(count * (1 if platform == "recruitee" else times))
    ]


def write(folder: Path, visited: list[Board]) -> list[str]:
    """Writes the world; the addresses of its boards."""
    entries, urls = [], []
    for platform in BOARDS:
        sample = ROOT / "tests" / "boards" / f"{SAMPLES.get(platform, platform)}.json"
        answer = many(json.loads(sample.read_bytes()), spider(platform), Board(platform, "board", "Board"))
        (folder / f"{platform}.json").write_text(json.dumps(answer), encoding="utf-8")
    for board in visited:
        url = spider(board.platform).request(board, 0).url
        urls.append(url)
        headers = {"content-type": "application/json"}
        entries.append({"url": url, "status": 200, "headers": headers, "body": f"{board.platform}.json"})
    (folder / "world.json").write_text(json.dumps(entries), encoding="utf-8")
    return urls


def many(answer: Any, platform: BoardSpider, board: Board) -> Any:
    """The same answer with its sound rows TIMES over, each with an id of its own."""
    rows = platform.rows(answer, board)
    rows = [again(row, number) for number in range(TIMES) for row in rows if sound(row, platform, board)]
    if isinstance(answer, list):
        return rows
    (name,) = platform.listing
    meta = {"meta": {"total": len(rows)}} if "meta" in answer else {}
    return answer | {name: rows} | meta


def sound(row: Any, platform: BoardSpider, board: Board) -> bool:
    """Whether a row of the sample is one that can be read; some are broken on purpose."""
    try:
        return platform.posting(row, board) is not None
    except Unreadable:
        return False


def again(row: Any, number: int) -> Any:
    """A row under another id."""
    if not isinstance(row, dict):
        return row
    names = [name for name in ("id", "shortcode", "code", "slug") if name in row]
    return row | {name: type(row[name])(f"{row[name]}{number}") for name in names}


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """`host:port` of the world, served by a process of its own."""
    command = [sys.executable, "-m", "pipeline.cli", "replay", str(folder), "--plain", "--quiet"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().split(" at ")[1].split(";")[0].strip()
        finally:
            process.terminate()
