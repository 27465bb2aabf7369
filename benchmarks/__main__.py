"""python -m benchmarks [STAGE …] [--postings N] [--write]: the table of stages, ours beside others'.

Every stage runs in this one process, one after the other, in the order of ORDER. `--write` puts the tables
into docs/benchmarks.md, with the command, the date and the load of the machine.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from benchmarks.measuring import ROOT, Corpus, DisagreementError, Row, corpus

PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- tables: begin -->\n", "<!-- tables: end -->\n"
ORDER = ("floor", "text", "reading", "openings", "score", "store", "whole", "unchanged", "crawl")


def stages() -> list[str]:
    """The stages there are, in the order of the flow; others after them."""
    found = {path.stem.removeprefix("stage_") for path in Path(__file__).parent.glob("stage_*.py")}
    return [name for name in ORDER if name in found] + sorted(found - set(ORDER))


def table(rows: Iterable[Row]) -> Iterator[str]:
    """Markdown lines; ratios are to the first row of the stage."""
    yield "| stage | contender | postings | CPU s | µs each | ratio | |"
    yield "|---|---|---:|---:|---:|---:|---|"
    first: dict[str, Row] = {}
    for row in rows:
        base = first.setdefault(row.stage, row).each
        each = row.each
        if each is None:
            yield f"| {row.stage} | {row.contender} | | | | | {row.note} |"
            continue
        ratio = f"{each / base:.2f}" if base else ""
        yield (
            f"| {row.stage} | {row.contender} | {row.postings:,} | {row.seconds:.3f} | {each * 1e6:,.1f} |"
            f" {ratio} | {row.note} |"
        )


def heading(corpus: Corpus) -> str:
    """What was run, when, and on what."""
    load = ", ".join(f"{one:.2f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    return (
        f"`python -m benchmarks {' '.join(sys.argv[1:])}`, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, over {corpus.name}"
        f" ({len(corpus.postings):,} postings); Python {platform.python_version()}, {platform.machine()},"
        f" {os.cpu_count()} cores, load at the start {load}."
    )


def write(lines: Iterable[str]) -> None:
    """Puts the lines between the marks of docs/benchmarks.md."""
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN, 1)
    _, after = rest.split(END, 1)
    PAGE.write_text(before + BEGIN + "\n".join(["", *lines, ""]) + "\n" + END + after, encoding="utf-8")


def main() -> int:
    """Print the table; 1 where a contender's result is not the reference's."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("stages", nargs="*", help="only these")
    parser.add_argument("--postings", type=int, metavar="N", help="only the first N postings")
    parser.add_argument("--write", action="store_true", help="into docs/benchmarks.md, too")
    arguments = parser.parse_args()
    if unknown := set(arguments.stages) - set(stages()):
        parser.error(f"no stage {', '.join(sorted(unknown))}; there are {', '.join(stages())}")
    postings = corpus(arguments.postings)
    lines = [heading(postings), ""]
    rows: list[Row] = []
    failed = 0
    for name in arguments.stages or stages():
        print(f"{name} ...", file=sys.stderr, flush=True)
        try:
            rows += import_module(f"benchmarks.stage_{name}").rows(postings)
        except DisagreementError as error:
            print(f"{name}: {error}", file=sys.stderr)
            failed = 1
    lines += table(rows)
    print("\n".join(lines))
    if arguments.write and not failed:
        write(lines)
    return failed


if __name__ == "__main__":
    sys.exit(main())
