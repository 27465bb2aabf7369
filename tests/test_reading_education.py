"""What must hold of every reading of degrees, whatever the posting says around them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.models import LEVELS, Posting, Reading
from pipeline.reading import Reader

BARS = (
    "Currently pursuing a Bachelor's degree in Computer Science",
    "Currently enrolled in a Master's or PhD program",
    "BS, MS or PhD student",
    "Bachelor's degree in a technical field",
    "Completed Master's degree",
    "Rising senior or graduate student",
    "Pursuing an undergraduate degree or higher",
    "PhD students only",
    "Master's degree preferred",
    "Enrolled at a university",
    "Strong Python",
    "No PhD needed",
    "Our PhD researchers will mentor you",
)
LISTS = ("BS", "MS", "PhD")


def read(reader: Reader, *bullets: str, title: str = "Machine Learning Intern") -> Reading:
    text = "We build models.\n\nRequirements:\n" + "\n".join(f"- {bullet}" for bullet in bullets)
    return reader.read(Posting("test/case", "1", "", title, "Example", text))


bars = st.lists(st.sampled_from(BARS), max_size=4)


@settings(max_examples=60, deadline=None)
@given(before=bars, after=bars, demand=st.sampled_from(("PhD required.", "A PhD is required.", "Ph.D. required")))
def test_phd_required_never_opens_a_level(reader: Reader, before: list[str], after: list[str], demand: str) -> None:
    without = read(reader, *before, *after)
    demanded = read(reader, *before, demand, *after)
    assert set(demanded.levels_open) <= set(without.levels_open)


@settings(max_examples=60, deadline=None)
@given(named=bars)
def test_a_posting_is_open_to_someone(reader: Reader, named: list[str]) -> None:
    levels = read(reader, *named).levels_open
    assert levels and set(levels) <= set(LEVELS)


@settings(max_examples=60, deadline=None)
@given(named=bars)
def test_the_order_of_bullets_does_not_matter(reader: Reader, named: list[str]) -> None:
    first, last = read(reader, *named), read(reader, *reversed(named))
    assert (first.levels_open, first.phd, first.enrolled_required) == (
        last.levels_open,
        last.phd,
        last.enrolled_required,
    )


@pytest.mark.parametrize("case", [str.upper, str.lower], ids=["capitals", "small letters"])
@pytest.mark.parametrize("bar", [bar for bar in BARS if "BS" not in bar])
def test_case_does_not_matter(reader: Reader, bar: str, case: object) -> None:
    assert callable(case)
    assert read(reader, case(bar)).levels_open == read(reader, bar).levels_open


@given(order=st.permutations(LISTS))
@settings(max_examples=6, deadline=None)
def test_the_order_of_levels_in_a_list_does_not_matter(reader: Reader, order: list[str]) -> None:
    reading = read(reader, f"Pursuing a {order[0]}, {order[1]} or {order[2]} in statistics")
    assert reading.levels_open == LEVELS
    assert reading.phd == "accepted"


@pytest.mark.parametrize("demand", ["PhD required", "PhD degree required", "Publications required"])
def test_a_negation_undoes_the_claim(reader: Reader, demand: str) -> None:
    key = "publications" if "Publications" in demand else "phd"
    assert getattr(read(reader, demand), key) == "required"
    assert getattr(read(reader, demand.replace("required", "not required")), key) == "negated"
    assert read(reader, demand.replace("required", "not required")).levels_open == LEVELS


@pytest.mark.parametrize(
    "bar",
    ["Currently pursuing a {} degree", "Currently enrolled in a {} program", "You are a {} student"],
)
@pytest.mark.parametrize(("name", "level"), [("Bachelor's", "bachelor"), ("Master's", "master"), ("PhD", "phd")])
def test_studying_for_a_level_opens_that_level_alone(reader: Reader, bar: str, name: str, level: str) -> None:
    assert read(reader, bar.format(name)).levels_open == (level,)


@pytest.mark.parametrize(
    ("english", "others"),
    [
        (
            "Currently pursuing a Master's degree",
            ("Du studierst im Master", "Étudiant en Master 2", "Cursando un máster", "硕士在读"),
        ),
        (
            "PhD student",
            ("Doktorand im Bereich KI", "Vous préparez un doctorat", "Estudiante de doctorado", "博士在读"),
        ),
    ],
    ids=["master", "phd"],
)
def test_five_languages_read_alike(reader: Reader, english: str, others: tuple[str, ...]) -> None:
    wanted = read(reader, english)
    for bar in others:
        reading = read(reader, bar)
        assert (reading.levels_open, reading.phd) == (wanted.levels_open, wanted.phd), bar


def test_every_claim_quotes_the_text(reader: Reader) -> None:
    posting = Posting(
        "test/case", "1", "", "PhD Intern", "Example", "Requirements:\n" + "\n".join(f"- {b}" for b in BARS)
    )
    text = reader.view(posting).text
    reading = reader.read(posting)
    assert reading.claims
    for claim in reading.claims:
        assert text[claim.quote.start : claim.quote.end] == claim.quote.text
