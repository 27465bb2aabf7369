"""boards find: an employer's boards, in the directory, else on the platforms that allow it, asked politely.

Every platform is asked for the likely names at most, through the same crawl as ever: robots.txt, pace, allow-list.
What came is kept nowhere; adding the board is for `boards add`.
"""

from __future__ import annotations

import re
import unicodedata
from argparse import Namespace
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.commands.directory import directory
from pipeline.commands.session import DONE, NOTHING_CRAWLED, SOME_FAILED, Session
from pipeline.models import Board, Snapshot, Verdict

ALIKE, SURE = 75, 90  # of 100: names that are shown for one that was sought, and that are taken for it
SOUGHT = (  # platforms whose boards are named like their employers
    "greenhouse", "lever", "lever-eu", "ashby", "workable", "recruitee", "personio", "teamtailor", "bamboohr",
    "breezy", "rippling",
)  # fmt: skip
LEGAL = re.compile(r"\b(inc|llc|ltd|gmbh|ag|se|sa|sas|bv|corp|corporation|limited|plc)\b\.?", re.IGNORECASE)


def search(session: Session, arguments: Namespace) -> int:
    """The boards of an employer; exit 1 where none is found that names it, 3 where no platform answered."""
    platforms, boards = directory(session)
    denied = platforms.get(arguments.name.strip().lower())
    if denied and denied.policy == "denied":
        session.terminal.say(f"{denied.name} is never visited: {denied.reason}")
        return SOME_FAILED
    known, sure = _known(arguments.name, boards)
    rows = [(board.id, board.company, session.crawlers.why_not(board, platforms) or "visited") for board in known]
    session.terminal.table(("board", "employer", ""), rows)
    if sure or arguments.offline:
        if not sure:
            session.terminal.note(f"nobody named {arguments.name!r} here; `reachlist boards add URL` adds a board")
        return DONE if sure else SOME_FAILED
    tried = [Board(name, slug, "") for name in SOUGHT if name in platforms for slug in slugs(arguments.name)]
    asked = [board for board in tried if session.crawlers.why_not(board, platforms) is None]
    session.terminal.note(f"asking {len({board.platform for board in asked})} platforms for {arguments.name!r}")
    visits = _visits(session, arguments, asked)
    silent = [one for one in visits if one.status is None]
    there = [one for one in visits if one.verdict in (Verdict.COMPLETE, Verdict.PARTIAL) and one.postings]
    named = [snapshot for snapshot in there if names(snapshot, arguments.name)]
    session.terminal.table(
        ("board", "postings", ""),
        [
            (one.board.id, len(one.postings), "names it" if one in named else f"does not name {arguments.name!r}")
            for one in there
        ],
    )
    for one in named:
        page = platforms[one.board.platform].pages[0].replace("{slug}", one.board.slug)
        session.terminal.say(f"reachlist boards add {page} --company {arguments.name!r}")
    if silent:
        (reason, _), *_ = Counter(one.reason for one in silent).most_common()
        session.terminal.warn(f"{len(silent)} of {len(visits)} boards could not be asked: {reason}")
    if silent and len(silent) == len(visits):
        return NOTHING_CRAWLED
    if not named:
        session.terminal.note(
            f"no board that names {arguments.name!r}; `reachlist boards add URL` adds one by its address"
        )
    return DONE if named else SOME_FAILED


def _known(name: str, boards: Sequence[Board]) -> tuple[list[Board], bool]:
    """Boards of the directory with a name like it, best first; whether they are taken for it."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 -- `--help` must be quick

    every = [f"{board.company} {board.slug}" for board in boards]
    hits = process.extract(name, every, scorer=fuzz.partial_ratio, processor=str.casefold, score_cutoff=ALIKE, limit=10)
    sure = [boards[place] for _, score, place in hits if score >= SURE]
    return sure or [boards[place] for *_, place in hits[:3]], bool(sure)


def slugs(name: str) -> list[str]:
    """The names a board of this employer is likely to have: `Acme Labs GmbH` -> acmelabs, acme-labs."""
    ascii_name = unicodedata.normalize("NFKD", LEGAL.sub(" ", name)).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", ascii_name.lower().replace("&", " and "))
    return list(dict.fromkeys(filter(None, ("".join(words), "-".join(words)))))


def names(snapshot: Snapshot, name: str) -> bool:
    """Whether a board's own words name the employer: the company of a posting, or its text."""
    wanted = re.compile(rf"(?<!\w){re.escape(LEGAL.sub('', name).strip())}(?!\w)", re.IGNORECASE)
    return any(wanted.search(f"{posting.company}\n{posting.description}") for posting in snapshot.postings)


def _visits(session: Session, arguments: Namespace, boards: Sequence[Board]) -> list[Snapshot]:
    """What came of asking each of the boards."""
    from pipeline.commands.crawling import address  # noqa: PLC0415
    from pipeline.store import Store  # noqa: PLC0415

    if not boards:
        return []
    platforms, _ = directory(session)
    with (
        TemporaryDirectory() as folder,
        Store(Path(folder) / "sought.db") as store,
        address(session, arguments) as connect_to,
        session.terminal.progress("boards", len(boards)) as step,
    ):
        visits: list[Snapshot] = []

        def came(snapshot: Snapshot) -> None:
            visits.append(snapshot)
            step(snapshot.board.id)

        session.crawlers.crawl(
            boards,
            platforms=platforms,
            store=store,
            run=store.begin_run(session.at),
            now=session.now,
            connect_to=connect_to,
            delay_scale=arguments.delay_scale,
            progress=came,
        )
    return visits
