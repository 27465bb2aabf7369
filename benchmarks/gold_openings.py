"""How well openings are told apart: pairs from the community lists of ../shared/listings and our own pairs.

    python benchmarks/gold_openings.py

Links of one platform id are the same job, links of one employer with other ids are not. The lists' rows
carry no text, so a second round hides the ids of one side of every pair and leaves title, place and employer.
"""

from __future__ import annotations

import csv
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

from pipeline.config import find, load_employers, load_vocabulary
from pipeline.employers import Employers
from pipeline.job_urls import JobLinks
from pipeline.models import Listing, Posting
from pipeline.openings import merge

ROOT = Path(__file__).parent.parent
VOCABULARY = load_vocabulary(find(ROOT / "config", "vocabulary"))
job_key = JobLinks(VOCABULARY["job_links"]).key
LISTS = ROOT.parent / "shared" / "listings"
OWN = ROOT / "tests" / "dedup_pairs.csv"


def listed() -> list[Posting]:
    """Every row of the two lists that name a link."""
    rows = []
    for path in sorted(LISTS.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        for row in content.values() if isinstance(content, dict) else content:
            rows.append((path.stem, row.get("company") or row.get("company_name"), row))
    return [
        Posting(
            board=f"list/{stem[:8]}",
            ref=str(number),
            url=row["url"],
            title=row["title"],
            company=company,
            description="",
            locations=tuple(row["locations"]),
        )
        for number, (stem, company, row) in enumerate(rows)
    ]


def figures(name: str, same: Iterable[frozenset[str]], found: set[frozenset[str]], other: set[frozenset[str]]) -> str:
    """Precision and recall of the pairs that were joined, of those with a known answer."""
    wanted = set(same)
    right, wrong = len(wanted & found), len(other & found)
    precision = right / (right + wrong) if right + wrong else 1.0
    recall = right / max(len(wanted), 1)
    return f"{name}: precision {precision:.4f}, recall {recall:.4f} (same {len(wanted)}, different {len(other)})"


def joined(postings: list[Posting], employers: Employers) -> set[frozenset[str]]:
    """Pairs of posting ids that stand in one opening."""
    openings = merge([Listing(posting) for posting in postings], key=employers.key, vocabulary=VOCABULARY)
    return {
        frozenset(pair)
        for opening in openings
        for pair in combinations([one.posting.id for one in opening.listings], 2)
    }


def own_pairs() -> tuple[list[Posting], set[frozenset[str]], set[frozenset[str]]]:
    """The pairs of tests/dedup_pairs.csv as postings, those that are one, those that are not."""
    postings, same, other = [], set(), set()
    with OWN.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            pair = []
            for side in "ab":
                pair.append(
                    Posting(
                        board=row[f"{side}_board"],
                        ref=f"{number}{side}",
                        url=row[f"{side}_url"],
                        title=row[f"{side}_title"],
                        company=f"{row[f'{side}_company']} {number}",
                        description=row[f"{side}_text"],
                        locations=tuple(filter(None, row[f"{side}_location"].split("; "))),
                    )
                )
            postings += pair
            (same if row["verdict"] == "same" else other).add(frozenset(p.id for p in pair))
    return postings, same, other


def main() -> None:
    if not LISTS.is_dir():
        sys.exit("skipped: needs ../shared/listings")
    employers = Employers(load_employers(find(ROOT / "config", "employers.yaml")))
    postings = listed()
    keys = {posting.id: job_key(posting.url) for posting in postings}
    by_employer = defaultdict(list)
    for posting in postings:
        if keys[posting.id]:
            by_employer[employers.key(posting.company)].append(posting)
    same, other = set(), set()
    for group in by_employer.values():
        for one, two in combinations(group, 2):
            a, b = keys[one.id], keys[two.id]
            if a == b:
                same.add(frozenset((one.id, two.id)))
            else:
                other.add(frozenset((one.id, two.id)))
    print(figures("links", same, joined(postings, employers), other))
    choose = random.Random(7)
    hidden = []
    twins, strangers = set(), set()
    for posting in choose.sample([p for p in postings if keys[p.id]], 600):
        twin = Posting(
            board="feed/twins", ref=posting.id, url="", title=posting.title, company=posting.company,
            description="", locations=posting.locations,
        )  # fmt: skip
        hidden.append(twin)
        twins.add(frozenset((posting.id, twin.id)))
        strangers |= {
            frozenset((twin.id, p.id))
            for p in by_employer[employers.key(posting.company)]
            if keys[p.id] != keys[posting.id]
        }
    print(figures("rows without a link", twins, joined(postings + hidden, employers), strangers))
    if OWN.exists():
        mine, alike, apart = own_pairs()
        print(figures("our pairs", alike, joined(mine, employers), apart))


if __name__ == "__main__":
    main()
