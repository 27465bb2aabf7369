"""The SQLite file under the store: opening, migrating, backing up, and what to do when it is damaged.

For store.py and what stands under it. It knows files and pages; postings and boards may not enter.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

MIGRATIONS = Path(__file__).parent / "migrations"
OURS = {"run", "board", "visit", "posting"}  # tables of a store of whatever version
LOST = "the store is gone or empty, and its backup is not"


class StoreError(Exception):
    """The store cannot be used; the message says what to do next."""


class DamagedStore(StoreError):
    """The file is no sound SQLite database."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into sentences for a person."""
    try:
        yield
    except sqlite3.OperationalError as error:
        what = str(error)
        if "full" in what or "disk I/O" in what:
            raise StoreError(f"{path}: no room on the disk ({what}); what was stored before is intact") from error
        if "locked" in what:
            raise StoreError(f"{path}: another program is writing to the store; try again") from error
        raise StoreError(f"{path}: {what}") from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise
        raise DamagedStore(f"{path}: the store is damaged ({error}); `reachlist doctor` repairs it") from error


class Statements(Protocol):
    """What runs the store's statements within a transaction; `?` stands for each value."""

    def execute(self, statement: str, values: Sequence[Any] = ..., /) -> Any:
        """One statement; the answer can be iterated and has fetchone and fetchall."""

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]], /) -> Any:
        """One statement for many rows of values."""


class Database(Protocol):
    """What the store asks of the database under it: a File, or server.Server."""

    def transaction(self) -> AbstractContextManager[Statements]:
        """Everything or nothing."""

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of an answer."""

    def stream(self, query: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """The rows of a long answer as they come."""

    def back_up(self) -> None:
        """Keeps a copy from which the store can be restored."""

    def rows_of_copy(self, query: str) -> list[Any]:
        """All rows of the copy's answer; none where there is no copy that answers."""

    def close(self) -> None: ...


class File:
    """The SQLite file at `path`, as `connect` opened it."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path, self.connection = path, connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything or nothing."""
        with explained(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of an answer."""
        with explained(self.path):
            return self.connection.execute(query, values).fetchall()

    def stream(self, query: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """The rows of a long answer as they come."""
        with explained(self.path):
            yield from self.connection.execute(query, values)

    def back_up(self) -> None:
        """Copies the store beside itself; `reachlist doctor` restores it from there."""
        with explained(self.path):
            back_up(self.connection, backup_of(self.path))

    def rows_of_copy(self, query: str) -> list[Any]:
        """All rows of the answer of the copy beside the store; none where there is no copy that answers."""
        try:
            with closing(sqlite3.connect(f"{backup_of(self.path).resolve().as_uri()}?mode=ro", uri=True)) as copy:
                return copy.execute(query).fetchall()
        except sqlite3.Error:
            return []

    def close(self) -> None:
        self.connection.close()


def connect(path: Path, functions: Mapping[str, Callable[..., str]]) -> sqlite3.Connection:
    """Opens the store at `path`, making or migrating it first; migrations may call `functions`. Raises StoreError."""
    if is_lost(path):
        copy = backup_of(path).name
        raise DamagedStore(
            f"{path}: {LOST}; `reachlist doctor` restores it (or move {copy} away, and a new one is made)"
        )
    with explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=30, isolation_level=None)
        try:
            _recognise(connection, path)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            for name, function in functions.items():
                connection.create_function(name, -1, function, deterministic=True)
            _migrate(connection, path)
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def as_it_is(path: Path, functions: Mapping[str, Callable[..., str]]) -> Iterator[File]:
    """The store at `path` as it is at this moment, whoever writes to it; nothing of it is changed. Raises StoreError.

    One that an older version wrote is read from a copy, which is migrated.
    """
    with ExitStack() as opened:
        with explained(path):
            uri = f"{path.resolve().as_uri()}?mode=rw"  # or a log that it must look into would be left beside it
            connection = opened.enter_context(closing(sqlite3.connect(uri, timeout=30, isolation_level=None, uri=True)))
            connection.execute("PRAGMA query_only = ON")
            connection.execute("BEGIN")
            _recognise(connection, path)
            if not (version := _version(connection)):
                raise StoreError(f"{path} is no store of reachlist: it is empty")
        if version < len(steps_of(MIGRATIONS)):
            copy = Path(opened.enter_context(TemporaryDirectory())) / path.name
            with explained(path), closing(sqlite3.connect(copy)) as target:
                connection.backup(target)
            connection = opened.enter_context(closing(connect(copy, functions)))
        else:
            _refuse_newer(version, path)
        yield File(path, connection)


def is_there(path: Path) -> bool:
    """Whether a store stands at `path`: a file that holds any table, or is too damaged to say."""
    return bool(_tables(path))


def is_lost(path: Path) -> bool:
    """Whether nothing but the backup of the store at `path` is left."""
    return not is_there(path) and _tables(backup_of(path)) >= OURS


def _tables(path: Path) -> set[str]:
    if not path.exists():
        return set()
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return _names(connection)
    except sqlite3.DatabaseError:
        return {"?"}  # whoever opens it says what is wrong


def _names(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _recognise(connection: sqlite3.Connection, path: Path) -> None:
    """Raises StoreError where the file is another program's: nothing may be written into that."""
    found = _names(connection)
    if found and not found >= OURS:
        raise StoreError(f"{path} is no store of reachlist, but a database with other tables")


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Brings the schema to the newest version, each step in one transaction, after a backup."""
    steps, version = steps_of(MIGRATIONS), _version(connection)
    _refuse_newer(version, path)
    if 0 < version < len(steps):
        back_up(connection, path.with_suffix(f".before-{len(steps)}.db"))
    for number, step in enumerate(steps[version:], version + 1):
        script = step.read_text(encoding="utf-8")
        connection.executescript(f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;")


def steps_of(migrations: Path) -> list[Path]:
    """The migrations of a folder in their order; how many they are is the newest version."""
    return sorted(migrations.glob("*.sql"))


def _refuse_newer(version: int, path: Path) -> None:
    if version > len(steps_of(MIGRATIONS)):
        raise StoreError(f"{path} was written by a newer reachlist (schema {version}); upgrade the program")


def _version(connection: sqlite3.Connection) -> int:
    return connection.execute("PRAGMA user_version").fetchone()[0]


def backup_of(path: Path) -> Path:
    """Where the last sound copy of the store at `path` stands."""
    return path.with_suffix(".backup.db")


def back_up(connection: sqlite3.Connection, target: Path) -> None:
    """Copies the store to `target`, whole or not at all. Raises DamagedStore rather than keep a damaged copy."""
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part)) as copy:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # a copy that is only read would leave a log beside itself
    if damage(part):
        part.unlink()
        raise DamagedStore(f"{target}: not replaced, for the store is damaged; `reachlist doctor` repairs it")
    part.replace(target)


def damage(path: Path) -> list[str]:
    """What is wrong with the file at `path`, by SQLite's own check; empty where it is sound."""
    if is_lost(path):
        return [LOST]
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(20)")]
            found += [
                f"{row[0]}: row {row[1]} refers to nothing" for row in connection.execute("PRAGMA foreign_key_check")
            ]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [line for line in found if line != "ok"]


def salvage(path: Path) -> tuple[str, bool]:
    """Puts a sound store in the place of a damaged one; a sentence on what was done, and whether nothing was lost.

    Indexes are rebuilt where only they are broken; else the last backup is restored; without one the store
    starts empty. The damaged file is kept beside it.
    """
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("REINDEX")
        if not damage(path):
            return "the indexes were rebuilt; nothing was lost", True
    except sqlite3.DatabaseError:
        pass
    kept = path.with_suffix(".damaged.db")
    path.touch()  # SQLite makes no file where nothing is asked of it
    path.replace(kept)
    for suffix in ("-wal", "-shm"):  # a log of the damaged file must not be played into the sound one
        log = path.with_name(path.name + suffix)
        if log.exists():
            log.replace(kept.with_name(kept.name + suffix))
    backup = backup_of(path)
    if backup.exists() and not damage(backup):
        with closing(sqlite3.connect(backup)) as source, closing(sqlite3.connect(path)) as target:
            source.backup(target)
        return f"the last backup was restored; the damaged file is kept as {kept.name}", False
    if backup.exists():
        backup.replace(backup.with_suffix(".damaged.db"))
    return f"there was no sound backup, so the store starts empty; the damaged file is kept as {kept.name}", False
