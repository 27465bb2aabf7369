"""What all tests share: the long form, and where the material beside the checkout is."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import load_vocabulary
from pipeline.reading import Reader

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--long` runs the suites marked slow in their long form."""
    parser.addoption("--long", action="store_true", help="run the long form of the slow suites")


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
