"""Which part of a posting a sentence stands in.

Reads the layer `heading` (concepts: required, preferred, duties, company, benefits, legal, logistics,
process, other) and nothing else. A heading rules until the next one that names a class. Where a posting
lost its line breaks, a heading inside a line is known by its colon or its capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pipeline.reading.scan import Hit, Scanner, Sentence, View, split
from pipeline.text import Block, Document

HEADER = ("title", "location", "field")
FLATTENED = 500  # characters: a paragraph this long may hold headings without a colon

_TO_COLON = re.compile(r"[^.;:!?,\n：]{0,28}[:：](?=\s|$|[^\x00-\x7f/])")
_INNER_COLON = re.compile(r"[:：] ?[^\s:：]")
_BEFORE = re.compile(r"(?:^|[.!?:;)\]】。；*\"'”’])[ \n#*【\d.、]{0,4}$")
_LINE_END = re.compile(  # what may stand before a lost line break: an ordinary word, none that a phrase goes on from
    r"(?<![\w&/-])(?!(?:of|in|and|or|the|a|an|for|with|to|as|on|at|by|from|our|your|their|its|is|are|any|that|both|"
    r"into|about|de|per|via|including|like|using)\b)[a-z][\w'’+#./-]{1,24}[)%”\"]? $|[)+%] $"
)
_OPENS = re.compile(r" (?=[A-Z0-9•*\-–·])|[ 】]|$")


def view(
    document: Document, scanner: Scanner, function_words: Mapping[str, frozenset[str]] = MappingProxyType({})
) -> View:
    """The Document cut into sentences, each with its section, beside all hits of the vocabulary."""
    by_layer = scanner.scan(document.text)
    found = list(_sectioned(document, by_layer.get("heading"), by_layer.get("line_start")))
    return View(document, found, by_layer, function_words)


def _sectioned(document: Document, headings: list[Hit], starts: list[Hit]) -> Iterator[Sentence]:
    text, section, at = document.text, "other", 0
    index = 0
    for start, end, block in _lines(document, starts):
        inside = []
        while at < len(headings) and headings[at].start < end:
            if headings[at].start >= start:
                inside.append(headings[at])
            at += 1
        if block.kind in HEADER:
            pieces = [(start, end, block.kind)]
        elif not inside:
            pieces = [(start, end, section)]
        elif block.kind == "heading" and not _INNER_COLON.search(text, start, end):
            section = _classify(text, start, end, inside) or section
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


def _classify(text: str, start: int, end: int, inside: list[Hit]) -> str | None:
    """The class of a heading: that of its longest cue, where the cues are a fair part of it."""
    if not inside:
        return None
    colon = text[end - 1] in ":："
    best = max(inside, key=lambda hit: (hit.concept == "preferred", hit.end - hit.start))
    if colon and end - inside[-1].end <= 2:
        return "preferred" if best.concept == "preferred" else inside[-1].concept
    covered = sum(hit.end - hit.start for hit in inside)
    enough = 4 if colon or inside[0].start - start <= 2 else 2
    return best.concept if covered * enough >= end - start else None


def _cut(
    document: Document, span: tuple[int, int], block: Block, inside: list[Hit], section: str
) -> Iterator[tuple[int, int, str]]:
    """The sentence in pieces, each with its section: a new one begins at every heading found inside."""
    text, (at, end) = document.text, span
    flattened = block.end - block.start >= FLATTENED
    for hit in inside:
        if hit.start < at:
            continue
        body = _heading_end(text, at, end, hit, flattened)
        if body is None:
            continue
        head = at if hit.start - at <= 25 and _leads(text, at, hit) else hit.start
        if text[at:head].strip():
            yield at, head, section
        section = hit.concept
        if body < end:
            yield head, body, section
            at = body
        else:
            at = head
    yield at, end, section


def _leads(text: str, start: int, hit: Hit) -> bool:
    """Whether what stands before the cue belongs to the heading: “Required technical skills”."""
    return not any(sign in text[start : hit.start] for sign in ".,;:!?")


def _heading_end(text: str, start: int, end: int, hit: Hit, flattened: bool) -> int | None:
    """Where the body begins if the cue heads what follows it in its line, else None."""
    first = hit.start - start <= 25 and _leads(text, start, hit)
    colon = _TO_COLON.match(text, hit.end, end)
    if colon and (first or text[hit.start].isupper() or not text[hit.start].isascii()):
        head = start if first else hit.start
        long = hit.start == start and hit.end - hit.start >= 12
        if long or (hit.end - hit.start) * 2 >= colon.end() - head - 1:
            return _skip(text, colon.end(), end)
    if hit.end >= end - 1 and hit.start == start:
        return end
    if not (flattened or not text[hit.start].isascii()) or not _titled(text, hit):
        return None
    opens, several = _OPENS.match(text, hit.end, end), " " in text[hit.start : hit.end]
    if opens and hit.end - hit.start > 10 and (several or _BEFORE.search(text, max(0, hit.start - 4), hit.start)):
        return _skip(text, opens.end(), end)
    return None


def _titled(text: str, hit: Hit) -> bool:
    """Whether all its longer words are capitalised, as in a heading."""
    words = text[hit.start : hit.end].split()
    return all(not word[0].islower() for word in words if len(word) > 3) and not words[0][0].islower()


def _skip(text: str, at: int, end: int) -> int:
    while at < end and text[at] in " *":
        at += 1
    return at
