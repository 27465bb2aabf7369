"""Scrapy's conventions hold here, and the spiders carry their rules into a project that is not ours."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.crawlers.hosts import GREENHOUSE, Hosts, answer, jobs

Scrapy = Callable[..., subprocess.CompletedProcess[str]]

SETTINGS = """
BOT_NAME = "theirs"
USER_AGENT = "Mozilla/5.0 (pretending)"
ROBOTSTXT_OBEY = False
SPIDER_MODULES = ["crawlers.spiders"]
DOWNLOADER_MIDDLEWARES = {"theirs.Marking": 10}
FEEDS = {"feed.jsonl": {"format": "jsonlines"}}
"""
THEIRS = """
class Marking:
    def process_request(self, request):
        request.headers["X-Theirs"] = "yes"
"""


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A Scrapy project of somebody else's that lists our spiders."""
    project = tmp_path / "foreign"
    project.mkdir()
    (project / "scrapy.cfg").write_text("[settings]\ndefault = theirs_settings\n")
    (project / "theirs_settings.py").write_text(SETTINGS)
    (project / "theirs.py").write_text(THEIRS)
    return project


@pytest.fixture
def scrapy(hosts: Hosts, tmp_path: Path) -> Scrapy:
    """`scrapy …` in a folder, its requests sent to the test's hosts."""

    def run(*words: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
        places = ["-s", f"CONNECT_TO={hosts.at}", "-s", f"DATA_DIR={tmp_path / 'data'}"]
        return subprocess.run(
            [sys.executable, "-m", "scrapy", words[0], *places, *words[1:]],
            cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=120,
            check=False,
        )  # fmt: skip

    return run


def stat(done: subprocess.CompletedProcess[str], name: str) -> int:
    """A figure of the stats that Scrapy logs at the end."""
    found = re.search(rf"'{name}': (\d+)", done.stderr)
    return int(found[1]) if found else 0


CRAWL = ("crawl", "greenhouse", "-a", "board=example")


def test_a_foreign_project_gets_items_through_its_own_feeds(hosts: Hosts, scrapy: Scrapy, foreign: Path) -> None:
    hosts.greenhouse("example", answer(jobs(2)))
    done = scrapy(*CRAWL, folder=foreign)
    (snapshot,) = map(json.loads, (foreign / "feed.jsonl").read_text(encoding="utf-8").splitlines())
    assert snapshot["verdict"] == "complete", done.stderr
    assert [posting["ref"] for posting in snapshot["postings"]] == ["1", "2"]
    assert (stat(done, "boards/complete"), stat(done, "postings/read")) == (1, 2)


def test_the_rules_go_with_the_spider_and_the_projects_own_middlewares_stay(
    hosts: Hosts, scrapy: Scrapy, foreign: Path
) -> None:
    hosts.greenhouse("example", answer(jobs(1)))
    hosts.on("boards-api.greenhouse.io", "/robots.txt", answer(b"User-agent: *\nDisallow: /\n"))
    scrapy(*CRAWL, folder=foreign)
    (snapshot,) = map(json.loads, (foreign / "feed.jsonl").read_text(encoding="utf-8").splitlines())
    assert (snapshot["verdict"], "robots.txt" in snapshot["reason"]) == ("failed", True)
    (asked,) = hosts.seen  # robots.txt alone
    assert asked.headers["user-agent"].startswith("reachlist/") and asked.headers["x-theirs"] == "yes"


def test_a_setting_makes_an_item_of_every_posting(hosts: Hosts, scrapy: Scrapy, foreign: Path) -> None:
    hosts.greenhouse("example", answer(jobs(3)))
    rows = 'SPIDER_MIDDLEWARES={"crawlers.middlewares.postings.PostingsMiddleware": 50}'
    done = scrapy(*CRAWL, "-s", rows, "-O", "postings.csv", folder=foreign)
    with (foreign / "postings.csv").open(encoding="utf-8", newline="") as file:
        assert [row["ref"] for row in csv.DictReader(file)] == ["1", "2", "3"], done.stderr
    assert stat(done, "item_scraped_count") == 3


def test_httpcache_answers_the_second_crawl(hosts: Hosts, scrapy: Scrapy, tmp_path: Path) -> None:
    hosts.greenhouse("example", answer(jobs(1)))
    cache = ("-s", "HTTPCACHE_ENABLED=1", "-s", f"HTTPCACHE_DIR={tmp_path / 'cache'}", "-O", str(tmp_path / "out.json"))
    scrapy(*CRAWL, *cache)
    before = len(hosts.seen)
    done = scrapy(*CRAWL, *cache)
    assert (stat(done, "httpcache/hit"), len(hosts.seen) - before) == (1, 0)


def test_scrapy_shell_asks_with_a_spiders_rules_and_with_no_others(hosts: Hosts, scrapy: Scrapy) -> None:
    hosts.greenhouse("example", answer(jobs(1)))
    url = "https://boards-api.greenhouse.io/v1/boards/example/jobs"
    assert scrapy("shell", "--spider=greenhouse", "-c", "response.status", url).stdout.strip() == "200"
    refused = scrapy("shell", "-c", "response", url)
    assert "--spider=NAME" in refused.stderr + refused.stdout
    assert len([path for path in hosts.paths(GREENHOUSE) if path.endswith("/jobs")]) == 1


@pytest.mark.parametrize(("rejected", "verdict"), [(0, "OK"), (1, "FAILED")])
def test_spidermon_watches_a_crawl(hosts: Hosts, scrapy: Scrapy, tmp_path: Path, rejected: int, verdict: str) -> None:
    pytest.importorskip("spidermon")
    listing = jobs(3)
    for row in listing["jobs"][:rejected]:
        del row["title"]
    hosts.greenhouse("example", answer(listing))
    extension = 'EXTENSIONS={"spidermon.contrib.scrapy.extensions.Spidermon": 500}'
    suite = "SPIDERMON_SPIDER_CLOSE_MONITORS=crawlers.monitors.BoardMonitors"
    done = scrapy(*CRAWL, "-s", extension, "-s", "SPIDERMON_ENABLED=1", "-s", suite, "-O", str(tmp_path / "out.json"))
    assert re.search(rf"\[Spidermon\] {verdict}\b", done.stderr), done.stderr[-2000:]
