"""Where the work on partitions is done: in this process, or on the workers of a cluster.

An engine maps a pure function of (work, part) over parts and keeps their order; what the function is, and what
becomes of the results, it does not know. `work` is what all parts share: settings, and what is made of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, TypeVar

Kept = TypeVar("Kept")
Part = TypeVar("Part")
Result = TypeVar("Result")


class EngineError(Exception):
    """The engine cannot be used; the message says what to do next."""


class Engine(Protocol):
    """Maps over partitions."""

    partitions: int  # into how many parts work that can be divided had best be

    def map(
        self, function: Callable[[Any, Part], Result], parts: Iterable[tuple[Kept, Part]]
    ) -> Iterator[tuple[Kept, Result]]:
        """(kept, function(work, part)) of every (kept, part), in order; parts are taken as they are needed."""


class Local:
    """One part after the other, in this process."""

    partitions = 1

    def __init__(self, work: object) -> None:
        self._work = work

    def map(
        self, function: Callable[[Any, Part], Result], parts: Iterable[tuple[Kept, Part]]
    ) -> Iterator[tuple[Kept, Result]]:
        """(kept, function(work, part)) of every (kept, part), in order."""
        return ((kept, function(self._work, part)) for kept, part in parts)
