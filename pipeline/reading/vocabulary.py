"""What a reader knows of config/vocabulary, and which readings an edit of it may change.

A reader knows its vocabulary in three ways: by the hits of phrases, by the words that stay intact in a Document, and,
for the layers of UNSCANNED, word by word and in their order. Nothing else of it may reach a reader: where no phrase
that was added, taken out or moved stands in a posting, and its Document is the same, so is its reading.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipeline.listed_phrases import phrases
from pipeline.models import Posting
from pipeline.reading.scan import Scanner
from pipeline.text import document

# The words of gaps.py, employers.py, openings.py and profile_draft.py.
NOT_READ = ("courses", "employers", "job_links", "packages", "same_job")
UNSCANNED = ("function_word", "heading_word")

_INNER_CAPITAL = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")

Layer = Mapping[str, list[str]]  # concept -> phrases


@dataclass(frozen=True)
class Vocabulary:
    """The layers that readers know, of all files and languages."""

    layers: Mapping[str, Layer]

    @classmethod
    def of(cls, files: Mapping[str, Any]) -> Vocabulary:
        """From `config.load_vocabulary`: {file: {layer: {concept: phrases}}}."""
        layers: dict[str, dict[str, list[str]]] = {}
        for content in (content for stem, content in files.items() if stem not in NOT_READ):
            for layer, concepts in content.items():
                merged = layers.setdefault(layer, {})
                for concept, entry in concepts.items():
                    merged.setdefault(concept, []).extend(phrases(entry))
        return cls(layers)

    def to_json(self) -> str:
        """All of it; `from_json` gives an equal one back."""
        return json.dumps(self.layers)

    @classmethod
    def from_json(cls, body: str) -> Vocabulary:
        return cls(json.loads(body))

    @property
    def scanned(self) -> dict[str, Layer]:
        """The layers known by their hits."""
        return {layer: concepts for layer, concepts in self.layers.items() if layer not in UNSCANNED}

    def unscanned(self, layer: str) -> Layer:
        """One of UNSCANNED."""
        return self.layers.get(layer, {})

    @cached_property
    def lines(self) -> frozenset[tuple[str, str, str]]:
        """(layer, concept, phrase) of all that is scanned for; their order says nothing."""
        return frozenset(
            (layer, concept, phrase)
            for layer, concepts in self.scanned.items()
            for concept, entry in concepts.items()
            for phrase in entry
        )

    @cached_property
    def intact(self) -> frozenset[str]:
        """Words with inner capitals that are not to be taken for a lost line break."""
        words = {word for _, _, phrase in self.lines for word in phrase.lstrip("=").split()}
        return frozenset(filter(_INNER_CAPITAL.search, words))

    @cached_property
    def version(self) -> str:
        """Equal where every posting is read alike by one program."""
        in_order = [list(self.unscanned(layer).items()) for layer in UNSCANNED]
        return hashlib.sha256(json.dumps([in_order, sorted(self.lines)]).encode()).hexdigest()[:12]


class Edit:
    """The difference between the vocabulary that readings were made by and another one."""

    def __init__(self, before: Vocabulary, after: Vocabulary) -> None:
        self.everywhere = tuple(  # layers that changed, of which no hit tells where they matter
            layer
            for layer in UNSCANNED
            if list(before.unscanned(layer).items()) != list(after.unscanned(layer).items())
        )
        changed = sorted({phrase for _, _, phrase in before.lines ^ after.lines})
        self._scanner = Scanner({"changed": {"phrase": changed}} if changed else {})
        self._intact = {before.intact, after.intact}

    def touches(self, posting: Posting) -> bool:
        """Whether the posting may be read differently."""
        if self.everywhere:
            return True
        read, *others = [document(posting, intact) for intact in self._intact]
        return any(other != read for other in others) or bool(self._scanner.layers(read).hits("changed"))
