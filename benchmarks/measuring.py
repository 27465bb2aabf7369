"""How a benchmark measures: CPU seconds of one process, the best of a few rounds, and only of results that agree."""

from __future__ import annotations

import gc
import gzip
import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from pipeline import cli
from pipeline.commands.compiled import reader_of
from pipeline.config import load_vocabulary
from pipeline.models import Posting
from pipeline.reading import Reader
from pipeline.store import Store

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "postings.jsonl.gz"
SAMPLE = ROOT / "data" / "sample"

Result = TypeVar("Result")


class DisagreementError(Exception):
    """A contender's result is not the reference's: its time would say nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. The first row of a stage is ours; the others are told as ratios to it."""

    stage: str
    contender: str
    seconds: float | None  # CPU seconds; None: it could not be run, and `note` says why
    postings: int  # how many units of work that was
    note: str = ""

    @property
    def each(self) -> float | None:
        """CPU seconds for one posting."""
        return None if self.seconds is None or not self.postings else self.seconds / self.postings


def absent(stage: str, contender: str, *modules: str) -> Row | None:
    """The row of a contender whose modules are not installed, or None where they are."""
    missing = [name for name in modules if find_spec(name) is None]
    return Row(stage, contender, None, 0, f"absent: {', '.join(missing)} is not installed") if missing else None


def measured(work: Callable[[], Result], rounds: int = 3) -> tuple[float, Result]:
    """(CPU seconds of the best of `rounds`, the last result). Threads of the process are counted."""
    best = float("inf")
    for _ in range(rounds):
        gc.collect()
        start = time.process_time()
        result = work()
        best = min(best, time.process_time() - start)
    return best, result


def agree(what: str, ours: object, reference: object) -> None:
    """Raises DisagreementError where a result is not that of a slow and plain reference."""
    if ours != reference:
        raise DisagreementError(f"{what}: the result is not the reference's, so it was not timed")


@dataclass(frozen=True)
class Corpus:
    """The postings that all stages are timed on."""

    name: str
    postings: tuple[Posting, ...]

    @cached_property
    def reader(self) -> Reader:
        """A reader of the shipped vocabulary."""
        vocabulary = load_vocabulary(ROOT / "config" / "vocabulary")
        return reader_of(vocabulary)


def corpus(size: int | None = None) -> Corpus:
    """The first `size` postings (all if None) of ../shared/corpus, or of the sample world where that is absent."""
    if CORPUS.is_file():
        with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        return Corpus("../shared/corpus", tuple(_posting(row) for row in rows[:size]))
    return Corpus("the sample world", tuple(_sample()[:size]))


def _posting(row: dict[str, str]) -> Posting:
    return Posting(
        board=f"file/{row['source_repo']}",
        ref=row["id"],
        url=row["url"] or "",
        title=row["title"] or "",
        company=row["company"] or "",
        description=row["description"] or "",
        locations=(row["location"],) if row["location"] else (),
        posted=str(row["posted"]) if row["posted"] else None,
    )


def _sample() -> list[Posting]:
    with tempfile.TemporaryDirectory() as folder:
        where = ["--data", folder, "--config", str(SAMPLE / "config")]
        cli.main(["crawl", "--all", "--quiet", "--replay", str(SAMPLE), *where])
        with Store(Path(folder) / "reachlist.db") as store:
            return [listing.posting for listing in store.listings()]
