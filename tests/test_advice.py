"""Gaps, outreach and what-if: advice counted from what is stored, made of facts alone."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from datetime import date

import pytest

from pipeline.columns import columns, rank
from pipeline.gaps import Advice, Gap, gaps, later
from pipeline.models import Employer, Listing, Opening, Posting, Profile, Reading, Skills, Student, Wants, Window
from pipeline.outreach import Hiring, leads
from pipeline.whatif import EditError, edited

STUDENT = Profile(
    Student("bachelor", graduates="2027-06"),
    Skills(strong=("python",), working=("pytorch",), learning=("sql",)),
    Wants(employer_sizes={"11-50": 1.0, "201-500": 0.5}),
)


@dataclass(frozen=True)
class Row:
    opening: Opening
    reading: Reading
    employer: Employer


def posting(company: str = "Kelpwater", title: str = "ML Engineer") -> Posting:
    url = f"https://jobs.lever.co/{company.lower()}/1"
    return Posting(f"lever/{company.lower()}", "1", url, title, company, "")


NUMBERS = itertools.count(1000)  # openings stand in the order of their ids


def row(text: str = "", **read: object) -> Row:
    reading = Reading(internship=True, ml_role="core", **read)  # type: ignore[arg-type]
    opening = Opening(f"x{next(NUMBERS)}", (Listing(replace(posting(), description=text)),))
    return Row(opening, reading, Employer("kelpwater", "Kelpwater", "11-50", 0.9))


ADVICE = Advice({"systems": ["rust", "go"], "databases": ["sql"]}, {"a Kaggle result": ["kaggle"]})


def all_gaps(rows: list[Row], profile: Profile = STUDENT) -> list[Gap]:
    table = columns((one.opening, one.reading, one.employer) for one in rows)
    return gaps(rows, profile, lambda changed: rank(table, changed, date(2026, 11, 20)), ADVICE)


def found(rows: list[Row], name: str) -> Gap | None:
    return next((gap for gap in all_gaps(rows) if gap.name == name), None)


def test_a_missing_skill_is_counted_on_the_openings_that_ask_for_it() -> None:
    rows = [row(skills_required=(("rust",),)), row(skills_preferred=("rust",)), row(skills_required=(("python",),))]
    gap = found(rows, "rust")
    assert gap is not None
    assert (gap.opens, gap.lifts) == (0, 2)
    assert gap.examples == ("Kelpwater — ML Engineer",)
    assert found(rows, "python") is None


def test_a_skill_that_lifts_more_stands_first() -> None:
    rows = [row(skills_required=(("rust",),)), row(skills_required=(("rust",), ("go",)))]
    names = [gap.name for gap in all_gaps(rows) if gap.kind == "skill"]
    assert names == ["rust", "go"]


def test_a_course_counts_all_it_teaches_of_what_is_asked() -> None:
    gap = found([row(skills_required=(("rust",),)), row(skills_required=(("go",),))], "systems (rust, go)")
    assert gap is not None
    assert (gap.kind, gap.asked, gap.lifts) == ("course", 2, 2)


def test_a_course_that_teaches_one_of_them_is_that_skill() -> None:
    assert not [gap for gap in all_gaps([row(skills_required=(("rust",),))]) if gap.kind == "course"]


def test_a_proof_that_no_criterion_weighs_is_counted_where_it_is_asked_for() -> None:
    asking = row(text="A Kaggle medal is a plus.")
    closed = row(text="Kaggle grandmasters only.", publications="required")
    gap = found([asking, closed], "a Kaggle result")
    assert gap is not None
    assert (gap.kind, gap.asked, gap.lifts) == ("proof", 1, 0)


def test_a_later_graduation_that_opens_an_opening_is_named() -> None:
    gap = found([row(graduation=Window("2028-01", "2028-12"))], "graduating 12 months later")
    assert gap is not None
    assert (gap.opens, gap.asked) == (1, 1)


@pytest.mark.parametrize(
    ("read", "name"),
    [
        ({"publications": "required"}, "a publication"),
        ({"degree_stated": True, "levels_open": ("master", "phd")}, "studying for a master"),
        ({"languages_required": ("de",)}, "de"),
    ],
)
def test_what_would_open_an_opening_is_named(read: dict[str, object], name: str) -> None:
    gap = found([row(**read)], name)
    assert gap is not None
    assert gap.opens == 1


def test_nothing_is_missing_where_nothing_is_asked() -> None:
    assert all_gaps([row()]) == []


def test_months_are_counted_over_the_year() -> None:
    assert (later("2027-06", 6), later("2027-06", 12), later("2027-01", 1)) == ("2027-12", "2028-06", "2027-02")


def test_what_a_later_graduation_closes_is_told_beside_what_it_opens() -> None:
    soon = [row(graduation=Window(None, "2027-12")) for _ in range(3)]
    later_on = [row(graduation=Window("2028-01", "2028-12"))]
    gap = found([*soon, *later_on], "graduating 12 months later")
    assert gap is not None
    assert (gap.opens, gap.closes) == (1, 3)
    assert [one.name for one in all_gaps([*soon, *later_on, row(skills_required=(("rust",),))])][:2] == [
        "rust",
        "graduating 12 months later",
    ], "what closes more than it opens stands behind"


def test_an_opening_that_was_not_closed_is_not_opened() -> None:
    gap = found([row(years_min=1.5)], "a year of experience")
    assert gap is not None
    assert (gap.opens, gap.closes, gap.lifts) == (0, 0, 1)


# --- outreach -------------------------------------------------------------------------------------------


def hiring(company: str = "Kelpwater", size: str | None = "11-50", **read: object) -> Hiring:
    reading = Reading(**({"ml_role": "core", "skills_required": (("python",), ("rust",))} | read))  # type: ignore[arg-type]
    return Hiring(posting(company), reading, Employer(company.lower(), company, size, 0.9))


def test_a_small_employer_without_an_internship_is_worth_a_letter() -> None:
    (lead,) = leads([hiring()], STUDENT)
    assert lead.point_at == ("python",)
    assert lead.careers == "https://jobs.lever.co/kelpwater"
    assert any("ML Engineer" in fact for fact in lead.evidence)


@pytest.mark.parametrize(
    "others",
    [
        [hiring(internship=True)],
        [hiring(size="5000+")],
        [hiring(size=None)],
        [hiring(ml_role="none")],
        [hiring(skills_required=(("rust",),))],
        [replace(hiring(), employer=Employer("kelpwater", "Kelpwater", "11-50", 0.9, agency=True))],
    ],
)
def test_others_are_not(others: list[Hiring]) -> None:
    assert leads(others, STUDENT) == []


def site(title: str = "REU Site: Machine Learning for Glaciers", **read: object) -> Hiring:
    reading = Reading(**({"ml_role": "core", "skills_mentioned": ("python",)} | read))  # type: ignore[arg-type]
    award = Posting("nsf/all", "26", "https://www.nsf.gov/award/26", title, "Example State University", "")
    return Hiring(award, reading, Employer("example state university", "Example State University", "5000+", 0.7))


def test_a_research_site_is_a_group_to_write_to_however_large_its_university() -> None:
    (lead,) = leads([site()], STUDENT)
    assert lead.careers == "https://www.nsf.gov/award/26"
    assert lead.point_at == ("python",)
    for fact in ("REU Site: Machine Learning for Glaciers", "Example State University", "bachelor", "python"):
        assert fact in lead.draft
    assert any("citizens and permanent residents" in fact for fact in lead.evidence)


@pytest.mark.parametrize(
    "student",
    [replace(STUDENT.student, level="phd"), replace(STUDENT.student, citizen_of=("IN",), may_work_in=("IN",))],
)
def test_a_site_that_may_not_take_the_student_is_none(student: Student) -> None:
    assert leads([site()], replace(STUDENT, student=student)) == []


def test_every_site_of_a_university_is_a_lead_of_its_own() -> None:
    assert len(leads([site(), site("REU Site: Robots"), site("REU Site: Ferns", ml_role="none")], STUDENT)) == 2


def test_contacts_are_searches_by_kind_and_name_no_person() -> None:
    for lead in leads([hiring(), site()], STUDENT):
        assert all(link.startswith("https://duckduckgo.com/?q=") for _, link in lead.contacts)
        assert len({kind for kind, _ in lead.contacts}) > 1


def test_an_avoided_employer_gets_no_letter() -> None:
    assert leads([hiring()], replace(STUDENT, wants=Wants(avoid_employers=("Kelpwater",)))) == []


def test_a_size_the_profile_says_nothing_of_is_worth_what_it_is_to_the_score() -> None:
    silent = replace(STUDENT, wants=Wants())

    def fit(size: str, profile: Profile = silent) -> float:
        return leads([hiring(size=size)], profile)[0].fit

    assert fit("1-10") - fit("501-1000") == pytest.approx(0.5 * 0.9 * (1.0 - 0.55), abs=0.001)
    small_is_worth_little = replace(silent, wants=Wants(employer_sizes={"1-10": 0.1}))
    assert fit("1-10", small_is_worth_little) - fit("1-10") == pytest.approx(0.5 * 0.9 * (0.1 - 1.0), abs=0.001)


def test_the_best_fit_comes_first() -> None:
    assert [lead.employer.name for lead in leads([hiring("Big", "201-500"), hiring("Small")], STUDENT)] == [
        "Small",
        "Big",
    ]


def test_on_a_feed_the_posting_is_the_page_to_open() -> None:
    one = hiring()
    on_feed = replace(one, posting=replace(one.posting, board="remoteok/all", url="https://remoteok.example/jobs/7"))
    assert leads([on_feed], STUDENT)[0].careers == "https://remoteok.example/jobs/7"


def test_a_draft_is_made_of_facts() -> None:
    (lead,) = leads([hiring()], STUDENT)
    for fact in ("ML Engineer", "Kelpwater", "https://jobs.lever.co/kelpwater/1", "python", "2027-06", "bachelor"):
        assert fact in lead.draft
    assert "rust" not in lead.draft


# --- what if --------------------------------------------------------------------------------------------

RAW = {
    "student": {"level": "bachelor", "graduates": "2027-06"},
    "skills": {"working": ["git"], "learning": ["sql"]},
    "weights": {"reach": 30},
}


@pytest.mark.parametrize(
    ("edit", "path", "value"),
    [
        ("skills.working += sql", ("skills", "working"), ["git", "sql"]),
        ("skills.working += [sql, rust]", ("skills", "working"), ["git", "sql", "rust"]),
        ("skills.working -= git", ("skills", "working"), []),
        ("skills.strong += c++", ("skills", "strong"), ["c++"]),
        ("student.graduates = 2028-06", ("student", "graduates"), "2028-06"),
        ("weights.reach += 10", ("weights", "reach"), 40),
        ("wants.roles.core = 0.9", ("wants", "roles"), {"core": 0.9}),
        ("wants.employer_sizes.1-10 = 0", ("wants", "employer_sizes"), {"1-10": 0}),
        ("wants.employer_sizes.5000+ = 1", ("wants", "employer_sizes"), {"5000+": 1}),
        ("wants.places.Stratford-upon-Avon = 1", ("wants", "places"), {"Stratford-upon-Avon": 1}),
    ],
)
def test_an_edit_is_made_on_a_copy(edit: str, path: tuple[str, str], value: object) -> None:
    before = repr(RAW)
    assert edited(RAW, edit)[path[0]][path[1]] == value
    assert repr(RAW) == before


def test_a_skill_stands_in_one_list_only() -> None:
    assert edited(RAW, "skills.working += sql")["skills"]["learning"] == []


@pytest.mark.parametrize(
    "edit", ["", "sql", "skills.working += [", "skills.working -= rust", "student.level += x", "student.level.x = 1"]
)
def test_a_wrong_edit_says_so(edit: str) -> None:
    with pytest.raises(EditError):
        edited(RAW, edit)
