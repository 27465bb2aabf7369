"""From what is stored to the list, and the list on disk."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

from pipeline.changes import Basis, Change, Facts, compare, digest, facts, ranks
from pipeline.commands import kept
from pipeline.commands.marking import Marked, again, carried, followed, joined, set_aside
from pipeline.commands.rereading import being_read
from pipeline.commands.stages import Stages, followed_since, stages
from pipeline.commands.work import Judged, rate, still_stand
from pipeline.models import Sheet, State
from pipeline.store import BoardHealth, Listed, Store
from pipeline.uncollected import uncollected

if TYPE_CHECKING:
    from pipeline import report
    from pipeline.commands.session import Session
    from pipeline.config import Config
    from pipeline.models import Employer, Opening
    from pipeline.reading import Reader
    from pipeline.shortlist import Row

MOST_CLASHES = 5  # told


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The list as it stands, with what is different from the one before it."""

    rows: list[Row]
    changes: list[Change]
    left_out: int  # postings that are no internship in machine learning or data
    marked: Marked  # what the user wrote
    before: Mapping[str, Listed] = field(default_factory=dict)  # the list that was written last
    facts: Mapping[str, Facts] = field(default_factory=dict)  # by opening, what the next list is compared with
    closed: Callable[[], list[Row]] = list  # those that stand on no list any more, without a rank
    made: Made | None = None  # None: all that hangs on no profile was kept


@dataclass(frozen=True, slots=True)
class Made:
    """What was found on the way to a list, for the next run."""

    stamp: int  # of the store when it was read
    blocks: Mapping[str, str]  # which postings of each employer are one job
    former: Mapping[str, str]  # posting id -> opening id before
    judged: list[list[Judged]]  # every opening, in blocks


@uncollected()
def shortlist_of(
    session: Session, store: Store, config: Config, reader: Reader, on: Stages | None = None, *, words: bool = False
) -> Shortlist:
    """Ranks what is stored (on other `stages` than this process's, if given); the user's marks are joined.

    Without `words`, the rows may lack what their postings say beyond what a list shows.
    """
    from pipeline import shortlist  # noqa: PLC0415 -- `--help` must be quick

    if on is None:
        with stages(session, config, reader) as here:
            return shortlist_of(session, store, config, reader, here, words=words)
    found, made = None if words else kept.load(session, kept.key(session, store)), None
    if found is None:
        found, made = judged(session, store, reader, on)
    before = store.last_list()
    marked = joined(store.marks(), store.written(session.place + session.shortlist_path.name), session.shortlist_path)
    if made:
        marked = carried(marked, [one.opening for one in found.judged], made.former)
    listed = still_stand(found.judged, followed(marked.marks))

    def rows_of(judged: list[Judged]) -> list[Row]:
        return shortlist.numbered(rate(on.work, (judged, [config.profile], None, None))[0], marked.marks)

    def closed() -> list[Row]:
        there = {one.opening.id for one in listed}
        return [replace(row, rank=0) for row in rows_of([one for one in found.judged if one.opening.id not in there])]

    rows = rows_of(listed)
    rests_on = basis(session, config, reader)
    now = {row.opening.id: facts(row, rests_on) for row in rows}
    changes = []
    if before or session.shortlist_path.exists():  # of a first list, nothing is new
        changes = compare({opening: (one.rank, one.facts) for opening, one in before.items()}, rows, now)
    return Shortlist(rows, changes, found.left_out, marked, before, now, closed, made)


def judged(session: Session, store: Store, reader: Reader, on: Stages) -> tuple[kept.Kept, Made]:
    """Every opening of what is stored, read and judged now."""
    from pipeline.employer_block import from_json, to_json  # noqa: PLC0415 -- `--help` must be quick

    stamp, on_board = store.stamp(), store.on_boards()
    on.work.blocks = {employer: from_json(body) for employer, body in store.employer_blocks().items()}
    with being_read(session.terminal, store, reader) as step:
        read = list(on.read_stored(store, step, followed=followed_since(session.now)))
    known = store.opening_ids()
    found = on.judged(read, known, on_board)
    left_out = sum(on_board.values()) - sum(listing.state is not State.CLOSED for listing, _ in read)
    blocks = {employer: to_json(block) for employer, block in on.work.blocks.items()}
    return kept.Kept(list(chain.from_iterable(found)), left_out), Made(stamp, blocks, known, found)


def basis(session: Session, config: Config, reader: Reader) -> Basis:
    """What a list of this configuration rests on."""
    from pipeline import __version__  # noqa: PLC0415
    from pipeline.config import find  # noqa: PLC0415
    from pipeline.score import CRITERIA  # noqa: PLC0415

    weights = [(name, weight) for name, _, weight in CRITERIA]
    employers = hashlib.sha256(find(session.config, "employers.yaml").read_bytes()).hexdigest()
    return Basis(
        digest(config.profile),
        digest(__version__, reader.version, weights),
        digest(employers, config.vocabulary.get("employers")),
    )


@uncollected()
def write(session: Session, store: Store, config: Config, listed: Shortlist) -> None:
    """Puts the list on disk and into the store: shortlist.csv, report.html, calendar, feed, openings, marks."""
    from pipeline import report  # noqa: PLC0415
    from pipeline.commands import leads  # noqa: PLC0415
    from pipeline.commands.telling import publish  # noqa: PLC0415

    listed = _with_late_edits(session, listed)
    if listed.made and save(store, [(row.opening, row.employer) for row in listed.rows], listed.made):
        found = chain.from_iterable(listed.made.judged)
        kept.save(session, kept.key(session, store), found, listed.left_out)
    store.set_marks(listed.marked.marks)
    in_file = _write_csv(session, listed)
    session.settle()
    store.save_written(session.place + session.shortlist_path.name, in_file)
    store.save_list({row.opening.id: _standing(row, listed, session.at[:10]) for row in listed.rows})
    report.write(
        session.report_path,
        listed.rows,
        generated=session.now,
        profile=config.profile,
        since=before_last(store),
        visits=[_visit(health) for health in store.health(limit=1)],
        changes=listed.changes,
        outreach=leads.kept(session, config.profile) or (),
    )
    publish(session, listed)


def before_last(store: Store) -> str | None:
    """When the run before the last one ended: what was first seen later is new."""
    last = store.last_run()
    earlier = store.last_run(before=last.id) if last else None
    return earlier.finished if earlier else None


def save(store: Store, openings: Collection[tuple[Opening, Employer]], made: Made) -> bool:
    """Keeps what hangs on no profile; whether the store was as it had been when that was made."""
    unchanged = store.stamp() == made.stamp
    store.save_employer_blocks(made.blocks)
    store.save_openings((opening, employer.size) for opening, employer in openings)
    store.set_wanted({one.posting.board for opening, _ in openings for one in opening.listings})
    return unchanged


def _standing(row: Row, listed: Shortlist, day: str) -> Listed:
    """How a row stands in this list, for the next."""
    opening = row.opening.id
    last = listed.before.get(opening)
    ranked = ranks(last.facts if last else None, day, row.rank)
    return Listed(row.rank, {**listed.facts[opening], "ranks": ranked})


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
    rows = shortlist.numbered(listed.rows, marked.marks) if marked is not listed.marked else listed.rows
    return replace(listed, rows=rows, marked=marked)


def _write_csv(session: Session, listed: Shortlist) -> Sheet:
    """Replaces the list but for marked rows that the user took out; what is the user's in the file from then on."""
    from pipeline import shortlist  # noqa: PLC0415

    path, rows = session.shortlist_path, [row for row in listed.rows if row.opening.id not in listed.marked.deleted]
    beside, columns = path.with_name("shortlist.new.csv"), listed.marked.columns
    set_aside(session, path)
    try:
        shortlist.write_csv(path, rows, columns)
        beside.unlink(missing_ok=True)
    except PermissionError:  # Windows: a spreadsheet holds it open
        shortlist.write_csv(beside, rows, columns)
        session.terminal.warn(
            f"{path} is open in another program: this list is in {beside}; close it and `reachlist rank`"
        )
        return listed.marked.in_file
    return Sheet({row.opening.id: row.mark for row in listed.rows}, columns)


def _visit(health: BoardHealth) -> report.Visit:
    from pipeline import report  # noqa: PLC0415

    last = health.visits[0]
    return report.Visit(health.board, health.company, last.at, last.verdict, last.listed, last.reason)
