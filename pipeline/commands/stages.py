"""Reading and ranking of whatever is there, through an engine: here, or on a cluster."""

from __future__ import annotations

import heapq
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from pipeline.commands import work as pure
from pipeline.commands.parts import blocks
from pipeline.commands.session import Session, UsageError
from pipeline.commands.work import Judged, Work
from pipeline.engines import Engine, EngineError, Local
from pipeline.lateness import UNPROVED
from pipeline.models import Listing, Posting, Profile, Reading
from pipeline.tables import batched

if TYPE_CHECKING:
    from pipeline.columns import Columns
    from pipeline.config import Config
    from pipeline.reading import Reader
    from pipeline.shortlist import Row
    from pipeline.store import Found, Store

logger = logging.getLogger(__name__)

GROUP = 100  # profiles ranked for at once
TOLD = 3  # postings of a batch that could not be read, by name
BATCH = 200  # postings read, and readings kept, at once
FOLLOWED = timedelta(days=400)  # an internship is put up anew within a year, or it is another one

Read = tuple[Listing, Reading]


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages with their settings, on one engine."""

    work: Work
    engine: Engine

    def read_stored(
        self,
        store: Store,
        step: Callable[[], object] = lambda: None,
        *,
        followed: str | None = None,
    ) -> Iterator[Read]:
        """What of the store a list is made of, read now where this reader has not read the same words before.

        `followed`: closed postings of openings, too, that were seen then or later, or that the user marked. `step` is
        called for every posting that is read now.
        """
        version = self.work.reader.version
        closed = store.to_follow(version, followed) if followed is not None else ()
        return self._read(store, chain(store.to_rank(version), closed), step)

    def read_rest(self, store: Store, step: Callable[[], object] = lambda: None) -> None:
        """Reads what is stored and not closed that this reader has not read, however long ago a visit proved it."""
        for _ in self._read(store, store.to_read(self.work.reader.version), step):
            pass

    def _read(self, store: Store, found: Iterable[Found], step: Callable[[], object]) -> Iterator[Read]:
        version = self.work.reader.version
        for batch, (readings, faults) in self.engine.map(pure.read, _unread(found)):
            if readings:
                store.save_readings(((content, *result) for content, result in readings.items()), version)
            _tell(batch, faults)
            for listing, content, stored in batch:
                if stored is None:
                    step()
                if content in faults:  # not stored: it is tried again, and told, until it is mended
                    continue
                body, wanted = (stored, True) if stored is not None else readings[content]
                if wanted:
                    yield listing, _reading(body)

    def read_given(self, listings: Iterable[Listing]) -> Iterator[Read]:
        """Every listing with its reading, an empty one where it cannot be read; nothing is kept."""
        numbered = ((listing, str(number), None) for number, listing in enumerate(listings))
        for batch, (readings, faults) in self.engine.map(pure.read, _unread(numbered)):
            _tell(batch, faults)
            for listing, number, _ in batch:
                yield listing, Reading(note=faults[number]) if number in faults else _reading(readings[number][0])

    def ranked(
        self,
        read: Iterable[Read],
        profile: Profile,
        *,
        known: Mapping[str, str] | None = None,
        on_board: Mapping[str, int] | None = None,
    ) -> list[Row]:
        """The rows, best first, not numbered yet.

        `known`: posting id -> opening id of an earlier list; `on_board`: how many postings a board carries,
        where that is not what was read of it.
        """
        parts = ((None, (block, profile)) for block in self._blocks(read, known, on_board))
        return _in_order([rows for _, rows in self.engine.map(pure.rank, parts)])

    def judged(
        self, read: Iterable[Read], known: Mapping[str, str] | None = None, on_board: Mapping[str, int] | None = None
    ) -> list[list[Judged]]:
        """Every opening with its reading and who hires, in blocks: what does not depend on a profile."""
        parts = ((None, block) for block in self._blocks(read, known, on_board))
        return [block for _, block in self.engine.map(pure.judge, parts)]

    def lists(
        self, judged: Sequence[Sequence[Judged]], profiles: Iterable[tuple[str, Profile]], top: int | None = None
    ) -> Iterator[tuple[str, list[Row]]]:
        """(name, the best `top` rows as `ranked` has them) for every named profile.

        A block of openings meets a group of profiles at once: what is large travels seldom. Which are best is told
        by columns, made once for all profiles.
        """
        tables: Sequence[Columns | None] = [None] * len(judged)
        if top is not None:
            judged = [sorted(block, key=lambda one: one.opening.id) for block in judged]
            tables = [table for _, table in self.engine.map(pure.table, ((None, block) for block in judged))]
        for group in batched(profiles, GROUP):
            some = [profile for _, profile in group]
            parts = ((None, (block, some, table, top)) for block, table in zip(judged, tables, strict=True))
            results = self.engine.map(pure.rate, parts)
            of_blocks = [rows for _, rows in results] or [[[] for _ in group]]
            for (name, _), of_profile in zip(group, zip(*of_blocks, strict=True), strict=True):
                yield name, _in_order(of_profile)[:top]

    def _blocks(
        self, read: Iterable[Read], known: Mapping[str, str] | None, on_board: Mapping[str, int] | None
    ) -> Iterator[pure.Block]:
        whole = list(read)
        counts = Counter(listing.posting.board for listing, _ in whole) if on_board is None else on_board
        return blocks(whole, self.work, known=known or {}, on_board=counts, parts=self.engine.partitions)


@contextmanager
def stages(
    session: Session, config: Config, reader: Reader, engine: str | None = None, scheduler: str | None = None
) -> Iterator[Stages]:
    """The stages in this process, or with `engine` dask on the cluster at `scheduler`. Raises UsageError."""
    facts = (*config.employers, *session.employer_facts())
    work = Work(config.vocabulary, facts, session.now.date(), reader)
    if engine is None or engine == "local":
        yield Stages(work, Local(work))
        return
    try:
        from pipeline.engines.on_dask import cluster  # noqa: PLC0415 -- an optional extra

        with cluster(work, scheduler) as on_dask:
            yield Stages(work, on_dask)
    except EngineError as error:
        raise UsageError(str(error)) from None


def proved_since(now: datetime) -> str:
    """Postings that no visit proved since that day are probably gone: their board died, moved or was taken out."""
    return (now - UNPROVED).date().isoformat()


def followed_since(now: datetime) -> str:
    """Closed postings seen since that day may be followed by the same job put up anew."""
    return (now - FOLLOWED).date().isoformat()


def _in_order(ordered: Sequence[Sequence[Row]]) -> list[Row]:
    """One list of several that are in order."""
    from pipeline.score import sort_key  # noqa: PLC0415 -- `--help` must be quick

    return list(heapq.merge(*ordered, key=lambda row: sort_key(row.opening, row.score)))


def _unread(found: Iterable[Found]) -> Iterator[tuple[list[Found], dict[str, Posting]]]:
    """Batches, each with the postings that are to be read, by content hash."""
    for batch in batched(found, BATCH):
        yield batch, {content: listing.posting for listing, content, body in batch if body is None}


def _tell(batch: Sequence[Found], faults: Mapping[str, str]) -> None:
    """Says which postings of a batch the reader failed at, and at what."""
    if not faults:
        return
    named = [f"{one.posting.id} ({faults[name]})" for one, name, _ in batch if name in faults]
    count = "1 posting" if len(named) == 1 else f"{len(named)} postings"
    more = " …" if len(named) > TOLD else ""
    logger.warning("%s could not be read, please report it: %s%s", count, ", ".join(named[:TOLD]), more)


def _reading(body: str) -> Reading:
    from pipeline.reading import from_json  # noqa: PLC0415 -- `--help` must be quick

    return from_json(body)
