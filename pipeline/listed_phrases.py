"""How the phrases of a concept stand in config/vocabulary: flat, or by language. What they say enters nowhere here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


def phrases(entry: Sequence[str] | Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The phrases of a concept, whether listed flat or by language."""
    for listed in entry.values() if isinstance(entry, Mapping) else (entry,):
        yield from listed
