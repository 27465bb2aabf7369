"""`scrapy list` and `scrapy crawl` work as Scrapy's users expect, and a crawl can be interrupted."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from aiohttp import ClientSession

from crawlers import run
from crawlers.connection import client
from crawlers.run import spider_names
from pipeline.models import Board, Snapshot
from tests.crawlers.hosts import Hosts, Visit, answer, jobs, stall

ROOT = Path(__file__).parents[2]


def said(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=120)


def scrapy(*arguments: str) -> str:
    return said(*arguments).stdout


def test_scrapy_lists_the_platforms() -> None:
    assert set(scrapy("list").split()) == spider_names()


def test_scrapy_crawls_one_board_and_exports_its_snapshot(hosts: Hosts, tmp_path: Path) -> None:
    hosts.greenhouse("example", answer(jobs(2)))
    out, options = tmp_path / "out.json", ["-a", "board=example", "-a", "company=Example Company"]
    places = ["-s", f"CONNECT_TO={hosts.at}", "-s", f"DATA_DIR={tmp_path / 'data'}", "-O", str(out)]
    scrapy("crawl", "greenhouse", *options, *places)
    (snapshot,) = json.loads(out.read_text(encoding="utf-8"))
    assert (snapshot["verdict"], snapshot["board"]["company"]) == ("complete", "Example Company")
    assert [posting["ref"] for posting in snapshot["postings"]] == ["1", "2"]


def test_scrapy_says_how_a_board_is_named_where_none_is(tmp_path: Path) -> None:
    assert "scrapy crawl greenhouse -a board=SLUG" in said("crawl", "greenhouse", "-s", f"DATA_DIR={tmp_path}").stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_crawl_after_the_boards_in_hand(hosts: Hosts, visit: Visit, number: signal.Signals) -> None:
    boards = [hosts.greenhouse(f"board{n}", answer(jobs(1))) for n in range(60)]
    kept: list[Snapshot] = []

    def progress(snapshot: Snapshot) -> None:
        kept.append(snapshot)
        if len(kept) == 5:
            os.kill(os.getpid(), number)

    with pytest.raises(KeyboardInterrupt):
        visit(*boards, progress=progress)
    assert 5 <= len(kept) < 60
    assert {snapshot.verdict for snapshot in kept} == {"complete"}
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_a_board_that_does_not_end_is_given_up_and_not_counted_against_it(
    hosts: Hosts, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run.GRACE < 10, "a run that is told to end has ended within ten seconds"
    monkeypatch.setattr(run, "GRACE", 0.2)
    slow = hosts.greenhouse("slow", stall)
    hosts.on("api.ashbyhq.com", "/posting-api/job-board/quick", answer({"jobs": []}))
    kept: list[str] = []

    def progress(snapshot: Snapshot) -> None:
        kept.append(snapshot.board.slug)
        os.kill(os.getpid(), signal.SIGTERM)

    with pytest.raises(KeyboardInterrupt):
        visit(slow, Board("ashby", "quick", "Quick"), progress=progress)
    assert kept == ["quick"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_a_crawl_that_is_given_up_leaves_no_connection_open(
    hosts: Hosts, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "GRACE", 0.2)
    opened: list[ClientSession] = []

    def recorded(connect_to: tuple[str, int] | None) -> ClientSession:
        opened.append(client(connect_to))
        return opened[-1]

    monkeypatch.setattr(run, "client", recorded)
    hosts.on("api.ashbyhq.com", "/posting-api/job-board/quick", answer({"jobs": []}))
    with pytest.raises(KeyboardInterrupt):
        visit(
            hosts.greenhouse("slow", stall),
            Board("ashby", "quick", "Quick"),
            progress=lambda _: os.kill(os.getpid(), signal.SIGTERM),
        )
    assert opened
    assert all(one.closed for one in opened)
