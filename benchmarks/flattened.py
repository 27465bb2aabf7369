"""What a reading loses with a posting's line breaks: real postings read as they are and as one line.

No label is needed: both readings are of the same words, so where they differ, one of them is wrong. Taken
are the postings of ../shared/corpus with headings and bullets of their own. Prints, for skills, how far the
two sets agree (F1), for other keys in how many postings they are the same.

    python benchmarks/flattened.py            the table
    python benchmarks/flattened.py KEY …      the postings in which these keys differ
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from gold import ROOT

from pipeline.config import load_vocabulary
from pipeline.models import Posting
from pipeline.reading import Reader, to_row
from pipeline.text import document

CORPUS = ROOT.parent / "shared" / "corpus" / "postings.jsonl.gz"
BULLETS, HEADINGS = 5, 2  # at least; fewer, and there is little layout to lose
BODY = ("heading", "bullet", "paragraph")
SKILLS = ("skills_required", "skills_preferred", "skills_mentioned")


def structured(reader: Reader) -> Iterator[tuple[Posting, Posting]]:
    """Postings with a layout, each with its copy in one line."""
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            posting = Posting(
                board="corpus/x",
                ref=str(number),
                url="",
                title=row.get("title") or "",
                company=row.get("company") or "",
                description=row.get("description") or "",
            )
            text = document(posting, reader.intact)
            kinds = Counter(block.kind for block in text.blocks)
            if kinds["bullet"] >= BULLETS and kinds["heading"] >= HEADINGS:
                body = " ".join(text.text[block.start : block.end] for block in text.blocks if block.kind in BODY)
                yield posting, replace(posting, description=body)


def compared(shown: list[str]) -> None:
    reader = Reader(load_vocabulary(ROOT / "config" / "vocabulary"))
    same: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    postings = 0
    for posting, flat in structured(reader):
        before, after = to_row(reader.read(posting)), to_row(reader.read(flat))
        postings += 1
        for key, value in before.items():
            left, right = _parts(key, value), _parts(key, after[key])
            same[key] += len(left & right)
            sizes[key] += len(left) + len(right)
            if key in shown and left != right:
                print(posting.ref, posting.title, key, "as it is:", value, "flattened:", after[key], sep="\t")
    print(f"{postings} postings with a layout, read again as one line")
    for key in before:
        print(f"{key:24}{2 * same[key] / sizes[key] if sizes[key] else 1:8.3f}")


def _parts(key: str, value: Any) -> set[str]:
    """What is counted: each skill or group of skills; any other value as a whole."""
    return {json.dumps(part) for part in value} if key in SKILLS else {json.dumps(value)}


if __name__ == "__main__":
    compared(sys.argv[1:])
