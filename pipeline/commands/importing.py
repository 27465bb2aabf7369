"""import: postings that the user already holds, into the store. Nothing is requested."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from dataclasses import replace

from pipeline.commands.directory import at_address
from pipeline.commands.session import DONE, SOME_FAILED, Session
from pipeline.config import find, load_boards, load_platforms
from pipeline.models import Snapshot
from pipeline.store import Changes, Store

SHOWN = 10  # complaints and candidates printed; the rest is counted


def import_files(session: Session, arguments: Namespace) -> int:
    """Stores the postings of the files; exit 1 where something of them could not be read."""
    imported = session.crawlers.read_files(arguments.files, session.at)
    changes = Changes()
    if imported.snapshots:
        with session.lock(), session.store() as store:
            run = store.begin_run(session.at)
            for snapshot in imported.snapshots:
                changes += store.commit(run, _fuller(snapshot, store))
            store.finish_run(run, session.at, "imported")  # no crawl: the list is no fresher
    terminal = session.terminal
    for snapshot in imported.snapshots:
        terminal.say(
            f"{snapshot.board.id}: {len(snapshot.postings)} {'posting' if len(snapshot.postings) == 1 else 'postings'}"
        )
    terminal.say(f"{changes.new} new, {changes.changed} changed; `reachlist rank` puts them into the list")
    candidates = _candidates(session, imported.links)
    for url in candidates[:SHOWN]:
        terminal.say(f"an employer's own board, which can be visited: `reachlist boards add {url}`")
    if len(candidates) > SHOWN:
        terminal.say(f"and {len(candidates) - SHOWN} boards more")
    for line in imported.complaints[:SHOWN]:
        terminal.warn(line)
    if len(imported.complaints) > SHOWN:
        terminal.warn(f"and {len(imported.complaints) - SHOWN} lines more")
    return SOME_FAILED if imported.complaints else DONE


def _fuller(snapshot: Snapshot, store: Store) -> Snapshot:
    """The snapshot with the postings as stored where an earlier import said more of them."""
    known = store.known(snapshot.board.id)
    pairs = ((one, known.get(one.ref, one)) for one in snapshot.postings)
    kept = (old if len(old.description) > len(new.description) else new for new, old in pairs)
    return replace(snapshot, postings=tuple(kept))


def _candidates(session: Session, links: Iterable[str]) -> list[str]:
    """One link to each board of a known platform that the directory does not have yet."""
    platforms = load_platforms(find(session.config, "platforms.yaml"))
    known = {board.id.lower() for board in load_boards(find(session.config, "boards.yaml"), platforms)}
    found: dict[str, str] = {}
    for link in links:
        board = at_address(link, platforms)
        if board and board.id.lower() not in known:
            found.setdefault(board.id, link)
    return list(found.values())
