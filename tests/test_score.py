"""What stands above what, and why: the score's promises to the student."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import load_profile, load_vocabulary
from pipeline.models import (
    BANDS,
    LEVELS,
    Claim,
    Employer,
    Listing,
    Opening,
    Posting,
    Profile,
    Quote,
    Reading,
    Score,
    SizeEvidence,
    Skills,
    State,
    Student,
    Wants,
    Window,
)
from pipeline.score import CRITERIA, order, score, sort_key
from tests.conftest import ROOT, SHARED

TODAY = date(2026, 11, 20)
STUDENT = Profile(
    Student("bachelor", graduates="2027-06", languages=("en",)),
    Skills(strong=("python",), working=("pytorch", "git"), learning=("sql",)),
)
SKILLS = ("python", "pytorch", "git", "sql", "rust", "kafka")
PLAIN = Reading(language="en", internship=True, ml_role="core")


def opening(ref: str = "1", posted: str | None = "2026-11-10", deadline: str | None = None) -> Opening:
    posting = Posting(
        "lever/kelpwater", ref, "https://jobs.example/1", "ML Intern", "Kelpwater", "", ("Lisbon",),
        posted=posted, deadline=deadline,
    )  # fmt: skip
    return Opening(posting.id, (Listing(posting),))


def first_seen(day: str, posted: str | None = "2026-11-10", last_seen: str | None = None) -> Opening:
    one = opening(posted=posted)
    return replace(one, listings=(replace(one.listings[0], first_seen=day, last_seen=last_seen),))


def employer(size: str | None = None, well_known: bool = False, confidence: float = 0.9) -> Employer:
    return Employer("kelpwater", "Kelpwater", size, confidence if size else 0.0, well_known=well_known)


def rate(reading: Reading, who: Employer | None = None, profile: Profile = STUDENT) -> Score:
    return score(opening(), reading, who or employer(), profile, TODAY)


def words(topic: str, text: str = "in so many words") -> tuple[Claim, ...]:
    return (Claim(topic, None, Quote(0, len(text), text)),)


@dataclass(frozen=True)
class Row:
    opening: Opening
    score: Score


names = st.sampled_from(SKILLS)
readings = st.builds(
    Reading,
    language=st.sampled_from((None, "en", "de")),
    internship=st.booleans(),
    ml_role=st.sampled_from(("core", "data", "adjacent", "none")),
    degree_stated=st.booleans(),
    levels_open=st.sets(st.sampled_from(LEVELS), min_size=1).map(lambda s: tuple(x for x in LEVELS if x in s)),
    phd=st.sampled_from((None, "required", "preferred", "accepted", "negated")),
    publications=st.sampled_from((None, "required", "preferred", "negated")),
    enrolled_required=st.booleans(),
    graduation=st.sampled_from((None, Window("2026-12", "2027-12"), Window(None, "2026-06"), Window("2028-01", None))),
    gpa_min=st.sampled_from((None, 3.0, 3.5)),
    years_min=st.sampled_from((None, 0, 1, 2, 5)),
    skills_required=st.lists(st.lists(names, min_size=1, max_size=2).map(tuple), max_size=4).map(tuple),
    skills_preferred=st.lists(names, max_size=3).map(tuple),
    sponsorship=st.sampled_from((None, "yes", "no")),
    citizenship_required=st.booleans(),
    citizens_of=st.sampled_from(((), ("US",), ("CA", "US"))),
    countries=st.sampled_from(((), ("US",), ("DE", "FR"))),
    workplace=st.sampled_from((None, "remote", "hybrid", "onsite")),
    unpaid=st.booleans(),
    term=st.sampled_from((None, "summer", "summer 2026", "summer 2027", "fall 2026")),
    clearance_active=st.booleans(),
    languages_required=st.sampled_from(((), ("de",), ("en",))),
    pool=st.booleans(),
)
profiles = st.builds(
    Profile,
    st.builds(
        Student,
        st.sampled_from(LEVELS),
        enrolled=st.booleans(),
        graduates=st.sampled_from((None, "2027-06")),
        publications=st.integers(0, 2),
        years_experience=st.sampled_from((0, 1, 3)),
        clearance=st.booleans(),
        may_work_in=st.sampled_from((None, ("US",), ("DE",))),
        citizen_of=st.sampled_from(((), ("US",), ("DE",))),
    ),
    st.sets(names).map(lambda s: Skills(strong=tuple(sorted(s)))),
    st.builds(Wants, terms=st.sampled_from(((), ("summer 2027",))), unpaid=st.booleans()),
)
employers = st.builds(employer, st.sampled_from((None, *BANDS)), st.booleans())


# --- the promise --------------------------------------------------------------------------------------


def test_a_small_start_up_that_asks_no_phd_stands_above_a_lab_that_demands_one() -> None:
    small = replace(PLAIN, phd="negated", publications="negated", claims=words("phd", "no PhD required"))
    lab = replace(PLAIN, degree_stated=True, levels_open=("phd",), phd="required", publications="required")
    first, second = rate(small, employer("11-50")), rate(lab, employer("5000+", well_known=True))
    assert sort_key(opening(), first) < sort_key(opening(), second)
    assert (first.eligible, second.eligible) == ("yes", "no")
    assert "no PhD required" in {bar.quote for bar in first.bars}


def test_a_pool_stands_behind_every_dated_opening_that_is_as_open_to_the_student() -> None:
    pool = rate(replace(PLAIN, pool=True, phd="negated", skills_required=(("python",),)), employer("11-50"))
    dated, unsure = rate(PLAIN, employer("5000+", well_known=True)), rate(replace(PLAIN, years_min=2))
    assert [pool.eligible, dated.eligible, unsure.eligible] == ["yes", "yes", "unsure"]
    assert pool.total > dated.total
    found = order([Row(opening("1"), pool), Row(opening("2"), unsure), Row(opening("3"), dated)])
    assert [row.score for row in found] == [dated, pool, unsure]


@settings(deadline=None)
@given(readings, employers, profiles)
def test_every_point_has_its_reason(reading: Reading, who: Employer, profile: Profile) -> None:
    result = rate(reading, who, profile)
    assert all(finding.reason and (finding.value is None or 0 <= finding.value <= 1) for finding in result.findings)
    assert all(bar.reason for bar in result.bars)
    assert 0 <= result.total <= 100
    assert 0 <= result.coverage <= 1


@settings(deadline=None)
@given(readings, employers, profiles)
def test_every_no_quotes_the_words_that_make_it(reading: Reading, who: Employer, profile: Profile) -> None:
    topics = ("levels_open", "phd", "publications", "enrolled_required", "graduation", "years_min", "unpaid",
              "clearance_active", "languages_required", "sponsorship", "citizenship_required")  # fmt: skip
    quoted = replace(reading, claims=tuple(claim for topic in topics for claim in words(topic)))
    assert all(bar.quote for bar in rate(quoted, who, profile).bars if bar.verdict == "no")


# --- what can only make it worse, and what never does ---------------------------------------------------


@settings(deadline=None)
@given(readings, employers, profiles, st.sampled_from(("phd", "publications", "clearance")))
def test_asking_for_more_never_raises_a_score(reading: Reading, who: Employer, profile: Profile, what: str) -> None:
    asked = {
        "phd": {"phd": "required", "degree_stated": True, "levels_open": ("phd",)},
        "publications": {"publications": "required"},
        "clearance": {"citizenship_required": True, "clearance_active": True},
    }[what]
    student = replace(profile.student, level="bachelor", publications=0, clearance=False)
    profile = replace(profile, student=student)
    before, after = rate(reading, who, profile), rate(replace(reading, **asked), who, profile)  # type: ignore[arg-type]
    assert after.total <= before.total + 1e-9
    assert ("yes", "unsure", "no").index(after.eligible) >= ("yes", "unsure", "no").index(before.eligible)


WISHES: tuple[dict[str, object], ...] = (
    {"gpa_min": 3.5}, {"years_min": 1}, {"phd": "accepted"}, {"phd": "preferred"}, {"publications": "preferred"},
    {"language": "de"}, {"citizenship_required": True}, {"clearance_active": True},
)  # fmt: skip


@pytest.mark.parametrize("wish", WISHES)
@pytest.mark.parametrize("before", [PLAIN, replace(PLAIN, degree_stated=True), replace(PLAIN, publications="negated")])
def test_a_wish_that_is_not_met_is_worse_than_none(before: Reading, wish: dict[str, object]) -> None:
    asks, silent = (rate(reading).total for reading in (replace(before, **wish), before))  # type: ignore[arg-type]
    assert asks < silent


@pytest.mark.parametrize("wish", WISHES)
def test_no_wish_alone_speaks_for_an_opening(wish: dict[str, object]) -> None:
    bar = rate(replace(PLAIN, **wish)).value("bar")  # type: ignore[arg-type]
    assert bar is not None and bar < 0.5


@settings(deadline=None)
@given(readings, st.booleans(), st.floats(0.2, 1))
def test_a_larger_employer_never_has_more_reach(reading: Reading, well_known: bool, confidence: float) -> None:
    reach = [rate(reading, employer(size, well_known, confidence)).value("reach") for size in BANDS]
    assert reach == sorted(reach, key=lambda value: -(value or 0))


@settings(deadline=None)
@given(readings, employers, profiles, names, st.sampled_from(("strong", "working", "learning")))
def test_learning_a_skill_never_lowers_a_score(
    reading: Reading, who: Employer, profile: Profile, skill: str, level: str
) -> None:
    if skill in profile.skills.strong:
        return
    learnt = replace(profile, skills=replace(profile.skills, **{level: (*getattr(profile.skills, level), skill)}))
    assert rate(reading, who, learnt).total >= rate(reading, who, profile).total - 1e-9


@settings(deadline=None)
@given(st.lists(st.tuples(readings, employers), max_size=8))
def test_an_ineligible_row_never_stands_above_an_eligible_one(cases: list[tuple[Reading, Employer]]) -> None:
    rows = [Row(opening(str(n)), rate(reading, who)) for n, (reading, who) in enumerate(cases)]
    verdicts = [row.score.eligible for row in order(rows)]
    assert verdicts == sorted(verdicts, key=("yes", "unsure", "no").index)
    assert order(rows) == order(reversed(rows))


@pytest.mark.parametrize(
    "asked",
    [{"phd": "preferred"}, {"publications": "preferred"}, {"phd": "accepted"}, {"skills_preferred": ("rust",)},
     {"gpa_min": 3.9}, {"years_min": 1}],
)  # fmt: skip
def test_what_is_preferred_or_near_never_makes_a_no(asked: dict[str, object]) -> None:
    assert rate(replace(PLAIN, **asked)).eligible == "yes"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "words"), [(1, "asks 1 year of"), (2, "asks 2 years of"), (1.5, "asks 1.5 years of")]
)
def test_years_are_counted_as_people_do(asked: float, words: str) -> None:
    rated = rate(replace(PLAIN, years_min=asked))
    assert all(any(words in one.reason for one in ones) for ones in (rated.bars, rated.findings))


def test_silence_makes_no_bar() -> None:
    assert rate(PLAIN).bars == ()
    assert rate(PLAIN).eligible == "yes"


def test_the_unknown_is_neutral_and_lowers_the_coverage() -> None:
    told = rate(replace(PLAIN, degree_stated=True, skills_required=(("python",),)), employer("11-50"))
    silent = rate(PLAIN)
    assert silent.coverage < told.coverage
    assert silent.value("skills") is None


# --- eligibility, point by point ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        ({"degree_stated": True, "levels_open": ("master", "phd")}, "no"),
        ({"degree_stated": True, "levels_open": ("bachelor",)}, "yes"),
        ({"phd": "required"}, "no"),
        ({"publications": "required"}, "no"),
        ({"enrolled_required": True}, "yes"),
        ({"graduation": Window("2026-12", "2027-12")}, "yes"),
        ({"graduation": Window(None, "2026-12")}, "no"),
        ({"years_min": 2}, "unsure"),
        ({"years_min": 5}, "no"),
        ({"citizenship_required": True}, "unsure"),
        ({"clearance_active": True}, "no"),
        ({"sponsorship": "no"}, "yes"),
        ({"languages_required": ("de",)}, "no"),
        ({"unpaid": True}, "no"),
        ({"internship": False}, "no"),
        ({"ml_role": "none"}, "no"),
    ],
)
def test_eligibility(asked: dict[str, object], verdict: str) -> None:
    assert rate(replace(PLAIN, **asked)).eligible == verdict  # type: ignore[arg-type]


@pytest.mark.parametrize(("gpa", "verdict"), [(None, "yes"), (3.0, "unsure"), (3.5, "yes"), (3.9, "yes")])
def test_a_grade_is_held_against_the_one_that_is_stated(gpa: float | None, verdict: str) -> None:
    mine = replace(STUDENT, student=replace(STUDENT.student, gpa=gpa))
    asked = rate(replace(PLAIN, gpa_min=3.5), profile=mine)
    assert asked.eligible == verdict
    assert (asked.total < rate(PLAIN, profile=mine).total) == (gpa is None or gpa < 3.5)


@pytest.mark.parametrize(
    ("may_work_in", "countries", "verdict"),
    [
        (None, ("US",), "yes"),
        (("US", "CA"), ("US",), "yes"),
        (("DE",), ("DE", "US"), "yes"),
        (("DE",), ("US",), "no"),
        (("DE",), (), "unsure"),
    ],
)
def test_who_will_not_sponsor_is_held_against_where_the_student_may_work(
    may_work_in: tuple[str, ...] | None, countries: tuple[str, ...], verdict: str
) -> None:
    here = replace(STUDENT, student=replace(STUDENT.student, may_work_in=may_work_in))
    reading = replace(PLAIN, sponsorship="no", countries=countries, claims=words("sponsorship", "no visas"))
    result = rate(reading, profile=here)
    assert result.eligible == verdict
    assert [bar.quote for bar in result.bars] == ["no visas"]


def test_a_place_where_the_student_may_not_work_is_no_bar_by_itself() -> None:
    """Silence about sponsorship makes no bar."""
    abroad = replace(STUDENT, student=replace(STUDENT.student, may_work_in=("DE",)))
    assert rate(replace(PLAIN, countries=("US",)), profile=abroad).bars == ()


@pytest.mark.parametrize(
    ("citizen_of", "may_work_in", "named", "verdict"),
    [
        (("US",), None, ("US",), "yes"),
        (("IN",), None, ("US",), "unsure"),
        (("IN",), ("US",), ("US",), "unsure"),
        (("IN",), ("IN",), ("US",), "no"),
        (("IN",), ("IN",), (), "unsure"),
        ((), ("IN",), ("US",), "unsure"),
    ],
)
def test_citizens_only_is_held_against_the_students_citizenship(
    citizen_of: tuple[str, ...], may_work_in: tuple[str, ...] | None, named: tuple[str, ...], verdict: str
) -> None:
    student = replace(STUDENT.student, citizen_of=citizen_of, may_work_in=may_work_in)
    reading = replace(PLAIN, citizenship_required=True, citizens_of=named)
    assert rate(reading, profile=replace(STUDENT, student=student)).eligible == verdict


CLEARED = replace(
    PLAIN, citizenship_required=True, citizens_of=("US",), clearance_active=True,
    claims=(*words("citizenship_required", "US citizens only"), *words("clearance_active", "an active clearance")),
)  # fmt: skip


@pytest.mark.parametrize(
    ("citizen_of", "clearance", "value", "quote"),
    [
        (("US",), True, None, None),
        (("US",), False, 0.15, "an active clearance"),
        (("IN",), True, 0.15, "US citizens only"),
        ((), True, 0.15, "US citizens only"),
        (("IN",), False, 0.045, "an active clearance"),
    ],
)
def test_who_meets_a_wish_for_citizens_or_clearance_loses_nothing_by_it(
    citizen_of: tuple[str, ...], clearance: bool, value: float | None, quote: str | None
) -> None:
    student = replace(STUDENT.student, citizen_of=citizen_of, clearance=clearance)
    found = next(
        one for one in rate(CLEARED, profile=replace(STUDENT, student=student)).findings if one.criterion == "bar"
    )
    assert (found.value, found.quote) == (pytest.approx(value) if value else None, quote)


def test_a_clearance_held_answers_for_citizens_of_a_country_that_nobody_names() -> None:
    student = replace(STUDENT.student, citizen_of=("US",), clearance=True)
    unnamed = replace(CLEARED, citizens_of=())
    assert rate(unnamed, profile=replace(STUDENT, student=student)).value("bar") is None
    assert rate(unnamed, profile=STUDENT).value("bar") == pytest.approx(0.045)


def test_every_language_is_quoted_by_its_own_sentence() -> None:
    claims = tuple(
        Claim("languages_required", code, Quote(0, 2, code), sentence=f"Fluent {code}") for code in ("de", "fr")
    )
    result = rate(replace(PLAIN, languages_required=("de", "fr"), claims=claims))
    assert [bar.quote for bar in result.bars] == ["Fluent de", "Fluent fr"]


def test_a_no_shows_the_sentence_and_not_only_the_words() -> None:
    claim = Claim("phd", "required", Quote(2, 5, "PhD"), sentence="A PhD is required.")
    assert rate(replace(PLAIN, phd="required", claims=(claim,))).bars[0].quote == "A PhD is required."


def test_a_recruiters_own_size_says_nothing() -> None:
    """Its client's does, and the posting does not name it."""
    large = replace(employer("5000+"), agency=True)
    assert rate(PLAIN, large).value("reach") == rate(PLAIN, employer()).value("reach")
    assert rate(PLAIN, large).coverage == rate(PLAIN, employer()).coverage


@pytest.mark.parametrize(
    ("evidence", "quote"),
    [
        ((("201-500", "35 countries", False), ("11-50", "a team of twelve", False)), "a team of twelve"),
        ((("201-500", "35 countries", False),), None),  # says another size than the one that counts
        ((("11-50", "a team of twelve", True),), None),  # says it in another posting
    ],
)
def test_the_quote_beside_reach_says_what_its_reason_says(
    evidence: tuple[tuple[str, str, bool], ...], quote: str | None
) -> None:
    pieces = tuple(SizeEvidence("posting", band, 1, "", said, elsewhere) for band, said, elsewhere in evidence)
    who = replace(employer("11-50"), evidence=pieces)
    reach = rate(PLAIN, who).findings[0]
    assert (reach.reason, reach.quote) == ("11-50 people", quote)
    assert rate(PLAIN, replace(who, agency=True)).findings[0].quote is None
    late = rate(replace(PLAIN, deadline="2026-11-01", claims=words("deadline", "by 1 November")), who).findings[0]
    assert late.quote == (quote or "by 1 November")


def test_a_skill_that_is_still_being_learnt_is_told() -> None:
    (finding,) = (
        one
        for one in rate(replace(PLAIN, skills_required=(("sql",), ("python",)))).findings
        if one.criterion == "skills"
    )
    assert finding.reason == "2 of 2 required skills (1 still being learnt)"


@pytest.mark.parametrize(
    ("listings", "cause"),
    [
        ([("simplify/list", State.OPEN, None, None)], "community list"),
        ([("lever/kelpwater", State.CLOSED, "2026-09-01", "2026-09-20")], "posted again"),
        ([("ashby/kelpwater", State.OPEN, None, None), ("gem/kelpwater", State.OPEN, None, None)], "3 boards"),
    ],
)
def test_what_makes_a_crowd_lowers_reach_and_is_named(
    listings: list[tuple[str, State, str | None, str | None]], cause: str
) -> None:
    alone = first_seen("2026-11-10")
    others = tuple(Listing(replace(alone.posting, board=board), *seen) for board, *seen in listings)
    crowded = replace(alone, listings=alone.listings + others)
    quiet, loud = (score(one, PLAIN, employer(), STUDENT, TODAY) for one in (alone, crowded))
    assert (loud.value("reach") or 0) < (quiet.value("reach") or 0)
    assert cause in loud.findings[0].reason


@pytest.mark.parametrize(
    ("size", "words"),
    [("1-10", "1-10 people, though open for 70 days"), ("5000+", "5000+ people, and open for 70 days")],
)
def test_what_takes_from_the_chance_is_no_plus(size: str, words: str) -> None:
    long_open = opening(posted="2026-09-11")
    assert score(long_open, PLAIN, employer(size), STUDENT, TODAY).findings[0].reason == words


def test_a_job_closed_on_one_board_while_it_stood_on_another_was_not_posted_again() -> None:
    stands = first_seen("2026-09-10")
    beside = Listing(replace(stands.posting, board="ashby/kelpwater"), State.CLOSED, "2026-09-10", "2026-11-01")
    both = replace(stands, listings=(*stands.listings, beside))
    assert "posted again" not in score(both, PLAIN, employer(), STUDENT, TODAY).findings[0].reason


def test_a_wish_of_the_profile_is_obeyed() -> None:
    avoiding = replace(STUDENT, wants=Wants(avoid_employers=("Kelpwater",)))
    assert rate(PLAIN, profile=avoiding).eligible == "no"
    fond = replace(STUDENT, wants=Wants(favourite_employers=("Kelpwater",)))
    assert (rate(PLAIN, profile=fond).value("favourite") or 0) == 1.0
    summer = replace(STUDENT, wants=Wants(terms=("summer 2027",)))
    assert rate(replace(PLAIN, term="summer 2027"), profile=summer).value("term") == 1.0
    assert rate(replace(PLAIN, term="fall 2026"), profile=summer).value("term") == 0.0
    for terms in itertools.permutations(("fall", "summer", "summer 2027")):
        either = replace(STUDENT, wants=Wants(terms=terms))
        assert rate(replace(PLAIN, term="summer"), profile=either).value("term") == 1.0, terms
        assert rate(replace(PLAIN, term="summer 2026"), profile=either).value("term") == 1.0, terms
    lisbon = replace(STUDENT, wants=Wants(places={"Lisbon": 0.9}))
    assert rate(PLAIN, profile=lisbon).value("place") == 0.9
    assert rate(PLAIN, profile=replace(lisbon, wants=Wants(places={"Oslo": 1.0}))).value("place") == 0.0


@pytest.mark.parametrize(
    ("place", "location", "countries", "there"),
    [
        ("US", "Seattle", ("US",), True),  # a code is the country's, however a location names it
        ("US", "Austin, TX", ("US",), True),
        ("US", "Brussels", ("BE",), False),  # no part of a word
        ("US", "Aarhus", (), False),
        ("TX", "Austin, TX", ("US",), True),
        ("IN", "Remote in Poland", ("PL",), False),
        ("york", "Yorkshire", ("GB",), False),
        ("york", "New York, NY", ("US",), True),
        ("Zurich", "Zürich (hybrid)", ("CH",), True),
        ("北京", "北京市朝阳区", ("CN",), True),
        ("Washington, D.C.", "Washington, D.C.", ("US",), True),
    ],
)
def test_a_place_is_a_word_of_the_location_or_a_country(
    place: str, location: str, countries: tuple[str, ...], there: bool
) -> None:
    one = opening()
    posting = replace(one.posting, locations=(location,))
    profile = replace(STUDENT, wants=Wants(places={place: 1.0}))
    reading = replace(PLAIN, countries=countries)
    found = score(Opening(posting.id, (Listing(posting),)), reading, employer(), profile, TODAY).value("place")
    assert found == (1.0 if there else 0.0)


@pytest.mark.parametrize("place", ["anywhere", "Lisbon"])
def test_what_speaks_against_a_place_is_what_it_is_worth(place: str) -> None:
    found = rate(PLAIN, profile=replace(STUDENT, wants=Wants(places={"remote": 1.0, place: 0.2})))
    (reason,) = (finding.reason for finding in found.findings if finding.criterion == "place")
    assert reason == f"{place} is worth 0.2 on your list of places"


def test_a_weight_of_zero_takes_a_criterion_out() -> None:
    without = replace(STUDENT, weights={"freshness": 0.0})
    assert "freshness" not in {finding.criterion for finding in rate(PLAIN, profile=without).findings}


@pytest.mark.parametrize(
    ("deadline", "term", "words"),
    [
        ("2026-11-01", None, "the deadline was 2026-11-01"),
        (None, "summer 2026", "summer 2026 is over"),
        ("2026-11-01", "summer 2026", "summer 2026 is over"),  # what came first
    ],
)
def test_what_is_too_late_is_not_fresh_and_half_as_likely_to_be_answered(
    deadline: str | None, term: str | None, words: str
) -> None:
    still, late = (
        score(opening(deadline=day), replace(PLAIN, term=season), employer("1-10"), STUDENT, TODAY)
        for day, season in ((None, None), (deadline, term))
    )
    assert late.value("freshness") == 0.0
    assert late.value("reach") == pytest.approx((still.value("reach") or 0) / 2)
    assert all(words in finding.reason for finding in late.findings if finding.criterion in ("reach", "freshness"))
    assert late.eligible == still.eligible


@pytest.mark.parametrize("term", ["summer", "fall 2026", "winter 2026", "summer 2027", "summer of love"])
def test_a_term_that_may_still_come_is_not_too_late(term: str) -> None:
    assert rate(replace(PLAIN, term=term)).value("reach") == rate(PLAIN).value("reach")


def test_what_no_visit_finds_any_more_is_too_late_to_count_on() -> None:
    found, lost = first_seen("2026-09-01", last_seen="2026-11-01"), first_seen("2026-09-01", last_seen="2026-10-01")
    kept, gone = (score(one, PLAIN, employer("1-10"), STUDENT, TODAY) for one in (found, lost))
    assert gone.value("freshness") == 0.0 and gone.eligible == kept.eligible
    assert gone.value("reach") == pytest.approx((kept.value("reach") or 0) / 2)
    assert "no visit has found it since 2026-10-01" in gone.findings[0].reason
    elsewhere = replace(lost, listings=(*lost.listings, replace(found.listings[0], first_seen="2026-10-15")))
    assert score(elsewhere, PLAIN, employer("1-10"), STUDENT, TODAY).value("freshness") == kept.value("freshness")


@pytest.mark.parametrize(("seen", "value"), [("2026-11-20", None), ("2026-11-01", None), ("2026-09-18", 0.125)])
def test_the_day_it_was_first_seen_is_not_the_day_it_was_posted(seen: str, value: float | None) -> None:
    (found,) = (
        one
        for one in score(first_seen(seen, posted=None), PLAIN, employer(), STUDENT, TODAY).findings
        if one.criterion == "freshness"
    )
    assert found.value == value
    assert found.reason.startswith("does not say when it was posted, first seen ")


def test_freshness_is_that_of_what_still_stands() -> None:
    one = first_seen("2026-09-01", posted="2026-09-01")
    closed = replace(one.listings[0], state=State.CLOSED, posting=replace(one.posting, ref="2", posted="2026-11-19"))
    both = replace(one, listings=(*one.listings, closed))
    alone, beside = (score(each, PLAIN, employer(), STUDENT, TODAY) for each in (one, both))
    assert beside.value("freshness") == alone.value("freshness")


def test_what_is_closed_may_not_be_applied_to_and_says_since_when() -> None:
    one = first_seen("2026-09-01", last_seen="2026-11-01")
    closed = replace(one, listings=tuple(replace(each, state=State.CLOSED) for each in one.listings))
    rated = score(closed, PLAIN, employer(), STUDENT, TODAY)
    assert rated.eligible == "no"
    assert [bar.reason for bar in rated.bars if bar.verdict == "no"] == ["closed, last seen 2026-11-01"]


def test_a_southern_summer_is_not_over_when_a_northern_one_is() -> None:
    southern = replace(PLAIN, term="summer 2026", countries=("AU",))
    assert rate(southern).value("reach") == rate(PLAIN).value("reach")


def test_any_skill_of_a_group_will_do_and_a_strong_one_counts_most() -> None:
    def skill(*groups: tuple[str, ...]) -> float | None:
        return rate(replace(PLAIN, skills_required=groups)).value("skills")

    assert skill(("rust", "python")) == 1.0
    assert (skill(("python",)) or 0) > (skill(("pytorch",)) or 0) > (skill(("sql",)) or 0) > (skill(("rust",)) or 0)


def test_ties_are_broken_by_freshness_then_id() -> None:
    plain = rate(PLAIN)
    rows = [Row(opening("b"), plain), Row(opening("a"), plain), Row(opening("c", posted="2026-11-19"), plain)]
    assert [row.opening.posting.ref for row in order(rows)] == ["c", "a", "b"]


def test_among_those_closed_the_fewest_bars_in_the_way_come_first() -> None:
    one = rate(replace(PLAIN, unpaid=True, ml_role="adjacent"))
    two = rate(replace(PLAIN, unpaid=True, publications="required"))
    rows = [Row(opening("two"), two), Row(opening("one"), one)]
    assert [row.opening.posting.ref for row in order(rows)] == ["one", "two"]


def test_every_criterion_has_its_public_explanation() -> None:
    assert all(function.__doc__ for _, function, _ in CRITERIA)
    assert len({name for name, *_ in CRITERIA}) == len(CRITERIA)


# --- over real postings ---------------------------------------------------------------------------------


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared, the postings beside the checkout")
def test_words_that_ask_for_more_never_raise_a_real_posting() -> None:
    from benchmarks.gold_rank import posting, rows  # noqa: PLC0415
    from pipeline.reading import Reader  # noqa: PLC0415

    vocabulary = load_vocabulary(ROOT / "config" / "vocabulary")
    reader = Reader({stem: content for stem, content in vocabulary.items() if stem != "employers"})
    profile = load_profile(SHARED / "gold" / "student.yaml", criteria=[name for name, *_ in CRITERIA], skills=())

    def total(one: Posting, text: str) -> float:
        reading = reader.read(replace(one, description=one.description + text))
        return score(Opening("x", (Listing(one),)), reading, employer(), profile, TODAY).total

    for row in list(rows(SHARED / "gold" / "dev_postings.jsonl").values())[::16]:
        one = posting(row)
        before = total(one, "")
        for words_ in ("PhD required.", "5 publications required.", "Active security clearance required."):
            assert total(one, "\n\nRequirements\n- " + words_) <= before + 1e-9, (one.id, words_)
