"""Openings at scale: ours and the peers' on one made-up world, what a posting costs in small and large, the memory.

    python benchmarks/openings.py [--postings 200000] [--alone]

`--alone`: without the peers, which take most of an hour on 200,000.
"""

from __future__ import annotations

import argparse
import resource
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.__main__ import table
from benchmarks.planted_twins import world
from benchmarks.stage_openings import contest, per_posting

SMALL = 2_000


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--postings", type=int, default=200_000)
    parser.add_argument("--alone", action="store_true")
    arguments = parser.parse_args()
    small = per_posting(world(SMALL).listings, 9)
    made = world(arguments.postings)
    before = memory()
    rows = contest(made)
    ours = next(rows)
    after = memory()
    for line in table([ours] if arguments.alone else [ours, *rows]):
        print(line, flush=True)
    print(
        f"a posting costs {1e6 * (ours.each or 0):.1f} µs of {arguments.postings:,} and {1e6 * small:.1f} µs of"
        f" {SMALL:,}: {(ours.each or 0) / small:.2f} times; {after} MB, {before} of them the postings with their texts"
    )


def memory() -> int:
    """The most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
