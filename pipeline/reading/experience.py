"""The least professional experience a posting requires, in years.

Reads the layers `years` and `experience`. Years of study, and the employer's own years, do not count.
"""

from __future__ import annotations

import re

from pipeline.models import Claim, Severity
from pipeline.reading.scan import Hit, Sentence, View
from pipeline.reading.severity import severity
from pipeline.reading.topic import Topic

_BEFORE = re.compile(
    r"(?<![\d.,$€£])(?P<least>\d{1,2}(?:\.\d)?|one|two|three|four|five|six|half a)"
    r"(?:[ ]?[+]|[ ]?plus)?(?:[ ]?(?:-|to|or|–)[ ]?(?:\d{1,2}(?:\.\d)?|one|two|three|four|five)[ ]?[+]?)?"
    r"(?: \(\d{1,2}\+?\))?(?:[ ]?or more)?[ \-]{0,2}\Z"
)
_CHINESE = re.compile(r"(?P<least>\d{1,2}|[一二两三四五])(?:-\d{1,2})?\Z")
WORDS = {
    "half a": 0.5, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5,
}  # fmt: skip
LEAST = 0.5  # years; a few weeks or months is a first acquaintance, no professional experience
MOST = 15  # years; more is the employer's own age
STUDY = (
    " of study",
    " of college",
    " of university",
    " of undergraduate",
    " of coursework",
    " of education",
    " of age",
    " old",
    " left",
)
FAR = 90  # characters between the number of years and the word “experience”
NOT_ASKED = ("company", "benefits", "legal", "title", "location", "field")


def read(view: View) -> Topic:
    """`years_min`: the strictest number of years under the requirements."""
    topic = Topic()
    best: Claim | None = None
    for hit in view.hits("years"):
        sentence = view.sentence(hit.start)
        if sentence.section in NOT_ASKED:
            continue
        number = _number(view, sentence, hit)
        if not number:
            continue
        start, years = number
        if years < LEAST or view.folded.startswith(STUDY, hit.end):
            continue
        end = _experience(view, sentence, start, hit)
        if end is None:
            continue
        strength = severity(view, sentence._replace(end=min(sentence.end, end + 80)), start, end)
        if strength in (Severity.PREFERRED, Severity.NEGATED):
            continue
        claim = Claim("years_min", years, view.quote(start, end), strength)
        if best is None or claim.value > best.value:
            best = claim
    if best is not None and best.value:
        topic.values["years_min"] = best.value
        topic.claims.append(best)
    return topic


def _number(view: View, sentence: Sentence, hit: Hit) -> tuple[int, float] | None:
    first = max(sentence.start, hit.start - 25)
    found = _BEFORE.search(view.folded[first : hit.start]) or _CHINESE.search(view.text[first : hit.start])
    if not found:
        return None
    at = first + found.start()
    if any(
        cue.concept == "not_least" and at - cue.end <= 2
        for cue in view.hits("experience", max(sentence.start, at - 16), at)
    ):
        return None
    word = found["least"]
    count = WORDS[word] if word in WORDS else float(word)
    years = count if hit.concept == "year" else round(count / 12, 2)
    return (at, years) if years <= MOST else None


def _experience(view: View, sentence: Sentence, start: int, hit: Hit) -> int | None:
    """The end of the word that makes the span one of experience, if there is one close by."""
    far = FAR if hit.concept == "year" else FAR // 4
    after = [
        cue
        for cue in view.hits("experience", hit.end, min(sentence.end, hit.end + far))
        if cue.concept == "professional"
    ]
    if after and not view.hits("years", hit.end, after[0].start) and "." not in view.text[hit.end : after[0].start]:
        return after[0].end
    before = [
        cue for cue in view.hits("experience", max(sentence.start, start - 30), start) if cue.concept == "professional"
    ]
    return hit.end if before and ";" not in view.text[before[-1].end : start] else None
