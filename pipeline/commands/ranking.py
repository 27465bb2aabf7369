"""rank, show and openings: the list again, one opening in full, and which postings are one job."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pipeline import stated
from pipeline.changes import lines
from pipeline.commands.delivery import deliver, encoded, form_of
from pipeline.commands.postings import doubled, from_lines, listings
from pipeline.commands.session import DONE, SOME_FAILED, Session, UsageError
from pipeline.commands.shortlisting import Shortlist, shortlist_of, write
from pipeline.commands.stages import stages
from pipeline.commands.summary import top
from pipeline.json_lines import json_line
from pipeline.models import State

if TYPE_CHECKING:
    from pipeline.config import Config
    from pipeline.reading import Reader
    from pipeline.shortlist import Row
    from pipeline.store import Store

TOP = 10


def rank(session: Session, arguments: Namespace) -> int:
    """Ranks again: writes the list and the report, or prints where `--format`, `--diff` or `--from` say so."""
    if arguments.scheduler and arguments.engine != "dask":
        raise UsageError("--scheduler is the address of a Dask scheduler: say --engine dask as well")
    if arguments.profiles:
        from pipeline.commands.profiles import rank_for_many  # noqa: PLC0415 -- `--help` must be quick

        return rank_for_many(session, arguments)
    form = form_of(arguments)
    if arguments.diff and (arguments.to or form not in (None, "jsonl", "table")):
        raise UsageError("--diff is for reading or --format jsonl: it has no rows to write as a list")
    config, reader = session.settings(profile=arguments.profile)
    if arguments.source:
        return _rank_file(session, arguments, config, reader)
    if arguments.diff or form:
        with session.stored() as store, stages(session, config, reader, arguments.engine, arguments.scheduler) as on:
            listed = shortlist_of(session, store, config, reader, on)
        if arguments.diff:
            _print_changes(session, listed, arguments)
        elif form:
            encode = partial(encoded, columns=listed.marked.columns)
            deliver(session, listed.rows[: arguments.top], form, arguments.to, encode)
        return DONE
    engine = stages(session, config, reader, arguments.engine, arguments.scheduler)
    with session.lock(stored=True), session.stored() as store, engine as on:
        listed = shortlist_of(session, store, config, reader, on)
        write(session, store, config, listed)
        empty = _empty(store, listed)
    if listed.rows:
        deliver(session, top(listed.rows, arguments.top or TOP), "table", None)
    else:
        session.terminal.say(empty)
    session.terminal.say(f"list: {session.shortlist_path}")
    session.terminal.say(f"report: {session.report_path}")
    return DONE


def _empty(store: Store, listed: Shortlist) -> str:
    """Why there is nothing on a list."""
    if listed.left_out:
        return f"none of the {listed.left_out:,} postings stored is an internship in machine learning or data"
    if closed := store.count((State.CLOSED,)):
        return f"all {closed:,} postings stored are closed: `reachlist run` looks for new ones"
    return "nothing to rank yet: `reachlist run` or `reachlist demo` collects postings"


def _print_changes(session: Session, listed: Shortlist, arguments: Namespace) -> None:
    changes = listed.changes[: arguments.top]
    if arguments.format == "jsonl":
        for change in changes:
            print(json_line({name: getattr(change, name) for name in change.__slots__}))
    elif changes:
        for line in lines(changes):
            session.terminal.say(line)
    else:
        session.terminal.say("no row moves against the last list")


def _rank_file(session: Session, arguments: Namespace, config: Config, reader: Reader) -> int:
    """Ranks every posting of a file; an opening's id is that of its first posting there."""
    from pipeline import shortlist  # noqa: PLC0415

    if arguments.diff:
        raise UsageError("--diff compares with the last list: it cannot be asked of a file")
    complaints: list[str] = []
    ids: dict[str, str] = {}
    with stages(session, config, reader, arguments.engine, arguments.scheduler) as on:
        read = on.read_given(listings(from_lines(arguments.source, complaints.append), ids))
        rows = on.ranked(read, config.profile)
    for line in [*complaints, *doubled(arguments.source, ids)]:
        session.terminal.warn(line)
    named = [_with_file_ids(row, ids) for row in shortlist.numbered(rows)]
    form = form_of(arguments) or "table"
    deliver(
        session,
        named[: arguments.top],
        form,
        arguments.to,
        partial(encoded, postings=lambda row: [one.posting.ref for one in row.opening.listings]),
    )
    return SOME_FAILED if complaints else DONE


def _with_file_ids(row: Row, ids: dict[str, str]) -> Row:
    """The row under the ids of the file: the opening's is that of its first posting in the file's order."""
    in_order = sorted(row.opening.listings, key=lambda listing: int(listing.posting.ref))
    first = ids[in_order[0].posting.id]
    renamed = tuple(
        replace(listing, posting=replace(listing.posting, ref=ids[listing.posting.id]))
        for listing in row.opening.listings
    )
    return replace(row, opening=replace(row.opening, id=first, listings=renamed))


def openings(session: Session, arguments: Namespace) -> int:
    """JSON lines `{"id", "opening"}`, one per posting, in the order of the file."""
    from pipeline import openings as stage  # noqa: PLC0415
    from pipeline.config import find, load_employers, load_vocabulary  # noqa: PLC0415
    from pipeline.employers import Employers  # noqa: PLC0415

    vocabulary = load_vocabulary(find(session.config, "vocabulary"))
    employers = Employers(load_employers(find(session.config, "employers.yaml")), vocabulary.get("employers"))
    complaints: list[str] = []
    ids: dict[str, str] = {}
    postings = list(listings(from_lines(arguments.source, complaints.append), ids))
    opening_of: dict[str, str] = {}
    for opening in stage.merge(postings, key=employers.key, vocabulary=vocabulary, unnamed=True):
        first = min(opening.listings, key=lambda listing: int(listing.posting.ref)).posting.id
        opening_of |= {listing.posting.id: ids[first] for listing in opening.listings}
    for listing in postings:
        identity = listing.posting.id
        print(json_line({"id": ids[identity], "opening": opening_of[identity]}))
    for line in [*complaints, *doubled(arguments.source, ids)]:
        session.terminal.warn(line)
    return SOME_FAILED if complaints else DONE


def show(session: Session, arguments: Namespace) -> int:
    """One opening in full. Found by its id, by a posting's id, or by its rank in the last list."""
    config, reader = session.settings()
    with session.stored() as store:
        row = find(shortlist_of(session, store, config, reader), arguments.id, store)
        _show(session, row, store)
    return DONE


def find(listed: Shortlist, wanted: str, store: Store) -> Row:
    """The row of an opening's id, a posting's id, the end of one, or a rank in the last list; closed ones too."""
    from pipeline.checked_yaml import did_you_mean  # noqa: PLC0415 -- `--help` must be quick

    ranks = {str(one.rank): opening for opening, one in store.last_list().items()}
    found = _among(listed.rows, wanted, ranks) or _among(listed.closed(), wanted, ranks)
    if found is None:
        hint = did_you_mean(wanted, [row.opening.id for row in listed.rows])
        raise UsageError(
            f"no opening {wanted!r}{hint or '; ids stand in the last column of the list, ranks in its first'}"
        )
    return found


def _among(rows: list[Row], wanted: str, ranks: Mapping[str, str]) -> Row | None:
    by_id = {row.opening.id: row for row in rows}
    by_posting = {listing.posting.id: row for row in rows for listing in row.opening.listings}
    found = by_id.get(wanted) or by_posting.get(wanted) or by_id.get(ranks.get(wanted, ""))
    if found is None:
        ends = {row.opening.id: row for posting, row in by_posting.items() if posting.endswith("/" + wanted)}
        found = next(iter(ends.values())) if len(ends) == 1 else None
    return found


def _ranks(store: Store, row: Row) -> str:
    """The ranks of the lists that were written, in the order of their days."""
    listed = store.last_list().get(row.opening.id)
    known = listed.facts.get("ranks", ()) if listed else ()
    return "; rank " + ", ".join(f"{rank} on {day}" for day, rank in known) if known else ""


def _show(session: Session, row: Row, store: Store) -> None:
    terminal, posting, score = session.terminal, row.opening.posting, row.score
    size = row.employer.size or "size unknown"
    terminal.say(
        f"{posting.title} · {posting.company or 'employer not named'} · {posting.location or 'place not said'}"
    )
    rank = f"rank {row.rank}" if row.rank else "on no list"
    terminal.say(f"{rank} · score {score.total:.1f} · eligible {score.eligible} · {row.opening.state} · {size}")
    if row.status or row.notes:
        terminal.say(f"yours: {row.status} {row.notes}")
    terminal.say()
    weight = sum(finding.weight for finding in score.findings) or 1
    findings = []
    for finding in score.findings:
        value = 0.5 if finding.value is None else finding.value
        told = "unknown" if finding.value is None else f"{value:.2f}"
        points = f"{100 * finding.weight * value / weight:.1f}"
        findings.append(
            (finding.criterion, told, f"× {finding.weight:g} / {weight:g}", points, finding.reason, finding.quote or "")
        )
    findings.append(("total", "", "", f"{score.total:.1f}", f"{score.coverage:.0%} of the weight is known", ""))
    terminal.table(
        ("criterion", "value", "weight", "points", "reason", "in its own words"), findings, wide="in its own words"
    )
    terminal.say()
    bars = [(bar.topic, bar.verdict, bar.reason, bar.quote or "") for bar in score.bars]
    terminal.table(("bar", "passed", "reason", "in its own words"), bars, wide="in its own words")
    evidence = [(piece.basis, piece.band, piece.text, piece.quote or "") for piece in row.employer.evidence]
    if evidence:
        terminal.say()
        terminal.table(("employer size from", "people", "why", "in its own words"), evidence, wide="in its own words")
    terminal.say()
    terminal.say(f"first seen {(stated.first_seen(row.opening) or 'at an unknown time')[:10]}{_ranks(store, row)}")
    for listing in row.opening.listings:
        one = listing.posting
        terminal.say(f"{one.id} · {listing.state} · {one.url}")
        for at, what in store.events(one.board, one.ref):
            terminal.say(f"  {at[:16].replace('T', ' ')} {what}")
    for other in row.opening.maybe_also:
        terminal.say(f"maybe the same job: {other}")
