"""What tests of the command line are given."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.models import Posting, Reading
from pipeline.reading import Reader
from tests.commands.world import PROFILE, VOCABULARY, Command, World


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Two boards with five postings, a small vocabulary and a profile, not written yet."""
    folder = tmp_path / "world"
    vocabulary = folder / "config/vocabulary"
    vocabulary.mkdir(parents=True)
    for stem, content in VOCABULARY.items():
        (vocabulary / f"{stem}.yaml").write_text(content if isinstance(content, str) else json.dumps(content))
    (folder / "config/profile.yaml").write_text(PROFILE)
    (folder / "config/employers.yaml").write_text("Mottle: {size: 11-50, source: a test}\n")
    interns = {str(number): f"Machine Learning Intern {number}" for number in range(1, 4)}
    return World(folder, {"mottle": interns | {"9": "Accountant"}, "kestrel": {"10": "Data Science Intern"}})


@pytest.fixture
def reachlist(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command on that world, with data of its own."""
    return Command(world, tmp_path / "data", capsys)


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader with a fault that one title brings out."""
    sound = Reader.read

    def read(self: Reader, posting: Posting) -> Reading:
        if posting.title == "Machine Learning Intern 2":
            raise ZeroDivisionError("as if the reader had a fault")
        return sound(self, posting)

    monkeypatch.setattr(Reader, "read", read)


@pytest.fixture
def students(reachlist: Command) -> Path:
    """Profiles of two students, in a world that was visited once."""
    folder = reachlist.data.parent / "students"
    folder.mkdir()
    for name in ("ada", "ben"):
        (folder / f"{name}.yaml").write_text(PROFILE)
    reachlist.run()
    return folder
