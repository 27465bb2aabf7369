"""All openings at once are scored as each alone: same totals, same verdicts, same order."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import columns
from pipeline.config import load_employers, load_profile, load_vocabulary
from pipeline.employers import Employers
from pipeline.models import Employer, Listing, Opening, Pay, Posting, Profile, Reading, Score, State
from pipeline.reading import Reader
from pipeline.score import CRITERIA, ELIGIBLE, order, score
from tests.conftest import ROOT, Figure
from tests.test_score import STUDENT, TODAY, profiles, readings

Case = tuple[Opening, Reading, Employer]


@dataclass(frozen=True)
class Row:
    opening: Opening
    score: Score


days = st.sampled_from((None, "2026-11-10", "2026-09-01", "2025-03-01"))
places = st.sampled_from((("Lisbon",), ("Berlin, Germany", "Oslo"), (), ("a", "b", "c", "d", "e")))
pays = st.sampled_from((None, Pay(20, 30, "USD", "hour"), Pay(900, 900, "EUR", "month"), Pay(1, 1, "USD", "total")))
employers = st.builds(
    Employer,
    key=st.sampled_from(("kelpwater", "mottle")),
    name=st.sampled_from(("Kelpwater", "Mottle GmbH")),
    size=st.sampled_from((None, "1-10", "201-500", "5000+")),
    confidence=st.sampled_from((0.4, 0.9)),
    agency=st.booleans(),
    well_known=st.booleans(),
    academic=st.booleans(),
)
wishful = st.builds(
    lambda profile, wants, weights: replace(profile, wants=wants, weights=weights),
    profiles,
    st.builds(
        lambda wants, places, pay, names: replace(
            wants, places=places, pay_min=pay, favourite_employers=names, avoid_employers=names[:1]
        ),
        profiles.map(lambda profile: profile.wants),
        st.sampled_from(({"anywhere": 1.0}, {"Berlin": 0.9, "remote": 1.0}, {"Lisbon": 0.3, "Anywhere": 0.2})),
        pays,
        st.sampled_from(((), ("Kelpwater",), ("mottle", "Kelpwater"))),
    ),
    st.sampled_from(({}, {"reach": 0.0}, {"role": 5.0, "freshness": 50.0}, {name: 0.0 for name, *_ in CRITERIA})),
)


def opening(number: int, posted: str | None, where: tuple[str, ...], offer: Pay | None, boards: int) -> Opening:
    first = Posting("lever/kelpwater", f"{number:03}", "", "ML Intern", "", "", where, pay=offer, posted=posted)
    rest = [Posting(f"simplify/{n}", f"{number}", "", "ML Intern", "", "") for n in range(boards - 1)]
    states = (State.OPEN, State.CLOSED, State.MISSING)
    return Opening(first.id, tuple(Listing(one, states[at % 3]) for at, one in enumerate([first, *rest])))


cases = st.lists(
    st.tuples(
        st.builds(lambda *parts: parts, days, places, pays, st.integers(1, 4)),
        st.builds(lambda one, day: replace(one, deadline=day), readings, days),
        employers,
    ),
    max_size=12,
).map(lambda rows: [(opening(number, *parts), *rest) for number, (parts, *rest) in enumerate(rows)])


def disagreements(rows: list[Case], profile: Profile, today: date) -> list[str]:
    """The openings that the columns see otherwise than score.score does."""
    ranking = columns.rank(columns.columns(rows), profile, today)
    alone = [Row(row[0], score(*row, profile, today)) for row in rows]
    found = [
        row.opening.id
        for at, row in enumerate(alone)
        if ranking.total[at] != pytest.approx(row.score.total, abs=1e-9)
        or ELIGIBLE[ranking.eligible[at]] != row.score.eligible
        or ranking.in_the_way[at] != sum(bar.verdict != "yes" for bar in row.score.bars)
        or ranking.values.keys() != {finding.criterion for finding in row.score.findings}
    ]
    listed = [alone[at].opening.id for at in ranking.order]
    return found or ([] if listed == [row.opening.id for row in order(alone)] else ["the order"])


@settings(deadline=None)
@given(cases, wishful)
def test_all_at_once_is_as_each_alone(rows: list[Case], profile: Profile) -> None:
    assert disagreements(rows, profile, TODAY) == []


def test_nothing_to_rank_is_ranked_too() -> None:
    assert columns.rank(columns.columns([]), STUDENT, TODAY).order.size == 0


def test_rows_out_of_order_are_refused() -> None:
    rows = [(opening(n, None, (), None, 1), Reading(), Employer("", "")) for n in (2, 1)]
    with pytest.raises(AssertionError, match="order of their ids"):
        columns.columns(rows)


def test_real_postings_are_scored_alike_both_ways(
    reader: Reader, shared: Path, figure: Figure, long_form: bool
) -> None:
    """Over the whole corpus in the long form, every thirtieth posting in the short one."""
    facts = load_employers(ROOT / "config" / "employers.yaml")
    known = Employers(facts, load_vocabulary(ROOT / "config" / "vocabulary")["employers"])
    rows: list[Case] = []
    with gzip.open(shared / "corpus" / "postings.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if not long_form and number % 30:
                continue
            raw = json.loads(line)
            where = (raw["location"],) if raw.get("location") else ()
            posting = Posting(
                "corpus", raw["id"], "", raw["title"] or "", raw["company"] or "", raw["description"], where
            )
            reading = reader.read(posting)
            rows.append((Opening(posting.id, (Listing(posting),)), reading, known.assess(posting.company, [reading])))
    rows.sort(key=lambda row: row[0].id)
    criteria = [name for name, *_ in CRITERIA]
    for path in (shared / "gold" / "student.yaml", ROOT / "config" / "profile.yaml"):
        profile = load_profile(path, criteria=criteria, skills=reader.skills)
        assert disagreements(rows, profile, date(2026, 11, 21)) == []
    figure(f"score by columns and by row: 0 differ of {len(rows):,} real postings, two profiles")
