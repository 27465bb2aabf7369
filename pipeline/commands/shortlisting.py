"""From stored listings to the list: where reading, employers, openings and score are put together."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from pipeline.changes import Change, compare, facts
from pipeline.commands.marking import Marked, again, joined
from pipeline.models import Employer, Listing, Posting, Reading
from pipeline.store import BoardHealth, Listed, Store, content_hash

if TYPE_CHECKING:
    from pipeline import report
    from pipeline.commands.session import Session
    from pipeline.config import Config
    from pipeline.employers import Employers
    from pipeline.marks import Marks
    from pipeline.reading import Reader
    from pipeline.shortlist import Row

UNPROVED = timedelta(days=30)  # every board that lives is visited at least weekly
MOST_CLASHES = 5  # told
BATCH = 200  # readings fetched and kept at once


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The list as it stands, with what is different from the one before it."""

    rows: list[Row]
    changes: list[Change]
    left_out: int  # postings that are no internship in machine learning or data
    marked: Marked  # the user's status and notes


def read_all(
    listings: Iterable[Listing], reader: Reader, store: Store | None, step: Callable[[], object] = lambda: None
) -> Iterator[tuple[Listing, Reading]]:
    """Every listing with its reading, from the store's cache where the same words were read before."""
    from pipeline.reading import from_json, to_json  # noqa: PLC0415 -- `--help` must be quick

    for batch in _batches(listings):
        hashes = [content_hash(listing.posting) for listing in batch]
        cached = store.readings(hashes, reader.version) if store else {}
        fresh: dict[str, str] = {}
        for listing, content in zip(batch, hashes, strict=True):
            if content in cached:
                reading = from_json(json.loads(cached[content]))
            else:
                reading = reader.read(listing.posting)
                fresh[content] = json.dumps(to_json(reading))
            step()
            yield listing, reading
        if store and fresh:
            store.save_readings(fresh.items(), reader.version)


def _batches(listings: Iterable[Listing]) -> Iterator[list[Listing]]:
    batch: list[Listing] = []
    for listing in listings:
        batch.append(listing)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def rank(
    read: Iterable[tuple[Listing, Reading]],
    config: Config,
    today: date,
    *,
    known: Mapping[str, str] | None = None,
    keep: Callable[[Reading], bool] = lambda reading: True,
) -> tuple[list[Row], int]:
    """The rows, best first, not numbered yet; and how many postings `keep` left out."""
    from pipeline import employers, openings, score, shortlist  # noqa: PLC0415 -- `--help` must be quick
    from pipeline.criteria import missing_skills  # noqa: PLC0415

    readings: dict[str, Reading] = {}
    listings: list[Listing] = []
    on_board: Counter[str] = Counter()
    left_out: set[str] = set()
    for listing, reading in read:
        on_board[listing.posting.board] += 1
        if keep(reading):
            readings[listing.posting.id] = reading
            listings.append(listing)
        else:
            left_out.add(listing.posting.id)
    known_employers = employers.Employers(config.employers, config.vocabulary.get("employers"))
    employer_of = assessed(known_employers, listings, readings, on_board)
    merged = openings.merge(listings, key=known_employers.key, vocabulary=config.vocabulary, known=known)
    rows = []
    for opening in merged:
        reading = readings[opening.posting.id]
        employer = employer_of(opening.posting)
        result = score.score(opening, reading, employer, config.profile, today)
        missing = tuple(missing_skills(reading, config.profile))
        rows.append(shortlist.Row(opening, reading, employer, result, missing_skills=missing, profile=config.profile))
    return score.order(rows), len(left_out)


def assessed(
    known: Employers, listings: Iterable[Listing], readings: Mapping[str, Reading], on_board: Mapping[str, int]
) -> Callable[[Posting], Employer]:
    """Who hires for a posting, from all its postings; `on_board`: how many postings a board carries."""
    own: dict[str, list[Posting]] = defaultdict(list)
    hiring: dict[str, set[str]] = defaultdict(set)

    def key(posting: Posting) -> str:
        """The employer's key; postings that name nobody are not taken for one employer's."""
        return known.key(posting.company) or posting.id

    for listing in listings:
        own[key(listing.posting)].append(listing.posting)
        hiring[listing.posting.board].add(key(listing.posting))
    found = {
        name: known.assess(
            postings[0].company,
            [readings[posting.id] for posting in postings],
            max((on_board[p.board] for p in postings if len(hiring[p.board]) == 1), default=None),
            {posting.board.split("/", 1)[0] for posting in postings},
            postings,
        )
        for name, postings in own.items()
    }
    return lambda posting: found[key(posting)]


def shortlist_of(session: Session, store: Store, config: Config, reader: Reader) -> Shortlist:
    """Ranks what is stored; the user's marks of the store and of the CSV are joined."""
    from pipeline import shortlist  # noqa: PLC0415

    total = store.count()
    with session.terminal.progress("reading", total) as step:
        read = read_all(credible(store.listings(), session.now), reader, store, step)
        ranked, left_out = rank(read, config, session.now.date(), known=store.opening_ids(), keep=is_wanted)
    before = store.last_list()
    marked = joined(store.marks(), before, session.shortlist_path)
    rows = shortlist.numbered(ranked, marked.marks)
    changes = compare({opening: (one.rank, one.body) for opening, one in before.items()}, rows) if before else []
    return Shortlist(rows, changes, left_out, marked)


def credible(listings: Iterable[Listing], now: datetime) -> Iterator[Listing]:
    """Those that a visit proved within a month: a board that died, moved or was taken out proves nothing more.

    Until then the postings of a board that moved still lend their opening, and the user's marks, to the new one.
    """
    oldest = (now - UNPROVED).isoformat()
    return (listing for listing in listings if (listing.last_seen or oldest) >= oldest)


def is_wanted(reading: Reading) -> bool:
    """Is it an internship in machine learning or data at all? Whatever else speaks against it, it is listed."""
    return reading.internship and reading.ml_role != "none"


def write(session: Session, store: Store, config: Config, listed: Shortlist, since: str | None) -> None:
    """Puts the list on disk and into the store: shortlist.csv, report.html, calendar, feed, openings, marks."""
    from pipeline import report  # noqa: PLC0415
    from pipeline.commands.telling import publish  # noqa: PLC0415

    listed = _with_late_edits(session, listed)
    store.save_openings((row.opening, row.employer.size) for row in listed.rows)
    store.set_marks(listed.marked.marks)
    store.set_wanted({one.posting.board for row in listed.rows for one in row.opening.listings})
    in_file = _write_csv(session, listed)
    store.save_list(
        {row.opening.id: Listed(row.rank, facts(row), *in_file.get(row.opening.id, ("", ""))) for row in listed.rows}
    )
    report.write(
        session.report_path,
        listed.rows,
        generated=session.now,
        profile=config.profile,
        since=since,
        visits=[_visit(health) for health in store.health()],
        changes=listed.changes,
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
