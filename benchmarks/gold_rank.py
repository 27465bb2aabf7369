"""How well the ranking and the employer sizes agree with the labelled postings of ../shared/gold.

    python benchmarks/gold_rank.py [--readings labels|reader] [LABELS.jsonl …]

Prints NDCG@20, agreement on pairs whose labels differ (ties count half), the expected number of
postings of reach 0 in the top 20 over the orders of ties, and the employer-size figures.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from pipeline.config import find, load_employers, load_profile, load_vocabulary
from pipeline.employers import Employers
from pipeline.models import BANDS, Claim, Employer, Listing, Opening, Posting, Profile, Quote, Reading, Score
from pipeline.score import CRITERIA, ELIGIBLE, score, standing

ROOT = Path(__file__).parent.parent
GOLD = ROOT.parent / "shared" / "gold"
TOP = 20


def rows(path: Path) -> dict[str, dict[str, Any]]:
    """The JSON lines of a file by id."""
    lines = path.read_text(encoding="utf-8").split("\n")  # a text may hold other line separators
    return {row["id"]: row for row in map(json.loads, filter(None, lines))}


def posting(row: Mapping[str, Any]) -> Posting:
    """One line of a postings file."""
    place = row.get("location")
    return Posting(
        board="file/gold",
        ref=row["id"],
        url=row.get("url") or "",
        title=row.get("title") or "",
        company=row.get("company") or "",
        description=row.get("description") or "",
        locations=(place,) if place else (),
        posted=row.get("posted"),
    )


def labelled(label: Mapping[str, Any]) -> Reading:
    """The reading a careful person wrote down."""
    names = Reading.__dataclass_fields__.keys() - {"claims"}
    claims = [
        Claim(topic, None, Quote(0, len(words), words))
        for topic, quoted in label["quotes"].items()
        for words in ([quoted] if isinstance(quoted, str) else quoted)
    ]
    values = {name: value for name, value in label.items() if name in names}
    if window := values.get("graduation"):
        values["graduation"] = {"start": window["from"], "end": window["to"]}
    return replace(msgspec.convert(values, Reading), claims=tuple(claims))


def ndcg(graded: Sequence[tuple[Any, int]], gain: Any) -> float:
    """NDCG@20 of (sort key, grade), where postings of one key share the mean gain of their ties."""
    ideal = sorted((gain(grade) for _, grade in graded), reverse=True)
    found: list[float] = []
    for _, tied in itertools.groupby(sorted(graded, key=lambda pair: pair[0]), key=lambda pair: pair[0]):
        gains = [gain(grade) for _, grade in tied]
        found += [sum(gains) / len(gains)] * len(gains)
    discount = [1 / math.log2(rank + 2) for rank in range(TOP)]
    best = sum(g * d for g, d in zip(ideal, discount, strict=False))
    return sum(g * d for g, d in zip(found, discount, strict=False)) / best


def pair_agreement(graded: Sequence[tuple[Any, int]]) -> float:
    """Share of the pairs with different grades that stand in the order of their grades."""
    right = total = 0.0
    for (key, grade), (other_key, other_grade) in itertools.combinations(graded, 2):
        if grade != other_grade:
            total += 1
            right += 0.5 if key == other_key else (key < other_key) == (grade > other_grade)
    return right / total


def worthless_at_top(graded: Sequence[tuple[Any, int]]) -> float:
    """Expected number of postings of reach 0 in the top 20 over the orders of ties."""
    left, expected = TOP, 0.0
    for _, tied in itertools.groupby(sorted(graded, key=lambda pair: pair[0]), key=lambda pair: pair[0]):
        grades = [grade for _, grade in tied]
        taken = min(left, len(grades))
        expected += taken * grades.count(0) / len(grades)
        left -= taken
    return expected


def sizes(found: Mapping[str, Employer], labels: Mapping[str, Mapping[str, Any]]) -> str:
    """Answered, exact and within one band, where the labeller was sure."""
    sure = {i: row["employer_size"] for i, row in labels.items() if row["employer_size_sure"] and row["employer_size"]}
    distances = [abs(BANDS.index(size) - BANDS.index(want)) for i, want in sure.items() if (size := found[i].size)]
    near = sum(d <= 1 for d in distances) / max(len(distances), 1)
    exact = sum(d == 0 for d in distances)
    return (
        f"employer size: answered {len(distances) / len(sure):.3f}, exact {exact / len(sure):.3f} of all and "
        f"{exact / max(len(distances), 1):.3f} of answered, within one band {near:.3f} of answered (n {len(sure)})"
    )


def load(labels_path: Path, reader: Any = None) -> tuple[dict[str, Any], dict[str, Posting], dict[str, Reading]]:
    """Labels, postings and readings of one pair of gold files."""
    labels = rows(labels_path)
    texts = rows(labels_path.with_name(labels_path.name.replace("labels", "postings")))
    postings = {i: posting(texts[i]) for i in labels}
    readings = {i: reader.read(postings[i]) if reader else labelled(labels[i]) for i in labels}
    return labels, postings, readings


def judge(
    postings: Mapping[str, Posting],
    readings: Mapping[str, Reading],
    employers: Employers,
    profile: Profile,
    today: date,
) -> tuple[dict[str, Employer], dict[str, Score]]:
    """The employer and the score of every posting."""
    found = {i: employers.assess(p.company, [readings[i]], postings=[p]) for i, p in postings.items()}
    results = {i: score(Opening(i, (Listing(p),)), readings[i], found[i], profile, today) for i, p in postings.items()}
    return found, results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "labels", nargs="*", type=Path, default=[GOLD / "dev_labels.jsonl", GOLD / "small_labels.jsonl"]
    )
    parser.add_argument("--readings", choices=("labels", "reader"), default="reader")
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 11, 21))
    arguments = parser.parse_args()
    if not GOLD.is_dir():
        sys.exit("skipped: needs ../shared/gold")
    config = ROOT / "config"
    vocabulary = load_vocabulary(find(config, "vocabulary"))
    employers = Employers(load_employers(find(config, "employers.yaml")), vocabulary.get("employers"))
    profile = load_profile(GOLD / "student.yaml", criteria=[name for name, *_ in CRITERIA], skills=())
    reader = None
    if arguments.readings == "reader":
        from pipeline.reading import Reader  # noqa: PLC0415 (may be missing a vocabulary)

        reader = Reader({stem: words for stem, words in vocabulary.items() if stem != "employers"})
    for path in arguments.labels:
        labels, postings, readings = load(path, reader)
        found, results = judge(postings, readings, employers, profile, arguments.today)
        graded = [(standing(results[i]), labels[i]["reach"]) for i in labels]
        counts = defaultdict(int)
        for result in results.values():
            counts[result.eligible] += 1
        print(
            f"{path.name}, readings of the {arguments.readings}: NDCG@{TOP} {ndcg(graded, float):.3f} "
            f"(exponential gain {ndcg(graded, lambda g: 2.0**g - 1):.3f}), pair agreement "
            f"{pair_agreement(graded):.3f}, of reach 0 in the top {TOP} {worthless_at_top(graded):.2f}; "
            + ", ".join(f"{counts[verdict]} {verdict}" for verdict in ELIGIBLE)
        )
        print(sizes(found, labels))


if __name__ == "__main__":
    main()
