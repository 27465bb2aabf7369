"""A crawl of written hosts, through the real middlewares."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawlers import settings
from crawlers.run import crawl
from pipeline.config import Platform, load_platforms
from pipeline.models import Board, Snapshot
from pipeline.store import Store
from tests.crawlers.hosts import NOW, Hosts, Visit


@pytest.fixture
def hosts() -> Iterator[Hosts]:
    with Hosts() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "reachlist.db") as opened:
        yield opened


@pytest.fixture(scope="session")
def platforms() -> dict[str, Platform]:
    return load_platforms(Path(__file__).parents[2] / "config" / "platforms.yaml")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer must be whole in half a second."""
    monkeypatch.setattr(settings, "DOWNLOAD_TIMEOUT", 0.5)


@pytest.fixture
def visit(hosts: Hosts, store: Store, platforms: dict[str, Platform]) -> Visit:
    """Crawl boards on the written hosts; the snapshots by slug."""

    def visited(*boards: Board, **more: Any) -> dict[str, Snapshot]:
        arguments: dict[str, Any] = {"now": NOW, "connect_to": hosts.at, "platforms": platforms, "store": store}
        arguments |= more
        run = store.begin_run(arguments["now"].isoformat())
        told, kept = arguments.pop("progress", None), []

        def progress(snapshot: Snapshot) -> None:
            kept.append(snapshot)
            if told is not None:
                told(snapshot)

        crawl(boards, run=run, progress=progress, **arguments)
        return {snapshot.board.slug: snapshot for snapshot in kept}

    return visited
