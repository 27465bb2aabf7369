"""The worked example of docs/boards.md is a platform: it reads its answer, and is as small as it says."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import median

from crawlers.boards import BoardSpider
from crawlers.middlewares.scope import check
from pipeline.config import load_platforms
from pipeline.models import Board

PAGE = (Path(__file__).parents[2] / "docs" / "boards.md").read_text(encoding="utf-8")


def block(kind: str) -> str:
    """The last fenced block of a kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)[-1]


def test_the_example_reads_its_answer(tmp_path: Path) -> None:
    names: dict[str, type[BoardSpider]] = {}
    exec(block("python"), names)  # our own page
    spider, board = names["Example"](), Board("example", "acme", "Acme")
    (posting,) = spider.parse(block("json").encode(), board).postings
    assert (posting.id, posting.title, posting.location) == ("example/acme/7", "ML Intern", "Bern")
    assert (posting.posted, posting.description) == ("2026-11-02", "<p>Python.</p>")
    (tmp_path / "platforms.yaml").write_text(block("yaml"), encoding="utf-8")
    check(spider.request(board, 0).url, load_platforms(tmp_path / "platforms.yaml")["example"], board)


def test_the_example_is_under_twenty_lines() -> None:
    assert len([line for line in block("python").splitlines() if line.strip()]) < 20


def test_the_readme_shows_the_same_example() -> None:
    assert f"```python\n{block('python')}```" in (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_a_platform_costs_little() -> None:
    files = (Path(__file__).parents[2] / "crawlers" / "spiders").glob("[a-z]*.py")
    assert median(len(path.read_text(encoding="utf-8").splitlines()) for path in files) < 40
