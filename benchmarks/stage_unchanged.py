"""A run in which nothing changed, against the first: CPU outside the crawl, and rows written."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.measuring import ROOT, Corpus, Row, agree, measured
from benchmarks.stage_whole import visits
from pipeline.commands.accepted import parser
from pipeline.commands.crawling import run
from pipeline.commands.session import Crawlers, Session
from pipeline.models import Board, Snapshot, Verdict
from pipeline.store import Store
from pipeline.terminal import Terminal

START = datetime(2026, 11, 21, 9, tzinfo=UTC)
OF_VISITS = ("run", "visit", "board", "coverage")  # a visit is always told


def rows(corpus: Corpus) -> Iterator[Row]:
    """The first run, and one in which every board says that nothing changed."""
    snapshots = visits(corpus.postings)
    arguments = parser().parse_args(["run", "--all"])
    arguments.replay = arguments.connect_to = arguments.delay_scale = None
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        seconds, told = [], []
        for number, seen in enumerate([snapshots, *[unchanged(snapshots)] * 3]):
            session = Session(
                data, ROOT / "config", START + timedelta(hours=number), Terminal(quiet=True), crawlers(seen)
            )
            seconds.append(measured(lambda session=session: run(session, arguments), rounds=1)[0])
            told.append(rows_of(data / "reachlist.db"))
    agree("unchanged: rows written", told[1:], [told[0]] * 3)
    first, again = seconds[0], min(seconds[1:])
    count = len(corpus.postings)
    yield Row("unchanged", "the first run", first, count, "the whole command but for the crawl")
    start, _ = measured(Session(data, ROOT / "config", START, Terminal(quiet=True), crawlers(())).settings)
    note = f"{again / first:.1%} of the first; no row but of the visits is written"
    yield Row("unchanged", "a run in which nothing changed", again, count, note)
    yield Row("unchanged", "· of both: the configuration read and checked", start, count, "whatever the postings")


def crawlers(snapshots: Sequence[Snapshot]) -> Crawlers:
    """A network side that has seen it all before: no Scrapy, no requests."""

    def crawl(boards: Sequence[Board], *, store: Store, run: int, now: datetime, **_: Any) -> list[Snapshot]:
        for snapshot in snapshots:
            store.commit(run, replace(snapshot, at=now.isoformat()))
        return list(snapshots)

    nothing: Callable[..., Any] = lambda *_: None  # noqa: E731
    return Crawlers(crawl, nothing, nothing, nothing, lambda *_: nullcontext(""), nothing)


def unchanged(snapshots: Sequence[Snapshot]) -> list[Snapshot]:
    """The visits of another day, on which the boards say that nothing changed."""
    return [replace(snapshot, verdict=Verdict.UNCHANGED, postings=()) for snapshot in snapshots]


def rows_of(path: Path) -> dict[str, list[Any]]:
    """Every row with its place in the file: one that was written again has another, or other words."""
    with Store(path) as store:
        names = [row[0] for row in store._database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: store._database.rows(f"SELECT * FROM {name}") for name in names if name not in OF_VISITS}
