"""Whom to write to: found from everything stored, and kept beside the list for the report.

What is stored is looked over once without its words; only employers that may be leads are then taken up, one at a
time, so that the memory does not grow with the store.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pipeline import whole_file
from pipeline.changes import digest
from pipeline.commands.parts import of_one_employer
from pipeline.commands.rereading import being_read
from pipeline.commands.session import Session
from pipeline.commands.work import Work, assessed
from pipeline.models import Employer
from pipeline.outreach import WORK, Hiring, Lead, best_first, is_group, leads

if TYPE_CHECKING:
    from pipeline.commands.stages import Stages
    from pipeline.config import Config
    from pipeline.models import Profile
    from pipeline.store import Store

MOST = 50  # kept


def path(session: Session) -> Path:
    """Where the best leads are kept."""
    return session.data / "outreach.json"


def found(session: Session, store: Store, config: Config, on: Stages) -> list[Lead]:
    """The leads of everything stored, the best first; the first of them are kept in outreach.json."""
    with being_read(session.terminal, store, on.work.reader) as step:
        on.read_rest(store, step)
    employers = _looked_over(store.readings(on.work.reader.version), on.work)
    boards = ((board, key) for key, employer in employers.items() for board in employer.refs)
    alone = of_one_employer(boards, _carried(employers.values()))
    every = best_first(
        lead
        for employer in employers.values()
        if employer.may_be_written_to
        for lead in leads(_hiring(employer, alone, store, on.work), config.profile)
    )
    kept_ones = [asdict(lead) | {"employer": asdict(lead.employer) | {"evidence": ()}} for lead in every[:MOST]]
    kept = {"profile": digest(config.profile), "leads": kept_ones}
    whole_file.write(path(session), json.dumps(kept, ensure_ascii=False, indent=1).encode())
    return every


class _Kind(msgspec.Struct):
    """As much of a reading as tells an employer that may be a lead."""

    ml_role: str
    internship: bool


@dataclass(slots=True)
class _Employer:
    """What one employer's readings say of whether it may be a lead, and where its postings stand."""

    refs: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # by board
    works: bool = False
    has_internship: bool = False
    has_group: bool = False

    @property
    def may_be_written_to(self) -> bool:
        return self.has_group or (self.works and not self.has_internship)

    def add(self, board: str, ref: str, kind: _Kind) -> None:
        self.refs[board].append(ref)
        if is_group(board):
            self.has_group |= kind.ml_role in WORK
        else:
            self.works |= kind.ml_role in WORK
            self.has_internship |= kind.internship


def _looked_over(readings: Iterable[tuple[str, str, str, str]], work: Work) -> dict[str, _Employer]:
    """Every employer by its key, of (board, ref, company, reading as JSON); who is not named is one alone."""
    employers: dict[str, _Employer] = defaultdict(_Employer)
    kind = msgspec.json.Decoder(_Kind).decode
    for board, ref, company, body in readings:
        employers[work.employers.key(company) or f"{board}/{ref}"].add(board, ref, kind(body))
    return employers


def _carried(employers: Iterable[_Employer]) -> dict[str, int]:
    """Board -> how many postings it carries."""
    counts: Counter[str] = Counter()
    for employer in employers:
        counts.update({board: len(refs) for board, refs in employer.refs.items()})
    return counts


def _hiring(employer: _Employer, alone: Mapping[str, int], store: Store, work: Work) -> Iterator[Hiring]:
    """All that one employer has posted, with who it is."""
    from pipeline.reading import from_json  # noqa: PLC0415 -- the leads that are kept need no reader

    read = [
        (posting, from_json(body))
        for board, refs in employer.refs.items()
        for posting, body in store.read_of(work.reader.version, board, refs)
    ]
    readings = {posting.id: reading for posting, reading in read}
    employer_of = assessed(work.employers, (posting for posting, _ in read), readings, alone)
    return (Hiring(posting, reading, employer_of(posting)) for posting, reading in read)


def kept(session: Session, profile: Profile) -> list[Lead] | None:
    """The leads found last; None where nobody looked for this profile, or the file is not as it was written."""
    try:
        found = json.loads(path(session).read_text(encoding="utf-8"))
        return [_lead(row) for row in found["leads"]] if found["profile"] == digest(profile) else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _lead(row: dict[str, object]) -> Lead:
    values = {name: _frozen(value) for name, value in row.items()}
    return Lead(**(values | {"employer": Employer(**row["employer"])}))  # type: ignore[arg-type]


def _frozen(value: object) -> object:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
