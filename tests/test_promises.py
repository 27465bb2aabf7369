"""The promises of the list, held over real postings: all of them in the long form, a sample in the short one."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from pipeline import columns
from pipeline.config import load_employers, load_profile, load_vocabulary
from pipeline.employers import Employers
from pipeline.gaps import learnt
from pipeline.models import BANDS, Employer, Finding, Listing, Opening, Pay, Posting, Profile, Reading
from pipeline.reading import Reader
from pipeline.score import CRITERIA, score
from tests.conftest import ROOT, Figure

TODAY = date(2026, 11, 21)
EVERY = 30  # of the postings, in the short form
BARS = ("PhD required.", "5 publications required.", "Active security clearance required.")
# Findings that may rest on something else than the posting's words: its date, the employer's facts, the profile.
UNQUOTED = ("freshness", "favourite", "reach")


@dataclass(frozen=True)
class Case:
    opening: Opening
    reading: Reading
    employer: Employer

    @property
    def posting(self) -> Posting:
        return self.opening.posting

    def total(self, profile: Profile) -> float:
        return score(self.opening, self.reading, self.employer, profile, TODAY).total


@pytest.fixture(scope="module")
def profile(shared: Path, reader: Reader) -> Profile:
    """A student who asks for everything that can be asked for."""
    path = shared / "gold" / "student.yaml"
    student = load_profile(path, criteria=[name for name, *_ in CRITERIA], skills=reader.skills)
    wants = replace(
        student.wants,
        terms=("summer 2027",),
        pay_min=Pay(30, 30, "USD", "hour"),
        places={"remote": 1.0, "Berlin": 0.8},
        unpaid=False,
    )
    return replace(student, wants=wants, student=replace(student.student, may_work_in=("DE",), citizen_of=("DE",)))


@pytest.fixture(scope="module")
def cases(shared: Path, reader: Reader, long_form: bool) -> list[Case]:
    """Real postings, read, in the order of their ids."""
    facts = load_employers(ROOT / "config" / "employers.yaml")
    known = Employers(facts, load_vocabulary(ROOT / "config" / "vocabulary")["employers"])
    found = []
    for posting in postings(shared, 1 if long_form else EVERY):
        reading = reader.read(posting)
        who = known.assess(posting.company, [reading], postings=[posting])
        found.append(Case(Opening(posting.id, (Listing(posting),)), reading, who))
    return sorted(found, key=lambda case: case.opening.id)


def postings(shared: Path, step: int) -> Iterator[Posting]:
    with gzip.open(shared / "corpus" / "postings.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, row in enumerate(map(json.loads, lines)):
            if number % step == 0:
                where = (row["location"],) if row.get("location") else ()
                texts = [row.get(name) or "" for name in ("title", "company", "description")]
                yield Posting("corpus", row["id"], "", *texts, where, posted=str(row.get("posted") or "") or None)


def test_asking_for_more_never_raises_a_posting(
    cases: list[Case], reader: Reader, profile: Profile, figure: Figure
) -> None:
    raised = [
        (case.opening.id, words)
        for case in cases
        for words in BARS
        if replace(case, reading=reader.read(_with(case.posting, words))).total(profile) > case.total(profile) + 1e-9
    ]
    figure(f"asking for a PhD, five papers or a clearance: {len(raised)} raised of {len(cases) * len(BARS):,} postings")
    assert raised == []


def _with(posting: Posting, words: str) -> Posting:
    return replace(posting, description=f"{posting.description}\n\nRequirements\n- {words}")


def test_a_larger_employer_never_has_more_reach(cases: list[Case], profile: Profile, figure: Figure) -> None:
    for case in cases:
        sizes = [replace(case.employer, size=size, confidence=0.9) for size in BANDS]
        rows = [(case.opening, case.reading, who) for who in sizes]
        reach = [score(*row, profile, TODAY).value("reach") or 0.0 for row in rows]
        assert reach == sorted(reach, reverse=True), case.opening.id
    figure(f"a larger employer: reach never rises, over {len(cases):,} postings × {len(BANDS)} sizes")


def test_learning_a_skill_never_lowers_a_posting(cases: list[Case], profile: Profile, figure: Figure) -> None:
    table = columns.columns((case.opening, case.reading, case.employer) for case in cases)
    asked = {name for case in cases for group in case.reading.skills_required for name in group}
    new = sorted(asked - {*profile.skills.strong, *profile.skills.working})
    now = columns.rank(table, profile, TODAY).total
    for name in new:
        assert (columns.rank(table, learnt(profile, [name]), TODAY).total >= now - 1e-9).all(), name
    figure(f"learning a skill: no total falls, over {len(new):,} skills × {len(cases):,} postings")


def test_an_ineligible_posting_never_stands_above_an_eligible_one(
    cases: list[Case], profile: Profile, figure: Figure
) -> None:
    ranking = columns.rank(
        columns.columns((case.opening, case.reading, case.employer) for case in cases), profile, TODAY
    )
    verdicts = ranking.eligible[ranking.order].tolist()
    figure(
        f"the order: {verdicts.count(0):,} yes, {verdicts.count(1):,} unsure, {verdicts.count(2):,} no, in this order"
    )
    assert verdicts == sorted(verdicts)


def test_every_point_has_its_reason_and_what_the_posting_says_its_quote(
    cases: list[Case], reader: Reader, profile: Profile, figure: Figure
) -> None:
    points = 0
    for case in cases:
        posting = case.posting
        texts = (reader.view(posting).document.text, posting.description, posting.company, posting.location)
        said = _line(" ".join(texts))
        result = score(case.opening, case.reading, case.employer, profile, TODAY)
        for point in (*result.findings, *result.bars):
            points += 1
            assert point.reason, case.opening.id
            assert _rests_on_more(point) or point.quote, (case.opening.id, point)
            assert point.quote is None or _line(point.quote) in said, (case.opening.id, point)
    figure(f"every reason and quote: {points:,} points of {len(cases):,} postings")


def _rests_on_more(point: object) -> bool:
    """Whether a finding need not quote the posting: it is unknown, or rests on something else."""
    return isinstance(point, Finding) and (point.value is None or point.criterion in UNQUOTED)


def _line(text: str) -> str:
    return " ".join(text.split())


# --- the product's own promise ----------------------------------------------------------------------------


def intern(ref: str, company: str, text: str) -> Posting:
    return Posting("file", ref, "", "Machine Learning Intern", company, text, ("Berlin, Germany",))


SIX = (
    intern(
        "1", "Kelpwater", "We are a team of 14 people. Train models of tides. No PhD or publications required. Python."
    ),
    intern(
        "2", "Vastlab", "Our lab of 60,000 employees. PhD required. Publications at top venues are required. Python."
    ),
    intern("3", "Mottle", "We are 120 people. Train models in PyTorch. Open to Bachelor's and Master's students."),
    intern("4", "Grand Mill", "With 50,000 colleagues worldwide. Train models in Python. Open to all students."),
    intern("5", "Stealthy", "A seed-stage start-up. Train models in Python and PyTorch. Bachelor's students welcome."),
    intern("6", "Deepwater", "We are 30 people. Train models. 3 publications required. Must be a PhD student."),
)


def test_a_start_up_that_asks_no_phd_stands_above_a_lab_that_demands_one_and_says_why(
    reader: Reader, profile: Profile
) -> None:
    known = Employers((), load_vocabulary(ROOT / "config" / "vocabulary")["employers"])
    plain = replace(profile, wants=replace(profile.wants, terms=(), pay_min=None))
    rows = [(Opening(p.id, (Listing(p),)), reader.read(p), p) for p in SIX]
    judged = [(one, read, known.assess(p.company, [read], postings=[p])) for one, read, p in rows]
    order = [judged[at][0].posting.ref for at in columns.rank(columns.columns(judged), plain, TODAY).order]
    assert order.index("1") < order.index("4") < order.index("2")
    assert set(order[-2:]) == {"2", "6"}
    results = {one.posting.ref: score(one, read, who, plain, TODAY) for one, read, who in judged}
    quotes = {ref: {point.quote for point in (*one.findings, *one.bars)} for ref, one in results.items()}
    assert any(quote and "No PhD" in quote for quote in quotes["1"])
    assert any(quote and "14" in quote for quote in quotes["1"])
    assert results["2"].eligible == "no"
    assert {bar.topic for bar in results["2"].bars if bar.verdict == "no"} >= {"phd", "publications"}
