"""One invocation: where things are, what time it is, and the lock; with the errors that end it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from pipeline.commands.compiled import reader_of
from pipeline.one_line import safe
from pipeline.terminal import Terminal

if TYPE_CHECKING:
    from pipeline.commands.remembered import Remembered
    from pipeline.config import Config, Platform
    from pipeline.employers import Employers
    from pipeline.models import Board, EmployerFact, Profile
    from pipeline.reading import Reader
    from pipeline.store import Store

DONE, SOME_FAILED, REFUSED, NOTHING_CRAWLED, LOCKED = 0, 1, 2, 3, 75

PLACE = ".place"  # under the data that hold the lists made of a shared store


class UsageError(Exception):
    """The command cannot be done as asked; the message says what to do next."""


class LockedError(Exception):
    """Another run is at work on the same data."""


@dataclass(frozen=True, slots=True)
class Crawlers:
    """The network side, as handed in by cli.py."""

    crawl: Callable[..., Any]  # crawlers.run.crawl
    why_not: Callable[[Board, Mapping[str, Platform]], str | None]  # crawlers.run.why_not
    unsaid: Callable[[Board], tuple[str, ...]]  # crawlers.run.unsaid
    shard: Callable[..., list[Board]]  # crawlers.shards.shard
    serve: Callable[..., AbstractContextManager[str]]  # crawlers.replay.serve
    read_files: Callable[..., Any]  # crawlers.importers.read


@dataclass(frozen=True)
class Session:
    """The common options, made real."""

    data: Path
    config: Path
    now: datetime  # UTC, whole seconds
    terminal: Terminal
    crawlers: Crawlers
    server: str | None = None  # the URL of a shared store, instead of the file in `data`

    @property
    def at(self) -> str:
        """The clock of this invocation, ISO 8601 UTC."""
        return self.now.isoformat()

    @property
    def demo(self) -> Session:
        """The same with the demo's data."""
        return replace(self, data=self.data / "demo", server=None)

    @property
    def store_path(self) -> Path:
        return self.data / "reachlist.db"

    @property
    def has_store(self) -> bool:
        """Whether there is a store already; a shared one always is, an empty file is none."""
        from pipeline.database import is_there  # noqa: PLC0415 -- `--help` must be quick

        return self.server is not None or is_there(self.store_path)

    @cached_property
    def place(self) -> str:
        """What tells the lists in this folder from those in others that share a store: a prefix of their names."""
        if self.server is None:
            return ""
        path = self.data / PLACE
        return f"{path.read_text(encoding='utf-8') if path.exists() else uuid4().hex}/"

    def settle(self) -> None:
        """Keeps `place` for later commands."""
        path = self.data / PLACE
        if self.server and not path.exists():
            path.write_text(self.place.rstrip("/"), encoding="utf-8")

    @property
    def shortlist_path(self) -> Path:
        return self.data / "shortlist.csv"

    @property
    def report_path(self) -> Path:
        return self.data / "report.html"

    @cached_property
    def remembered(self) -> Remembered:
        """What the configuration came to before, if it is as it is now."""
        from pipeline.commands.remembered import Remembered  # noqa: PLC0415 -- `--help` must be quick

        return Remembered(self.config)

    def settings(self, profile: Path | None = None) -> tuple[Config, Reader]:
        """The whole configuration (with another profile, if named) and a reader of its vocabulary.

        Raises ConfigError.
        """
        from pipeline import config, score  # noqa: PLC0415 -- `--help` must be quick

        criteria = [name for name, *_ in score.CRITERIA]
        where = profile or config.find(self.config, "profile.yaml")
        today = self.now.date()
        if before := self.remembered.get(
            lambda skills, words: config.load_profile(
                where, criteria=criteria, skills=skills, vocabulary=words, today=today
            )
        ):
            return self._known(before[0]), before[1]
        readers: list[Reader] = []

        def skills(vocabulary: dict[str, Any]) -> frozenset[str]:
            readers.append(reader_of(vocabulary))
            return readers[0].skills

        read = config.load(self.config, criteria=criteria, skills=skills, profile=profile, today=today)
        self.remembered.keep(read, readers[0])
        return self._known(read), readers[0]

    def _known(self, config: Config) -> Config:
        return replace(config, profile=self.employers_known(config)(config.profile))

    def employers_known(self, config: Config) -> Callable[[Profile], Profile]:
        """A function that adds to the employers named in a profile the keys they are known by."""

        @cache
        def employers() -> Employers:
            from pipeline.employers import Employers  # noqa: PLC0415 -- most profiles name no employer

            return Employers((*config.employers, *self.employer_facts()), config.vocabulary.get("employers"))

        def known(names: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(dict.fromkeys([*names, *filter(None, (employers().key(name) for name in names))]))

        def profile_known(profile: Profile) -> Profile:
            wants = profile.wants
            avoided, favourite = known(wants.avoid_employers), known(wants.favourite_employers)
            return replace(profile, wants=replace(wants, avoid_employers=avoided, favourite_employers=favourite))

        return profile_known

    def store(self) -> Store:
        """The store, made where there is none. Raises StoreError."""
        from pipeline.bare_text import bare_text  # noqa: PLC0415
        from pipeline.store import Store  # noqa: PLC0415

        return Store(self.server or self.store_path, plain=bare_text)

    def stored(self) -> Store:
        """The store, which must be there already. Raises UsageError."""
        self.there()
        return self.store()

    def there(self) -> None:
        """Raises UsageError where there is no store yet; of one that is gone, opening it tells."""
        from pipeline.database import is_lost  # noqa: PLC0415

        if self.has_store or is_lost(self.store_path):
            return
        if self.demo.store_path.exists():
            makes = f"`reachlist run` makes one; for the demo's, add `--data {self.demo.data}`"
        else:
            makes = "`reachlist run` or `reachlist demo` makes one"
        raise UsageError(f"there is no store at {self.store_path} yet: {makes}")

    def employer_facts(self) -> tuple[EmployerFact, ...]:
        """What directories of employers said, as far as there is a store."""
        if not self.has_store:
            return ()
        with self.store() as store:
            return store.employer_facts()

    @contextmanager
    def lock(self, *, stored: bool = False) -> Iterator[None]:
        """Alone on this data while the block works; `stored`: which must have a store already, or nothing is made.

        Raises LockedError naming the holder, UsageError.
        """
        from filelock import FileLock, Timeout  # noqa: PLC0415

        if stored:
            self.there()
        self.data.mkdir(parents=True, exist_ok=True)
        holder = self.data / ".lock.holder"
        lock = FileLock(self.data / ".lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise LockedError(f"another run is at work on {self.data}: {_holder(holder)}") from None
        try:
            command = " ".join(["reachlist", *sys.argv[1:]])
            holder.write_text(
                json.dumps({"process": os.getpid(), "command": command, "since": self.at}), encoding="utf-8"
            )
            with self._server_lock():
                yield
        finally:
            holder.unlink(missing_ok=True)
            lock.release()

    @contextmanager
    def _server_lock(self) -> Iterator[None]:
        """Alone on a shared store, too."""
        if self.server is None:
            yield
            return
        from pipeline.server import Occupied, alone  # noqa: PLC0415 -- an optional extra

        with ExitStack() as held:
            try:
                held.enter_context(alone(self.server))
            except Occupied as error:
                raise LockedError(f"another run is at work on the shared store: {error}") from None
            yield


def _holder(path: Path) -> str:
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return safe(f"process {held['process']}, `{held['command']}`, since {held['since']}")
    except (OSError, ValueError, KeyError):
        return "its process is not known"
