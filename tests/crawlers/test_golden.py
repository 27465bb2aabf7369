"""Every platform reads its own sample answer as a person has reviewed it.

`tests/boards/<platform>.<json|xml|html>` is a sample written by us in the platform's shape,
`<platform>.detail.<…>` the page of its first posting where the listing lacks the text, and
`<platform>.expected.json` what is read from them. A missing expectation is written, for review.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from crawlers.boards import BoardSpider
from crawlers.run import spider, spider_names
from pipeline.models import Board

SAMPLES = Path(__file__).parent.parent / "boards"


def sample(platform: BoardSpider, part: str = "") -> Path | None:
    """The sample of a platform, or of the one it differs from in its address alone."""
    names = [kind.name for kind in type(platform).__mro__ if issubclass(kind, BoardSpider)]
    found = (SAMPLES / f"{name}{part}.{kind}" for name in names for kind in ("json", "xml", "html", "md"))
    return next((path for path in found if path.exists()), None)


def read(platform: BoardSpider, answer: Path) -> dict[str, Any]:
    """What is read from a sample, as JSON."""
    options = tuple((name, f"example-{name}") for name in platform.options)
    board = Board(answer.name.partition(".")[0], "example", "Example Company", options)
    page = platform.parse(answer.read_bytes(), board)
    detail = sample(platform, ".detail")
    if detail is not None:
        first = platform.detailed(detail.read_bytes(), page.postings[0], board)
        page = replace(page, postings=(first, *page.postings[1:]), following=None)
    found = json.loads(json.dumps(asdict(page), ensure_ascii=False))
    return {name: value for name, value in found.items() if name not in ("facts", "surprising") or value}


@pytest.mark.parametrize("name", sorted(spider_names()))
def test_platform_reads_its_sample_as_reviewed(name: str) -> None:
    platform = spider(name)
    answer = sample(platform)
    assert answer is not None, f"write tests/boards/{name}.json: a sample answer in the platform's shape"
    found = read(platform, answer)
    expectation = answer.with_suffix(".expected.json")
    if not expectation.exists():
        expectation.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        pytest.fail(f"{expectation.name} was missing and is written: review it, then run again")
    assert found == json.loads(expectation.read_text(encoding="utf-8"))
