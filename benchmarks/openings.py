"""Openings at scale: planted twins found, wrong merges, seconds and memory; rensa alone beside it if installed.

    python benchmarks/openings.py [--postings 200000] [--seed 7]

Texts are made up of sentences of this file. One posting in five is a twin of another, changed as lists and
mails change them: half the text, paragraphs in another order, words misspelt, markup, titles rewritten.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pipeline.config import find, load_vocabulary
from pipeline.employers import employer_key
from pipeline.models import Listing, Posting
from pipeline.openings import merge

VOCABULARY = load_vocabulary(find(Path(__file__).parent.parent / "config", "vocabulary"))
THINGS = (
    "buoys", "bridges", "greenhouses", "bakeries", "ferries", "orchards", "turbines", "libraries", "kilns",
    "clinics", "tunnels", "dams", "looms", "mills", "harbours", "quarries", "vineyards", "trams", "lighthouses",
    "foundries",
)  # fmt: skip
TASKS = (
    "measure how {a} age, and write down what surprised you",
    "train a model on ten years of records of {a}",
    "find out why the numbers of {a} and {b} disagree",
    "build a small tool that the people at the {a} will use",
    "compare two ways to forecast what {a} need next week",
    "clean the archive of {a} until a stranger could use it",
    "explain a result about {b} to somebody who runs {a}",
    "replay last winter at the {a} and look for what was missed",
    "label a few hundred pictures of {a} and measure your doubts",
    "make the detector for {b} run on a machine without a fan",
)
ROLES = ("Machine Learning", "Computer Vision", "Data Science", "Speech", "Forecasting", "Robotics", "Language Models")
CITIES = ("Lisbon", "Boston, MA", "Toronto, ON", "Zurich", "Oslo", "Austin, TX", "Ghent", "Leeds", "Turin", "Graz")


def text(chance: random.Random) -> list[str]:
    """Five paragraphs of six sentences."""
    return [
        " ".join(
            f"In week {chance.randint(1, 12)} you {chance.choice(TASKS)}.".format(
                a=chance.choice(THINGS), b=chance.choice(THINGS)
            )
            for _ in range(6)
        )
        for _ in range(5)
    ]


def misspelt(words: str, chance: random.Random) -> str:
    """Two words in a hundred with two letters exchanged."""
    parts = words.split(" ")
    for _ in range(len(parts) // 50 + 1):
        at = chance.randrange(len(parts))
        if len(parts[at]) > 3:
            parts[at] = parts[at][0] + parts[at][2] + parts[at][1] + parts[at][3:]
    return " ".join(parts)


def twin(posting: Posting, number: int, chance: random.Random) -> Posting:
    """The same job as a list, a mail or a feed would tell it."""
    paragraphs = posting.description.split("\n")
    change: Callable[[], str] = chance.choice(
        (
            lambda: "\n".join(paragraphs[:3]),
            lambda: "\n".join(reversed(paragraphs)),
            lambda: misspelt(posting.description, chance),
            lambda: "".join(f"<p>{part}</p>" for part in paragraphs),
            lambda: posting.description,
        )
    )
    title = chance.choice(
        ("{}", "{} (m/f/d)", "{} - Summer 2027", "{} | Remote possible".replace(" possible", ""), "{}")
    )
    return replace(
        posting, board="feed/list", ref=f"t{number}", url="", title=title.format(posting.title), description=change()
    )


def world(size: int, chance: random.Random) -> tuple[list[Listing], set[frozenset[str]]]:
    """Listings, and the pairs that are one job."""
    postings: list[Posting] = []
    pairs = set()
    number = 0
    while len(postings) < size:
        number += 1
        employer = f"{THINGS[number % 20].title()} {number // 12}"
        posting = Posting(
            board=f"greenhouse/b{number // 12}",
            ref=str(number),
            url=f"https://boards.greenhouse.io/b{number // 12}/jobs/{4_000_000 + number}",
            title=f"{chance.choice(ROLES)} Intern, {chance.choice(THINGS).title()}",
            company=employer,
            description="\n".join(text(chance)),
            locations=(chance.choice(CITIES),),
        )
        postings.append(posting)
        if chance.random() < 0.25:
            postings.append(twin(posting, number, chance))
            pairs.add(frozenset((posting.id, postings[-1].id)))
    chance.shuffle(postings)
    return [Listing(posting) for posting in postings], pairs


def rensa_pairs(listings: list[Listing]) -> int | None:
    """Candidate pairs by MinHash and LSH of the whole texts; None where rensa is not installed."""
    try:
        from rensa import RMinHash, RMinHashLSH  # noqa: PLC0415
    except ImportError:
        return None
    index = RMinHashLSH(threshold=0.6, num_perm=128, num_bands=32)
    found = 0
    for at, listing in enumerate(listings):
        sketch = RMinHash(num_perm=128, seed=1)
        words = listing.posting.description.split()
        sketch.update([" ".join(words[start : start + 5]) for start in range(len(words) - 4)])
        found += len(index.query(sketch))
        index.insert(at, sketch)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--postings", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    listings, pairs = world(arguments.postings, random.Random(arguments.seed))
    start = time.perf_counter()
    openings = merge(listings, key=employer_key, vocabulary=VOCABULARY)
    seconds = time.perf_counter() - start
    joined = {
        frozenset((one.posting.id, other.posting.id))
        for opening in openings
        for at, one in enumerate(opening.listings)
        for other in opening.listings[at + 1 :]
    }
    right = len(joined & pairs)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"openings: {len(listings)} postings in {seconds:.2f} s, {1e6 * seconds / len(listings):.0f} µs each; "
        f"precision {right / max(len(joined), 1):.4f}, recall {right / len(pairs):.4f} of {len(pairs)} twins; "
        f"{memory} MB with the texts"
    )
    start = time.perf_counter()
    candidates = rensa_pairs(listings)
    if candidates is None:
        print("rensa: not installed")
    else:
        print(f"rensa alone: {time.perf_counter() - start:.2f} s, {candidates} candidate pairs")


if __name__ == "__main__":
    main()
