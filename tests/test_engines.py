"""The list is the same to the byte wherever and however it is made; `make engines` runs the whole matrix."""

from __future__ import annotations

import csv
import sys
from itertools import product
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.commands import stages, work
from pipeline.engines import EngineError
from tests import engines, postgresql
from tests.conftest import ROOT
from tests.engines import MARKER, NOW, SAMPLE, files, reachlist, whole_run

LONG = pytest.mark.slow
ZONES = ("UTC", "Asia/Kolkata", "America/St_Johns")
LOCALES = ("C", "C.UTF-8", "tr_TR.UTF-8")
SHORT = {(1, "Asia/Kolkata", "tr_TR.UTF-8"), (2, "America/St_Johns", "C")}


def several(*counts: int, short: int) -> list[object]:
    return [pytest.param(count, marks=() if count == short else LONG) for count in counts]


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a run on this machine alone."""
    data = tmp_path_factory.mktemp("local")
    whole_run(data)
    return data


@pytest.mark.parametrize(
    ("seed", "zone", "locale"),
    [
        pytest.param(*one, marks=() if one in SHORT else LONG)
        for one in product(range(10), ZONES, LOCALES)
    ],
)  # fmt: skip
def test_neither_hash_seed_nor_time_zone_nor_locale_changes_a_byte(
    seed: int, zone: str, locale: str, local: Path, tmp_path: Path
) -> None:
    settings = {"PYTHONHASHSEED": str(seed), "TZ": zone, "LC_ALL": locale, "LANG": locale}
    assert whole_run(tmp_path, environment=settings) == files(local)


def test_a_shared_store_changes_no_byte(local: Path, tmp_path: Path) -> None:
    with postgresql.schema() as url:
        assert whole_run(tmp_path, "--store", url) == files(local)


@pytest.mark.parametrize("count", several(1, 2, 4, 8, short=2))
def test_a_crawl_divided_among_machines_changes_no_byte(count: int, local: Path, tmp_path: Path) -> None:
    machines = [tmp_path / str(number) for number in range(1, count + 1)]
    for number, data in enumerate(machines, 1):
        reachlist("crawl", "--replay", SAMPLE, "--all", "--shard", f"{number}/{count}", data=data)
    whole = tmp_path / "whole"
    reachlist("merge", *machines, data=whole)
    reachlist("outreach", data=whole)  # a run does it too: the report tells of leads
    reachlist("rank", data=whole)
    assert files(whole) == files(local)


@pytest.mark.parametrize("count", several(1, 2, 4, short=2))
def test_a_cluster_changes_no_byte(count: int, local: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="needs the extra dask")
    monkeypatch.setattr(stages, "BATCH", 20)  # the sample world is small
    with engines.workers(count) as address:
        ranked_by(address, tmp_path)
    assert files(tmp_path) == files(local)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_worker_killed_in_the_middle_changes_no_byte(
    local: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="needs the extra dask")
    marker = tmp_path / "killed"
    monkeypatch.setenv(MARKER, str(marker))
    monkeypatch.setattr(stages, "BATCH", 20)
    monkeypatch.setattr(work, "read", engines.read_and_die_once)
    with engines.workers(2) as address:
        ranked_by(address, tmp_path)
    assert marker.exists() and files(tmp_path) == files(local)


def test_two_commands_on_one_cluster_do_not_mix_their_settings() -> None:
    pytest.importorskip("distributed", reason="needs the extra dask")
    from pipeline.engines.on_dask import cluster  # noqa: PLC0415 -- an optional extra

    parts = [(None, 1), (None, 2)]
    with engines.workers(2) as address:
        with cluster(10, address) as first, cluster(20, address) as second:
            assert [result for _, result in first.map(engines.add, parts)] == [11, 12]
            assert [result for _, result in second.map(engines.add, parts)] == [21, 22]
        assert engines.plugins(address) == []


def test_a_cluster_without_workers_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="needs the extra dask")
    from pipeline.engines import on_dask  # noqa: PLC0415 -- an optional extra

    monkeypatch.setattr(on_dask, "ALONE", 0.1)
    with (
        engines.workers(0) as address,
        on_dask.cluster(10, address) as engine,
        pytest.raises(EngineError, match="no worker"),
    ):
        list(engine.map(engines.add, [(None, 1)]))


def test_a_scheduler_that_goes_in_the_middle_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="needs the extra dask")
    from distributed import LocalCluster  # noqa: PLC0415 -- an optional extra

    from pipeline.engines import on_dask  # noqa: PLC0415

    monkeypatch.setattr(on_dask, "WAIT", 1)
    with (
        LocalCluster(n_workers=1, processes=False, dashboard_address=None, silence_logs=50) as there,
        on_dask.cluster(10, there.scheduler_address) as engine,
        pytest.raises(EngineError, match="scheduler"),
    ):
        for _ in engine.map(engines.add, ((None, part) for part in range(100))):
            there.close()


def ranked_by(scheduler: str, data: Path) -> None:
    """Crawls here; reads and ranks on the cluster."""
    reachlist("crawl", "--replay", SAMPLE, "--all", data=data)
    where = ["--data", str(data), "--config", str(SAMPLE / "config"), "--now", NOW, "--quiet", "--plain"]
    for _ in range(2):
        assert main(["rank", "--engine", "dask", "--scheduler", scheduler, *where]) == 0
        reachlist("outreach", data=data)  # a run does it too: the report tells of leads


def test_a_list_among_many_is_the_list_alone(local: Path, tmp_path: Path) -> None:
    profiles = tmp_path / "profiles"
    profiles.mkdir()
    (profiles / "first.yaml").write_bytes((ROOT / "config/profile.yaml").read_bytes())
    (profiles / "second.yaml").write_text("student: {level: phd}\nskills: {strong: [python]}\n")
    reachlist("crawl", "--replay", SAMPLE, "--all", data=tmp_path)
    reachlist("rank", "--profiles", profiles, data=tmp_path)
    lists = {path.stem: path.read_bytes() for path in (tmp_path / "lists").glob("*.csv")}
    assert lists.keys() == {"first", "second"}
    assert lists["first"] == files(local)["shortlist.csv"] != lists["second"]
    reachlist("rank", "--profiles", profiles, "--top", "3", data=tmp_path)
    best = (tmp_path / "lists/first.csv").read_bytes()
    assert len(best.splitlines()) == 4 and lists["first"].startswith(best)


def in_file(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_short_list_keeps_the_rows_its_student_marked(local: Path, tmp_path: Path) -> None:
    profiles = tmp_path / "profiles"
    profiles.mkdir()
    (profiles / "one.yaml").write_bytes((ROOT / "config/profile.yaml").read_bytes())
    reachlist("crawl", "--replay", SAMPLE, "--all", data=tmp_path)
    reachlist("rank", "--profiles", profiles, data=tmp_path)
    path = tmp_path / "lists/one.csv"
    rows = in_file(path)
    rows[9]["notes"] = "ask Ada"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    reachlist("rank", "--profiles", profiles, "--top", "3", data=tmp_path)
    kept = in_file(path)
    assert [(row["rank"], row["notes"]) for row in kept] == [("1", ""), ("2", ""), ("3", ""), ("10", "ask Ada")]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--engine", "dask", "--scheduler", "tcp://127.0.0.1:1"], "no Dask scheduler answers"),
        (["--engine", "dask", "--scheduler", "nowhere"], "no Dask scheduler answers at nowhere"),
        (["--scheduler", "tcp://127.0.0.1:1"], "--engine dask"),
        (["--profiles", ".", "--format", "csv"], "leave out --format"),
    ],
)
def test_what_cannot_be_done_is_said(
    words: list[str], said: str, local: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="needs the extra dask")
    monkeypatch.setattr("pipeline.engines.on_dask.WAIT", 1)
    assert main(["rank", *words, "--data", str(local), "--config", str(SAMPLE / "config")]) == 2
    assert said in capsys.readouterr().err
