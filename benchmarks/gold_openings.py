"""How well openings are told apart: pairs from the community lists of ../shared/listings and our own pairs.

    python benchmarks/gold_openings.py

The lists' rows carry no text. A second round copies some jobs without their link and asks for the row they are of,
which leaves employer, title and place; where another job of the employer has all three in common, nothing could tell,
and the copy has to be linked to the row ("maybe also") and not joined.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.listed_pairs import LISTS, Pair, listed, pairs
from pipeline.config import find, load_employers, load_vocabulary
from pipeline.employers import Employers
from pipeline.models import Listing, Opening, Posting
from pipeline.openings import merge

ROOT = Path(__file__).parent.parent
OWN = ROOT / "tests" / "dedup_pairs.csv"
HIDDEN = 600  # rows whose link is hidden in a copy
VOCABULARY = load_vocabulary(find(ROOT / "config", "vocabulary"))


def figures(name: str, same: set[Pair], other: set[Pair], found: set[Pair]) -> str:
    """Precision and recall of the pairs that were joined, of those with a known answer."""
    right, wrong = len(same & found), len(other & found)
    precision = right / (right + wrong) if right + wrong else 1.0
    recall = right / max(len(same), 1)
    return f"{name}: precision {precision:.4f}, recall {recall:.4f} (same {len(same)}, different {len(other)})"


def openings_of(postings: Iterable[Posting], employers: Employers) -> list[Opening]:
    return merge([Listing(posting) for posting in postings], key=employers.key, vocabulary=VOCABULARY)


def joined(openings: Iterable[Opening]) -> set[Pair]:
    """Pairs of posting ids that stand in one opening."""
    return {
        frozenset(pair)
        for opening in openings
        for pair in combinations([one.posting.id for one in opening.listings], 2)
    }


def linked(openings: Iterable[Opening]) -> set[Pair]:
    """Pairs of posting ids whose openings may be one."""
    by_id = {opening.id: opening for opening in openings}
    return {
        frozenset((one.posting.id, two.posting.id))
        for opening in by_id.values()
        for other in opening.maybe_also
        for one, two in product(opening.listings, by_id[other].listings)
    }


def own_pairs() -> Iterator[tuple[list[Posting], bool, str]]:
    """The pairs of tests/dedup_pairs.csv as postings, whether they are one, and why."""
    with OWN.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            yield [_own(row, side, number) for side in "ab"], row["verdict"] == "same", row["why"]


def _own(row: dict[str, str], side: str, number: int) -> Posting:
    return Posting(
        board=row[f"{side}_board"],
        ref=f"{number}{side}",
        url=row[f"{side}_url"],
        title=row[f"{side}_title"],
        company=row[f"{side}_company"],
        description=row[f"{side}_text"],
        locations=tuple(filter(None, row[f"{side}_location"].split("; "))),
        posted=row[f"{side}_posted"] or None,
        requisition=row[f"{side}_requisition"] or None,
    )


def without_links(postings: Sequence[Posting], employers: Employers) -> Iterator[str]:
    """Figures for copies of jobs without their link: all of them, and those that something tells apart."""
    by_employer = defaultdict(list)
    for posting in postings:
        by_employer[employers.key(posting.company)].append(posting)
    same, different = pairs(postings, employers.key)
    known = {one for pair in same | different for one in pair}
    rows = random.Random(7).sample([posting for posting in postings if posting.id in known], HIDDEN)
    sample = [row for at, row in enumerate(rows) if not any(frozenset((row.id, one.id)) in same for one in rows[:at])]
    twins = {posting.id: replace(posting, board="feed/twins", ref=posting.id, url="") for posting in sample}
    openings = openings_of([*postings, *twins.values()], employers)
    found = joined(openings)
    wanted: set[Pair] = set()
    strangers: set[Pair] = set()
    doubles: set[str] = set()
    for posting in sample:
        twin = twins[posting.id].id
        wanted.add(frozenset((posting.id, twin)))
        for other in by_employer[employers.key(posting.company)]:
            if frozenset((posting.id, other.id)) in different:
                strangers.add(frozenset((other.id, twin)))
                if (other.title, other.locations) == (posting.title, posting.locations):
                    doubles.add(twin)
    yield figures("rows without a link", wanted, strangers, found)
    plain = {pair for pair in wanted if not pair & doubles}
    yield figures("  of them with no double", plain, {pair for pair in strangers if not pair & doubles}, found)
    undecided, told = wanted - found, linked(openings)
    yield f"  not joined: {len(undecided)}, of which linked to their row: {len(undecided & told)}"


def main() -> None:
    employers = Employers(load_employers(find(ROOT / "config", "employers.yaml")), VOCABULARY["employers"])
    if LISTS.is_dir():
        postings = listed()
        print(figures("links", *pairs(postings, employers.key), joined(openings_of(postings, employers))))
        for line in without_links(postings, employers):
            print(line)
    else:
        print("links: skipped, needs ../shared/listings")
    same: set[Pair] = set()
    other: set[Pair] = set()
    found: set[Pair] = set()
    for pair, one, _ in own_pairs():
        (same if one else other).add(frozenset(posting.id for posting in pair))
        found |= joined(openings_of(pair, employers))
    print(figures("our pairs", same, other, found))


if __name__ == "__main__":
    main()
