"""What the matrix of engines runs: whole commands in processes of their own, a Dask cluster, a worker that dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.commands import work
from tests.conftest import ROOT

SAMPLE = ROOT / "data" / "sample"
NOW = "2026-11-21T09:00:00Z"
FILES = ("shortlist.csv", "report.html", "shortlist.atom", "deadlines.ics")
MARKER = "REACHLIST_TEST_KILLED"  # a file that the first worker to read makes, before it dies
read = work.read


def reachlist(*words: str | Path, data: Path, environment: Mapping[str, str] | None = None) -> None:
    """Runs one command on the sample world in a process of its own; exit 1 is what the sample's broken boards give."""
    command = [sys.executable, "-m", "pipeline.cli", *map(str, words), "--data", str(data)]
    common = ["--config", str(SAMPLE / "config"), "--now", NOW, "--quiet", "--plain"]
    settings = os.environ | {"PYTHONPATH": str(ROOT)} | dict(environment or {})
    done = subprocess.run([*command, *common], env=settings, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode in (0, 1), done.stderr


def whole_run(data: Path, *options: str, environment: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """The files of a run over the sample world."""
    reachlist("run", "--replay", SAMPLE, "--all", *options, data=data, environment=environment)
    return files(data)


def files(data: Path) -> dict[str, bytes]:
    """What a list is on disk."""
    return {name: (data / name).read_bytes() for name in FILES}


@contextmanager
def workers(count: int) -> Iterator[str]:
    """The address of a Dask scheduler on this machine with so many workers, each a process."""
    from distributed import LocalCluster  # noqa: PLC0415 -- an optional extra

    with LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster:
        yield cluster.scheduler_address


def read_and_die_once(shared: work.Work, postings: Mapping[str, Any]) -> work.Results:
    """Reads like any other, but the first worker that does is killed in the middle of it."""
    try:
        os.close(os.open(os.environ[MARKER], os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return read(shared, postings)
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("nothing outlives SIGKILL")


def add(shared: int, part: int) -> int:
    """A function of what all parts share, and of a part."""
    return shared + part


def plugins(address: str) -> list[str]:
    """Ours that the workers of a cluster still have."""
    from distributed import Client, Worker  # noqa: PLC0415 -- an optional extra

    def of_one(dask_worker: Worker) -> list[str]:
        return [name for name in dask_worker.plugins if name.startswith("reachlist")]

    with Client(address, set_as_default=False) as client:
        return [name for names in client.run(of_one).values() for name in names]
