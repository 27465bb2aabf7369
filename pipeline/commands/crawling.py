"""run, demo and crawl: the commands that visit boards."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.checked_yaml import did_you_mean
from pipeline.commands.candidates import Candidates
from pipeline.commands.session import DONE, NOTHING_CRAWLED, SOME_FAILED, Session, UsageError
from pipeline.commands.summary import summary
from pipeline.config import Platform, find, load_boards, load_platforms, shipped
from pipeline.models import NEWEST_ONLY, Board, Snapshot, Verdict
from pipeline.store import Changes, Store, Visited

TROUBLE = (Verdict.FAILED, Verdict.PARTIAL, Verdict.SUSPECT)


@dataclass(frozen=True, slots=True)
class Crawled:
    """What one crawl came to."""

    due: int = 0
    not_due: int = 0
    visited: Sequence[Visited] = ()
    not_visited: Counter[str] = field(default_factory=Counter)  # reason -> boards
    alarms: Sequence[str] = ()
    interrupted: bool = False
    run: int = 0  # as the store counts them

    @property
    def trouble(self) -> list[Visited]:
        return [v for v in self.visited if v.verdict in TROUBLE and v.reason != NEWEST_ONLY]

    @property
    def changes(self) -> Changes:
        return sum((visit.changes for visit in self.visited), Changes())

    @property
    def exit_code(self) -> int:
        """3 where something was to be visited and all of it failed."""
        if not self.visited:
            return NOTHING_CRAWLED if self.not_visited and not self.not_due else DONE
        if all(visit.verdict is Verdict.FAILED for visit in self.visited):
            return NOTHING_CRAWLED
        return SOME_FAILED if self.trouble or self.alarms or self.interrupted else DONE


def run(session: Session, arguments: Namespace) -> int:
    """Crawls what is due, reads, ranks, writes the list and the report, and says what changed."""
    from pipeline.commands import leads  # noqa: PLC0415 -- `--help` must be quick
    from pipeline.commands.shortlisting import before_last, shortlist_of, write  # noqa: PLC0415
    from pipeline.commands.stages import stages  # noqa: PLC0415
    from pipeline.commands.telling import notify  # noqa: PLC0415

    config, reader = session.settings()
    boards = chosen(session, config.boards, config.platforms, arguments)
    with session.lock(), session.store() as store:
        crawled = visit(session, store, config.platforms, boards, arguments)
        try:
            with stages(session, config, reader) as on:
                listed = shortlist_of(session, store, config, reader, on)
                if crawled.changes.total or leads.kept(session, config.profile) is None:
                    leads.found(session, store, config, on)
            write(session, store, config, listed)
        except KeyboardInterrupt:
            store.finish_run(crawled.run, session.at, "interrupted")  # no list was written: no good run
            raise
        since = before_last(store)
        store.renew_backup()
    summary(session, crawled, listed)
    if arguments.notify:
        notify(session, listed, since)
    return crawled.exit_code


def demo(session: Session, arguments: Namespace) -> int:
    """The same on the sample world, served on this machine; with a store of its own."""
    world = shipped("data/sample")
    arguments.replay, arguments.all = world, True
    place = replace(session.demo, config=world / "config")
    if session.config != Path("config"):
        session.terminal.note(f"--config {session.config} is left aside: the sample world has its own")
    code = run(place, arguments)
    session.terminal.note(f"in a browser: {place.report_path.resolve().as_uri()}")
    session.terminal.note(
        "next: edit config/profile.yaml (`reachlist init` makes a folder with one); `reachlist rank --data"
        f" {place.data}` ranks this list for you, `reachlist run` asks the real boards"
    )
    return code


def crawl(session: Session, arguments: Namespace) -> int:
    """Only the crawl: neither profile nor vocabulary is needed for it."""
    platforms = load_platforms(find(session.config, "platforms.yaml"))
    boards = chosen(session, load_boards(find(session.config, "boards.yaml"), platforms), platforms, arguments)
    with session.lock(), session.store() as store:
        crawled = visit(session, store, platforms, boards, arguments)
        store.renew_backup()
    summary(session, crawled, None)
    return crawled.exit_code


def chosen(
    session: Session, every: Sequence[Board], platforms: Mapping[str, Platform], arguments: Namespace
) -> list[Board]:
    """The boards the arguments name, or all. Raises UsageError for one that is not in the directory."""
    if arguments.shard:
        every = session.crawlers.shard(every, platforms, *arguments.shard)
    wanted = arguments.platform
    if wanted and wanted not in platforms:
        raise UsageError(f"no platform {wanted!r}{did_you_mean(wanted, list(platforms))}")
    for name in [wanted, *(board.partition("/")[0] for board in arguments.board or ())]:
        if name in platforms and platforms[name].policy == "denied":
            raise UsageError(f"{name} is never visited: {platforms[name].reason}")
    boards = [board for board in every if not wanted or board.platform == wanted]
    if not arguments.board:
        return boards
    by_id = {board.id: board for board in boards}
    for name in arguments.board:
        if name not in by_id:
            hint = did_you_mean(name, list(by_id)) or "; `reachlist boards list` shows those there are"
            raise UsageError(f"no board {name!r} in boards.yaml{hint}")
    return [by_id[name] for name in dict.fromkeys(arguments.board)]


def visit(
    session: Session,
    store: Store,
    platforms: Mapping[str, Platform],
    boards: Sequence[Board],
    arguments: Namespace,
) -> Crawled:
    """Visits those of `boards` that may be visited and are due."""
    not_visited: Counter[str] = Counter()
    open_boards = []
    for board in boards:
        reason = session.crawlers.why_not(board, platforms)
        if reason is None:
            open_boards.append(board)
        else:
            not_visited[reason] += 1
    every = arguments.all or arguments.board
    due = open_boards if every else store.due(open_boards, session.now)
    run_id = store.begin_run(session.at)
    interrupted = False
    candidates = Candidates(platforms, boards, session.at)

    def seen(snapshot: Snapshot) -> None:
        candidates.look(snapshot.postings, snapshot.board.company)
        step(f"{snapshot.board.id} {snapshot.verdict}", failed=snapshot.verdict is Verdict.FAILED)

    with address(session, arguments) as connect_to, session.terminal.progress("boards due", len(due)) as step:
        try:
            if due:
                session.crawlers.crawl(
                    due,
                    platforms=platforms,
                    store=store,
                    run=run_id,
                    now=session.now,
                    connect_to=connect_to,
                    delay_scale=arguments.delay_scale,
                    progress=seen,
                    waits=step.wait,
                )
        except KeyboardInterrupt:
            interrupted = True
    store.remember(candidates.found.values())
    crawled = Crawled(
        due=len(due),
        not_due=len(open_boards) - len(due),
        visited=store.visited(run_id),
        not_visited=not_visited,
        alarms=store.drift(run_id),
        interrupted=interrupted,
        run=run_id,
    )
    state = "interrupted" if interrupted else "failed" if crawled.exit_code == NOTHING_CRAWLED else "done"
    store.finish_run(run_id, session.at, state)
    return crawled


@contextmanager
def address(session: Session, arguments: Namespace) -> Iterator[str | None]:
    """Where every request goes instead of its host: a replayed world, `--connect-to`, or nowhere else."""
    if arguments.replay is None:
        yield arguments.connect_to
        return
    world = Path(arguments.replay)
    if not (world / "world.json").is_file():
        raise UsageError(f"{world}: no recorded world here (a folder with world.json)")
    with session.crawlers.serve(world) as served:
        yield served
