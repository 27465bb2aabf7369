"""How strongly a posting asks for something: the one place where that is decided.

From, in this order: a negation in the same clause, a softener in the same clause or a heading of wishes,
words of mere interest, words of demand or a heading of requirements. What is only described is mentioned.
Reads the layers `severity` and `must`.
"""

from __future__ import annotations

import re

from pipeline.models import Severity
from pipeline.reading.scan import Hit, Sentence, View

_CLAUSE = re.compile(r";|\bbut\b|\bhowever\b|\balthough\b|\s[-–—]\s")
WISHES = "preferred"
DEMANDS = "required"
DUTIES = "duties"
BOILERPLATE = ("company", "benefits", "legal", "process", "title", "location", "field")


def clause(view: View, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The part of the sentence around `[start, end)`, between semicolons, dashes and “but”."""
    first, last = sentence.start, sentence.end
    for cut in _CLAUSE.finditer(view.folded, sentence.start, sentence.end):
        if cut.end() <= start:
            first = cut.end()
        elif cut.start() >= end:
            last = cut.start()
            break
    return first, last


def severity(view: View, sentence: Sentence, start: int, end: int) -> Severity:
    """The severity of what stands at `[start, end)` of the sentence."""
    first, last = clause(view, sentence, start, end)
    cues = view.hits("severity", first, last)
    if any(_negates(view, cue, start, end) for cue in cues):
        return Severity.NEGATED
    if sentence.section in BOILERPLATE:
        return Severity.MENTIONED
    if any(_softens(view, cue, start, end) for cue in cues):
        return Severity.PREFERRED
    strength = _asked(view, sentence.section, cues, start, last)
    return Severity.PREFERRED if strength == Severity.REQUIRED and sentence.section == WISHES else strength


def _asked(view: View, section: str, cues: list[Hit], start: int, last: int) -> Severity:
    """Required or mentioned, from the nearest word before and from where the sentence stands."""
    nearest = next((cue.concept for cue in reversed(cues) if cue.end <= start and cue.concept in _DECIDES), None)
    if nearest in ("interest", "duty"):
        return Severity.MENTIONED
    if section in (DEMANDS, WISHES) or nearest == "demanded":
        return Severity.REQUIRED
    if section != DUTIES and view.hits("must", start, last):
        return Severity.REQUIRED
    return Severity.MENTIONED


_DECIDES = ("interest", "duty", "demanded")


def _negates(view: View, cue: Hit, start: int, end: int) -> bool:
    """“Not looking for …” reaches forward over a few words, “… is not required” back."""
    if cue.start <= start and cue.end >= end:
        return cue.concept in ("negated", "waived")
    if cue.concept == "negated" and cue.end <= start:
        return view.folded.count(" ", cue.end, start) <= 4
    return cue.concept == "waived" and cue.start >= end and view.folded.count(" ", end, cue.start) <= 6


def _softens(view: View, cue: Hit, start: int, end: int) -> bool:
    """A softener counts in its clause, up to a word of firm demand between it and what is asked."""
    if cue.concept != "softened":
        return False
    return not view.hits("must", *((cue.end, start) if cue.end <= start else (end, cue.start)))
