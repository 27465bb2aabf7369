"""A configuration is read and checked once, and again when any of it changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.commands.compiled import Compiled
from pipeline.commands.remembered import LateReader, Remembered
from pipeline.config import Config, load_profile, load_vocabulary
from pipeline.models import Posting, Profile, Student
from pipeline.reading import Reader
from tests.conftest import ROOT

STUDENT = Profile(Student("phd"))


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    (tmp_path / "config/profile.yaml").write_text("student: {level: phd}\n")
    return tmp_path / "config"


def test_what_was_read_is_had_again_until_a_file_changes(directory: Path, tmp_path: Path, reader: Reader) -> None:
    cache = Compiled(tmp_path / "cache")
    config = Config(STUDENT, (), {}, (), {})
    assert Remembered(directory, cache).get(lambda *_: STUDENT) is None
    Remembered(directory, cache).keep(config, reader)
    again = Remembered(directory, cache).get(lambda *_: STUDENT)
    assert again and again[0] == config and (again[1].version, again[1].skills) == (reader.version, reader.skills)
    (directory / "employers.yaml").write_text("Mottle: {size: 11-50, source: its page}\n")
    assert Remembered(directory, cache).get(lambda *_: STUDENT) is None


def test_a_profile_is_read_every_time_by_the_skills_that_are_known(
    directory: Path, tmp_path: Path, reader: Reader
) -> None:
    cache = Compiled(tmp_path / "cache")
    Remembered(directory, cache).keep(Config(STUDENT, (), {}, (), {}), reader)
    (directory / "profile.yaml").write_text("student: {level: master}\nskills: {strong: [python]}\n")
    again = Remembered(directory, cache).get(
        lambda skills, words: load_profile(directory / "profile.yaml", criteria=(), skills=skills, vocabulary=words)
    )
    assert again and (again[0].profile.student.level, again[0].profile.skills.strong) == ("master", ("python",))


@pytest.mark.parametrize("broken", [b"", b"no pickle", b"\x80\x05N."])
def test_a_broken_memory_is_none(directory: Path, tmp_path: Path, broken: bytes) -> None:
    cache = Compiled(tmp_path / "cache")
    cache[Remembered(directory, cache).name] = broken
    assert Remembered(directory, cache).get(lambda *_: STUDENT) is None


def test_a_late_reader_reads_like_any_other(reader: Reader) -> None:
    late = LateReader(load_vocabulary(ROOT / "config/vocabulary"), reader.skills, reader.version)
    posting = Posting("b/b", "1", "", "Machine Learning Intern", "B", "You know Python and PyTorch. A PhD is required.")
    assert "_reader" not in vars(late)
    assert late.read(posting) == reader.read(posting) and late.version == reader.version


def test_faults_are_told_every_time(
    directory: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (directory / "profile.yaml").write_text("student: {level: wizard}\n")
    for _ in range(2):
        assert main(["check", "--config", str(directory)]) == 2
        assert "wizard" in capsys.readouterr().err
