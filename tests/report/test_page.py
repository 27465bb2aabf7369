"""The page in a real browser: it loads in peace, shows every opening, and asks nobody for anything."""

from __future__ import annotations

from typing import Any

from tests.report.rows import rows


def test_the_page_opens_without_a_complaint_and_without_a_request(open_report: Any) -> None:
    page = open_report(rows(150))
    page.wait_for_selector("tr.opening")
    assert page.watch.errors == []
    assert [url for url in page.watch.requests if not url.startswith(("file:", "data:"))] == []


def test_the_page_of_an_empty_list_opens_too(open_report: Any) -> None:
    page = open_report([])
    assert page.locator("#count").inner_text() == "0 openings of 0"
    assert page.watch.errors == []
