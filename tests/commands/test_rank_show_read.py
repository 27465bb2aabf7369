"""Ranking again, one opening in full, and postings from files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.commands.world import LINES, PROFILE, Command, lines


def test_ranking_again_follows_the_profile_without_a_request(reachlist: Command) -> None:
    reachlist.run()
    (reachlist.world.folder / "config/profile.yaml").write_text(PROFILE + "wants: {roles: {data: 1, core: 0}}\n")
    assert reachlist("rank", "--diff") == 0
    assert re.search(
        r"^up: Kestrel: Data Science Intern \(\d to 1 \(your profile changed\): role ", reachlist.out, re.MULTILINE
    )
    assert reachlist.rows()[0]["title"] != "Data Science Intern"
    assert reachlist("rank") == 0
    assert reachlist.rows()[0]["title"] == "Data Science Intern"


def test_letters_are_of_the_profile_as_it_is_now(reachlist: Command) -> None:
    config = reachlist.world.folder / "config"
    (config / "employers.yaml").write_text("Fernlike: {size: 11-50, source: a test}\n")
    reachlist.world.boards["fernlike"] = {"20": "Machine Learning Engineer"}

    def letters() -> str:
        return (reachlist.data / "report.html").read_text(encoding="utf-8").partition('"outreach"')[2]

    reachlist.run()
    assert "study for a bachelor" in letters()
    (config / "profile.yaml").write_text(PROFILE.replace("bachelor", "master"))
    reachlist("rank")
    assert "study for a" not in letters(), "none rather than those of another profile"
    reachlist.run()
    assert "study for a master" in letters()


def test_a_general_application_stands_behind_the_dated_openings_whatever_its_score(reachlist: Command) -> None:
    pool = "Machine Learning Intern, General Application"
    reachlist.world.boards = {"mottle": {"1": pool}, "kestrel": {"10": "Data Science Intern"}}
    reachlist.run()
    dated, apart = reachlist.rows()
    assert (dated["title"], apart["title"]) == ("Data Science Intern", pool)
    assert float(dated["score"]) < float(apart["score"])
    reachlist("show", apart["id"])
    assert "an evergreen pool, not one dated opening" in reachlist.out


def test_another_profile_can_be_tried(reachlist: Command, tmp_path: Path) -> None:
    reachlist.run()
    other = tmp_path / "other.yaml"
    other.write_text("student: {level: phd}\nwants: {roles: {data: 1, core: 0}}\n")
    before = reachlist.files()
    assert reachlist("rank", "--profile", str(other), "--format", "jsonl", "--top", "1") == 0
    assert json.loads(reachlist.out)["title"] == "Data Science Intern"
    assert reachlist.files()["shortlist.csv"] == before["shortlist.csv"]


@pytest.mark.parametrize("name", ["Mottle", "mottle", "Mottle GmbH", "The Pump Listeners", "Pump Listeners Inc."])
def test_an_employer_is_known_by_any_of_its_names_in_the_profile(reachlist: Command, name: str) -> None:
    config = reachlist.world.folder / "config"
    (config / "employers.yaml").write_text("Mottle: {size: 11-50, source: a test, aliases: [Pump Listeners]}\n")
    (config / "vocabulary/employers.yaml").write_text("legal_forms: [gmbh, inc]\narticles: [the]\n")
    students = reachlist.data.parent / "students"
    students.mkdir()
    reachlist.world.boards["mottle"]["20"] = "Machine Learning Engineer"
    reachlist.run()
    assert {row["eligible"] for row in reachlist.rows()} == {"yes"}
    reachlist("whatif", f"wants.avoid_employers += {name}")
    assert "avoid Mottle" in reachlist.out
    avoiding = PROFILE + f"wants: {{avoid_employers: [{name}]}}\n"
    (students / "ada.yaml").write_text(avoiding)
    reachlist("rank", "--profiles", str(students))
    assert "you avoid Mottle" in (reachlist.data / "lists/ada.csv").read_text(encoding="utf-8")
    (config / "profile.yaml").write_text(avoiding)
    reachlist("rank")
    assert {row["company"]: row["eligible"] for row in reachlist.rows()} == {"Mottle": "no", "Kestrel": "yes"}
    (config / "profile.yaml").write_text(PROFILE + f"wants: {{favourite_employers: [{name}]}}\n")
    reachlist("rank")
    assert {row["company"] for row in reachlist.rows() if "is one of your favourites" in row["why"]} == {"Mottle"}


@pytest.mark.parametrize("name", ["Fernlike", "Fernlike GmbH"])
def test_an_avoided_employer_gets_no_letter_by_whatever_name(reachlist: Command, name: str) -> None:
    config = reachlist.world.folder / "config"
    (config / "employers.yaml").write_text("Fernlike: {size: 11-50, source: a test}\n")
    (config / "vocabulary/employers.yaml").write_text("legal_forms: [gmbh]\n")
    reachlist.world.boards = {"fernlike": {"20": "Machine Learning Engineer"}}
    reachlist.run()
    reachlist("outreach")
    assert "Fernlike" in reachlist.out
    (config / "profile.yaml").write_text(PROFILE + f"wants: {{avoid_employers: [{name}]}}\n")
    reachlist("outreach")
    assert "Fernlike" not in reachlist.out


def test_a_name_without_a_letter_is_no_unnamed_employer(reachlist: Command, tmp_path: Path) -> None:
    (reachlist.world.folder / "config/profile.yaml").write_text(PROFILE + "wants: {avoid_employers: ['!!!']}\n")
    reachlist("rank", "--format", "jsonl", "--from", lines(tmp_path / "in.jsonl", [LINES[0] | {"company": ""}]))
    assert json.loads(reachlist.out)["eligible"] == "yes"


def test_show_adds_up(reachlist: Command) -> None:
    reachlist.run()
    assert reachlist("show", "1") == 0
    points = [float(value) for value in re.findall(r"× \S+ / \S+ +(\d+\.\d)", reachlist.out)]
    total = float(re.search(r"^total +(\d+\.\d)", reachlist.out, re.MULTILINE)[1])  # type: ignore[index]
    assert points and abs(sum(points) - total) < 0.1 * len(points)
    assert "new" in reachlist.out and "boards.greenhouse.io" in reachlist.out


@pytest.mark.parametrize("wanted", ["1", "{id}", "greenhouse/mottle/1"])
def test_show_finds_by_rank_and_by_id(reachlist: Command, wanted: str) -> None:
    reachlist.run()
    assert reachlist("show", wanted.format(id=reachlist.rows()[0]["id"])) == 0


def test_show_names_what_it_does_not_find(reachlist: Command) -> None:
    reachlist.run()
    assert reachlist("show", "greenhouse/mottle/l") == 2
    assert "did you mean 'greenhouse/mottle/1'?" in reachlist.err


def test_read_answers_every_line_in_order(reachlist: Command, tmp_path: Path) -> None:
    assert reachlist("read", "--jsonl", lines(tmp_path / "in.jsonl", LINES)) == 0
    read = [json.loads(line) for line in reachlist.out.splitlines()]
    assert [row["id"] for row in read] == ["x1", "x2", 3], "ids are copied"
    assert read[0]["internship"] is True and read[0]["ml_role"] == "core" and "quotes" in read[0]


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[]",
        "7",
        "null",
        '{"title": "no id"}',
        '{"id": null, "title": "x"}',
        '{"id": [1], "title": "x"}',
        '{"id": NaN, "title": "x"}',
        '{"id": 1, "title": ["a"]}',
        '{"id": 1}',
    ],
)
def test_a_line_that_is_no_posting_is_named_and_left_out(reachlist: Command, tmp_path: Path, bad: str) -> None:
    source = lines(tmp_path / "in.jsonl", [LINES[0], bad, LINES[2]])
    assert reachlist("read", "--jsonl", source) == 1
    assert len(reachlist.out.splitlines()) == 2
    assert reachlist.err.startswith(f"{source}:2: ") and len(reachlist.err.splitlines()) == 1


@pytest.mark.parametrize("empty", ["", " \n", None])
def test_an_empty_posting_is_answered_with_the_reason(reachlist: Command, tmp_path: Path, empty: str | None) -> None:
    row = dict.fromkeys(("company", "title", "location", "description"), empty)
    source = lines(tmp_path / "in.jsonl", [LINES[0], {"id": "x", **row}, LINES[2]])
    assert reachlist("read", "--jsonl", source) == 0
    read = [json.loads(line) for line in reachlist.out.splitlines()]
    assert (read[1]["id"], read[1]["note"], read[1]["internship"]) == ("x", "empty", False)
    assert len(read) == 3 and not reachlist.err


@pytest.mark.usefixtures("faulty")
def test_a_posting_the_reader_fails_at_costs_no_other_its_place(reachlist: Command) -> None:
    assert reachlist.run() == 0
    assert sorted(row["title"] for row in reachlist.rows()) == [
        "Data Science Intern",
        "Machine Learning Intern 1",
        "Machine Learning Intern 3",
    ]
    told = "1 posting could not be read, please report it: greenhouse/mottle/2 (ZeroDivisionError: as if"
    assert told in reachlist.err
    reachlist.world.boards["mottle"] |= {"4": "Machine Learning Intern 4"}  # something to rank anew
    assert reachlist.run("--all", day=1) == 0
    assert told in reachlist.err, "it is told until it is mended"


def test_a_posting_the_reader_failed_at_is_read_once_it_is_mended(
    reachlist: Command, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    request.getfixturevalue("faulty")
    reachlist.run()
    monkeypatch.undo()
    (reachlist.data / ".judged").unlink()  # as a program that was mended would not take it
    assert reachlist("rank", day=1) == 0
    assert len(reachlist.rows()) == 4


@pytest.mark.usefixtures("faulty")
def test_a_line_the_reader_fails_at_is_answered_and_named(reachlist: Command, tmp_path: Path) -> None:
    rows = [LINES[0], LINES[0] | {"id": "bad", "title": "Machine Learning Intern 2"}, LINES[2]]
    source = lines(tmp_path / "in.jsonl", rows)
    assert reachlist("read", "--jsonl", source) == 1
    read = [json.loads(line) for line in reachlist.out.splitlines()]
    assert [row["id"] for row in read] == ["x1", "bad", 3]
    assert read[1]["ml_role"] == "none" and "bad: could not be read (ZeroDivisionError" in reachlist.err
    assert reachlist("rank", "--from", source, "--format", "jsonl") == 0
    ranked = {row["id"]: row for row in map(json.loads, reachlist.out.splitlines())}
    assert len(ranked) == 3 and ranked["bad"]["eligible"] == "no"
    assert "1 posting could not be read" in reachlist.err


def test_with_a_traceback_asked_for_a_fault_is_no_more_than_a_fault(
    reachlist: Command, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    request.getfixturevalue("faulty")
    monkeypatch.setenv("REACHLIST_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        reachlist.run()


def test_read_shows_a_posting_with_its_words(reachlist: Command, tmp_path: Path) -> None:
    (tmp_path / "posting.txt").write_text("Machine Learning Intern\n\nRequirements:\n- Python\n")
    assert reachlist("read", str(tmp_path / "posting.txt")) == 0
    assert re.search(r"^ml_role +core", reachlist.out, re.MULTILINE)


def test_a_sentence_alone_is_no_title(reachlist: Command, tmp_path: Path) -> None:
    (tmp_path / "posting.txt").write_text("Python required. SQL required.\n")
    assert reachlist("read", str(tmp_path / "posting.txt")) == 0
    assert "empty" not in reachlist.out and "ml role" not in reachlist.out
    (tmp_path / "posting.txt").write_text("Machine Learning Intern\n")
    assert reachlist("read", str(tmp_path / "posting.txt")) == 0
    assert re.search(r"^ml_role +core", reachlist.out, re.MULTILINE), "a line without a stop is one"


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (b"", "empty"),
        (b"\0" * 1000, "binary or wrongly encoded"),
        ("ML Intern\nPython is required".encode("utf-16-le"), "binary or wrongly encoded"),
        ("机器学习实习生\n熟悉算法，硕士在读".encode("gbk"), "binary or wrongly encoded"),
        (b"Python " * 1_500_000, "only the first 200,000 characters were read"),
    ],
)
def test_read_says_why_a_file_is_read_in_part_or_not_at_all(
    reachlist: Command, tmp_path: Path, content: bytes, note: str
) -> None:
    (tmp_path / "posting").write_bytes(content)
    assert reachlist("read", str(tmp_path / "posting")) == 0
    assert re.search(rf"^note +{note}$", reachlist.out, re.MULTILINE)


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_read_takes_what_other_programs_save(reachlist: Command, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "posting.txt").write_bytes(
        "Praktikum Künstliche Intelligenz\nDu lernst, wie man Modelle baut.".encode(encoding)
    )
    assert reachlist("read", str(tmp_path / "posting.txt")) == 0
    assert re.search(r"^ml_role +core", reachlist.out, re.MULTILINE)


def test_the_postings_of_a_file_are_ranked_under_their_own_ids(reachlist: Command, tmp_path: Path) -> None:
    source = lines(tmp_path / "in.jsonl", LINES)
    assert reachlist("rank", "--from", source, "--format", "jsonl") == 0
    rows = [json.loads(line) for line in reachlist.out.splitlines()]
    assert sorted(one for row in rows for one in row["postings"]) == ["3", "x1", "x2"]
    assert all(row["id"] == row["postings"][0] or row["id"] in row["postings"] for row in rows)
    assert not reachlist.data.exists()


def test_which_postings_of_a_file_are_one_job(reachlist: Command, tmp_path: Path) -> None:
    assert reachlist("openings", "--from", lines(tmp_path / "in.jsonl", LINES)) == 0
    found = {row["id"]: row["opening"] for row in map(json.loads, reachlist.out.splitlines())}
    assert list(found) == ["x1", "x2", "3"] and found["x1"] == "x1" and found["3"] == "3"
