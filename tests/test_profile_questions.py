"""What a person answers, in their own words, becomes a profile; what is not understood is asked again."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import load_profile
from pipeline.profile_draft import draft
from pipeline.profile_questions import NotUnderstood, answers, level, month, number, questions

SKILLS = ("python", "pytorch", "c++")
COUNTRIES = {"US": ["united states", "=USA"], "CA": ["canad*", "ontario"]}


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("bachelor", "bachelor"),
        ("third-year undergraduate", "bachelor"),
        ("BEng Electronics", "bachelor"),
        ("M.Sc.", "master"),
        ("PhD", "phd"),
        ("ms", "master"),
        ("graduate student", "master"),
        ("Graduate", "master"),
        ("I will graduate with a bachelor's", "bachelor"),
    ],
)
def test_a_level_in_ones_own_words(answer: str, wanted: str) -> None:
    assert level(answer) == wanted


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("2028-06", "2028-06"),
        ("June 2028", "2028-06"),
        ("6/2028", "2028-06"),
        ("2028", "2028-06"),
        ("Dec. 2027", "2027-12"),
    ],
)
def test_a_month_in_ones_own_words(answer: str, wanted: str) -> None:
    assert month(answer) == wanted


@pytest.mark.parametrize(
    ("of", "answer"), [(level, "engineering"), (month, "soon"), (month, "2028-13"), (number, "few")]
)
def test_what_is_no_answer_is_told(of: object, answer: str) -> None:
    with pytest.raises(NotUnderstood):
        of(answer)  # type: ignore[operator]


def test_a_question_is_asked_again_and_the_answers_make_a_profile(tmp_path: Path) -> None:
    said = iter(
        [
            "engineer",
            "bachelor",
            "June 2028",
            "US; Atlantis",
            "USA and Canada",
            "",
            "none",
            "pyton",
            "Python",
            "C++, pytorch",
        ]
    )
    complaints: list[str] = []
    given = answers(questions(SKILLS, COUNTRIES), lambda _: next(said), complaints.append)
    assert [complaint.split()[0] for complaint in complaints] == ["bachelor,", "'Atlantis'", "no"]
    path = tmp_path / "profile.yaml"
    path.write_text(draft([], given), encoding="utf-8")
    profile = load_profile(path, criteria=(), skills=SKILLS)
    assert (profile.student.level, profile.student.graduates) == ("bachelor", "2028-06")
    assert profile.student.may_work_in == ("US", "CA")
    assert profile.skills.strong == ("python",)
    assert set(profile.skills.working) == {"c++", "pytorch"}


def test_norway_is_a_country(tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text(draft([], {"may_work_in": ["NO"], "citizen_of": ["NO"]}), encoding="utf-8")
    assert load_profile(path, criteria=(), skills=SKILLS).student.may_work_in == ("NO",)


def test_enter_leaves_a_question_open() -> None:
    assert answers(questions(SKILLS, COUNTRIES), lambda _: "", print) == {}
