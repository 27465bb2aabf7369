"""A posting's Reading: what it asks and offers, with the words that say so.

One module per topic, each a pure function `read(view) -> Topic`; none imports another. Severity is decided
in severity.py, sections in sections.py, matching in scan.py, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import replace
from typing import Any

from pipeline.models import Claim, Posting, Reading
from pipeline.reading import (
    authorization,
    countries,
    duration,
    education,
    experience,
    graduation,
    headcount,
    language,
    pay,
    publications,
    role,
    sections,
    skills,
    timing,
    workplace,
)
from pipeline.reading.headings import HeadingWords
from pipeline.reading.program import program_version
from pipeline.reading.row import from_json, to_json, to_row
from pipeline.reading.scan import Scanner, View
from pipeline.reading.topic import Topic
from pipeline.reading.vocabulary import NOT_READ, Edit, Vocabulary
from pipeline.text import document
from pipeline.text.characters import fold

__all__ = ["NOT_READ", "Edit", "Reader", "Vocabulary", "from_json", "to_json", "to_row"]

# In the order in which they may look at what was read before.
TOPICS: tuple[Any, ...] = (
    skills,
    role,
    language,
    pay,
    duration,
    timing,
    education,
    publications,
    graduation,
    experience,
    authorization,
    workplace,
    headcount,
    countries,
)

# Claims that can close an opening: a person is shown the sentence, not only the words that were found.
BARS = frozenset(
    {
        "levels_open", "phd", "publications", "enrolled_required", "graduation", "years_min", "gpa_min",
        "citizenship_required", "clearance_active", "sponsorship", "languages_required", "unpaid",
    }
)  # fmt: skip
AROUND = 90  # characters shown on either side of the words


class Reader:
    """Reads postings by a vocabulary (`config.load_vocabulary`): {file: {layer: {concept: phrases}}}."""

    def __init__(self, vocabulary: Mapping[str, Any], compiled: MutableMapping[str, bytes] | None = None) -> None:
        """`compiled` keeps the compiled vocabulary from one start to the next."""
        self.vocabulary = known = Vocabulary.of(vocabulary)
        self.version = f"{program_version()}-{known.version}"
        self.intact = known.intact
        self.function_words = {
            language: frozenset(fold(word).lower() for word in words)
            for language, words in known.unscanned("function_word").items()
        }
        self.heading_words = HeadingWords(known.unscanned("heading_word"))
        self.scanner = Scanner(known.scanned, compiled)
        names = known.layers.get("skill", {}).keys() | known.layers.get("skill_other", {}).keys()
        self.skills = frozenset(name.lstrip("~") for name in names if name[0] != "_")

    def view(self, posting: Posting) -> View:
        """The posting as the topic readers see it."""
        read = document(posting, self.intact)
        return sections.view(read, self.scanner, self.function_words, self.heading_words, posting.company)

    def read(self, posting: Posting) -> Reading:
        """The posting's Reading; never raises for what a text contains."""
        view = self.view(posting)
        values: dict[str, Any] = {}
        claims = []
        for module in TOPICS:
            found: Topic = module.read(view)
            values |= found.values
            claims += found.claims
        shown = tuple(_in_sentence(view, claim) if claim.topic in BARS else claim for claim in claims)
        return Reading(**values, claims=shown, note=view.document.note)


def _in_sentence(view: View, claim: Claim) -> Claim:
    """The claim with the sentence around its words; of a long one, what stands near them, whole words."""
    sentence, quote = view.sentence(claim.quote.start), claim.quote
    start, end = max(sentence.start, quote.start - AROUND), min(max(sentence.end, quote.end), quote.end + AROUND)
    text = view.text
    while sentence.start < start < quote.start and not text[start - 1].isspace():
        start += 1
    while quote.end < end < sentence.end and not text[end].isspace():
        end -= 1
    return replace(claim, sentence=text[start:end].strip())
