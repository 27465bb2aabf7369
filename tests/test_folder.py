"""`reachlist init DIR`: a folder to work in, whose files are the user's from then on."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.config import load_boards, load_platforms, shipped


def test_a_new_folder_has_what_a_student_edits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "my internships"
    assert main(["init", str(folder)]) == 0
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == {
        "config/profile.yaml",
        "config/boards.yaml",
        "data/.gitignore",
    }
    assert str(folder / "config" / "profile.yaml") in capsys.readouterr().out


def test_the_folder_works_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["init", str(tmp_path)])
    assert main(["check", "--config", str(tmp_path / "config")]) == 0
    assert "everything is understood" in capsys.readouterr().out
    platforms = load_platforms(shipped("config/platforms.yaml"))
    own = load_boards(tmp_path / "config/boards.yaml", platforms)
    assert own == load_boards(shipped("config/boards.yaml"), platforms)


def test_what_is_there_is_never_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "config/profile.yaml"
    mine.parent.mkdir()
    mine.write_text("student: {level: master}\n")
    for _ in range(2):
        assert main(["init", str(tmp_path)]) == 0
        assert mine.read_text() == "student: {level: master}\n"
    out = capsys.readouterr().out.splitlines()
    assert f"kept {mine}" in out and f"made {tmp_path / 'config/boards.yaml'}" in out


def test_a_file_is_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "taken").write_text("")
    assert main(["init", str(tmp_path / "taken")]) == 2
    assert "name a folder" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["rank"], ["doctor"]])
def test_behind_the_demo_its_store_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    data = tmp_path / "data"
    assert main([*words, "--data", str(data)]) == 2
    assert "`reachlist demo` makes one" in capsys.readouterr().err
    (data / "demo").mkdir(parents=True)
    (data / "demo" / "reachlist.db").touch()
    assert main([*words, "--data", str(data)]) == 2
    said = capsys.readouterr().err
    assert f"--data {data / 'demo'}" in said and "`reachlist run` makes one" in said and "demo` makes" not in said


@pytest.mark.parametrize("words", [["mark", "1", "applied"], ["rank"], ["status"], ["show", "1"], ["doctor"]])
def test_a_folder_that_was_mistyped_is_not_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert main([*words, "--data", str(tmp_path / "dtaa")]) == 2
    assert "there is no store" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
