"""The configuration as it was read and checked before, for as long as no byte of it and no line of the program changed.

Checking thousands of lines takes seconds, which every command would pay. Faults are never remembered, nor is the
profile: it is the file that people edit, and it is read in no time.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from pipeline.commands.compiled import Compiled, reader_of
from pipeline.config import Config, shipped
from pipeline.models import Profile

if TYPE_CHECKING:
    from pipeline.reading import Reader

PROGRAM = Path(__file__).parent.parent
PROFILE = "profile.yaml"


class LateReader:
    """A reader whose skills and version are known already; it is made when it is asked for anything else."""

    def __init__(self, vocabulary: Mapping[str, Any], skills: frozenset[str], version: str) -> None:
        self._vocabulary, self.skills, self.version = vocabulary, skills, version

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._reader, name)

    @cached_property
    def _reader(self) -> Reader:
        return reader_of(self._vocabulary)


class Remembered:
    """What a directory came to when it was last read, but for the profile."""

    def __init__(self, directory: Path, cache: Compiled | None = None) -> None:
        self._cache = cache if cache is not None else Compiled()
        yaml = [path for folder in (directory, shipped("config")) for path in sorted(folder.rglob("*.yaml"))]
        words = [f"{path} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in yaml if path.name != PROFILE]
        self.name = f"config-{_digest([*words, *_program()])}"

    def get(self, profile: Callable[[Collection[str], Mapping[str, Any]], Profile]) -> tuple[Config, Reader] | None:
        """The same again with the `profile` by these skills and this vocabulary; None where something is different."""
        try:
            rest, skills, version = pickle.loads(self._cache[self.name])
        except (KeyError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, ValueError, TypeError):
            return None
        return Config(profile(skills, rest[-1]), *rest), cast("Reader", LateReader(rest[-1], skills, version))

    def keep(self, config: Config, reader: Reader) -> None:
        """For the next command."""
        rest = config.boards, config.platforms, config.employers, config.vocabulary
        kept = io.BytesIO()
        _ByFields(kept, pickle.HIGHEST_PROTOCOL).dump((rest, reader.skills, reader.version))
        self._cache[self.name] = kept.getvalue()


class _ByFields(pickle.Pickler):
    """Dataclasses by their fields: thousands of them are read back in a third of the time."""

    def reducer_override(self, value: Any) -> Any:
        if is_dataclass(value) and not isinstance(value, type):
            return type(value), tuple(getattr(value, field.name) for field in fields(value))
        return NotImplemented


def _program() -> Iterable[str]:
    """Changes with the program."""
    yield sys.version
    for path in sorted((*PROGRAM.rglob("*.py"), *PROGRAM.rglob("*.json"))):
        status = path.stat()
        yield f"{path} {status.st_size} {status.st_mtime_ns}"


def _digest(words: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(words).encode(errors="surrogatepass")).hexdigest()
