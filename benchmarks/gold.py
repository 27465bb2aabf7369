"""How reading and ranking stand on the labelled postings beside the checkout: what `make gold` prints.

Everything goes through the command line, as a user's postings would: `reachlist read --jsonl` and
`reachlist rank --from`. The comparison of readings is the labels' own `evaluate.py`.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT.parent / "shared" / "gold"
REACHLIST = Path(sys.executable).parent / "reachlist"
Rows = dict[str, dict[str, Any]]


def load(path: Path) -> Rows:
    """JSON lines by id."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, filter(str.strip, lines))}


def readings(postings: Path) -> Rows:
    """What `reachlist read --jsonl` says of a file of postings."""
    done = subprocess.run(
        [REACHLIST, "read", "--jsonl", postings],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        encoding="utf-8",
    )
    return {row["id"]: row for row in map(json.loads, done.stdout.splitlines())}


def evaluator() -> ModuleType:
    """The labels' own comparison."""
    spec = importlib.util.spec_from_file_location("evaluate", GOLD / "evaluate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PARTS = ("tuned on", "opened", "held out")


def part(posting_id: str) -> str:
    """Which of PARTS: looked at while the reader was written, opened late (docs/gold-notes.md), or never looked at."""
    number = int(hashlib.sha256(posting_id.encode()).hexdigest(), 16)
    return "tuned on" if number % 2 == 0 else "opened" if number % 4 == 3 else "held out"


def tuned_on(posting_id: str) -> bool:
    """Whether it is of the half whose misses were looked at while the reader was written."""
    return part(posting_id) == "tuned on"


def print_tables(names: Iterable[str], tables: list[dict[str, tuple[float, ...]]]) -> None:
    """One row a field, one F1 a table, then the means over the fields that have labels."""
    print(f"{'field':22}" + "".join(f"{name:>12}{'n':>5}" for name in names))
    for field in tables[0]:
        print(f"{field:22}" + "".join(f"{table[field][2]:12.3f}{table[field][3]:5}" for table in tables))
    means = [[row[2] for row in table.values() if row[3]] for table in tables]
    print(f"{'mean F1':22}" + "".join(f"{sum(mean) / len(mean):12.3f}{'':5}" for mean in means))


def reading_report() -> None:
    """F1 per field: all of dev, its parts, and the small employers."""
    compare = evaluator().evaluate
    dev, small = load(GOLD / "dev_labels.jsonl"), load(GOLD / "small_labels.jsonl")
    read = readings(GOLD / "dev_postings.jsonl")
    parts = [{i: row for i, row in dev.items() if part(i) == name} for name in PARTS]
    tables = [compare(dev, read), *(compare(rows, read) for rows in parts)]
    tables.append(compare(small, readings(GOLD / "small_postings.jsonl")))
    print_tables(("dev", *PARTS, "small"), tables)
    roles = {i: row for i, row in load(GOLD / "roles_labels.jsonl").items() if row.get("sure") is not False}
    read = readings(GOLD / "roles_postings.jsonl")
    for field in ("internship", "ml_role"):
        right = sum(read[i][field] == row[field] for i, row in roles.items())
        print(f"roles: {field} right in {right} of {len(roles)} ({right / len(roles):.3f})")


def main() -> int:
    """Print the tables, or say what is missing."""
    if not GOLD.is_dir():
        print("make gold needs the labelled postings in ../shared/gold, beside the checkout", file=sys.stderr)
        return 2
    reading_report()
    rest = [Path(__file__).with_name(f"gold_{name}.py") for name in ("labels", "openings", "rank", "sizes")]
    return max(subprocess.run([sys.executable, one], check=False).returncode for one in rest)


if __name__ == "__main__":
    sys.exit(main())
