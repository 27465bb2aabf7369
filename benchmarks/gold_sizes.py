"""How well employer sizes are known and how honest their confidence is, on employers held out.

    python benchmarks/gold_sizes.py

Truth: the rows of ../shared/reference/company_sizes.csv from one source. Asked: the same employers without
any fact of that source, by what other sources and the words of postings (../shared/corpus) say. Then the words
alone, against every fact but YC's, on the half of the employers the cues were fitted on and on the other half.
YC's table says when it was made; its figures are older, so that those who grew since count as errors of ours.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from pipeline.config import find, load_employers, load_vocabulary
from pipeline.employer_names import EmployerNames
from pipeline.employers import Employers
from pipeline.models import BANDS, Employer, Posting

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
SOURCES = {"jobseek": "jobseek", "Fortune": "Fortune", "YC": "YC"}  # of the table, and of our facts
BINS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


def truth(source: str, key: EmployerNames) -> dict[str, tuple[str, str]]:
    """Employer key -> name and band, of one source of the table."""
    with (SHARED / "reference" / "company_sizes.csv").open(encoding="utf-8", newline="") as file:
        return {
            key(row["name"]): (row["name"], row["employees"])
            for row in csv.DictReader(file)
            if row["source"].startswith(source)
        }


def texts(key: EmployerNames) -> dict[str, list[Posting]]:
    """Employer key -> postings of the corpus."""
    found = defaultdict(list)
    with gzip.open(SHARED / "corpus" / "postings.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["company"]:
                posting = Posting("file/corpus", row["id"], "", row["title"], row["company"], row["description"])
                found[key(row["company"])].append(posting)
    return found


def fitted_on(key: str) -> bool:
    """The half of the employers by which the weights of the cues were chosen."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % 2 == 0


def print_figures(name: str, answers: Iterable[tuple[Employer, str]]) -> None:
    """Answered, exact, within one band; then the share that is right in every bin of confidence."""
    answers = list(answers)
    told = [(abs(BANDS.index(found.size) - BANDS.index(want)), found) for found, want in answers if found.size]
    if not told:
        print(f"{name}: nothing answered of {len(answers)}")
        return
    exact = sum(distance == 0 for distance, _ in told) / len(told)
    off = 0.0
    near = sum(distance <= 1 for distance, _ in told) / len(told)
    above = sum(BANDS.index(found.size) > BANDS.index(want) for found, want in answers if found.size)
    print(
        f"employer size, {name}: answered {len(told) / len(answers):.3f} of {len(answers)}, "
        f"exact {exact:.3f}, within one band {near:.3f}, larger than the truth {above / len(told):.3f}"
    )
    for low, high in pairwise(BINS):
        inside = [(distance, found) for distance, found in told if low <= found.confidence < high]
        if inside:
            stated = sum(found.confidence for _, found in inside) / len(inside)
            right = sum(distance == 0 for distance, _ in inside) / len(inside)
            print(f"  confidence {stated:.2f}: right {right:.2f} ({len(inside)})")
            off += abs(stated - right) * len(inside) / len(told)
    print(f"  calibration: the confidence is off by {off:.2f} on average")


def main() -> None:
    if not SHARED.is_dir():
        sys.exit("skipped: needs ../shared")
    facts = load_employers(find(ROOT / "config", "employers.yaml"))
    cues = load_vocabulary(find(ROOT / "config", "vocabulary"))["employers"]
    names = EmployerNames(cues)
    postings = texts(names)
    for source, ours in SOURCES.items():
        held_out = Employers([fact for fact in facts if not fact.source.startswith(ours)], cues)
        known = truth(source, names)
        print_figures(
            f"{source} held out",
            (
                (held_out.assess(name, postings=postings.get(key, ())), band)
                for key, (name, band) in known.items()
                if key in postings or held_out.assess(name).size
            ),
        )
    wordless = Employers([], cues)
    current = {names(fact.name): fact for fact in facts if fact.size and not fact.source.startswith("YC")}
    for half, fitted in (("the fitted half", True), ("the held-out half", False)):
        print_figures(
            f"words of the posting alone, {half}",
            (
                (wordless.assess(fact.name, postings=postings[key]), fact.size)
                for key, fact in current.items()
                if fact.size and key in postings and fitted_on(key) is fitted
            ),
        )


if __name__ == "__main__":
    main()
