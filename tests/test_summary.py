"""The end of a run fits one screen and says what to do about each board that failed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawlers.middlewares.robots import Gate
from pipeline.changes import Change
from pipeline.commands.crawling import Crawled
from pipeline.commands.marking import Marked
from pipeline.commands.session import Session
from pipeline.commands.shortlisting import Shortlist
from pipeline.commands.summary import summary, what_to_do
from pipeline.models import Sheet, Verdict
from pipeline.shortlist import numbered
from pipeline.store import Changes, Visited
from pipeline.terminal import Terminal
from tests.test_progress import SEQUENCE, screen
from tests.test_shortlist import row

SCREEN = 40  # lines
REASONS = (
    "no such board (404)",
    "robots.txt of jobs.example.com disallows /api/offers/",
    "jobs.example.com refused with 403: left alone for this run",
    "api.lever.co: the day's budget of 1000 requests is spent",
    "the answer breaks off at character 1,288: Unterminated string starting at",
    "answered 500",
    "no whole answer in time",
)


def visited(reason: str | None, verdict: Verdict = Verdict.FAILED, number: int = 0) -> Visited:
    return Visited(f"lever/board{number}", "2026-11-21T08:00:00+00:00", verdict, None, 0, reason, Changes())


@pytest.fixture
def crawled() -> Crawled:
    """A bad morning: many boards in trouble, a record that could not be read, an alarm."""
    trouble = [visited(REASONS[number % len(REASONS)], number=number) for number in range(30)]
    return Crawled(due=31, not_due=200, visited=[*trouble, visited(None, Verdict.COMPLETE, 31)])


@pytest.fixture
def listed() -> Shortlist:
    rows = numbered([row(str(number), title=f"Machine Learning Intern {number} " * 9) for number in range(40)])
    changes = [Change("new", one.opening.id, "ML Intern", "Kelpwater", "new at 3") for one in rows]
    return Shortlist(rows, changes, 12, Marked({}, (), Sheet()))


def told(crawled: Crawled, listed: Shortlist, terminal: Terminal) -> None:
    nobody: Any = None
    session = Session(Path("data"), Path("config"), datetime(2026, 11, 21, tzinfo=UTC), terminal, nobody)
    summary(session, crawled, listed)


@pytest.mark.parametrize("columns", [80, 120, 200])
def test_a_bad_morning_fits_a_screen(
    crawled: Crawled, listed: Shortlist, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = screen(monkeypatch, columns)
    told(crawled, listed, Terminal())
    lines = SEQUENCE.sub("", shown.getvalue()).splitlines()
    assert sum(max(1, -(-len(line) // columns)) for line in lines) <= SCREEN
    text = "\n".join(lines)
    for part in ("31 visited", "0 closed", "since the last list: 40 new", "correct its line in boards.yaml"):
        assert part in text
    assert "… and 27 more: `reachlist boards health`" in text
    assert sum("Kelpwater — Machine Learning Intern" in line for line in lines) == 10


def test_where_nobody_watches_nothing_is_cut(
    crawled: Crawled, listed: Shortlist, capsys: pytest.CaptureFixture[str]
) -> None:
    told(crawled, listed, Terminal())
    out, err = capsys.readouterr()
    assert "Machine Learning Intern 0 " * 8 in out and "\x1b" not in out + err
    assert not [line for line in out.splitlines() if line != line.rstrip()]
    assert f"failed: lever/board1: {REASONS[1]}" in err.splitlines()


def test_without_a_network_nobody_is_told_to_take_boards_out(
    listed: Shortlist, capsys: pytest.CaptureFixture[str]
) -> None:
    reason = "robots.txt of a.example could not be had: the host's name is not known: a.example"
    crawled = Crawled(due=9, not_due=0, visited=[visited(reason, number=number) for number in range(9)])
    told(crawled, listed, Terminal())
    text = capsys.readouterr().err
    assert "is there a network" in text and "take the board out" not in text and "says no" not in text


@pytest.mark.parametrize(
    ("reason", "advice"),
    [
        (REASONS[0], "correct its line in boards.yaml"),
        (REASONS[1], "left alone"),
        (REASONS[2], "left alone"),
        (REASONS[3], "next day's run"),
        (REASONS[4], "next run asks again"),
        (REASONS[6], "next run asks again"),
        ("boards.yaml does not say its host", "complete its lines"),
        ("robots.txt of a.example could not be had: the host's name is not known: a.example", "next run asks again"),
        ("robots.txt of a.example could not be had: no whole answer in time", "next run asks again"),
        (Gate.of("a.example", 503, b"").refusal, "next run asks again"),
        (Gate.of("a.example", 403, b"").refusal, "if it stays so"),
        (Gate.of("a.example", 429, b"").refusal, "if it stays so"),
        ("a.example fails again and again: left alone for this run", "next run asks again"),
    ],
)
def test_every_kind_of_trouble_has_its_advice(reason: str, advice: str) -> None:
    assert advice in what_to_do(visited(reason))


def test_a_suspect_listing_needs_only_to_repeat() -> None:
    assert "next visit" in what_to_do(visited("no postings, and postings stood there", Verdict.SUSPECT))
