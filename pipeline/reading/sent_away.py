"""Levels of study whose students a posting sends away, or elsewhere.

“Not open to PhD students”, “(no PhDs)”, “PhD students should apply to our other programme”. That a level is not
needed (“no PhD required”) sends nobody away. Reads the layers `sent_away` and `study`.
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
_TOLD = (
    r"(?:apply|see|consider|refer|look|visit|check)\b[^.;]{0,60}?"
    r"\b(?:instead|our (?!team|internship\b|program\b|programme\b)|separate|another|dedicated)"
)
_NOUNS = re.compile(_NOUN + " ?")
_ELSEWHERE = re.compile(_NOUN + rf"(?:[,:]? (?:should|must|please|are (?:asked|encouraged|invited) to)|:) {_TOLD}")
_IF = re.compile(rf"[^.;]{{0,50}}, (?:please |you (?:should|can|may) |then )?{_TOLD}")
_NOT = re.compile(r"[,(](?: but)? not(?: for| to)? \Z")
_PERSONS = r" (?:students|candidates|applicants|those|people) (?:pursuing|in|doing|studying for|enrolled in)(?: an?)?"
_THOSE = re.compile(rf"[^.;]{{0,{BEFORE}}}{_PERSONS} ")
_FEW = re.compile(  # words between “not open to” and a level
    rf"(?: (?!without|with|unless|a\b)[\w'.]{{1,20}},?){{0,3}}(?P<people>{_PERSONS})? ?"
)


def sent_away(view: View, sentence: Sentence, hit: Hit) -> bool:
    """Whether the students of the level that a hit names may not apply here."""
    text = view.folded
    if _ELSEWHERE.match(text, hit.end, sentence.end):
        return True
    if text.startswith("if ", sentence.start) and _IF.match(text, hit.end, sentence.end):
        return True
    said = view.hits("sent_away", max(sentence.start, hit.start - BEFORE), sentence.end)
    if any(cue.concept == "refused" and _NOUNS.fullmatch(text, hit.end, cue.start) for cue in said):
        return True
    first = next((cue.start for cue in reversed(said) if _leads(view, cue, hit)), None)
    if first is None and _NOT.search(text, max(sentence.start, hit.start - BEFORE), hit.start):
        first = hit.start
    return first is not None and _names_people(view, sentence, first, hit)


def not_alone(view: View, sentence: Sentence, hit: Hit) -> bool:
    """Whether others may apply than the students of the one level a sentence names: “not limited to PhD students”."""
    if len(view.within("degree", sentence)) > 1:
        return False  # “not only for PhD students but for Master's students”: for both
    said = view.named("sent_away", max(sentence.start, hit.start - BEFORE), hit.start, "not_alone")
    first = next((cue.start for cue in said if _few(view, cue, hit)), None)
    return first is not None and _names_people(view, sentence, first, hit)


def _leads(view: View, cue: Hit, hit: Hit) -> bool:
    """Whether a cue sends away whom a level behind it names."""
    if cue.concept not in ("left_out", "right_before"):
        return False
    found = _few(view, cue, hit)
    return found is not None and (cue.concept == "left_out" or bool(found["people"]) or hit.start - cue.end <= 1)


def _few(view: View, cue: Hit, hit: Hit) -> re.Match[str] | None:
    """The few words between a cue and a level behind it."""
    return _FEW.fullmatch(view.folded, cue.end, hit.start) if cue.end <= hit.start else None


def _names_people(view: View, sentence: Sentence, first: int, hit: Hit) -> bool:
    """Whether people are named from `first` on by a level, and not a degree: “no PhDs”, “no students in a PhD”."""
    if _PEOPLE.match(view.folded, hit.start, sentence.end) or _THOSE.match(view.folded, first, hit.start):
        return True
    named = (*view.hits("study", first, hit.end), *view.hits("sent_away", hit.start, hit.end))
    return any(other.concept in ("pursuing", "people") for other in named)
