"""Fields of study: “a degree in statistics or computer science” asks for no skill in statistics.

Reads the layers `field_lead` (words that a list of fields follows), `degree` (likewise, before a bracket),
`field_of_study` (names of fields) and `field_tail` (“or a related field”). Shared by the readers that must tell a
field from a skill.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from pipeline.reading.scan import Hit, Sentence, View

ASKED = 120  # characters from a demand to the list of what it asks for
MANY, NAME = 30, 60  # lines of a list of fields, and characters of one
BROAD = ("field", "subject", "program")  # of study or of work

_SEPARATOR = re.compile(
    r"[ ,;/()&:.\-+、和或及与等]*+(?>(?:(?:and|or|and/or|und|oder|et|ou|y|o|u|in|a|an|the|any|other|such as|e\.g\."
    r"|i\.e\.|like|including|applied|der|des|de|en|la|le|l'|with an emphasis on|with a focus on|with a specialization"
    r" in|with specialization in|with a concentration in|with emphasis on|emphasis in|closely|similar)[ ,(:/]{1,9}+)*)"
)


_EXAMPLES = re.compile(r"(?:for example|examples?(?: majors| fields| degrees)?(?: include| are)?|e\.g\.)[:,]? ?")
_BREAK = re.compile(r"[;:]|\.(?<!i\.)(?<!e\.)(?<!g\.)|\b(?:with|using|who|plus|including|knowledge|skills|and an)\b")
_OF_SKILLS = re.compile(r"\b(?:experience|knowledge|skills|expertise|background|proficiency) (?:in|with|of)\b")


def studies(view: View, sentence: Sentence) -> list[tuple[int, int]]:
    """Spans of the sentence that name fields of study, in order."""
    begun = _begun(view, sentence)
    if begun:
        stop = _BREAK.search(view.folded, begun, sentence.end)
        return [(begun, stop.start() if stop else sentence.end)]
    if _in_a_list(view, sentence):
        return [(sentence.start, sentence.end)]
    bracketed = (hit for hit in view.within("degree", sentence) if view.folded.startswith(" (", hit.end))
    leads = [*view.within("field_lead", sentence), *bracketed]
    tails = [tail for tail in view.within("field_tail", sentence) if tail.concept != "venue"]
    if not leads and not tails:
        return []
    spans = []
    for run in _runs(view, view.within("field_of_study", sentence)):
        start, end = run[0].start, run[-1].end
        led = any(lead.end <= start and _leads(view, lead.end, start) for lead in leads)
        closed = any(tail.start >= end and _only_separators(view, end, tail.start) for tail in tails)
        asked = any(
            cue.concept == "demanded" for cue in view.hits("severity", max(sentence.start, start - ASKED), start)
        )
        closed = closed or any(start <= tail.start < end for tail in tails)
        if led or (closed and (not asked or _names_a_field_alone(view, run))):
            spans.append((start, end))
    return spans


def of_venues(view: View, sentence: Sentence, named: list[tuple[int, int]]) -> set[int]:
    """Where the names start that tell what a venue is about: “papers at machine learning or data mining venues”."""
    fields = sorted({*named, *((hit.start, hit.end) for hit in view.within("field_of_study", sentence))}, reverse=True)
    found: set[int] = set()
    for tail in (hit for hit in view.within("field_tail", sentence) if hit.concept == "venue"):
        at = tail.start
        for start, end in (field for field in fields if field[1] <= tail.start):
            if view.folded[end:at].strip(" 等") and not (at < tail.start and _only_separators(view, end, at)):
                break
            found.add(start)
            at = start
    return found


def _begun(view: View, sentence: Sentence) -> int | None:
    """Where a list begins of which the sentence before tells the kind: “… a major of use here. Examples are …”."""
    opening = _EXAMPLES.match(view.folded, sentence.start, sentence.end)
    if opening is None or not view.hits("field_of_study", opening.end(), opening.end() + 1):
        return None
    before = next(view.above(sentence), None)
    if before and any(view.folded[a:b] not in BROAD for a, b, _ in view.within("field_lead", before)):
        return opening.end()
    return None


def _in_a_list(view: View, sentence: Sentence) -> bool:
    """Whether a line names fields alone, as do those above it up to one that asks for a degree or a major in them."""
    if sentence.end - sentence.start > NAME:
        return False
    between: list[Sentence] = []
    for lead in islice(view.above(sentence), MANY):
        if _opens(view, lead):
            break
        if lead.end - lead.start > NAME:
            return False
        between.append(lead)
    else:
        return False
    asked = view.within("field_lead", lead)
    if not asked or _OF_SKILLS.search(view.folded, asked[-1].end, lead.end):
        return False
    named = view.within("field_of_study", sentence)
    if not named or len(_runs(view, named)) > 1 or not _only_separators(view, sentence.start, named[0].start):
        return False
    if not _only_separators(view, named[-1].end, sentence.end):
        return False
    return all(view.within("field_of_study", line) for line in between)


def _opens(view: View, line: Sentence) -> bool:
    return view.folded[line.start : line.end].rstrip().endswith(":")


def _leads(view: View, start: int, end: int) -> bool:
    """Whether a degree's words reach a field across nothing but separators, or other fields in a list."""
    if _only_separators(view, start, end):
        return True
    if end - start > 60 or _BREAK.search(view.folded, start, end):
        return False
    cues = [cue for cue in view.hits("severity", max(0, start - 40), end) if cue.end > start]
    return not cues or cues[-1].concept == "softened"  # “a degree, preferably in …” still leads


def _names_a_field_alone(view: View, run: list[Hit]) -> bool:
    """Whether one of the list can be no skill: “experience in mathematics, statistics or a related field”."""
    return any(not view.hits("skill", hit.start, hit.end) for hit in run)


def _runs(view: View, named: list[Hit]) -> list[list[Hit]]:
    runs: list[list[Hit]] = []
    for hit in named:
        if runs and _joins(view, runs[-1][-1].end, hit.start):
            runs[-1].append(hit)
        else:
            runs.append([hit])
    return runs


def _joins(view: View, start: int, end: int) -> bool:
    """Whether what stands between two fields makes them one list: separators, or fields that nobody named here."""
    if _only_separators(view, start, end):
        return True
    return end - start <= 2 * NAME and _unknown(view.folded[start:end]) and not view.hits("skill", start, end)


def _unknown(gap: str) -> bool:
    """Whether the gap is a comma, some names of a few words with a comma behind each, and at most an “and” or “or”."""
    if not gap.startswith(","):
        return False
    *names, last = gap[1:].split(",")
    return (
        0 < len(names) <= 3
        and last.strip() in ("", "and", "or", "&")
        and all(len(name.split()) in (1, 2, 3, 4) and name.replace(" ", "").isalpha() for name in names)
    )


def _only_separators(view: View, start: int, end: int) -> bool:
    return end - start <= 40 and _separates(view.folded[start:end])


@lru_cache(maxsize=1024)
def _separates(gap: str) -> bool:
    return _SEPARATOR.fullmatch(gap) is not None
