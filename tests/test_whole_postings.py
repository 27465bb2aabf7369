"""Whole postings of invented employers, labelled by the codebook before the reader was asked.

`english` and `other_languages` (German, French, Spanish, Chinese) were read and mended after; of `second`, written
later and by another hand, nothing was mended for. `third` (five languages, chiefly small employers) was read and mended
after, `fourth` (French, Spanish, Chinese, by the same hands) was not, save that its count of roles once told that a
brief body of Chinese is not measured in characters. How many postings of each are misread may only fall.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.commands.compiled import reader_of
from pipeline.config import load_vocabulary
from pipeline.models import Posting
from pipeline.reading import to_row
from tests.conftest import ROOT, comparable

FILES = Path(__file__).with_name("whole_postings")
READER = reader_of(load_vocabulary(ROOT / "config" / "vocabulary"))
MISREAD = {
    "english": {"duration_weeks": 2, "phd": 1, "skills_preferred": 1, "skills_required": 2},
    "other_languages": {"headcount_stated": 1, "ml_role": 1, "pay": 2, "skills_required": 2, "workplace": 1},
    "second": {
        "deadline": 1, "duration_weeks": 1, "graduation": 2, "headcount_stated": 2,
        "ml_role": 2, "pay": 2, "skills_preferred": 2, "skills_required": 3, "workplace": 2,
    },
    "third": {
        "citizenship_required": 1, "duration_weeks": 1, "enrolled_required": 3, "gpa_min": 1,
        "headcount_stated": 1, "levels_open": 2, "ml_role": 4, "pay": 1, "phd": 1, "publications": 1,
        "skills_preferred": 4, "skills_required": 7, "term": 1, "workplace": 3,
    },
    "fourth": {
        "deadline": 1, "degree_stated": 1, "duration_weeks": 5, "enrolled_required": 2, "gpa_min": 1,
        "headcount_stated": 2, "levels_open": 4, "ml_role": 3, "phd": 1, "publications": 2,
        "skills_preferred": 5, "skills_required": 5, "sponsorship": 1, "workplace": 5,
    },
}  # fmt: skip


def rows(name: str) -> list[dict[str, Any]]:
    """The postings of a file, each with its `truth`."""
    return [json.loads(line) for line in (FILES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def read(row: dict[str, Any]) -> dict[str, Any]:
    """What the reader says of a posting, by the codebook's keys."""
    places = (row["location"],) if row["location"] else ()
    posting = Posting("whole/whole", row["id"], "", row["title"], row["company"] or "", row["description"], places)
    return to_row(READER.read(posting))


def misread(name: str) -> dict[str, list[str]]:
    """The ids of the postings that are misread, by key."""
    found: dict[str, list[str]] = {}
    for row in rows(name):
        said = read(row)
        for key, truth in row["truth"].items():
            if comparable(said[key]) != comparable(truth):
                found.setdefault(key, []).append(row["id"])
    return found


@pytest.mark.parametrize("name", sorted(MISREAD))
def test_no_more_is_misread_than_is_known(name):
    allowed = MISREAD[name]
    worse = {key: ids for key, ids in misread(name).items() if len(ids) > allowed.get(key, 0)}
    assert worse == {}
