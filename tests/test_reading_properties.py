"""What must hold of every reading, whatever the skills, the layout or the language of the posting."""

from __future__ import annotations

from itertools import pairwise, permutations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.models import Posting, Reading, Severity
from pipeline.reading import Reader

PLAIN = (
    "Python", "SQL", "Java", "C++", "PyTorch", "TensorFlow", "scikit-learn", "pandas", "NumPy", "Docker",
    "Kubernetes", "Linux", "Git", "AWS", "machine learning", "deep learning", "computer vision", "Tableau",
)  # fmt: skip
AMBIGUOUS = ("R", "Go", "Rust", "Julia", "Spark", "Ray", "Excel", "C", "Spring", "Oracle")

skill = st.sampled_from(PLAIN)
skills = st.lists(skill, min_size=2, max_size=6, unique=True)
fast = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(reader: Reader, text: str, title: str = "Machine Learning Intern") -> Reading:
    return reader.read(Posting(board="t/t", ref="1", url="", title=title, company="Example", description=text))


def required(reading: Reading) -> set[str]:
    return {name for group in reading.skills_required for name in group}


def asked(reading: Reading) -> tuple[set[str], set[str]]:
    return required(reading), set(reading.skills_preferred)


# --- lost line breaks ---------------------------------------------------------------------------------------

OPENING = (
    "We build maps for people who plan long routes by river and by road, and we are eleven people in one office by "
    "the harbour. Every week a boat leaves with our maps on board, and every week it comes back with what was wrong "
    "in them. You will be the one who reads what came back, and you will see the maps change by it. We work in the "
    "open, we ask when we do not know, and we go home at five. There is soup on Fridays, and there is a dog."
)
DEMANDS = (
    "Requirements", "Minimum qualifications", "What we're looking for", "Who you are", "Your profile", "About you",
    "Basic Qualifications", "Must-haves", "What you bring", "Required skills", "What You'll Need", "Qualifications",
    "Skills and experience", "Education and Experience",
)  # fmt: skip
WISHES = (
    "Preferred qualifications", "Nice to have", "Bonus points", "Preferred Skills", "Nice-to-haves",
    "Desired Attributes", "What would set you apart",
)  # fmt: skip
ENDS = (
    "About Example\nExample makes maps with Kafka for all who travel.",
    "Our benefits\nFree lunch, evenings of Kafka, and a boat trip.",
    "What we offer\nLearn Kafka from people who know it.",
    "About us\nOur service runs on Kafka.",
    "What you'll do\nWrite what our service needs, with Kafka.",
)
ITEMS = (
    "Experience with {}", "3+ years of {}", "Knowledge of {}", "Strong skills in {}", "Proficiency in {}",
    "Ability to write {} code", "Familiarity with {}", "Comfortable with {}", "Solid understanding of {}",
)  # fmt: skip


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    headings=st.tuples(st.sampled_from(DEMANDS), st.sampled_from(WISHES), st.sampled_from(ENDS)),
    names=st.lists(skill, min_size=4, max_size=4, unique=True),
    items=st.lists(st.sampled_from(ITEMS), min_size=4, max_size=4),
    stop=st.sampled_from(["", "."]),
)
def test_a_text_that_lost_its_line_breaks_asks_for_the_same(
    reader: Reader, headings: tuple[str, str, str], names: list[str], items: list[str], stop: str
) -> None:
    demands, wishes, end = headings
    said = [item.format(name) + stop for item, name in zip(items, names, strict=True)]
    text = "\n".join([OPENING, demands, *said[:2], wishes, *said[2:], end])
    wanted = [name.lower() for name in names]
    assert asked(read(reader, text.replace("\n", " "))) == (set(wanted[:2]), set(wanted[2:]))


# --- negation, wishes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize(
    "negation",
    [
        "{} is not required.",
        "{} experience is not needed.",
        "You do not need {}.",
        "We do not require {}.",
        "No {} needed.",
    ],
)
def test_a_negation_undoes_the_claim(reader: Reader, name: str, negation: str) -> None:
    assert required(read(reader, f"Requirements\n- Experience with {name}"))
    reading = read(reader, "Requirements\n- " + negation.format(name))
    assert asked(reading) == (set(), set())


@fast
@given(names=skills)
def test_under_nice_to_have_it_is_preferred(reader: Reader, names: list[str]) -> None:
    firm = read(reader, "Requirements\n" + "\n".join(f"- {name}" for name in names))
    wish = read(reader, "Nice to have\n" + "\n".join(f"- {name}" for name in names))
    assert asked(firm) == (asked(wish)[1], set())
    assert required(firm)
    assert required(wish) == set()


@fast
@given(name=skill, sentence=st.sampled_from(["{} is a plus.", "Ideally {}.", "{} would be an asset.", "{} preferred."]))
def test_a_softener_makes_it_preferred(reader: Reader, name: str, sentence: str) -> None:
    reading = read(reader, "Requirements\n- " + sentence.format(name))
    assert required(reading) == set()
    assert reading.skills_preferred


# --- order, bullets, case, layout -----------------------------------------------------------------------


@fast
@given(names=skills, data=st.data())
def test_the_order_of_bullets_does_not_matter(reader: Reader, names: list[str], data: st.DataObject) -> None:
    other = data.draw(st.permutations(names))
    one = read(reader, "Requirements\n" + "\n".join(f"- {name}" for name in names))
    two = read(reader, "Requirements\n" + "\n".join(f"- {name}" for name in other))
    assert asked(one) == asked(two)


@fast
@given(names=st.lists(st.sampled_from(PLAIN + AMBIGUOUS), min_size=3, max_size=6, unique=True), data=st.data())
def test_the_order_of_a_list_does_not_matter(reader: Reader, names: list[str], data: st.DataObject) -> None:
    other = data.draw(st.permutations(names))
    one = read(reader, f"Requirements: experience with {', '.join(names)}.")
    two = read(reader, f"Requirements: experience with {', '.join(other)}.")
    assert asked(one) == asked(two)


@fast
@given(names=skills, mark=st.sampled_from(["- ", "* ", "• ", "· ", "– ", "▪ ", "1. ", "1) "]))
def test_the_bullet_does_not_matter(reader: Reader, names: list[str], mark: str) -> None:
    text = "\n".join(mark + name for name in names)
    html = "".join(f"<li>{name}</li>" for name in names)
    plain = read(reader, f"Requirements\n{text}\n\nNice to have\n{mark}Terraform")
    marked = read(reader, f"<h3>Requirements</h3><ul>{html}</ul><h3>Nice to have</h3><ul><li>Terraform</li></ul>")
    assert asked(plain) == asked(marked)


@fast
@given(names=skills, case=st.sampled_from([str.lower, str.upper]))
def test_case_does_not_matter(reader: Reader, names: list[str], case) -> None:  # type: ignore[no-untyped-def]
    text = "Requirements:\n" + "\n".join(f"- Experience with {name}" for name in names)
    assert asked(read(reader, case(text))) == asked(read(reader, text))


@fast
@given(names=skills)
def test_or_makes_one_group_and_and_makes_many(reader: Reader, names: list[str]) -> None:
    either = read(reader, f"Requirements: {', '.join(names[:-1])} or {names[-1]}")
    every = read(reader, f"Requirements: {', '.join(names[:-1])} and {names[-1]}")
    assert [len(group) for group in either.skills_required] == [len(names)]
    assert [len(group) for group in every.skills_required] == [1] * len(names)


@fast
@given(names=skills)
def test_every_skill_has_its_words(reader: Reader, names: list[str]) -> None:
    reading = read(reader, f"Requirements: {', '.join(names)}")
    text = "\n".join(["Machine Learning Intern", f"Requirements: {', '.join(names)}"])
    quotes = [claim.quote for claim in reading.claims if claim.topic == "skills_required"]
    assert len(quotes) == len(names)
    assert all(quote.text in text for quote in quotes)
    assert all(left.end <= right.start for left, right in pairwise(quotes))


# --- levels ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Pursuing a Bachelor's degree.",
        "Pursuing a BS, MS or PhD.",
        "Master's student.",
        "PhD preferred.",
        "Python.",
    ],
)
def test_a_required_phd_never_opens_a_level(reader: Reader, text: str) -> None:
    before = read(reader, f"Requirements\n- {text}")
    after = read(reader, f"Requirements\n- {text}\n- PhD required.")
    assert set(after.levels_open) <= set(before.levels_open) | {"phd"}


# --- languages ------------------------------------------------------------------------------------------

TEMPLATES = {
    "en": (
        "Responsibilities\n- Build tools in {duty}\nRequirements\n- Knowledge of {one} or {two}\n"
        "- Experience with {three}\nNice to have\n- {wish}"
    ),
    "de": (
        "Aufgaben\n- Werkzeuge in {duty} entwickeln\nAnforderungen\n- Kenntnisse in {one} oder {two}\n"
        "- Erfahrung mit {three}\nVon Vorteil\n- {wish}"
    ),
    "fr": (
        "Missions\n- Développer des outils en {duty}\nProfil recherché\n- Connaissance de {one} ou {two}\n"
        "- Expérience avec {three}\nLes plus\n- {wish}"
    ),
    "es": (
        "Funciones\n- Desarrollar herramientas en {duty}\nRequisitos\n- Conocimientos de {one} o {two}\n"
        "- Experiencia con {three}\nDeseable\n- {wish}"
    ),
    "zh": "岗位职责\n- 使用{duty}开发工具\n任职要求\n- 掌握{one}或{two}\n- 熟悉{three}\n加分项\n- {wish}",
}


@pytest.mark.parametrize("language", TEMPLATES)
@fast
@given(names=st.lists(st.sampled_from(PLAIN[:14]), min_size=5, max_size=5, unique=True))
def test_a_translation_reads_the_same(reader: Reader, language: str, names: list[str]) -> None:
    words = dict(zip(("duty", "one", "two", "three", "wish"), names, strict=True))
    reading = read(reader, TEMPLATES[language].format(**words))
    english = read(reader, TEMPLATES["en"].format(**words))
    assert reading.skills_required == english.skills_required
    assert reading.skills_preferred == english.skills_preferred
    assert reading.skills_mentioned == english.skills_mentioned
    assert len(english.skills_required) == 2


# --- vocabulary -----------------------------------------------------------------------------------------


def test_every_skill_is_read_by_its_own_name(reader: Reader) -> None:
    silent = []
    for name in sorted(reader.skills):
        reading = read(reader, f"Requirements: experience with {name}.")
        found = required(reading) | {claim.value for claim in reading.claims if claim.topic == "skills_other"}
        if name not in found:
            silent.append(name)
    assert silent == []


def test_there_are_five_hundred_skills(reader: Reader) -> None:
    assert len(reader.skills) >= 500


# --- two statements in a row --------------------------------------------------------------------------------

STATEMENTS = {
    Severity.REQUIRED: (
        "{} is required", "{} required", "{} is a must", "{} is essential", "you must know {}", "we require {}",
        "you need {}", "{} is needed",
    ),
    Severity.PREFERRED: (
        "{} is a plus", "{} preferred", "{} is optional", "{} is nice to have", "{} would be a bonus",
        "{} is desirable", "{} is welcome", "we'd love {}",
    ),
    Severity.NEGATED: (
        "{} is not required", "no {} needed", "{} is not necessary", "{} isn't needed", "you don't need {}",
    ),
}  # fmt: skip
TOLD = ("we use {}", "you will work with {}", "you'll learn {}", "our team builds services in {}")
JOINTS = ("; ", ". ", ", ", ", but ", ", and ", ", whereas ", "; however, ", " - ", " – ")
ABOUT_DEGREES = {
    Severity.REQUIRED: ("a PhD is required", "PhD required", "you must have a PhD"),
    Severity.PREFERRED: ("a PhD is preferred", "PhD preferred", "a PhD is a plus"),
    Severity.NEGATED: ("no PhD required", "a PhD is not required", "a PhD isn't needed", "PhD not necessary"),
}
ABOUT_PAPERS = {
    Severity.REQUIRED: ("publications are required", "you must have published papers"),
    Severity.PREFERRED: ("publications are a plus", "publications preferred"),
    Severity.NEGATED: ("no publications required", "publications are not required", "papers are not necessary"),
}


def in_a_row(first: str, joint: str, second: str) -> str:
    """Two statements as one sentence, or as two behind a stop."""
    begun = second[0].upper() + second[1:] if joint == ". " else second
    return f"{first[0].upper()}{first[1:]}{joint}{begun}."


def said_of(reading: Reading, name: str) -> Severity:
    """How a reading has a skill; what it does not have at all was waived."""
    must, wish = asked(reading)
    return Severity.REQUIRED if name in must else Severity.PREFERRED if name in wish else Severity.NEGATED


@pytest.mark.parametrize("joint", JOINTS)
def test_of_two_statements_about_skills_each_says_its_own(reader: Reader, joint: str) -> None:
    """Whatever joins them, and in both orders: “Docker is a plus, Python required”."""
    for (one, forms), (other, others) in permutations(STATEMENTS.items(), 2):
        for form, beside in product(forms, others):
            text = in_a_row(form.format("Docker"), joint, beside.format("Python"))
            reading = read(reader, text)
            assert (said_of(reading, "docker"), said_of(reading, "python")) == (one, other), text


@pytest.mark.parametrize("joint", JOINTS)
def test_what_is_only_told_beside_a_statement_asks_for_nothing(reader: Reader, joint: str) -> None:
    """“We use Docker, and Python is required”, and the other way round: Docker is named, and no more."""
    for (one, forms), told in product(STATEMENTS.items(), TOLD):
        for form, turned in product(forms, (False, True)):
            first, second = told.format("Docker"), form.format("Python")
            text = in_a_row(second, joint, first) if turned else in_a_row(first, joint, second)
            reading = read(reader, text)
            assert (said_of(reading, "python"), reading.skills_mentioned[:1]) == (one, ("docker",)), text


@pytest.mark.parametrize("joint", JOINTS)
def test_of_two_statements_about_degrees_and_papers_each_says_its_own(reader: Reader, joint: str) -> None:
    """“BS required, PhD preferred” in many words: the bar of one is never that of the other."""
    for (phd, forms), (papers, others) in product(ABOUT_DEGREES.items(), ABOUT_PAPERS.items()):
        for form, beside in product(forms, others):
            for text in (in_a_row(form, joint, beside), in_a_row(beside, joint, form)):
                reading = read(reader, text)
                assert (reading.phd, reading.publications) == (phd.value, papers.value), text
    for phd in (Severity.PREFERRED, Severity.NEGATED):
        for form, bar in product(ABOUT_DEGREES[phd], ("a Bachelor's degree is required", "BS required")):
            for text in (in_a_row(form, joint, bar), in_a_row(bar, joint, form)):
                assert read(reader, text).phd == phd.value, text
