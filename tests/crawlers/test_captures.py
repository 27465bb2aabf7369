"""The real answers beside the checkout come through whole. What is compared is read from them a second time."""

from __future__ import annotations

import html
import json
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from crawlers.replay import serve
from crawlers.run import crawl
from pipeline.config import Platform, load_boards
from pipeline.models import Board, Pay, Posting, Snapshot, Verdict
from pipeline.store import Store
from tests.crawlers.hosts import NOW

HOSTS = {"boards-api.greenhouse.io": "greenhouse", "api.lever.co": "lever", "api.ashbyhq.com": "ashby"}


def recorded(captures: Path) -> Iterator[tuple[Board, list[dict[str, Any]]]]:
    """Each Greenhouse, Lever and Ashby board of the captures, with its rows as they are."""
    for entry in json.loads((captures / "world.json").read_text(encoding="utf-8")):
        url = urlsplit(entry["url"])
        if url.netloc in HOSTS:
            steps = url.path.removesuffix("/jobs").split("/")
            answer = json.loads((captures / entry["body"]).read_text(encoding="utf-8"))
            rows = answer["jobs"] if isinstance(answer, dict) else answer
            yield Board(HOSTS[url.netloc], unquote(steps[-1]), "Example"), rows


def expected(board: Board, row: Mapping[str, Any]) -> tuple[str, str, str | None, str]:
    """(title, URL, day, first place) as the row says them."""
    if board.platform == "greenhouse":
        return row["title"], row["absolute_url"], row["first_published"][:10], row["location"]["name"]
    if board.platform == "lever":
        day = datetime.fromtimestamp(row["createdAt"] / 1000, UTC).date().isoformat()
        return row["text"], row["hostedUrl"], day, row["categories"]["location"]
    return row["title"], row["jobUrl"], row["publishedAt"][:10], row["location"]


def found(posting: Posting) -> tuple[str, str, str | None, str]:
    return posting.title, posting.url, (posting.posted or "")[:10], posting.locations[0]


Made = list[tuple[dict[str, Any], list[Posting]]]
Crawled = dict[str, tuple[Snapshot, dict[str, Posting]]]


@pytest.fixture(scope="module")
def crawled(shared: Path, platforms: dict[str, Platform], tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """Board -> what its visit saw, and what is stored of it."""
    boards = [board for board, _ in recorded(shared / "captures")]
    with Store(tmp_path_factory.mktemp("data") / "reachlist.db") as store, serve(shared / "captures") as at:
        run = store.begin_run(NOW.isoformat())
        snapshots: list[Snapshot] = []
        crawl(boards, platforms=platforms, store=store, run=run, now=NOW, connect_to=at, progress=snapshots.append)
        return {snapshot.board.id: (snapshot, store.known(snapshot.board.id)) for snapshot in snapshots}


def test_every_listed_posting_is_stored_with_its_title_address_date_and_place(crawled: Crawled, shared: Path) -> None:
    count = 0
    for board, rows in recorded(shared / "captures"):
        listed = [expected(board, row) for row in rows if row.get("isListed", True)]
        stored = crawled[board.id][1].values()
        assert sorted(found(posting) for posting in stored) == sorted((" ".join(t.split()), *r) for t, *r in listed)
        count += len(listed)
    assert count == 81


def test_no_record_is_unreadable_and_only_the_board_cut_short_is_partial(crawled: Crawled) -> None:
    assert not [snapshot for snapshot, _ in crawled.values() if snapshot.rejected]
    verdicts = {board: snapshot.verdict for board, (snapshot, _) in crawled.items()}
    assert verdicts.pop("greenhouse/amplitude") is Verdict.PARTIAL  # two of the 37 that it says it has
    assert set(verdicts.values()) == {Verdict.COMPLETE}


def test_pay_workplace_and_employment_are_read(crawled: Crawled) -> None:
    stored = crawled["ashby/HighlightTA"][1]
    engineer = stored["fc2f1f85-46a0-4a31-b165-683e39c07c04"]
    assert engineer.pay == Pay(102_800, 137_000, "CAD", "year")
    assert (engineer.workplace, engineer.employment) == ("hybrid", "FullTime")


@pytest.fixture(scope="module")
def made(shared: Path, platforms: dict[str, Platform], tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Each posting of a made world as its source has it, with what is stored under its board and title."""
    world, tool = tmp_path_factory.mktemp("made"), shared / "tools" / "make_world.py"
    subprocess.run([sys.executable, str(tool), str(world), "--postings", "300"], check=True, capture_output=True)
    boards = load_boards(world / "boards.yaml")
    with Store(world / "reachlist.db") as store, serve(world) as at:
        run = store.begin_run(NOW.isoformat())
        crawl(boards, platforms=platforms, store=store, run=run, now=NOW, connect_to=at)
        stored: dict[tuple[str, str], list[Posting]] = {}
        for listing in store.listings():
            stored.setdefault((listing.posting.board, listing.posting.title), []).append(listing.posting)
    maker = runpy.run_path(str(tool))
    source = {row["id"]: row for row in maker["rows"](maker["DEFAULT"])}
    truth = [json.loads(line) for line in (world / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = [source_text(maker, row["platform"], source[row["id"]]) for row in truth]
    return [
        (row | {"text": text}, stored[f"{row['platform']}/{row['board']}", " ".join(row["title"].split())])
        for row, text in zip(truth, texts, strict=True)
    ]


def source_text(maker: dict[str, Any], platform: str, row: dict[str, Any]) -> str:
    """The text of a posting as its platform shows it; Lever's lists are taken out of the text before."""
    if platform == "lever":
        (record,) = json.loads(maker["lever"]("board", "Example", [row])[1])
        return " ".join([record["description"], *(f"{part['text']} {part['content']}" for part in record["lists"])])
    return ("The role " if platform == "personio" else "") + maker["as_html"](row["description"])


def words(markup: str) -> list[str]:
    return html.unescape(re.sub(r"<[^>]+>", " ", markup)).split()


def test_every_posting_of_a_made_world_is_stored(made: Made) -> None:
    assert len(made) == 300
    assert len({row["platform"] for row, _ in made}) == 7
    assert len({posting.id for _, postings in made for posting in postings}) == 300


def test_every_text_of_a_made_world_is_its_source(made: Made) -> None:
    differ = [row["id"] for row, postings in made if words(row["text"]) not in [words(p.description) for p in postings]]
    assert differ == []
