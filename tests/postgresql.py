"""A store on a real PostgreSQL server: the one at REACHLIST_TEST_POSTGRESQL, which .ci/postgresql starts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest

SERVER = os.environ.get("REACHLIST_TEST_POSTGRESQL", "")


def url() -> str:
    """The server's URL, or a skip."""
    if not SERVER:
        pytest.skip("needs a PostgreSQL server: REACHLIST_TEST_POSTGRESQL=`.ci/postgresql start DIR`")
    return SERVER


@contextmanager
def schema() -> Iterator[str]:
    """The URL of a schema of its own, which is gone afterwards."""
    sqlalchemy = pytest.importorskip("sqlalchemy", reason="needs the extra postgres")
    server = sqlalchemy.make_url(url())
    name = f"test_{uuid4().hex}"
    engine = sqlalchemy.create_engine(server.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA {name}")
        yield server.update_query_dict({"options": f"-csearch_path={name}"}).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {name} CASCADE")
        engine.dispose()
