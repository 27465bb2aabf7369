"""The part of a reader's version that the program has in it."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

_ROOM = Path(__file__).parent
_LIBRARIES = ("hyperscan", "selectolax")


def sources() -> list[Path]:
    """Every file of the program that has a say in what a reading is."""
    rooms = _ROOM.parent / "text", _ROOM
    shared = [_ROOM.parent / name for name in ("models.py", "listed_phrases.py")]
    return [*shared, *(path for room in rooms for path in sorted(room.glob("*.py")))]


@cache
def program_version() -> str:
    """A hash of the sources and of the libraries that they read with: no number to be raised by hand."""
    texts = [path.read_text(encoding="utf-8") for path in sources()]
    return hashlib.sha256("\0".join([*map(version, _LIBRARIES), *texts]).encode()).hexdigest()[:12]
