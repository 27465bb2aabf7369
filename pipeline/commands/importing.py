"""import: postings that the user already holds, into the store. Nothing is requested."""

from __future__ import annotations

import re
from argparse import Namespace
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from pipeline.board_addresses import shown
from pipeline.commands.candidates import Candidates
from pipeline.commands.directory import directory
from pipeline.commands.session import DONE, SOME_FAILED, Session, UsageError
from pipeline.config import Platform
from pipeline.store import Changes

ADDRESS = re.compile(r"(https?):/+(.+)", re.IGNORECASE)  # as a path keeps it, with one slash
ALONE = "a link alone names no job; save its page from the browser and import that"
SHOWN = 10  # complaints and candidates printed; the rest is counted


def import_files(session: Session, arguments: Namespace) -> int:
    """Stores the postings of the files and the boards they link to; exit 1 where something could not be read."""
    platforms, boards = directory(session)
    for path in arguments.files:
        _refuse_address(path, platforms)
        if not path.exists():
            raise UsageError(f"{path}: no such file; nothing was imported")
    imported = session.crawlers.read_files(arguments.files, session.at)
    candidates = Candidates(platforms, boards, session.at)
    for snapshot in imported.snapshots:
        candidates.look(snapshot.postings, snapshot.board.company)
    led = {url: candidates.see(url, "import", "") for url in imported.links}
    left = Counter(path for path, url in imported.alone if led[url])
    notes = [f"{path}: {number} left out: a link alone, to an employer's own board" for path, number in left.items()]
    complaints = [f"{path}: {url}: {ALONE}" for path, url in imported.alone if not led[url]]
    changes = Changes()
    if imported.snapshots or candidates.found:
        with session.lock(), session.store() as store:
            run = store.begin_run(session.at)
            for snapshot in imported.beside(store.known):
                changes += store.commit(run, snapshot)
            store.remember(candidates.found.values())
            store.finish_run(run, session.at, "imported")  # no crawl: the list is no fresher
            store.renew_backup()
    terminal = session.terminal
    for snapshot in imported.snapshots:
        terminal.say(
            f"{snapshot.board.id}: {len(snapshot.postings)} {'posting' if len(snapshot.postings) == 1 else 'postings'}"
        )
    if imported.snapshots:
        terminal.say(f"{changes.new} new, {changes.changed} changed; `reachlist rank` puts them into the list")
    links = list({board: one.url for (board, _), one in candidates.found.items()}.values())
    for url in links[:SHOWN]:
        terminal.say(f"an employer's own board, which can be visited: `reachlist boards add {url}`")
    if len(links) > SHOWN:
        terminal.say(f"and {len(links) - SHOWN} boards more: `reachlist boards` shows them")
    for line in (*imported.notes, *notes):
        terminal.note(line)
    complaints = [*imported.complaints, *complaints]
    for line in complaints[:SHOWN]:
        terminal.warn(line)
    if len(complaints) > SHOWN:
        terminal.warn(f"and {len(complaints) - SHOWN} lines more")
    return SOME_FAILED if complaints else DONE


def _refuse_address(path: Path, platforms: Mapping[str, Platform]) -> None:
    """Raises UsageError for a web address, with the lawful way."""
    address = ADDRESS.match(str(path))
    if not address:
        return
    url = f"{address[1]}://{address[2]}"
    found = shown(url, platforms)
    if found and found.board is None:
        raise UsageError(f"{url}: {found.platform.name} is never visited: {found.platform.reason}")
    own = f"; `reachlist boards add {url}` has its board visited" if found else ""
    raise UsageError(f"{url}: no link is followed; save the page from your browser and import the file{own}")
