"""Whom to write to, found in a store employer by employer: it is what is found when all is looked at together."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.commands import leads
from pipeline.commands.parts import of_one_employer
from pipeline.commands.session import Session
from pipeline.commands.stages import Stages
from pipeline.commands.work import Work, assessed
from pipeline.config import load_vocabulary
from pipeline.engines import Local
from pipeline.models import Board, Posting, Profile, Reading, Skills, Snapshot, Span, Student, Verdict
from pipeline.outreach import Hiring, Lead
from pipeline.outreach import leads as leads_of
from pipeline.reading import Vocabulary
from pipeline.store import Store
from pipeline.terminal import Terminal
from tests import postgresql
from tests.conftest import ROOT

AT = "2026-11-20T09:00:00+00:00"
PROFILE = Profile(Student("bachelor"), Skills(strong=("python",)))
READ = {
    "ML Engineer": Reading(ml_role="core", skills_required=(("python",), ("rust",))),
    "Data Engineer, team of 30": Reading(
        ml_role="data", skills_mentioned=("python",), headcount_stated=Span(30.0, 30.0)
    ),
    "ML Intern": Reading(ml_role="core", internship=True, skills_required=(("python",),)),
    "Legal Intern": Reading(internship=True),
    "Cook": Reading(headcount_stated=Span(20.0, 20.0)),
    "REU Site": Reading(ml_role="core", skills_mentioned=("python",)),
}
POSTED = {  # board -> (company, title) of its postings
    "feed/all": [
        ("Kelpwater", "ML Engineer"),
        ("Ottergate", "Data Engineer, team of 30"),
        ("Mottle GmbH", "ML Engineer"),
        ("", "ML Engineer"),
    ],
    "greenhouse/fernlike": [("Fernlike", "ML Engineer"), ("Fernlike", "ML Intern")],
    "greenhouse/kelpwater": [("Kelpwater Inc.", "Cook"), ("Kelpwater Inc.", "ML Engineer")],
    "greenhouse/mottle": [("Mottle", "Cook"), ("Mottle", "Legal Intern")],
    "lever/ottergate": [("Ottergate", "Cook")],
    "nsf/all": [("Ottergate", "REU Site"), ("Fernlike", "REU Site"), ("Kelpwater", "REU Site")],
}
POSTINGS = [
    Posting(board, f"{number}", f"https://{board}/{number}", title, company, f"{board} {number}")
    for board, there in POSTED.items()
    for number, (company, title) in enumerate(there)
]


class OfTitles:
    """Reads a posting by its title, and remembers which it read."""

    version = "1"
    vocabulary = Vocabulary.of({})

    def __init__(self) -> None:
        self.read_titles: list[str] = []

    def read(self, posting: Posting) -> Reading:
        self.read_titles.append(posting.title)
        return READ[posting.title]


@dataclass(frozen=True)
class Config:
    profile: Profile


@pytest.fixture
def reader() -> OfTitles:
    return OfTitles()


@pytest.fixture
def work(reader: Any) -> Work:
    return Work(load_vocabulary(ROOT / "config/vocabulary"), (), date(2026, 11, 20), reader)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """All of POSTINGS on one of the databases."""
    if request.param == "sqlite":
        with Store(tmp_path / "reachlist.db") as store:
            yield stored(store)
    else:
        with postgresql.schema() as url, Store(url) as store:
            yield stored(store)


def stored(store: Store) -> Store:
    run = store.begin_run(AT)
    for board in POSTED:
        there = tuple(one for one in POSTINGS if one.board == board)
        platform, _, slug = board.partition("/")
        store.commit(run, Snapshot(Board(platform, slug, slug), AT, Verdict.COMPLETE, there))
    return store


@pytest.fixture
def found(store: Store, work: Work, tmp_path: Path) -> Callable[[], list[Lead]]:
    """Looks for leads in the store as it then stands."""
    clock, nobody, config = datetime(2026, 11, 20, tzinfo=UTC), object(), Config(PROFILE)
    session = Session(tmp_path, tmp_path, clock, Terminal(quiet=True), nobody)  # type: ignore[arg-type]
    return lambda: leads.found(session, store, config, Stages(work, Local(work)))  # type: ignore[arg-type]


def test_employer_by_employer_they_are_those_of_all_at_once(found: Callable[[], list[Lead]], work: Work) -> None:
    readings = {one.id: READ[one.title] for one in POSTINGS}
    alone = of_one_employer(((one.board, work.key(one)) for one in POSTINGS), Counter(one.board for one in POSTINGS))
    employer_of = assessed(work.employers, POSTINGS, readings, alone)
    together = leads_of((Hiring(one, readings[one.id], employer_of(one)) for one in POSTINGS), PROFILE)
    assert found() == together
    sites = [lead.employer.key for lead in together if "nsf" in (lead.careers or "")]
    others = [lead.employer.key for lead in together if "nsf" not in (lead.careers or "")]
    assert sorted(sites) == ["fernlike", "kelpwater", "ottergate"]
    assert sorted(others) == ["kelpwater", "ottergate"]  # the rest have an internship posted, or no name


def test_every_posting_is_read_once_however_often_leads_are_looked_for(
    found: Callable[[], list[Lead]], reader: OfTitles
) -> None:
    first = found()
    assert sorted(reader.read_titles) == sorted(one.title for one in POSTINGS)
    assert found() == first and len(reader.read_titles) == len(POSTINGS)


def test_postings_are_taken_up_one_employer_at_a_time_and_only_of_those_that_may_be_leads(
    found: Callable[[], list[Lead]], monkeypatch: pytest.MonkeyPatch
) -> None:
    found()  # what is unread is read then
    taken: list[tuple[str, str]] = []
    held: list[int] = []
    read_of = Store.read_of

    def noted(store: Store, version: str, board: str, refs: list[str]) -> Iterator[tuple[Posting, str]]:
        taken.extend((board, ref) for ref in refs)
        yield from read_of(store, version, board, refs)
        held.append(in_memory() - before)

    monkeypatch.setattr(Store, "read_of", noted)
    before = in_memory()
    found()
    of_one = Counter({"kelpwater": 4, "ottergate": 3, "fernlike": 3, "not named": 1})
    assert len(taken) == len(set(taken)) == of_one.total()
    assert not {("greenhouse/mottle", "0"), ("feed/all", "2")} & set(taken)  # an internship is posted there
    assert max(held) == max(of_one.values())


def in_memory() -> int:
    """How many postings are held."""
    return sum(isinstance(one, Posting) for one in gc.get_objects())
