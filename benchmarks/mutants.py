"""How many small changes to the code that must not fail are noticed by the tests: mutmut, module by module.

Which modules and which tests is said in pyproject.toml. What it leaves behind, in mutants/, speeds up the next run.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter, defaultdict

from rich.console import Console
from rich.table import Table

LEAST = 0.85  # of a module's mutants
NOTICED = {"killed", "timeout", "segfault"}
MUTMUT = (sys.executable, "-m", "mutmut")


def outcomes(lines: list[str]) -> dict[str, Counter[str]]:
    """Counts by outcome of each module, from lines `package.module.function__mutmut_1: survived`."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for line in lines:
        mutant, _, outcome = line.strip().partition(": ")
        if "__mutmut_" in mutant:
            found[mutant.rpartition(".")[0].removesuffix(".x")][outcome] += 1
    return dict(sorted(found.items()))


def main() -> int:
    """Run, print a table, and return 1 where a module falls short."""
    subprocess.run([*MUTMUT, "run"], check=True, stdout=subprocess.DEVNULL)
    listed = subprocess.run([*MUTMUT, "results", "--all", "true"], check=True, capture_output=True, text=True)
    table, short = Table("module", "mutants", "noticed", "share"), False
    for module, counts in outcomes(listed.stdout.splitlines()).items():
        noticed, total = sum(counts[outcome] for outcome in NOTICED), counts.total()
        short |= noticed < LEAST * total
        table.add_row(module, f"{total:,}", f"{noticed:,}", f"{noticed / total:.1%}")
    Console().print(table)
    return int(short)


if __name__ == "__main__":
    sys.exit(main())
