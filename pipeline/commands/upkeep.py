"""check, mark, status, doctor and replay: what keeps a list right from day to day."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.checked_yaml import Source, did_you_mean
from pipeline.commands.directory import still_visited
from pipeline.commands.session import DONE, REFUSED, SOME_FAILED, Session, UsageError
from pipeline.config import find, not_held, not_read
from pipeline.models import State, Verdict

if TYPE_CHECKING:
    from pipeline.config import Config

LONGEST_STATUS = 40
FILES = ("profile.yaml", "boards.yaml", "platforms.yaml", "employers.yaml")  # of the configuration, and a folder


def check(session: Session, arguments: Namespace) -> int:
    """Reads every file of the configuration; its faults end the command with exit 2."""
    for path in not_read(find(session.config, "vocabulary")):
        session.terminal.note(f"{path}: nothing reads it; a word list's name ends in .yaml")
    config, reader = session.settings()
    _refuse_unfinished(session, config)
    count = len(config.profile.weights)
    weights = f", {count} {'weight' if count == 1 else 'weights'} of your own" if count else ""
    session.terminal.say(f"profile: {config.profile.student.level}{weights}")
    session.terminal.say(
        f"boards: {len(config.boards)} on {len({board.platform for board in config.boards})} platforms"
    )
    session.terminal.say(f"platforms: {len(config.platforms)}; employers: {len(config.employers)}")
    session.terminal.say(
        f"vocabulary: {len(config.vocabulary)} files, {len(reader.skills)} skills, version {reader.version}"
    )
    for line in _slips(session.config):
        session.terminal.note(line)
    if missing := not_held(config.vocabulary):
        session.terminal.note(f"vocabulary: no file has words for {', '.join(missing)}: what they tell is not found")
    session.terminal.say("everything is understood")
    return DONE


def _slips(folder: Path) -> Iterator[str]:
    """Files of a configuration that are named nearly as those that are read; drafts and other profiles are not."""
    stems = [name.removesuffix(".yaml") for name in FILES]
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")]):
        longer = any(stem in path.stem and stem != path.stem for stem in stems)
        if path.name not in FILES and not longer and (hint := did_you_mean(path.stem, stems)):
            yield f"{path}: nothing reads it{hint}"


def _refuse_unfinished(session: Session, config: Config) -> None:
    """Raises ConfigError for boards that lack what their platform needs: a run visits the others."""
    source = Source(find(session.config, "boards.yaml"))
    for board in config.boards:
        if lacking := session.crawlers.unsaid(board):
            text = f"does not say its {', '.join(lacking)} (docs/boards.md)"
            source.problem([board.platform, board.slug], text, key=True)
    source.refuse()


def mark(session: Session, arguments: Namespace) -> int:
    """Notes how an application stands, in the store and in the list."""
    from pipeline.commands.ranking import find  # noqa: PLC0415 -- `--help` must be quick
    from pipeline.commands.shortlisting import shortlist_of, write  # noqa: PLC0415

    status = " ".join(arguments.status.split())
    if len(status) > LONGEST_STATUS or not status.isprintable():
        raise UsageError(f"a status is a word or two, such as applied; not {arguments.status!r}")
    config, reader = session.settings()
    with session.lock(stored=True), session.stored() as store:
        listed = shortlist_of(session, store, config, reader)
        row = find(listed, arguments.id, store)
        note = row.notes if arguments.note is None else " ".join(arguments.note.split())
        store.set_marks({**listed.marked.marks, row.opening.id: row.mark._replace(status=status, notes=note)})
        write(session, store, config, shortlist_of(session, store, config, reader))
    session.terminal.say(f"{row.opening.posting.company}: {row.opening.posting.title}: {status}")
    return DONE


def status(session: Session, arguments: Namespace) -> int:
    """How fresh the list is and what needs attention; exit 1 where something does."""
    visited = still_visited(session)
    with session.stored() as store:
        latest, good, health = store.runs(1), store.last_run("done"), store.health()
        crawled = store.last_crawl()
        alarms = store.drift(crawled) if crawled else []
        postings = {state: store.count((state,)) for state in State}
    terminal, attention = session.terminal, list(alarms)
    if good is None or good.finished is None:
        attention.append("no run has ended well yet: `reachlist run`")
    else:
        age = session.now - datetime.fromisoformat(good.finished)
        terminal.say(f"last good run: {good.finished[:16].replace('T', ' ')} UTC, {_hours(age)} ago")
        longest = 2 * timedelta(days=arguments.period)
        if age > longest:
            attention.append(f"the list is older than {_hours(longest)}: is the schedule running? `reachlist schedule`")
    if latest and latest[0].state == "interrupted":
        attention.append("the last run was interrupted; the next one goes on from there")
    verdicts = Counter(board.visits[0].verdict for board in health)
    terminal.say("postings: " + ", ".join(f"{count} {state}" for state, count in postings.items()))
    terminal.say(
        "boards: " + (", ".join(f"{count} {verdict}" for verdict, count in verdicts.items()) or "none visited yet")
    )
    for board in (one for one in health if one.board in visited):
        if board.open and board.visits[0].verdict is Verdict.SUSPECT:
            attention.append(f"{board.board}: {board.visits[0].reason}")
        if len(board.visits) > 2 and all(visit.verdict is Verdict.FAILED for visit in board.visits[:3]):
            attention.append(f"{board.board} failed three times in a row: {board.visits[0].reason}")
    for line in attention:
        terminal.say(f"attention: {line}")
    return SOME_FAILED if attention else DONE


def _hours(age: timedelta) -> str:
    hours = int(age.total_seconds() // 3600)
    return f"{hours} hours" if hours < 72 else f"{hours // 24} days"


def doctor(session: Session, arguments: Namespace) -> int:
    """Checks the store, and repairs or restores a damaged one; exit 1 where something was lost."""
    from pipeline import database  # noqa: PLC0415

    path = session.store_path
    if session.server:
        with session.store() as store:
            session.terminal.say(f"the store answers, with {store.count()} postings; its backups are the server's")
        return DONE
    session.there()
    with session.lock():
        found = database.damage(path)
        if not found:
            with session.store() as store:
                kept = store.back_up()
            if kept:
                session.terminal.say(f"{path} is sound; a backup stands beside it")
                return DONE
            session.terminal.warn(
                f"{path} has no postings, and its backup has: the backup is left as it is; to have it back, move"
                f" {path.name} away and ask again"
            )
            return SOME_FAILED
        for line in found[:5]:
            session.terminal.warn(f"damage: {line}")
        what, whole = database.salvage(path)
        session.terminal.say(what)
        with session.store():
            pass
    return DONE if whole else SOME_FAILED


def replay(session: Session, arguments: Namespace) -> int:
    """Serves a recorded world until it is interrupted."""
    import threading  # noqa: PLC0415

    if not (arguments.world / "world.json").is_file():
        raise UsageError(f"{arguments.world}: no recorded world here (a folder with world.json)")
    try:
        with session.crawlers.serve(arguments.world, arguments.port) as address:
            session.terminal.say(f"serving {arguments.world} at {address}; Ctrl+C ends it")
            session.terminal.note(f"reachlist crawl --connect-to {address} visits it")
            threading.Event().wait()
    except (ValueError, KeyError, OverflowError) as error:
        session.terminal.warn(f"{arguments.world / 'world.json'}: {error}")
        return REFUSED
    return DONE
