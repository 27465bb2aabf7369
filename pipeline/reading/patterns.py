"""The phrases of some layers compiled into multi-pattern databases, and their hits in a text by linear passes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, MutableMapping
from typing import Any, NamedTuple

import hyperscan

from pipeline.reading.databases import databases
from pipeline.reading.phrases import (
    MOST_JOINTS,
    WORD,
    Wording,
    bordered,
    expression,
    parts,
    short_word,
    spellings,
    wordings,
)


class Hit(NamedTuple):
    """A concept of one layer found at `document.text[start:end]`."""

    start: int
    end: int
    concept: str


Found = dict[str, list[Hit]]  # by layer, in the order of the text
Match = tuple[int, int, str, str]  # start, minus end, layer, concept: sorted, the leftmost longest is first
Meaning = tuple[bool, bool, frozenset[str], tuple[tuple[str, str], ...]]  # open end, exact, spellings, (layer, concept)


class Spelling(NamedTuple):
    """How a wording of a concept has to be spelt."""

    exact: bool  # case counts
    open_end: bool  # any ending
    layer: str
    concept: str


class Patterns:
    """The phrases of some layers: a database that finds where they end, and one for each expression with its starts.

    To find starts too costs several times more, so an expression is looked for in that way only in lines it ends in.
    Ends are looked for in an even text, as one needle then stands for all spellings of a wording.
    """

    def __init__(self, meaning: Iterable[tuple[str, str, str]], compiled: MutableMapping[str, bytes]) -> None:
        """From (layer, concept, phrase) lines; `compiled` keeps databases."""
        self.layers = set()
        plain: dict[str, dict[Spelling, list[Wording]]] = {}
        complex_: dict[tuple[str, bool], dict[tuple[str, str], None]] = {}
        for layer, concept, phrase in meaning:
            self.layers.add(layer)
            for part in parts(phrase):
                found = wordings(part)
                if found is None:
                    complex_.setdefault((expression(part), part.startswith("=")), {})[layer, concept] = None
                for wording in found or ():
                    spelling = Spelling(wording.exact, wording.open_end, layer, concept)
                    plain.setdefault(even(wording.text.lower()), {}).setdefault(spelling, []).append(wording)
        self._needles = [
            (len(needle), needle[0] in WORD, needle[-1] in WORD, _meanings(needle, spellings))
            for needle, spellings in plain.items()
        ]
        self._expressions = [tuple(named) for named in complex_.values()]
        looked_for = [
            bordered(needle, any(spelling.open_end for spelling in spellings))
            if short_word(needle)
            else re.escape(needle)
            for needle, spellings in plain.items()
        ]
        gates = [even(text.lower()).replace("\\ ", " ") for text, _ in complex_]
        self.ends, *self._spans = databases(
            [
                ([(text, True) for text in (*looked_for, *gates)], 0),
                *(([one], hyperscan.HS_FLAG_SOM_LEFTMOST) for one in complex_),
            ],
            compiled,
        )

    def find(self, text: str, evened: str, offset: int = 0) -> Found:
        """The hits of a folded text at `offset` of its document; of overlapping ones the leftmost longest."""
        ends: list[tuple[int, int]] = []
        encoded = evened.encode("utf-8", "replace")
        self.ends.scan(encoded, match_event_handler=_keep, context=ends)
        if not ends:
            return {}
        if len(encoded) != len(text):
            counted = _in_characters(encoded, {end for end, _ in ends})
            ends = [(counted[end], index) for end, index in ends]
        matches: list[Match] = []
        lines: dict[tuple[int, int], int] = {}  # (start of a line, expression) to where it ends there last
        starts: list[int] = []  # of the lines, once an expression is found
        needles, plain, last = self._needles, len(self._needles), len(text)
        for end, index in ends:
            if index >= plain:
                starts = starts or [0, *(at.end() for at in re.finditer("\n", text))]
                key = (starts[bisect_right(starts, end - 1) - 1], index - plain)
                lines[key] = max(end, lines.get(key, 0))
                continue
            length, opens, closes, meanings = needles[index]
            start = end - length
            if opens and start and text[start - 1] in WORD:
                continue
            longer = closes and end < last and text[end] in WORD
            for open_end, exact, spelt, named in meanings:
                if longer and not open_end:
                    continue
                if spelt and (text[start:end] if exact else text[start:end].lower()) not in spelt:
                    continue
                behind = _word_end(text, end) if longer else end
                for layer, concept in named:
                    matches.append((start, -behind, layer, concept))
        for (first, index), end in lines.items():
            self._add_expression(text[first:end], first, index, matches)
        return _leftmost_longest(matches, offset)

    def _add_expression(self, line: str, first: int, index: int, matches: list[Match]) -> None:
        """The matches of one expression in the part of a line, begun at `first`, up to where it ends last."""
        spans: list[tuple[int, int]] = []
        encoded = line.encode("utf-8", "replace")
        self._spans[index].scan(encoded, match_event_handler=_keep_span, context=spans)
        if len(encoded) != len(line):
            counted = _in_characters(encoded, {offset for span in spans for offset in span})
            spans = [(counted[at], counted[to]) for at, to in spans]
        for at, to in spans:
            start, end = first + at, first + to
            for layer, concept in self._expressions[index]:
                matches.append((start, -end, layer, concept))


def even(lowered: str) -> str:
    """A folded text in small letters with spaces for hyphens; the same length."""
    return lowered.replace("-", " ")


def _meanings(needle: str, by_spelling: dict[Spelling, list[Wording]]) -> list[Meaning]:
    """What a needle means when found, by how it has to be spelt there."""
    grouped: dict[tuple[bool, bool, frozenset[str]], list[tuple[str, str]]] = {}
    for (exact, open_end, layer, concept), found in by_spelling.items():
        spelt = frozenset() if _is_free(found) else _spellings(needle, found)
        grouped.setdefault((open_end, exact, spelt), []).append((layer, concept))
    return [(*key, tuple(named)) for key, named in grouped.items()]


def _is_free(found: list[Wording]) -> bool:
    """Whether every spelling of the needle is one of a wording found: it holds no hyphen of its own."""
    return any(not text.exact and "-" not in text.text and text.text.count(" ") <= MOST_JOINTS for text in found)


def _spellings(needle: str, found: list[Wording]) -> frozenset[str]:
    texts = {text for wording in found for text in spellings(wording)}
    if found[0].exact:
        return frozenset(texts)
    return frozenset(() if len(texts) == 2 ** needle.count(" ") else map(str.lower, texts))


def _keep(index: int, _start: int, end: int, _flags: int, ends: Any) -> None:
    ends.append((end, index))


def _keep_span(_index: int, start: int, end: int, _flags: int, spans: Any) -> None:
    spans.append((start, end))


def _in_characters(encoded: bytes, offsets: Iterable[int]) -> dict[int, int]:
    """What offsets in bytes are in characters."""
    at = characters = 0
    counted = {}
    for offset in sorted(offsets):
        characters += len(encoded[at:offset].decode())
        counted[offset] = characters
        at = offset
    return counted


def _word_end(text: str, at: int) -> int:
    last = len(text)
    while at < last and text[at] in WORD:
        at += 1
    return at


def _leftmost_longest(matches: list[Match], offset: int) -> Found:
    if len(matches) > 1:
        matches.sort()
    found: Found = {}
    reached: dict[str, int] = {}
    for start, minus_end, layer, concept in matches:
        if start < reached.get(layer, 0):
            continue
        reached[layer] = -minus_end
        if concept[0] != "_":
            hit = _hit(Hit, (start + offset, offset - minus_end, concept))
            if layer in found:
                found[layer].append(hit)
            else:
                found[layer] = [hit]
    return found


_hit = tuple.__new__  # what Hit(…) does in the end; a posting has a hundred of them
