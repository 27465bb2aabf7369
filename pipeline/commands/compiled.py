"""The compiled vocabulary from one start to the next, in the user's cache folder.

Compiling takes seconds, loading milliseconds. Whatever goes wrong with the folder, it is only compiled again.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.reading import Reader

UNUSED = 30 * 86400  # seconds after which a vocabulary that nobody used any more is forgotten


def folder() -> Path:
    """Where this system keeps what a program can make again; nowhere for a user without a home."""
    try:
        if sys.platform == "win32":
            return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "reachlist" / "cache"
        if sys.platform == "darwin":
            return Path.home() / "Library/Caches/reachlist"
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "reachlist"
    except RuntimeError:  # nobody the system knows, as in a container: a file, in which nothing can be kept
        return Path(os.devnull)


class Compiled(MutableMapping[str, bytes]):
    """Name -> bytes, one file each; a file that cannot be read or written is as if it were not there."""

    def __init__(self, directory: Path | None = None) -> None:
        self._directory = directory or folder()

    def __getitem__(self, name: str) -> bytes:
        path = self._directory / name
        try:
            content = path.read_bytes()
            os.utime(path)
        except OSError:
            raise KeyError(name) from None
        return content

    def __setitem__(self, name: str, content: bytes) -> None:
        path, part = self._directory / name, self._directory / f"{name}.{os.getpid()}"
        with contextlib.suppress(OSError):
            self._directory.mkdir(parents=True, exist_ok=True)
            part.write_bytes(content)
            part.replace(path)
            self._forget()

    def __delitem__(self, name: str) -> None:
        (self._directory / name).unlink(missing_ok=True)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(path.name for path in self._directory.glob("*")))

    def __len__(self) -> int:
        return len(list(self._directory.glob("*")))

    def _forget(self) -> None:
        for path in self._directory.glob("*"):
            if path.stat().st_mtime < time.time() - UNUSED:
                path.unlink(missing_ok=True)


def reader_of(vocabulary: Mapping[str, Any]) -> Reader:
    """The reader of a vocabulary; what it says of employers is for employers.py."""
    from pipeline.reading import Reader  # noqa: PLC0415 -- `--help` must be quick

    return Reader({stem: content for stem, content in vocabulary.items() if stem != "employers"}, Compiled())
