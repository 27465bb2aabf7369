"""A store on either database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.store import Store
from tests import postgresql
from tests.store.days import day


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | str]:
    """The path of a SQLite file that is not there yet, and the URL of an empty PostgreSQL schema."""
    if request.param == "sqlite":
        yield tmp_path / "reachlist.db"
    else:
        with postgresql.schema() as url:
            yield url


@pytest.fixture
def store(where: Path | str) -> Iterator[Store]:
    """An empty store."""
    with Store(where, plain=lambda text: text.replace("<p>", "").replace("</p>", "")) as opened:
        yield opened


@pytest.fixture
def run(store: Store) -> int:
    """The id of a run that has begun."""
    return store.begin_run(day(0))
