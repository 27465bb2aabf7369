"""Which part of a posting a sentence stands in.

The classes are required, preferred, duties, company, benefits, legal, logistics, process and other. A
heading rules until the next one that names a class; what is a heading, and of which class, headings.py says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pipeline.reading.headings import (
    HeadingWords,
    asks_for_something,
    body_start,
    classify,
    leads,
    stands_alone,
    unlisted,
    with_labels,
)
from pipeline.reading.scan import Hit, Layers, Scanner, Sentence, View, split
from pipeline.text import Block, Document

HEADER = ("title", "location", "field")
FLATTENED = 500  # characters: a paragraph this long may hold headings without a colon

_LINE_END = re.compile(  # what may stand before a lost line break: an ordinary word, none that a phrase goes on from
    r"(?<![\w&/-])(?!(?:of|in|and|or|the|a|an|for|with|to|as|on|at|by|from|our|your|their|its|is|are|any|that|both|"
    r"into|about|de|per|via|including|like|using)\b)[a-z][\w'’+#./-]{1,24}[)%”\"]? $|[)+%] $"
)


def view(
    document: Document,
    scanner: Scanner,
    function_words: Mapping[str, frozenset[str]] = MappingProxyType({}),
    words: HeadingWords = HeadingWords({}),  # noqa: B008, it holds nothing
) -> View:
    """The Document cut into sentences, each with its section, beside all hits of the vocabulary."""
    by_layer = scanner.scan(document.text)
    found = list(_sectioned(document, by_layer, words))
    return View(document, found, by_layer, function_words)


def _sectioned(document: Document, by_layer: Layers, words: HeadingWords) -> Iterator[Sentence]:
    headings, starts = by_layer.get("heading"), by_layer.get("line_start")
    text, section, at = document.text, "other", 0
    index = 0
    for start, end, block in _lines(document, starts):
        inside = []
        while at < len(headings) and headings[at].start < end:
            if headings[at].start >= start:
                inside.append(headings[at])
            at += 1
        if block.kind == "paragraph" and block.end - block.start >= FLATTENED:
            inside = with_labels(text, start, end, inside, words)
        if block.kind in HEADER:
            pieces = [(start, end, block.kind)]
        elif stands_alone(text, start, end, block):
            known = classify(text, start, end, inside)
            if known is None and (text[end - 1] in ":：" or not asks_for_something(by_layer, start, end)):
                known = unlisted(text[start:end], section, words)
            section = known or section
            pieces = [(start, end, section)]
        elif not inside:
            pieces = [(start, end, section)]
        else:
            pieces = list(_cut(document, (start, end), block, inside, section))
            section = pieces[-1][2]
        for first, last, name in pieces:
            yield Sentence(first, last, block, name, index)
            index += 1


def _lines(document: Document, starts: list[Hit]) -> Iterator[tuple[int, int, Block]]:
    """The sentences, and in a flattened paragraph the lines that lost their breaks."""
    at = 0
    for start, end, block in split(document):
        first = start
        if block.kind == "paragraph" and block.end - block.start >= FLATTENED:
            while at < len(starts) and starts[at].start <= first:
                at += 1
            while at < len(starts) and starts[at].start < end:
                cut = starts[at].start
                if _LINE_END.search(document.text, max(first, cut - 30), cut):
                    yield first, cut - 1, block
                    first = cut
                at += 1
        yield first, end, block


def _cut(
    document: Document, span: tuple[int, int], block: Block, inside: list[Hit], section: str
) -> Iterator[tuple[int, int, str]]:
    """The sentence in pieces, each with its section: a new one begins at every heading found inside."""
    text, (at, end) = document.text, span
    flattened = block.end - block.start >= FLATTENED
    for hit in inside:
        if hit.start < at:
            continue
        body = body_start(text, at, end, hit, flattened or (hit.end >= end - 1 and end == block.end))
        if body is None:
            continue
        head = at if hit.start - at <= 25 and leads(text, at, hit) else hit.start
        if text[at:head].strip():
            yield at, head, section
        section = hit.concept
        if body < end:
            yield head, body, section
            at = body
        else:
            at = head
    yield at, end, section
