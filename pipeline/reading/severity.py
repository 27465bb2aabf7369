"""How strongly a posting asks for something: the one place where that is decided.

From, in this order: a negation in the same clause, a softener in the same clause or a heading of wishes,
words of mere interest, words of demand or a heading of requirements. What is only described is mentioned.
"""

from __future__ import annotations

import re

from pipeline.models import Severity
from pipeline.reading.scan import Hit, Sentence, View

_CLAUSE = re.compile(r";|\bbut\b|\bhowever\b|\balthough\b|\s[-–—]\s")
WISHES = "preferred"
DEMANDS = "required"
DESCRIPTION = ("duties", "company", "benefits", "legal", "process", "title", "location", "field")


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
    if any(_negates(cue, start, end, view) for cue in cues):
        return Severity.NEGATED
    if any(cue.concept == "softened" for cue in cues) or (
        sentence.section == WISHES
    ):
        return Severity.PREFERRED
    before = [cue for cue in cues if cue.end <= start]
    nearest = before[-1].concept if before else None
    if nearest == "interest" or (nearest is None and sentence.section in DESCRIPTION):
        return Severity.MENTIONED
    if sentence.section == DEMANDS:
        return Severity.REQUIRED
    if any(cue.concept == "duty" for cue in before) and nearest != "demanded":
        return Severity.MENTIONED
    if any(cue.concept == "demanded" for cue in cues) and sentence.section not in ("company", "benefits", "legal"):
        if sentence.section == "duties" and nearest != "demanded":
            return Severity.MENTIONED
        return Severity.REQUIRED
    return Severity.MENTIONED


def _negates(cue: Hit, start: int, end: int, view: View) -> bool:
    """A negation reaches forward over a few words, and back from “… is not required”."""
    if cue.concept != "negated":
        return False
    if cue.end <= start:
        return view.folded.count(" ", cue.end, start) <= 4
    return cue.start >= end and view.folded.count(" ", end, cue.start) <= 6 or (cue.start <= start and cue.end >= end)
