"""Which lines of the vocabulary earn their place: in how many postings each phrase fires.

Read over ../shared/corpus and the labelled postings beside the checkout, as the reader finds phrases: of
overlapping ones of a layer the leftmost longest. A rule that fires nowhere but in one labelled posting was
written for that posting and is flagged; so is what fires nowhere. Names of skills are names, not rules.

    python benchmarks/rules.py            the counts of every layer, and what is flagged
    python benchmarks/rules.py LAYER …    every phrase of these layers with its counts
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from gold import GOLD, ROOT

from pipeline.config import load_vocabulary
from pipeline.listed_phrases import phrases
from pipeline.models import Posting
from pipeline.reading import NOT_READ, Reader
from pipeline.reading.scan import Scanner
from pipeline.text import document

CORPUS = ROOT.parent / "shared" / "corpus" / "postings.jsonl.gz"
NAMES = ("skill", "skill_other", "neighbour")  # layers of names
APART = ("function_word", "heading_word", "course", "proof")  # layers that no scan looks for


class Rule(NamedTuple):
    """One phrase of the vocabulary, and in how many postings it fires."""

    layer: str
    concept: str
    language: str  # "" where the file does not tell
    phrase: str
    corpus: int = 0
    gold: int = 0


def rules(vocabulary: dict[str, Any]) -> Iterator[Rule]:
    """Every phrase of the vocabulary."""
    for content in (content for stem, content in vocabulary.items() if stem not in NOT_READ):
        for layer, concepts in (content or {}).items():
            if layer in APART:
                continue
            for concept, entry in concepts.items():
                by_language = entry.items() if isinstance(entry, dict) else [("", entry)]
                for language, part in by_language:
                    for phrase in map(str, phrases(part)):
                        yield Rule(layer, str(concept), str(language), phrase)


def texts(rows: Iterable[dict[str, Any]], reader: Reader) -> Iterator[str]:
    """The postings as the reader sees them."""
    for row in rows:
        posting = Posting("rules/rules", "1", "", row["title"] or "", row["company"] or "", row["description"] or "")
        yield document(posting, reader.intact).text


def labelled() -> Iterator[dict[str, Any]]:
    for path in sorted(GOLD.glob("*_postings.jsonl")):
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def corpus() -> Iterator[dict[str, Any]]:
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def count(found: list[Rule], vocabulary: dict[str, Any]) -> list[Rule]:
    """The rules with their counts of postings."""
    reader = Reader(vocabulary)
    by_layer: dict[str, dict[str, list[str]]] = {}
    for number, rule in enumerate(found):  # each phrase a concept of its own, so that a hit tells which it was
        by_layer.setdefault(rule.layer, {})[str(number)] = [rule.phrase]
    scanner = Scanner(by_layer)
    counts = []
    for rows in (corpus(), labelled()):
        fired: Counter[int] = Counter()
        for text in texts(rows, reader):
            layers = scanner.scan(text)
            fired.update({int(hit.concept) for layer in by_layer for hit in layers.hits(layer)})
        counts.append(fired)
    return [rule._replace(corpus=counts[0][i], gold=counts[1][i]) for i, rule in enumerate(found)]


def print_layers(counted: list[Rule]) -> None:
    """One row a layer: its phrases, and how many of them fire often, in few postings, in one, in none."""
    print(f"{'layer':22}{'phrases':>9}{'10 and more':>13}{'2 to 9':>9}{'once':>7}{'never':>7}")
    for layer in sorted({rule.layer for rule in counted}):
        fired = [rule.corpus + rule.gold for rule in counted if rule.layer == layer]
        spread = [sum(n >= 10 for n in fired), sum(2 <= n < 10 for n in fired), fired.count(1), fired.count(0)]
        print(f"{layer:22}{len(fired):9}" + "".join(f"{n:{w}}" for n, w in zip(spread, (13, 9, 7, 7), strict=True)))


def print_rules(title: str, chosen: list[Rule]) -> None:
    print(f"\n{title}: {len(chosen)}")
    for rule in chosen:
        where = f"{rule.layer} {rule.concept}" + (f" {rule.language}" if rule.language else "")
        print(f"  {where:34}{rule.corpus:6}{rule.gold:5}  {rule.phrase}")


def main(layers: list[str]) -> int:
    """Print the report, or say what is missing."""
    if not CORPUS.is_file():
        print("make rules reads ../shared/corpus and ../shared/gold, beside the checkout", file=sys.stderr)
        return 2
    vocabulary = load_vocabulary(ROOT / "config" / "vocabulary")
    counted = count(list(rules(vocabulary)), vocabulary)
    if layers:
        for layer in layers:
            print_rules(layer, sorted((r for r in counted if r.layer == layer), key=lambda r: -r.corpus - r.gold))
        return 0
    print_layers(counted)
    judged = [rule for rule in counted if rule.layer not in NAMES]
    print_rules("in one labelled posting and nowhere else", [r for r in judged if (r.corpus, r.gold) == (0, 1)])
    print_rules("in one corpus posting and nowhere else", [r for r in judged if (r.corpus, r.gold) == (1, 0)])
    english = [rule for rule in judged if rule.language in ("", "en") and rule.corpus + rule.gold == 0]
    print_rules("English, and nowhere", english)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
