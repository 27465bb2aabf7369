"""boards: what is in the directory, how it fares, and adding to it."""

from __future__ import annotations

import json
import re
from argparse import Namespace
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qs, unquote, urlsplit

from pipeline.checked_yaml import ConfigError
from pipeline.commands.session import DONE, SOME_FAILED, Session, UsageError
from pipeline.config import Platform, find, load_boards, load_platforms
from pipeline.models import NEWEST_ONLY, Board, Verdict
from pipeline.store import BoardHealth
from pipeline.whole_file import write

NAME = re.compile(r"[A-Za-z][\w .&-]*[\w.]")  # what YAML reads back as the same word
ALIKE = 60  # of 100: names that are shown for one that was sought


def listing(session: Session, arguments: Namespace) -> int:
    """Every board: its id, its employer, and whether it is visited."""
    platforms, boards = _directory(session)
    rows = [(board.id, board.company, session.crawlers.why_not(board, platforms) or "visited") for board in boards]
    session.terminal.table(("board", "employer", ""), rows)
    session.terminal.note(f"{len(rows)} boards, {sum(row[2] == 'visited' for row in rows)} of them visited")
    return DONE


def health(session: Session, arguments: Namespace) -> int:
    """The last visit to every board, those in trouble first; exit 1 where there are any."""
    with session.stored() as store:
        boards = store.health()
    boards.sort(key=lambda board: (not _in_trouble(board), board.board))
    rows = []
    for board in boards:
        last = board.visits[0]
        due = "at once" if board.due is None else f"{board.due:%Y-%m-%d}"
        rows.append((board.board, last.verdict, last.at[:10], board.open, due, last.reason or ""))
    session.terminal.table(("board", "last visit", "on", "open", "due", "why"), rows, wide="why")
    bad = sum(map(_in_trouble, boards))
    session.terminal.note(f"{len(boards)} boards visited so far, {bad} in trouble")
    return SOME_FAILED if bad else DONE


def _in_trouble(board: BoardHealth) -> bool:
    last = board.visits[0]
    return last.verdict in (Verdict.FAILED, Verdict.PARTIAL, Verdict.SUSPECT) and last.reason != NEWEST_ONLY


def search(session: Session, arguments: Namespace) -> int:
    """The boards whose employer or name is like the one given; exit 1 where there is none."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 -- `--help` must be quick

    platforms, boards = _directory(session)
    names = [f"{board.company} {board.slug}" for board in boards]
    hits = process.extract(
        arguments.name, names, scorer=fuzz.partial_ratio, processor=str.casefold, score_cutoff=ALIKE, limit=10
    )
    found = [boards[place] for _, score, place in hits if score >= 90] or [boards[place] for *_, place in hits[:3]]
    rows = [(board.id, board.company, session.crawlers.why_not(board, platforms) or "visited") for board in found]
    session.terminal.table(("board", "employer", ""), rows)
    if not rows:
        session.terminal.note(
            f"nobody like {arguments.name!r} here; `reachlist boards add URL` adds a board by its address"
        )
    return DONE if rows else SOME_FAILED


def add(session: Session, arguments: Namespace) -> int:
    """Adds the board at an address to boards.yaml. Nothing is requested: the next run tells whether it is there."""
    platforms, boards = _directory(session)
    board = at_address(arguments.url, platforms)
    if board is None:
        pages = [page for platform in platforms.values() for page in platform.pages]
        raise UsageError(f"{arguments.url} is no board of a platform known here, such as {', '.join(pages[:5])}")
    known = next((one for one in boards if one.id.lower() == board.id.lower()), None)
    if known:
        session.terminal.say(f"{known.id} is in the directory already: {known.company}")
        return DONE
    board = Board(board.platform, board.slug, arguments.company or board.slug)
    path, draft = session.config / "boards.yaml", session.config / "boards.draft.yaml"
    write(draft, with_line(find(session.config, "boards.yaml").read_text(encoding="utf-8-sig"), board).encode())
    try:
        understood = board in load_boards(draft, platforms)
    except ConfigError:
        understood = False
    if not understood:
        draft.unlink()
        raise UsageError(f"{path} is not written line by line: add {board.slug!r} under {board.platform} yourself")
    draft.replace(path)
    session.terminal.say(f"added {board.id} ({board.company}) to {path}")
    reason = session.crawlers.why_not(board, platforms)
    if reason:
        session.terminal.warn(f"it will not be visited: {reason}")
    return DONE


def at_address(url: str, platforms: Mapping[str, Platform]) -> Board | None:
    """The board that an address shows, or one of its postings; None where no platform has such pages."""
    parts = urlsplit(url if "://" in url else f"https://{url}")
    host, query = (parts.hostname or "").removeprefix("www."), parse_qs(parts.query)
    for name, page in _pages(platforms):
        shown = urlsplit(f"https://{page}")
        wanted = re.escape(shown.netloc).replace(r"\{slug\}", r"([\w-]+)")
        tenant = re.fullmatch(wanted, host)
        if not tenant:
            continue
        if "{slug}" in shown.netloc:
            return Board(name, tenant[1], tenant[1])
        if "{slug}" in shown.query:
            key = shown.query.split("=")[0]
            if parts.path.rstrip("/") == shown.path and key in query:
                return Board(name, query[key][0], query[key][0])
            continue
        path = re.match(re.escape(shown.path).replace(r"\{slug\}", "([^/]+)") + "(?:/|$)", parts.path)
        if path and path[1] != "embed":
            return Board(name, unquote(path[1]), unquote(path[1]))
    return None


def _pages(platforms: Mapping[str, Platform]) -> Iterator[tuple[str, str]]:
    """(platform, page), those that ask for more of an address first."""
    pages = [(name, page) for name, platform in platforms.items() for page in platform.pages]
    return iter(sorted(pages, key=lambda pair: -len(pair[1])))


def with_line(text: str, board: Board) -> str:
    """boards.yaml with one line more, under its platform; comments and order stay."""
    line = f"  {_word(board.slug)}: {_word(board.company)}\n"
    heading = re.search(rf"^{re.escape(board.platform)}:[ \t]*(?:#.*)?\n", text, re.MULTILINE)
    if heading:
        return text[: heading.end()] + line + text[heading.end() :]
    return f"{text.rstrip()}\n\n{board.platform}:\n{line}"


def _word(text: str) -> str:
    plain = NAME.fullmatch(text) and text.lower() not in ("null", "true", "false") and " #" not in text
    return text if plain else json.dumps(text, ensure_ascii=False)


def _directory(session: Session) -> tuple[dict[str, Platform], tuple[Board, ...]]:
    platforms = load_platforms(find(session.config, "platforms.yaml"))
    return platforms, load_boards(find(session.config, "boards.yaml"), platforms)
