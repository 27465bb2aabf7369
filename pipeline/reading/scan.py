"""Vocabulary to one multi-pattern database, and a Document's hits from one pass over its text.

A vocabulary is `{layer: {concept: phrases}}`; phrases are a list, or lists by language. Layers are
independent: within one, of overlapping hits the leftmost longest stays; across layers all stay. A concept
that starts with `_` only shields its words from the rest of its layer (“excel at” from `excel`).

The phrase notation of config/vocabulary:

    machine learning     words, whatever single spaces or hyphens stand between them
    pursu*               any ending
    (bs|ba) in           alternatives
    currently [a] student   a part that may be left out
    require .. degree    up to four words between
    <n> employees        a number in digits, thousands grouped or not, with k or + behind it
    =Go                  exactly this case
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from importlib.metadata import version
from types import MappingProxyType
from typing import Any, NamedTuple

import hyperscan

from pipeline.models import Quote
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


def pattern(phrase: str) -> tuple[str, bool]:
    """A phrase as a hyperscan expression, and whether case counts."""
    exact = phrase.startswith("=")
    body = fold(phrase[1:] if exact else phrase).strip()
    out, index = [], 0
    while index < len(body):
        char = body[index]
        if body.startswith(" .. ", index):
            out.append(r"(?:[ ,/(\-]{1,3}[\w'.+]+){0,4}[ ,/(\-]{1,3}")
            index += 4
            continue
        if body.startswith("<n>", index):
            out.append(NUMBER)
            index += 3
            continue
        if char == " " and body[index + 1 : index + 2] == "[":  # the space goes with the part it leads to
            close = body.index("]", index)
            out.append(rf"(?:[ \-]{{1,2}}(?:{_alternatives(body[index + 2 : close])}))?")
            index = close + 1
            continue
        out.append(_PIECES.get(char) or (char if char.isascii() and char.isalnum() else re.escape(char)))
        index += 1
    expression = "".join(out)
    if (body[0].isascii() and (body[0].isalnum() or body[0] == "(")) or body.startswith("<n>"):
        expression = r"\b" + expression
    if body[-1].isascii() and (body[-1].isalnum() or body[-1] in "*])"):
        expression += r"\b"
    return expression, exact


LONGEST_SENTENCE = 2_000  # characters
NUMBER = r"\d[\d.,']{0,9}(?: \d{3}){0,2}(?: ?k)?(?:[ ]?\+)?"
_PIECES = {" ": r"[ \-]{1,2}", "*": r"\w*", "(": "(?:", ")": ")", "|": "|", "'": "'?"}


def _alternatives(part: str) -> str:
    return "".join(_PIECES.get(char) or re.escape(char) for char in part)


AT_ONCE = 500  # patterns in one database: all in one need four times the memory and twice the time to compile


def _database(
    expressions: list[bytes], flags: list[int], first: int, compiled: MutableMapping[str, bytes]
) -> hyperscan.Database:
    """Patterns numbered from `first`, from what was compiled before where it still fits this machine."""
    key = hashlib.sha256(repr((version("hyperscan"), expressions, flags, first)).encode()).hexdigest()[:24]
    if key in compiled:
        try:
            database = hyperscan.loadb(compiled[key], hyperscan.HS_MODE_BLOCK)
            database.scratch = hyperscan.Scratch(database)
            return database
        except hyperscan.error:  # written by another build of the library, or not whole
            pass
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(expressions=expressions, ids=list(range(first, first + len(expressions))), flags=flags)
    compiled[key] = hyperscan.dumpb(database)
    return database


class Scanner:
    """The compiled vocabulary. Compiling takes a moment; scanning is one linear pass."""

    def __init__(self, vocabulary: Vocabulary, compiled: MutableMapping[str, bytes] | None = None) -> None:
        """`compiled` keeps what was compiled before, by version: compiling takes seconds, loading does not."""
        self.layers = tuple(sorted(vocabulary))
        expressions, flags, self._meaning = [], [], []
        for layer in self.layers:
            for concept, entry in vocabulary[layer].items():
                for phrase in phrases(entry):
                    expression, exact = pattern(str(phrase))
                    expressions.append(expression.encode())
                    flags.append(hyperscan.HS_FLAG_SOM_LEFTMOST | (0 if exact else hyperscan.HS_FLAG_CASELESS))
                    self._meaning.append((layer, str(concept), str(phrase)))
        everything = repr(list(zip(expressions, flags, self._meaning, strict=True)))
        self.version = hashlib.sha256(everything.encode()).hexdigest()[:12]
        kept = {} if compiled is None else compiled
        self._databases = [
            _database(expressions[at : at + AT_ONCE], flags[at : at + AT_ONCE], at, kept)
            for at in range(0, len(expressions), AT_ONCE)
        ]

    def phrase(self, number: int) -> tuple[str, str, str]:
        """(layer, concept, phrase) of a pattern number; for reports of which vocabulary line fires."""
        return self._meaning[number]

    def raw(self, text: str) -> list[tuple[int, int, int]]:
        """(start, end, pattern number) of every match, unresolved."""
        folded = fold(text)
        found: list[tuple[int, int, int]] = []

        def on_match(number: int, start: int, end: int, _flags: int, _context: Any) -> None:
            found.append((start, end, number))

        if folded.isascii():
            for database in self._databases:
                database.scan(folded.encode(), match_event_handler=on_match)
            return found
        offsets = Offsets(folded)
        for database in self._databases:
            database.scan(offsets.encoded, match_event_handler=on_match)
        return [(offsets.character(start), offsets.character(end), number) for start, end, number in found]

    def scan(self, text: str) -> dict[str, list[Hit]]:
        """Hits by layer, in the order of the text, overlaps within a layer resolved."""
        by_layer: dict[str, list[tuple[int, int, str]]] = {}
        for start, end, number in self.raw(text):
            layer, concept, _ = self._meaning[number]
            by_layer.setdefault(layer, []).append((start, -end, concept))
        return {layer: _leftmost_longest(found) for layer, found in by_layer.items()}


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
        by_layer: dict[str, list[Hit]],
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
            for start, end in sentences(document.text, block.start, block.end):
                for piece in _pieces(document.text, start, end):
                    yield *piece, block
        else:
            for piece in _pieces(document.text, block.start, block.end):
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
