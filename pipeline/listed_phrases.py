"""How the phrases of a concept stand in config/vocabulary: flat, or by language. What they say enters nowhere here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def phrases(entry: Any) -> Iterator[str]:
    """The phrases of a concept, whether listed flat or by language."""
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, Mapping):
        for part in entry.values():
            yield from phrases(part)
    else:
        for part in entry or ():
            yield from phrases(part)
