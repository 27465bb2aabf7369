"""The directory of boards: an address becomes a line, and what stood there stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.commands.directory import at_address, with_line
from pipeline.config import load_boards, load_platforms
from pipeline.models import Board
from tests.conftest import ROOT

PLATFORMS = load_platforms(ROOT / "config/platforms.yaml")


@pytest.mark.parametrize(
    ("address", "board"),
    [
        ("https://boards.greenhouse.io/mottle", "greenhouse/mottle"),
        ("https://job-boards.greenhouse.io/mottle/jobs/123?gh_src=x", "greenhouse/mottle"),
        ("boards.greenhouse.io/embed/job_board?for=mottle", "greenhouse/mottle"),
        ("https://boards-api.greenhouse.io/v1/boards/mottle/jobs", "greenhouse/mottle"),
        ("https://job-boards.eu.greenhouse.io/mottle/", "greenhouse-eu/mottle"),
        ("https://jobs.lever.co/Mottle-2/5b1e8a0c/apply", "lever/Mottle-2"),
        ("https://jobs.eu.lever.co/mottle", "lever-eu/mottle"),
        ("https://jobs.ashbyhq.com/Two%20Words/1234", "ashby/Two Words"),
        ("https://mottle.jobs.personio.de/job/1", "personio/mottle"),
        ("https://mottle.recruitee.com/o/intern", "recruitee/mottle"),
        ("https://mottle.teamtailor.com", "teamtailor/mottle"),
        ("https://apply.workable.com/mottle/j/ABC/", "workable/mottle"),
        ("https://ats.rippling.com/mottle/jobs", "rippling/mottle"),
        ("https://mottle.applytojob.com/apply", "jazzhr/mottle"),
        ("https://mottle.example/careers", None),
        ("https://boards.greenhouse.io/", None),
        ("https://jobs.lever.co.evil.example/mottle", None),
        ("not an address", None),
    ],
)
def test_an_address_names_its_board(address: str, board: str | None) -> None:
    found = at_address(address, PLATFORMS)
    assert (found.id if found else None) == board


@pytest.mark.parametrize(
    "text",
    ["# mine\nlever:\n  a: A # first\n", "greenhouse:\n  b: B", "", "lever: # more\n\n  a: A\ngreenhouse:\n  b: B\n"],
)
def test_a_line_is_added_and_the_rest_stays(tmp_path: Path, text: str) -> None:
    board = Board("lever", "odd: #1", "Mottle: “pumps” & co")
    path = tmp_path / "boards.yaml"
    path.write_text(with_line(text, board), encoding="utf-8")
    before = sum(word in text for word in ("a: A", "b: B"))
    boards = load_boards(path)
    assert board in boards and len(boards) == before + 1
    assert all(line in path.read_text(encoding="utf-8") for line in text.splitlines())


def test_a_board_is_added_found_and_not_added_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "boards.yaml").write_text("# mine\nlever:\n  kestrel: Kestrel Grid\n")
    config = ["--config", str(tmp_path)]
    assert main(["boards", "add", "https://jobs.lever.co/mottle/1", "--company", "Mottle Ltd", *config]) == 0
    assert (tmp_path / "boards.yaml").read_text() == "# mine\nlever:\n  mottle: Mottle Ltd\n  kestrel: Kestrel Grid\n"
    assert main(["boards", "find", "motle", *config]) == 0
    assert "lever/mottle" in capsys.readouterr().out
    assert main(["boards", "add", "jobs.lever.co/mottle", *config]) == 0
    assert "already" in capsys.readouterr().out
    assert main(["boards", "find", "nobody at all", *config]) == 1


@pytest.mark.parametrize(
    ("text", "address", "said"),
    [
        ("lever: {a: A}\n", "jobs.lever.co/mottle", "is not written line by line"),
        ("lever:\n  a: A\n", "https://mottle.example", "is no board of a platform known here"),
    ],
)
def test_what_cannot_be_added_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, address: str, said: str
) -> None:
    (tmp_path / "boards.yaml").write_text(text)
    assert main(["boards", "add", address, "--config", str(tmp_path)]) == 2
    assert said in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["boards.yaml"]
    assert (tmp_path / "boards.yaml").read_text() == text
