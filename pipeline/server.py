"""A PostgreSQL database under the store, through SQLAlchemy: for a store that several machines share.

For tables.py and the lock of a session alone; it has the face of database.File. The statements are those of the
SQLite store, in the SQL that both speak; text is compared byte by byte, as SQLite does. Backups and
repairs are the server's own (pg_dump). A URL may hold a password: it is never shown.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.database import StoreError, steps_of

MIGRATIONS = Path(__file__).parent / "migrations" / "postgresql"
SCHEMES = ("postgresql", "postgresql+psycopg")
ROWS = 1000  # fetched at once of a long answer
# Advisory locks are of a whole database: one number per store, another for making or migrating it.
_LOCK, _SCHEMA_LOCK = (f"hashtext('{what} ' || current_schema())" for what in ("reachlist", "reachlist schema"))


class Occupied(Exception):
    """Another run holds the lock of the store; the message names it."""


def engine(url: str) -> Any:
    """SQLAlchemy's engine for a URL. Raises StoreError for one that cannot be used."""
    try:
        import sqlalchemy  # noqa: PLC0415 -- of the extra `postgres`
        from sqlalchemy.pool import NullPool  # noqa: PLC0415
    except ImportError:
        raise StoreError("a store on a server needs SQLAlchemy: pip install 'reachlist[postgres]'") from None
    try:
        parsed = sqlalchemy.make_url(url)
    except sqlalchemy.exc.ArgumentError:
        raise StoreError("the store's URL is none: postgresql://USER@HOST/DATABASE is wanted") from None
    if parsed.drivername not in SCHEMES:
        raise StoreError(f"a store speaks SQLite or postgresql://USER@HOST/DATABASE, not {parsed.drivername}://")
    named = f"reachlist on {platform.node()}, process {os.getpid()}"
    try:
        return sqlalchemy.create_engine(
            parsed.set(drivername=SCHEMES[1]), poolclass=NullPool, connect_args={"application_name": named}
        )
    except ImportError:
        raise StoreError("a store on a server needs psycopg: pip install 'reachlist[postgres]'") from None


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turns SQLAlchemy's errors into sentences for a person."""
    from sqlalchemy import exc  # noqa: PLC0415

    try:
        yield
    except (exc.IntegrityError, exc.ProgrammingError, exc.DataError):
        raise
    except exc.DBAPIError as error:
        what = str(error.orig).strip().partition("\n")[0]
        raise StoreError(f"{name}: {what}") from None


@lru_cache(maxsize=256)
def spoken(statement: str) -> str:
    """A statement of the store as psycopg takes it: `%s` for `?`."""
    return statement.replace("%", "%%").replace("?", "%s")


class Server:
    """The store's tables on a server, made or migrated on opening, unless they are to be left as they are."""

    def __init__(self, url: str, *, migrate: bool = True) -> None:
        self._engine = engine(url)
        self.name = self._engine.url.render_as_string(hide_password=True)
        with explained(self.name):
            self._connection = self._engine.connect()
        try:
            if migrate:
                self._migrate()
        except BaseException:
            self.close()
            raise

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Any:
        """One statement with `?` for its values."""
        return self._connection.exec_driver_sql(spoken(statement), tuple(values))

    def executemany(self, statement: str, rows: Any) -> None:
        """One statement for many rows of values."""
        if several := [tuple(row) for row in rows]:
            self._connection.exec_driver_sql(spoken(statement), several)

    @contextmanager
    def transaction(self) -> Iterator[Server]:
        """Everything or nothing."""
        with explained(self.name), self._connection.begin():
            yield self

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of an answer."""
        if self._connection.in_transaction():
            return self.execute(query, values).fetchall()
        with self.transaction():
            return self.execute(query, values).fetchall()

    def stream(self, query: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """The rows of a long answer as they come, as they were when it began, or the transaction that it is in."""
        if self._connection.in_transaction():
            with explained(self.name):
                answer = {"yield_per": ROWS}
                yield from self._connection.exec_driver_sql(spoken(query), tuple(values), execution_options=answer)
            return
        with explained(self.name), self._engine.connect() as other:
            yield from other.execution_options(yield_per=ROWS).exec_driver_sql(spoken(query), tuple(values))

    def back_up(self) -> None:
        """Nothing: a server's backups are the server's."""

    def rows_of_copy(self, query: str) -> list[Any]:
        """None at all: there is no copy here."""
        return []

    def close(self) -> None:
        self._connection.close()
        self._engine.dispose()

    def _migrate(self) -> None:
        """Brings the schema to the newest version, all steps in one transaction."""
        steps = steps_of(MIGRATIONS)
        with self.transaction():
            self.execute(f"SELECT pg_advisory_xact_lock({_SCHEMA_LOCK})")  # two may open a new store at once
            self.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)")
            version = self.execute("SELECT coalesce(max(version), 0) FROM schema_version").fetchone()[0]
            if version > len(steps):
                raise StoreError(f"{self.name} was written by a newer reachlist (schema {version}); upgrade it here")
            for number, step in enumerate(steps[version:], version + 1):
                self.execute(step.read_text(encoding="utf-8"))
                self.execute("INSERT INTO schema_version VALUES (?)", (number,))


@contextmanager
def as_it_is(url: str) -> Iterator[Server]:
    """The store at `url` as it is at this moment, whoever writes to it; nothing of it is changed. Raises StoreError."""
    store = Server(url, migrate=False)
    with closing(store):
        store._connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with store.transaction():
            if store.execute("SELECT to_regclass('schema_version')").fetchone()[0] is None:
                raise StoreError(f"{store.name} is no store of reachlist")
            version = store.execute("SELECT coalesce(max(version), 0) FROM schema_version").fetchone()[0]
            steps = len(steps_of(MIGRATIONS))
            if version != steps:
                older = "an older reachlist (`reachlist doctor` brings it up to date)"
                whose = older if version < steps else "a newer reachlist; upgrade it here"
                raise StoreError(f"{store.name} was written by {whose}")
            yield store


@contextmanager
def alone(url: str) -> Iterator[None]:
    """Holds the advisory lock of the store at `url`. Raises Occupied with who holds it, and StoreError."""
    one = engine(url)
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

    with explained(one.url.render_as_string(hide_password=True)):
        connection = one.connect().execution_options(isolation_level="AUTOCOMMIT")
    try:
        if not connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({_LOCK})").scalar():
            holders = connection.exec_driver_sql(
                "SELECT application_name, backend_start FROM pg_stat_activity JOIN pg_locks USING (pid)"
                f" WHERE locktype = 'advisory' AND granted AND objid::bigint = {_LOCK}::bigint & 4294967295"
            ).fetchall()
            raise Occupied(
                "; ".join(f"{name}, since {since:%Y-%m-%d %H:%M:%S}" for name, since in holders) or "unknown"
            )
        try:
            yield
        finally:
            # A server frees what a closed connection held in its own time; the next command may come before that.
            with suppress(SQLAlchemyError):  # the server is gone, and the lock with it
                connection.exec_driver_sql(f"SELECT pg_advisory_unlock({_LOCK})")
    finally:
        connection.close()
        one.dispose()
