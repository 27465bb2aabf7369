"""Datasette opens the store with the views of docs/datasette.yaml; every table of the store is documented."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pipeline.checked_yaml import Source
from pipeline.cli import main
from tests.conftest import ROOT

METADATA = ROOT / "docs" / "datasette.yaml"
VIEWS = Source(METADATA).value["databases"]["reachlist"]
PARAMETERS = {"history": "?posting=greenhouse"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the demo."""
    data = tmp_path_factory.mktemp("data")
    main(["demo", "--data", str(data), "--plain", "--quiet"])
    return data / "demo" / "reachlist.db"


def rows(store: Path, path: str) -> list[dict[str, Any]]:
    """What Datasette answers for a path, as JSON."""
    shape = "&_shape=array" if "?" in path else "?_shape=array"
    get = ["datasette", str(store), "--metadata", str(METADATA), "--get", f"/reachlist/{path}{shape}"]
    done = subprocess.run([sys.executable, "-m", *get], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", VIEWS["queries"])
def test_every_view_has_rows_for_the_demo(store: Path, name: str) -> None:
    assert rows(store, f"{name}.json{PARAMETERS.get(name, '')}")


def test_the_list_is_the_list(store: Path) -> None:
    shown = rows(store, "shortlist.json")
    assert [row["rank"] for row in shown] == list(range(1, len(shown) + 1))
    assert {row["eligible"] for row in shown} == {"yes", "unsure", "no"}


@pytest.mark.parametrize("view", VIEWS["tables"])
def test_every_fixed_view_opens(store: Path, view: str) -> None:
    assert rows(store, f"{view}.json?_size=3")


def test_every_table_and_every_column_of_the_views_is_documented(store: Path) -> None:
    page = (ROOT / "docs" / "store.md").read_text(encoding="utf-8")
    with closing(sqlite3.connect(store)) as db:
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert {name for name in tables if not name.startswith("sqlite_")} == set(
            re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (.*?) \|", page.split("## The tables")[1], re.MULTILINE)))
        )
        for view, columns in re.findall(r"^\| `(\w+)` \| `(.*?)` \|", page.split("## With")[0], re.MULTILINE):
            found = [row[1] for row in db.execute(f"PRAGMA table_info({view})")]
            assert columns == ", ".join(found)
