"""How the reader stands on our own labels of corpus postings: facts only, one file a labeller in benchmarks/labels.

Each row holds a posting's id and the codebook's keys its labeller was sure of; a key that is missing was not
judged. The labels were made from the text before the reader was asked. Misses of the even half were looked at
while the reader was mended, those of the odd half not, but for terms.jsonl at the end (docs/gold-notes.md). The
texts are ../shared/corpus, beside the checkout.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from gold import ROOT, Rows, evaluator, load, print_tables, readings, tuned_on

LABELS = Path(__file__).with_name("labels")
CORPUS = ROOT.parent / "shared" / "corpus" / "postings.jsonl.gz"
Table = dict[str, tuple[float, ...]]


def table(compare: Callable[[Rows, Rows], Table], labels: Rows, read: Rows) -> Table:
    """Precision, recall, F1 and count of every field, each over the postings whose labels hold it."""
    fields = compare(labels, read)
    made: Table = {}
    for field in fields:
        keys = ("skills_required", "skills_preferred") if field == "skills_asked" else (field,)
        judged = {i: row for i, row in labels.items() if all(key in row for key in keys)}
        if judged:
            made[field] = compare(judged, read)[field]
    return made


def texts(ids: set[str]) -> str:
    """The corpus postings of these ids as JSON lines."""
    with gzip.open(CORPUS, "rt", encoding="utf-8") as corpus:
        return "".join(line for line in corpus if json.loads(line)["id"] in ids)


def main() -> int:
    """Print one table a file of labels, both halves, or say what is missing."""
    if not CORPUS.is_file():
        print("make gold reads our labels against ../shared/corpus, which is not here", file=sys.stderr)
        return 2
    compare = evaluator().evaluate
    for path in sorted(LABELS.glob("*.jsonl")):
        labels = load(path)
        with tempfile.TemporaryDirectory() as folder:
            postings = Path(folder) / "postings.jsonl"
            postings.write_text(texts(set(labels)), encoding="utf-8")
            read = readings(postings)
        halves = [{i: row for i, row in labels.items() if tuned_on(i) is tuned} for tuned in (True, False)]
        print(f"\n{path.stem}: {len(labels)} corpus postings labelled by us")
        tables = [table(compare, half, read) for half in halves]
        shared = [field for field in tables[0] if field in tables[1]]
        print_tables(("tuned on", "held out"), [{field: one[field] for field in shared} for one in tables])
    return 0


if __name__ == "__main__":
    sys.exit(main())
