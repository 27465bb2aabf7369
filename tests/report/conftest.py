"""A real browser for the report's tests: Chromium as installed, never downloaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline import report
from tests.report.rows import PROFILE, TODAY

PATIENCE = 120_000  # milliseconds: a busy machine is no fault of the page
CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None
)


@dataclass
class Watch:
    """What a page did that nobody asked it to do."""

    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """Headless Chromium, or a skip where there is none. Its event loop must end with this package's tests."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs the Python package playwright")
    if not CHROMIUM:
        pytest.skip("needs Chromium: install it, or name it in the environment as CHROMIUM")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_report(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Write a report and open it: gives the page, whose `.watch` says what it did. Nothing may go wrong in it."""
    contexts = []

    def opened(rows: list[Any], *, fragment: str = "", width: int = 1280, height: int = 900, **options: Any) -> Any:
        path = tmp_path / "report.html"
        options = {
            "generated": datetime(TODAY.year, TODAY.month, TODAY.day, 6, tzinfo=UTC),
            "profile": PROFILE,
        } | options
        report.write(path, rows, **options)
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="light")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.watch = Watch()
        page.on("console", lambda message: page.watch.errors.append(message.text))
        page.on("pageerror", lambda error: page.watch.errors.append(str(error)))
        page.on("request", lambda request: page.watch.requests.append(request.url))
        page.on("dialog", lambda dialog: (page.watch.dialogs.append(dialog.message), dialog.dismiss()))
        page.goto(path.as_uri() + fragment)
        return page

    yield opened
    for context in contexts:
        context.close()
