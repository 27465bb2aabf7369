"""Vocabulary to one multi-pattern database, and a Document's hits from one pass over its text.

A vocabulary is `{layer: {concept: phrases}}`; phrases are a list, or lists by language. Layers are
independent: within one, of overlapping hits the leftmost longest stays; across layers all stay. A concept
that starts with `_` only shields its words from the rest of its layer (“excel at” from `excel`).
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from importlib.metadata import version
from types import MappingProxyType
from typing import Any, NamedTuple

import hyperscan

from pipeline.models import Quote
from pipeline.reading.phrases import WORD, Wording, bordered, expression, parts, phrases, short_word, wordings
from pipeline.text import Block, Document, Offsets, fold, sentences

Vocabulary = Mapping[str, Mapping[str, Any]]


class Hit(NamedTuple):
    """A concept of one layer found at `document.text[start:end]`."""

    start: int
    end: int
    concept: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, or one bullet or heading; `section` is the class of the heading above it."""

    start: int
    end: int
    block: Block
    section: str = "other"
    index: int = 0


LONGEST_SENTENCE = 2_000  # characters


class Scanner:
    """The compiled vocabulary: one database of plain wordings, one of expressions; each scan is one linear pass."""

    def __init__(self, vocabulary: Vocabulary, compiled: MutableMapping[str, bytes] | None = None) -> None:
        """`compiled` keeps what was compiled before, by version: compiling takes seconds, loading does not."""
        self.layers = tuple(sorted(vocabulary))
        self._meaning: list[tuple[str, str, str]] = []
        plain: dict[Wording, list[int]] = {}
        expressions: dict[tuple[str, bool], list[int]] = {}
        for layer in self.layers:
            for concept, entry in vocabulary[layer].items():
                for phrase in map(str, phrases(entry)):
                    number = len(self._meaning)
                    self._meaning.append((layer, str(concept), phrase))
                    for part in parts(phrase):
                        found = wordings(part)
                        if found is None:
                            expressions.setdefault((expression(part), part.startswith("=")), []).append(number)
                        for wording in found or ():
                            plain.setdefault(wording, []).append(number)
        self.version = hashlib.sha256(repr((self._meaning, list(expressions))).encode()).hexdigest()[:12]
        kept = {} if compiled is None else compiled
        self._wordings = [(w, len(w.text), len(w.text.encode()), tuple(numbers)) for w, numbers in plain.items()]
        self._expressions = [tuple(numbers) for numbers in expressions.values()]
        long, short = [], []
        for index, wording in enumerate(plain):
            case = 0 if wording.exact else hyperscan.HS_FLAG_CASELESS
            if short_word(wording):
                short.append((bordered(wording), index, case))
            else:
                long.append((wording.text, index, case))
        for index, (text, exact) in enumerate(expressions):
            case = 0 if exact else hyperscan.HS_FLAG_CASELESS
            short.append((text, len(plain) + index, case | hyperscan.HS_FLAG_SOM_LEFTMOST))
        self._databases = [_database(long, kept, literal=True), _database(short, kept, literal=False)]

    def phrase(self, number: int) -> tuple[str, str, str]:
        """(layer, concept, phrase) of a pattern number; for reports of which vocabulary line fires."""
        return self._meaning[number]

    def raw(self, text: str) -> list[tuple[int, int, int]]:
        """(start, end, pattern number) of every match, unresolved."""
        scanned = fold(text)
        offsets = None if scanned.isascii() else Offsets(scanned)
        encoded = scanned.encode() if offsets is None else offsets.encoded
        matches: list[tuple[int, int, int]] = []

        def on_match(index: int, start: int, end: int, _flags: int, _context: Any) -> None:
            matches.append((index, start, end))

        for database in self._databases:
            if database is not None:
                database.scan(encoded, match_event_handler=on_match)
        found: list[tuple[int, int, int]] = []
        last, plain = len(scanned), len(self._wordings)
        for index, first, behind in matches:
            if index >= plain:
                span = (first, behind) if offsets is None else (offsets.character(first), offsets.character(behind))
                found += [(*span, number) for number in self._expressions[index - plain]]
                continue
            wording, length, size, numbers = self._wordings[index]
            end = behind if offsets is None else offsets.character(behind)
            start = end - length if offsets is None else offsets.character(behind - size)
            if start and scanned[start - 1] in WORD and scanned[start] in WORD:
                continue
            if end < last and scanned[end] in WORD and scanned[end - 1] in WORD:
                if not wording.open_end:
                    continue
                while end < last and scanned[end] in WORD:
                    end += 1
            found += [(start, end, number) for number in numbers]
        return found

    def scan(self, text: str) -> Layers:
        """The hits of every layer, in the order of the text."""
        by_layer: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        meaning = self._meaning
        for start, end, number in self.raw(text):
            layer, concept, _ = meaning[number]
            by_layer[layer].append((start, -end, concept))
        return Layers(by_layer)


class Layers:
    """Hits by layer; the overlaps of one are resolved when it is first asked for, as most never are."""

    __slots__ = ("_found", "_resolved")

    def __init__(self, found: Mapping[str, list[tuple[int, int, str]]]) -> None:
        self._found = found
        self._resolved: dict[str, list[Hit]] = {}

    def get(self, layer: str) -> list[Hit]:
        """The layer's hits in the order of the text, of overlapping ones the leftmost longest."""
        hits = self._resolved.get(layer)
        if hits is None:
            hits = self._resolved[layer] = _leftmost_longest(self._found.get(layer, []))
        return hits


def _database(
    patterns: list[tuple[str, int, int]], compiled: MutableMapping[str, bytes], *, literal: bool
) -> hyperscan.Database | None:
    """(pattern, number, flags) as a database, from what was compiled before where it still fits this machine."""
    if not patterns:
        return None
    key = hashlib.sha256(repr((version("hyperscan"), patterns, literal)).encode()).hexdigest()[:24]
    if key in compiled:
        try:
            database = hyperscan.loadb(compiled[key], hyperscan.HS_MODE_BLOCK)
            database.scratch = hyperscan.Scratch(database)
            return database
        except hyperscan.error:  # written by another build of the library, or not whole
            pass
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    expressions, numbers, flags = zip(*patterns, strict=True)
    database.compile(
        expressions=[text.encode() for text in expressions], ids=list(numbers), flags=list(flags), literal=literal
    )
    compiled[key] = hyperscan.dumpb(database)
    return database


def _leftmost_longest(found: list[tuple[int, int, str]]) -> list[Hit]:
    found.sort()
    kept: list[Hit] = []
    at = -1
    for start, minus_end, concept in found:
        if start >= at:
            at = -minus_end
            if concept[0] != "_":
                kept.append(Hit(start, at, concept))
    return kept


class View:
    """What the topic readers see: the Document, its sentences with their sections, and the hits.

    Built by `sections.view`; holds no opinion of its own.
    """

    __slots__ = ("_by_layer", "_starts", "document", "folded", "function_words", "sentences", "text")

    def __init__(
        self,
        document: Document,
        sentences_: list[Sentence],
        by_layer: Layers,
        function_words: Mapping[str, frozenset[str]] = MappingProxyType({}),
    ) -> None:
        self.document = document
        self.text = document.text
        self.folded = fold(document.text).lower()
        self.sentences = sentences_
        self._starts = [sentence.start for sentence in sentences_]
        self._by_layer = by_layer
        self.function_words = function_words  # by ISO 639-1; too frequent to be scanned for

    def hits(self, layer: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """The hits of a layer that start in `[start, end)`; the whole text by default."""
        found = self._by_layer.get(layer)
        if not found:
            return []
        if start == 0 and end is None:
            return found
        first = bisect_left(found, (start,))
        return found[first:] if end is None else found[first : bisect_left(found, (end,))]

    def within(self, layer: str, sentence: Sentence) -> list[Hit]:
        """The hits of a layer inside one sentence."""
        return self.hits(layer, sentence.start, sentence.end)

    def has(self, layer: str, sentence: Sentence, *concepts: str) -> bool:
        """Whether the sentence holds any of these concepts (any at all if none is named)."""
        found = self.within(layer, sentence)
        return bool(found) if not concepts else any(hit.concept in concepts for hit in found)

    def sentence(self, at: int) -> Sentence:
        """The sentence around an offset."""
        return self.sentences[max(0, bisect_right(self._starts, at) - 1)]

    def quote(self, start: int, end: int) -> Quote:
        return self.document.quote(start, end)


def split(document: Document) -> Iterator[tuple[int, int, Block]]:
    """(start, end, block) of every sentence, in order; an endless one in pieces."""
    for block in document.blocks:
        if block.kind in ("paragraph", "bullet"):
            spans: Iterable[tuple[int, int]] = sentences(document.text, block.start, block.end)
        else:
            spans = ((block.start, block.end),)
        for start, end in spans:
            if end - start <= LONGEST_SENTENCE:
                yield start, end, block
            else:
                for piece in _pieces(document.text, start, end):
                    yield *piece, block


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span, cut at spaces where it is longer than any sentence: what reads one may look at all of it."""
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
        cut = cut if cut > 0 else start + LONGEST_SENTENCE
        yield start, cut
        start = cut
    if end > start:
        yield start, end
