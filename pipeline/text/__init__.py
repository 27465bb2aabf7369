"""A posting's HTML or plain text as a Document: blocks and offsets; its sentences in sentences.py.

Knows how text is laid out, not what it says: no word list, no reading of requirements. The Document's
text starts with the title, the locations and the board's own fields, each a block, so that whatever a
posting claims can be quoted as one span of one text. Nothing here raises on bad input; a text that could
not be taken whole carries a note.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.models import Posting, Quote
from pipeline.text.characters import clean
from pipeline.text.lines import Line, lines


class Block(NamedTuple):
    """One line of the layout: `text[start:end]`, markers of bullets left out."""

    start: int
    end: int
    kind: str  # title, location, field, heading, bullet, paragraph


@dataclass(frozen=True, slots=True)
class Document:
    """A posting's text with its structure; every quote is a span of `text`."""

    text: str
    blocks: tuple[Block, ...]
    note: str | None = None

    def quote(self, start: int, end: int) -> Quote:
        return Quote(start, end, self.text[start:end])

    @property
    def body(self) -> str:
        """The posting's own text, without the header blocks."""
        first = next((b.start for b in self.blocks if b.kind in ("heading", "bullet", "paragraph")), len(self.text))
        return self.text[first:]


def document(posting: Posting, intact: Collection[str] = frozenset()) -> Document:
    """The posting as a Document.

    `intact`: words with inner capitals (PyTorch, GitHub) that must not be taken for a lost line break.
    """
    header = [("title", posting.title), ("location", posting.location)]
    if posting.employment:
        header.append(("field", f"Employment type: {posting.employment}"))
    if posting.workplace:
        header.append(("field", f"Workplace: {posting.workplace}"))
    if posting.department:
        header.append(("field", f"Department: {posting.department}"))
    if posting.pay:
        low, high = (f"{end:,.2f}".removesuffix(".00") for end in (posting.pay.min, posting.pay.max))
        header.append(("field", f"Pay: {posting.pay.currency} {low} - {high} per {posting.pay.period}"))
    if posting.deadline:
        header.append(("field", f"Apply by: {posting.deadline[:10]}"))
    body, note = lines(posting.description, intact)
    return _assemble([*((kind, " ".join(clean(value).split())) for kind, value in header), *body], note)


def _assemble(found: Iterable[Line], note: str | None) -> Document:
    parts, blocks, at = [], [], 0
    for kind, line in found:
        if line:
            parts.append(line)
            blocks.append(Block(at, at + len(line), kind))
            at += len(line) + 1
    return Document("\n".join(parts), tuple(blocks), note)
