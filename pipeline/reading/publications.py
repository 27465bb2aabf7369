"""Whether a posting asks for papers of the applicant's own.

Reads the layers `publication`, `publication_not` and `publication_else`. Papers of the team, and papers one may
write on the job, are not asked of the applicant (codebook, `publications`).
"""

from __future__ import annotations

import re

from pipeline.models import Claim, Severity
from pipeline.reading.scan import OF_EMPLOYER, Hit, Sentence, View
from pipeline.reading.severity import severity
from pipeline.reading.topic import Topic
from pipeline.reading.wording import wording

NOT_OURS = (*OF_EMPLOYER, "title", "location", "field")
ALTERNATIVE = frozenset({"or", "and/or", "/", ",", "oder", "ou", "o"})
AMONG = frozenset("或、/")
OR = frozenset({"or", "and/or"})
_LED = re.compile(r"\A[^a-z]{0,12}\Z|(?:\b(?:your|own|some|several|first[- ]author|accepted|conference)|\()[ ]?\Z")
ASKED = ("required", "preferred")
HAS = ("has", "praised")
THEIRS = ("ours", "whose")
_REFERENCE = re.compile(r"[ ,:]{0,3}(?:arxiv|biorxiv|medrxiv|\d)")  # “arXiv preprint arXiv:2010.12345”
FAR = 120  # characters in which the list of what is to be read may have begun
EXAMPLE = 25  # characters between “for example” and a paper
AROUND = 70  # characters in which something else may stand in for a paper
BEFORE = 45  # characters in which words before a paper say whose it is
WINDOW = 150  # characters of a sentence that may soften or demand a paper
ORDER = ("required", "preferred", "negated")


def read(view: View) -> Topic:
    """`publications`: required, preferred or negated; the strongest word counts."""
    topic = Topic()
    found: dict[str, Claim] = {}
    for hit in view.hits("publication"):
        sentence = view.sentence(hit.start)
        if (sentence.section in NOT_OURS and hit.concept != "record") or _of_others(view, sentence, hit):
            continue
        value, strength = _asked(view, sentence, hit)
        if value and value not in found:
            found[value] = Claim("publications", value, wording(view, hit.start, hit.end, strength), strength)
    value = next((value for value in ORDER if value in found), None)
    if value:
        topic.values["publications"] = value
        topic.claims.append(found[value])
    return topic


def _asked(view: View, sentence: Sentence, hit: Hit) -> tuple[str | None, Severity]:
    scope = sentence._replace(start=max(sentence.start, hit.start - WINDOW), end=min(sentence.end, hit.end + WINDOW))
    strength = severity(view, scope, hit.start, hit.end)
    if strength is Severity.NEGATED:
        return "negated", strength
    if strength is Severity.PREFERRED:
        return "preferred", strength
    before = view.hits("publication_not", scope.start, hit.start)
    praised = hit.concept == "record" and any(cue[1:] == (hit.start - 1, "praised") for cue in before[-1:])
    if strength is Severity.REQUIRED or praised:
        return ("preferred" if _replaceable(view, sentence, hit) else "required"), strength
    told = {cue.concept for cue in before}
    if hit.concept in ("record", "own") or "applicant" in told or ("links" in told and _is_soft(view, sentence, hit)):
        return "preferred", strength
    return None, strength


def _of_others(view: View, sentence: Sentence, hit: Hit) -> bool:
    """Papers of the team, to be read, or to be written on the job: nothing is asked of the applicant."""
    if _REFERENCE.match(view.folded, hit.end):
        return True
    wide = view.is_wide(hit.start)
    first = max(sentence.start, hit.start - (BEFORE // 2 if wide else BEFORE))
    if wide:  # a comma ends a clause of Chinese
        first = max(first, *(view.text.rfind(comma, first, hit.start) + 1 for comma in "，,"))
    before = view.hits("publication_not", first, hit.start)
    if before:
        if before[-1].concept == "links" and _is_soft(view, sentence, hit):
            return False
        return _is_theirs(before, asked=sentence.section in ASKED)
    if hit.concept == "bare" and sentence.section != "preferred":
        return not _LED.search(view.folded[sentence.start : hit.start]) and not _is_soft(view, sentence, hit)
    far = view.hits("publication_not", max(sentence.start, hit.start - FAR), hit.start) if not wide else []
    return bool(far) and (far[-1].concept == "ours" if hit.concept == "own" else far[-1].concept == "read")


def _is_theirs(before: list[Hit], *, asked: bool) -> bool:
    """Whose papers the words before them speak of: “our mentors have …” against “you have …”."""
    last = before[-1].concept
    if last in HAS or (asked and last == "done"):
        last = next((cue.concept for cue in reversed(before) if cue.concept in ("applicant", *THEIRS)), "has")
        return last in THEIRS
    return last != "applicant"


def _is_soft(view: View, sentence: Sentence, hit: Hit) -> bool:
    """“Papers are a plus”: what would be welcome can only be the applicant's."""
    return any(
        cue.concept in ("softened", "waived", "denied") for cue in view.hits("severity", hit.end, sentence.end)
    ) or bool(view.named("severity", sentence.start, hit.start, "negated"))


def _replaceable(view: View, sentence: Sentence, hit: Hit) -> bool:
    """“Projects, competitions and/or publications”: something else satisfies it too."""
    first, last = max(sentence.start, hit.start - AROUND), min(sentence.end, hit.end + AROUND)
    for other in view.hits("publication_else", first, last):
        before = other.end <= hit.start
        between = view.folded[other.end : hit.start] if before else view.folded[hit.end : other.start]
        if other.concept == "example":
            if before and len(between) <= EXAMPLE:
                return True
        elif other.concept == "shown":
            if not before and "." not in between and ";" not in between:
                return True
        elif other.concept == "work":
            if not before and OR.intersection(between.split()):
                return True
        elif view.is_wide(hit.start):
            if not AMONG.isdisjoint(view.text[min(other.end, hit.end) : max(other.start, hit.start)]):
                return True
        elif ALTERNATIVE.intersection(between.replace(",", " , ").replace("/", " / ").replace("(", " ").split()):
            return True
    return False
