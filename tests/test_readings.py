"""Hand-written sentences and short postings, each with the reading a careful person would give.

A case of tests/readings/<topic>.yaml names only the keys it speaks about: `{text, title?, location?,
fields?, expect: {key: value}}`. Keys and values are the codebook's (or another field of Reading), in the
shape of a `read --jsonl` row.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.models import Pay, Posting
from pipeline.reading import Reader
from pipeline.reading.row import plain

CASES = Path(__file__).parent / "readings"
UNORDERED = ("skills_required", "skills_preferred", "skills_mentioned", "levels_open")


def cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.yaml")):
        for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1):
            name = " ".join((case.get("title", "") + " " + case.get("text", "")).split())[:60]
            yield pytest.param(case, id=f"{path.stem}-{number}: {name}")


@pytest.mark.parametrize("case", list(cases()))
def test_reading(reader: Reader, case: dict[str, Any]) -> None:
    unknown = case.keys() - {"text", "title", "location", "fields", "expect"}
    assert not unknown, f"a case has no key {unknown}"
    reading = reader.read(posting(case))
    for key, wanted in case["expect"].items():
        got = plain(getattr(reading, key))
        assert comparable(key, got) == comparable(key, wanted), f"{key} of: {case.get('text', '')}"


def posting(case: dict[str, Any]) -> Posting:
    """The case as a posting; `fields` sets what a board has a field for (employment, workplace, …)."""
    location = case.get("location")
    fields = dict(case.get("fields", {}))
    if "pay" in fields:
        fields["pay"] = Pay(**fields["pay"])
    return Posting(
        board="test/case",
        ref="1",
        url="",
        title=case.get("title", "Machine Learning Intern"),
        company="Example",
        description=case.get("text", ""),
        locations=(location,) if location else (),
        **fields,
    )


def comparable(key: str, value: Any) -> Any:
    """Lists whose order says nothing, in one order; groups of alternatives likewise."""
    if key in UNORDERED and value is not None:
        return sorted(sorted(item) if isinstance(item, list | tuple) else item for item in value)
    return value
