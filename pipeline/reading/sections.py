"""Which part of a posting a sentence stands in.

Reads the layer `heading` (concepts: required, preferred, duties, company, benefits, legal, logistics,
process, other) and nothing else. A heading rules until the next one; a heading that names no class ends
the class before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pipeline.reading.scan import Hit, Scanner, Sentence, View, split
from pipeline.text import Block, Document, looks_like_heading

HEADER = ("title", "location", "field")
LEAD = 60  # characters: a heading cue that starts a line and ends in a colon this soon heads the rest of it


def view(
    document: Document, scanner: Scanner, function_words: Mapping[str, frozenset[str]] = MappingProxyType({})
) -> View:
    """The Document cut into sentences, each with its section, beside all hits of the vocabulary."""
    by_layer = scanner.scan(document.text)
    headings = by_layer.get("heading", [])
    found = list(_sectioned(document, headings))
    return View(document, found, by_layer, function_words)


def _sectioned(document: Document, headings: list[Hit]) -> Iterator[Sentence]:
    text, section, index, at = document.text, "other", 0, 0
    paragraph: Block | None = None
    for start, end, block in split(document):
        while at < len(headings) and headings[at].start < start:
            at += 1
        inside = []
        while at < len(headings) and headings[at].start < end:
            inside.append(headings[at])
            at += 1
        if block.kind in HEADER:
            yield Sentence(start, end, block, block.kind, index)
            index += 1
            continue
        if block.kind == "heading":
            section = _classify(text, start, end, inside)
        elif inside and (lead := _lead(text, start, end, inside[0], block)):
            section = inside[0].concept
            if lead < end:
                yield Sentence(start, lead, block, section, index)
                index += 1
                start = lead
        paragraph = block
        yield Sentence(start, end, block, section, index)
        index += 1


def _classify(text: str, start: int, end: int, inside: list[Hit]) -> str:
    """The class of a heading: that of its longest cue, where the cue is a fair part of it."""
    if not inside:
        return "other"
    best = max(inside, key=lambda hit: (hit.concept in ("preferred",), hit.end - hit.start))
    covered = sum(hit.end - hit.start for hit in inside)
    return best.concept if covered * 4 >= end - start else "other"


def _lead(text: str, start: int, end: int, hit: Hit, block: Block) -> int | None:
    """Where the body begins if the sentence opens with a heading cue: “Requirements: …”, “What you bring”."""
    if hit.start - start > 25 or "\n" in text[start : hit.start]:
        return None
    colon = text.find(":", hit.end, min(end, hit.end + LEAD - 20))
    if 0 <= colon and text[hit.end : colon].count(" ") <= 4 and "." not in text[hit.end : colon]:
        after = colon + 1
        while after < end and text[after] == " ":
            after += 1
        return after
    if hit.end >= end - 2 and start == block.start and looks_like_heading(text[start:end]):
        return end
    return None
