"""A store on a PostgreSQL server: the shape of the file's, one run at a time, and errors a person can act on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.models import Mark
from pipeline.server import Occupied, alone
from pipeline.store import Store, StoreError
from tests import postgresql
from tests.conftest import ROOT

pytest.importorskip("sqlalchemy", reason="needs the extra postgres")


@pytest.fixture
def server() -> Iterator[str]:
    with postgresql.schema() as url:
        yield url


def test_the_server_has_the_tables_and_columns_of_the_file(server: str, tmp_path: Path) -> None:
    with Store(server) as there, Store(tmp_path / "reachlist.db") as here:
        columns = (
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
            " AND table_name != 'schema_version' AND column_name != 'rowid'"
        )
        of_the_file = (
            "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type != 'index'"
        )
        assert sorted(there._database.rows(columns)) == sorted(here._database.rows(of_the_file))


def test_a_store_is_made_once(server: str) -> None:
    for _ in range(2):
        with Store(server) as store:
            run = store.begin_run("2026-11-01T08:00:00+00:00")
    assert run == 2


def test_one_run_at_a_time(server: str) -> None:
    with alone(server):
        with pytest.raises(Occupied, match="process"), alone(server):
            pass
        with Store(server) as store:  # reading and making are no runs
            assert store.runs() == []
    with alone(server):
        pass


def test_the_lock_is_given_back_though_the_server_is_slow_to_see_a_connection_end(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server frees what a closed connection held only when it comes to it; the next command may be there before."""
    import psycopg  # noqa: PLC0415 -- of the extra postgres

    ends = psycopg.Connection.close
    unseen: list[psycopg.Connection[tuple[object, ...]]] = []
    monkeypatch.setattr(psycopg.Connection, "close", lambda self: unseen.append(self))  # noqa: PLW0108 -- is bound
    try:
        with alone(server):
            pass
        with alone(server):
            pass
    finally:
        for connection in unseen:
            ends(connection)


def test_a_second_run_on_a_shared_store_is_told_who_is_at_work(
    server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--data", str(tmp_path), "--config", str(ROOT / "data/sample/config"), "--store", server]
    with alone(server):
        assert main(["crawl", "--replay", str(ROOT / "data/sample"), *where]) == 75
    assert "another run is at work on the shared store: reachlist on" in capsys.readouterr().err


def test_the_environment_names_the_store(
    server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REACHLIST_STORE", server)
    assert main(["doctor", "--data", str(tmp_path), "--plain"]) == 0
    assert "its backups are the server's" in capsys.readouterr().out


def test_a_password_is_never_shown() -> None:
    with pytest.raises(StoreError) as failed:
        Store("postgresql://someone:swordfish@127.0.0.1:1/nowhere")
    assert "swordfish" not in str(failed.value) and "someone" in str(failed.value)


@pytest.mark.parametrize("url", ["mysql://someone@127.0.0.1/db", "sqlite:///x.db", "postgresql:/nowhere://", "://"])
def test_a_url_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(StoreError, match="postgresql://USER@HOST/DATABASE"):
        Store(url)


def test_without_the_extra_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    with pytest.raises(StoreError, match=r"pip install 'reachlist\[postgres\]'"):
        Store("postgresql://someone@127.0.0.1/db")


def test_another_persons_list_takes_no_mark_away(
    server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two people share a store, each with a list; one of them marks, and the other's list is older than that."""
    sample = ROOT / "data/sample"
    common = ["--config", str(sample / "config"), "--store", server, "--now", "2026-11-21T09:00:00Z", "--quiet"]
    ada, ben = (["--data", str(tmp_path / name), *common] for name in ("ada", "ben"))
    main(["crawl", "--replay", str(sample), *ada])
    for person in (ada, ben):
        assert main(["rank", *person]) == 0
    assert main(["mark", "1", "applied", "--note", "on Monday", *ada]) == 0
    for person in (ben, ada, ben):
        assert main(["rank", *person]) == 0
    with Store(server) as store:
        assert list(store.marks().values()) == [Mark("applied", "on Monday")]
    for name in ("ada", "ben"):
        assert "on Monday" in (tmp_path / name / "shortlist.csv").read_text(encoding="utf-8").splitlines()[1]
    path = tmp_path / "ben/shortlist.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("on Monday", ""), encoding="utf-8")
    assert main(["rank", *ben]) == 0
    with Store(server) as store:
        assert list(store.marks().values()) == [Mark("applied")]
