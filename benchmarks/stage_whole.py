"""The whole pipeline on one core: text, store, reading, openings, rank; and what of it each part is.

The first row is the floor's: ratios are told to it.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import stage_floor
from benchmarks.measuring import ROOT, Corpus, Result, Row, measured
from pipeline import config, score
from pipeline.bare_text import bare_text
from pipeline.commands.stages import Read, Stages
from pipeline.commands.work import Work
from pipeline.engines import Local
from pipeline.models import Board, Posting, Snapshot, Verdict
from pipeline.store import Store

AT = "2026-11-21T09:00:00+00:00"


def rows(corpus: Corpus) -> Iterator[Row]:
    """The floor, the whole, its parts."""
    for floor in stage_floor.rows(corpus):
        yield Row("whole", "the floor row", floor.seconds, floor.postings, floor.note)
    settings = config.load(
        ROOT / "config", criteria=[name for name, *_ in score.CRITERIA], skills=lambda words: corpus.reader.skills
    )
    work = Work(settings.vocabulary, settings.employers, date(2026, 11, 21), corpus.reader)
    stages = Stages(work, Local(work))
    snapshots = visits(corpus.postings)
    parts: dict[str, float] = {}

    def timed(name: str, step: Callable[..., Result], *arguments: Any) -> Result:
        seconds, result = measured(partial(step, *arguments), rounds=1)
        parts[name] = min(seconds, parts.get(name, seconds))
        return result

    with tempfile.TemporaryDirectory() as folder:
        for number in range(3):
            with Store(Path(folder) / f"{number}.db", plain=bare_text) as store:
                timed("visits into the store, with their plain text", commit, store, snapshots)
                found = timed("reading, and readings into the store", read, stages, store)
                ranked = timed("openings, employers and score", stages.ranked, found, settings.profile)
                timed("what was read before", read, stages, store)
    again_seconds = parts.pop("what was read before")
    total, count = sum(parts.values()), len(corpus.postings)
    note = f"{count / total:,.0f} postings/s; {len(ranked)} openings on the list"
    yield Row("whole", "reachlist", total, count, note)
    for name, seconds in parts.items():
        yield Row("whole", f"· {name}", seconds, count)
    yield Row("whole", "· the same again, for a new list", again_seconds, count)


def read(stages: Stages, store: Store) -> list[Read]:
    """What a list is made of."""
    return list(stages.read_stored(store))


def visits(postings: Sequence[Posting], at: str = AT) -> list[Snapshot]:
    """One complete visit to each board."""
    boards: dict[str, list[Posting]] = defaultdict(list)
    for posting in postings:
        boards[posting.board].append(posting)
    return [
        Snapshot(Board(platform, slug, slug), at, Verdict.COMPLETE, tuple(listed))
        for (platform, slug), listed in ((name.split("/", 1), listed) for name, listed in boards.items())
    ]


def commit(store: Store, snapshots: Sequence[Snapshot]) -> int:
    """Stores the visits as one run; how many postings were new."""
    run = store.begin_run(snapshots[0].at)
    new = sum(store.commit(run, snapshot).new for snapshot in snapshots)
    store.finish_run(run, snapshots[0].at, "done")
    return new
