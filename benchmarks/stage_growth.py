"""What one posting costs among 2,000 and among 200,000, and the memory; everything but reading (growth_once.py)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from benchmarks.measuring import ROOT, Corpus, Row

FEW, MANY = 2_000, 200_000


def rows(corpus: Corpus) -> Iterator[Row]:
    """Both sizes, the parts of each."""
    few = min((once(FEW) for _ in range(3)), key=lambda found: found["cpu"])
    many = once(MANY)
    for count, found in ((FEW, few), (MANY, many)):
        note = f"{found['peak']:.0f} MB, {found['memory']:.0f} over the start; {found['rows']:,} openings"
        yield Row("growth", f"{count:,} postings", found["cpu"], count, note)
    for count, found in ((FEW, few), (MANY, many)):
        for name, seconds in found["parts"].items():
            yield Row("growth", f"· {name}, of {count:,}", seconds, count)


def once(count: int) -> dict[str, Any]:
    """What so many postings cost in a process of their own."""
    command = [sys.executable, "-m", "benchmarks.growth_once", str(count)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=1800)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return json.loads(done.stdout.splitlines()[-1])
