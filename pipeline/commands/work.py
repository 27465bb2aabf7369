"""What is done with postings, as pure functions over parts: reading, then employers, openings and score.

The work is what all parts share and can be sent to another process; a part is a list of postings, or all postings
of some employers. No store, no clock: the same part gives the same result wherever it is done.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.models import Employer, Listing, Opening, Posting, Profile, Reading, State

if TYPE_CHECKING:
    from pipeline import employer_block
    from pipeline.columns import Columns
    from pipeline.config import EmployerFact
    from pipeline.employers import Employers
    from pipeline.reading import Reader
    from pipeline.shortlist import Row


class Work:
    """The settings of the stages, and what is made of them once: a reader, the known employers."""

    def __init__(
        self, vocabulary: Mapping[str, Any], facts: Sequence[EmployerFact], today: date, reader: Reader | None = None
    ) -> None:
        self.vocabulary, self._facts, self.today = vocabulary, facts, today
        self.blocks: dict[str, employer_block.Judged] | None = None  # what earlier runs found, where all is ranked here
        if reader is not None:
            self.reader = reader

    def __getstate__(self) -> dict[str, Any]:
        made = ("reader", "employers")
        return {name: value for name, value in self.__dict__.items() if name not in made} | {"blocks": None}

    @cached_property
    def reader(self) -> Reader:
        """A reader of the vocabulary; compiled once per machine."""
        from pipeline.commands.compiled import reader_of  # noqa: PLC0415

        return reader_of(self.vocabulary)

    @cached_property
    def employers(self) -> Employers:
        """The employers known by facts."""
        from pipeline.commands.compiled import Compiled  # noqa: PLC0415
        from pipeline.employers import Employers  # noqa: PLC0415

        return Employers(self._facts, self.vocabulary.get("employers"), Compiled())

    def key(self, posting: Posting) -> str:
        """The employer's key; postings that name nobody are not taken for one employer's."""
        return key_of(self.employers, posting)


def key_of(known: Employers, posting: Posting) -> str:
    """The employer's key; of a posting that names nobody, its own."""
    return known.key(posting.company) or posting.id


class Judged(NamedTuple):
    """What a list says of an opening whomever it is for."""

    opening: Opening
    reading: Reading
    employer: Employer
    said: str  # equal as long as its postings say the same


@dataclass(frozen=True, slots=True)
class Block:
    """All postings of some employers, with their readings, in the order of the whole."""

    read: Sequence[tuple[Listing, Reading]]
    alone: Mapping[str, int]  # boards on which one employer hires -> the postings they carry
    known: Mapping[str, str]  # posting id -> opening id of an earlier list


class Results(NamedTuple):
    """What reading some postings came to, by their names."""

    readings: dict[str, tuple[str, bool]]  # as JSON, and whether it is wanted
    faults: dict[str, str]  # of those the reader failed at


def read(work: Work, postings: Mapping[str, Posting]) -> Results:
    """Every posting, read; one the reader fails at costs the others nothing."""
    from pipeline.reading import to_json  # noqa: PLC0415 -- `--help` must be quick

    results = Results({}, {})
    for name, posting in postings.items():
        reading, fault = read_one(work.reader, posting)
        if fault:
            results.faults[name] = fault
        else:
            results.readings[name] = to_json(reading), is_wanted(reading)
    return results


def read_one(reader: Reader, posting: Posting) -> tuple[Reading, str | None]:
    """The reading; where the reader fails at the posting an empty one that notes it, and the fault.

    With REACHLIST_TRACEBACK set a fault is raised, as everywhere.
    """
    try:
        return reader.read(posting), None
    except Exception as error:
        if os.environ.get("REACHLIST_TRACEBACK"):
            raise
        fault = f"{type(error).__name__}: {error}"
        return Reading(note=f"could not be read ({fault})"), fault


def is_wanted(reading: Reading) -> bool:
    """Is it an internship in machine learning or data at all? Whatever else speaks against it, it is listed."""
    return reading.internship and reading.ml_role != "none"


def judge(work: Work, block: Block) -> list[Judged]:
    """Every opening of a block with its reading and who hires, in no order; those that are closed, too."""
    from pipeline import openings  # noqa: PLC0415 -- `--help` must be quick
    from pipeline.changes import said  # noqa: PLC0415

    readings = {listing.posting.id: reading for listing, reading in block.read}
    listings = [listing for listing, _ in block.read]
    employer_of = assessed(work.employers, (listing.posting for listing in listings), readings, block.alone)
    merged = openings.merge(
        listings, key=work.employers.key, vocabulary=work.vocabulary, known=block.known, judged=work.blocks
    )
    return [
        Judged(opening, readings[opening.posting.id], employer_of(opening.posting), said(opening)) for opening in merged
    ]


def still_stand(judged: Iterable[Judged], wanted: Container[str] = ()) -> list[Judged]:
    """Those that are not closed, and the `wanted`, by opening id, whatever became of them."""
    return [one for one in judged if one.opening.state is not State.CLOSED or one.opening.id in wanted]


def table(work: Work, judged: Sequence[Judged]) -> Columns:
    """What tells which openings are best for whatever profile."""
    from pipeline.columns import columns  # noqa: PLC0415 -- `--help` must be quick

    return columns((one.opening, one.reading, one.employer) for one in judged)


def rate(work: Work, part: tuple[Sequence[Judged], Sequence[Profile], Columns | None, int | None]) -> list[list[Row]]:
    """For every profile, the rows of openings, best first, without numbers: the best so many, or all if None.

    Where only some are wanted, the `table` of the openings tells which; reasons are made for those alone.
    """
    judged, profiles, of_all, top = part
    if of_all is None:
        return [_rated(work, judged, profile) for profile in profiles]
    from pipeline import columns  # noqa: PLC0415 -- `--help` must be quick

    return [
        _rated(work, [judged[at] for at in columns.rank(of_all, profile, work.today).order[:top]], profile)
        for profile in profiles
    ]


def _rated(work: Work, judged: Sequence[Judged], profile: Profile) -> list[Row]:
    from pipeline import score, shortlist  # noqa: PLC0415 -- `--help` must be quick
    from pipeline.criteria import missing_skills  # noqa: PLC0415

    return score.order(
        shortlist.Row(
            opening,
            reading,
            employer,
            score.score(opening, reading, employer, profile, work.today),
            missing_skills=tuple(missing_skills(reading, profile)),
            profile=profile,
            said=said,
        )
        for opening, reading, employer, said in judged
    )


def rank(work: Work, part: tuple[Block, Profile]) -> list[Row]:
    """The rows of a block for one profile: `judge`, then `rate`."""
    block, profile = part
    return _rated(work, still_stand(judge(work, block)), profile)


def assessed(
    known: Employers, postings: Iterable[Posting], readings: Mapping[str, Reading], alone: Mapping[str, int]
) -> Callable[[Posting], Employer]:
    """Who hires for a posting, from all its postings; `alone`: boards of one employer -> postings they carry."""
    from pipeline.employers import as_told_by  # noqa: PLC0415 -- `--help` must be quick

    own: dict[str, list[Posting]] = defaultdict(list)
    for posting in postings:
        own[key_of(known, posting)].append(posting)
    found = {
        name: known.assess(
            its[0].company,
            [readings[posting.id] for posting in its],
            max((alone[posting.board] for posting in its if posting.board in alone), default=None),
            {posting.board.split("/", 1)[0] for posting in its},
            its,
        )
        for name, its in own.items()
    }
    return lambda posting: as_told_by(found[key_of(known, posting)], posting, readings[posting.id])
