"""A Reading as JSON: the codebook's row, and a copy the store can keep."""

import json

from pipeline.models import Claim, Pay, Quote, Reading, Severity, Span, Window
from pipeline.reading import to_row
from pipeline.reading.row import from_json, to_json

FULL = Reading(
    language="en",
    internship=True,
    ml_role="core",
    degree_stated=True,
    levels_open=("master", "phd"),
    phd="preferred",
    graduation=Window("2026-05", None),
    gpa_min=3.5,
    skills_required=(("python", "r"), ("sql",)),
    skills_preferred=("docker",),
    pay=Pay(25, 32.5, "USD", "hour"),
    duration_weeks=Span(10, 12),
    headcount_stated=Span(12, 12),
    note="only the first 200,000 characters were read",
    claims=(
        Claim("levels_open", ("master", "phd"), Quote(0, 12, "MS preferred"), Severity.PREFERRED),
        Claim("levels_open", ("phd",), Quote(20, 23, "PhD")),
        Claim("phd", "preferred", Quote(20, 23, "PhD"), Severity.PREFERRED),
        Claim("pay", {"min": 25}, Quote(40, 46, "$25/hr")),
    ),
)


def test_a_row_has_the_shapes_of_the_codebook():
    row = to_row(FULL)
    assert row["graduation"] == {"from": "2026-05", "to": None}
    assert row["pay"] == {"min": 25, "max": 32.5, "currency": "USD", "period": "hour"}
    assert row["duration_weeks"] == {"min": 10, "max": 12}
    assert row["headcount_stated"] == {"min": 12, "max": 12}
    assert row["skills_required"] == [["python", "r"], ["sql"]]
    assert row["levels_open"] == ["master", "phd"]
    assert row["note"].startswith("only the first")
    json.dumps(row)


def test_a_row_quotes_the_first_words_behind_what_was_said():
    assert to_row(FULL)["quotes"] == {"phd": "PhD", "levels_open": "MS preferred"}


def test_levels_are_quoted_only_where_a_degree_is_stated():
    said_nothing = Reading(claims=(Claim("levels_open", (), Quote(0, 3, "PhD")),))
    assert to_row(said_nothing)["quotes"] == {}


def test_an_empty_reading_says_nothing():
    row = to_row(Reading())
    assert row["pay"] is None
    assert row["graduation"] is None
    assert row["levels_open"] == ["bachelor", "master", "phd"]
    assert "claims" not in row
    assert "note" not in row


def test_a_reading_survives_the_cache():
    assert from_json(to_json(FULL)) == FULL
    assert from_json(to_json(Reading())) == Reading()
