"""Levels of study whose students a posting sends away, or elsewhere.

“Not open to PhD students”, “(no PhDs)”, “PhD students should apply to our other programme”. That a level is not
needed (“no PhD required”) sends nobody away.
"""

from __future__ import annotations

import re

from pipeline.reading.scan import Hit, Sentence, View

BEFORE = 90  # characters before a level in which it is refused
_PEOPLE = re.compile(  # not “no PhD needed, students …”
    r"(?:(?!\b(?:needed|required|necessary|degree)\b)[^;:()]){0,45}?"
    r"\b(?:students?|candidates?|applicants?|phds|undergraduates|undergrads|postgraduates|theses)\b"
)
_NOUN = r"(?:'s)?(?> (?:students?|candidates?|applicants?|holders?|graduates?|interns?|level)|)"
_REFUSED = re.compile(  # “graduate students will not be considered”
    _NOUN + r" (?:(?>will|are|is|can|may|should|would|need|)[ ]?(?:not|n't)[ ](?:be )?"
    r"(?:considered|eligible|accepted|apply|qualify)|(?:are|is) ineligible)\b"
)
_TOLD = (
    r"(?:apply|see|consider|refer|look|visit|check)\b[^.;]{0,60}?"
    r"\b(?:instead|our (?!team|internship\b|program\b|programme\b)|separate|another|dedicated)"
)
_ELSEWHERE = re.compile(_NOUN + rf"(?:[,:]? (?:should|must|please|are (?:asked|encouraged|invited) to)|:) {_TOLD}")
_IF = re.compile(rf"[^.;]{{0,50}}, (?:please |you (?:should|can|may) |then )?{_TOLD}")
_LEFT_OUT = re.compile(
    r"(?:(?:(?:\bnot|n't)\b(?! (?:only|just|limited))|\bcannot\b|\bunable to\b|\bno longer\b)[^.;,:]{0,30}"
    r"\b(?:open to|(?:suitable|suited|intended|designed|meant|appropriate|eligible) for|suited to|aimed at"
    r"|accept(?:ing)?|consider(?:ing)?|hir(?:e|ing)|tak(?:e|ing)|recruit(?:ing)?)"
    r"(?: (?!without|with|unless|a\b)[\w'.]{1,20},?){0,3}"
    r"|\bno|\b(?:except|excluding|other than)(?: for)?|[,(](?: but)? not(?: for| to)?"
    r"|\b(?:separate|dedicated|different|other) (?:\S{1,20} ){0,2}for)"
    r"(?P<people> (?:students|candidates|applicants|those|people)"
    r" (?:pursuing|in|doing|studying for|enrolled in)(?: an?)?)? \Z"
)


def sent_away(view: View, sentence: Sentence, hit: Hit) -> bool:
    """Whether the students of the level that a hit names may not apply here."""
    text = view.folded
    if _REFUSED.match(text, hit.end) or _ELSEWHERE.match(text, hit.end, sentence.end):
        return True
    if text.startswith("if ", sentence.start) and _IF.match(text, hit.end, sentence.end):
        return True
    before = max(sentence.start, hit.start - BEFORE)
    found = _LEFT_OUT.search(text, before, hit.start)
    return found is not None and (
        found["people"] is not None or _PEOPLE.match(text, hit.start, sentence.end) is not None
    )
