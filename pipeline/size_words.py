"""What a posting's words say of how many people an employer has: cues of config/vocabulary/employers.yaml.

One pass over a text finds the few cues that can stand in it; only those are looked for by their expressions,
which decide. No employer and no fact may enter here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from functools import cached_property
from typing import Any

import hyperscan

from pipeline.models import SizeEvidence
from pipeline.reading.databases import databases


class SizeWords:
    """The cues of `size_by_text`: pattern, size, weight, because; `between` bounds the group `number`."""

    def __init__(self, cues: Sequence[Mapping[str, Any]], compiled: MutableMapping[str, bytes] | None = None) -> None:
        """`compiled` keeps what was compiled before."""
        self._compiled = {} if compiled is None else compiled
        self._cues = [(re.compile(cue["pattern"], re.I), cue) for cue in cues]

    def __call__(self, text: str) -> Iterator[SizeEvidence]:
        """The evidence of every cue that stands in a text, in the order of the cues."""
        for number in self._possible(text):
            pattern, cue = self._cues[number]
            found = pattern.search(text)
            if found and _in_range(found, cue):
                quote = " ".join(found[0].split())
                yield SizeEvidence("posting", cue["size"], cue["weight"], cue["because"], quote)

    def _possible(self, text: str) -> list[int]:
        """The cues that may stand in a text: all that do, and a few that do not."""
        if not self._cues:
            return []
        seen: set[int] = set()
        scanned = text.encode(errors="replace")
        self._database.scan(scanned, match_event_handler=lambda number, *_: seen.add(number))
        return sorted(seen)

    @cached_property
    def _database(self) -> hyperscan.Database:
        """The patterns with neither borders of words nor names: they find more than the patterns do, never less."""
        loose = [pattern.pattern.replace(r"\b", "").replace("(?P<number>", "(?:") for pattern, _ in self._cues]
        flags = hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_PREFILTER | hyperscan.HS_FLAG_SINGLEMATCH
        return databases([([(one, False) for one in loose], flags)], self._compiled)[0]


def _in_range(found: re.Match[str], cue: Mapping[str, Any]) -> bool:
    """Whether the number the pattern caught lies in the cue's `between`, where it names one."""
    if "between" not in cue:
        return True
    low, high = cue["between"]
    return low <= int(found["number"].replace(",", "").replace(".", "")) <= high
