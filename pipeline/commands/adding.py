"""boards add: an address, or a candidate, becomes a line of boards.yaml. Nothing is requested."""

from __future__ import annotations

import json
import re
import shlex
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace

from pipeline.board_addresses import Shown, asked, shown
from pipeline.checked_yaml import ConfigError
from pipeline.commands.directory import directory
from pipeline.commands.session import DONE, Session, UsageError
from pipeline.config import Platform, find, load_boards
from pipeline.models import Board
from pipeline.whole_file import write

NAME = re.compile(r"[A-Za-z][\w .&-]*[\w.]")  # what YAML reads back as the same word


def add(session: Session, arguments: Namespace) -> int:
    """Adds a board to boards.yaml, and says so where it will not be visited; the next run tells whether it is there."""
    platforms, boards = directory(session)
    found = _candidate(session, arguments.url, platforms) or shown(arguments.url, platforms)
    board = _to_add(session, arguments.url, found, platforms)
    same = (one for one in boards if asked(one) == asked(board) or one.id.lower() == board.id.lower())
    known = next(same, None)
    if known:
        session.terminal.say(f"{known.id} is in the directory already: {known.company}")
        return DONE
    board = replace(board, company=arguments.company or board.company)
    path, draft = session.config / "boards.yaml", session.config / "boards.draft.yaml"
    content = with_line(find(session.config, "boards.yaml").read_text(encoding="utf-8-sig"), board).encode()
    write(draft, content)
    try:
        understood = board in load_boards(draft, platforms)
    except ConfigError:
        understood = False
    finally:
        draft.unlink()
    if not understood:
        raise UsageError(f"{path} is not written line by line: add {board.slug!r} under {board.platform} yourself")
    write(path, content)
    session.terminal.say(f"added {board.id} ({board.company}) to {path}")
    if board.company == board.slug:
        session.terminal.note(
            f"the employer is called as in its address: its line, the first under `{board.platform}:`,"
            " takes its real name"
        )
    if found and found.guessed:
        session.terminal.warn(
            f"the address says {board.platform}, not which board: {board.slug!r} is a guess that the next run checks"
        )
    if reason := session.crawlers.why_not(board, platforms):
        session.terminal.warn(f"it will not be visited: {reason}")
    else:
        session.terminal.note(
            f"next: `reachlist run --board {shlex.quote(board.id)}` visits it now, or the next run does"
        )
    return DONE


def _candidate(session: Session, name: str, platforms: Mapping[str, Platform]) -> Shown | None:
    """The board of a candidate's name, as its link shows it."""
    if "/" not in name or "." in name.partition("/")[0] or not session.has_store:
        return None
    with session.store() as store:
        one = next((one for one in store.candidates() if one.board == name), None)
    found = shown(one.url, platforms) if one else None
    return replace(found, board=replace(found.board, company=one.company)) if one and found and found.board else found


def _to_add(session: Session, url: str, found: Shown | None, platforms: Mapping[str, Platform]) -> Board:
    """The board that was found. Raises UsageError where there is none, or none that may be visited."""
    if found is None:
        raise UsageError(
            f"{url} is no board of a platform known here, such as {', '.join(_examples(platforms)[:5])} (all: "
            "`reachlist boards list --platforms`); a careers site that states its jobs for search engines can be added"
            " by hand (docs/boards.md, `careers`)"
        )
    if found.board is None:
        raise UsageError(f"{found.platform.name} is never visited: {found.platform.reason}")
    return found.board


def _examples(platforms: Mapping[str, Platform]) -> list[str]:
    """One address for each platform that may be visited; of one with hosts in several regions the first."""
    firsts: dict[str, str] = {}
    for platform in platforms.values():
        pages = [page for page in platform.pages if "{slug}" in page]
        if platform.policy == "on" and pages:
            firsts.setdefault(platform.name.removesuffix("-eu"), pages[0].replace("{slug}", "NAME"))
    return list(firsts.values())


def with_line(text: str, board: Board) -> str:
    """boards.yaml with one entry more, under its platform; comments and order stay."""
    if board.options:
        said = (("company", board.company), *board.options)
        line = f"  {_word(board.slug)}:\n" + "".join(f"    {name}: {_word(value)}\n" for name, value in said)
    else:
        line = f"  {_word(board.slug)}: {_word(board.company)}\n"
    heading = re.search(rf"^{re.escape(board.platform)}:[ \t]*(?:#.*)?\n", text, re.MULTILINE)
    if heading:
        return text[: heading.end()] + line + text[heading.end() :]
    return f"{text.rstrip()}\n\n{board.platform}:\n{line}"


def _word(text: str) -> str:
    plain = NAME.fullmatch(text) and text.lower() not in ("null", "true", "false") and " #" not in text
    return text if plain else json.dumps(text, ensure_ascii=False)
