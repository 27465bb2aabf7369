"""How large the report of 5,000 openings is, and how soon it can be used: the list is drawn, a slider answers.

Needs Chromium (or its path in the environment as CHROMIUM) and playwright.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from os import environ
from pathlib import Path

from playwright.sync_api import sync_playwright

from pipeline import report
from pipeline.models import Score

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests.report.rows import PROFILE, Row, row

OPENINGS = 5000
WORDS = ("the team", "is small", "and you will", "work with", "people who", "train models", "and ship")
SLIDE = """() => {
    const slider = document.querySelector('[data-criterion=reach]');
    const start = performance.now();
    slider.value = 5;
    slider.dispatchEvent(new Event('input'));
    return performance.now() - start;
}"""


def wordy(number: int) -> Row:
    """A row whose reasons and quotes are like no other row's: the least a pool of texts can save."""
    chance = random.Random(number)
    plain = row(number)
    words = [" ".join(chance.choices(WORDS, k=6)) for _ in plain.score.findings]
    findings = [replace(f, reason=w[:50], quote=w) for f, w in zip(plain.score.findings, words, strict=True)]
    return replace(plain, score=Score(tuple(findings), plain.score.bars))


def main() -> None:
    """Print the figures."""
    chromium = environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "report.html"
        start = time.perf_counter()
        rows = [wordy(number) for number in range(OPENINGS)]
        report.write(path, rows, generated=datetime(2026, 3, 2, tzinfo=UTC), profile=PROFILE)
        print(f"{OPENINGS:,} openings made and written in {time.perf_counter() - start:.1f} s")
        print(f"file {path.stat().st_size / 1e6:.1f} MB")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for _ in range(3):
            page = browser.new_page()
            start = time.perf_counter()
            page.goto(path.as_uri())
            page.wait_for_selector("tr.opening")
            drawn = time.perf_counter() - start
            ready = page.evaluate("performance.getEntriesByType('navigation')[0].domInteractive") / 1000
            slide = page.evaluate(SLIDE)
            print(f"list drawn after {drawn:.2f} s (in the page {ready:.2f} s), slider answers in {slide:.0f} ms")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
