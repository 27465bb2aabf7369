"""What the topic readers see of a posting: the vocabulary's hits by layer, and sentences with their sections.

A vocabulary is `{layer: {concept: phrases}}`; phrases are a list, or lists by language. Layers are
independent: within one, of overlapping hits the leftmost longest stays; across layers all stay. A concept
that starts with `_` only shields its words from the rest of its layer (“excel at” from `excel`). No phrase
crosses a line, and none that is looked for in the lines asked about crosses from one sentence into the next.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from pipeline.listed_phrases import phrases
from pipeline.models import Quote
from pipeline.reading.layers import EVERYWHERE, TOGETHER
from pipeline.reading.patterns import Hit, Patterns, even
from pipeline.reading.phrases import WIDE
from pipeline.text import Block, Document
from pipeline.text.characters import fold

__all__ = ["OF_EMPLOYER", "Hit", "Layers", "Scanner", "Sentence", "View"]

_ADDRESS = re.compile(r"(?:https?://|\bwww\.)[^\s<>()\[\]\"']{1,200}+")
OF_EMPLOYER = ("company", "benefits", "legal")  # sections in which the employer speaks of itself


class Scanner:
    """The compiled vocabulary, its layers in groups: those of EVERYWHERE, of TOGETHER, every other one alone."""

    def __init__(
        self, vocabulary: Mapping[str, Mapping[str, Any]], compiled: MutableMapping[str, bytes] | None = None
    ) -> None:
        """`compiled` keeps what was compiled before, by version: compiling takes seconds, loading does not."""
        meaning = [
            (layer, concept, phrase)
            for layer in sorted(vocabulary)
            for concept, entry in vocabulary[layer].items()
            for phrase in phrases(entry)
        ]
        kept = {} if compiled is None else compiled
        self.names = frozenset(vocabulary)
        self._groups: dict[str, Patterns] = {}
        held = dict.fromkeys(layer for layer, *_ in meaning)
        for layers in (sorted(EVERYWHERE), *TOGETHER, *((layer,) for layer in held)):
            members = [layer for layer in layers if layer in held and layer not in self._groups]
            if members:
                group = Patterns([line for line in meaning if line[0] in members], kept)
                self._groups |= dict.fromkeys(members, group)

    def scan(self, text: str) -> Layers:
        """The hits of every layer in a text, found when they are asked for."""
        folded = _without_addresses(fold(text))
        return Layers(self._groups, folded, [0, *(at.end() for at in re.finditer("\n", folded))])

    def layers(self, document: Document) -> Layers:
        """The hits of every layer in a Document, found when they are asked for."""
        return Layers(self._groups, _without_addresses(fold(document.text)), [block.start for block in document.blocks])


def _without_addresses(folded: str) -> str:
    """A folded text with each web address as one long word: what its path spells is not said by the posting."""
    if "://" not in folded and "www." not in folded:
        return folded
    return _ADDRESS.sub(lambda found: "_" * len(found[0]), folded)


class Layers:
    """The hits in one text by layer; a group of layers is looked for where one of them is first asked for."""

    __slots__ = ("_even", "_groups", "_parted", "_parts", "_whole", "folded", "lines", "lowered")

    def __init__(self, groups: Mapping[str, Patterns], folded: str, lines: Sequence[int]) -> None:
        self._groups = groups
        self.folded = folded
        self.lowered = folded.lower()
        self._even = even(self.lowered)
        self.lines = lines  # where they start
        self._whole: dict[str, list[Hit]] = {}  # by layer, of those looked for in the whole text
        self._parts: dict[int, dict[str, list[Hit]]] = {}  # of the others by line and layer
        self._parted: dict[int, tuple[str, str]] = {}  # lines of several sentences, a line break between them

    def hits(self, layer: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """The hits of a layer that start in `[start, end)`, in the order of the text; all by default.

        Of overlapping ones the leftmost longest. The list may be one that others are given too.
        """
        found = self._whole.get(layer)
        if found is None:
            if end is not None and layer not in EVERYWHERE:
                return self._near(layer, start, end)
            found = self._everywhere(layer)
        if not found or (end is None and not start):
            return found
        return _slice(found, start, len(self.folded) if end is None else end)

    def part(self, line: int, starts: Iterable[int]) -> None:
        """Tells where the sentences of a line start: no phrase of a layer that is looked for by lines crosses them."""
        first, behind = self._line(line)
        text, even_ = self.folded, self._even
        cuts = [at - 1 for at in starts if at > first and text[at - 1] == " "]
        if cuts:
            spans = list(zip([first, *(at + 1 for at in cuts)], [*cuts, behind], strict=True))
            self._parted[line] = ("\n".join(text[a:b] for a, b in spans), "\n".join(even_[a:b] for a, b in spans))
            self._parts.pop(line, None)

    def _line(self, line: int) -> tuple[int, int]:
        return self.lines[line], self.lines[line + 1] if line + 1 < len(self.lines) else len(self.folded)

    def _everywhere(self, layer: str) -> list[Hit]:
        group = self._groups.get(layer)
        if group is None or not self.folded:
            return self._whole.setdefault(layer, [])
        found = group.find(self.folded, self._even)
        for member in group.layers:
            self._whole[member] = found.get(member) or []
        return self._whole[layer]

    def _near(self, layer: str, start: int, end: int) -> list[Hit]:
        lines = self.lines
        line = bisect_right(lines, start) - 1
        parts = self._parts.get(line)
        found = parts.get(layer) if parts else None
        if found is None:
            found = self._in_line(layer, line)
        hits = _slice(found, start, end) if found else found
        while (line := line + 1) < len(lines) and lines[line] < end:
            hits = hits + _slice(self._in_line(layer, line), start, end)
        return hits

    def _in_line(self, layer: str, line: int) -> list[Hit]:
        parts = self._parts.get(line)
        if parts is None:
            parts = self._parts[line] = {}
        found = parts.get(layer)
        if found is None:
            group = self._groups.get(layer)
            if group is None or not self.folded:
                return []
            first, behind = self._line(line)
            text, evened = self._parted.get(line) or (self.folded[first:behind], self._even[first:behind])
            hits = group.find(text, evened, first)
            for member in group.layers:
                parts[member] = hits.get(member) or []
            found = parts[layer]
        return found


def _slice(hits: list[Hit], start: int, end: int) -> list[Hit]:
    if len(hits) == 1:
        return hits if start <= hits[0][0] < end else []
    first = bisect_left(hits, (start,))
    return hits[first : bisect_left(hits, (end,), first)]


class Sentence(NamedTuple):
    """One sentence, or one bullet or heading; `section` is the class of the heading above it."""

    start: int
    end: int
    block: Block
    section: str = "other"
    line: int = 0  # the number of its block
    loose: bool = False  # one of a list of which an applicant has most


class Sentences(Protocol):
    """The sentences of a Document by line, and the section of a line that holds no heading."""

    def of(self, line: int) -> list[Sentence]: ...

    def section(self, line: int) -> str | None: ...


class View:
    """What the topic readers see: the Document, its sentences with their sections, and the hits.

    Built by `sections.view`; holds no opinion of its own.
    """

    __slots__ = ("_lines", "_sentences", "document", "folded", "function_words", "hits", "text")

    def __init__(
        self,
        document: Document,
        sentences: Sentences,
        layers: Layers,
        function_words: Mapping[str, frozenset[str]] = MappingProxyType({}),
    ) -> None:
        self.document = document
        self.text = document.text
        self.folded = layers.lowered
        self.function_words = function_words  # by ISO 639-1; too frequent to be scanned for
        self._sentences = sentences
        self.hits = layers.hits
        self._lines = layers.lines

    def within(self, layer: str, sentence: Sentence) -> list[Hit]:
        """The hits of a layer inside one sentence."""
        return self.hits(layer, sentence.start, sentence.end)

    def named(self, layer: str, start: int, end: int, *concepts: str) -> list[Hit]:
        """The hits of a layer that start in `[start, end)` and are of these concepts."""
        return [hit for hit in self.hits(layer, start, end) if hit.concept in concepts]

    def has(self, layer: str, sentence: Sentence, *concepts: str) -> bool:
        """Whether the sentence holds any of these concepts (any at all if none is named)."""
        if not concepts:
            return bool(self.within(layer, sentence))
        return bool(self.named(layer, sentence.start, sentence.end, *concepts))

    @property
    def sentences(self) -> Iterator[Sentence]:
        """All sentences in order; cut where they were not needed yet."""
        for line in range(len(self._lines)):
            yield from self._sentences.of(line)

    def sentence(self, at: int) -> Sentence:
        """The sentence around an offset."""
        line = bisect_right(self._lines, at) - 1
        found = self._sentences.of(line)
        if len(found) == 1:
            return found[0]
        return found[max(0, bisect_right(found, (at, _LAST)) - 1)]

    def section(self, at: int) -> str:
        """The section of the sentence around an offset."""
        return self._sentences.section(bisect_right(self._lines, at) - 1) or self.sentence(at).section

    def above(self, sentence: Sentence) -> Iterator[Sentence]:
        """The sentences before one, the nearest first."""
        beside = self._sentences.of(sentence.line)
        for index in range(bisect_left(beside, (sentence.start,)) - 1, -1, -1):
            yield beside[index]
        for line in range(sentence.line - 1, -1, -1):
            yield from reversed(self._sentences.of(line))

    def below(self, sentence: Sentence) -> Iterator[Sentence]:
        """The sentences behind one."""
        beside = self._sentences.of(sentence.line)
        for index in range(bisect_right(beside, (sentence.start, _LAST)), len(beside)):
            yield beside[index]
        for line in range(sentence.line + 1, len(self._lines)):
            yield from self._sentences.of(line)

    def is_wide(self, at: int) -> bool:
        """Whether the character there is of a script that parts its words by nothing."""
        return self.text[at] >= WIDE

    def quote(self, start: int, end: int) -> Quote:
        return self.document.quote(start, end)


_LAST = float("inf")  # sorts behind the end of any sentence
