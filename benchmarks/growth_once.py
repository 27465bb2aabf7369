"""Everything but reading, for N postings, in a process of its own: python -m benchmarks.growth_once N

Visits into the store, readings into the store, openings, employers, score. One posting in ten is an internship in
machine learning. The reader is left out, for it knows one posting at a time: every reading is that of its kind.
Prints JSON: CPU seconds of each part, and memory over the start (MB).
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from benchmarks.crawl_once import peak
from benchmarks.measuring import ROOT
from pipeline import config, score
from pipeline.bare_text import bare_text
from pipeline.commands import work as pure
from pipeline.commands.compiled import reader_of
from pipeline.commands.stages import Stages
from pipeline.engines import Local
from pipeline.models import Board, Posting, Snapshot, Verdict
from pipeline.reading import to_json
from pipeline.store import Store

AT = "2026-11-21T09:00:00+00:00"
ON_A_BOARD = 100
THINGS = (
    "buoys", "bridges", "kilns", "ferries", "orchards", "turbines", "looms", "mills", "quarries", "trams", "vineyards",
)  # fmt: skip
WANTED = "<p>You study computer science and know Python and PyTorch. You train models of {}.</p>"
OTHER = "<p>You look after our {} and speak with the people who use them.</p>"


def boards(count: int) -> Iterator[Snapshot]:
    """One visit to each of the boards of `count` postings, of about 3,000 characters each."""
    for number in range(count // ON_A_BOARD):
        chance = random.Random(number)
        board = Board("greenhouse", f"board{number}", f"{chance.choice(THINGS).title()} Works {number}")
        yield Snapshot(board, AT, Verdict.COMPLETE, tuple(posting(board, ref, chance) for ref in range(ON_A_BOARD)))


def posting(board: Board, ref: int, chance: random.Random) -> Posting:
    """An internship in machine learning where `ref` ends in 0."""
    thing = chance.choice(THINGS)
    words = "".join(f"<p>In week {chance.randint(1, 52)} you count {chance.choice(THINGS)}.</p>" for _ in range(80))
    title, text = ("Machine Learning Intern", WANTED) if ref % 10 == 0 else ("Keeper", OTHER)
    url = f"https://boards.greenhouse.io/{board.slug}/jobs/{board.slug[5:]}{ref:04}"
    return Posting(
        board.id, str(ref), url, f"{title}, {thing} {ref}", board.company, text.format(thing) + words,
        locations=("Lisbon",), posted="2026-11-01",
    )  # fmt: skip


def main() -> None:
    """Print what N postings cost."""
    count = int(sys.argv[1])
    settings = config.load(
        ROOT / "config",
        criteria=[name for name, *_ in score.CRITERIA],
        skills=lambda words: reader_of(words).skills,
    )
    reader = reader_of(settings.vocabulary)
    kinds = [reader.read(posting(Board("greenhouse", "board0", "B"), ref, random.Random(0))) for ref in (0, 1)]
    known = {title: (to_json(one), pure.is_wanted(one)) for title, one in zip("MK", kinds, strict=True)}
    assert [wanted for _, wanted in known.values()] == [True, False]

    def read(work: pure.Work, postings: Mapping[str, Posting]) -> tuple[dict[str, tuple[str, bool]], dict[str, str]]:
        return {name: known[one.title[0]] for name, one in postings.items()}, {}

    pure.read = read
    work = pure.Work(settings.vocabulary, settings.employers, date(2026, 11, 21), reader)
    stages = Stages(work, Local(work))
    memory, marks = peak(), [time.process_time()]
    making = 0.0
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "reachlist.db", plain=bare_text) as store:
        run = store.begin_run(AT)
        for snapshot in boards(count):
            start = time.process_time()
            store.commit(run, snapshot)
            making += time.process_time() - start
        marks = [0.0, making]
        start = time.process_time() - making
        found = list(stages.read_stored(store))
        marks.append(time.process_time() - start)
        rows = stages.ranked(found, settings.profile)
        marks.append(time.process_time() - start)
        store.save_openings((row.opening, row.employer.size) for row in rows)
        marks.append(time.process_time() - start)
    names = (
        "visits into the store",
        "readings into the store",
        "openings, employers, score",
        "openings into the store",
    )
    parts = {name: after - before for name, before, after in zip(names, marks, marks[1:], strict=False)}
    print(json.dumps({"parts": parts, "cpu": marks[-1], "memory": peak() - memory, "peak": peak(), "rows": len(rows)}))


if __name__ == "__main__":
    main()
