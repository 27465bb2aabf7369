"""kill -9 at any moment: no committed board is lost, none is doubled, no file is torn."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline import database
from pipeline.store import Store
from tests.conftest import ROOT, Figure

BOARDS, POSTINGS = 12, 20

# Visits boards for ever, as a run does, and writes a file after each round; says what it has committed.
WORK = f"""
import sys
from pathlib import Path
from pipeline import whole_file
from pipeline.models import Board, Posting, Snapshot, Verdict
from pipeline.store import Store

folder, start = Path(sys.argv[1]), int(sys.argv[2])
with Store(folder / "reachlist.db") as store:
    for number in range(start, start + 10_000):
        run = store.begin_run(f"2026-01-01T{{number:06}}")
        for place in range({BOARDS}):
            board = Board("lever", f"b{{place}}", "Mottle")
            words = f"round {{number}} " * 50
            refs = map(str, range({POSTINGS}))
            postings = tuple(Posting(board.id, ref, "https://jobs.example", "Intern", "Mottle", words) for ref in refs)
            store.commit(run, Snapshot(board, f"2026-01-01T{{number:06}}", Verdict.COMPLETE, postings))
            print(number, place, flush=True)
        whole_file.write(folder / "list.txt", (f"{{number}}\\n" * 20_000).encode())
        store.finish_run(run, f"2026-01-01T{{number:06}}", "done")
"""


def killed(command: list[str], wait: float) -> str:
    """What a program had said when it was killed, `wait` seconds after its first word."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(wait)  # the moment of death, not a wait for something
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate()
    return first + rest


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_what_was_committed_outlives_kill_9(tmp_path: Path, figure: Figure) -> None:
    chance = random.Random(9)
    rounds, deaths = 0, 30
    for _ in range(deaths):
        said = killed([sys.executable, "-c", WORK, str(tmp_path), str(rounds)], chance.uniform(0, 0.2))
        whole = [line for line in said.split("\n")[:-1] if line]
        committed = [tuple(map(int, line.split())) for line in whole]
        with Store(tmp_path / "reachlist.db") as store:
            for number, place in committed:
                assert store.history(f"lever/b{place}", 99)[0].at >= f"2026-01-01T{number:06}", "a board was lost"
        with closing(sqlite3.connect(tmp_path / "reachlist.db")) as db:
            for board, texts, postings in db.execute(
                "SELECT board, count(DISTINCT description), count(*) FROM posting GROUP BY board"
            ):
                assert (texts, postings) == (1, POSTINGS), f"{board} is half stored"
            doubled = "SELECT count(*) - count(DISTINCT board || at) FROM visit"
            assert db.execute(doubled).fetchone() == (0,)
            rounds = int(db.execute("SELECT max(at) FROM visit").fetchone()[0][-6:]) + 1
        if (tmp_path / "list.txt").exists():
            assert len(set((tmp_path / "list.txt").read_text().splitlines())) == 1, "the file is torn"
    assert not database.damage(tmp_path / "reachlist.db")
    assert rounds > 5
    figure(f"{deaths} kill -9: 0 boards lost, 0 doubled, 0 files torn, {rounds} rounds of {BOARDS} boards")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_whole_runs_outlive_kill_9(tmp_path: Path, figure: Figure) -> None:
    """`reachlist run`, `rank` and `rank --to` killed at random, over the sample world, eight deaths a day.

    Each run goes on where the one before it was killed; one that ends then tells the truth.
    """
    chance = random.Random(5)
    run = ["run", "--replay", str(ROOT / "data/sample")]
    exports = [["rank", "--to", str(tmp_path / f"all.{suffix}")] for suffix in ("jsonl", "md", "csv")]
    undisturbed, disturbed = tmp_path / "undisturbed", tmp_path / "disturbed"
    began = time.monotonic()
    started(run, undisturbed, 0).wait()
    length = time.monotonic() - began
    whole, deaths, ended = postings(undisturbed), 0, 0
    while deaths < 200:
        able = (disturbed / "shortlist.csv").exists()
        process = started(chance.choice([run, run, run, ["rank"], *exports]) if able else run, disturbed, deaths // 8)
        try:
            process.wait(chance.uniform(0.1, length))
            ended += 1
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            deaths += 1
        assert_sound(disturbed)
        assert_whole_files(disturbed)
        if (tmp_path / "all.jsonl").exists():
            assert all(map(json.loads, (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()))
    started(run, disturbed, deaths // 8).wait()
    assert postings(disturbed) == whole
    figure(f"{deaths} kill -9 of run, rank and export, {ended} more ended: 0 boards lost, 0 doubled, 0 files torn")


def started(words: list[str], data: Path, day: int) -> subprocess.Popen[bytes]:
    """`reachlist` on the sample world's configuration, some days after the first."""
    now = (datetime(2026, 11, 20, 8, tzinfo=UTC) + timedelta(days=day)).isoformat()
    common = ["--data", str(data), "--config", str(ROOT / "data/sample/config"), "--now", now]
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", *words, *common],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def postings(data: Path) -> list[tuple[str, ...]]:
    """What the store says of every posting but its days."""
    with closing(sqlite3.connect(data / "reachlist.db")) as db:
        return db.execute("SELECT board, ref, title, state, text FROM postings ORDER BY board, ref").fetchall()


def assert_sound(data: Path) -> None:
    """The store is whole, and no board that was committed was visited a second time that day."""
    if not (data / "reachlist.db").exists():
        return
    assert not database.damage(data / "reachlist.db")
    again = (
        "SELECT board, at FROM visit WHERE verdict IN ('complete', 'unchanged') GROUP BY board, at HAVING count(*) > 1"
    )
    with closing(sqlite3.connect(data / "reachlist.db")) as db:
        tables = db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'visit'").fetchone()
        assert tables == (0,) or db.execute(again).fetchall() == []


def assert_whole_files(data: Path) -> None:
    """The list and the report are those of one run, from end to end."""
    if (data / "shortlist.csv").exists():
        text = (data / "shortlist.csv").read_bytes().decode()
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        assert [int(row["rank"]) for row in rows] == list(range(1, len(rows) + 1))
    if (data / "report.html").exists():
        assert (data / "report.html").read_bytes().rstrip().endswith(b"</html>")
