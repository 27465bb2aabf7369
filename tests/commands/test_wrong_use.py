"""Wrong words, wrong files and wrong configuration: one line each, and nothing lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.cli import main
from tests.commands.world import LINES, PROFILE, Command, World, lines


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["rnu"], "did you mean 'run'?"),
        (["run", "--plian"], "did you mean '--plain'?"),
        (["rank", "--format", "cvs"], "did you mean 'csv'?"),
        (["run", "--now", "noon"], "'noon' is no time such as"),
        (["run", "--now", "0001-01-01T00:00:00+05:00"], "is no time such as"),
        (["rank", "--now", "9999-12-31T23:59:59-05:00"], "is no time such as"),
        (["run", "--now", "9999-12-31"], "from 1970 to 2999"),
        (["run", "--platform", "grenhouse"], "did you mean 'greenhouse'?"),
        (["run", "--board", "greenhouse/motle"], "did you mean 'greenhouse/mottle'?"),
        (["run", "--replay", "nowhere"], "no recorded world here"),
        (["run", "--replay", "x", "--connect-to", "localhost:1"], "give one of them"),
        (["crawl", "--delay-scale", "0"], "loopback"),
        (["crawl", "--connect-to", "nonsense"], "HOST:PORT"),
        (["demo", "--connect-to", "127.0.0.1:1"], "give one of them"),
        (["boards", "find", "mottle", "--replay", "x", "--connect-to", "127.0.0.1:1"], "give one of them"),
        (["boards", "find", "mottle", "--delay-scale", "0"], "loopback"),
        *(
            (words, "must be 1 or more, not")
            for words in (
                ["rank", "--top", "0"],
                ["gaps", "--top", "-3"],
                ["outreach", "--top", "0"],
                ["whatif", "skills.working += sql", "--top", "0"],
                ["rank", "--top", "x"],
                ["status", "--period", "0"],
            )
        ),
        (["rank", "--from", "nowhere.jsonl"], "nowhere.jsonl: No such file"),
        (["rank"], "there is no store"),
        (["show", "1"], "there is no store"),
        (["status"], "there is no store"),
        (["doctor"], "there is no store"),
        (["mark", "1", "x" * 50], "a status is a word or two"),
        ([], "required"),
    ],
)
def test_wrong_use_is_one_line_and_exit_2(reachlist: Command, words: list[str], said: str) -> None:
    reachlist.world.write()
    assert reachlist(*words) == 2
    assert said in reachlist.err and len(reachlist.err.strip().splitlines()) == 1
    assert not any(name.endswith((".csv", ".html")) for name in reachlist.files())


def test_a_wrong_address_is_refused_where_no_board_is_due_too(reachlist: Command) -> None:
    reachlist.run()
    for words in (["--connect-to", "nonsense"], ["--delay-scale", "0"], ["--delay-scale", "-1"]):
        assert reachlist("crawl", *words) == 2 and reachlist("run", *words) == 2
    assert reachlist.run("--delay-scale", "0") == 0


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ('{"a": 1}', "not a list of answers"),
        ("x", "no JSON"),
        ('[{"url": "https://a.example/"}, {"body": "x"}]', "answer 2 cannot be read: no 'url'"),
        ('[{"url": 5}]', "answer 1 cannot be read"),
        ('[{"url": "https://a.example/", "status": "no"}]', "answer 1 cannot be read"),
        ('["x"]', "answer 1 cannot be read"),
    ],
)
def test_answers_that_are_none_are_named(reachlist: Command, tmp_path: Path, answers: str, said: str) -> None:
    reachlist.world.write()
    (tmp_path / "world.json").write_text(answers)
    for words in (["run", "--replay", str(tmp_path)], ["replay", str(tmp_path)]):
        assert reachlist(*words) == 2
        assert said in reachlist.err and "world.json" in reachlist.err and "fault" not in reachlist.err


def test_lines_with_one_id_are_named(reachlist: Command, tmp_path: Path) -> None:
    source = lines(tmp_path / "in.jsonl", [LINES[0], {**LINES[1], "id": "x1"}, LINES[2]])
    for words in (["openings"], ["rank", "--format", "jsonl"]):
        assert reachlist(*words, "--from", source) == 0
        assert "more than one line has the id x1" in reachlist.err and "3" not in reachlist.err.split("id ")[1]


def test_a_line_that_is_no_object_is_said_in_words(reachlist: Command, tmp_path: Path) -> None:
    assert reachlist("read", "--jsonl", lines(tmp_path / "in.jsonl", ["[1]", "3", "null", '"s"'])) == 1
    assert reachlist.err.count("not an object of JSON") == 4 and "indices" not in reachlist.err


def test_what_is_new_on_a_list_that_was_empty_is_said(reachlist: Command) -> None:
    boards, reachlist.world.boards = reachlist.world.boards, {"mottle": {"9": "Accountant"}}
    reachlist.run()
    assert "since the last list" not in reachlist.err
    reachlist.world.boards = boards
    reachlist.run("--all", day=1)
    assert "since the last list: 4 new" in reachlist.err


def test_the_check_names_boards_that_lack_what_their_platform_needs(reachlist: Command) -> None:
    reachlist.world.write()
    boards = reachlist.world.folder / "config/boards.yaml"
    boards.write_text("greenhouse:\n  mottle: Mottle\nworkday:\n  kestrel: Kestrel\n")
    assert reachlist("check") == 2
    assert re.search(r"boards\.yaml:4:3: does not say its host, site", reachlist.err)


def test_the_check_notes_files_that_nothing_reads(reachlist: Command) -> None:
    reachlist.world.write()
    slips = ("profil.yaml", "profile.yml", "board.yaml")
    others = ("profile.draft-2.yaml", "mine.yaml", "profile-anna.yaml", "profile2.yaml", "my_profile.yaml")
    for name in (*slips, *others):
        (reachlist.world.folder / "config" / name).write_text("level: x\n")
    assert reachlist("check") == 0
    for name in slips:
        assert re.search(rf"[/\\]{name}: nothing reads it; did you mean '(profile|boards)'\?", reachlist.err)
    assert reachlist.err.count("nothing reads it") == len(slips)


def test_a_draft_overwrites_nothing_and_names_a_step_that_checks_it(reachlist: Command, tmp_path: Path) -> None:
    reachlist.world.write()
    (tmp_path / "cv.txt").write_text("I know Python and SQL.")
    config = reachlist.world.folder / "config"
    for name in ("profile.draft.yaml", "profile.draft-2.yaml", "profile.draft-3.yaml"):
        assert reachlist("profile", "init", "--from-resume", str(tmp_path / "cv.txt")) == 0
        assert f"rank --profile {config / name}" in reachlist.out
        (config / name).write_text("student: {level: nonsense}\n")
    assert (config / "profile.yaml").read_text() == PROFILE
    reachlist.run()
    assert reachlist("rank", "--profile", str(config / "profile.draft.yaml")) == 2 and "nonsense" in reachlist.err


def test_options_are_taken_before_and_after_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--data", str(tmp_path), "status"], ["status", "--data", str(tmp_path)]):
        assert main(words) == 2
        assert str(tmp_path) in capsys.readouterr().err


FILES = ("profile.yaml", "boards.yaml", "platforms.yaml", "employers.yaml", "vocabulary/skills.yaml")
FAULTS = [(file, text) for file in FILES for text in ("a: [", "a: 1\na: 2\n")]


@pytest.mark.parametrize(("file", "text"), [*FAULTS, *((file, "student: {level: 7}\nb: 7\n") for file in FILES[:4])])
def test_a_configuration_with_faults_writes_nothing(reachlist: Command, file: str, text: str) -> None:
    reachlist.world.write()
    (reachlist.world.folder / "config" / file).write_text(text)
    assert reachlist("run", "--replay", str(reachlist.world.folder)) == 2
    assert re.search(rf"{re.escape(file)}:\d+:\d+: \S", reachlist.err) and reachlist.files() == {}


def test_a_folder_with_nothing_but_boards_is_a_configuration(world: World, tmp_path: Path) -> None:
    world.write()
    config = tmp_path / "own"
    config.mkdir()
    (config / "boards.yaml").write_text("greenhouse: {mottle: Mottle}\n")
    words = ["crawl", "--replay", str(world.folder), "--config", str(config), "--data", str(tmp_path / "data")]
    assert main(words) == 0
