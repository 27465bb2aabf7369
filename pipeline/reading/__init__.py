"""A posting's Reading: what it asks and offers, with the words that say so.

One module per topic, each a pure function `read(view) -> Topic`; none imports another. Severity is decided
in severity.py, sections in sections.py, matching in scan.py, and nowhere else.
"""

from __future__ import annotations

import hashlib
import re
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
from pipeline.reading.phrases import phrases
from pipeline.reading.row import from_json, to_json, to_row
from pipeline.reading.scan import Scanner, View
from pipeline.reading.topic import Topic
from pipeline.text import document, fold

__all__ = ["Reader", "from_json", "to_json", "to_row"]

CODE = "1"  # raised when the same vocabulary would be read differently
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

NOT_READ = ("courses", "employers", "job_links", "same_job")  # the words of gaps.py, employers.py and openings.py
# Claims that can close an opening: a person is shown the sentence, not only the words that were found.
BARS = frozenset(
    {
        "levels_open", "phd", "publications", "enrolled_required", "graduation", "years_min", "gpa_min",
        "citizenship_required", "clearance_active", "sponsorship", "languages_required", "unpaid",
    }
)  # fmt: skip
AROUND = 90  # characters shown on either side of the words
_INNER_CAPITAL = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")


class Reader:
    """Reads postings by a vocabulary (`config.load_vocabulary`): {file: {layer: {concept: phrases}}}."""

    def __init__(self, vocabulary: Mapping[str, Any], compiled: MutableMapping[str, bytes] | None = None) -> None:
        """`compiled` keeps the compiled vocabulary from one start to the next."""
        layers: dict[str, dict[str, Any]] = {}
        for content in (content for stem, content in vocabulary.items() if stem not in NOT_READ):
            for layer, concepts in (content or {}).items():
                merged = layers.setdefault(layer, {})
                for concept, entry in concepts.items():
                    merged[str(concept)] = [*phrases(merged.get(str(concept))), *phrases(entry)]
        self.function_words = {
            language: frozenset(fold(word).lower() for word in words)
            for language, words in layers.pop("function_word", {}).items()
        }
        heading_words = layers.pop("heading_word", {})
        self.heading_words = HeadingWords(heading_words)
        names = layers.get("skill", {}).keys() | layers.get("skill_other", {}).keys()
        self.skills = frozenset(name.lstrip("~") for name in names if name[0] != "_")
        self.intact = frozenset(
            word for concepts in layers.values() for entry in concepts.values() for phrase in entry
            for word in str(phrase).lstrip("=").split() if _INNER_CAPITAL.search(word)
        )  # fmt: skip
        self.scanner = Scanner(layers, compiled)
        self.version = hashlib.sha256(
            f"{CODE} {self.scanner.version} {sorted(self.function_words)} {heading_words}".encode()
        ).hexdigest()[:12]

    def view(self, posting: Posting) -> View:
        """The posting as the topic readers see it."""
        return sections.view(document(posting, self.intact), self.scanner, self.function_words, self.heading_words)

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
