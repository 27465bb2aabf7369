"""From what is stored to the list, and the list on disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.changes import Basis, Change, compare, digest, facts, ranks
from pipeline.commands.marking import Marked, again, carried, joined
from pipeline.commands.rereading import being_read
from pipeline.commands.stages import Stages, followed_since, proved_since, stages
from pipeline.models import State
from pipeline.store import BoardHealth, Listed, Store

if TYPE_CHECKING:
    from pipeline import report
    from pipeline.commands.session import Session
    from pipeline.config import Config
    from pipeline.marks import Marks
    from pipeline.reading import Reader
    from pipeline.shortlist import Row

MOST_CLASHES = 5  # told


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The list as it stands, with what is different from the one before it."""

    rows: list[Row]
    changes: list[Change]
    left_out: int  # postings that are no internship in machine learning or data
    marked: Marked  # the user's status and notes
    blocks: Mapping[str, str] = field(default_factory=dict)  # what was found of each employer, for the next run
    basis: Basis | None = None


def shortlist_of(session: Session, store: Store, config: Config, reader: Reader, on: Stages | None = None) -> Shortlist:
    """Ranks what is stored (on other `stages` than this process's, if given); the user's marks are joined."""
    from pipeline import shortlist  # noqa: PLC0415 -- `--help` must be quick
    from pipeline.employer_block import from_json, to_json  # noqa: PLC0415

    if on is None:
        with stages(session, config, reader) as here:
            return shortlist_of(session, store, config, reader, here)
    since = proved_since(session.now)
    on_board = store.on_boards(since)
    on.work.blocks = {employer: from_json(body) for employer, body in store.employer_blocks().items()}
    with being_read(session.terminal, store, reader, since) as step:
        read = list(on.read_stored(store, since, step, followed=followed_since(session.now)))
    known = store.opening_ids()
    ranked = on.ranked(read, config.profile, known=known, on_board=on_board)
    before = store.last_list()
    marked = carried(
        joined(store.marks(), before, session.shortlist_path), [row.opening for row in ranked], former=known
    )
    rows = shortlist.numbered(ranked, marked.marks)
    listed = {opening: (one.rank, one.body) for opening, one in before.items()}
    rests_on = basis(config, reader)
    changes = compare(listed, rows, rests_on) if before else []
    blocks = {employer: to_json(found) for employer, found in on.work.blocks.items()}
    left_out = sum(on_board.values()) - sum(listing.state is not State.CLOSED for listing, _ in read)
    return Shortlist(rows, changes, left_out, marked, blocks, rests_on)


def basis(config: Config, reader: Reader) -> Basis:
    """What a list of this configuration rests on."""
    from pipeline import __version__  # noqa: PLC0415
    from pipeline.score import CRITERIA  # noqa: PLC0415

    weights = [(name, weight) for name, _, weight in CRITERIA]
    facts_known = config.employers, config.vocabulary.get("employers")
    return Basis(digest(config.profile), digest(__version__, reader.version, weights, facts_known))


def write(session: Session, store: Store, config: Config, listed: Shortlist, since: str | None) -> None:
    """Puts the list on disk and into the store: shortlist.csv, report.html, calendar, feed, openings, marks."""
    from pipeline import report  # noqa: PLC0415
    from pipeline.commands import leads  # noqa: PLC0415
    from pipeline.commands.telling import publish  # noqa: PLC0415

    listed = _with_late_edits(session, listed)
    store.save_employer_blocks(listed.blocks)
    store.save_openings((row.opening, row.employer.size) for row in listed.rows)
    store.set_marks(listed.marked.marks)
    store.set_wanted({one.posting.board for row in listed.rows for one in row.opening.listings})
    in_file = _write_csv(session, listed)
    before = {opening: one.body for opening, one in store.last_list().items()}
    store.save_list(
        {
            row.opening.id: Listed(
                row.rank,
                facts(row, listed.basis, ranks(before.get(row.opening.id), session.at[:10], row.rank)),
                *in_file.get(row.opening.id, ("", "")),
            )
            for row in listed.rows
        }
    )
    report.write(
        session.report_path,
        listed.rows,
        generated=session.now,
        profile=config.profile,
        since=since,
        visits=[_visit(health) for health in store.health()],
        changes=listed.changes,
        outreach=leads.kept(session),
    )
    publish(session, listed)


def _with_late_edits(session: Session, listed: Shortlist) -> Shortlist:
    """The list with what was edited in the file while the run was at work; says what it found there."""
    from pipeline import shortlist  # noqa: PLC0415

    marked, edits = again(listed.marked, session.shortlist_path)
    if edits:
        session.terminal.note(f"{session.shortlist_path} was edited while this ran: {edits} rows taken over")
    for opening in marked.clashes[:MOST_CLASHES]:
        session.terminal.note(
            f"marked both in the list and by command: {opening}; the list's status holds, all notes stay"
        )
    rows = shortlist.numbered(listed.rows, marked.marks) if edits else listed.rows
    return replace(listed, rows=rows, marked=marked)


def _write_csv(session: Session, listed: Shortlist) -> Marks:
    """Replaces the list but for marked rows that the user took out; the marks that the file holds from then on."""
    from pipeline import shortlist  # noqa: PLC0415

    path, rows = session.shortlist_path, [row for row in listed.rows if row.opening.id not in listed.marked.deleted]
    beside = path.with_name("shortlist.new.csv")
    try:
        shortlist.write_csv(path, rows)
        beside.unlink(missing_ok=True)
    except PermissionError:  # Windows: a spreadsheet holds it open
        shortlist.write_csv(beside, rows)
        session.terminal.warn(
            f"{path} is open in another program: this list is in {beside}; close it and `reachlist rank`"
        )
        return listed.marked.in_file
    return {row.opening.id: (row.status, row.notes) for row in listed.rows}


def _visit(health: BoardHealth) -> report.Visit:
    from pipeline import report  # noqa: PLC0415

    last = health.visits[0]
    return report.Visit(health.board, health.company, last.at, last.verdict, last.listed, last.reason)
