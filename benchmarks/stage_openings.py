"""Joining openings, ours and others': CPU seconds, and how much of the planted twins each finds, in the same run.

Postings are made up (benchmarks/planted_twins.py): one in five is a twin, beside siblings that must stay apart.
`python benchmarks/openings.py` runs the same on 200,000, with the memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks import twin_finders as finders
from benchmarks.measuring import Corpus, Row, absent, agree, measured
from benchmarks.planted_twins import World, world
from pipeline.models import Listing

STAGE = "openings"
POSTINGS = 20_000
PEERS: tuple[tuple[str, finders.Finder, tuple[str, ...], int], ...] = (  # of how many postings at most
    ("splink (DuckDB)", finders.by_splink, ("splink", "duckdb"), 200_000),
    ("rensa", finders.by_rensa, ("rensa",), 200_000),
    ("datasketch", finders.by_datasketch, ("datasketch",), 4_000),
    ("TF-IDF, all pairs", finders.by_tfidf, ("sklearn",), 4_000),
)


def rows(corpus: Corpus) -> Iterator[Row]:
    """Ours and the peers', on the same postings."""
    del corpus  # real postings have no known twins
    yield from contest(world(POSTINGS))


def contest(made: World, rounds: int = 3) -> Iterator[Row]:
    """One row per contender, ours first; peers that cannot do as many get fewer."""
    seconds, openings = measured(lambda: finders.ours(made.listings), rounds)
    again = finders.pairs_of(finders.ours(made.listings[::-1]))
    agree("openings", finders.pairs_of(openings), again)  # the order of the input is nothing to it
    yield _row("reachlist", seconds, made, finders.pairs_of(openings))
    for name, finder, modules, most in PEERS:
        yield absent(STAGE, name, *modules) or _peer(name, finder, made if len(made.listings) <= most else world(most))


def _peer(name: str, finder: finders.Finder, made: World) -> Row:
    seconds, found = measured(lambda: finder(made.listings), 1)
    return _row(name, seconds, made, found)


def _row(name: str, seconds: float, made: World, found: set[finders.Pair]) -> Row:
    precision, recall = scores(made, found)
    return Row(STAGE, name, seconds, len(made.listings), f"precision {precision:.4f}, recall {recall:.4f}")


def scores(made: World, found: set[finders.Pair]) -> tuple[float, float]:
    """Precision and recall of the pairs that were found."""
    right = len(found & made.pairs)
    return right / max(len(found), 1), right / len(made.pairs)


def per_posting(listings: Sequence[Listing], rounds: int) -> float:
    """CPU seconds of ours for one posting."""
    seconds, _ = measured(lambda: finders.ours(listings), rounds)
    return seconds / len(listings)
