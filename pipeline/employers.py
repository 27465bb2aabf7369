"""Who hires: one key for the spellings of an employer, and its size with the evidence for it.

Facts (config/employers.yaml) and cues (config/vocabulary/employers.yaml) are passed in. Nothing here reads
a file, asks a network or guesses: where the evidence says too little, the size is None.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import replace
from typing import Any

from rapidfuzz import fuzz, process

from pipeline.employer_names import EmployerNames, ideograph, phrases
from pipeline.models import BANDS, Employer, EmployerFact, Posting, Reading, SizeEvidence, Span
from pipeline.size_words import SizeWords

__all__ = ["Employers", "as_told_by", "band", "likelihoods"]
PEOPLE = (1, 11, 51, 201, 501, 1001, 5001)  # the least of each band


def band(people: float) -> str:
    """The band of BANDS that holds this many people."""
    return BANDS[max(index for index, least in enumerate(PEOPLE) if people >= least or index == 0)]


def likelihoods(evidence: Iterable[SizeEvidence]) -> tuple[float, ...]:
    """How likely each band is: every piece of evidence weakens a band by its weight for each band of distance."""
    logs = [0.0] * len(BANDS)
    for piece in evidence:
        at = BANDS.index(piece.band)
        for index in range(len(BANDS)):
            logs[index] -= piece.weight * abs(index - at)
    top = max(logs)
    shares = [math.exp(log - top) for log in logs]
    return tuple(share / sum(shares) for share in shares)


def as_told_by(employer: Employer, posting: Posting, reading: Reading) -> Employer:
    """Who hires, as seen from one of its postings: quotes that are not this posting's own are marked as such."""
    if not any(piece.quote for piece in employer.evidence):
        return employer
    text, stated = " ".join(posting.description.split()), reading.quote("headcount_stated")

    def its_own(quote: str | None) -> bool:
        return quote is None or quote == stated or quote in text

    evidence = tuple(replace(piece, elsewhere=not its_own(piece.quote)) for piece in employer.evidence)
    return replace(employer, evidence=evidence)


class Employers:
    """The employers known by name, and what a posting lets one say about the rest."""

    SURE_ENOUGH = 0.4  # least likelihood of a band that is given as an answer
    TEXTS = 5  # postings whose words are searched for cues

    def __init__(
        self,
        facts: Sequence[EmployerFact],
        cues: Mapping[str, Any] | None = None,
        compiled: MutableMapping[str, bytes] | None = None,
    ) -> None:
        """`cues`: config/vocabulary/employers.yaml; without it only facts and stated headcounts speak.

        `compiled` keeps what is compiled of them from one start to the next.
        """
        cues = cues or {}
        self.name_key = EmployerNames(cues)
        self._facts: dict[str, EmployerFact] = {}
        for fact in facts:
            self._facts.setdefault(self.name_key(fact.name), fact)
        for fact in facts:
            for alias in fact.aliases:
                self._facts.setdefault(self.name_key(alias), fact)
        self._places = frozenset(cues.get("places_of_employers", ()))
        self._parts = frozenset(cues.get("parts_of_employers", ()))
        self._of_many = frozenset(cues.get("names_of_many", ()))
        self._brands = self._by_brand()
        self._long_keys = sorted(key for key in self._facts if len(key) >= 8)
        self._agency = phrases(cues.get("agency_names", ()))
        self._academic = phrases(cues.get("academic_names", ()))
        self._names = [(phrases(cue["names"]), cue) for cue in cues.get("size_by_name", ())]
        self._size_words = SizeWords(cues.get("size_by_text", ()), compiled)
        self._sources: Mapping[str, float] = cues.get("trust_in_sources", {})
        self._platforms: Mapping[str, Mapping[str, Any]] = cues.get("size_by_platform", {})
        self._known_brand: dict[str, tuple[EmployerFact, float, str] | None] = {}

    def key(self, name: str | None) -> str:
        """The name in the form that stands for its spellings, the aliases of one employer made one."""
        found = self._facts.get(self.name_key(name))
        return self.name_key(found.name) if found else self.name_key(name)

    def assess(
        self,
        name: str | None,
        readings: Sequence[Reading] = (),
        openings_on_board: int | None = None,
        platforms: Collection[str] = (),
        postings: Sequence[Posting] = (),
    ) -> Employer:
        """Who this is, its size and the evidence; the size is None where the evidence says too little."""
        match = self._match(name)
        fact = match[0] if match else None
        evidence: list[SizeEvidence] = []
        if match and fact and fact.size:
            weight = match[1] * self._trust(fact)
            evidence.append(SizeEvidence("facts", fact.size, weight, f"{match[2]}: {fact.size} ({fact.source})"))
        evidence += self._stated(readings)
        evidence += self._from_name(name or "")
        evidence += self._from_text(postings)
        evidence += self._from_board(openings_on_board, platforms)
        shares = likelihoods(evidence)
        confidence = max(shares) if evidence else 0.0
        return Employer(
            key=self.key(name),
            name=name or "",
            size=BANDS[shares.index(confidence)] if confidence >= self.SURE_ENOUGH else None,
            confidence=round(confidence, 3),
            evidence=tuple(evidence),
            website=(fact.website if fact else None) or None,
            agency=bool((fact and fact.agency) or self._agency.search(self.name_key(name))),
            well_known=bool(fact and fact.well_known),
            parent=self.name_key(fact.parent) if fact and fact.parent else None,
            academic=bool(self._academic.search(self.name_key(name))),
        )

    # --- by name --------------------------------------------------------------------------------------

    def _by_brand(self) -> dict[str, EmployerFact | None]:
        """Facts by the name without its describing words, and without spaces; None where two share it."""
        brands: dict[str, EmployerFact | None] = {}
        for key, fact in self._facts.items():
            words = self._places | self._parts if fact.well_known else self._places
            for short in {self._without(words, key), key.replace(" ", "")}:
                brands[short] = fact if brands.get(short, fact) is fact else None
        return brands

    def _without(self, words: frozenset[str], key: str) -> str:
        """A key without the describing words it ends in; whole, where what is left is a name of many."""
        tokens = key.split()
        while len(tokens) > 1 and tokens[-1] in words:
            tokens.pop()
        short = " ".join(tokens)
        return key if short in self._of_many else short

    def _match(self, name: str | None) -> tuple[EmployerFact, float, str] | None:
        key = self.name_key(name)
        if key not in self._known_brand:
            self._known_brand[key] = self._find(key) if key else None
        return self._known_brand[key]

    def _trust(self, fact: EmployerFact) -> float:
        """How much a band of distance from this source's word costs."""
        return next((w for source, w in self._sources.items() if fact.source.startswith(source)), 2.0)

    def _find(self, key: str) -> tuple[EmployerFact, float, str] | None:
        if fact := self._facts.get(key):
            return fact, 1.0, f"known as {fact.name}"
        if fact := (
            self._facts.get(self._without(self._places, key))
            or self._brands.get(key)
            or self._brands.get(key.replace(" ", ""))
        ):
            return fact, 0.6, f"goes by the name of {fact.name}"
        fact = self._facts.get(self._without(self._places | self._parts, key))
        if fact and fact.well_known:
            return fact, 0.6, f"a part of {fact.name} by its name"
        if start := self._start(key):
            return self._facts[start], 0.6, f"a part of {self._facts[start].name} by its name"
        if len(key) >= 8:
            near = process.extractOne(key, self._long_keys, scorer=fuzz.ratio, score_cutoff=95)
            if near:
                fact = self._facts[near[0]]
                return fact, 0.6, f"spelt almost like {fact.name}"
        return None

    def _start(self, key: str) -> str | None:
        """The known name that a name in a script without spaces begins with: 字节跳动 of 字节跳动人工智能实验室."""
        for end in range(len(key) - 1, 1, -1):
            if ideograph(key[end]) and (ideograph(key[end - 1]) or not ideograph(key[0])) and key[:end] in self._facts:
                return key[:end]
        return None

    def _from_name(self, name: str) -> Iterable[SizeEvidence]:
        key = self.name_key(name)
        for pattern, cue in self._names:
            if pattern.search(key):
                yield SizeEvidence("name", cue["size"], cue["weight"], cue["because"])
                return

    # --- by what is said and seen ---------------------------------------------------------------------

    def _stated(self, readings: Sequence[Reading]) -> Iterable[SizeEvidence]:
        for reading in readings:
            if stated := reading.headcount_stated:
                people = math.sqrt(max(stated.min, 1) * max(stated.max, 1))
                yield SizeEvidence(
                    "posting",
                    band(people),
                    2.0,
                    f"states {_people(stated)}",
                    reading.quote("headcount_stated"),
                )
                return

    def _from_text(self, postings: Sequence[Posting]) -> Iterable[SizeEvidence]:
        seen: set[str] = set()
        for posting in sorted(postings, key=lambda posting: posting.id)[: self.TEXTS]:
            for piece in self._size_words(posting.description):
                if piece.text not in seen:
                    seen.add(piece.text)
                    yield piece

    def _from_board(self, openings: int | None, platforms: Collection[str]) -> Iterable[SizeEvidence]:
        if openings is not None:
            # Boards carry about one opening for every 20 people; a weak sign, and weaker for few openings.
            size = band(max(openings, 1) * 20)
            yield SizeEvidence("board", size, 0.25 if openings < 5 else 0.5, _openings(openings))
        for platform in sorted(platforms):
            if cue := self._platforms.get(platform):
                yield SizeEvidence("platform", cue["size"], cue["weight"], f"recruits with {platform}")


def _openings(count: int) -> str:
    return f"{count:,} opening{'s' * (count != 1)} on its board"


def _people(span: Span) -> str:
    low, high = round(span.min), round(span.max)
    return f"{low:,} people" if low == high else f"{low:,} to {high:,} people"
