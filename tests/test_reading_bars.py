"""What must hold of every bar a posting sets: a negation undoes it, a wish does not set it, its words are quoted."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.models import Posting, Reading
from pipeline.reading import Reader

BARS: dict[str, tuple[str, Any]] = {  # what asks: the key, its value
    "PhD required": ("phd", "required"),
    "Publications at top conferences required": ("publications", "required"),
    "At least 3 years of professional experience required": ("years_min", 3.0),
    "U.S. citizenship required": ("citizenship_required", True),
    "Active Secret clearance required": ("clearance_active", True),
    "Must be authorized to work without visa sponsorship": ("sponsorship", "no"),
    "Fluent German required": ("languages_required", ("de",)),
    "This internship is unpaid": ("unpaid", True),
    "Must be currently enrolled at a university": ("enrolled_required", True),
    "Student in mathematics or physics": ("enrolled_required", True),
    "Minimum GPA of 3.5": ("gpa_min", 3.5),
    "Graduation between December 2026 and June 2027": ("graduation", None),
}
UNDONE = {  # the same, taken back
    "No PhD required": "phd",
    "A PhD is not required": "phd",
    "No publications required": "publications",
    "We do not expect publications": "publications",
    "No professional experience required": "years_min",
    "3 years of experience are not required": "years_min",
    "U.S. citizenship is not required": "citizenship_required",
    "No security clearance is needed": "citizenship_required",
    "Security clearance: none": "citizenship_required",
    "This internship is not unpaid": "unpaid",
    "You need not be enrolled at a university": "enrolled_required",
}
WISHES = (
    "PhD",
    "Publications at top conferences",
    "3 years of professional experience",
    "Security clearance",
    "German",
)
EMPTY = Reading()
bars = st.lists(st.sampled_from(list(BARS)), min_size=2, max_size=5, unique=True)
fast = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(reader: Reader, text: str) -> Reading:
    return reader.read(
        Posting(board="t/t", ref="1", url="", title="Machine Learning Intern", company="Example", description=text)
    )


def required(lines: list[str]) -> str:
    return "Requirements\n" + "\n".join(f"- {line}" for line in lines)


def values(reading: Reading) -> dict[str, Any]:
    return {key: getattr(reading, key) for key, _ in BARS.values()}


@pytest.mark.parametrize("bar", BARS)
def test_a_bar_is_read_with_its_words(reader: Reader, bar: str) -> None:
    key, value = BARS[bar]
    reading = read(reader, required([bar]))
    assert getattr(reading, key) == value if value is not None else getattr(reading, key) is not None
    quote = reading.quote(key)
    assert quote
    assert quote in bar


@pytest.mark.parametrize("bar", UNDONE)
def test_a_negation_undoes_a_bar(reader: Reader, bar: str) -> None:
    key = UNDONE[bar]
    assert getattr(read(reader, required([bar])), key) in (getattr(EMPTY, key), "negated")


@pytest.mark.parametrize("wish", WISHES)
@pytest.mark.parametrize(
    "say", ["Preferred\n- {}", "Nice to have\n- {}", "Requirements\n- {} preferred", "{} is a plus."]
)
def test_a_wish_sets_no_bar(reader: Reader, wish: str, say: str) -> None:
    reading = read(reader, say.format(wish))
    assert reading.phd != "required"
    assert reading.publications != "required"
    assert reading.levels_open == EMPTY.levels_open
    assert (reading.years_min, reading.citizenship_required, reading.languages_required) == (None, False, ())


@fast
@given(named=bars)
def test_one_bar_does_not_hide_another(reader: Reader, named: list[str]) -> None:
    together = values(read(reader, required(named)))
    for bar in named:
        key, value = BARS[bar]
        assert together[key] == value if value is not None else together[key] is not None


@fast
@given(named=bars, data=st.data())
def test_the_order_of_bars_does_not_matter(reader: Reader, named: list[str], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(named))
    assert values(read(reader, required(named))) == values(read(reader, required(shuffled)))


@fast
@given(named=bars, mark=st.sampled_from(["- ", "* ", "• ", "· ", "– ", "1. "]))
def test_the_bullet_does_not_matter(reader: Reader, named: list[str], mark: str) -> None:
    marked = "Requirements\n" + "\n".join(mark + line for line in named)
    assert values(read(reader, marked)) == values(read(reader, required(named)))


SAME = {  # one line in English, German, French, Spanish and Chinese
    "duration_weeks": (
        "The internship lasts 6 months.", "Das Praktikum dauert 6 Monate.", "Le stage dure 6 mois.",
        "Las prácticas duran 6 meses.", "实习时间：6个月。",
    ),
    "pay": (
        "Pay: 1,200 € per month.", "Vergütung: 1.200 € pro Monat.", "Gratification : 1 200 € par mois.",
        "Remuneración: 1.200 € al mes.", "薪资：1200欧元/月。",
    ),
    "phd": (
        "No PhD required.", "Keine Promotion erforderlich: kein PhD nötig.", "Pas de doctorat requis.",
        "No se requiere doctorado.", "不要求博士学位。",
    ),
    "publications": (
        "Publications are a plus.", "Publikationen sind von Vorteil.", "Des publications scientifiques sont un plus.",
        "Se valoran publicaciones científicas.", "有论文发表者优先。",
    ),
}  # fmt: skip


@pytest.mark.parametrize("key", [key for key in SAME if key != "pay"])
def test_a_line_in_five_languages_reads_the_same(reader: Reader, key: str) -> None:
    readings = {str(getattr(read(reader, line), key)) for line in SAME[key]}
    assert len(readings) == 1
    assert readings != {"None"}


def test_pay_in_four_languages_reads_the_same(reader: Reader) -> None:
    pays = [read(reader, line).pay for line in SAME["pay"][:4]]
    assert all(pays)
    assert all(one == other for one, other in combinations(pays, 2))
