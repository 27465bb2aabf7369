"""The words that show a claim: what it is of, with what says how strongly that is asked for.

Reads the layers `severity` and `must`.
"""

from __future__ import annotations

import re

from pipeline.models import Quote, Severity
from pipeline.reading.clauses import clause
from pipeline.reading.scan import Hit, View

FAR = 32  # characters between what is named and the word that rules it
RULES = {  # the concepts of the words that say so
    Severity.NEGATED: ("negated", "waived", "denied"),
    Severity.PREFERRED: ("softened",),
    Severity.REQUIRED: ("demanded", "said"),
    Severity.MENTIONED: (),
}
_GAP = re.compile(rf"[^().;:]{{0,{FAR}}}| ?\(")


def wording(view: View, start: int, end: int, strength: Severity) -> Quote:
    """What is named at `[start, end)` with the nearest word of its clause that rules it: “PhD is not required”.

    Alone where no word does, as below a heading of wishes.
    """
    first, last = clause(view, view.sentence(start), start, end)
    cues = [*view.hits("severity", first, last), *view.hits("must", first, last)]
    gaps = [(_gap(view, cue, start, end), cue) for cue in cues if cue.concept in RULES[strength]]
    near = [(gap, cue) for gap, cue in gaps if gap is not None]
    if not near:
        return view.quote(start, end)
    _, cue = min(near)
    closes = cue.start > end and view.text.startswith(")", cue.end) and "(" in view.text[end : cue.start]
    return view.quote(min(start, cue.start), max(end, cue.end + closes))


def _gap(view: View, cue: Hit, start: int, end: int) -> int | None:
    """The characters between a word and what it may rule; None where it is too far, or something else begins."""
    if cue.concept == "demanded" and cue.start > start:
        return None  # “PhD degree in …”: it leads to what is behind it
    left, right = (cue.end, start) if cue.start < start else (end, cue.start)
    return right - left if _GAP.fullmatch(view.text, left, max(left, right)) else None
