"""What all tests share: the long form, and where the material beside the checkout is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import load_vocabulary
from pipeline.reading import Reader

Figure = Callable[[str], None]  # what the fixture `figure` gives
ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


def comparable(value: Any) -> Any:
    """A value without the order that means nothing: of groups, and of names in one."""
    if isinstance(value, list):
        return sorted(sorted(entry) if isinstance(entry, list) else entry for entry in value)
    return value


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--long` runs the suites marked slow in their long form."""
    parser.addoption("--long", action="store_true", help="run the long form of the slow suites")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was measured, with how often where it was more than once."""
    reports = (report for reports in terminalreporter.stats.values() for report in reports)
    figures = Counter(
        line
        for report in reports
        if isinstance(report, pytest.TestReport) and report.when == "call"
        for name, line in report.user_properties
        if name == "figure"
    )
    if figures:
        terminalreporter.section("figures")
    for figure, count in sorted(figures.items()):
        terminalreporter.line(figure if count == 1 else f"{count:,} × {figure}")


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Figure:
    """Takes one line that a suite measured; the summary prints it, whichever process ran the test."""
    return lambda line: record_property("figure", line)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is marked slow unless the long form was asked for."""
    if config.getoption("--long"):
        return
    skip = pytest.mark.skip(reason="long form: make soak")
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def long_form(pytestconfig: pytest.Config) -> bool:
    """Whether the long form of a suite was asked for."""
    return bool(pytestconfig.getoption("--long"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real postings and answers beside the checkout, or a skip."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared, the material beside the checkout")
    return SHARED


@pytest.fixture(scope="session")
def reader() -> Reader:
    """A reader of the shipped vocabulary, compiled once for all tests."""
    vocabulary = load_vocabulary(ROOT / "config" / "vocabulary")
    return Reader({stem: content for stem, content in vocabulary.items() if stem != "employers"})
