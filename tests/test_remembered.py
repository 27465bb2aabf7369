"""A configuration is read and checked once, and again when any of it changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.commands.compiled import Compiled
from pipeline.commands.remembered import LateReader, Remembered
from pipeline.config import Config, load_profile, load_vocabulary
from pipeline.models import Posting
from pipeline.reading import Reader
from tests.conftest import ROOT


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    (tmp_path / "config/profile.yaml").write_text("student: {level: phd}\n")
    return tmp_path / "config"


def test_what_was_read_is_had_again_until_a_file_changes(directory: Path, tmp_path: Path, reader: Reader) -> None:
    cache = Compiled(tmp_path / "cache")
    profile = load_profile(directory / "profile.yaml", criteria=(), skills=())
    config = Config(profile, (), {}, (), {})
    assert Remembered(directory, None, cache).get() is None
    Remembered(directory, None, cache).keep(config, reader)
    again = Remembered(directory, None, cache).get()
    assert again and again[0] == config and (again[1].version, again[1].skills) == (reader.version, reader.skills)
    assert Remembered(directory, directory / "profile.yaml", cache).get() is None
    (directory / "profile.yaml").write_text("student: {level: master}\n")
    assert Remembered(directory, None, cache).get() is None


@pytest.mark.parametrize("broken", [b"", b"no pickle", b"\x80\x05N."])
def test_a_broken_memory_is_none(directory: Path, tmp_path: Path, broken: bytes) -> None:
    cache = Compiled(tmp_path / "cache")
    cache[Remembered(directory, None, cache)._name] = broken
    assert Remembered(directory, None, cache).get() is None


def test_a_late_reader_reads_like_any_other(reader: Reader) -> None:
    late = LateReader(load_vocabulary(ROOT / "config/vocabulary"), reader.skills, reader.version)
    posting = Posting("b/b", "1", "", "Machine Learning Intern", "B", "You know Python and PyTorch. A PhD is required.")
    assert "scanner" not in vars(late)
    assert late.read(posting) == reader.read(posting) and late.version == reader.version


def test_faults_are_told_every_time(
    directory: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (directory / "profile.yaml").write_text("student: {level: wizard}\n")
    for _ in range(2):
        assert main(["check", "--config", str(directory)]) == 2
        assert "wizard" in capsys.readouterr().err
