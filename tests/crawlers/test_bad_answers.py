"""What is no listing, of every platform: broken off, of another kind, repeated, with a total that is not so."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from crawlers.boards import BoardSpider
from crawlers.fields import Unreadable
from crawlers.run import spider, spider_names
from crawlers.snapshots import Visit
from pipeline.models import Board, Verdict
from tests.conftest import Figure
from tests.crawlers.hosts import NOW
from tests.crawlers.test_golden import sample

NAMES = sorted(spider_names())
BAD = {
    "nothing": b"",
    "a line of text": b"Too many requests, try again later",
    "a page": b"<!doctype html><html><head><title>Sorry</title></head><body><p>Back soon.</p></body></html>",
    "a page that breaks off": b"<!doctype html><html><head><title>Sor",
    "a JSON error": b'{"error": "Not Found", "status": 404}',
    "an empty object": b"{}",
    "null": b"null",
    "an XML error": b'<?xml version="1.0"?><error>no</error>',
}


def answered(name: str) -> tuple[BoardSpider, Board, bytes]:
    """A spider, a board that says all it may need, and the sample of its listing."""
    platform, path = spider(name), sample(spider(name))
    assert path is not None
    said = dict.fromkeys(platform.options, "x") | ({"sitemap": "jobs.xml"} if name == "careers" else {})
    return platform, Board(name, "example", "Example", tuple(said.items())), path.read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_what_is_no_listing_is_refused_with_its_reason(name: str) -> None:
    platform, board, body = answered(name)
    broken = {f"the first {part}%": body[: len(body) * part // 100] for part in (10, 50, 90)}
    if name == "speedyapply":  # its last lines hold no jobs
        del broken["the first 90%"]
    if platform.decode(body) and name in ("icims", "jazzhr", "ycjobs"):  # so do the last tags of a page
        broken["the first 90%"] = body[: body.rindex(b"</body")]
    for kind, answer in (BAD | broken).items():
        with pytest.raises(Unreadable, match=r"\w") as refused:
            platform.parse(answer, board)
        assert "\n" not in str(refused.value), kind


@pytest.mark.parametrize("name", [name for name in NAMES if name != "ycombinator"])  # one answer, of employers
def test_a_page_that_comes_again_ends_the_walk_without_proof(name: str) -> None:
    platform, board, body = answered(name)
    first = platform.parse(body, board)
    seen = Visit(board, NOW.isoformat())
    assert seen.add(replace(first, total=None, following=1)) == 1
    assert seen.add(replace(first, total=None, following=2)) is None
    snapshot = seen.snapshot()
    assert (snapshot.verdict, snapshot.reason) == (Verdict.PARTIAL, "page 2 repeats what came before")


@pytest.mark.parametrize("name", [name for name in NAMES if spider(name).counted])
@pytest.mark.parametrize("more", [7, -1])
def test_a_total_that_is_not_so_proves_nothing(name: str, more: int, figure: Figure) -> None:
    platform, board, body = answered(name)
    platform.page_size = None  # type: ignore[misc]  -- one page is all
    value = json.loads(body)
    total = platform.parse(body, board).listed + more
    inner: Any = value
    *steps, last = platform.counted
    for step in steps:
        inner = inner[int(step) if isinstance(inner, list) else step]
    inner[last] = total
    seen = Visit(board, NOW.isoformat())
    seen.add(replace(platform.parse(json.dumps(value).encode(), board), following=None))
    snapshot = seen.snapshot()
    assert snapshot.verdict is Verdict.PARTIAL
    assert str(snapshot.reason).startswith(f"the board says {total} postings, ")
    figure("lying totals: partial, with the reason")


@pytest.mark.parametrize("name", [name for name in NAMES if spider(name).empty_is_unknown])
def test_nothing_listed_of_a_board_never_seen_is_suspect_where_unknown_boards_answer_so(name: str) -> None:
    platform, board, _ = answered(name)
    assert platform.empty_is_unknown
    seen = Visit(board, NOW.isoformat())
    seen.unknown = True
    assert seen.snapshot().verdict is Verdict.SUSPECT
