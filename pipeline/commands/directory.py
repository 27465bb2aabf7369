"""boards: what is in the directory, how its platforms are visited, how its boards fare, and what could be added."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from pipeline.board_addresses import asked, shown
from pipeline.commands.session import DONE, SOME_FAILED, Session
from pipeline.config import Platform, find, load_boards, load_platforms
from pipeline.models import NEWEST_ONLY, Board, Verdict
from pipeline.store import BoardHealth

SAMPLES = Path(__file__).parents[2] / "tests" / "boards"  # of the source; an installed program has none
NOT_READ = "none: never read"
NOT_VISITED = "never"  # taken out, off, or an import
SHOWN = 50  # candidates


def listing(session: Session, arguments: Namespace) -> int:
    """Every board and whether it is visited; then the boards that postings elsewhere link to."""
    platforms, boards = directory(session)
    if getattr(arguments, "platforms", False):
        return platform_table(session, platforms, boards)
    rows = [(board.id, board.company, session.crawlers.why_not(board, platforms) or "visited") for board in boards]
    session.terminal.table(("board", "employer", ""), rows)
    session.terminal.note(f"{len(rows)} boards, {sum(row[2] == 'visited' for row in rows)} of them visited")
    _candidates(session, platforms, boards)
    return DONE


def platform_table(session: Session, platforms: Mapping[str, Platform], boards: tuple[Board, ...]) -> int:
    """Every platform: its policy, how many boards it has here, the sample its reading is tested with, and why."""
    count = Counter(board.platform for board in boards)
    rows = [
        (name, platform.policy, count[name], sample(name, platform), "list" if platform.full_text else "its own page")
        for name, platform in platforms.items()
    ]
    reasons = [(*row, platforms[row[0]].reason) for row in rows]
    session.terminal.table(("platform", "policy", "boards", "sample", "text in", "why"), reasons, wide="why")
    policies = Counter(platform.policy for platform in platforms.values())
    told = ", ".join(f"{policies[policy]} {policy}" for policy in ("on", "key", "off", "denied"))
    session.terminal.note(f"{len(platforms)} platforms: {told}")
    return DONE


def sample(name: str, platform: Platform) -> str:
    """The file of the sample answer, by its name in tests/boards; `-` where there is none."""
    if platform.policy == "denied":
        return NOT_READ
    own = (path.name for path in sorted(SAMPLES.glob(f"{name.removesuffix('-eu')}.*")) if path.name.count(".") == 1)
    return next(own, "-")


def _candidates(session: Session, platforms: Mapping[str, Platform], boards: tuple[Board, ...]) -> None:
    """The boards that lists, feeds and imports link to and that nobody has added."""
    if not session.has_store:
        return
    with session.store() as store:
        seen = store.candidates()
    ids, known = {board.id.lower() for board in boards}, {asked(board) for board in boards}
    found: dict[str, tuple[str, str, str, list[str]]] = {}
    for one in seen:
        at = shown(one.url, platforms)
        if one.board.lower() not in ids and not (at and at.board and asked(at.board) in known):
            found.setdefault(one.board, (one.board, one.company, one.first_seen[:10], []))[3].append(one.seen_in)
    if not found:
        return
    session.terminal.say()
    rows = [(*row[:3], ", ".join(row[3])) for row in found.values()]
    session.terminal.table(("candidate", "employer", "since", "seen in"), rows[-SHOWN:], wide="seen in")
    session.terminal.note(f"{len(rows)} candidates; `reachlist boards add CANDIDATE` has one visited")


def health(session: Session, arguments: Namespace) -> int:
    """The last visit to every board, those in trouble first; exit 1 where one that is still visited is."""
    visited = still_visited(session)
    with session.stored() as store:
        boards = store.health()
    bad = {board.board for board in boards if board.board in visited and _in_trouble(board)}
    boards.sort(key=lambda board: (board.board not in bad, board.board))
    rows = []
    for board in boards:
        last = board.visits[0]
        due = "at once" if board.due is None else f"{board.due:%Y-%m-%d}"
        due = due if board.board in visited else NOT_VISITED
        rows.append((board.board, last.verdict, last.at[:10], board.open, due, last.reason or ""))
    session.terminal.table(("board", "last visit", "on", "open", "due", "why"), rows, wide="why")
    session.terminal.note(f"{len(boards)} boards visited so far, {len(bad)} in trouble")
    return SOME_FAILED if bad else DONE


def _in_trouble(board: BoardHealth) -> bool:
    last = board.visits[0]
    return last.verdict in (Verdict.FAILED, Verdict.PARTIAL, Verdict.SUSPECT) and last.reason != NEWEST_ONLY


def still_visited(session: Session) -> set[str]:
    """The ids of the boards of the directory, but for those of platforms that are off."""
    platforms, boards = directory(session)
    return {board.id for board in boards if platforms[board.platform].policy not in ("off", "denied")}


def directory(session: Session) -> tuple[dict[str, Platform], tuple[Board, ...]]:
    """Platforms and boards of the configuration. Raises ConfigError."""
    platforms = load_platforms(find(session.config, "platforms.yaml"))
    return platforms, load_boards(find(session.config, "boards.yaml"), platforms)
