"""The compiled vocabulary: what was compiled once reads like what is compiled anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.commands.compiled import Compiled
from pipeline.reading.scan import Scanner

VOCABULARY = {"skill": {f"skill {number}": [f"word{number}"] for number in range(1200)} | {"python": ["python"]}}
TEXT = "Wörter: Python, word7 and word1199"
HITS = [(8, 14, "python"), (16, 21, "skill 7"), (26, 34, "skill 1199")]


def hits(scanner: Scanner) -> list[tuple[int, int, str]]:
    return [(hit.start, hit.end, hit.concept) for hit in scanner.scan(TEXT).hits("skill")]


def test_a_vocabulary_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert hits(Scanner(VOCABULARY, Compiled(tmp_path))) == HITS
    monkeypatch.setattr("hyperscan.Database", None)
    assert hits(Scanner(VOCABULARY, Compiled(tmp_path))) == HITS


@pytest.mark.parametrize("content", [b"", b"garbage" * 99, None])
def test_a_kept_file_that_is_not_whole_is_made_again(tmp_path: Path, content: bytes | None) -> None:
    Scanner(VOCABULARY, Compiled(tmp_path))
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[:-100] if content is None else content)
    assert hits(Scanner(VOCABULARY, Compiled(tmp_path))) == HITS


def test_a_folder_that_cannot_be_written_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert hits(Scanner(VOCABULARY, Compiled(tmp_path / "file" / "cache"))) == HITS


def test_a_user_without_a_home_compiles_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container that runs under a number nobody has an entry for."""

    def nowhere() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setattr(Path, "home", nowhere)
    kept = Compiled()
    assert hits(Scanner(VOCABULARY, kept)) == HITS
    assert list(kept) == []
