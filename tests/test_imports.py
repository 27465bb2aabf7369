"""Who may import whom: the walls of the house."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

MODULES = sorted(path for room in ("pipeline", "crawlers") for path in (ROOT / room).rglob("*.py"))

# The stages of the flow, which only the commands put together. Readers are the modules of `reading`.
STAGES = ("employers", "openings", "score", "shortlist", "report", "reading", "lifecycle", "changes")
FOR_CRAWLERS = ("pipeline.models", "pipeline.store", "pipeline.config")


def imported(path: Path) -> set[str]:
    """The modules that a file imports anywhere, `from a import b` as both `a` and `a.b`."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative imports hide the wall they cross"
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module or ""}
    return names


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def within(name: str, room: str) -> bool:
    return name == room or name.startswith(room + ".")


def crossings(room: str, allowed: tuple[str, ...] = ()) -> set[str]:
    """`module -> module` for every import of `pipeline` from `room` that is not allowed."""
    return {
        f"{module(path)} -> {name}"
        for path in MODULES
        if within(module(path), room)
        for name in imported(path)
        if within(name, "pipeline") and name != "pipeline" and not any(within(name, one) for one in allowed)
    }


def test_the_nouns_import_only_the_standard_library() -> None:
    for name in imported(ROOT / "pipeline/models.py"):
        assert name.split(".")[0] in sys.stdlib_module_names, name


def test_the_crawl_knows_nothing_of_reading_and_scoring() -> None:
    assert not crossings("crawlers", FOR_CRAWLERS)


@pytest.mark.parametrize("path", [p for p in MODULES if within(module(p), "pipeline")], ids=module)
def test_the_pipeline_knows_no_network(path: Path) -> None:
    """Only the command line starts a crawl; nothing of Scrapy or of a network library enters."""
    outside = {"scrapy", "twisted", "requests", "httpx", "aiohttp", "socket", "http", "urllib.request"}
    if module(path) != "pipeline.cli":
        outside.add("crawlers")
    assert not {name for name in imported(path) if any(within(name, one) for one in outside)}


@pytest.mark.parametrize("stage", STAGES)
def test_stages_do_not_import_each_other(stage: str) -> None:
    others = {f"pipeline.{name}" for name in STAGES if name != stage}
    own = [path for path in MODULES if within(module(path), f"pipeline.{stage}")]
    assert own
    found = {f"{module(p)} -> {n}" for p in own for n in imported(p) if any(within(n, other) for other in others)}
    assert not found


def test_readers_do_not_import_each_other() -> None:
    """Topic readers meet in `reading/__init__.py`; what they share is no topic: it defines no `read`."""
    files = [path for path in MODULES if path.parent.name == "reading" and path.parent.parent.name == "pipeline"]
    topics = {
        module(path)
        for path in files
        if path.name != "__init__.py"
        and any(
            isinstance(node, ast.FunctionDef) and node.name == "read"
            for node in ast.parse(path.read_text(encoding="utf-8")).body
        )
    }
    found = {f"{module(p)} -> {n}" for p in files if module(p) in topics for n in imported(p) if n in topics}
    assert not found


def test_the_store_reads_no_posting() -> None:
    """The store and what stands under it may import lifecycle and the nouns, and one another."""
    under = ("store", "committing", "tables", "database", "server", "shard_stores", "storable", "lifecycle", "models")
    allowed = tuple(f"pipeline.{name}" for name in under)
    for name in under[:-1]:
        assert not crossings(f"pipeline.{name}", allowed)


def test_yaml_is_read_in_one_place() -> None:
    readers = {
        module(path) for path in MODULES if any(within(n, "yaml") or within(n, "ruamel") for n in imported(path))
    }
    assert readers == {"pipeline.checked_yaml"}


def test_the_database_is_opened_in_one_place() -> None:
    for library, place in (("sqlite3", "pipeline.database"), ("sqlalchemy", "pipeline.server")):
        assert {module(path) for path in MODULES if library in imported(path)} == {place}
