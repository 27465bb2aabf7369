"""Whom to write to: found from everything stored, and kept beside the list for the report."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import whole_file
from pipeline.commands.parts import of_one_employer
from pipeline.commands.rereading import being_read
from pipeline.commands.session import Session
from pipeline.commands.stages import stages
from pipeline.commands.work import assessed
from pipeline.models import Employer
from pipeline.outreach import Hiring, Lead, leads

if TYPE_CHECKING:
    from pipeline.config import Config
    from pipeline.reading import Reader
    from pipeline.store import Store

MOST = 50  # kept


def path(session: Session) -> Path:
    """Where the best leads are kept."""
    return session.data / "outreach.json"


def found(session: Session, store: Store, config: Config, reader: Reader) -> list[Lead]:
    """The leads of everything stored, the best first; the first of them are kept in outreach.json."""
    with stages(session, config, reader) as on, being_read(session.terminal, store, reader) as step:
        read = list(on.read_stored(store, step=step, unwanted=True))
    readings = {listing.posting.id: reading for listing, reading in read}
    listings = [listing for listing, _ in read]
    alone = of_one_employer(listings, on.work.key, Counter(one.posting.board for one in listings))
    employer_of = assessed(on.work.employers, listings, readings, alone)
    every = leads((Hiring(one.posting, reading, employer_of(one.posting)) for one, reading in read), config.profile)
    kept_ones = [asdict(lead) | {"employer": asdict(lead.employer) | {"evidence": ()}} for lead in every[:MOST]]
    whole_file.write(path(session), json.dumps(kept_ones, ensure_ascii=False, indent=1).encode())
    return every


def kept(session: Session) -> list[Lead]:
    """The leads that were found last; none where nobody looked, or the file is not as it was written."""
    try:
        rows = json.loads(path(session).read_text(encoding="utf-8"))
        return [_lead(row) for row in rows]
    except (OSError, ValueError, TypeError, KeyError):
        return []


def _lead(row: dict[str, object]) -> Lead:
    values = {name: _frozen(value) for name, value in row.items()}
    return Lead(**(values | {"employer": Employer(**row["employer"])}))  # type: ignore[arg-type]


def _frozen(value: object) -> object:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
