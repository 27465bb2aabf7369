"""`rank --format` and `rank --to`: the list in the form asked for, or one line that says why not."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pandas
import pytest

from tests.commands.world import Command


def titles(path: Path) -> list[str]:
    """The titles in a list of any format."""
    if path.suffix == ".parquet":
        return pandas.read_parquet(path)["title"].tolist()
    text = path.read_bytes().decode()
    if path.suffix == ".csv":
        return [row["title"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    if path.suffix == ".jsonl":
        return [json.loads(line)["title"] for line in text.splitlines()]
    return [line.split("[")[1].split("]")[0] for line in text.splitlines()[2:]]


@pytest.mark.parametrize("name", ["top.csv", "top.jsonl", "top.md", "top.parquet", "TOP.MD"])
def test_the_suffix_says_the_format(reachlist: Command, name: str) -> None:
    reachlist.run()
    before = reachlist.files()["shortlist.csv"]
    path = reachlist.data / name
    assert reachlist("rank", "--top", "2", "--to", str(path)) == 0
    wanted = [row["title"] for row in reachlist.rows()][:2]
    assert titles(path) == wanted
    assert reachlist.files()["shortlist.csv"] == before
    assert f"2 rows in {path}" in reachlist.err


def test_markdown_can_be_printed(reachlist: Command) -> None:
    reachlist.run()
    assert reachlist("rank", "--format", "md", "--top", "1") == 0
    assert reachlist.out.splitlines()[0].startswith("| rank | score |")
    assert len(reachlist.out.splitlines()) == 3


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--to", "list.xlsx"], "ends in .csv"),
        (["--to", "list"], "ends in .csv"),
        (["--to", "list.md", "--format", "table"], "ends in .csv"),
        (["--diff", "--format", "md"], "--diff"),
        (["--diff", "--to", "list.jsonl"], "--diff"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_read(reachlist: Command, words: list[str], told: str) -> None:
    assert reachlist("rank", *words) == 2
    assert told in reachlist.err and len(reachlist.err.splitlines()) == 1


def test_a_folder_that_is_not_there_is_one_line(reachlist: Command) -> None:
    reachlist.run()
    (reachlist.data / "file").write_text("")
    assert reachlist("rank", "--to", str(reachlist.data / "file" / "list.md")) == 2
    assert len(reachlist.err.splitlines()) == 1 and "Traceback" not in reachlist.err
