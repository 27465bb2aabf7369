"""How strongly a posting asks for something: the one place where that is decided.

From, in this order: a negation in the same clause, a softener in the same clause or a heading of wishes,
words of mere interest, words of demand or a heading of requirements. What is only described is mentioned.
Reads the layers `severity`, `must` and `softener`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.models import Severity
from pipeline.reading.scan import OF_EMPLOYER, Hit, Sentence, View

_CLAUSE = re.compile(  # its first character is one of a few, so that the rest of a text is skipped quickly
    r"[;；，bBhHaA\s](?:(?<=[;；，])|(?<=\b[bB])(?i:ut)\b|(?<=\b[hH])(?i:owever)\b|(?<=\b[aA])(?i:lthough)\b|(?<=\s)[-–—]\s)"
)
WISHES = "preferred"
DEMANDS = "required"
DUTIES = "duties"
_MUST = re.compile(r"\b(?:candidates?|applicants?|interns?|students?|you) must (?:be|have)\b")  # whatever stands above
NEAR = 80  # characters between a skill and the “is required” that speaks of it
_SAME = re.compile(r"[, ]{1,2}(?:as|so) (?:is|are) ")  # “Docker is a plus, as is Kafka”
_COMMA = re.compile(r", (?:and )?$")
_PREPOSITION_BEHIND = re.compile(r" (?:with|in|of|to|using) ")
_PREPOSITION = re.compile(r"\b(?:with|in|of|using)[ ,(]{1,3}\Z")  # “experience with, or willingness to learn, Tableau”
_GOES_ON = ("特别", "尤其")  # behind a comma of Chinese: the clause goes on
BOILERPLATE = (*OF_EMPLOYER, "process", "learning", "title", "location", "field")


def clause(view: View, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The part of the sentence around `[start, end)`, between semicolons, dashes and “but”."""
    first, last = sentence.start, sentence.end
    for cut, behind in _cuts(view.text, view.folded, sentence.start, sentence.end):
        if _is_label(view, cut) or _is_afterthought(view, behind, sentence.end) or _goes_on(view, cut, behind):
            continue
        if behind <= start:
            first = behind
        elif cut >= end:
            last = cut
            break
    return first, last


@lru_cache(maxsize=64)  # one sentence is asked about for each thing it names
def _cuts(text: str, folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where clauses of `text[start:end]` may be parted."""
    part = folded[start:end]
    parted = "- " in part or ";" in part or "but" in part or "however" in part or "although" in part
    if not parted and ((part := text[start:end]).isascii() or ("；" not in part and "，" not in part)):
        return []
    return [cut.span() for cut in _CLAUSE.finditer(text, start, end)]


def _is_label(view: View, at: int) -> bool:
    """Whether a dash follows its label, “Desirable – …”, and so parts nothing."""
    return any(cue.concept == "softened" and at - cue.end <= 1 for cue in view.hits("severity", max(0, at - 24), at))


def _is_afterthought(view: View, at: int, last: int) -> bool:
    """Whether nothing but a softener follows the dash, “… – preferred”, and so it parts nothing."""
    return any(cue.concept == "softened" and _ends(view, cue.end, last) for cue in view.hits("severity", at, at + 2))


def _goes_on(view: View, cut: int, behind: int) -> bool:
    """Whether a comma of Chinese parts nothing: “…，特别是…”, or between attributes of one noun: “…的，…的优先”."""
    return view.text[cut] == "，" and (view.text.startswith(_GOES_ON, behind) or view.text[cut - 1] == "的")


def severity(view: View, sentence: Sentence, start: int, end: int) -> Severity:
    """The severity of what stands at `[start, end)` of the sentence."""
    first, last = clause(view, sentence, start, end)
    cues = view.hits("severity", first, last)
    for cue in cues:
        if cue.concept in _NEGATES and _negates(view, cue, start, end):
            wished = any(soft.concept == "softened" and end <= soft.start < cue.start for soft in cues)
            return Severity.PREFERRED if wished else Severity.NEGATED  # “a plus, not a must”
    if sentence.section in BOILERPLATE:
        return Severity.MENTIONED
    for cue in cues:
        if cue.concept == "softened" and _softens(view, cue, (start, end), (first, last)):
            return Severity.PREFERRED
    strength = _asked(view, sentence.section, cues, start, (first, last))
    wished = strength is Severity.REQUIRED and sentence.section == WISHES
    return Severity.PREFERRED if wished and not _MUST.search(view.folded, first, start) else strength


def severity_of_skill(view: View, sentence: Sentence, start: int, end: int) -> Severity:
    """The severity of a skill at `[start, end)`: of a list of which an applicant has most, skills are wished for."""
    strength = severity(view, sentence, start, end)
    wished = sentence.loose and strength is Severity.REQUIRED
    return Severity.PREFERRED if wished and not _MUST.search(view.folded, sentence.start, start) else strength


def _asked(view: View, section: str, cues: list[Hit], start: int, around: tuple[int, int]) -> Severity:
    """Required or mentioned, from the nearest word before and from where the sentence stands."""
    first, last = around
    nearest = None
    for cue in cues:
        if cue.start <= start and cue.concept in _DECIDES:
            nearest = cue.concept
    demands = section in (DEMANDS, WISHES)
    if nearest == "interest" or (nearest in ("duty", "ours") and not demands):
        return Severity.MENTIONED
    for cue in cues:
        if cue.concept == "interest" and cue.start > start and not view.text[cue.start].isascii():
            return Severity.MENTIONED  # “对…感兴趣” frames its object
        if cue.concept == "employer" or (cue.concept == "ours" and _is_subject(view, cue, start, first, demands)):
            return Severity.MENTIONED
    if demands or nearest == "demanded":
        return Severity.REQUIRED
    if section != DUTIES and view.hits("must", start, min(last, start + NEAR)):
        return Severity.REQUIRED
    return Severity.MENTIONED


def _is_subject(view: View, cue: Hit, start: int, first: int, demands: bool) -> bool:
    """Whether the clause speaks of the employer: “We use …”, or outside of requirements “With …, we build”."""
    if not view.folded[first : cue.start].strip():
        return True
    return not demands and cue.start > start and "(" not in view.folded[start : cue.start]


_NEGATES = ("negated", "waived")
_DECIDES = ("interest", "duty", "ours", "demanded")


def _negates(view: View, cue: Hit, start: int, end: int) -> bool:
    """“Not looking for …” reaches forward over a few words, “… is not required” back."""
    if cue.start <= start and cue.end >= end:
        return cue.concept in ("negated", "waived")
    if cue.concept == "negated" and cue.end <= start:
        return view.folded.count(" ", cue.end, start) <= 4
    return cue.concept == "waived" and cue.start >= end and view.folded.count(" ", end, cue.start) <= 6


def _softens(view: View, cue: Hit, span: tuple[int, int], around: tuple[int, int]) -> bool:
    """A softener counts in its clause, on the side it speaks of, up to a word of firm demand between."""
    (start, end), (first, last) = span, around
    behind = cue.end <= start
    if view.hits("must", *((cue.end, start) if behind else (end, cue.start))):
        return False
    bracket = _bracket(view, cue, first, last)
    if bracket and not bracket[0] <= start < bracket[1]:
        return _softens_around(view, cue, bracket, behind, around)
    if not behind and view.folded[cue.end : cue.end + 2].strip().startswith(":"):
        return False  # it heads what follows
    side = next((hit.concept for hit in view.hits("softener", cue.start, cue.start + 1)), None)
    if behind:
        return side != "last" and _reaches(view, cue, side, start, first)
    if _titled(view, cue) and cue.start > first and not _ends(view, cue.end, last):
        return False
    if any(_asks_anew(view, hit) for hit in view.hits("severity", end, cue.start)):
        return False
    return side not in ("before", "last") or _ends(view, cue.end, last)


def _asks_anew(view: View, cue: Hit) -> bool:
    """Whether a demand begins another item behind a comma: “expertise in SQL, and familiarity with Kafka preferred”."""
    if cue.concept != "demanded" or not _COMMA.search(view.folded, cue.start - 6, cue.start):
        return False
    return _PREPOSITION_BEHIND.search(view.folded, cue.start, cue.end + 6) is not None


def _reaches(view: View, cue: Hit, side: str | None, start: int, first: int) -> bool:
    """Whether a softener reaches forward to the skill: “ideally Python”, “Desirable – Python, SQL”."""
    if _SAME.match(view.folded, cue.end) or _opens(view, cue, first) or (side == "after" and _titled(view, cue)):
        return True
    if _PREPOSITION.search(view.folded, max(first, cue.start - 12), cue.start):
        return True
    between = view.folded[cue.end : start]
    if between.lstrip().startswith("(") and ")" not in between:
        return True  # “Scripting is a plus (Python, Bash)”
    if side == "behind":
        return between.lstrip()[:3] in ("if ", "to ", "for")
    comma = between.find(",")
    if side == "after":
        return comma < 0
    again = (hit.start for hit in view.hits("severity", cue.end, start) if hit.concept == "demanded")
    return comma <= 1 or not any(at > cue.end + comma for at in again)  # “ideally in Python, with good SQL skills”


def _softens_around(view: View, cue: Hit, bracket: tuple[int, int], behind: bool, around: tuple[int, int]) -> bool:
    """“(preferred)” at an end of the clause or in its label; in “Python (preferred), R” one of them is still asked."""
    (opening, closing), (first, last) = bracket, around
    rest = view.folded[cue.end : closing - 1].strip(" .,!")
    if view.folded[opening + 1 : cue.start].strip() or (rest and not rest.startswith(("but ", "a "))):
        return False
    if behind:
        named = _PREPOSITION.search(view.folded, max(first, opening - 8), opening + 1) is not None
        return named or view.folded[closing : closing + 1] == ":" or not view.folded[first:opening].strip()
    return _ends(view, closing, last)


def _bracket(view: View, cue: Hit, first: int, last: int) -> tuple[int, int] | None:
    """The brackets around a cue, if any."""
    opening = view.folded.rfind("(", first, cue.start)
    if opening < 0 or view.folded.find(")", opening, cue.start) >= 0:
        return None
    closing = view.folded.find(")", cue.end, last)
    return (opening, closing + 1) if closing >= 0 else None


def _opens(view: View, cue: Hit, first: int) -> bool:
    """Whether the clause begins with the cue, or the cue with its colon heads what follows."""
    return not view.folded[first : cue.start].strip() or ":" in view.folded[cue.end : cue.end + 12]


def _ends(view: View, at: int, last: int) -> bool:
    return not view.folded[at:last].strip(" .,!)")


def _titled(view: View, cue: Hit) -> bool:
    """“Desirable – …” inside a line: it speaks of what follows."""
    return view.text[cue.start].isupper() and view.text[cue.start - 1 : cue.start] in (" ", ",", ".", ")")
