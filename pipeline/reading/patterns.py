"""The phrases of some layers compiled into multi-pattern databases, and their hits in a text by linear passes."""

from __future__ import annotations

import re
from collections.abc import Iterable, MutableMapping
from typing import Any, NamedTuple

import hyperscan

from pipeline.reading.databases import databases
from pipeline.reading.phrases import WORD, Wording, bordered, expression, parts, short_word, wordings


class Hit(NamedTuple):
    """A concept of one layer found at `document.text[start:end]`."""

    start: int
    end: int
    concept: str


Found = dict[str, list[Hit]]  # by layer, in the order of the text
Match = tuple[int, int, str, str]  # start, minus end, layer, concept: sorted, the leftmost longest is first
FREE, OPEN, CLOSED = range(3)  # what a character of a word behind a wording means: nothing, a longer word, no match


class Patterns:
    """The phrases of some layers: a database that finds where they end, and one for each expression with its starts.

    To find starts too costs several times more, so an expression is looked for in that way only in lines it ends in.
    """

    def __init__(self, meaning: Iterable[tuple[str, str, str]], compiled: MutableMapping[str, bytes]) -> None:
        """From (layer, concept, phrase) lines; `compiled` keeps databases."""
        plain: dict[Wording, dict[tuple[str, str], None]] = {}
        complex_: dict[tuple[str, bool], dict[tuple[str, str], None]] = {}
        for layer, concept, phrase in meaning:
            for part in parts(phrase):
                found = wordings(part)
                if found is None:
                    complex_.setdefault((expression(part), part.startswith("=")), {})[layer, concept] = None
                for wording in found or ():
                    plain.setdefault(wording, {})[layer, concept] = None
        self._wordings = [
            (len(wording.text), wording.text[0] in WORD, _border(wording), tuple(named))
            for wording, named in plain.items()
        ]
        self._expressions = [tuple(named) for named in complex_.values()]
        looked_for = [(bordered(one) if short_word(one) else re.escape(one.text), one.exact) for one in plain]
        self._ends, *self._spans = databases(
            [([*looked_for, *complex_], 0), *(([one], hyperscan.HS_FLAG_SOM_LEFTMOST) for one in complex_)], compiled
        )

    def find(self, text: str, offset: int = 0) -> Found:
        """The hits of a folded text at `offset` of its document; of overlapping ones the leftmost longest."""
        ends: list[tuple[int, int]] = []
        encoded = text.encode("utf-8", "replace")
        self._ends.scan(encoded, match_event_handler=_keep, context=ends)
        if not ends:
            return {}
        if len(encoded) != len(text):
            ends = _in_characters(encoded, ends)
        matches: list[Match] = []
        lines = set()
        known, plain, last = self._wordings, len(self._wordings), len(text)
        for end, index in ends:
            if index >= plain:
                lines.add((text.rfind("\n", 0, end) + 1, index - plain))
                continue
            length, bounded, border, named = known[index]
            start, behind = end - length, end
            if bounded and start and text[start - 1] in WORD:
                continue
            if border and end < last and text[end] in WORD:
                if border == CLOSED:
                    continue
                behind = _word_end(text, end)
            for layer, concept in named:
                matches.append((start, -behind, layer, concept))
        for start, index in lines:
            self._add_expression(text, start, index, matches)
        return _leftmost_longest(matches, offset)

    def _add_expression(self, text: str, first: int, index: int, matches: list[Match]) -> None:
        """The matches of one expression in the line that starts at `first`."""
        behind = text.find("\n", first)
        line = text[first:] if behind < 0 else text[first:behind]
        spans: list[tuple[int, int]] = []
        encoded = line.encode("utf-8", "replace")
        self._spans[index].scan(encoded, match_event_handler=_keep_span, context=spans)
        wide = len(encoded) != len(line)
        for at, to in spans:
            start = first + (len(encoded[:at].decode()) if wide else at)
            end = first + (len(encoded[:to].decode()) if wide else to)
            for layer, concept in self._expressions[index]:
                matches.append((start, -end, layer, concept))


def _border(wording: Wording) -> int:
    return FREE if wording.text[-1] not in WORD else OPEN if wording.open_end else CLOSED


def _keep(index: int, _start: int, end: int, _flags: int, ends: Any) -> None:
    ends.append((end, index))


def _keep_span(_index: int, start: int, end: int, _flags: int, spans: Any) -> None:
    spans.append((start, end))


def _in_characters(encoded: bytes, ends: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The matches with offsets in characters rather than bytes."""
    at = characters = 0
    counted = []
    for end, index in sorted(ends):
        if end != at:
            characters += len(encoded[at:end].decode())
            at = end
        counted.append((characters, index))
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
