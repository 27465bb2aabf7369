"""boards: what is in the directory, and how it fares."""

from __future__ import annotations

from argparse import Namespace

from pipeline.commands.session import DONE, SOME_FAILED, Session
from pipeline.config import find, load_boards, load_platforms
from pipeline.models import Verdict


def listing(session: Session, arguments: Namespace) -> int:
    """Every board: its id, its employer, and whether it is visited."""
    platforms = load_platforms(find(session.config, "platforms.yaml"))
    boards = load_boards(find(session.config, "boards.yaml"), platforms)
    rows = [(board.id, board.company, session.crawlers.why_not(board, platforms) or "visited") for board in boards]
    session.terminal.table(("board", "employer", ""), rows)
    session.terminal.note(f"{len(rows)} boards, {sum(row[2] == 'visited' for row in rows)} of them visited")
    return DONE


def health(session: Session, arguments: Namespace) -> int:
    """The last visit to every board, those in trouble first; exit 1 where there are any."""
    with session.stored() as store:
        boards = store.health()
    troubled = (Verdict.FAILED, Verdict.PARTIAL, Verdict.SUSPECT)
    boards.sort(key=lambda board: (board.visits[0].verdict not in troubled, board.board))
    rows = []
    for board in boards:
        last = board.visits[0]
        due = "at once" if board.due is None else f"{board.due:%Y-%m-%d}"
        rows.append((board.board, last.verdict, last.at[:10], board.open, due, last.reason or ""))
    session.terminal.table(("board", "last visit", "on", "open", "due", "why"), rows, wide="why")
    bad = sum(board.visits[0].verdict in troubled for board in boards)
    session.terminal.note(f"{len(boards)} boards visited so far, {bad} in trouble")
    return SOME_FAILED if bad else DONE
