"""gaps, outreach and whatif: what to learn, whom to write to, and what an edit of the profile would change."""

from __future__ import annotations

import json
import tempfile
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from pipeline.commands.session import DONE, Session, UsageError
from pipeline.commands.shortlisting import shortlist_of
from pipeline.commands.stages import stages
from pipeline.models import State
from pipeline.whatif import EditError, edited

TOP = 15


def gaps(session: Session, arguments: Namespace) -> int:
    """What would open or lift most openings of the list, counted by ranking them again."""
    from pipeline import columns  # noqa: PLC0415 -- `--help` must be quick
    from pipeline.gaps import Advice  # noqa: PLC0415
    from pipeline.gaps import gaps as found  # noqa: PLC0415

    config, reader = session.settings()
    with session.stored() as store:
        listed = shortlist_of(session, store, config, reader, words=True).rows
    rows = sorted((row for row in listed if row.opening.state is not State.CLOSED), key=lambda row: row.opening.id)
    table = columns.columns((row.opening, row.reading, row.employer) for row in rows)
    said = config.vocabulary.get("courses", {})
    told = found(
        rows,
        config.profile,
        lambda profile: columns.rank(table, profile, session.now.date()),
        Advice(said.get("course", {}), said.get("proof", {})),
    )
    if not told:
        session.terminal.say("nothing on the list asks for more than your profile has")
        return DONE
    session.terminal.table(
        ("kind", "what", "asked by", "opens", "closes", "lifts", "points", "for example"),
        [
            (
                one.kind,
                one.name,
                f"{one.asked}",
                f"{one.opens}",
                f"{one.closes}",
                f"{one.lifts}",
                f"{one.points:.1f}",
                "; ".join(one.examples),
            )
            for one in told[: arguments.top or TOP]
        ],
        wide="for example",
    )
    return DONE


def outreach(session: Session, arguments: Namespace) -> int:
    """Small employers that do this work and have no internship posted, and research groups that take students."""
    from pipeline.commands import leads  # noqa: PLC0415 -- `--help` must be quick

    config, reader = session.settings()
    with session.stored() as store, stages(session, config, reader) as on:
        found = leads.found(session, store, config, on)[: arguments.top or TOP]
    if not found:
        session.terminal.say("no small employer without an internship asks for what you know; crawl more boards")
    for number, lead in enumerate(found, 1):
        session.terminal.say(f"{number}. {lead.employer.name} · fit {lead.fit:.2f} · {lead.careers or ''}")
        for fact in lead.evidence:
            session.terminal.say(f"   {fact}")
        if lead.point_at:
            session.terminal.say(f"   point at: {', '.join(lead.point_at)}")
        session.terminal.say(f"   draft: {lead.draft}")
        for kind, link in lead.contacts:
            session.terminal.say(f"   look for {kind}: {link}")
    return DONE


def whatif(session: Session, arguments: Namespace) -> int:
    """Which rows would move if the profile were edited; nothing is written."""
    from pipeline.changes import compare, facts  # noqa: PLC0415
    from pipeline.checked_yaml import ConfigError, Source  # noqa: PLC0415
    from pipeline.config import find, load_profile  # noqa: PLC0415
    from pipeline.score import CRITERIA, order, score  # noqa: PLC0415
    from pipeline.shortlist import numbered  # noqa: PLC0415

    config, reader = session.settings()
    edits = ", ".join(arguments.edit)
    try:
        changed = Source(find(session.config, "profile.yaml")).value
        for edit in arguments.edit:
            changed = edited(changed, edit)
    except EditError as error:
        raise UsageError(str(error)) from error
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "profile.yaml"
        path.write_text(json.dumps(changed), encoding="utf-8")  # JSON is YAML
        try:
            names = [name for name, *_ in CRITERIA]
            profile = load_profile(
                path, criteria=names, skills=reader.skills, vocabulary=config.vocabulary, today=session.now.date()
            )
        except ConfigError as error:
            where = len(str(path))
            said = "; ".join(problem[where:].split(": ", 1)[-1] for problem in error.problems)
            raise UsageError(f"{edits!r}: {said}") from error
    profile = session.employers_known(config)(profile)
    with session.stored() as store:
        rows = shortlist_of(session, store, config, reader).rows
    today = session.now.date()
    then = [
        replace(row, score=score(row.opening, row.reading, row.employer, profile, today), profile=profile)
        for row in rows
    ]
    before = {row.opening.id: (row.rank, facts(row)) for row in rows}
    edited_rows = {row.opening.id: facts(row) for row in then}
    changes = compare(before, numbered(order(then)), edited_rows)  # only the profile differs: no cause need be told
    for change in changes[: arguments.top or TOP]:
        session.terminal.say(f"{change.kind}: {change.company} — {change.title}: {change.detail}")
    session.terminal.say(f"{len(changes)} of {len(rows)} rows would move; nothing was written")
    return DONE
