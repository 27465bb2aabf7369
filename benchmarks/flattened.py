"""What a reading loses with a posting's layout: real postings read as they are, as one line, and broken at a width.

No label is needed: the readings are of the same words, so where two differ, one of them is wrong. Taken are
the postings of ../shared/corpus with headings and bullets of their own. Prints, for skills, how far two sets
agree (F1), for other keys in how many postings they are the same.

    python benchmarks/flattened.py            the table
    python benchmarks/flattened.py KEY …      the postings in which these keys differ
"""

from __future__ import annotations

import json
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from measuring import Corpus, corpus

from pipeline.models import Posting
from pipeline.reading import to_row
from pipeline.text import document

BULLETS, HEADINGS = 5, 2  # at least; fewer, and there is little layout to lose
WIDTH = 80  # characters of a line, as mails and old boards break them
BODY = ("heading", "bullet", "paragraph")
SKILLS = ("skills_required", "skills_preferred", "skills_mentioned")


def structured(chosen: Corpus) -> Iterator[tuple[Posting, dict[str, Posting]]]:
    """Postings with a layout, each with its copies that lost it."""
    for posting in chosen.postings:
        text = document(posting, chosen.reader.intact)
        kinds = Counter(block.kind for block in text.blocks)
        if kinds["bullet"] >= BULLETS and kinds["heading"] >= HEADINGS:
            body = [(b.kind, text.text[b.start : b.end]) for b in text.blocks if b.kind in BODY]
            copies = {
                "one line": " ".join(line for _, line in body),
                "broken": "\n".join(_broken(*b) for b in body),
            }
            yield posting, {name: replace(posting, description=copy) for name, copy in copies.items()}


def _broken(kind: str, line: str) -> str:
    """A line as text of a fixed width: paragraphs behind an empty line, bullets with a dash and a margin."""
    if kind != "bullet":
        return "\n" + textwrap.fill(line, WIDTH)
    return textwrap.fill(line, WIDTH, initial_indent="- ", subsequent_indent="  ")


def compared(shown: list[str]) -> None:
    chosen = corpus()
    reader = chosen.reader
    same: Counter[tuple[str, str]] = Counter()
    sizes: Counter[tuple[str, str]] = Counter()
    postings = 0
    before: dict[str, Any] = {}
    copies: dict[str, Posting] = {}
    for posting, copies in structured(chosen):
        before = to_row(reader.read(posting))
        postings += 1
        for name, copy in copies.items():
            after = to_row(reader.read(copy))
            for key, value in before.items():
                left, right = _parts(key, value), _parts(key, after[key])
                same[key, name] += len(left & right)
                sizes[key, name] += len(left) + len(right)
                if key in shown and left != right:
                    print(posting.ref, posting.title, key, "as it is:", value, f"{name}:", after[key], sep="\t")
    print(f"{postings} postings of {chosen.name} with a layout, read again without it")
    print(f"{'':24}" + "".join(f"{name:>10}" for name in copies))
    for key in before:
        if key != "quotes":
            agreed = [2 * same[key, name] / sizes[key, name] if sizes[key, name] else 1 for name in copies]
            print(f"{key:24}" + "".join(f"{share:10.3f}" for share in agreed))


def _parts(key: str, value: Any) -> set[str]:
    """What is counted: each skill or group of skills; any other value as a whole."""
    return {json.dumps(part) for part in value} if key in SKILLS else {json.dumps(value)}


if __name__ == "__main__":
    compared(sys.argv[1:])
