"""The configuration as it was read and checked before, for as long as no byte of it and no line of the program changed.

Checking thousands of lines takes a second, which every command would pay. Faults are never remembered.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from pipeline.commands.compiled import Compiled
from pipeline.config import Config, shipped
from pipeline.reading import Reader

PROGRAM = Path(__file__).parent.parent


class LateReader(Reader):
    """A reader whose skills and version are known already; its vocabulary is compiled when it first reads."""

    def __init__(self, vocabulary: Mapping[str, Any], skills: frozenset[str], version: str) -> None:
        self._vocabulary, self.skills, self.version = vocabulary, skills, version

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        from pipeline.commands.session import reader_of  # noqa: PLC0415

        vars(self).update(vars(reader_of(self._vocabulary)))
        return vars(self)[name]


class Remembered:
    """What a directory (and another profile, if named) came to when it was last read."""

    def __init__(self, directory: Path, profile: Path | None, cache: Compiled | None = None) -> None:
        self._cache = cache if cache is not None else Compiled()
        yaml = [path for folder in (directory, shipped("config")) for path in sorted(folder.rglob("*.yaml"))]
        files = [*yaml, *([profile] if profile and profile.is_file() else [])]
        words = [f"{path} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files]
        self._name = f"config-{_digest([*words, *_program()])}"

    def get(self) -> tuple[Config, Reader] | None:
        """The same again, or None where something is different."""
        try:
            config, skills, version = pickle.loads(self._cache[self._name])
        except (KeyError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, ValueError, TypeError):
            return None
        return config, LateReader(config.vocabulary, skills, version)

    def keep(self, config: Config, reader: Reader) -> None:
        """For the next command."""
        kept = io.BytesIO()
        _ByFields(kept, pickle.HIGHEST_PROTOCOL).dump((config, reader.skills, reader.version))
        self._cache[self._name] = kept.getvalue()


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
