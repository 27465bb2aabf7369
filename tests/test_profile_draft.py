"""A first profile from a résumé or repositories: every guess says where it is from, and the draft loads."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.commands.compiled import reader_of
from pipeline.commands.profile import degrees, languages
from pipeline.config import find, load_profile, load_vocabulary
from pipeline.profile_draft import DraftError, Found, draft, from_repositories, from_resume, resume_text
from pipeline.reading import Reader

RESUME = """Ada Quill
B.Sc. Electronic Engineering, expected June 2027. GPA: 3.7
Python and PyTorch, in three courses and a robot. Some SQL.
"""
KNOWN = ("python", "pytorch", "sql", "scikit-learn")
VOCABULARY = load_vocabulary(find(Path(__file__).parent.parent / "config", "vocabulary"))
PACKAGES = VOCABULARY["packages"]["package"]


def skills(text: str) -> Iterator[tuple[str, str]]:
    return ((name, name) for name in KNOWN if name in text.lower())


def no_degrees(text: str) -> Iterator[tuple[str, str]]:
    return iter(())


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("B.Sc. Biology\nWill graduate in May 2027", "bachelor"),
        ("BSc Physics\nTools: Python, MS Office, MS SQL Server", "bachelor"),
        ("B.A. Linguistics\nCut a query from 90 ms to 7 ms", "bachelor"),
        ("Bachelor of Arts\nGraduate coursework in vision", "bachelor"),
        ("B.Eng., then M.Sc. Robotics", "master"),
        ("PhD candidate, formerly MS in Statistics", "phd"),
        ("Sophomore, State College", "bachelor"),
        ("Wrote firmware for pumps", None),
    ],
)
def test_the_highest_degree_a_resume_names_is_its_level(reader: Reader, text: str, level: str | None) -> None:
    found = from_resume(text, skills, lambda words: degrees(reader, words)).level
    assert (found and found[0]) == level


def test_a_resume_gives_skills_level_and_graduation_with_its_words() -> None:
    found = from_resume(RESUME, skills, lambda _: [("bachelor", "B.Sc.")])
    assert set(found.skills) == {"python", "pytorch", "sql"}
    assert found.level == ("bachelor", "résumé: “B.Sc.”")
    assert found.graduates == ("2027-06", "résumé: “expected June 2027”")
    assert found.gpa is not None
    assert found.gpa[0] == 3.7


def test_a_draft_is_a_profile_that_loads(tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text(draft([from_resume(RESUME, skills, no_degrees)]), encoding="utf-8")
    profile = load_profile(path, criteria=(), skills=KNOWN)
    assert profile.student.graduates == "2027-06"
    assert {*profile.skills.working, *profile.skills.learning} == {"python", "pytorch", "sql"}
    assert "# résumé, line 3: “Python and PyTorch, in three" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "Not familiar with PyTorch.",
        "Python daily. I never used PyTorch",
        "No experience with PyTorch, but SQL",
        "I have no real knowledge of PyTorch; Python is home",
        "Keine Erfahrung mit PyTorch",
        "I haven't worked with PyTorch yet",
    ],
)
def test_what_a_resume_denies_is_no_skill(text: str) -> None:
    found = from_resume(text, skills, no_degrees).skills
    assert "pytorch" not in found
    assert {*found} == {name for name in ("python", "sql") if name in text.lower()}


def test_what_a_resume_is_proud_of_not_lacking_stays_a_skill() -> None:
    assert {*from_resume("Not only Python but also SQL", skills, no_degrees).skills} == {"python", "sql"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Languages: German (native), English (C1), Chinese (fluent)", ["de", "en", "zh"]),
        ("Sprachen\nDeutsch (Muttersprache)\nEnglisch (C1)\n\nHobbys: Französisch kochen", ["de", "en"]),
        ("Languages: English (native), French (A2), basic Spanish", ["en"]),
        ("Programming languages: Python\nLanguages: Python, C++\nLanguages: English", ["en"]),
        ("Taught German dogs to sit", None),
    ],
)
def test_the_languages_of_a_resume_are_those_spoken_well(reader: Reader, text: str, expected: list[str] | None) -> None:
    found = from_resume(text, skills, no_degrees, lambda words: languages(reader, words)).languages
    assert (found and found[0]) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Publications: “Pumps that hum”, NeurIPS 2025 Workshop.", 1),
        ("Selected publications\n- A. Quill: Pumps. ICML 2024\n- A. Quill: Quays. 2025\n\nWork\n2023 Mottle", 2),
        ("Publications: none yet", None),
    ],
)
def test_papers_are_counted_and_what_is_not_found_says_so(tmp_path: Path, text: str, count: int | None) -> None:
    found = from_resume(text, skills, no_degrees)
    assert (found.publications and found.publications[0]) == count
    written = draft([found])
    assert f"publications: {count or 0}  # " + ("résumé: “" if count else "not found") in written
    path = tmp_path / "profile.yaml"
    path.write_text(written, encoding="utf-8")
    assert load_profile(path, criteria=(), skills=KNOWN).student.publications == (count or 0)


@pytest.mark.parametrize(
    ("text", "gpa"), [("GPA: 3.7/4.0", 3.7), ("GPA 4.0", 4.0), ("GPA: 4.3/5", None), ("GPA 8.7", None)]
)
def test_a_grade_on_another_scale_is_left_out(text: str, gpa: float | None) -> None:
    found = from_resume(text, skills, no_degrees).gpa
    assert (found and found[0]) == gpa


def test_a_skill_of_two_lines_is_a_working_one(tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text(
        draft([from_resume("Skills: Python, SQL\nBuilt a robot in Python", skills, no_degrees)]), encoding="utf-8"
    )
    profile = load_profile(path, criteria=(), skills=KNOWN)
    assert (profile.skills.working, profile.skills.learning) == (("python",), ("sql",))


def test_what_others_wrote_does_not_use_up_the_look_at_repositories(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.profile_draft.FILES", 5)
    for folder in (".venv", ".git", "node_modules"):
        (tmp_path / folder).mkdir()
        for number in range(9):
            (tmp_path / folder / f"{number}.py").write_text("", encoding="utf-8")
    (tmp_path / "robot.py").write_text("", encoding="utf-8")
    assert from_repositories(tmp_path, KNOWN).skills["python"] == ["1 file"]


def test_a_draft_of_nothing_loads_too(tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text(draft([], {"level": "master", "graduates": "2028-06"}), encoding="utf-8")
    profile = load_profile(path, criteria=(), skills=KNOWN)
    assert (profile.student.level, profile.student.graduates) == ("master", "2028-06")


def test_repositories_show_languages_and_libraries(tmp_path: Path) -> None:
    (tmp_path / "robot").mkdir()
    (tmp_path / "robot" / "drive.py").write_text("import torch", encoding="utf-8")
    (tmp_path / "robot" / "requirements.txt").write_text("torch>=2\nscikit_learn\nflask\n", encoding="utf-8")
    (tmp_path / "robot" / "pyproject.toml").write_text("not toml at all [", encoding="utf-8")
    found = from_repositories(tmp_path, KNOWN, PACKAGES)
    assert found.skills["python"] == ["1 file"]
    assert set(found.skills) == {"python", "pytorch", "scikit-learn"}
    assert "robot" in found.skills["pytorch"][0]


def test_packages_are_known_by_the_name_they_are_installed_under(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("opencv-python-headless==4.9\nPySpark\n", encoding="utf-8")
    (tmp_path / "Dockerfile").write_text("FROM python", encoding="utf-8")
    found = from_repositories(tmp_path, ["opencv", "spark"], PACKAGES)
    assert set(found.skills) == {"opencv", "spark", "docker"}


def test_a_language_of_many_files_is_more_than_tried(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number}.py").write_text("", encoding="utf-8")
    (tmp_path / "one.sql").write_text("", encoding="utf-8")
    path = tmp_path / "profile.yaml"
    path.write_text(draft([from_repositories(tmp_path, KNOWN)]), encoding="utf-8")
    skills = load_profile(path, criteria=(), skills=KNOWN).skills
    assert (skills.working, skills.learning) == (("python",), ("sql",))


def test_docx_is_read(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("Python and SQL")
    document.save(str(tmp_path / "cv.docx"))
    assert "Python and SQL" in resume_text(tmp_path / "cv.docx")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("cv.pdf", b"%PDF-1.4 broken", "cannot be read"),
        ("cv.docx", b"no zip", "cannot be read"),
        ("cv.txt", b"", "no text"),
        ("cv.bin", b"\0\1\2", "neither PDF"),
        ("cv.txt", b"a" * 300_000, "letters"),
        ("cv.txt", b"a" * 10_000_001, "10 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_way_out(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DraftError, match=says):
        resume_text(tmp_path / name)


def test_a_docx_that_unpacks_without_end_is_refused_unread(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "cv.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
    with pytest.raises(DraftError, match="50 MB when unpacked"):
        resume_text(tmp_path / "cv.docx")


def test_a_resume_of_three_hundred_pages_is_refused(tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    for _ in range(300):
        writer.add_blank_page(100, 100)
    writer.write(tmp_path / "cv.pdf")
    with pytest.raises(DraftError, match="300 pages"):
        resume_text(tmp_path / "cv.pdf")


def test_nothing_of_a_resume_can_break_out_of_its_comment() -> None:
    found = Found()
    found.skills["python"] = ["résumé: “a\nstudent:\n  level: phd\x1b[0m”"]
    assert [line for line in draft([found]).splitlines() if line.strip().startswith("level")] == [
        "  level: bachelor  # not found: the degree you study for"
    ]


def test_every_package_is_of_a_skill_that_is_known() -> None:
    assert PACKAGES.keys() <= reader_of(VOCABULARY).skills
