"""Who hires: spellings of one employer are one, other employers are not, and a size comes with its evidence."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.commands.work import assessed
from pipeline.config import EmployerFact, load_employers, load_vocabulary
from pipeline.employer_names import EmployerNames
from pipeline.employers import Employers, band, likelihoods
from pipeline.models import BANDS, Claim, Posting, Quote, Reading, SizeEvidence, Span
from pipeline.size_words import SizeWords
from tests.conftest import ROOT

employer_key = EmployerNames(load_vocabulary(ROOT / "config" / "vocabulary")["employers"])


@pytest.fixture(scope="module")
def employers() -> Employers:
    """The employers that ship with the program."""
    config = ROOT / "config"
    return Employers(load_employers(config / "employers.yaml"), load_vocabulary(config / "vocabulary")["employers"])


def posting(text: str, company: str = "Kelpwater") -> Posting:
    return Posting("lever/kelpwater", "1", "https://jobs.example/1", "ML Intern", company, text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siemens AG", "siemens"),
        ("The Coca-Cola Company", "Coca Cola"),
        ("L’Oréal S.A.", "L'Oreal"),
        ("Kelpwater (YC W25)", "Kelpwater, Inc."),
        ("Booking.com B.V.", "Booking"),
        ("AT&T Inc.", "AT and T"),
        ("Straßenwerk GmbH & Co. KG", "Strassenwerk"),
        ("https://www.kelpwater.com/", "Kelpwater"),
        ("字节跳动", "字节跳动"),
        ("Kelpwater Bank, N.A.", "Kelpwater Bank"),
        ("Kelpwater, an Algae & Sons Company", "Kelpwater"),
        ("Kelpwater - A Day & Night Company.", "Kelpwater"),
    ],
)
def test_spellings_of_one_employer_have_one_key(one: str, other: str) -> None:
    assert employer_key(one) == employer_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("Meta", "Metabase"), ("Delta Air Lines", "Delta Dental"), ("Plus One", "Plus"), ("GmbH", "AG")]
)
def test_other_employers_have_other_keys(one: str, other: str) -> None:
    assert employer_key(one) != employer_key(other)


def test_what_tells_no_employer_from_another_is_data() -> None:
    key = EmployerNames({"legal_forms": ["ooo"], "web_endings": ["nu"], "articles": ["het"]})
    assert {key("Kelpwater OOO"), key("Het Kelpwater"), key("www.kelpwater.nu")} == {"kelpwater"}
    assert key("The Kelpwater AG") == "the kelpwater ag"


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(name: str) -> None:
    assert employer_key(employer_key(name)) == employer_key(name)


@pytest.mark.parametrize("name", [None, "", "  ", "()", "…"])
def test_no_name_is_no_employer(employers: Employers, name: str | None) -> None:
    assert employer_key(name) == ""
    assert employers.assess(name).size is None


def test_bosch_is_robert_bosch(employers: Employers) -> None:
    assert employers.key("Bosch") == employers.key("Robert Bosch GmbH")
    assert employers.assess("Robert Bosch GmbH").size == "5000+"


def test_meta_is_not_metabase(employers: Employers) -> None:
    assert employers.assess("Meta").size == "5000+"
    assert employers.assess("Metabase").size != "5000+"


def test_a_little_known_name_is_not_shortened_to_what_others_go_by() -> None:
    words = {"parts_of_employers": ["technologies"]}
    known = Employers([EmployerFact("Kelpwater Technologies", "a list", "5000+", well_known=True)], words)
    unknown = Employers([EmployerFact("Kelpwater Technologies", "a list", "5000+")], words)
    assert (known.assess("Kelpwater").size, unknown.assess("Kelpwater").size) == ("5000+", None)


@pytest.mark.parametrize(
    ("name", "size"),
    [("Block", "5000+"), ("Block Labs", None), ("Gap", "5000+"), ("Gap International", None), ("Oracle Labs", "5000+")],
)
def test_a_name_that_many_begin_with_is_known_alone(employers: Employers, name: str, size: str | None) -> None:
    assert employers.assess(name).size == size


def test_the_names_of_many_are_known(employers: Employers) -> None:
    words = load_vocabulary(ROOT / "config" / "vocabulary")["employers"]["names_of_many"]
    assert [name for name in words if "known as" not in employers.assess(name).evidence[0].text] == []


def test_a_single_weak_word_is_no_answer(employers: Employers) -> None:
    found = employers.assess("Kelpwater", postings=[posting("Kelpwater is a venture-backed company.")])
    assert found.evidence
    assert found.size is None


def test_a_subsidiary_names_its_parent(employers: Employers) -> None:
    assert employers.assess("LinkedIn").parent == employers.key("Microsoft")


def test_a_division_goes_by_its_employer_with_less_confidence(employers: Employers) -> None:
    whole, part = employers.assess("Siemens"), employers.assess("Siemens Schweiz AG")
    assert part.size == whole.size
    assert part.confidence < whole.confidence


@pytest.mark.parametrize("name", ["字节跳动人工智能实验室", "CVTE中央研究院", "大疆创新 DJI"])
def test_a_part_named_without_spaces_goes_by_its_employer(employers: Employers, name: str) -> None:
    assert employers.assess(name).size == "5000+"


@pytest.mark.parametrize("name", ["京北海藻", "Kelp小店", "A京东"])
def test_a_likeness_of_letters_is_no_part(employers: Employers, name: str) -> None:
    assert employers.assess(name).size is None


@pytest.mark.parametrize("name", ["Kforce Inc", "Robert Half", "Insight Global", "Randstad Deutschland", "Hays plc"])
def test_the_large_recruiters_are_known(employers: Employers, name: str) -> None:
    assert employers.assess(name).agency


def test_recruiters_are_marked(employers: Employers) -> None:
    assert employers.assess("Westbank Staffing Solutions LLC").agency
    assert not employers.assess("Kelpwater").agency


def test_an_unknown_employer_has_no_size(employers: Employers) -> None:
    found = employers.assess("Kelpwater", postings=[posting("You will train models.")])
    assert (found.size, found.confidence, found.evidence) == (None, 0.0, ())


def test_a_stated_headcount_is_quoted(employers: Employers) -> None:
    words = Claim("headcount_stated", None, Quote(0, 14, "a team of 12 of us"))
    found = employers.assess("Kelpwater", [Reading(headcount_stated=Span(12, 12), claims=(words,))])
    assert found.size == "11-50"
    assert found.evidence[0].quote == "a team of 12 of us"


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("We are a seed-stage company that maps kelp.", BANDS[:2]),
        ("Fresh from our Series A, we map kelp.", BANDS[:3]),
        ("Kelpwater is a Fortune 500 company with offices in 40 countries.", BANDS[5:]),
        ("Founded in the old harbour of Lisbon in 2024, we have raised $4.5M.", BANDS[:3]),
        ("I am an individual and not a company.", BANDS[:2]),
        ("Kelpwater raised over $30 million last year.", BANDS[1:4]),
        ("Founded in 2024, we are an early-stage startup.", BANDS[:3]),
    ],
)
def test_words_of_the_posting_say_how_large(employers: Employers, text: str, sizes: tuple[str, ...]) -> None:
    found = employers.assess("Kelpwater", postings=[posting(text)])
    assert found.size in sizes
    assert all(piece.quote and piece.quote in text for piece in found.evidence)


def test_a_quote_is_known_from_that_of_another_posting_of_the_employer(employers: Employers) -> None:
    said = "We are a\nseed-stage company that maps kelp."
    one, silent = (replace(posting(text), ref=text[:3]) for text in (said, "We train models."))
    readings = {one.id: Reading(), silent.id: Reading()}
    of = assessed(employers, (one, silent), readings, {})
    assert of(one).evidence
    assert {piece.elsewhere for piece in of(one).evidence} == {False}
    assert {piece.elsewhere for piece in of(silent).evidence if piece.quote} == {True}
    assert of(one).size == of(silent).size


@pytest.mark.parametrize(("openings", "words"), [(1, "1 opening on its board"), (1200, "1,200 openings on its board")])
def test_openings_are_counted_in_words(employers: Employers, openings: int, words: str) -> None:
    assert employers.assess("Kelpwater", openings_on_board=openings).evidence[0].text == words


def test_the_customers_of_an_employer_are_not_its_size(employers: Employers) -> None:
    assert employers.assess("Kelpwater", postings=[posting("Fortune 500 clients buy our kelp maps.")]).size is None


def test_sources_that_disagree_are_all_shown_and_lower_the_confidence() -> None:
    facts = [EmployerFact("Kelpwater", "a list", "5000+")]
    sure = Employers(facts).assess("Kelpwater")
    torn = Employers(facts).assess("Kelpwater", [Reading(headcount_stated=Span(12, 12))])
    assert len(torn.evidence) == 2
    assert torn.confidence < sure.confidence


@given(st.sampled_from(BANDS), st.floats(0.1, 3))
def test_more_evidence_for_a_band_makes_it_likelier(size: str, weight: float) -> None:
    one = SizeEvidence("facts", size, weight, "")
    at = BANDS.index(size)
    assert likelihoods([one, one])[at] > likelihoods([one])[at]
    assert sum(likelihoods([one])) == pytest.approx(1)


@pytest.mark.parametrize(
    ("people", "expected"),
    [(0, "1-10"), (10, "1-10"), (11, "11-50"), (50, "11-50"), (5000, "1001-5000"), (5001, "5000+")],
)
def test_bands_hold_their_ends(people: int, expected: str) -> None:
    assert band(people) == expected


def test_every_shipped_employer_is_found_under_its_own_name(employers: Employers) -> None:
    for fact in load_employers(ROOT / "config" / "employers.yaml"):
        if fact.size and fact.source.startswith(("general", "jobseek")):
            assert employers.assess(fact.name).size == fact.size, fact.name


CUES = load_vocabulary(ROOT / "config" / "vocabulary")["employers"]["size_by_text"]
SIZE_WORDS = SizeWords(CUES)


def test_cues_are_compiled_once_for_all_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, bytes] = {}
    text = "We are a team of 12 people, and a Fortune 500 company."
    found = list(SizeWords(CUES, kept)(text))
    monkeypatch.delattr("pipeline.reading.databases._compile")
    assert list(SizeWords(CUES, kept)(text)) == found != []


SAID = ("fondé en 2021", "ÉQUIPE", "(NYSE: KLP)", "seed funding", "We're a small team", "since 1901")


@settings(deadline=None)
@given(st.lists(st.sampled_from(SAID), max_size=4), st.text(max_size=8))
def test_the_pass_over_a_text_leaves_no_cue_out(said: list[str], between: str) -> None:
    text = between.join(said)
    alone = {number for number, cue in enumerate(CUES) if re.search(cue["pattern"], text, re.I)}
    assert alone <= set(SIZE_WORDS._possible(text))
